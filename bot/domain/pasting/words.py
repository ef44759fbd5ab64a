"""The words of a paste, freed of quotes and punctuation, and values put together again where lines broke them."""

import re
from collections.abc import Sequence

from bot.domain.pasting.shape import CredentialShape, FieldShape

_QUOTES = "\"'`“”„‟‘’‚‛«»‹›*"  # noqa: RUF001  -- typographic quotes are what it is about
_AROUND = _QUOTES + "{}[]()<>,;:!?|&•."
_BETWEEN = re.compile(r"[,;|:&]")
_AFTER_VALUE = ",;|&"

_MOST_LINES = 8
"""Of one value broken over lines."""

_UNBROKEN = 16
"""A value no longer than this fits on any line: several words that come to it are chatter ("here is my")."""

_FRAGMENT = 8
"""A shorter word is not taken for a line of a broken value."""


def words(text: str, shape: CredentialShape) -> list[str]:
    """The words of a text without what surrounds them; ``key:secret`` and ``key,secret`` are two."""
    found: list[str] = []
    for chunk in text.split():
        found += _parted(chunk.lstrip("="), shape)
    return [word for word in found if any(character.isalnum() for character in word)]


def first_value(of: FieldShape, candidates: Sequence[str]) -> tuple[str, int] | None:
    """The value that begins with the first word, and how many words it takes: more than one if lines broke it."""
    lines = 1 if of.lengths[-1] <= _UNBROKEN else _MOST_LINES
    for count in range(1, min(lines, len(candidates)) + 1):
        value = "".join(candidates[:count])
        if of.fits(value):
            return value, count
        if len(value) > of.lengths[-1]:
            break
    return None


def failed_value(of: FieldShape, candidates: Sequence[str]) -> str:
    """What was meant as a value and is none: the first word, with the lines that seem to continue it."""
    value = candidates[0]
    for word in candidates[1:_MOST_LINES]:
        if len(word) < _FRAGMENT or not of.has_right_characters(value + word) or len(value) >= of.lengths[0]:
            break
        value += word
    return value


def passphrase(text: str) -> str:
    """A passphrase as typed: people choose any characters, so that only quotes around it are taken off."""
    chunk = text.strip().strip("`")
    while len(chunk) > 2 and chunk[0] in _QUOTES and chunk[-1] in _QUOTES:  # noqa: PLR2004  -- something between them
        chunk = chunk[1:-1]
    return chunk


def trailing_passphrase(text: str) -> str:
    """A passphrase that stands beside other fields: without the comma or bracket that JSON and lists put after it."""
    return passphrase(text.strip().rstrip(_AFTER_VALUE + "}").strip())


def _parted(chunk: str, shape: CredentialShape) -> list[str]:
    """The chunk cut at separators, but only after a value: a passphrase may hold any of them."""
    if shape.passphrase is None:
        parts = [chunk] if "://" in chunk else _BETWEEN.split(chunk)
        return [part.strip(_AROUND) for part in parts]
    for separator in _BETWEEN.finditer(chunk):
        left = chunk[: separator.start()].strip(_AROUND)
        if _is_value(left, shape):
            return [left, *_parted(chunk[separator.end() :], shape)]
    bare = chunk.strip(_AROUND)
    return [bare if _is_value(bare, shape) else chunk.strip(_QUOTES)]


def _is_value(word: str, shape: CredentialShape) -> bool:
    return shape.api_key.fits(word) or shape.secret.fits(word)
