"""Relay alerts: from the outbox to Telegram, at least once, in order per chat, nothing lost.

A message leaves the outbox only after Telegram confirmed it, so a crash in between sends it twice rather than never.
"""

import asyncio
import logging
from contextlib import suppress

from bot.usecases.background import BackgroundTasks
from bot.usecases.ports import AlertSender, Clock, Delivered, GiveUp, Metrics, OutboxItem, TryLater
from bot.usecases.storage import Store, StoreUnavailable

log = logging.getLogger("latchkey.relay")

IDLE = 1.0
"""Seconds between looks at the outbox when nobody calls."""


class RelayAlerts:
    """Sends what waits. Chats do not wait for each other; within a chat one message at a time."""

    def __init__(
        self, store: Store, sender: AlertSender, clock: Clock, metrics: Metrics, tasks: BackgroundTasks
    ) -> None:
        self._store = store
        self._sender = sender
        self._clock = clock
        self._metrics = metrics
        self._tasks = tasks
        self._busy: set[int] = set()
        self._wake = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Something was put into the outbox: look now."""
        self._wake.set()

    async def run(self) -> None:
        """Until ``stop``."""
        while not self._stopping:
            self._wake.clear()
            try:
                await self.look()
            except StoreUnavailable:
                log.error("relay.store_unavailable")  # noqa: TRY400 - no traceback: it would say nothing more
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), IDLE)

    def stop(self) -> None:
        """Takes up nothing new."""
        self._stopping = True
        self._wake.set()

    async def look(self) -> int:
        """Starts sending what is due; returns how many messages were taken up."""
        now = self._clock.now()
        async with self._store.transaction() as tx:
            due = await tx.outbox.due(now)
            depth, oldest = await tx.outbox.waiting(now)
        self._metrics.outbox(depth, oldest)
        taken = [item for item in due if item.chat_id not in self._busy]
        for item in taken:
            self._busy.add(item.chat_id)
            self._tasks.spawn("deliver", self._deliver(item))
        return len(taken)

    async def _deliver(self, item: OutboxItem) -> None:
        try:
            async with self._store.transaction() as tx:
                alert = await tx.alerts.get(item.alert_id) if item.alert_id else None
                person = await tx.people.get(item.chat_id)
            outcome = await self._sender.deliver(item, alert, person)
            async with self._store.transaction() as tx:
                match outcome:
                    case Delivered(message_id):
                        await tx.outbox.sent(item.id, self._clock.now(), message_id)
                        if alert is not None and alert.message_id is None and message_id is not None:
                            await tx.alerts.delivered(alert.id, message_id)
                    case TryLater(after, reason):
                        await tx.outbox.later(item.id, self._clock.now() + after)
                        log.warning("relay.later", extra={"item": item.id, "after": after, "reason": reason})
                    case GiveUp(reason, chat_gone, moved_to):
                        if moved_to is not None:
                            await tx.outbox.move_chat(item.chat_id, moved_to)
                        else:
                            await tx.outbox.give_up(item.id, self._clock.now(), reason)
                            log.warning("relay.gave_up", extra={"item": item.id, "reason": reason})
                        if chat_gone:
                            await tx.people.unreachable(item.chat_id)
        except StoreUnavailable:
            log.error("relay.store_unavailable", extra={"item": item.id})  # noqa: TRY400
        finally:
            self._busy.discard(item.chat_id)
            self._wake.set()
