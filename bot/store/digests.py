"""Who wants a digest, and when it is due."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, insert, select, update

from bot.domain.connection import ConnectionId
from bot.domain.digests import Every
from bot.store.session import AnyRow, Session
from bot.store.tables import connections, digests, reminders
from bot.usecases.digest_store import DigestChoice

_d = digests.c
_COLUMNS = (_d.chat_id, _d.every, _d.hour, _d.next_at)
_THIS = _d.chat_id == bindparam("this")

_GET = select(*_COLUMNS).where(_THIS)
_ADD = insert(digests)
_CHANGE = update(digests).where(_THIS)
_FORGET = delete(digests).where(_THIS)
_DUE = select(*_COLUMNS).where(_d.next_at <= bindparam("now")).order_by(_d.next_at).limit(bindparam("most"))
_SINCE = (
    select(connections.c.revision, connections.c.created_at, reminders.c.since)
    .outerjoin_from(
        connections,
        reminders,
        (reminders.c.connection_id == connections.c.id) & (reminders.c.revision == connections.c.revision),
    )
    .where(connections.c.id == bindparam("this"))
)


class SqlDigests:
    """``Digests`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(self, chat_id: int) -> DigestChoice | None:
        """A chat's; None if it wants none."""
        row = await self._session.row(_GET, {"this": chat_id})
        return None if row is None else _choice_of(row)

    async def put(self, choice: DigestChoice) -> None:
        """A new wish, or the same with its next time."""
        values = {"every": choice.every.value, "hour": choice.hour, "next_at": choice.next_at}
        if not await self._session.change(_CHANGE, values | {"this": choice.chat_id}):
            await self._session.change(_ADD, values | {"chat_id": choice.chat_id})

    async def forget(self, chat_id: int) -> None:
        """It wants none any more."""
        await self._session.change(_FORGET, {"this": chat_id})

    async def due(self, now: float, limit: int) -> Sequence[DigestChoice]:
        """Those whose time has come, the longest waiting first."""
        return [_choice_of(row) for row in await self._session.rows(_DUE, {"now": now, "most": limit})]

    async def key_since(self, connection_id: ConnectionId) -> float | None:
        """When the key in use came in, as far as that is on record (epoch seconds)."""
        row = await self._session.row(_SINCE, {"this": connection_id})
        if row is None:
            return None
        revision, created_at, since = row
        found: float | None = since if since is not None else created_at if revision == 1 else None
        return found


def _choice_of(row: AnyRow) -> DigestChoice:
    chat_id, every, hour, next_at = row
    return DigestChoice(chat_id, Every(every), hour, next_at)
