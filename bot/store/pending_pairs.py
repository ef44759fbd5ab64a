"""Key pairs that we made and that no connection uses yet: a row from its making to its end."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from bot.domain.connection import ConnectionId, Environment
from bot.domain.key_pairs import PairKind
from bot.store.session import Session
from bot.store.tables import pending_pairs
from bot.usecases.pending_pairs import PendingPair

_p = pending_pairs.c
_COLUMNS = (
    _p.id,
    _p.owner_id,
    _p.exchange,
    _p.environment,
    _p.connection_id,
    _p.kind,
    _p.public_half,
    _p.sealed,
    _p.made_at,
    _p.file_message,
)
_THIS = _p.id == bindparam("this")

_ADD = insert(pending_pairs)
_GET = select(*_COLUMNS).where(_THIS)
_FIND = (
    select(*_COLUMNS)
    .where(
        _p.owner_id == bindparam("owner"),
        _p.exchange == bindparam("at"),
        _p.environment == bindparam("world"),
        _p.connection_id.is_not_distinct_from(bindparam("connection")),
    )
    .order_by(_p.made_at.desc(), _p.id)
    .limit(1)
)
_CHANGE = update(pending_pairs).where(_THIS)
_REMOVE = delete(pending_pairs).where(_THIS)
_MADE_BEFORE = select(*_COLUMNS).where(_p.made_at < bindparam("before")).order_by(_p.made_at, _p.id)
_PAGE = select(*_COLUMNS).where(_p.id > bindparam("after")).order_by(_p.id).limit(bindparam("most"))


class SqlPendingPairs:
    """``PendingPairs`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, pair: PendingPair) -> None:
        """A new one."""
        await self._session.change(
            _ADD,
            {
                "id": pair.id,
                "owner_id": pair.owner_id,
                "exchange": pair.exchange,
                "environment": pair.environment,
                "connection_id": pair.connection_id,
                "kind": pair.kind,
                "public_half": pair.public_half,
                "sealed": pair.sealed,
                "made_at": pair.made_at,
                "file_message": pair.file_message,
            },
        )

    async def get(self, pair_id: str) -> PendingPair | None:
        """One, or None if it has ended."""
        row = await self._session.row(_GET, {"this": pair_id})
        return None if row is None else _pair_of(row)

    async def find(
        self, owner_id: int, exchange: str, environment: Environment, connection_id: ConnectionId | None
    ) -> PendingPair | None:
        """Somebody's for this purpose, the newest."""
        row = await self._session.row(
            _FIND, {"owner": owner_id, "at": exchange, "world": environment, "connection": connection_id}
        )
        return None if row is None else _pair_of(row)

    async def show_in(self, pair_id: str, message_id: int | None) -> None:
        """Remembers which message holds its file."""
        await self._session.change(_CHANGE, {"this": pair_id, "file_message": message_id})

    async def remove(self, pair_id: str) -> bool:
        """Its end, whichever. False if it had ended already."""
        return await self._session.change(_REMOVE, {"this": pair_id}) > 0

    async def made_before(self, at: float) -> Sequence[PendingPair]:
        """The old ones, oldest first."""
        return [_pair_of(row) for row in await self._session.rows(_MADE_BEFORE, {"before": at})]

    async def page(self, after: str | None, limit: int) -> Sequence[PendingPair]:
        """In the order of ids, those after one: page by page, for resealing."""
        return [_pair_of(row) for row in await self._session.rows(_PAGE, {"after": after or "", "most": limit})]

    async def reseal(self, pair_id: str, sealed: bytes) -> None:
        """The same private half, boxed anew."""
        await self._session.change(_CHANGE, {"this": pair_id, "sealed": sealed})


def _pair_of(row: Sequence[Any]) -> PendingPair:
    """Reads ``_COLUMNS``."""
    pair_id, owner_id, exchange, environment, connection_id, kind, public_half, sealed, made_at, file_message = row
    return PendingPair(
        id=pair_id,
        owner_id=owner_id,
        exchange=exchange,
        environment=Environment(environment),
        connection_id=None if connection_id is None else ConnectionId(connection_id),
        kind=PairKind(kind),
        public_half=public_half,
        sealed=sealed,
        made_at=made_at,
        file_message=file_message,
    )
