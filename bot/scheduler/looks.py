"""What is looked at every few seconds or minutes, one look at a time."""

import logging
from collections.abc import Awaitable, Callable, Sequence

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.scheduler.every import Every
from bot.usecases.storage import StoreUnavailable

log = logging.getLogger("latchkey.housekeeping")

Look = Callable[[], Awaitable[object]]


class Looks:
    """Each at its own pace: the next one begins a pause after the one before has ended."""

    def __init__(self, looks: Sequence[tuple[Look, float]]) -> None:
        self._looks = looks

    def schedule(self, scheduler: AsyncIOScheduler) -> None:
        """Adds a job for each."""
        for look, seconds in self._looks:
            scheduler.add_job(
                self._once, Every(seconds), args=[look], misfire_grace_time=None, coalesce=True, max_instances=1
            )

    async def _once(self, look: Look) -> None:
        try:
            await look()
        except StoreUnavailable:
            log.error("housekeeping.store_unavailable")  # noqa: TRY400 - no traceback: it would say nothing more
        except Exception as error:  # noqa: BLE001 - APScheduler would print it with whatever text it carries
            log.error("looks.failed", extra={"error": type(error).__name__})  # noqa: TRY400 - as above
