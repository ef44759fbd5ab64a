"""The deletion lane: carries out what the guard decided, before and beside everything else.

It shares nothing with the handlers but the connection to Telegram. Chats take turns, so that a thousand secrets of one
person do not keep another's waiting. What was decided is on disk before it comes here, and it stays pending there until
Telegram confirmed it or refused for good: a restart goes on where this process stopped.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramNetworkError, TelegramRetryAfter
from aiogram.methods import DeleteMessage

from bot.telegram.answers import is_deleted_already, is_passing
from bot.telegram.deletion_notices import DeletionNotices, refusal_of
from bot.telegram.ledger import Ledger
from bot.usecases.background import BackgroundTasks
from bot.usecases.ports import Clock, Deletion, Metrics
from bot.usecases.storage import Store, Transaction

log = logging.getLogger("latchkey.deletions")

IN_FLIGHT = 32
PER_CHAT = 4
"""deleteMessage calls at a time, in all and for one chat."""
CALL_TIMEOUT = 10
"""Seconds for one call."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0
"""Seconds a chat rests after Telegram was busy or out of reach, doubled each time in a row."""
HANDLER_WAITS = 15.0
"""Seconds a handler waits for the deletion of what it is about to read."""

Spot = tuple[int, int]
"""Chat id and message id."""


@dataclass(slots=True)
class _ChatQueue:
    waiting: deque[Deletion] = field(default_factory=deque)
    running: int = 0
    failures: int = 0
    rests: bool = False
    in_turn: bool = False


class DeletionLane:
    """Deletes messages until it is confirmed that they are gone, or sure that people must do it."""

    def __init__(
        self, *, bot: Bot, store: Store, ledger: Ledger, clock: Clock, tasks: BackgroundTasks, metrics: Metrics
    ) -> None:
        self._bot = bot
        self._store = store
        self._ledger = ledger
        self._clock = clock
        self._tasks = tasks
        self._metrics = metrics
        self._notices = DeletionNotices(clock)
        self._chats: dict[int, _ChatQueue] = {}
        self._turns: deque[int] = deque()
        self._running = 0
        self._known: dict[Spot, Deletion] = {}
        self._unkept: set[Spot] = set()
        self._first_try: dict[Spot, asyncio.Future[None]] = {}
        self._idle = asyncio.Event()
        self._idle.set()

    async def resume(self) -> Sequence[Deletion]:
        """Goes on with what an earlier process left, and returns it. Raises ``StoreUnavailable``."""
        async with self._store.transaction() as tx:
            pending = await tx.deletions.pending()
        self.submit(pending)
        now = self._clock.now()
        for chat_id in {d.chat_id for d in pending}:
            rest = max(d.not_before for d in pending if d.chat_id == chat_id) - now
            if rest > 0:  # Telegram named a time before the restart
                self._rest(chat_id, min(rest, LONGEST_PAUSE))
        return pending

    def submit(self, deletions: Iterable[Deletion], *, kept: bool = True) -> None:
        """Starts at once. ``kept=False`` if the store could not take them: they are deleted, but will come again."""
        loop = asyncio.get_running_loop()
        for deletion in deletions:
            spot = (deletion.chat_id, deletion.message_id)
            known = spot in self._known
            if kept and (not known or spot in self._unkept):
                self._notices.expect(deletion)
                self._unkept.discard(spot)
            if known:
                continue
            if not kept:
                self._unkept.add(spot)
            self._known[spot] = deletion
            self._first_try[spot] = loop.create_future()
            self._queue(deletion)
        self._pump()

    async def tried(self, deletions: Iterable[Deletion]) -> None:
        """Waits until each was tried once, at most 15 s: no other call about a secret comes before its deletion.

        Tried, not done: if Telegram refuses, the person must still be answered.
        """
        spots = ((d.chat_id, d.message_id) for d in deletions)
        firsts = [first for spot in spots if (first := self._first_try.get(spot)) is not None]
        if firsts:
            await asyncio.wait(firsts, timeout=HANDLER_WAITS)

    async def idle(self, seconds: float) -> bool:
        """Waits until nothing is left to delete; False if that took longer."""
        try:
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        except TimeoutError:
            return False
        return True

    # ------------------------------------------------------------------------------------------------------- turns

    def _queue(self, deletion: Deletion, *, first: bool = False) -> None:
        chat = self._chats.setdefault(deletion.chat_id, _ChatQueue())
        if first:
            chat.waiting.appendleft(deletion)
        else:
            chat.waiting.append(deletion)
        self._idle.clear()
        self._take_turn(deletion.chat_id, chat)

    def _take_turn(self, chat_id: int, chat: _ChatQueue) -> None:
        if chat.waiting and not chat.in_turn and not chat.rests and chat.running < PER_CHAT:
            chat.in_turn = True
            self._turns.append(chat_id)

    def _pump(self) -> None:
        while self._turns and self._running < IN_FLIGHT and not self._tasks.closed:
            chat_id = self._turns.popleft()
            chat = self._chats[chat_id]
            chat.in_turn = False
            if not chat.waiting or chat.rests:
                continue
            deletion = chat.waiting.popleft()
            chat.running += 1
            self._running += 1
            self._tasks.spawn("delete", self._run(deletion, chat))
            self._take_turn(chat_id, chat)

    async def _run(self, deletion: Deletion, chat: _ChatQueue) -> None:
        try:
            await self._delete(deletion, chat)
        finally:
            chat.running -= 1
            self._running -= 1
            self._take_turn(deletion.chat_id, chat)
            if not chat.waiting and not chat.running and not chat.rests:
                self._chats.pop(deletion.chat_id, None)
            if not self._chats:
                self._idle.set()
            self._pump()

    def _rest(self, chat_id: int, seconds: float) -> None:
        chat = self._chats[chat_id]
        if not chat.rests and not self._tasks.closed:
            chat.rests = True
            self._tasks.spawn("deletions.rest", self._wake(chat_id, chat, seconds))

    async def _wake(self, chat_id: int, chat: _ChatQueue, seconds: float) -> None:
        await self._clock.sleep(seconds)
        chat.rests = False
        self._take_turn(chat_id, chat)
        self._pump()

    # ---------------------------------------------------------------------------------------------------- one deletion

    async def _delete(self, deletion: Deletion, chat: _ChatQueue) -> None:
        refusal: TelegramAPIError | None = None
        call = DeleteMessage(chat_id=deletion.chat_id, message_id=deletion.message_id)
        try:
            await self._bot(call, request_timeout=CALL_TIMEOUT)
        except TelegramAPIError as error:
            refusal = error
        except Exception as error:  # noqa: BLE001 - whatever it was, the message is still there
            refusal = TelegramNetworkError(method=call, message=type(error).__name__)
        self._was_tried(deletion)
        if refusal is not None and is_passing(refusal):
            self._again(deletion, chat, refusal)
            return
        chat.failures = 0
        if refusal is None or is_deleted_already(refusal):
            self._gone(deletion)
        else:
            self._impossible(deletion, refusal)

    def _was_tried(self, deletion: Deletion) -> None:
        first = self._first_try.pop((deletion.chat_id, deletion.message_id), None)
        if first is not None and not first.done():
            first.set_result(None)

    def _again(self, deletion: Deletion, chat: _ChatQueue, refusal: TelegramAPIError) -> None:
        pause = min(FIRST_PAUSE * 2**chat.failures, LONGEST_PAUSE)
        chat.failures += 1
        if isinstance(refusal, TelegramRetryAfter):
            pause = float(refusal.retry_after)
        self._metrics.deletion("retried", self._clock.now() - deletion.seen_at)
        log.warning("deletion.later", extra=_ids(deletion) | {"after": pause, "error": type(refusal).__name__})
        not_before = self._clock.now() + pause
        if (deletion.chat_id, deletion.message_id) not in self._unkept:

            async def later(tx: Transaction) -> None:
                await tx.deletions.later(deletion.chat_id, deletion.message_id, not_before)

            self._ledger.write(later)
        self._rest(deletion.chat_id, pause)
        self._queue(replace(deletion, attempts=deletion.attempts + 1, not_before=not_before), first=True)

    def _gone(self, deletion: Deletion) -> None:
        now = self._clock.now()
        self._metrics.deletion("deleted", now - deletion.seen_at)
        log.info("deletion.done", extra=_ids(deletion) | {"seconds": round(now - deletion.seen_at, 3)})
        if not self._finish(deletion):
            return
        news = self._notices.gone(deletion)

        async def done(tx: Transaction) -> None:
            await tx.deletions.done(deletion.chat_id, deletion.message_id, now)
            for item in news:
                await tx.outbox.add(item)

        self._ledger.write(done)

    def _impossible(self, deletion: Deletion, refusal: TelegramAPIError) -> None:
        now = self._clock.now()
        why = refusal_of(refusal, deletion, now)
        self._metrics.deletion("impossible", now - deletion.seen_at)
        log.error("deletion.impossible", extra=_ids(deletion) | {"because": why.reason})
        if not self._finish(deletion):
            return
        news = self._notices.impossible(deletion, why)

        async def impossible(tx: Transaction) -> None:
            await tx.deletions.impossible(deletion.chat_id, deletion.message_id, now, why.reason)
            for item in news:
                await tx.outbox.add(item)

        self._ledger.write(impossible)

    def _finish(self, deletion: Deletion) -> bool:
        """Forgets it here; False if the store never knew of it, so that there is nothing to be written."""
        spot = (deletion.chat_id, deletion.message_id)
        self._known.pop(spot, None)
        kept = spot not in self._unkept
        self._unkept.discard(spot)
        return kept


def _ids(deletion: Deletion) -> dict[str, object]:
    return {"chat": deletion.chat_id, "why": deletion.why}
