"""When alerts that nobody has acknowledged are looked for."""

import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.scheduler.every import Every
from bot.usecases.storage import StoreUnavailable

log = logging.getLogger("latchkey.ringing")

LOOK_EVERY = 2.0
"""Seconds. A look that finds nothing is one query by an index of what rings."""


class Ringing:
    """Looks every few seconds."""

    def __init__(self, ring: Callable[[], Awaitable[None]]) -> None:
        self._ring = ring

    def schedule(self, scheduler: AsyncIOScheduler) -> None:
        """Adds its job."""
        scheduler.add_job(self.look, Every(LOOK_EVERY), misfire_grace_time=None, coalesce=True, max_instances=1)

    async def look(self) -> None:
        """Puts what is due into the outbox, and wakes the relay."""
        try:
            await self._ring()
        except StoreUnavailable:
            log.error("ringing.store_unavailable")  # noqa: TRY400 - no traceback: it would say nothing more
