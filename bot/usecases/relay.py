"""Relay alerts: from the outbox to Telegram, at least once, in order per chat, nothing lost.

A message leaves the outbox only after Telegram confirmed it, so a crash in between sends it twice rather than never.

Nothing is taken out of the outbox before it can go: what is sent next is asked for at the moment there is room, so that
a critical message never stands behind what was merely fetched earlier, and few rows are read however many wait.
"""

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace

from bot.domain.failures import Severity
from bot.usecases.background import BackgroundTasks
from bot.usecases.delivery import AlertSender, Delivered, Delivery, GiveUp, Kind, Mode, OutboxItem, TryLater
from bot.usecases.news_of_sharing import chat_lost
from bot.usecases.outbound import AnyTime, Turns
from bot.usecases.ports import Clock, Metrics, Operators
from bot.usecases.sharing_storage import Ended
from bot.usecases.storage import Store, StoreUnavailable, Transaction

log = logging.getLogger("latchkey.relay")

IDLE, SOON, AT_NEXT_TURN = 1.0, 0.2, 0.04
"""Seconds between looks at the outbox when nobody calls: mostly, while a chat is closed, while nobody has a turn."""

MOST = 100
"""Messages taken up at one look."""

AT_ONCE, CRITICAL_AT_ONCE = 50, 75
"""Messages under way at a time, and with critical ones: a Telegram that hangs must leave room for these."""

LAST_WORDS = 5.0
"""Seconds that a stop waits for what is on its way: what is cut off between Telegram and the store comes twice."""

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0
"""Seconds until a message is tried again over which a fault of ours came up, doubled with each attempt."""


class RelayAlerts:
    """Sends what waits. Chats do not wait for each other; within a chat one message at a time."""

    def __init__(
        self,
        store: Store,
        sender: AlertSender,
        clock: Clock,
        metrics: Metrics,
        tasks: BackgroundTasks,
        turns: Turns | None = None,
        operators: Operators | None = None,
    ) -> None:
        self._store = store
        self._sender = sender
        self._clock = clock
        self._metrics = metrics
        self._tasks = tasks
        self._turns = turns or AnyTime()
        self._operators = operators
        self._measured_at = float("-inf")
        self._busy: set[int] = set()
        self._unrecorded: dict[int, Delivery] = {}
        self._wake = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Something was put into the outbox: look now."""
        self._wake.set()

    async def run(self) -> None:
        """Until ``stop``, and until what was on its way then has arrived and is recorded."""
        while not self._stopping:
            self._wake.clear()
            pause = IDLE
            try:
                await self.look()
                pause = self._pause()
            except StoreUnavailable:
                log.error("relay.store_unavailable")  # noqa: TRY400 - no traceback: it would say nothing more
            except Exception as error:  # noqa: BLE001 - if the relay ended, nobody would hear of anything again
                log.error("relay.failed", extra={"error": type(error).__name__})  # noqa: TRY400
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), pause)
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_WORDS):
                while self._busy:  # noqa: ASYNC110 - a few looks at the very end
                    await asyncio.sleep(0.02)

    def stop(self) -> None:
        """Takes up nothing new."""
        self._stopping = True
        self._wake.set()

    async def look(self) -> int:
        """Starts sending what is due; returns how many messages were taken up."""
        now = self._clock.now()
        room = min(self._turns.room(), CRITICAL_AT_ONCE - len(self._busy))
        if self._clock.monotonic() - self._measured_at >= IDLE:
            await self._measure(now)
        if room <= 0:
            return 0
        closed = self._busy.union(self._turns.closed())
        async with self._store.transaction() as tx:
            due = await tx.outbox.due(now, min(room, MOST), closed)
        taken = 0
        for item in due:
            if item.severity is not Severity.CRITICAL and len(self._busy) >= AT_ONCE:
                continue
            self._busy.add(item.chat_id)
            await self._turns.take(item.chat_id)
            self._tasks.spawn("deliver", self._deliver(item))
            taken += 1
        return taken

    async def _measure(self, now: float) -> None:
        self._measured_at = self._clock.monotonic()
        async with self._store.transaction() as tx:
            depth, oldest = await tx.outbox.waiting(now)
        self._metrics.outbox(depth, oldest)
        if not depth:
            self._unrecorded.clear()  # what they were about was disconnected meanwhile

    def _pause(self) -> float:
        """How soon something may become possible without anybody calling."""
        if self._turns.room() <= 0:
            return AT_NEXT_TURN
        return SOON if self._turns.closed() else IDLE

    async def _deliver(self, item: OutboxItem) -> None:
        """Sends once, also if what came of it cannot be written at once: people must not hear it at every try."""
        try:
            if item.id not in self._unrecorded:
                self._unrecorded[item.id] = await self._attempt(item)
            await self._record(item, self._unrecorded[item.id])
            self._unrecorded.pop(item.id, None)
        except StoreUnavailable:
            # Not woken: the next look, a second from now, is soon enough for a disk that is full.
            log.error("relay.store_unavailable", extra={"item": item.id})  # noqa: TRY400
        else:
            self._wake.set()
        finally:
            self._busy.discard(item.chat_id)

    async def _attempt(self, item: OutboxItem) -> Delivery:
        async with self._store.transaction() as tx:
            alert = await tx.alerts.get(item.alert_id) if item.alert_id else None
            person = await tx.people.get(item.chat_id)
            if item.thread is not None:
                item = replace(item, message_id=await tx.outbox.message_of(item.chat_id, item.thread))
        try:
            return await self._sender.deliver(item, alert, person)
        except Exception as error:  # noqa: BLE001 - one message over which we stumble must not be tried without pause
            log.error("relay.failed", extra={"item": item.id, "error": type(error).__name__})  # noqa: TRY400
            return TryLater(min(FIRST_PAUSE * 2 ** min(item.attempts, 16), LONGEST_PAUSE), type(error).__name__)

    async def _record(self, item: OutboxItem, outcome: Delivery) -> None:
        now = self._clock.now()
        async with self._store.transaction() as tx:
            match outcome:
                case Delivered(message_id):
                    await tx.outbox.sent(item.id, now, message_id)
                    alert = await tx.alerts.get(item.alert_id) if item.alert_id else None
                    if alert is not None and item.kind is Kind.ALERT and message_id is not None:
                        await tx.alerts.delivered(alert.id, message_id)  # later news answer the newest of it
                    if item.thread is not None and item.mode is not Mode.REPLY and message_id is not None:
                        # Also if the row is gone: a newer edit has taken its place while it was on its way.
                        await tx.outbox.goes_on_in(item.chat_id, item.thread, message_id, now)
                case TryLater(after, reason):
                    await tx.outbox.later(item.id, now + after)
                    log.warning("relay.later", extra={"item": item.id, "after": after, "reason": reason})
                case GiveUp(reason, chat_gone, moved_to):
                    if moved_to is not None:
                        await tx.chats.move(item.chat_id, moved_to)
                        log.info("relay.chat_moved", extra={"item": item.id})
                    else:
                        await tx.outbox.give_up(item.id, now, reason)
                        log.warning("relay.gave_up", extra={"item": item.id, "reason": reason})
                        if not chat_gone:
                            await self._tell_lost(tx, item, reason)
                    if chat_gone:
                        await tx.people.unreachable(item.chat_id)
                        await chat_lost(tx, item.chat_id, Ended.UNREACHABLE, now)

    async def _tell_lost(self, tx: Transaction, item: OutboxItem, reason: str) -> None:
        """A message that was not read, although its chat is there: a fault of ours, which must not go unnoticed."""
        if self._operators is not None and item.kind is not Kind.OPERATOR:  # else it would tell of itself for ever
            facts = {"item": item.id, "kind": item.kind.value, "reason": reason}
            await self._operators.tell(tx, "message_given_up", facts)
