"""What is told of who hears: to the owner who came and who went, to those who were let go that they were."""

from enum import StrEnum
from typing import Any

from bot.domain.connection import Connection
from bot.domain.failures import Severity
from bot.usecases.delivery import Kind
from bot.usecases.posting import facts_of, post
from bot.usecases.sharing_storage import Ended, Subscription
from bot.usecases.storage import Transaction


class SharingEvent(StrEnum):
    """What happened. The sentences are ``sharing-told-…``."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    LEFT = "left"
    BLOCKED = "blocked"
    KICKED = "kicked"
    UNREACHABLE = "unreachable"
    PAUSED = "paused"
    RESUMED = "resumed"
    REMOVED = "removed"
    """To whoever was removed."""
    DISCONNECTED = "disconnected"
    """To everybody who heard of it."""


_TO_WHOEVER_HEARD = frozenset({SharingEvent.REMOVED, SharingEvent.DISCONNECTED})
_GRAVE = frozenset({SharingEvent.BLOCKED, SharingEvent.KICKED, SharingEvent.UNREACHABLE, SharingEvent.PAUSED})
"""Whoever counts on somebody else's hearing of it should know that they do not; and that trading has been stopped."""


async def tell_owner(tx: Transaction, connection: Connection, event: SharingEvent, name: str, now: float) -> None:
    """To the owner, by the name of whoever did it."""
    await _post(tx, connection, connection.owner_id, event, {"name": name}, now)


async def tell_hearer(tx: Transaction, connection: Connection, chat_id: int, event: SharingEvent, now: float) -> None:
    """To somebody who hears no more of a connection."""
    await _post(tx, connection, chat_id, event, {}, now)


async def end(tx: Transaction, connection: Connection, chat_id: int, ended: Ended, now: float) -> Subscription | None:
    """Ends a subscription and tells whom it concerns, once; None if it had ended already."""
    subscription = await tx.subscriptions.end(connection.id, chat_id, ended, now)
    if subscription is None:
        return None
    if ended is Ended.REMOVED:
        await tell_hearer(tx, connection, chat_id, SharingEvent.REMOVED, now)
    else:
        await tell_owner(tx, connection, SharingEvent(ended.value), subscription.name, now)
    return subscription


async def chat_lost(tx: Transaction, chat_id: int, ended: Ended, now: float) -> int:
    """A chat can be told nothing any more: ends all that it heard of, and tells each owner. Returns how many."""
    heard = await tx.subscriptions.of_chat(chat_id)
    for _, connection in heard:
        await end(tx, connection, chat_id, ended, now)
    return len(heard)


async def tell_disconnected(tx: Transaction, connection: Connection, chats: list[int], now: float) -> None:
    """In the transaction that has removed the connection."""
    for chat_id in chats:
        await tell_hearer(tx, connection, chat_id, SharingEvent.DISCONNECTED, now)


async def _post(
    tx: Transaction, connection: Connection, chat_id: int, event: SharingEvent, more: dict[str, Any], now: float
) -> None:
    severity = Severity.WARNING if event in _GRAVE else Severity.INFO
    facts = facts_of(connection) | {"event": event.value} | more
    ends = severity if event in _TO_WHOEVER_HEARD else None  # whatever they chose to hear of it while they did
    await post(tx, connection, Kind.SHARING, chat_id, facts, now, severity=severity, ends=ends)
