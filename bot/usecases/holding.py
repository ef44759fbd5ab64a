"""What an open maintenance window holds back: the one question that posting, telling and incidents ask of windows.

What may pass by itself waits for the window's end in the outbox, and is taken back when it has passed by then. What the
user must mend, and what is dangerous, is told as always.
"""

from collections.abc import Iterable

from bot.domain.connection import Connection
from bot.domain.failures import Failure, policy_of
from bot.usecases.ports import Kind
from bot.usecases.storage import Transaction


async def held_until(
    tx: Transaction, connection: Connection, chat_id: int, kind: Kind, failure: Failure | None, now: float
) -> float:
    """Until when a message about a connection is held back by a window (epoch seconds); 0 if it is not."""
    if kind not in {Kind.ALERT, Kind.UNSTEADY} or failure is None:
        return 0.0
    if policy_of(failure).user_must_act:
        return 0.0
    return await open_until(tx, connection, chat_id, now) or 0.0


async def open_until(tx: Transaction, connection: Connection, chat_id: int, now: float) -> float | None:
    """Until when a window of this chat is open for a connection; None if none is."""
    ends = [window.open_at(now) for window in await tx.maintenance.of_chat(chat_id) if window.covers(connection)]
    return max((end for end in ends if end is not None), default=None)


async def hearing_of(
    tx: Transaction, connection: Connection, failure: Failure, chat_ids: Iterable[int], now: float
) -> list[int]:
    """Those of the chats that are to hear of an incident which the connection is in: all that have no window open.

    An incident of keys is told to all: a key in it may well be dead.
    """
    if policy_of(failure).user_must_act:
        return list(chat_ids)
    return [chat_id for chat_id in chat_ids if await open_until(tx, connection, chat_id, now) is None]
