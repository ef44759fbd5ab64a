"""The history of a connection: what changed, when and why."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, func, insert, select

from bot.domain.connection import ConnectionId
from bot.domain.health import Flip, Side
from bot.store.rows import FLIP_COLUMNS, flip_of, flip_row
from bot.store.session import Session
from bot.store.tables import flips

_f = flips.c
_OF_THIS = _f.connection_id == bindparam("this")

_ADD = insert(flips)
_LATEST = select(*FLIP_COLUMNS).where(_OF_THIS).order_by(_f.id.desc()).limit(bindparam("most"))
_LATEST_ID = select(func.max(_f.id)).where(_OF_THIS, _f.side == Side.STATUS.value)
_FORGET = delete(flips).where(_f.at < bindparam("before"))


class SqlFlips:
    """``Flips`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, connection_id: ConnectionId, flips: Sequence[Flip]) -> Sequence[int]:
        """Returns their ids, which grow."""
        return [await self._session.insert(_ADD, flip_row(connection_id, flip)) for flip in flips]

    async def latest(self, connection_id: ConnectionId, limit: int = 10) -> Sequence[Flip]:
        """Newest first."""
        return [flip_of(row) for row in await self._session.rows(_LATEST, {"this": connection_id, "most": limit})]

    async def latest_id(self, connection_id: ConnectionId) -> int | None:
        """Id of the newest status flip."""
        row = await self._session.row(_LATEST_ID, {"this": connection_id})
        return None if row is None else row[0]

    async def forget(self, before: float) -> int:
        """Drops those older than this."""
        return await self._session.change(_FORGET, {"before": before})
