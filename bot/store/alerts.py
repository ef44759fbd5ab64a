"""Troubles as they were told, and which chats want to hear of none for a while."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from bot.domain.connection import ConnectionId
from bot.store.session import Session
from bot.store.tables import alerts, mutes
from bot.usecases.delivery import Alert

_a = alerts.c
ALERT_COLUMNS = (
    _a.id,
    _a.connection_id,
    _a.chat_id,
    _a.failure,
    _a.opened_at,
    _a.flip_id,
    _a.message_id,
    _a.closed_at,
    _a.acked_at,
    _a.acked_by,
    _a.waits,
    _a.acked_here,
)
_IS_OPEN = (_a.connection_id == bindparam("this")) & _a.closed_at.is_(None)
_MUTED = (mutes.c.connection_id == bindparam("this")) & (mutes.c.chat_id == bindparam("chat"))

_GET = select(*ALERT_COLUMNS).where(_a.id == bindparam("wanted"))
_OPEN = select(*ALERT_COLUMNS).where(_IS_OPEN).order_by(_a.opened_at, _a.flip_id, _a.id)
_OPEN_IN_CHAT = _OPEN.where(_a.chat_id == bindparam("chat"))
_ADD = insert(alerts)
_DELIVERED = update(alerts).where(_a.id == bindparam("wanted"))
_CLOSE = update(alerts).where(_IS_OPEN).values(rings_at=None)
_MUTE_ANEW = update(mutes).where(_MUTED)
_MUTE = insert(mutes)
_MUTED_UNTIL = select(mutes.c.until).where(_MUTED)


class SqlAlerts:
    """``Alerts`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, alert: Alert) -> None:
        """A new one."""
        await self._session.change(
            _ADD,
            {
                "id": alert.id,
                "connection_id": alert.connection_id,
                "chat_id": alert.chat_id,
                "failure": alert.failure,
                "opened_at": alert.opened_at,
                "flip_id": alert.flip_id,
                "message_id": alert.message_id,
                "closed_at": alert.closed_at,
                "acked_at": alert.acked_at,
                "acked_by": alert.acked_by,
                "waits": alert.waits,
                "acked_here": alert.acked_here,
                "rings": 0,
            },
        )

    async def get(self, alert_id: str) -> Alert | None:
        """One, or None if unknown."""
        row = await self._session.row(_GET, {"wanted": alert_id})
        return None if row is None else alert_of(row)

    async def open_of(self, connection_id: ConnectionId, chat_id: int | None = None) -> Sequence[Alert]:
        """The present troubles of a connection as told, perhaps in one chat only, oldest first."""
        if chat_id is None:
            rows = await self._session.rows(_OPEN, {"this": connection_id})
        else:
            rows = await self._session.rows(_OPEN_IN_CHAT, {"this": connection_id, "chat": chat_id})
        return [alert_of(row) for row in rows]

    async def delivered(self, alert_id: str, message_id: int) -> None:
        """Remembers the message that told it."""
        await self._session.change(_DELIVERED, {"wanted": alert_id, "message_id": message_id})

    async def close(self, connection_id: ConnectionId, at: float) -> None:
        """The trouble ended."""
        await self._session.change(_CLOSE, {"this": connection_id, "closed_at": at})

    async def mute(self, connection_id: ConnectionId, chat_id: int, until: float) -> None:
        """This chat hears nothing of this connection until then."""
        muted = {"this": connection_id, "chat": chat_id}
        if not await self._session.change(_MUTE_ANEW, muted | {"until": until}):
            await self._session.change(_MUTE, {"connection_id": connection_id, "chat_id": chat_id, "until": until})

    async def muted_until(self, connection_id: ConnectionId, chat_id: int) -> float | None:
        """When the silence ends, or ended; None if there was none."""
        row = await self._session.row(_MUTED_UNTIL, {"this": connection_id, "chat": chat_id})
        return None if row is None else row[0]


def alert_of(row: Sequence[Any]) -> Alert:
    """Out of ``ALERT_COLUMNS``."""
    alert_id, connection_id, *rest = row
    return Alert(alert_id, ConnectionId(connection_id), *rest)
