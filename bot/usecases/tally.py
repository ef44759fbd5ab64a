"""Counts what probes saw into rollups: how long a connection was in which state, as far as somebody looked.

The time from one look to the next is known if the next one came when it was due. Else nobody looked in between (our
network was down, the service was off), and nothing of it is counted. The look before is remembered here, in memory:
what lies between two processes is unknown by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.connection import ConnectionId
from bot.domain.history import Rollup, State, rollups_of

LATE = 15.0
"""Seconds that an answer may take, on top of the time between two looks."""


@dataclass(frozen=True, slots=True)
class Look:
    """One probe that was judged.

    Attributes:
        before: the state that the connection was found in, and so had been in since the look before.
        at: epoch seconds of the answer.
        latency: seconds it took; None if something was wrong.
        rest: turns that are left out before the next look.
    """

    id: ConnectionId
    before: State
    at: float
    latency: float | None
    rest: int = 0


class Rollups(Protocol):
    """The history of connections, by the hour and later by the day. A repository of the store's."""

    async def add(self, rollups: Sequence[tuple[ConnectionId, Rollup]]) -> None:
        """Adds each to what is there of its connection and hour, in one statement for all."""

    async def of(self, connection_id: ConnectionId, first_hour: int, last_hour: int) -> Sequence[Rollup]:
        """Of one connection, hours and days that begin from the first of these hours to the last."""

    async def fold(self, before_hour: int) -> bool:
        """Adds the oldest hour, if it is before this one, to its day, for all connections; False if there is none."""

    async def forget(self, before_hour: int) -> int:
        """Drops the days that begin before this hour; returns how many rows that were."""


class Tally:
    """Turns looks into rollups. ``keep`` only once they are committed: a look that was not kept was none."""

    def __init__(self, interval: float = 60.0) -> None:
        self._interval = interval
        self._seen: dict[ConnectionId, tuple[float, float]] = {}
        """When each was looked at last, and how late the next look may be."""

    def rollups(self, looks: Iterable[Look]) -> list[tuple[ConnectionId, Rollup]]:
        """What these add; one for each connection and hour."""
        found: dict[tuple[ConnectionId, int], Rollup] = {}
        seen: dict[ConnectionId, tuple[float, float]] = {}
        for look in looks:
            at, due = seen.get(look.id) or self._seen.get(look.id) or (look.at, look.at)
            since = at if at < look.at <= due else None
            for rollup in rollups_of(look.before, since, look.at, look.latency):
                key = (look.id, rollup.start)
                found[key] = found[key].plus(rollup) if key in found else rollup
            seen[look.id] = self._mark(look)
        return [(connection_id, rollup) for (connection_id, _), rollup in found.items()]

    def keep(self, looks: Iterable[Look]) -> None:
        """From here the next ones go on."""
        for look in looks:
            self._seen[look.id] = self._mark(look)

    def drop(self, connection_id: ConnectionId) -> None:
        """It is gone."""
        self._seen.pop(connection_id, None)

    def _mark(self, look: Look) -> tuple[float, float]:
        return look.at, look.at + 2 * (1 + look.rest) * self._interval + LATE
