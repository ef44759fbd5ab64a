"""The few facts of the deployment itself: its id, the key check values and such."""

from sqlalchemy import bindparam, insert, select, update

from bot.store.session import Session
from bot.store.tables import meta

_THIS = meta.c.name == bindparam("this")

_GET = select(meta.c.value).where(_THIS)
_ADD = insert(meta)
_CHANGE = update(meta).where(_THIS)


class SqlMeta:
    """``Meta`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(self, name: str) -> bytes | None:
        """A fact, or None."""
        row = await self._session.row(_GET, {"this": name})
        return None if row is None else row[0]

    async def put(self, name: str, value: bytes) -> None:
        """Writes it."""
        if not await self._session.change(_CHANGE, {"this": name, "value": value}):
            await self._session.change(_ADD, {"name": name, "value": value})
