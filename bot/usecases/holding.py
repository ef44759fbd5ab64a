"""What an open maintenance window holds back: the one question that posting, telling and incidents ask of windows.

A window is one of the chat's own, or the time of a maintenance that the exchange announced, if the chat goes by that.
What may pass by itself waits for the window's end in the outbox, and is taken back when it has passed by then. What the
user must mend, and what is dangerous, is told as always; and an exchange's own word holds back only what speaks of the
exchange: not that it has stopped saying what a key may do.
"""

from collections.abc import Iterable
from typing import Final

from bot.domain.announced import silent_until
from bot.domain.connection import Connection, Place
from bot.domain.failures import Failure, policy_of
from bot.domain.outage import OF_AN_EXCHANGE
from bot.usecases.delivery import Kind
from bot.usecases.storage import Transaction

_HELD_BY_ANNOUNCEMENTS: Final = OF_AN_EXCHANGE | {Failure.UNEXPECTED}
"""What maintenance may look like from outside."""


async def held_until(
    tx: Transaction, connection: Connection, chat_id: int, kind: Kind, failure: Failure | None, now: float
) -> float:
    """Until when a message about a connection is held back by a window (epoch seconds); 0 if it is not."""
    if kind not in {Kind.ALERT, Kind.UNSTEADY} or failure is None:
        return 0.0
    if policy_of(failure).user_must_act:
        return 0.0
    return await open_until(tx, connection, failure, chat_id, now) or 0.0


async def open_until(
    tx: Transaction, connection: Connection, failure: Failure, chat_id: int, now: float
) -> float | None:
    """Until when a window of this chat is open for such a trouble of a connection; None if none is."""
    ends = (
        await _own_until(tx, connection, chat_id, now),
        await _announced_until(tx, connection.place, failure, chat_id, now),
    )
    return max((end for end in ends if end is not None), default=None)


async def announced_until(tx: Transaction, place: Place, failure: Failure, now: float) -> float | None:
    """Until when what is announced of a place holds such a trouble back where a chat goes by it; None if not now."""
    return silent_until(await tx.announced.at(place), now) if failure in _HELD_BY_ANNOUNCEMENTS else None


async def hearing_of(
    tx: Transaction, connection: Connection, failure: Failure, incident_id: int, chat_ids: Iterable[int], now: float
) -> list[int]:
    """Those of the chats that are to hear of an incident which the connection is in: all that have no window open.

    An incident of keys is told to all: a key in it may well be dead. And what a chat reads of an incident stays true:
    an announcement that comes when it is told already hides nothing that the message would say.
    """
    if policy_of(failure).user_must_act:
        return list(chat_ids)
    hearing: list[int] = []
    for chat_id in chat_ids:
        if await _own_until(tx, connection, chat_id, now) is not None:
            continue
        if await _announced_until(tx, connection.place, failure, chat_id, now) is not None:
            told = await tx.incidents.told(incident_id, chat_id)
            if told is None or told.closed_at is not None:
                continue
        hearing.append(chat_id)
    return hearing


async def _own_until(tx: Transaction, connection: Connection, chat_id: int, now: float) -> float | None:
    ends = [window.open_at(now) for window in await tx.maintenance.of_chat(chat_id) if window.covers(connection)]
    return max((end for end in ends if end is not None), default=None)


async def _announced_until(tx: Transaction, place: Place, failure: Failure, chat_id: int, now: float) -> float | None:
    until = await announced_until(tx, place, failure, now)
    return until if until is not None and (await tx.choices.of_chat(chat_id)).by_announced else None
