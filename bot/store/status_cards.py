"""Status cards, and what they have to show."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, or_, select, update

from bot.domain.connection import ConnectionId
from bot.domain.health import Gate, PausedBy, Status
from bot.store.rows import place_of, trouble_of
from bot.store.session import AnyRow, Session
from bot.store.tables import connections, people, status_cards, subscriptions
from bot.usecases.status_store import Line, StatusCard

_k, _c, _s = status_cards.c, connections.c, subscriptions.c
_COLUMNS = (_k.chat_id, _k.message_id, _k.shown, _k.shown_at, _k.pin_refused)
_THIS = _k.chat_id == bindparam("this")
_THESE: Any = bindparam("chats", expanding=True)
_LINE = (
    _c.id,
    _c.label,
    _c.exchange,
    _c.market,
    _c.environment,
    _c.status,
    _c.status_since,
    _c.gate,
    _c.gate_since,
    _c.paused_by,
    _c.trouble,
    _c.incident_id,
    _c.withdrawal_unverified,
    _c.last_probe_at,
)

_GET = select(*_COLUMNS).where(_THIS)
_ADD = insert(status_cards)
_CHANGE = update(status_cards).where(_THIS)
_FORGET = delete(status_cards).where(_THIS)
_PAGE = (
    select(*_COLUMNS)
    .outerjoin_from(status_cards, people, people.c.id == _k.chat_id)
    .where(
        _k.shown_at <= bindparam("before"),
        _k.chat_id > bindparam("after"),
        or_(people.c.reachable.is_(None), people.c.reachable.is_(True)),
    )
    .order_by(_k.chat_id)
    .limit(bindparam("most"))
)
_OWN = select(_c.owner_id, *_LINE).where(_c.owner_id.in_(_THESE)).order_by(_c.created_at, _c.id)
_HEARD = (
    select(_s.chat_id, *_LINE)
    .join_from(subscriptions, connections, _c.id == _s.connection_id)
    .where(_s.chat_id.in_(_THESE), _s.ended.is_(None))
    .order_by(_s.since, _s.connection_id)
)
_LEAST = -(2**63)


class SqlStatusCards:
    """``StatusCards`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(self, chat_id: int) -> StatusCard | None:
        """The chat's, or None if it has none."""
        row = await self._session.row(_GET, {"this": chat_id})
        return None if row is None else StatusCard(*row)

    async def put(self, card: StatusCard) -> None:
        """A new one, or the same one as it is now."""
        values = {
            "message_id": card.message_id,
            "shown": card.shown,
            "shown_at": card.shown_at,
            "pin_refused": card.pin_refused,
        }
        if not await self._session.change(_CHANGE, values | {"this": card.chat_id}):
            await self._session.change(_ADD, values | {"chat_id": card.chat_id})

    async def forget(self, chat_id: int) -> None:
        """The chat has none any more."""
        await self._session.change(_FORGET, {"this": chat_id})

    async def page(self, after: int | None, shown_before: float, limit: int) -> Sequence[StatusCard]:
        """Cards last edited before this moment, in the order of their chats, those after one: page by page.

        Without the cards of people who cannot be reached.
        """
        first = _LEAST if after is None else after
        rows = await self._session.rows(_PAGE, {"before": shown_before, "after": first, "most": limit})
        return [StatusCard(*row) for row in rows]

    async def lines(self, chat_ids: Sequence[int]) -> Mapping[int, Sequence[Line]]:
        """What these chats hear of, their own first, oldest first, in two queries for all of them."""
        found: dict[int, list[Line]] = {}
        for query in (_OWN, _HEARD):
            for row in await self._session.rows(query, {"chats": list(chat_ids)}):
                found.setdefault(row[0], []).append(_line_of(row))
        return found


def _line_of(row: AnyRow) -> Line:
    (
        _,
        connection_id,
        label,
        exchange,
        market,
        environment,
        status,
        since,
        gate,
        gate_since,
        paused_by,
        trouble,
        incident_id,
        vouched,
        checked_at,
    ) = row
    cause: Any = None if trouble is None else trouble_of(trouble).failure
    return Line(
        ConnectionId(connection_id),
        label,
        place_of(exchange, market, environment),
        Status(status),
        since,
        Gate(gate),
        gate_since,
        None if paused_by is None else PausedBy(paused_by),
        cause,
        incident_id,
        vouched,
        checked_at,
    )
