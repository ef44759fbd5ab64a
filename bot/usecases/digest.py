"""Digests: what the last day or week was like, for whoever wants one, at an hour of their clock.

The message goes into the outbox in the commit that sets the time of the next one: after a crash none is lost and none
comes twice. Its words are kept with it; its picture is drawn when it is sent, and is not worth keeping it back for.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from bot.domain.connection import Connection
from bot.domain.digests import AHEAD, Every, next_digest
from bot.domain.failures import Severity
from bot.domain.history import Span, state_of
from bot.domain.reminders import ROTATE_EVERY
from bot.usecases.delivery import Kind, OutboxItem
from bot.usecases.digest_store import DigestChoice
from bot.usecases.history import LookedBack, history_of
from bot.usecases.ports import Clock
from bot.usecases.storage import Store, StoreUnavailable, Transaction
from bot.usecases.zone import zone_of

log = logging.getLogger("latchkey.digest")

AT_HOUR: Final = 9
"""Of whoever never chose an hour."""
MOST: Final = 12
"""Connections in a digest: more are too small to read in one picture."""
AT_ONCE: Final = 20
"""Digests of one look."""
_SPANS: Final = {Every.DAILY: Span.DAY, Every.WEEKLY: Span.WEEK}


class SendDigests:
    """What a person chooses, and what follows from it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def of(self, chat_id: int) -> DigestChoice | None:
        """A chat's wish; None if it wants none."""
        async with self._store.transaction() as tx:
            return await tx.digests.get(chat_id)

    async def choose(self, chat_id: int, every: Every | None, hour: int | None = None) -> None:
        """Wants one from now on, or none.

        Args:
            chat_id: the private chat of whoever chooses.
            every: None for none.
            hour: 0 to 23 of the chat's clock; None leaves it as it is.
        """
        async with self._store.transaction() as tx:
            if every is None:
                await tx.digests.forget(chat_id)
                return
            before = await tx.digests.get(chat_id)
            kept = hour if hour is not None else before.hour if before is not None else AT_HOUR
            zone = await zone_of(tx, chat_id)
            next_at = next_digest(every, kept % 24, zone, self._clock.now())
            await tx.digests.put(DigestChoice(chat_id, every, kept % 24, next_at))

    async def look(self) -> None:
        """Puts what is due into the outbox. Raises ``StoreUnavailable``: the rest is due the next time."""
        more = True
        while more:
            now = self._clock.now()
            async with self._store.transaction() as tx:
                due = await tx.digests.due(now, AT_ONCE)
            for choice in due:
                await self._try_to_post(choice, now)
            more = len(due) == AT_ONCE

    async def histories(self, chat_id: int, every: Every, now: float) -> Sequence[LookedBack]:
        """What the picture shows: of each connection in the digest, in its order."""
        async with self._store.transaction() as tx:
            found = (await _heard(tx, chat_id))[:MOST]
            return [await history_of(tx, connection, _SPANS[every], now) for connection in found]

    async def _try_to_post(self, choice: DigestChoice, now: float) -> None:
        """One over which we stumble is left out, so that it keeps nobody else waiting."""
        try:
            async with self._store.transaction() as tx:
                await self._post(tx, choice, now)
        except StoreUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - see above
            log.error("digest.failed", extra={"error": type(error).__name__})  # noqa: TRY400 - it could show what was read
            async with self._store.transaction() as tx:
                await tx.digests.put(replace(choice, next_at=await self._next(tx, choice, now)))

    async def _next(self, tx: Transaction, choice: DigestChoice, now: float) -> float:
        return next_digest(choice.every, choice.hour, await zone_of(tx, choice.chat_id), now)

    async def _post(self, tx: Transaction, choice: DigestChoice, now: float) -> None:
        await tx.digests.put(replace(choice, next_at=await self._next(tx, choice, now)))
        person, heard = await tx.people.get(choice.chat_id), await _heard(tx, choice.chat_id)
        if not heard or person is None or not person.reachable:
            return
        span = _SPANS[choice.every]
        facts = {
            "every": choice.every.value,
            "at": now,
            "connections": [await _facts(tx, one, choice.chat_id, span, now) for one in heard[:MOST]],
            "more": max(0, len(heard) - MOST),
        }
        await tx.outbox.add(
            OutboxItem(0, choice.chat_id, Kind.DIGEST, facts, now, now, silent=True, severity=Severity.INFO)
        )


async def _heard(tx: Transaction, chat_id: int) -> list[Connection]:
    own = await tx.connections.of_owner(chat_id)
    return [*own, *(connection for _, connection in await tx.subscriptions.of_chat(chat_id))]


async def _facts(tx: Transaction, connection: Connection, chat_id: int, span: Span, now: float) -> dict[str, Any]:
    looked = await history_of(tx, connection, span, now)
    uptime = looked.history.uptime
    facts: dict[str, Any] = {
        "label": connection.label,
        "state": state_of(connection.health).value,
        "vouched": connection.withdrawal_unverified,
        "uptime": [uptime.up, uptime.known, uptime.whole],
        "changes": await tx.unsteady.changes(connection.id, now - span.cells * span.hours * 3600),
    }
    if connection.owner_id != chat_id:
        return facts  # its key is nobody else's business
    expires_at = connection.report.expires_at
    since = await tx.digests.key_since(connection.id)
    if expires_at is not None:
        return facts | ({"expires_at": expires_at} if now < expires_at <= now + AHEAD else {})
    if since is not None and since + ROTATE_EVERY <= now + AHEAD:
        return facts | {"rotate_at": since + ROTATE_EVERY, "age": now - since}
    return facts
