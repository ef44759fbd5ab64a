"""Weighs every run of letters and digits that could be a credential."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from bot.domain.secrets import shapes
from bot.domain.secrets.context import Hint, hint, speaks_of_wallet
from bot.domain.secrets.kinds import SecretKind
from bot.domain.secrets.links import link_carries_secret, split_links
from bot.domain.secrets.randomness import changes, entropy, kinds

LONG: Final = 30
"""From here on a random-looking token is a secret even when nothing around it says so."""

SHORT: Final = 16
"""From here on one is if it is called a key, or is all that the message says."""

_TOKEN = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_EDGES = "-_/+="
_PARTS = re.compile(r"[A-Za-z0-9]{30,}")

_PASSPHRASE = re.compile(
    r"(?:pass[ _-]?phrase|кодовая фраза|口令)[\s:=\"'`*]{1,6}(?=\S{0,31}\d)(?=\S{0,31}[^\W\d])\S{8,32}(?!\S)",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"your|example|x{5,}|placeholder|changeme|redacted|twoj|dein_|<|\.\.\.", re.IGNORECASE)
_BETWEEN_PAIR = re.compile(r"[\s,;:|/\"'`*]{1,12}")

_COMMIT_LENGTH = 40
"""SHA-1: commits, torrents, addresses without their 0x. No exchange's key has it."""
_DIGEST_LENGTH = 64
_SOLANA_SIGNATURE = re.compile(r"[1-9A-HJ-NP-Za-km-z]{86,88}")
_BASE64_DIGEST = re.compile(r"[A-Za-z0-9+/_-]{43}=?")


class _Look(Enum):
    """What a token looks like by itself."""

    PLAIN = auto()
    PUBLIC = auto()
    IDENTIFIER = auto()
    """A UUID or a commit: public unless it is called a secret."""
    DIGEST = auto()
    """Random, and just as well a transaction or a file's checksum."""
    RANDOM = auto()
    SHORT_RANDOM = auto()
    """Random, and too short to tell by itself."""
    WALLET_KEY = auto()
    CREDENTIAL = auto()


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int


def find_in_tokens(text: str) -> set[SecretKind]:
    """The kinds of secret among the text's tokens.

    Args:
        text: as ``characters.plain`` leaves it.
    """
    found: set[SecretKind] = set()
    if shapes.BOT_TOKEN.search(text) or _names_passphrase(text):
        found.add(SecretKind.EXCHANGE_KEY)
    talk, links = split_links(text)
    if any(link_carries_secret(link) for link in links):
        found.add(SecretKind.EXCHANGE_KEY)
    tokens = [_Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(talk)]
    found |= _judge_all(talk, tokens)
    if _has_kucoin_pair(talk, tokens) or _has_wrapped_key(talk):
        found.add(SecretKind.EXCHANGE_KEY)
    return found


def looks_random(token: str) -> bool:
    """Whether a long token is random by its own look: neither words nor an address."""
    return _look(token) in {_Look.RANDOM, _Look.DIGEST, _Look.WALLET_KEY, _Look.CREDENTIAL}


def _judge_all(talk: str, tokens: list[_Token]) -> set[SecretKind]:
    found: set[SecretKind] = set()
    cleared_until = -_DIGEST_LENGTH
    alone = len(talk) <= 4 * _DIGEST_LENGTH and len(talk.split()) <= 3  # noqa: PLR2004  -- key, secret, passphrase
    for token in tokens:
        look = _look(token.text)
        if look in {_Look.PLAIN, _Look.PUBLIC}:
            continue
        told = hint(talk, token.start, token.end)
        # A list of transactions names them once, at its head.
        if look is _Look.DIGEST and (
            told is Hint.HASH or (told is Hint.NOTHING and token.start - cleared_until <= _DIGEST_LENGTH)
        ):
            cleared_until = token.end
        elif _is_secret(look, told, alone=alone):
            found.add(_kind(look, talk, token))
    return found


def _is_secret(look: _Look, told: Hint, *, alone: bool) -> bool:
    if look in {_Look.CREDENTIAL, _Look.WALLET_KEY}:
        return True
    if look is _Look.IDENTIFIER:
        return told is Hint.LABELLED
    if look is _Look.SHORT_RANDOM:
        return told is Hint.LABELLED or (alone and told is not Hint.ORDER)
    return told is not Hint.ORDER


def _kind(look: _Look, talk: str, token: _Token) -> SecretKind:
    hexadecimal = shapes.HEX.fullmatch(token.text)
    prefixed = hexadecimal and token.text[:2] in {"0x", "0X"}
    if look is _Look.WALLET_KEY or prefixed or _SOLANA_SIGNATURE.fullmatch(token.text):
        return SecretKind.PRIVATE_KEY
    if hexadecimal and len(token.text) == _DIGEST_LENGTH and speaks_of_wallet(talk, token.start):
        return SecretKind.PRIVATE_KEY
    return SecretKind.EXCHANGE_KEY


def _look(text: str) -> _Look:
    core = text.strip(_EDGES)
    if len(core) < SHORT or core.isdigit() or core.isalpha():
        return _Look.PLAIN
    if shapes.is_wif(core):
        return _Look.WALLET_KEY
    if shapes.CREDENTIAL.fullmatch(core):
        return _Look.CREDENTIAL
    if shapes.UUID.fullmatch(core):
        return _Look.IDENTIFIER
    if shapes.is_public(core):
        return _Look.PUBLIC
    if shapes.HEX.fullmatch(core):
        return _look_of_hex(core)
    look = _look_of_random(text, core)
    if look is not _Look.PLAIN:
        return look
    # "key-AbC1…" or "live_AbC1…": the secret is one part of a longer token.
    for part in _PARTS.findall(core):
        if len(part) < len(core) and _look(part) not in {_Look.PLAIN, _Look.PUBLIC, _Look.IDENTIFIER}:
            return _Look.RANDOM
    return _Look.PLAIN


def _look_of_hex(core: str) -> _Look:
    digits = core[2:] if core[:2] in {"0x", "0X"} else core
    prefixed = digits is not core
    if digits.isdigit() or digits.isalpha() or len(set(digits)) < 7:  # noqa: PLR2004  -- 0x00…01 is no key
        return _Look.PLAIN
    if prefixed:
        # Anything but 32 bytes behind 0x is an address, a public key, a signature or call data.
        return _Look.DIGEST if len(digits) == _DIGEST_LENGTH else _Look.PLAIN
    if len(digits) == _COMMIT_LENGTH:
        return _Look.IDENTIFIER
    return _Look.DIGEST if len(digits) >= LONG else _Look.IDENTIFIER


def _look_of_random(text: str, core: str) -> _Look:
    of_kinds = kinds(core)
    digits = of_kinds.count("0")
    one_case = "a" not in of_kinds or "A" not in of_kinds
    changing = changes(of_kinds)
    if digits < 2 or _PLACEHOLDER.search(core):  # noqa: PLR2004
        return _Look.PLAIN
    if len(core) < LONG:
        random = changing >= 0.25 if one_case else changing >= 0.4  # noqa: PLR2004
        return _Look.SHORT_RANDOM if random and entropy(core) >= 3.2 and "/" not in core else _Look.PLAIN  # noqa: PLR2004
    if one_case:
        # Slugs, tickers and dates joined by dashes change kind often too, so that one unbroken run is asked for.
        random = core.isalnum() and digits >= 4 and changing >= 0.2 and entropy(core) >= 3.5  # noqa: PLR2004
    elif "/" in core:
        # Paths look like base64 until one counts the changes.
        random = changing >= 0.45 and entropy(core) >= 4.2  # noqa: PLR2004
    else:
        random = changing >= 0.38 and entropy(core) >= 3.9  # noqa: PLR2004
    if not random:
        return _Look.PLAIN
    return _Look.DIGEST if _SOLANA_SIGNATURE.fullmatch(core) or _BASE64_DIGEST.fullmatch(text) else _Look.RANDOM


def _names_passphrase(text: str) -> bool:
    return any(not _PLACEHOLDER.search(match[0]) for match in _PASSPHRASE.finditer(text))


def _has_kucoin_pair(talk: str, tokens: list[_Token]) -> bool:
    """KuCoin's key and secret: 24 hexadecimal digits and a UUID, each of them ordinary, side by side telling."""
    for one, other in zip(tokens, tokens[1:], strict=False):
        pair = shapes.MONGO_ID.fullmatch(one.text) and shapes.UUID.fullmatch(other.text)
        reverse = shapes.UUID.fullmatch(one.text) and shapes.MONGO_ID.fullmatch(other.text)
        if (pair or reverse) and _BETWEEN_PAIR.fullmatch(talk, one.end, other.start):
            return True
    return False


def _has_wrapped_key(talk: str) -> bool:
    """A key broken over lines: each line one token, all of one width but the last."""
    block: list[str] = []
    for line in [*talk.split("\n"), ""]:
        bare = line.strip(" \t\"'`*|>")
        last_word = bare.rpartition(" ")[2] if not block else bare
        if _WRAPPED_LINE.fullmatch(last_word) and (not block or len(last_word) <= len(block[0])):
            block.append(last_word)
            if len(last_word) == len(block[0]):
                continue
        if _is_wrapped_key(block):
            return True
        block = []
    return False


_WRAPPED_LINE = re.compile(r"[A-Za-z0-9+/_-]{6,29}={0,2}")
"""Longer lines are judged by themselves."""


def _is_wrapped_key(block: list[str]) -> bool:
    if len(block) < 2:  # noqa: PLR2004
        return False
    joined = "".join(block)
    if len(joined) < LONG or len(block) == 2 and len(block[1]) < 10:  # noqa: PLR2004
        return False
    # Lists of codes in one case wrap like this too; only a hexadecimal or a mixed-case key is taken for one.
    mixed = not joined.isupper() and not joined.islower()
    return (mixed or shapes.HEX.fullmatch(joined) is not None) and looks_random(joined)
