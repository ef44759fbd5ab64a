"""Housekeeping: what is done now and then, and must not be forgotten after a stall."""

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.scheduler.every import Every
from bot.usecases.drafts import Draft, Drafts
from bot.usecases.incidents import sweep as sweep_incidents
from bot.usecases.ports import Clock
from bot.usecases.storage import Store, StoreUnavailable
from bot.usecases.telling import tell_steady

log = logging.getLogger("latchkey.housekeeping")

HOUR = 3600.0
REMEMBERED = 48 * HOUR
"""Seconds that update ids, deletions and questions are remembered: Telegram repeats nothing older."""
SENT_KEPT = 7 * 24 * HOUR


class Housekeeping:
    """Sweeps drafts, drops rows that have served, and looks for keys whose owners are to be reminded."""

    def __init__(
        self,
        store: Store,
        drafts: Drafts,
        clock: Clock,
        on_wiped: Callable[[Draft], Awaitable[None]],
        remind_owners: Callable[[], Awaitable[None]],
    ) -> None:
        self._store = store
        self._drafts = drafts
        self._clock = clock
        self._on_wiped = on_wiped
        self._remind_owners = remind_owners

    def schedule(self, scheduler: AsyncIOScheduler) -> None:
        """Adds its jobs."""
        often = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        scheduler.add_job(self.sweep_drafts, Every(5.0), **often)
        scheduler.add_job(self.settle_down, Every(60.0), **often)
        # At start too: a crash may have come between a deletion and the scrub after it.
        at_start = datetime.fromtimestamp(self._clock.now(), UTC)
        scheduler.add_job(self.forget, Every(HOUR), next_run_time=at_start, **often)
        scheduler.add_job(self.remind, Every(HOUR), next_run_time=at_start, **often)

    async def sweep_drafts(self) -> None:
        """Wipes drafts after ten minutes of silence, and tells their owners."""
        for draft in self._drafts.sweep():
            log.info("draft.wiped", extra={"user": draft.owner_id})
            await self._on_wiped(draft)

    async def settle_down(self) -> None:
        """Tells of what has become steady, and ends incidents that nobody is in any more."""
        now = self._clock.now()
        try:
            async with self._store.transaction() as tx:
                await tell_steady(tx, now)
                await sweep_incidents(tx, now)
        except StoreUnavailable:
            log.error("housekeeping.store_unavailable")  # noqa: TRY400 - as below

    async def remind(self) -> None:
        """Puts what owners are to be reminded of into the outbox, where the relay finds it within a second."""
        try:
            await self._remind_owners()
        except StoreUnavailable:
            log.error("housekeeping.store_unavailable")  # noqa: TRY400 - as below

    async def forget(self) -> None:
        """Drops finished rows that nobody needs any more."""
        now = self._clock.now()
        try:
            async with self._store.transaction() as tx:
                await tx.inbox.forget(now - REMEMBERED)
                await tx.deletions.forget(now - REMEMBERED)
                await tx.questions.forget(now - REMEMBERED)
                await tx.outbox.forget(now - SENT_KEPT)
                await tx.invites.forget(now - SENT_KEPT)
                await tx.incidents.forget(now - SENT_KEPT)
            await self._store.scrub()
        except StoreUnavailable:
            log.error("housekeeping.store_unavailable")  # noqa: TRY400 - no traceback: it would say nothing more
