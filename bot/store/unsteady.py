"""Connections that change so often that each change is not told any more."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, func, insert, select

from bot.domain.connection import ConnectionId
from bot.domain.health import Side, Status
from bot.store.session import Session
from bot.store.tables import flips, unsteady

_u, _f = unsteady.c, flips.c
_THIS = _u.connection_id == bindparam("this")
_SINCE = select(_u.since).where(_THIS)
_BEGIN = insert(unsteady)
_END = delete(unsteady).where(_THIS)
_CHANGES = select(func.count()).where(
    _f.connection_id == bindparam("this"), _f.side == Side.STATUS.value, _f.at > bindparam("after"), _f.old != _f.new
)
_CHANGES_TO = _CHANGES.where(_f.new == bindparam("to"))
_QUIET = select(_u.connection_id).where(
    ~select(_f.id)
    .where(_f.connection_id == _u.connection_id, _f.side == Side.STATUS.value, _f.at > bindparam("after"))
    .exists()
)


class SqlUnsteady:
    """``Unsteady`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def since(self, connection_id: ConnectionId) -> float | None:
        """Since when it is told as unsteady; None if it is not."""
        row = await self._session.row(_SINCE, {"this": connection_id})
        return None if row is None else float(row[0])

    async def begin(self, connection_id: ConnectionId, at: float) -> None:
        """From now on it is."""
        await self._session.change(_BEGIN, {"connection_id": connection_id, "since": at})

    async def end(self, connection_id: ConnectionId) -> None:
        """It no longer is."""
        await self._session.change(_END, {"this": connection_id})

    async def changes(self, connection_id: ConnectionId, after: float, to: Status | None = None) -> int:
        """How often its status changed since then: at all, or to this one."""
        there = {"this": connection_id, "after": after}
        row = await (
            self._session.row(_CHANGES, there)
            if to is None
            else self._session.row(_CHANGES_TO, there | {"to": to.value})
        )
        assert row is not None
        return int(row[0])

    async def quiet(self, after: float) -> Sequence[ConnectionId]:
        """Those whose status has not changed since then."""
        return [ConnectionId(row[0]) for row in await self._session.rows(_QUIET, {"after": after})]
