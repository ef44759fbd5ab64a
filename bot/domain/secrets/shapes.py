"""The forms that keys, addresses and identifiers have.

Exchanges' own forms were read from keys that their documentation prints and from what ccxt accepts. A form that is a
credential and nothing else is told at once; one that is public (a wallet address, a UUID) is let pass unless it is
called a secret; the rest is left to ``tokens``, which weighs randomness and surroundings.
"""

import re
from typing import Final

from bot.domain.secrets import base58

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

UUID: Final = re.compile(_UUID, re.IGNORECASE)
"""OKX's and Phemex's keys, KuCoin's secrets, and every other identifier on earth."""

HEX: Final = re.compile(r"(?:0[xX])?[0-9a-fA-F]+")
BOT_TOKEN: Final = re.compile(r"(?<!\d)\d{6,12}:[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])")
"""A Telegram bot's token: its id, a colon, 35 characters of base64url; in links it follows "bot"."""

CREDENTIAL: Final = re.compile(
    r"mx0[0-9a-zA-Z]{12,24}"  # MEXC key
    r"|bg_[0-9a-f]{32}"  # Bitget key
    r"|(?:account|master)-[0-9A-Za-z]{16,24}"  # Gemini key
    r"|cxak[a-z]?_[0-9A-Za-z]{16,40}"  # Crypto.com secret
    r"|[0-9a-z]{8,10}-[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{5}"  # HTX key and secret
    rf"|organizations/{_UUID}/apiKeys/{_UUID}",  # Coinbase key
)
"""Forms of one exchange's keys that nothing else has."""

_WIF = re.compile(r"5[HJK][1-9A-HJ-NP-Za-km-z]{49}|[KLc][1-9A-HJ-NP-Za-km-z]{51}|9[1-9A-HJ-NP-Za-km-z]{50}")
"""Bitcoin's wallet import format, live and testnet, uncompressed and compressed."""

_WIF_VERSIONS = (0x80, 0xEF)

MONGO_ID: Final = re.compile(r"[0-9a-f]{24}")
"""KuCoin's keys, and the identifiers of every MongoDB."""

_ADDRESS = re.compile(
    r"0[xX][0-9a-fA-F]{40}"  # Ethereum and its kin
    r"|(?!nsec1)[a-z]{2,16}1[02-9ac-hj-np-z]{38,104}"  # bech32: Bitcoin, Cosmos, Cardano …; nsec1 is a private key
    r"|G[A-Z2-7]{55}"  # Stellar
    r"|[EUk0][Qf][A-Za-z0-9_-]{46}"  # TON
    r"|[48][1-9A-HJ-NP-Za-km-z]{94}",  # Monero
)
_IPFS_ID = re.compile(r"Qm[1-9A-HJ-NP-Za-km-z]{44}|baf[ky][a-z2-7]{50,60}")

_BASE58 = re.compile(r"[1-9A-HJ-NP-Za-km-z]+")
_BASE58CHECK_LENGTHS = range(25, 37)
_SOLANA_ADDRESS_LENGTHS = range(42, 45)
_SOLANA_ADDRESS_BYTES = 32
_SUBSTRATE_LENGTHS = range(46, 50)
_SUBSTRATE_BYTES = (35, 36)
_BASE58_LENGTHS = frozenset({*_BASE58CHECK_LENGTHS, *_SOLANA_ADDRESS_LENGTHS, *_SUBSTRATE_LENGTHS})


def is_public(token: str) -> bool:
    """Whether the token is a wallet address or a content address: something people show each other."""
    return is_wallet_address(token) or _IPFS_ID.fullmatch(token) is not None


def is_wallet_address(token: str) -> bool:
    """Whether the token is an address to send coins to."""
    return _ADDRESS.fullmatch(token) is not None or _is_base58_address(token)


def is_wif(token: str) -> bool:
    """Whether the token is a Bitcoin private key, its checksum right."""
    if not _WIF.fullmatch(token):
        return False
    said = base58.payload(token)
    return said is not None and said[0] in _WIF_VERSIONS


def _is_base58_address(token: str) -> bool:
    length = len(token)
    if length not in _BASE58_LENGTHS or not _BASE58.fullmatch(token):
        return False
    if length in _BASE58CHECK_LENGTHS:
        return base58.payload(token) is not None or base58.payload(token, base58.RIPPLE) is not None
    if length in _SOLANA_ADDRESS_LENGTHS:
        raw = base58.decode(token)
        return raw is not None and len(raw) == _SOLANA_ADDRESS_BYTES
    if length in _SUBSTRATE_LENGTHS:
        # Substrate's checksum is BLAKE2b over a prefix; its length and first character are telling enough.
        raw = base58.decode(token)
        return raw is not None and len(raw) in _SUBSTRATE_BYTES and token[0] in "1CDEFGHJ5"
    return False
