"""What exchanges announced of their maintenance."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import bindparam, delete, insert, select

from bot.domain.announced import Span
from bot.domain.connection import Environment, Market, Place
from bot.store.session import Session
from bot.store.tables import announced, connections, outbox

_a, _c, _o = announced.c, connections.c, outbox.c
_THERE = (_a.exchange == bindparam("at_exchange")) & (_a.environment == bindparam("in_environment"))

_AT = select(_a.start, _a.finish).where(_THERE, _a.market == bindparam("on_market")).order_by(_a.start, _a.finish)
_OF = select(_a.market, _a.start, _a.finish).where(_THERE).order_by(_a.start, _a.finish)
_DROP = delete(announced).where(_THERE)
_ADD = insert(announced)
_FORGET = delete(announced).where(_a.finish < bindparam("before"))
_KEPT_WAITING = (
    select(_o.chat_id)
    .join_from(outbox, connections, _c.id == _o.connection_id)
    .where(
        _o.finished_at.is_(None),
        _o.attempts == 0,
        _o.not_before > bindparam("now"),
        _c.exchange == bindparam("at_exchange"),
        _c.environment == bindparam("in_environment"),
    )
    .distinct()
    .order_by(_o.chat_id)
)


class SqlAnnounced:
    """``Announced`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def at(self, place: Place) -> Sequence[Span]:
        """Of one place."""
        there = _there(place.exchange, place.environment) | {"on_market": place.market.value}
        return [Span(start, finish) for start, finish in await self._session.rows(_AT, there)]

    async def of(self, exchange: str, environment: Environment) -> Mapping[Market, Sequence[Span]]:
        """Of all markets of an exchange's environment at which something is announced, or was lately."""
        found: defaultdict[Market, list[Span]] = defaultdict(list)
        for market, start, finish in await self._session.rows(_OF, _there(exchange, environment)):
            found[Market(market)].append(Span(start, finish))
        return found

    async def replace(self, exchange: str, environment: Environment, spans: Mapping[Market, Collection[Span]]) -> None:
        """From now on it is this."""
        await self._session.change(_DROP, _there(exchange, environment))
        rows = [
            {
                "exchange": exchange,
                "environment": environment.value,
                "market": market.value,
                "start": span.start,
                "finish": span.end,
            }
            for market, some in spans.items()
            for span in sorted(set(some))
        ]
        if rows:
            await self._session.change(_ADD, rows)

    async def forget(self, over_before: float) -> int:
        """Drops what ended before this moment, wherever."""
        return await self._session.change(_FORGET, {"before": over_before})

    async def kept_waiting(self, exchange: str, environment: Environment, now: float) -> Sequence[int]:
        """The chats for which news of a connection there wait for a later time."""
        rows = await self._session.rows(_KEPT_WAITING, _there(exchange, environment) | {"now": now})
        return [row[0] for row in rows]


def _there(exchange: str, environment: Environment) -> dict[str, str]:
    return {"at_exchange": exchange, "in_environment": environment.value}
