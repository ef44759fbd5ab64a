"""Maintenance windows, and what was held back in them."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, func, insert, or_, select, true, union

from bot.domain.connection import ConnectionId, Environment, Market, Place
from bot.domain.maintenance import Times, Weekly
from bot.store.session import AnyRow, Session
from bot.store.tables import announced, chat_choices, connections, incident_members, maintenance, subscriptions
from bot.usecases.maintenance_store import LeftOut, Window

_w, _c, _m, _s = maintenance.c, connections.c, incident_members.c, subscriptions.c
_a, _h = announced.c, chat_choices.c
_COLUMNS = (
    _w.id,
    _w.chat_id,
    _w.exchange,
    _w.connection_id,
    _w.zone,
    _w.start,
    _w.seconds,
    _w.weekday,
    _w.minute,
)
_THIS = (_w.chat_id == bindparam("chat")) & (_w.id == bindparam("this"))

_OF_CHAT = select(*_COLUMNS).where(_w.chat_id == bindparam("chat")).order_by(_w.start, _w.id)
_GET = select(*_COLUMNS).where(_THIS)
_ADD = insert(maintenance)
_REMOVE = delete(maintenance).where(_THIS)
_FORGET = delete(maintenance).where(_w.weekday.is_(None), _w.start + _w.seconds <= bindparam("before"))
_HEARERS = union(
    select(_c.id.label("connection_id"), _c.owner_id.label("chat_id")).where(_c.incident_id.is_not(None)),
    select(_s.connection_id, _s.chat_id)
    .join_from(subscriptions, connections, _c.id == _s.connection_id)
    .where(_s.ended.is_(None), _c.incident_id.is_not(None)),
).subquery("hearers")
_LEFT_OUT = (
    select(
        _c.incident_id,
        _HEARERS.c.connection_id,
        _HEARERS.c.chat_id,
        _c.exchange,
        _c.market,
        _c.environment,
        func.coalesce(_h.by_announced, true()),
    )
    .join_from(_HEARERS, connections, _c.id == _HEARERS.c.connection_id)
    .outerjoin(chat_choices, _h.chat_id == _HEARERS.c.chat_id)
    .where(
        or_(
            select(_w.id)
            .where(
                _w.chat_id == _HEARERS.c.chat_id,
                or_(_w.connection_id == _c.id, _w.connection_id.is_(None) & (_w.exchange == _c.exchange)),
            )
            .exists(),
            select(_a.start)
            .where(_a.exchange == _c.exchange, _a.environment == _c.environment, _a.market == _c.market)
            .exists(),
        ),
        ~select(_m.chat_id)
        .where(_m.connection_id == _HEARERS.c.connection_id, _m.chat_id == _HEARERS.c.chat_id)
        .exists(),
    )
)
_LET_IN = insert(incident_members)


class SqlMaintenance:
    """``Maintenance`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, window: Window) -> None:
        """A new one."""
        times = window.times
        await self._session.change(
            _ADD,
            {
                "id": window.id,
                "chat_id": window.chat_id,
                "exchange": window.exchange,
                "connection_id": window.connection_id,
                "zone": window.zone,
                "start": times.start,
                "seconds": times.seconds,
                "weekday": times.weekly.weekday if times.weekly else None,
                "minute": times.weekly.minute if times.weekly else None,
            },
        )

    async def of_chat(self, chat_id: int) -> Sequence[Window]:
        """A chat's, in the order in which they begin."""
        return [_window_of(row) for row in await self._session.rows(_OF_CHAT, {"chat": chat_id})]

    async def remove(self, chat_id: int, window_id: str) -> Window | None:
        """Ends one of a chat's; returns what it was, None if there is none."""
        this = {"chat": chat_id, "this": window_id}
        row = await self._session.row(_GET, this)
        if row is None:
            return None
        await self._session.change(_REMOVE, this)
        return _window_of(row)

    async def left_out(self) -> Sequence[LeftOut]:
        """Chats with windows, announced or their own, that were not told of incidents, be those open or not."""
        return [
            LeftOut(
                incident_id,
                ConnectionId(connection_id),
                chat_id,
                Place(exchange, Market(market), Environment(environment)),
                bool(by_announced),
            )
            for incident_id, connection_id, chat_id, exchange, market, environment, by_announced in (
                await self._session.rows(_LEFT_OUT)
            )
        ]

    async def let_in(self, left_out: LeftOut) -> None:
        """The chat hears of the incident from now on."""
        await self._session.change(
            _LET_IN,
            {
                "connection_id": left_out.connection_id,
                "chat_id": left_out.chat_id,
                "incident_id": left_out.incident_id,
            },
        )

    async def forget(self, over_before: float) -> int:
        """Drops those that were for once and ended before this moment."""
        return await self._session.change(_FORGET, {"before": over_before})


def _window_of(row: AnyRow) -> Window:
    window_id, chat_id, exchange, connection_id, zone, start, seconds, weekday, minute = row
    weekly = None if weekday is None else Weekly(weekday, minute)
    about = None if connection_id is None else ConnectionId(connection_id)
    return Window(window_id, chat_id, exchange, about, zone, Times(start, seconds, weekly))
