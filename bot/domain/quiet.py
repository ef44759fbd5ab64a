"""Quiet hours: a stretch of every day, by the clock on somebody's wall.

Walls and the world do not always agree. Where a clock jumps forward, a time that it skips stands for the moment of the
jump; where it goes back, a time that comes twice begins quiet hours the first time and ends them the second.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

DAY_MINUTES: Final = 24 * 60
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From when to when it is quiet, every day.

    Attributes:
        start: minutes after midnight.
        end: minutes after midnight; before ``start`` if the quiet hours span midnight, never the same.
        zone: whose midnight; an IANA name that ``domain.zones.is_zone`` knows.
    """

    start: int
    end: int
    zone: str

    def __post_init__(self) -> None:
        if not (0 <= self.start < DAY_MINUTES and 0 <= self.end < DAY_MINUTES):
            raise ValueError("a day has 1440 minutes")
        if self.start == self.end:
            raise ValueError("quiet hours that end as they begin would never end")


def next_end(quiet: QuietHours, now: float) -> float | None:
    """When the quiet hours that are under way end, in epoch seconds; None if it is not quiet now."""
    end = _end_of_span(quiet, now)
    later = end
    while later is not None:  # where a clock goes back, one day's quiet may run into the next day's
        end, later = later, _end_of_span(quiet, later)
    return end


def tomorrow_at(hour: int, zone: str, now: float) -> float:
    """The moment when a clock there shows this hour tomorrow, in epoch seconds."""
    there = ZoneInfo(zone)
    today = datetime.fromtimestamp(now, there).date()
    return _moment(today + _DAY, hour * 60, there, again=False)


def _end_of_span(quiet: QuietHours, now: float) -> float | None:
    return max((end for start, end in _spans(quiet, now) if start <= now < end), default=None)


def _spans(quiet: QuietHours, now: float) -> Iterator[tuple[float, float]]:
    """Those that begin yesterday, today and tomorrow, as (start, end)."""
    there = ZoneInfo(quiet.zone)
    today = datetime.fromtimestamp(now, there).date()
    for first in (today - _DAY, today, today + _DAY):
        last = first if quiet.start < quiet.end else first + _DAY
        yield _moment(first, quiet.start, there, again=False), _moment(last, quiet.end, there, again=True)


def _moment(day: date, minutes: int, there: ZoneInfo, *, again: bool) -> float:
    """When a clock there shows this time; ``again`` is the second time, where it does so twice."""
    wall = datetime.combine(day, time(minutes // 60, minutes % 60))
    either = [wall.replace(tzinfo=there, fold=fold).timestamp() for fold in (0, 1)]
    if datetime.fromtimestamp(either[0], there).replace(tzinfo=None, fold=0) != wall:
        return _jump(min(either), max(either), there)
    return either[1] if again else either[0]


def _jump(before: float, after: float, there: ZoneInfo) -> float:
    """The first second after a clock there jumped, somewhere between these two."""
    low, high = int(before), int(after)
    old = _offset(low, there)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(middle, there) == old else (low, middle)
    return float(high)


def _offset(at: int, there: ZoneInfo) -> timedelta | None:
    return datetime.fromtimestamp(at, UTC).astimezone(there).utcoffset()
