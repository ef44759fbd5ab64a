"""Count sweeps: rounds in which every connection had its turn. They are the proof that somebody looks.

The end of the last complete one is noted on disk, so that after a restart it is known since when nobody looked. Within
a process gaps are measured in monotonic time: a clock that is set forward is no blindness.
"""

import logging

from bot.usecases.background import BackgroundTasks
from bot.usecases.blind import WATCHED_UNTIL, TellBlind, is_blindness
from bot.usecases.outbound import DeadMansSwitch
from bot.usecases.ports import Clock
from bot.usecases.storage import Store, StoreUnavailable

log = logging.getLogger("latchkey.watch")

NEVER_SOONER = 0.9
"""Intervals between two signals at least; a little under one, since turns come a little early or late."""


class CountSweeps:
    """Is told of the end of each round.

    Attributes:
        last_at: epoch seconds when the last complete one ended in this process; None before the first.
    """

    def __init__(
        self,
        store: Store,
        tell_blind: TellBlind,
        clock: Clock,
        tasks: BackgroundTasks,
        interval: float,
        switch: DeadMansSwitch | None = None,
    ) -> None:
        self.last_at: float | None = None
        self._last_monotonic: float | None = None
        self._store = store
        self._tell_blind = tell_blind
        self._clock = clock
        self._tasks = tasks
        self._interval = interval
        self._switch = switch
        self._signalled_at = float("-inf")

    async def over(self, behind: int) -> None:
        """A round is over; ``behind`` connections did not have their turn in it."""
        if behind:
            log.warning("watch.sweep_incomplete", extra={"connections": behind})
        self._signal(well=not behind and await self._is_noted())

    async def _is_noted(self) -> bool:
        """Notes a complete round. Where that cannot be kept, nothing that the round found was kept: it is none."""
        now, monotonic = self._clock.now(), self._clock.monotonic()
        began = now - self._interval
        try:
            since = await self._watched_until(began, monotonic)
            if since is not None and is_blindness(began - since, self._interval):
                await self._tell_blind(since, began)
            async with self._store.transaction() as tx:
                await tx.meta.put(WATCHED_UNTIL, str(now).encode())
        except StoreUnavailable:
            log.error("watch.store_unavailable")  # noqa: TRY400 - found out again at the end of the next round
            return False
        self.last_at, self._last_monotonic = now, monotonic
        return True

    async def _watched_until(self, began: float, monotonic: float) -> float | None:
        """When the last complete round before this one ended; None if there never was one."""
        if self._last_monotonic is not None:
            return began - (monotonic - self._interval - self._last_monotonic)
        async with self._store.transaction() as tx:
            noted = await tx.meta.get(WATCHED_UNTIL)
        return float(noted) if noted else None

    def _signal(self, *, well: bool) -> None:
        now = self._clock.monotonic()
        if self._switch is None or now - self._signalled_at < NEVER_SOONER * self._interval or self._tasks.closed:
            return
        self._signalled_at = now
        self._tasks.spawn("heartbeat", self._switch.signal(well=well))
