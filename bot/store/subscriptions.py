"""Who hears of a connection beside its owner."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from bot.domain.connection import Connection, ConnectionId
from bot.domain.roles import Role
from bot.store.rows import CONNECTION_COLUMNS, connection_of
from bot.store.session import Session
from bot.store.tables import alerts, connection_choices, connections, credentials, mutes, outbox, subscriptions
from bot.usecases.sharing_storage import Ended, Subscription

_s = subscriptions.c
_COLUMNS = (_s.connection_id, _s.chat_id, _s.role, _s.name, _s.added_by, _s.since, _s.ended, _s.ended_at)
_THIS = (_s.connection_id == bindparam("this")) & (_s.chat_id == bindparam("chat"))
_LASTS = _s.ended.is_(None)
_IN_USE = (credentials.c.connection_id == connections.c.id) & (credentials.c.revision == connections.c.revision)

_GET = select(*_COLUMNS).where(_THIS)
_OF_CONNECTION = select(*_COLUMNS).where(_s.connection_id == bindparam("this"), _LASTS).order_by(_s.since, _s.chat_id)
_OF_CHAT = (
    select(*_COLUMNS, *CONNECTION_COLUMNS)
    .join_from(subscriptions, connections, connections.c.id == _s.connection_id)
    .join(credentials, _IN_USE)
    .where(_s.chat_id == bindparam("chat"), _LASTS)
    .order_by(_s.since, _s.connection_id)
)
_ADD = insert(subscriptions)
_CHANGE = update(subscriptions).where(_THIS)
_END = update(subscriptions).where(_THIS, _LASTS)
_CLOSE_ALERTS = (
    update(alerts)
    .where(
        alerts.c.connection_id == bindparam("this"),
        alerts.c.chat_id == bindparam("chat"),
        alerts.c.closed_at.is_(None),
    )
    .values(rings_at=None)
)
_UNCHOOSE = delete(connection_choices).where(
    connection_choices.c.connection_id == bindparam("this"), connection_choices.c.chat_id == bindparam("chat")
)
_UNMUTE = delete(mutes).where(mutes.c.connection_id == bindparam("this"), mutes.c.chat_id == bindparam("chat"))
_WITHDRAW = delete(outbox).where(
    outbox.c.connection_id == bindparam("this"), outbox.c.chat_id == bindparam("chat"), outbox.c.finished_at.is_(None)
)


class SqlSubscriptions:
    """``Subscriptions`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def put(self, subscription: Subscription) -> None:
        """A new one, or one that begins anew."""
        this = {"this": subscription.connection_id, "chat": subscription.chat_id}
        values = {
            "role": subscription.role.value,
            "name": subscription.name,
            "added_by": subscription.added_by,
            "since": subscription.since,
            "ended": subscription.ended,
            "ended_at": subscription.ended_at,
        }
        if not await self._session.change(_CHANGE, this | values):
            key = {"connection_id": subscription.connection_id, "chat_id": subscription.chat_id}
            await self._session.change(_ADD, key | values)

    async def get(self, connection_id: ConnectionId, chat_id: int) -> Subscription | None:
        """Present or past; None if there never was one."""
        row = await self._session.row(_GET, {"this": connection_id, "chat": chat_id})
        return None if row is None else _subscription_of(row)

    async def of_connection(self, connection_id: ConnectionId) -> Sequence[Subscription]:
        """Those that last, oldest first."""
        return [_subscription_of(row) for row in await self._session.rows(_OF_CONNECTION, {"this": connection_id})]

    async def of_chat(self, chat_id: int) -> Sequence[tuple[Subscription, Connection]]:
        """What a chat hears of, oldest first."""
        width = len(_COLUMNS)
        return [
            (_subscription_of(tuple(row[:width])), connection_of(row[width:]))
            for row in await self._session.rows(_OF_CHAT, {"chat": chat_id})
        ]

    async def end(self, connection_id: ConnectionId, chat_id: int, ended: Ended, at: float) -> Subscription | None:
        """Ends one, with its choices, mute, open alerts and what waits to be sent; None if it had ended already."""
        this = {"this": connection_id, "chat": chat_id}
        if not await self._session.change(_END, this | {"ended": ended.value, "ended_at": at}):
            return None
        await self._session.change(_CLOSE_ALERTS, this | {"closed_at": at})
        await self._session.change(_UNMUTE, this)
        await self._session.change(_UNCHOOSE, this)
        await self._session.change(_WITHDRAW, this)
        return await self.get(connection_id, chat_id)


def _subscription_of(row: Sequence[Any]) -> Subscription:
    connection_id, chat_id, role, name, added_by, since, ended, ended_at = row
    why = None if ended is None else Ended(ended)
    return Subscription(ConnectionId(connection_id), chat_id, Role(role), name, added_by, since, why, ended_at)
