"""Maintenance windows: times in which somebody expects trouble and wants to hear only of what they must mend.

A weekly window goes by the clock on its owner's wall: at 02:30 it is 02:30 in winter and in summer. Where the clock is
set forward over its beginning it begins when the clock has jumped, and where an hour comes twice, in the first of them.
It lasts as long as it says, whatever the clock does meanwhile.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

DAY: Final = 86400.0
LONGEST: Final = DAY
"""Seconds that one window may last: a longer one is a mute, and an oversight."""
_DATES: Final = (r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})", r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})?")
_TIME: Final = r"(?P<hh>\d{1,2})[:.](?P<mm>\d{2})"


@dataclass(frozen=True, slots=True)
class Weekly:
    """Every week: a day, Monday being 0, and minutes after midnight."""

    weekday: int
    minute: int


@dataclass(frozen=True, slots=True)
class Times:
    """When a window is open.

    Attributes:
        start: epoch seconds; a weekly one is not open before it.
        seconds: how long it lasts, each time.
        weekly: None for once.
    """

    start: float
    seconds: float
    weekly: Weekly | None = None


def open_at(times: Times, zone: tzinfo, now: float) -> float | None:
    """Until when it is open, if it is open now (epoch seconds)."""
    for begin in _begins(times, zone, now - times.seconds - DAY, now):
        if begin <= now < begin + times.seconds:
            return begin + times.seconds
    return None


def next_start(times: Times, zone: tzinfo, now: float) -> float | None:
    """When it opens next, after now (epoch seconds); None if never again."""
    return next((begin for begin in _begins(times, zone, now, now + 9 * DAY) if begin > now), None)


def is_over(times: Times, now: float) -> bool:
    """Whether it never opens again, and is not open."""
    return times.weekly is None and now >= times.start + times.seconds


def moment_typed(typed: str, zone: tzinfo, now: float) -> float | None:
    """A beginning as people type it; None if it is none, or past.

    ``2026-12-01 02:30``, ``1.12.2026 2:30``, ``1.12. 02:30``, or ``02:30`` for the next time that a clock shows that.
    """
    text, here = " ".join(typed.split()), datetime.fromtimestamp(now, zone)
    if (minute := minute_typed(text)) is not None:
        for days in (0, 1):
            at = _on_the_clock(here.date().toordinal() + days, minute, zone)
            if at > now:
                return at
    for date in _DATES:
        found = re.fullmatch(f"{date},? {_TIME}", text)
        if found is None:
            continue
        year = int(found["y"] or here.year)
        try:
            local = datetime(year, int(found["m"]), int(found["d"]), int(found["hh"]), int(found["mm"]), tzinfo=zone)
            at = local.timestamp()
            if at <= now and not found["y"]:
                at = local.replace(year=year + 1).timestamp()
        except ValueError:
            return None
        return at if at > now else None
    return None


def minute_typed(typed: str) -> int | None:
    """A time of day in minutes after midnight; None if it is none."""
    found = re.fullmatch(_TIME, typed.strip())
    if found is None or int(found["hh"]) > 23 or int(found["mm"]) > 59:  # noqa: PLR2004 - a clock
        return None
    return int(found["hh"]) * 60 + int(found["mm"])


def _begins(times: Times, zone: tzinfo, first: float, last: float) -> Iterator[float]:
    """Beginnings from one moment to another, perhaps a few more around them."""
    if times.weekly is None:
        yield times.start
        return
    day = datetime.fromtimestamp(first, zone).date().toordinal() - 1
    end = datetime.fromtimestamp(last, zone).date().toordinal() + 1
    for ordinal in range(day, end + 1):
        if (ordinal - 1) % 7 == times.weekly.weekday:  # day 1 of the calendar was a Monday
            begin = _on_the_clock(ordinal, times.weekly.minute, zone)
            if begin >= times.start:
                yield begin


def _on_the_clock(ordinal: int, minute: int, zone: tzinfo) -> float:
    local = datetime.fromordinal(ordinal) + timedelta(minutes=minute)
    return local.replace(tzinfo=zone).astimezone(UTC).timestamp()
