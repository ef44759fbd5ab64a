"""Messages that must arrive: written in the commit that made them news, sent later, in order per chat."""

from collections.abc import Sequence

import orjson
from sqlalchemy import bindparam, delete, func, insert, select, update

from bot.domain.connection import ConnectionId
from bot.domain.failures import Severity
from bot.store.rows import json_text
from bot.store.session import AnyRow, Session
from bot.store.tables import outbox
from bot.usecases.ports import Kind, OutboxItem

_o = outbox.c
_COLUMNS = (
    _o.id,
    _o.chat_id,
    _o.kind,
    _o.args,
    _o.created_at,
    _o.not_before,
    _o.attempts,
    _o.alert_id,
    _o.connection_id,
    _o.silent,
    _o.severity,
    _o.thread,
    _o.edit,
)
_UNSENT = _o.finished_at.is_(None)
_IS_DUE = _o.not_before <= bindparam("now")
_THIS = _o.id == bindparam("this")
_NEWS = (_o.connection_id == bindparam("connection")) & (_o.chat_id == bindparam("chat")) & _UNSENT

# An item that was tried holds back what came after it; one that never was waits by a mute, and holds back nobody.
_HEADS = select(func.min(_o.id)).where(_UNSENT, (_o.attempts > 0) | _IS_DUE).group_by(_o.chat_id)
_DUE = select(*_COLUMNS).where(_o.id.in_(_HEADS), _IS_DUE).order_by(_o.id).limit(bindparam("most"))
_DEPTH = select(func.count()).select_from(outbox).where(_UNSENT)
_OLDEST = select(func.min(_o.created_at)).where(_UNSENT, _IS_DUE)

_ADD = insert(outbox)
_FINISH = update(outbox).where(_THIS)
_LATER = update(outbox).where(_THIS, _UNSENT).values(attempts=_o.attempts + 1)
_WITHDRAW = delete(outbox).where(_NEWS, _o.kind == bindparam("of_kind"))
_RELEASE = update(outbox).where(_NEWS, _o.attempts == 0, _o.not_before > bindparam("now"))
_FORGET = delete(outbox).where(_o.finished_at < bindparam("before"))


class SqlOutbox:
    """``Outbox`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, item: OutboxItem) -> int:
        """Returns its id; ``item.id`` is ignored."""
        return await self._session.insert(
            _ADD,
            {
                "chat_id": item.chat_id,
                "kind": item.kind,
                "args": json_text(item.args),
                "created_at": item.created_at,
                "not_before": item.not_before,
                "attempts": item.attempts,
                "alert_id": item.alert_id,
                "connection_id": item.connection_id,
                "silent": item.silent,
                "severity": item.severity,
                "thread": item.thread,
                "edit": item.edit,
            },
        )

    async def due(self, now: float, limit: int = 100) -> Sequence[OutboxItem]:
        """The oldest unsent item of each chat, if its time has come: order per chat is kept by sending no other.

        An item that was tried and waits for its next attempt holds its chat back; one that was never tried and is not
        yet due (held by a mute) holds nobody back.
        """
        return [_item_of(row) for row in await self._session.rows(_DUE, {"now": now, "most": limit})]

    async def sent(self, item_id: int, at: float, message_id: int | None) -> None:
        """It arrived. What it said is dropped: nobody reads it again, and it names labels and tails."""
        await self._session.change(
            _FINISH, {"this": item_id, "finished_at": at, "message_id": message_id, "args": "{}"}
        )

    async def later(self, item_id: int, not_before: float) -> None:
        """One more attempt used; try again then."""
        await self._session.change(_LATER, {"this": item_id, "not_before": not_before})

    async def give_up(self, item_id: int, at: float, reason: str) -> None:
        """It never will arrive; kept for the operators."""
        await self._session.change(_FINISH, {"this": item_id, "finished_at": at, "given_up": reason})

    async def withdraw(self, connection_id: ConnectionId, chat_id: int, kind: str) -> int:
        """Takes back unsent items that are no longer true; returns how many."""
        return await self._session.change(_WITHDRAW, {"connection": connection_id, "chat": chat_id, "of_kind": kind})

    async def release(self, connection_id: ConnectionId, chat_id: int, now: float) -> None:
        """A mute ended early: what it held is due now."""
        await self._session.change(
            _RELEASE, {"connection": connection_id, "chat": chat_id, "now": now, "not_before": now}
        )

    async def waiting(self, now: float) -> tuple[int, float]:
        """How many wait, and the age in seconds of the oldest that is due."""
        depth, oldest = await self._session.row(_DEPTH), await self._session.row(_OLDEST, {"now": now})
        assert depth is not None
        assert oldest is not None
        return depth[0], 0.0 if oldest[0] is None else now - oldest[0]

    async def forget(self, before: float) -> int:
        """Drops sent and given-up rows older than this."""
        return await self._session.change(_FORGET, {"before": before})


def _item_of(row: AnyRow) -> OutboxItem:
    (
        item_id,
        chat_id,
        kind,
        args,
        created_at,
        not_before,
        attempts,
        alert_id,
        connection_id,
        silent,
        loud,
        thread,
        edit,
    ) = row
    return OutboxItem(
        item_id,
        chat_id,
        Kind(kind),
        orjson.loads(args),
        created_at,
        not_before,
        attempts,
        alert_id,
        None if connection_id is None else ConnectionId(connection_id),
        silent,
        Severity(loud),
        thread,
        edit,
    )
