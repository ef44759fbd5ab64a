"""What a token looks like by itself, before its surroundings are asked.

The thresholds were set on keys generated in every exchange's form and on 180,000 paragraphs of documentation and source
code: high enough that slugs, paths, file names and identifiers pass, low enough that one random key in some hundreds at
most looks like a word.
"""

import re
from enum import Enum, auto
from typing import Final, NamedTuple

from bot.domain.secrets import shapes
from bot.domain.secrets.randomness import changes, entropy, kinds, share_in_words

LONG: Final = 30
"""From here on a random-looking token is a secret even when nothing around it says so."""

SHORT: Final = 16
"""From here on one is if it is called a key, or is all that the message says."""

COMMIT_LENGTH: Final = 40
"""Digits of a SHA-1: commits, torrents, addresses without their 0x. No exchange's key has as many."""

DIGEST_LENGTH: Final = 64
"""Digits of 32 bytes: transactions, checksums, and private keys."""

SOLANA_SIGNATURE: Final = re.compile(r"[1-9A-HJ-NP-Za-km-z]{86,88}")
"""64 bytes in base58: a Solana transaction, or a Solana wallet's private key."""

_BASE64_DIGEST = re.compile(r"[A-Za-z0-9+/_-]{43}=?")
"""32 bytes in base64: transactions on TON and Arweave, or Deribit's secret."""

_PLACEHOLDER = re.compile(r"your|example|x{5,}|placeholder|changeme|redacted|twoj|dein_")
_PART = re.compile(rf"[A-Za-z0-9]{{{LONG},}}")
_EDGES = "-_/+="

_BINANCE_LENGTH = 64
"""Binance's keys and secrets: an unbroken token of this very length is one even if parts of it look like words."""

_FEWEST_DIFFERENT = 7
"""Hexadecimal digits of a number nobody drew at random, such as 0x00…01, are fewer."""

_WORDS = 0.5
"""Share of characters in lower-case runs; a random token has 0.16 of them, an identifier in camel case over half."""


_FEWEST_DIGITS = 3
"""Of a long token in one case: a word with a version and a year has fewer runs of them."""


class _Bar(NamedTuple):
    """What a token must show to be taken for random."""

    changes: float
    entropy: float

    def is_passed(self, core: str, of_kinds: str) -> bool:
        return changes(of_kinds) >= self.changes and entropy(core) >= self.entropy


_BINANCE = _Bar(changes=0.3, entropy=4.6)
_DOUBTFUL = _Bar(changes=0.18, entropy=2.8)
_SHORT = _Bar(changes=0.38, entropy=3.2)
_ONE_CASE = _Bar(changes=0.2, entropy=3.5)
_MIXED = _Bar(changes=0.38, entropy=3.9)
_BASE64 = _Bar(changes=0.45, entropy=4.2)
"""Paths look like base64 until one counts the changes."""


class Look(Enum):
    """What a token looks like."""

    PLAIN = auto()
    PUBLIC = auto()
    """An address: something people show each other."""
    IDENTIFIER = auto()
    """A UUID or a commit: public unless it is called a secret."""
    DIGEST = auto()
    """Random, and just as well a transaction or a checksum."""
    DOUBTFUL = auto()
    """It may be random: a secret if it is called one."""
    SHORT_RANDOM = auto()
    """Random, and too short to tell by itself: a secret if it is called one, or is all that the message says."""
    RANDOM = auto()
    WALLET_KEY = auto()
    CREDENTIAL = auto()
    """The form of one exchange's keys."""


SECRET_BY_ITSELF: Final = frozenset({Look.DIGEST, Look.RANDOM, Look.WALLET_KEY, Look.CREDENTIAL})
"""What is a secret unless its surroundings speak against it."""


def look_of(token: str) -> Look:
    """What a token of ``[A-Za-z0-9+/_-]`` and base64 padding looks like."""
    core = token.strip(_EDGES)
    if len(core) < SHORT or core.isdigit() or (core.isalpha() and (core.islower() or core.isupper())):
        return Look.PLAIN
    look = _look_by_form(core) or _look_by_randomness(token, core)
    if look is Look.PLAIN and any(look_of(part) in SECRET_BY_ITSELF for part in _PART.findall(core) if part != core):
        # "key-AbC1…" or "live_AbC1…": the secret is one part of a longer token.
        look = Look.RANDOM
    return look


def _look_by_form(core: str) -> Look | None:
    if shapes.HEX.fullmatch(core):
        return _look_of_hex(core)
    if shapes.CREDENTIAL.fullmatch(core):
        return Look.CREDENTIAL
    if shapes.is_wif(core):
        return Look.WALLET_KEY
    if shapes.UUID.fullmatch(core):
        return Look.IDENTIFIER
    if shapes.is_public(core):
        return Look.PUBLIC
    return None


def _look_of_hex(core: str) -> Look:
    digits = core.removeprefix("0x").removeprefix("0X")
    if digits.isdigit() or digits.isalpha() or len(set(digits)) < _FEWEST_DIFFERENT:
        return Look.PLAIN
    if len(digits) < len(core):
        # Anything but 32 bytes behind 0x is an address, a public key, a signature or call data.
        return Look.DIGEST if len(digits) == DIGEST_LENGTH else Look.PLAIN
    if len(digits) < LONG or len(digits) == COMMIT_LENGTH:
        return Look.IDENTIFIER
    return Look.DIGEST


def _look_by_randomness(token: str, core: str) -> Look:
    of_kinds = kinds(core)
    if len(core) == _BINANCE_LENGTH and core.isalnum() and _BINANCE.is_passed(core, of_kinds):
        return Look.RANDOM
    if share_in_words(of_kinds) >= _WORDS or not _DOUBTFUL.is_passed(core, of_kinds):
        return Look.PLAIN
    if _PLACEHOLDER.search(core.lower()):
        return Look.PLAIN
    if len(core) >= LONG:
        if not _is_random(core, of_kinds):
            return Look.DOUBTFUL
        either = SOLANA_SIGNATURE.fullmatch(core) or _BASE64_DIGEST.fullmatch(token)
        return Look.DIGEST if either else Look.RANDOM
    mixed = "a" in of_kinds and "A" in of_kinds and "/" not in core
    return Look.SHORT_RANDOM if mixed and _SHORT.is_passed(core, of_kinds) else Look.DOUBTFUL


def _is_random(core: str, of_kinds: str) -> bool:
    digits = of_kinds.count("0")
    if "a" not in of_kinds or "A" not in of_kinds:
        # Slugs, tickers and dates joined by dashes change kind often too: one unbroken run is asked for.
        return core.isalnum() and digits >= _FEWEST_DIGITS and _ONE_CASE.is_passed(core, of_kinds)
    return digits > 0 and (_BASE64 if "/" in core else _MIXED).is_passed(core, of_kinds)
