"""Raise the alarm when alerts do not get out: a critical message that waits too long is an alert itself.

Operators are told once in Telegram, which works if only some chats are affected, and once by a second channel, which
works if none is reached; and by each again when it is over. What was said is on disk: a restart repeats nothing.
"""

import logging
from collections.abc import Sequence

from bot.domain.failures import Severity
from bot.usecases.delivery import Kind, Mode, OutboxItem
from bot.usecases.outbound import SecondChannel
from bot.usecases.ports import Clock
from bot.usecases.storage import Store, StoreUnavailable, Transaction

log = logging.getLogger("latchkey.relay")

LATE = 60.0
"""Seconds that a critical message may wait from when it is due."""
LATE_SINCE = "delivery.late_since"
"""The fact of the deployment that operators were told of in Telegram: epoch seconds; empty when all is well."""
SECOND_TOLD = "delivery.second_told"
"""The same for the second channel."""


class WatchDelivery:
    """Looks at how long critical messages wait; to be called every few seconds."""

    def __init__(
        self, store: Store, operators: Sequence[int], clock: Clock, second: SecondChannel | None = None
    ) -> None:
        self._store = store
        self._operators = tuple(operators)
        self._clock = clock
        self._second = second

    async def look(self) -> None:
        """One look; never raises."""
        now = self._clock.now()
        try:
            async with self._store.transaction() as tx:
                count, oldest = await tx.outbox.overdue(Severity.CRITICAL, now - LATE)
                since = float(await tx.meta.get(LATE_SINCE) or 0.0)
                told = float(await tx.meta.get(SECOND_TOLD) or 0.0)
                if count and not since:
                    await self._begins(tx, now, count, now - oldest)
                elif since and not count:
                    await self._ends(tx, now, since)
            await self._by_second_channel(now, count, now - oldest, told)
        except StoreUnavailable:
            log.error("relay.store_unavailable")  # noqa: TRY400 - no traceback: it would say nothing more

    async def _begins(self, tx: Transaction, now: float, count: int, age: float) -> None:
        log.error("relay.alerts_late", extra={"count": count, "age": round(age)})
        await tx.meta.put(LATE_SINCE, str(now).encode())
        for operator in self._operators:
            await tx.outbox.add(self._message(operator, "alerts_late", now, now, count=count, age=age))

    async def _ends(self, tx: Transaction, now: float, since: float) -> None:
        log.warning("relay.alerts_in_time", extra={"seconds": round(now - since)})
        await tx.meta.put(LATE_SINCE, b"")
        unheard = await tx.outbox.withdraw_thread(_thread(since))
        for operator in self._operators:
            if operator not in unheard:
                await tx.outbox.add(self._message(operator, "alerts_in_time", now, since, age=now - since))

    def _message(self, operator: int, event: str, now: float, since: float, **facts: float) -> OutboxItem:
        begins = now == since
        return OutboxItem(
            id=0,
            chat_id=operator,
            kind=Kind.OPERATOR,
            args={"event": event} | facts,
            created_at=now,
            not_before=now,
            thread=_thread(since),
            mode=Mode.SEND if begins else Mode.REPLY,
            severity=Severity.CRITICAL if begins else Severity.INFO,
        )

    async def _by_second_channel(self, now: float, count: int, age: float, told: float) -> None:
        """Until it arrives. Counts and ages only: who runs that channel is nobody's confidant."""
        if self._second is None or bool(count) == bool(told):
            return
        if count:
            text = f"Latchkey: {count} urgent message(s) do not get out in Telegram; the oldest waits {_span(age)}."
        else:
            text = f"Latchkey: urgent messages are delivered again. That was {_span(now - told)} after the alarm."
        if await self._second.say(text):
            async with self._store.transaction() as tx:
                await tx.meta.put(SECOND_TOLD, str(now).encode() if count else b"")


def _thread(since: float) -> str:
    return f"late:{since:.3f}"


def _span(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole} s" if whole < 120 else f"{whole // 60} min"  # noqa: PLR2004 - two minutes
