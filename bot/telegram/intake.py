"""The durable inbox: Telegram hears that we have an update only after it is on disk.

examine each by itself → one commit (rows, deletions) → confirm → deletion lane → worker.

aiogram's own polling confirms first and handles later; killed in between, it forgets keys that lie in a chat. Here what
was confirmed is either handled or found at the next start. A secret is never in the inbox: its row carries ids alone,
so that after a crash its deletion goes on and the person is asked again.
"""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from bot.telegram.deletion_notices import Refusal, delete_by_hand
from bot.telegram.deletions import DeletionLane
from bot.telegram.guard import ALBUMS, Guard, NotAnUpdate, Sighting, note_albums
from bot.telegram.intake_state import Operators
from bot.telegram.lanes import Job, Worker
from bot.telegram.ledger import Ledger
from bot.telegram.notices import Notices
from bot.usecases.background import BackgroundTasks
from bot.usecases.ports import Clock, Deletion, InboxRow, Metrics
from bot.usecases.reseal import INBOX, bound_to_update
from bot.usecases.storage import Store, StoreUnavailable, Transaction

log = logging.getLogger("latchkey.intake")

PRESS_LIFE = 150.0
"""Seconds a press can be answered; Telegram forgets it then (measured), and so do we: its moment is over."""
MOST_TRIES = 3
"""Starts of the service that an unfinished update may go through: one that crashes us must not do so for ever."""
LONGEST_STRETCH = 0.02
"""Seconds of examining after which others have their turn: the detector may take 2 ms for a message."""


Who: TypeAlias = tuple[int, int]
"""Chat id and user id."""


class Boxes(Protocol):
    """The vault's boxes. Opening raises the vault's own exception, of which only the class is of interest here."""

    def box(self, purpose: str, plaintext: bytes, bound_to: bytes) -> bytes:
        """Seals."""
        ...

    def unbox(self, purpose: str, blob: bytes, bound_to: bytes) -> bytes:
        """Opens."""
        ...


@dataclass(frozen=True, slots=True)
class _Examined:
    row: InboxRow
    update: Any
    sighting: Sighting | None
    poison: str = ""

    @property
    def deletions(self) -> tuple[Deletion, ...]:
        return self.sighting.deletions if self.sighting else ()


class Intake:
    """Takes updates in, from the poller or the webhook."""

    def __init__(
        self,
        *,
        store: Store,
        boxes: Boxes,
        guard: Guard,
        deletions: DeletionLane,
        worker: Worker,
        ledger: Ledger,
        notices: Notices,
        operators: Operators,
        clock: Clock,
        tasks: BackgroundTasks,
        metrics: Metrics,
    ) -> None:
        self._store = store
        self._boxes = boxes
        self._guard = guard
        self._deletions = deletions
        self._worker = worker
        self._ledger = ledger
        self._notices = notices
        self._operators = operators
        self._clock = clock
        self._tasks = tasks
        self._metrics = metrics
        self._told_cannot_keep: set[int] = set()

    async def accept(self, updates: Sequence[Any]) -> int | None:
        """Keeps updates and hands them on; returns the highest update id among them, which may be confirmed now.

        Raises:
            StoreUnavailable: nothing was kept and nothing may be confirmed. Secrets are being deleted all the same.
        """
        examined = await self._examine_all(updates)
        try:
            fresh = await self._keep(examined)
        except StoreUnavailable:
            self._without_store(examined)
            raise
        self._told_cannot_keep.clear()
        new = [one for one in examined if one.row.update_id in fresh]
        for one in new:
            self._deletions.submit(one.deletions)
        for one in new:
            if one.sighting is not None and not one.sighting.withheld:
                self._worker.submit(Job(one.update, one.sighting))
        return max((one.row.update_id for one in examined), default=None)

    async def room(self) -> None:
        """Waits while too much is in memory."""
        await self._worker.room()

    async def replay(self) -> None:
        """Goes on with what an earlier process left: deletions first. Before the first update is taken.

        Raises:
            StoreUnavailable: nothing was taken up.
        """
        pending = await self._deletions.resume()
        async with self._store.transaction() as tx:
            if albums := await tx.meta.get(ALBUMS):
                self._guard.pastes.recall(albums, self._clock.now())
            rows = await tx.inbox.unfinished()
            tries = {row.update_id: await tx.inbox.attempt(row.update_id) for row in rows}
            hopeless = {row.update_id for row in rows if tries[row.update_id] > MOST_TRIES}
            for update_id in hopeless:
                await tx.inbox.bury(update_id, "crash loop")
                await self._operators.tell(tx, "dead_letter", {"update": update_id, "error": "crash loop"})
        if rows:
            log.warning("intake.replay", extra={"count": len(rows), "pending": len(pending)})
        await self._take_up([row for row in rows if row.update_id not in hopeless], pending)

    # ------------------------------------------------------------------------------------------------------- accepting

    async def _examine_all(self, updates: Sequence[Any]) -> list[_Examined]:
        examined: list[_Examined] = []
        seen: set[int] = set()
        since = self._clock.monotonic()
        for update in updates:
            one = self._examine(update)
            if one is not None and one.row.update_id not in seen:
                seen.add(one.row.update_id)
                examined.append(one)
            if self._clock.monotonic() - since > LONGEST_STRETCH:
                await asyncio.sleep(0)
                since = self._clock.monotonic()
        return examined

    def _examine(self, update: Any) -> _Examined | None:
        now = self._clock.now()
        try:
            sighting = self._guard.examine(update)
            payload = None if sighting.secret else self._boxed(sighting.update_id, update)
        except NotAnUpdate:
            log.error("intake.no_update")  # noqa: TRY400 - a traceback would show what came
            return None
        except Exception as error:  # noqa: BLE001 - one bad update must not hold back its batch
            update_id = update["update_id"]
            log.error("intake.poison", extra={"update": update_id, "error": type(error).__name__})  # noqa: TRY400
            return _Examined(InboxRow(update_id, now, secret=True), None, None, poison=type(error).__name__)
        row = InboxRow(
            sighting.update_id,
            now,
            chat_id=sighting.chat_id,
            user_id=sighting.user_id,
            message_id=sighting.message_id,
            payload=payload,
            secret=sighting.secret,
        )
        return _Examined(row, update, sighting)

    async def _keep(self, examined: Sequence[_Examined]) -> frozenset[int]:
        """One commit for all."""
        if not examined:
            return frozenset()
        async with self._store.transaction() as tx:
            fresh = await tx.inbox.accept([one.row for one in examined])
            new = [one for one in examined if one.row.update_id in fresh]
            await tx.deletions.add([deletion for one in new for deletion in one.deletions])
            albums = await note_albums(tx, self._guard)
            for one in new:
                await self._settle_at_once(tx, one)
        self._guard.pastes.noted(albums)
        for one in examined:
            self._metrics.update("accepted" if one.row.update_id in fresh else "repeated")
        return fresh

    async def _settle_at_once(self, tx: Transaction, one: _Examined) -> None:
        """What no handler is to see is done with its commit."""
        update_id = one.row.update_id
        if one.poison:
            await tx.inbox.bury(update_id, one.poison)
            await self._operators.tell(tx, "dead_letter", {"update": update_id, "error": one.poison})
        elif one.sighting is not None:
            for deletion in one.sighting.beyond_reach:
                item = delete_by_hand(deletion, Refusal("beyond_reach"), self._clock.now())
                await tx.outbox.add(item)
                log.error("deletion.beyond_reach", extra={"update": update_id, "user": deletion.user_id})
            if one.sighting.withheld:
                await tx.inbox.done([update_id])

    def _without_store(self, examined: Sequence[_Examined]) -> None:
        """The store is out of reach: Telegram keeps the updates, but secrets must not lie in chats meanwhile."""
        log.error("intake.store_unavailable", extra={"updates": len(examined)})
        for one in examined:
            self._deletions.submit(one.deletions, kept=False)
        for one in examined:
            seen = one.sighting
            if seen is None or not seen.private or seen.chat_id is None or seen.chat_id in self._told_cannot_keep:
                continue
            self._told_cannot_keep.add(seen.chat_id)
            self._tasks.spawn("cannot_keep", self._say_cannot_keep(seen.chat_id, seen))

    def _boxed(self, update_id: int, update: Any) -> bytes:
        return self._boxes.box(INBOX, json.dumps(update, separators=(",", ":")).encode(), bound_to_update(update_id))

    # ------------------------------------------------------------------------------------------------------- replaying

    async def _take_up(self, rows: Sequence[InboxRow], pending: Sequence[Deletion]) -> None:
        lost: dict[Who, list[int]] = defaultdict(list)
        stale: dict[Who, list[int]] = defaultdict(list)
        for row in rows:
            who = (row.chat_id or 0, row.user_id or 0)
            if row.payload is None:
                (stale if row.message_id is None else lost)[who].append(row.update_id)
                continue
            job = self._opened(row)
            if job is None:
                await self._bury(row.update_id, "cannot be opened")
            elif job.sighting.is_press and self._clock.now() - row.received_at > PRESS_LIFE:
                stale[who].append(row.update_id)
            else:
                await self._resubmit(job)
        # In the background: the start must not wait for Telegram, which may be out of reach.
        for who, update_ids in lost.items():
            mine = [deletion for deletion in pending if deletion.chat_id == who[0]]
            self._tasks.spawn("lost_secret", self._tell(self._notices.lost_secret, who, update_ids, mine))
        for who, update_ids in stale.items():
            self._tasks.spawn("stale_press", self._tell(self._notices.stale_press, who, update_ids, ()))

    async def _tell(
        self,
        notice: Callable[[int, int], Awaitable[None]],
        who: Who,
        update_ids: Sequence[int],
        after: Sequence[Deletion],
    ) -> None:
        """Tells somebody what became of their updates, which are done then; if it fails, the next start tells it."""
        await self._deletions.tried(after)
        if not await self._say(notice(*who)):
            return

        async def done(tx: Transaction) -> None:
            await tx.inbox.done(update_ids)

        self._ledger.write(done)

    def _opened(self, row: InboxRow) -> Job | None:
        assert row.payload is not None
        try:
            update = json.loads(self._boxes.unbox(INBOX, row.payload, bound_to_update(row.update_id)))
            return Job(update, self._guard.examine(update))
        except Exception as error:  # noqa: BLE001 - the vault's exception is not known here, and says no more
            log.error("intake.unreadable", extra={"update": row.update_id, "error": type(error).__name__})  # noqa: TRY400
            return None

    async def _resubmit(self, job: Job) -> None:
        sighting = job.sighting
        if sighting.deletions:  # the rules became stricter, or a question was opened, since it was kept
            async with self._store.transaction() as tx:
                await tx.deletions.add(sighting.deletions)
                if sighting.withheld:
                    await tx.inbox.done([sighting.update_id])
            self._deletions.submit(sighting.deletions)
        if not sighting.withheld:
            self._worker.submit(job)

    async def _bury(self, update_id: int, reason: str) -> None:
        self._metrics.update("dead")
        async with self._store.transaction() as tx:
            await tx.inbox.bury(update_id, reason)
            await self._operators.tell(tx, "dead_letter", {"update": update_id, "error": reason})

    # ------------------------------------------------------------------------------------------------- telling people

    async def _say_cannot_keep(self, chat_id: int, seen: Sighting) -> None:
        await self._deletions.tried(seen.deletions)
        await self._say(self._notices.cannot_keep(chat_id, seen.language))

    async def _say(self, notice: Awaitable[None]) -> bool:
        try:
            await notice
        except Exception as error:  # noqa: BLE001 - a courtesy must not stop intake
            log.warning("intake.notice_failed", extra={"error": type(error).__name__})
            return False
        return True
