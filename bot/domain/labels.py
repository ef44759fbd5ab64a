"""What a trader calls a connection.

A label is shown to other people, in alerts about money: it must fit a button, hide nothing, and not pass for another.
"""

import re
import unicodedata
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import Final

from bot.domain.characters import plain
from bot.domain.connection import Environment, Market
from bot.domain.secrets import find_secrets

LONGEST: Final = 32
"""In characters as people count them: accents, skin tones and the second half of a flag do not count."""

_MARKS_KEPT = 3
"""Marks stacked on one letter; more of them climb over the neighbouring lines, and no language needs them."""


class LabelProblem(StrEnum):
    """Why a label is refused; each is one sentence to its author."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    LOOKS_LIKE_SECRET = "looks_like_secret"  # noqa: S105  -- the name of a problem


class LabelWarning(StrEnum):
    """What is allowed and worth saying."""

    MIXED_SCRIPTS = "mixed_scripts"
    """A word mixes alphabets whose letters look alike, so that it can pass for another word."""


@dataclass(frozen=True, slots=True)
class CleanLabel:
    """A label that may be used.

    Attributes:
        text: one line, composed, without invisible characters.
        warnings: what is worth saying to its author.
    """

    text: str
    warnings: frozenset[LabelWarning] = frozenset()


@dataclass(frozen=True, slots=True)
class RefusedLabel:
    """A label that may not be used.

    Attributes:
        problem: why.
        length: what was counted, for ``too_long``.
    """

    problem: LabelProblem
    length: int = 0


def clean_label(raw: str) -> CleanLabel | RefusedLabel:
    """The label as it will be shown everywhere, or why it cannot be one. Cleaning a clean label changes nothing."""
    text = _without_stacks(" ".join(plain(raw).split()))
    length = visible_length(text)
    if not length:
        return RefusedLabel(LabelProblem.EMPTY)
    if find_secrets([raw]):
        return RefusedLabel(LabelProblem.LOOKS_LIKE_SECRET)
    if length > LONGEST:
        return RefusedLabel(LabelProblem.TOO_LONG, length)
    mixed = any(_mixes_scripts(word) for word in re.findall(r"[^\W\d_]+", text))
    return CleanLabel(text, frozenset({LabelWarning.MIXED_SCRIPTS}) if mixed else frozenset())


def visible_length(text: str) -> int:
    """Characters as people count them, near enough: marks, skin tones and the second half of a flag count nothing."""
    length = 0
    half_flag = False
    for character in text:
        if _is_mark(character) or _is_skin_tone(character):
            continue
        is_half = "\U0001f1e6" <= character <= "\U0001f1ff"
        half_flag = is_half and not half_flag
        if not is_half or half_flag:
            length += 1
    return length


def suggest_labels(exchange_name: str, market: str, environment: str, taken: AbstractSet[str]) -> list[str]:
    """Labels to offer on buttons, best first, none of them taken (by people's reading: case does not tell apart).

    Args:
        exchange_name: as people write it, such as "Binance".
        market: ``spot``, ``linear`` or ``inverse``.
        environment: ``live``, ``testnet`` or ``demo``.
        taken: the labels the owner uses already.
    """
    words = _MARKET_WORDS[Market(market)]
    world = Environment(environment)
    purposes = ("Main", "Bot", "Savings" if world is Environment.LIVE and market == Market.SPOT else "Sub")
    if world is not Environment.LIVE:
        purposes = (world.value.capitalize(), f"{world.value.capitalize()} Bot", f"{world.value.capitalize()} Sub")
    used = {label.casefold() for label in taken}
    suggested: list[str] = []
    for purpose in purposes:
        label = _untaken(f"{exchange_name} {words} {purpose}", used)
        suggested.append(label)
        used.add(label.casefold())
    return suggested


_MARKET_WORDS = {Market.SPOT: "Spot", Market.LINEAR: "Futures", Market.INVERSE: "Coin Futures"}


def _untaken(wish: str, used: AbstractSet[str]) -> str:
    numbered = (_fitted(wish, f" {number}") for number in count(2))
    first = _fitted(wish, "")
    if first.casefold() not in used:
        return first
    return next(label for label in numbered if label.casefold() not in used)


def _fitted(wish: str, number: str) -> str:
    return wish[: LONGEST - len(number)].rstrip() + number


def _without_stacks(text: str) -> str:
    kept: list[str] = []
    stacked = 0
    for character in text:
        stacked = stacked + 1 if _is_mark(character) else 0
        if stacked <= _MARKS_KEPT:
            kept.append(character)
    return "".join(kept)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Me"}


def _is_skin_tone(character: str) -> bool:
    return "\U0001f3fb" <= character <= "\U0001f3ff"


_LOOK_ALIKE_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "COPTIC", "ARMENIAN", "CHEROKEE", "LISU")


def _mixes_scripts(word: str) -> bool:
    """Whether a word has letters of two alphabets with look-alikes: Binance with a Cyrillic first letter."""
    scripts = set()
    for character in word:
        name = unicodedata.name(character, "")
        scripts |= {script for script in _LOOK_ALIKE_SCRIPTS if name.startswith(script)}
    return len(scripts) > 1
