"""The history of connections in small numbers: hours, and days that older hours were folded into.

Rows lie in the order of their hours: what a batch of probes adds to is on few pages, and what is old is a range.
"""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, func, select, text

from bot.domain.connection import ConnectionId
from bot.domain.history import DAY_HOURS, Rollup
from bot.store.session import Session
from bot.store.tables import rollups

_r = rollups.c
_SUMS = ("probes", "good", "latency_sum", "up", "paused", "error", "reauth")
_NUMBERS = (*_SUMS[:3], "latency_max", *_SUMS[3:])
_INTO = f"INSERT INTO rollups (hours, start, connection_id, {', '.join(_NUMBERS)})"
# The one form of an upsert that SQLite and PostgreSQL both read.
_ADDED = f"""
ON CONFLICT (hours, start, connection_id) DO UPDATE SET
latency_max = CASE WHEN excluded.latency_max > rollups.latency_max
THEN excluded.latency_max ELSE rollups.latency_max END,
{", ".join(f"{name} = rollups.{name} + excluded.{name}" for name in _SUMS)}
"""
_VALUES = ("hours", "start", "connection", *_NUMBERS)
_ADD = text(f"{_INTO} VALUES ({', '.join(f':{name}' for name in _VALUES)}){_ADDED}")
_FOLD = text(
    f"{_INTO} SELECT :day_hours, :day, connection_id, {', '.join(_NUMBERS)}"  # noqa: S608 - names of columns only
    f" FROM rollups WHERE hours = 1 AND start = :hour{_ADDED}"
)
_FOLDED = delete(rollups).where(_r.hours == 1, _r.start == bindparam("hour"))
_FORGET = delete(rollups).where(_r.hours == DAY_HOURS, _r.start < bindparam("before"))
_OLDEST = select(func.min(_r.start)).where(_r.hours == bindparam("length"))
_NEWEST = select(func.max(_r.start)).where(_r.hours == bindparam("length"))
# Hour by hour: a range of hours would be read through for all connections.
_HERE = (
    (_r.hours == bindparam("length"))
    & _r.start.in_(bindparam("starts", expanding=True))
    & (_r.connection_id == bindparam("this"))
)
_OF = select(_r.start, _r.hours, *(rollups.c[name] for name in _NUMBERS)).where(_HERE)
_DROP = delete(rollups).where(_HERE)


class SqlRollups:
    """``Rollups`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, rollups: Sequence[tuple[ConnectionId, Rollup]]) -> None:
        """Adds each to what is there of its connection and hour, in one statement for all."""
        if rollups:
            await self._session.many(_ADD, _VALUES, [_row(connection_id, rollup) for connection_id, rollup in rollups])

    async def of(self, connection_id: ConnectionId, first_hour: int, last_hour: int) -> Sequence[Rollup]:
        """Of one connection, hours and days that begin from the first of these hours to the last."""
        found: list[Rollup] = []
        for length in (1, DAY_HOURS):
            oldest, newest = await self._edges(length)
            starts = range(_up(max(first_hour, oldest), length), min(last_hour, newest) + 1, length)
            if starts:
                asked = {"length": length, "starts": list(starts), "this": connection_id}
                found += [Rollup(*row) for row in await self._session.rows(_OF, asked)]
        return found

    async def fold(self, before_hour: int) -> bool:
        """Adds the oldest hour, if it is before this one, to its day, for all connections; False if there is none."""
        oldest, newest = await self._edges(1)
        if oldest > newest or oldest >= before_hour:
            return False
        day = oldest // DAY_HOURS * DAY_HOURS
        await self._session.change(_FOLD, {"day_hours": DAY_HOURS, "day": day, "hour": oldest})
        await self._session.change(_FOLDED, {"hour": oldest})
        return True

    async def forget(self, before_hour: int) -> int:
        """Drops the days that begin before this hour; returns how many rows that were."""
        return await self._session.change(_FORGET, {"before": before_hour})

    async def drop(self, connection_id: ConnectionId) -> None:
        """All of one connection, which is gone."""
        for length in (1, DAY_HOURS):
            oldest, newest = await self._edges(length)
            starts = list(range(oldest, newest + 1, length))
            if starts:
                await self._session.change(_DROP, {"length": length, "starts": starts, "this": connection_id})

    async def _edges(self, length: int) -> tuple[int, int]:
        """The first and the last start there is of this length; (1, 0) if there is none."""
        oldest = await self._session.row(_OLDEST, {"length": length})
        newest = await self._session.row(_NEWEST, {"length": length})
        assert oldest is not None
        assert newest is not None
        return (1, 0) if oldest[0] is None else (oldest[0], newest[0])


def _up(hour: int, length: int) -> int:
    return -(-hour // length) * length


def _row(connection_id: ConnectionId, rollup: Rollup) -> tuple[int | str, ...]:
    """The values of ``_VALUES``."""
    return (
        rollup.hours,
        rollup.start,
        connection_id,
        rollup.probes,
        rollup.good,
        rollup.latency_sum,
        rollup.latency_max,
        rollup.up,
        rollup.paused,
        rollup.error,
        rollup.reauth,
    )
