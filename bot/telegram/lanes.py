"""The worker: hands updates to the handlers. One person's in order, different people's side by side.

An update is marked done only after its handler returned, so a handler may run again after a crash: what it does must
bear that. An update whose handler raises becomes a dead letter: its content is destroyed, operators are told its id.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from aiogram import Bot, Dispatcher
from aiogram.methods import TelegramMethod
from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError

from bot.telegram.deletions import DeletionLane
from bot.telegram.file_watch import FileWatch
from bot.telegram.guard import Sighting
from bot.telegram.intake_state import Operators
from bot.telegram.ledger import Ledger
from bot.telegram.notices import Notices
from bot.telegram.quota import Quota
from bot.usecases.background import BackgroundTasks
from bot.usecases.ports import Clock, Metrics
from bot.usecases.storage import StoreUnavailable, Transaction

log = logging.getLogger("latchkey.worker")

SIDE_BY_SIDE = 64
"""Handlers that run at a time."""
MOST_WAITING = 5_000
"""Updates in memory; beyond that Telegram keeps them for us."""
HANDLER_TIMEOUT = 180.0
"""Seconds. A handler that takes longer is a fault; it holds up nobody but its own person."""
MOST_IN_LANE = 100
"""Answers of one person that wait. Far more than anybody pastes by hand; more would fill the memory meant for all."""

Lane: TypeAlias = tuple[int, int]
"""Chat id and user id."""


@dataclass(frozen=True, slots=True)
class Job:
    """One update for the handlers, with what the guard saw in it."""

    update: Mapping[str, Any]
    sighting: Sighting


class Worker:
    """Runs the handlers."""

    def __init__(
        self,
        *,
        bot: Bot,
        dispatcher: Dispatcher,
        deletions: DeletionLane,
        files: FileWatch,
        ledger: Ledger,
        notices: Notices,
        operators: Operators,
        clock: Clock,
        tasks: BackgroundTasks,
        metrics: Metrics,
    ) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._deletions = deletions
        self._files = files
        self._ledger = ledger
        self._notices = notices
        self._operators = operators
        self._clock = clock
        self._tasks = tasks
        self._metrics = metrics
        self._quota = Quota()
        self._lanes: dict[Lane, deque[Job]] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(SIDE_BY_SIDE)
        self._waiting = 0
        self._room = asyncio.Event()
        self._room.set()
        self._stopped = False

    def submit(self, job: Job) -> None:
        """Queues an update that is in the inbox. What is over somebody's quota is dropped, unless it bears a secret.

        Nor is one with a file that may hold one. Too many of those are dropped too: secrets are being deleted, and
        whoever sent them is asked still; of files that nobody looked into, their author is told.
        """
        if self._stopped:
            return  # it stays in the inbox
        sighting = job.sighting
        harmless = not sighting.secret and not sighting.to_scan
        if harmless and sighting.user_id is not None and not self._within_quota(sighting):
            return
        lane = (sighting.chat_id or 0, sighting.user_id or 0)
        if len(self._lanes.get(lane, ())) >= MOST_IN_LANE:
            self._drop(sighting)
            if sighting.to_scan:
                self._tasks.spawn("notice.not_looked_into", self._files.give_up(sighting))
            return
        self._waiting += 1
        if self._waiting >= MOST_WAITING:
            self._room.clear()
        if lane in self._lanes:
            self._lanes[lane].append(job)
            return
        self._lanes[lane] = deque([job])
        task = self._tasks.spawn("lane", self._run(lane))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def room(self) -> None:
        """Waits while too much is in memory."""
        await self._room.wait()

    async def drain(self, seconds: float) -> bool:
        """Finishes what is queued, for at most this long; the rest stays in the inbox. True if nothing was left."""
        if self._running:
            await asyncio.wait(set(self._running), timeout=seconds)
        self._stopped = True
        left = set(self._running)
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left)
        return not left

    # ------------------------------------------------------------------------------------------------------- one lane

    async def _run(self, lane: Lane) -> None:
        queue = self._lanes[lane]
        try:
            while queue:
                job = queue[0]
                await self._deletions.tried(job.sighting.deletions)
                await self._handle(job)
                queue.popleft()
                self._leave()
        finally:
            for _ in queue:
                self._leave()
            del self._lanes[lane]

    def _leave(self) -> None:
        self._waiting -= 1
        if self._waiting < MOST_WAITING:
            self._room.set()

    def _within_quota(self, sighting: Sighting) -> bool:
        user_id, now = sighting.user_id, self._clock.monotonic()
        assert user_id is not None
        if self._quota.takes(user_id, now):
            return True
        self._drop(sighting)
        if sighting.private and sighting.chat_id is not None and self._quota.is_worth_telling(user_id, now):
            log.warning("worker.over_quota", extra={"user": user_id})
            self._tasks.spawn("notice.too_fast", self._notices.too_fast(sighting.chat_id, sighting.language))
        return False

    def _drop(self, sighting: Sighting) -> None:
        self._metrics.update("dropped")
        self._done(sighting)

    # ----------------------------------------------------------------------------------------------------- one update

    async def _handle(self, job: Job) -> None:
        sighting = job.sighting
        try:
            if not sighting.to_scan or not await self._files.bear_a_secret(sighting):
                # First come, first served: after each update the others have their turn.
                async with self._slots, asyncio.timeout(HANDLER_TIMEOUT):
                    await self._feed(job)
        except StoreUnavailable:
            self._bury(sighting, "StoreUnavailable")
            if sighting.private and sighting.chat_id is not None:
                self._tasks.spawn("notice.cannot_keep", self._notices.cannot_keep(sighting.chat_id, sighting.language))
        except Exception as error:  # noqa: BLE001 - handlers may raise anything; its text may hold what people wrote
            self._bury(sighting, type(error).__name__)
        else:
            self._metrics.update("handled")
            self._done(sighting)

    async def _feed(self, job: Job) -> None:
        # Not feed_raw_update: it logs the text of whatever a handler raises.
        update = Update.model_validate(job.update, context={"bot": self._bot})
        try:
            _ = update.event_type
        except UpdateTypeLookupError:  # aiogram would warn, and print the whole update
            log.info("worker.unknown_update", extra={"update": update.update_id})
            return
        call = await self._dispatcher.feed_update(self._bot, update, sighting=job.sighting)
        if isinstance(call, TelegramMethod):
            await self._bot(call)

    def _done(self, sighting: Sighting) -> None:
        async def done(tx: Transaction) -> None:
            await tx.inbox.done([sighting.update_id])

        self._ledger.write(done)

    def _bury(self, sighting: Sighting, reason: str) -> None:
        facts = {"update": sighting.update_id, "kind": sighting.kind, "error": reason}
        log.error("worker.dead_letter", extra={"update": sighting.update_id, "kind": sighting.kind, "error": reason})
        self._metrics.update("dead")

        async def bury(tx: Transaction) -> None:
            await tx.inbox.bury(sighting.update_id, reason)
            await self._operators.tell(tx, "dead_letter", facts)

        self._ledger.write(bury)
