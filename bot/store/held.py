"""What waits in the outbox for the end of a mute, of quiet hours or of a maintenance window."""

from collections.abc import Collection, Sequence

import orjson
from sqlalchemy import bindparam, delete, select, update

from bot.domain.connection import ConnectionId
from bot.domain.failures import Failure, Severity
from bot.store.session import AnyRow, Session
from bot.store.tables import outbox, threads
from bot.usecases.control_storage import HeldRow
from bot.usecases.delivery import Kind

_o, _t = outbox.c, threads.c
_UNSENT = _o.finished_at.is_(None)
_IS_HELD = _UNSENT & (_o.attempts == 0) & (_o.not_before > bindparam("now"))
_NEWS = (_o.connection_id == bindparam("connection")) & (_o.chat_id == bindparam("chat"))
_OF_KIND = _o.kind == bindparam("of_kind")

_WITHDRAW = delete(outbox).where(_NEWS, _IS_HELD, _o.kind.in_(bindparam("kinds", expanding=True)))
_OF_THREAD = (_o.chat_id == bindparam("chat")) & (_o.thread == bindparam("of_thread"))
_ARRIVED = select(_t.message_id).where(_t.chat_id == bindparam("chat"), _t.thread == bindparam("of_thread"))
_WITHDRAW_THREAD = delete(outbox).where(_OF_THREAD, _IS_HELD)
_HOLDS = select(_o.id).where(_NEWS, _IS_HELD, _OF_KIND).limit(1)
_AN_UNSENT = select(_o.id).where(_NEWS, _UNSENT, _OF_KIND).limit(1)
_OF_CHAT = (
    select(_o.id, _o.connection_id, _o.severity, _o.kind, _o.args, _o.thread)
    .where(_o.chat_id == bindparam("chat"), _IS_HELD, _o.connection_id.is_not(None) | _o.thread.is_not(None))
    .order_by(_o.id)
)
_MOVE = update(outbox).where(_o.id == bindparam("this"), _UNSENT, _o.attempts == 0)


class SqlHeld:
    """``Held`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def withdraw(self, connection_id: ConnectionId, chat_id: int, kinds: Collection[Kind], now: float) -> int:
        """Takes back what is held and no longer true; returns how much."""
        these = {"kinds": [kind.value for kind in kinds], "now": now}
        return await self._session.change(_WITHDRAW, {"connection": connection_id, "chat": chat_id} | these)

    async def withdraw_thread(self, chat_id: int, thread: str, now: float) -> int:
        """Takes back all that is held of a thread of which nothing has arrived yet; returns how much."""
        these = {"chat": chat_id, "of_thread": thread}
        if await self._session.row(_ARRIVED, these) is not None:
            return 0
        return await self._session.change(_WITHDRAW_THREAD, these | {"now": now})

    async def holds(self, connection_id: ConnectionId, chat_id: int, kind: Kind, now: float) -> bool:
        """Whether something of this kind is held."""
        news = {"connection": connection_id, "chat": chat_id, "of_kind": kind.value}
        return await self._session.row(_HOLDS, news | {"now": now}) is not None

    async def unsent(self, connection_id: ConnectionId, chat_id: int, kind: Kind) -> bool:
        """Whether something of this kind has not arrived yet, held or not."""
        news = {"connection": connection_id, "chat": chat_id, "of_kind": kind.value}
        return await self._session.row(_AN_UNSENT, news) is not None

    async def of_chat(self, chat_id: int, now: float) -> Sequence[HeldRow]:
        """Everything that is held for a chat, in order."""
        rows = await self._session.rows(_OF_CHAT, {"chat": chat_id, "now": now})
        return [_held_of(row) for row in rows]

    async def move(self, item_id: int, not_before: float) -> None:
        """It is due at another time."""
        await self._session.change(_MOVE, {"this": item_id, "not_before": not_before, "due_at": not_before})


def _held_of(row: AnyRow) -> HeldRow:
    item_id, connection_id, loud, kind, args, thread = row
    about = None if connection_id is None else ConnectionId(connection_id)
    failure = orjson.loads(args).get("failure")
    told_of = None if failure is None else Failure(failure)
    return HeldRow(item_id, about, Severity(loud), Kind(kind), told_of, thread)
