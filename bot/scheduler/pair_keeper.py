"""Destroys, minute by minute, the key pairs that nobody used in time."""

import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.scheduler.every import Every
from bot.usecases.pairs import OwnPairs
from bot.usecases.pending_pairs import PendingPair
from bot.usecases.storage import StoreUnavailable

log = logging.getLogger("latchkey.housekeeping")

LOOK_EVERY = 60.0
"""Seconds. A pair that is too old is not opened meanwhile: this only ends its row, and tells its owner."""


class PairKeeper:
    """Sweeps pending pairs."""

    def __init__(self, pairs: OwnPairs, on_expired: Callable[[PendingPair], Awaitable[None]]) -> None:
        self._pairs = pairs
        self._on_expired = on_expired

    def schedule(self, scheduler: AsyncIOScheduler) -> None:
        """Adds its job."""
        scheduler.add_job(self.sweep, Every(LOOK_EVERY), misfire_grace_time=None, coalesce=True, max_instances=1)

    async def sweep(self) -> None:
        """Destroys those of more than a day, and tells their owners."""
        try:
            old = await self._pairs.expire()
        except StoreUnavailable:
            log.error("housekeeping.store_unavailable")  # noqa: TRY400 - no traceback: it would say nothing more
            return
        for pair in old:
            log.info("pair.expired", extra={"user": pair.owner_id})
            await self._on_expired(pair)
