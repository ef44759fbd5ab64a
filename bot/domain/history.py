"""What became of a connection over time: from rollups and flips to a strip, an uptime and a latency.

A **rollup** is a few small numbers for one connection and one hour (later one day): how long it was in which state as
far as somebody looked, and how fast the exchange answered. A **strip** is the same cut into cells of equal length,
oldest first, which is what a picture draws. Hours and days are those of UTC.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from math import floor

from bot.domain.health import Flip, Gate, Health, Status

HOUR = 3600
DAY_HOURS = 24
UNDER_WAY = 120
"""Seconds since the last look that are not yet called unknown: the next look is still to come."""


class State(StrEnum):
    """What a connection was at a moment, best first. ``UNKNOWN`` is when nobody looked."""

    UP = "up"
    PAUSED = "paused"
    """The key worked, and a person had stopped trading through it."""
    ERROR = "error"
    REAUTH = "reauth"
    UNKNOWN = "unknown"


def state_of(health: Health) -> State:
    """The one state of a status and a gate: a key in trouble is in trouble, whatever its gate."""
    if health.status is Status.REAUTH_NEEDED:
        return State.REAUTH
    if health.status is Status.ERROR:
        return State.ERROR
    return State.PAUSED if health.gate is Gate.PAUSED else State.UP


@dataclass(frozen=True, slots=True)
class Rollup:
    """What is kept of an hour or a day.

    Attributes:
        start: hours since the epoch.
        hours: 1 or 24.
        probes: how many looks ended in it.
        good: how many of them found nothing wrong.
        latency_sum: milliseconds of all good ones together.
        latency_max: milliseconds of the slowest good one.
        up, paused, error, reauth: seconds in each state; the rest of it is unknown.
    """

    start: int
    hours: int = 1
    probes: int = 0
    good: int = 0
    latency_sum: int = 0
    latency_max: int = 0
    up: int = 0
    paused: int = 0
    error: int = 0
    reauth: int = 0

    def plus(self, more: "Rollup") -> "Rollup":
        """Both together, over the time of this one."""
        return replace(
            self,
            probes=self.probes + more.probes,
            good=self.good + more.good,
            latency_sum=self.latency_sum + more.latency_sum,
            latency_max=max(self.latency_max, more.latency_max),
            up=self.up + more.up,
            paused=self.paused + more.paused,
            error=self.error + more.error,
            reauth=self.reauth + more.reauth,
        )


def rollups_of(state: State, since: float | None, at: float, latency: float | None) -> tuple[Rollup, ...]:
    """What one look adds.

    Args:
        state: what the connection was from the look before until this one.
        since: epoch seconds of the look before; None if the time since then is unknown.
        at: epoch seconds of this look.
        latency: seconds that it took, if it found nothing wrong.
    """
    end, slow = floor(at), 0 if latency is None else max(1, round(latency * 1000))
    # Whole seconds of the clock, not of each gap: what is rounded off here is counted by the next look.
    begin = end if since is None else floor(since)
    good, last = int(latency is not None), end // HOUR
    found = []
    for hour in range(begin // HOUR, last + 1):
        seconds = min(end, (hour + 1) * HOUR) - max(begin, hour * HOUR)
        times = (
            seconds if state is State.UP else 0,
            seconds if state is State.PAUSED else 0,
            seconds if state is State.ERROR else 0,
            seconds if state is State.REAUTH else 0,
        )
        found.append(
            Rollup(hour, 1, 1, good, slow, slow, *times) if hour == last else Rollup(hour, 1, 0, 0, 0, 0, *times)
        )
    return tuple(found)


# ------------------------------------------------------------------------------------------------------- looking back


class Span(Enum):
    """How far one looks back: so many cells of so many hours."""

    DAY = (24, 1)
    WEEK = (7, DAY_HOURS)
    QUARTER = (90, DAY_HOURS)

    @property
    def cells(self) -> int:
        """How many."""
        return self.value[0]

    @property
    def hours(self) -> int:
        """The length of each."""
        return self.value[1]

    def first_hour(self, now: float) -> int:
        """Hours since the epoch at which the first cell begins; the last one is the one that ``now`` is in."""
        return (floor(now) // HOUR // self.hours - self.cells + 1) * self.hours


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a strip.

    Attributes:
        start: epoch seconds.
        seconds: in each state. Their sum is shorter than the cell where the connection was not there yet, and in the
            last cell, which is not over.
        latency: mean and highest of the good looks, in milliseconds; None if there was none.
    """

    start: int
    seconds: Mapping[State, int]
    latency: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Uptime:
    """How much of a time a key worked.

    A key that worked while a person had paused trading counts as up: the key was. Time in which nobody looked (the
    service was off, our network was down) counts neither as up nor as down; ``watched`` says how much was looked at.
    """

    up: int
    known: int
    whole: int

    @property
    def share(self) -> float | None:
        """From 0 to 1, of the time that was watched; None if none was."""
        return self.up / self.known if self.known else None

    @property
    def watched(self) -> float:
        """From 0 to 1, of the whole time since the connection is there."""
        return self.known / self.whole if self.whole else 0.0


@dataclass(frozen=True, slots=True)
class History:
    """One look back.

    Attributes:
        cells: oldest first; the last one contains the moment of looking.
        flips: of this time, newest first.
    """

    span: Span
    cells: Sequence[Cell]
    uptime: Uptime
    flips: Sequence[Flip]

    @property
    def latency(self) -> tuple[int, int] | None:
        """The middle one of the cells' means, and the highest of all, in milliseconds."""
        found = sorted(cell.latency for cell in self.cells if cell.latency)
        return (found[len(found) // 2][0], max(highest for _, highest in found)) if found else None


def look_back(rollups: Iterable[Rollup], flips: Iterable[Flip], span: Span, now: float, since: float) -> History:
    """The history of a connection.

    Args:
        rollups: of one connection, in any order; what lies outside of the span is left out.
        flips: of the same, newest first.
        span: how far back.
        now: epoch seconds.
        since: epoch seconds when the connection was made: before that there is nothing to know.
    """
    first, length = span.first_hour(now), span.hours
    kept: dict[int, Rollup] = {}
    for rollup in rollups:
        start = rollup.start // length * length
        kept[start] = kept.get(start, Rollup(start, length)).plus(rollup)
    starts = [first + number * length for number in range(span.cells)]
    cells = tuple(_cell(kept.get(start, Rollup(start, length)), now, since) for start in starts)
    total = {state: sum(cell.seconds[state] for cell in cells) for state in State}
    known = sum(total.values()) - total[State.UNKNOWN]
    uptime = Uptime(total[State.UP] + total[State.PAUSED], known, known + total[State.UNKNOWN])
    return History(span, cells, uptime, tuple(flip for flip in flips if flip.at >= first * HOUR))


def _cell(rollup: Rollup, now: float, since: float) -> Cell:
    start, end = rollup.start * HOUR, (rollup.start + rollup.hours) * HOUR
    known = {
        State.UP: rollup.up,
        State.PAUSED: rollup.paused,
        State.ERROR: rollup.error,
        State.REAUTH: rollup.reauth,
    }
    unknown = max(0, floor(min(end, now)) - floor(max(start, since)) - sum(known.values()))
    if end > now and unknown <= UNDER_WAY:
        unknown = 0
    latency = (rollup.latency_sum // rollup.good, rollup.latency_max) if rollup.good else None
    return Cell(start, known | {State.UNKNOWN: unknown}, latency)


def hundredths(share: float) -> float:
    """A share in per cent, cut to two places: what was not whole is never said to be."""
    return floor(share * 10_000 + 1e-9) / 100
