"""The end of each round of the watch, and the look at what waits in the outbox."""

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.scheduler.dispatcher import Watch
from bot.scheduler.every import Every
from bot.usecases.overdue import WatchDelivery
from bot.usecases.ports import Clock
from bot.usecases.sweeps import CountSweeps

LOOK_EVERY = 5.0
"""Seconds between looks at how long messages wait."""


class Rounds:
    """Says at the end of each interval how many connections did not have their turn in it."""

    def __init__(self, watch: Watch, sweeps: CountSweeps, delivery: WatchDelivery, clock: Clock) -> None:
        self._watch = watch
        self._sweeps = sweeps
        self._delivery = delivery
        self._clock = clock

    def schedule(self, scheduler: AsyncIOScheduler) -> None:
        """Adds its jobs."""
        often = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        scheduler.add_job(self.over, Every(self._watch.interval), **often)
        scheduler.add_job(self._delivery.look, Every(LOOK_EVERY), **often)

    async def over(self) -> None:
        """A round is over."""
        await self._sweeps.over(len(self._watch.behind(self._clock.monotonic())))
