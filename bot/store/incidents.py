"""Incidents: what is out, whom it concerns, and where it was told."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, func, insert, select, update

from bot.domain.connection import ConnectionId, Environment, Market
from bot.domain.outage import Scope
from bot.store.rows import trouble_of, trouble_text
from bot.store.session import AnyRow, Session
from bot.store.tables import connections, incident_chats, incident_members, incidents, mutes
from bot.usecases.incident_store import Incident, Told

_i, _m, _t = incidents.c, incident_members.c, incident_chats.c
_COLUMNS = (
    _i.id,
    _i.exchange,
    _i.environment,
    _i.market,
    _i.cause,
    _i.trouble,
    _i.since,
    _i.opened_at,
    _i.ended_at,
    _i.times,
)
_THIS = _i.id == bindparam("this")
_INSIDE = select(func.count(connections.c.id)).where(connections.c.incident_id == bindparam("this"))
_MEMBERS = select(func.count(_m.connection_id.distinct())).where(
    _m.incident_id == bindparam("this"), _m.chat_id == bindparam("chat")
)
_IN_CHAT = (_t.incident_id == bindparam("this")) & (_t.chat_id == bindparam("chat"))
_OF_CONNECTION = _m.connection_id == bindparam("connection")

_PRESENT = select(*_COLUMNS).where(_i.ended_at.is_(None) | (_i.ended_at > bindparam("after"))).order_by(_i.id)
_GET = select(*_COLUMNS).where(_THIS)
_OPEN = insert(incidents)
_REOPEN = update(incidents).where(_THIS).values(ended_at=None, times=_i.times + 1)
_END = update(incidents).where(_THIS)
_FORGET = delete(incidents).where(_i.ended_at < bindparam("before"))
_ALONE = select(_i.id).where(
    _i.ended_at.is_(None), ~select(connections.c.id).where(connections.c.incident_id == _i.id).exists()
)

_JOIN = insert(incident_members)
_MARK = update(connections).where(connections.c.id == bindparam("connection"))
_CHATS = select(_m.chat_id).where(_OF_CONNECTION)
_LEAVE = delete(incident_members).where(_OF_CONNECTION)
_LABELS = (
    select(connections.c.label)
    .join(incident_members, _m.connection_id == connections.c.id)
    .where(_m.incident_id == bindparam("this"), _m.chat_id == bindparam("chat"))
    .order_by(connections.c.created_at, connections.c.id)
    .limit(bindparam("most"))
)
_MUTES = (
    select(func.count(_m.connection_id), func.count(mutes.c.until), func.min(mutes.c.until))
    .select_from(incident_members)
    .join(mutes, (mutes.c.connection_id == _m.connection_id) & (mutes.c.chat_id == _m.chat_id), isouter=True)
    .where(_m.incident_id == bindparam("this"), _m.chat_id == bindparam("chat"))
)
_TOLD = select(_t.incident_id, _t.chat_id, _t.opened_at, _t.closed_at, _t.most, _t.times).where(_IN_CHAT)
_TOLD_IN = select(_t.chat_id).where(_t.incident_id == bindparam("this"), _t.closed_at.is_(None)).order_by(_t.chat_id)
_TELL = insert(incident_chats)
_UNTELL = delete(incident_chats).where(_IN_CHAT)
_TELL_ANEW = update(incident_chats).where(_IN_CHAT)


class SqlIncidents:
    """``Incidents`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def present(self, ended_after: float) -> Sequence[Incident]:
        """Those that last, and those that ended after this moment, oldest first."""
        return [_incident_of(row) for row in await self._session.rows(_PRESENT, {"after": ended_after})]

    async def get(self, incident_id: int) -> Incident | None:
        """One, or None if it was forgotten."""
        row = await self._session.row(_GET, {"this": incident_id})
        return None if row is None else _incident_of(row)

    async def open(self, incident: Incident) -> Incident:
        """A new one; ``incident.id`` is ignored and comes back filled in."""
        scope = incident.scope
        number = await self._session.insert(
            _OPEN,
            {
                "exchange": scope.exchange,
                "environment": scope.environment.value,
                "market": scope.market.value if scope.market else None,
                "cause": incident.cause,
                "trouble": trouble_text(incident.trouble),
                "since": incident.since,
                "opened_at": incident.opened_at,
                "ended_at": incident.ended_at,
                "times": incident.times,
            },
        )
        return Incident(
            number,
            scope,
            incident.cause,
            incident.trouble,
            incident.since,
            incident.opened_at,
            incident.ended_at,
            incident.times,
        )

    async def reopen(self, incident_id: int) -> None:
        """It is back."""
        await self._session.change(_REOPEN, {"this": incident_id})

    async def end(self, incident_id: int, at: float) -> None:
        """It is over."""
        await self._session.change(_END, {"this": incident_id, "ended_at": at})

    async def join(self, incident_id: int, connection_id: ConnectionId, chats: Sequence[int]) -> None:
        """The connection's trouble belongs to it, and to no other, and these chats hear of the connection."""
        await self._session.change(_LEAVE, {"connection": connection_id})
        await self._session.change(_MARK, {"connection": connection_id, "incident_id": incident_id})
        if chats:
            rows = [{"connection_id": connection_id, "chat_id": chat, "incident_id": incident_id} for chat in chats]
            await self._session.change(_JOIN, rows)

    async def leave(self, connection_id: ConnectionId) -> Sequence[int]:
        """The connection belongs to no incident any more; returns the chats that heard of it there."""
        chats = [row[0] for row in await self._session.rows(_CHATS, {"connection": connection_id})]
        await self._session.change(_LEAVE, {"connection": connection_id})
        await self._session.change(_MARK, {"connection": connection_id, "incident_id": None})
        return chats

    async def inside(self, incident_id: int) -> int:
        """How many connections are in it, also those of which no chat hears there."""
        row = await self._session.row(_INSIDE, {"this": incident_id})
        assert row is not None
        return int(row[0])

    async def count(self, incident_id: int, chat_id: int) -> int:
        """How many connections are in it that a chat hears of there."""
        row = await self._session.row(_MEMBERS, {"this": incident_id, "chat": chat_id})
        assert row is not None
        return int(row[0])

    async def labels(self, incident_id: int, chat_id: int, most: int) -> Sequence[str]:
        """What some of a chat's connections in it are called, the oldest first."""
        rows = await self._session.rows(_LABELS, {"this": incident_id, "chat": chat_id, "most": most})
        return [row[0] for row in rows]

    async def muted_until(self, incident_id: int, chat_id: int) -> float | None:
        """When the first of a chat's mutes of all its connections in it ends, or ended; None if one is not muted."""
        row = await self._session.row(_MUTES, {"this": incident_id, "chat": chat_id})
        assert row is not None
        members, muted, first_end = row
        return float(first_end) if members and members == muted else None

    async def told(self, incident_id: int, chat_id: int) -> Told | None:
        """How it stands in one chat; None if it was never told there."""
        row = await self._session.row(_TOLD, {"this": incident_id, "chat": chat_id})
        return None if row is None else Told(*row)

    async def told_in(self, incident_id: int) -> Sequence[int]:
        """The chats in which it was told and lasts."""
        return [row[0] for row in await self._session.rows(_TOLD_IN, {"this": incident_id})]

    async def tell(self, told: Told) -> None:
        """Writes how it stands in one chat."""
        row = {"opened_at": told.opened_at, "closed_at": told.closed_at, "most": told.most, "times": told.times}
        if not await self._session.change(_TELL_ANEW, row | {"this": told.incident_id, "chat": told.chat_id}):
            await self._session.change(_TELL, row | {"incident_id": told.incident_id, "chat_id": told.chat_id})

    async def untell(self, incident_id: int, chat_id: int) -> None:
        """It was never told in one chat after all."""
        await self._session.change(_UNTELL, {"this": incident_id, "chat": chat_id})

    async def left_alone(self) -> Sequence[int]:
        """Incidents that last and have no connection any more."""
        return [row[0] for row in await self._session.rows(_ALONE)]

    async def forget(self, ended_before: float) -> int:
        """Drops old ones, with what was noted of their chats."""
        return await self._session.change(_FORGET, {"before": ended_before})


def _incident_of(row: AnyRow) -> Incident:
    number, exchange, environment, market, cause, trouble, *times = row
    scope = Scope(exchange, Environment(environment), None if market is None else Market(market))
    return Incident(number, scope, cause, trouble_of(trouble), *times)
