"""The dispatcher: a job that only starts what is due, and returns.

One slow check delays no other: a tick never awaits a probe. A watchdog notices any connection that has not been started
for more than one and a half intervals, for whatever reason, and starts it.
"""

import logging
from collections.abc import Iterable, Sequence

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.domain.connection import ConnectionId
from bot.scheduler.every import Every
from bot.scheduler.ring import Ring
from bot.usecases.check import CheckConnections
from bot.usecases.ports import Clock, Metrics

log = logging.getLogger("latchkey.watch")

TICK = 0.25
"""Seconds between looks at the ring; well under the second within which a due probe must start."""

STILL = 5.0
"""Seconds without a tick after which the schedule counts as stopped; a busy event loop may well miss one or two."""

STRAGGLING = 1.0
"""Seconds by which a turn may be late: the figure that is asked of every probe."""

BATCH = 128
"""Connections loaded per query at most."""


class Watch:
    """The ``WatchList`` port: the ring, without anything that starts checks."""

    def __init__(self, interval: float, clock: Clock) -> None:
        self.ring = Ring(interval)
        self.interval = interval
        self._clock = clock
        self._started: dict[ConnectionId, float] = {}
        self._rests: dict[ConnectionId, int] = {}

    def load(self, connections: Iterable[ConnectionId]) -> None:
        """All of them, at start."""
        known = list(connections)
        self.ring.add(known)
        now = self._clock.monotonic()
        self._started = dict.fromkeys(known, now)

    def add(self, connection: ConnectionId) -> None:
        """From now on, every interval."""
        self.ring.add([connection])
        self._started[connection] = self._clock.monotonic()

    def remove(self, connection: ConnectionId) -> None:
        """No more."""
        self.ring.discard(connection)
        self._started.pop(connection, None)
        self._rests.pop(connection, None)

    def soon(self, connection: ConnectionId, delay: float) -> None:
        """One extra probe after ``delay`` seconds."""
        self._rests.pop(connection, None)
        self.ring.once(connection, self._clock.monotonic() + delay)

    def rest(self, connection: ConnectionId, turns: int) -> None:
        """Leaves it out for that many turns. A restart forgets it: then the next look says anew how long."""
        if turns and connection in self._started:
            self._rests[connection] = turns
        else:
            self._rests.pop(connection, None)

    def rests(self, connection: ConnectionId) -> bool:
        """Whether this turn is left out; counts it."""
        left = self._rests.get(connection)
        if left is None:
            return False
        self.rest(connection, left - 1)
        return True

    def started(self, connections: Iterable[ConnectionId], now: float) -> None:
        """Remembers when each was started last, for the watchdog."""
        for connection in connections:
            if connection in self._started:
                self._started[connection] = now

    def stale(self, now: float) -> list[ConnectionId]:
        """Those nobody has started for one and a half intervals."""
        return self._not_since(now - 1.5 * self.interval)

    def behind(self, now: float) -> list[ConnectionId]:
        """Those that did not have their turn within the last interval, give or take a few ticks."""
        return self._not_since(now - self.interval - STRAGGLING)

    def _not_since(self, limit: float) -> list[ConnectionId]:
        return [connection for connection, at in self._started.items() if at < limit]


class Dispatcher:
    """Ticks."""

    def __init__(self, watch: Watch, checks: CheckConnections, clock: Clock, metrics: Metrics) -> None:
        self._watch = watch
        self._checks = checks
        self._clock = clock
        self._metrics = metrics
        self._ticked_at = float("-inf")

    def schedule(self, scheduler: AsyncIOScheduler) -> None:
        """Adds its jobs: the tick and the watchdog."""
        often = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        scheduler.add_job(self.tick, Every(TICK), **often)
        scheduler.add_job(self.watchdog, Every(max(1.0, self._watch.interval / 4)), **often)

    def ticks(self) -> bool:
        """Whether the schedule goes on. False before its first tick."""
        return self._clock.monotonic() - self._ticked_at <= STILL

    async def tick(self) -> None:
        """Starts everything that is due. Never awaits a probe."""
        now = self._ticked_at = self._clock.monotonic()
        due: list[ConnectionId] = []
        resting: list[ConnectionId] = []
        for connection, at in self._watch.ring.due(now):
            if self._watch.rests(connection):
                resting.append(connection)
            else:
                due.append(connection)
                self._metrics.lateness(max(0.0, now - at))
        self._watch.started(resting, now)  # they had their turn: nobody forgot them
        self._start(due, now)

    async def watchdog(self) -> None:
        """Starts whatever was forgotten, and says so: it means that something is wrong with us."""
        now = self._clock.monotonic()
        stale = self._watch.stale(now)
        if stale:
            log.error("watch.stale", extra={"connections": len(stale)})
            self._start(stale, now)

    def _start(self, due: Sequence[ConnectionId], now: float) -> None:
        self._watch.started(due, now)
        for at in range(0, len(due), BATCH):
            self._checks.start(due[at : at + BATCH])
