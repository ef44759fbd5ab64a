"""Sealed credentials: the one in use of each connection and, while it rotates, the one before.

Which is which is written in the connection's row (``revision``, ``previous_revision``), so that a rotation, its proof
and its failure are each one small change beside it.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, delete, func, insert, select, update

from bot.domain.connection import ConnectionId
from bot.domain.permissions import KeyReport
from bot.store.rows import CREDENTIAL_COLUMNS, credential_of, credential_row, report_text
from bot.store.session import Session
from bot.store.tables import connections, credentials
from bot.usecases.ports import SealedCredential
from bot.usecases.storage import BindingRow

_c = connections.c
_k = credentials.c
_JOINED = _k.connection_id == _c.id
_THIS = _c.id == bindparam("this")

_HOLDER = (
    select(_c.id, _c.owner_id)
    .join_from(credentials, connections, _JOINED)
    .where(_k.fingerprint == bindparam("wanted"))
    .order_by(_c.created_at, _c.id)
)
_REVISIONS = select(_c.revision, _c.previous_revision, _c.last_revision).where(_THIS)
_CURRENT = (
    select(*CREDENTIAL_COLUMNS).join_from(connections, credentials, _JOINED & (_k.revision == _c.revision)).where(_THIS)
)
_PREVIOUS = (
    select(*CREDENTIAL_COLUMNS)
    .join_from(connections, credentials, _JOINED & (_k.revision == _c.previous_revision))
    .where(_THIS)
)
_NOT_UNDER = (
    select(*CREDENTIAL_COLUMNS, _c.owner_id, _c.exchange, _c.environment)
    .join_from(credentials, connections, _JOINED)
    .where(_k.term != bindparam("primary"))
    .order_by(_k.connection_id, _k.revision)
    .limit(bindparam("most"))
)
_TERMS = select(_k.term, func.count()).group_by(_k.term)

_CHANGE_CONNECTION = update(connections).where(_THIS)
_ADD = insert(credentials)
_ONE = (_k.connection_id == bindparam("this")) & (_k.revision == bindparam("that_revision"))
_DESTROY = delete(credentials).where(_ONE)
_RESEAL = update(credentials).where(_ONE)


class SqlCredentials:
    """``Credentials`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def holder(self, fingerprint: str) -> tuple[ConnectionId, int] | None:
        """Connection and owner of the connection that has this API key.

        A key that is being rotated out counts: it comes back into use if the new one fails.
        """
        row = await self._session.row(_HOLDER, {"wanted": fingerprint})
        return None if row is None else (ConnectionId(row[0]), row[1])

    async def current(self, connection_id: ConnectionId) -> SealedCredential | None:
        """The one in use."""
        row = await self._session.row(_CURRENT, {"this": connection_id})
        return None if row is None else credential_of(row)

    async def previous(self, connection_id: ConnectionId) -> SealedCredential | None:
        """The one before, while a rotation is not yet proven."""
        row = await self._session.row(_PREVIOUS, {"this": connection_id})
        return None if row is None else credential_of(row)

    async def next_revision(self, connection_id: ConnectionId) -> int | None:
        """The one to seal a new credential for: never one that was given before. None if the connection is gone."""
        row = await self._session.row(_REVISIONS, {"this": connection_id})
        return None if row is None else int(row[2]) + 1

    async def rotate(self, new: SealedCredential, report: KeyReport, *, vouched: bool = False) -> bool:
        """Makes ``new`` the current one and keeps the one before. False if another was given its revision meanwhile.

        Where the current one was itself never proven, it is destroyed and the last proven one stays kept: what a
        failure falls back to is always a key that worked.
        """
        row = await self._session.row(_REVISIONS, {"this": new.connection_id})
        if row is None or new.revision != row[2] + 1:
            return False
        current, proven, _ = row
        if proven is not None:
            await self._destroy(new.connection_id, current)
        await self._session.change(_ADD, credential_row(new))
        await self._session.change(
            _CHANGE_CONNECTION,
            {
                "this": new.connection_id,
                "revision": new.revision,
                "previous_revision": current if proven is None else proven,
                "last_revision": new.revision,
                "report": report_text(report),
                "sealed_ip_list": None,  # it was the old key's; the next probe brings the new one's
            }
            | ({"withdrawal_unverified": True} if vouched else {}),
        )
        return True

    async def settle(self, connection_id: ConnectionId) -> SealedCredential | None:
        """Destroys the one before; returns what it was (for its tail)."""
        previous = await self.previous(connection_id)
        if previous is None:
            return None
        await self._session.change(_CHANGE_CONNECTION, {"this": connection_id, "previous_revision": None})
        await self._destroy(connection_id, previous.revision)
        return previous

    async def fall_back(self, connection_id: ConnectionId) -> SealedCredential | None:
        """Destroys the current one and makes the one before current again; returns what was destroyed."""
        current, previous = await self.current(connection_id), await self.previous(connection_id)
        if current is None or previous is None:
            return None
        await self._session.change(
            _CHANGE_CONNECTION,
            {
                "this": connection_id,
                "revision": previous.revision,
                "previous_revision": None,
                "sealed_ip_list": None,
            },
        )
        await self._destroy(connection_id, current.revision)
        return current

    async def not_under(self, term: int, limit: int) -> Sequence[tuple[SealedCredential, BindingRow]]:
        """Some credentials sealed under another master key; reseal them and ask again until there are none."""
        rows = await self._session.rows(_NOT_UNDER, {"primary": term, "most": limit})
        return [(credential_of(row[:-3]), BindingRow(*row[-3:])) for row in rows]

    async def reseal(self, credential: SealedCredential) -> None:
        """Replaces the record of one connection and revision by the same under another master key."""
        row = {"this": credential.connection_id, "that_revision": credential.revision}
        await self._session.change(_RESEAL, row | {"sealed": credential.record, "term": credential.term})

    async def terms_in_use(self) -> Mapping[int, int]:
        """How many records are under each master key."""
        return dict(await self._session.rows(_TERMS))

    async def _destroy(self, connection_id: ConnectionId, revision: int) -> None:
        await self._session.change(_DESTROY, {"this": connection_id, "that_revision": revision})
