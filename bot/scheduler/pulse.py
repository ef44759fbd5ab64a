"""Feels whether the schedule still ticks, and sets it going again if not.

APScheduler waits for times of the wall clock. One that is set back an hour makes it wait for an hour, and meanwhile no
key would be checked and no draft wiped.
"""

import logging
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.scheduler.dispatcher import Dispatcher
from bot.usecases.ports import Clock

log = logging.getLogger("latchkey.watch")

LOOK_EVERY = 1.0
"""Seconds, monotonic."""
AGAIN = 0.5
"""Seconds until a second look, two ticks: after a stall of everything the schedule may only not have had its turn."""


class Pulse:
    """Looks by monotonic time, beside the scheduler and not through it."""

    def __init__(self, scheduler: AsyncIOScheduler, dispatcher: Dispatcher, clock: Clock) -> None:
        self._scheduler = scheduler
        self._dispatcher = dispatcher
        self._clock = clock

    async def run(self) -> None:
        """Until it is cancelled. Begin after the scheduler."""
        while True:
            await self._clock.sleep(LOOK_EVERY)
            if self._dispatcher.ticks():
                continue
            await self._clock.sleep(AGAIN)
            if not self._dispatcher.ticks():
                self._set_going()

    def _set_going(self) -> None:
        log.error("watch.no_ticks")
        now = datetime.fromtimestamp(self._clock.now(), UTC)
        for job in self._scheduler.get_jobs():
            job.modify(next_run_time=now)
