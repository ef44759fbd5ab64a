"""Times of day as people type them: ``22:30``, ``7.15``, ``22h30``, ``10:30 pm``, and two of them: ``22:30-7:15``."""

import re
import unicodedata
from typing import Final

_TIME: Final = re.compile(
    r"(?<![\d:.])"  # what continues a number is no time of its own
    r"(?:(?P<hour>\d{1,2})(?:(?:[:.]|\s?h\s?)(?P<minute>\d\d))?h?|(?P<both>\d{4}))"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?"
    r"(?![\d:.]?\d)"
)
_BETWEEN: Final = frozenset({"-", "to", "till", "until", "do", "bis", "and", "a"})
_BEFORE: Final = frozenset({"", "from", "od", "between", "at", "o", "until", "till", "to", "do"})
_DASHES: Final = re.compile(r"[\u2010-\u2015\u2212~\u2192]")
LONGEST: Final = 40
"""Characters that are read: nobody needs more for two times."""


class NotATime(ValueError):  # noqa: N818 - it states the condition
    """What was typed is no time of day, and no two of them."""


class NoSuchTime(NotATime):
    """It is written like a time, and no clock shows it."""


def read_times(typed: str) -> tuple[int, ...]:
    """One time or two, in minutes after midnight; 24:00 is midnight.

    Raises:
        NoSuchTime: such as 25:00 or 13 pm.
        NotATime: anything else.
    """
    text = " ".join(_DASHES.sub("-", unicodedata.normalize("NFKC", typed)).casefold().split())
    found = list(_TIME.finditer(text)) if len(text) <= LONGEST else []
    if len(found) not in {1, 2} or text[found[-1].end() :].strip(" .!"):
        raise NotATime("no time of day")
    if text[: found[0].start()].strip() not in _BEFORE:
        raise NotATime("no time of day")
    if len(found) == 2 and text[found[0].end() : found[1].start()].strip() not in _BETWEEN:  # noqa: PLR2004 - a span
        raise NotATime("no two times of day")
    return tuple(_minutes(each) for each in found)


def _minutes(time: re.Match[str]) -> int:
    both, half = time["both"], time["half"]
    hour, minute = (int(both[:2]), int(both[2:])) if both else (int(time["hour"]), int(time["minute"] or 0))
    if half:
        if not 1 <= hour <= 12:  # noqa: PLR2004 - half a day
            raise NoSuchTime("no hour of half a day")
        hour = hour % 12 + (12 if half == "p" else 0)
    if minute > 59 or hour > 24 or (hour, minute > 0) == (24, True):  # noqa: PLR2004 - a clock's
        raise NoSuchTime("no clock shows it")
    return hour % 24 * 60 + minute
