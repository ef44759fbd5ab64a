"""What has been said of each key's end and age; one row for each key that was ever in use."""

from collections.abc import Sequence

import orjson
from sqlalchemy import bindparam, insert, select, update

from bot.domain.connection import ConnectionId
from bot.domain.reminders import KeyReminders
from bot.store.session import Session
from bot.store.tables import connections, reminders
from bot.usecases.storage import KeyInUse

_c = connections.c
_r = reminders.c
_OF_KEY = (_r.connection_id == _c.id) & (_r.revision == _c.revision)

_KEYS = (
    select(
        _c.id,
        _c.revision,
        _c.created_at,
        _c.previous_revision,
        _c.report,
        _r.since,
        _r.advised_at,
        _r.expires_at,
        _r.days,
    )
    .join_from(connections, reminders, _OF_KEY, isouter=True)
    .where(_c.id > bindparam("after"))
    .order_by(_c.id)
    .limit(bindparam("most"))
)
_ADD = insert(reminders)
_CHANGE = update(reminders).where(_r.connection_id == bindparam("this"), _r.revision == bindparam("that_revision"))


class SqlReminders:
    """``Reminders`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def keys(self, after: ConnectionId | None, limit: int) -> Sequence[KeyInUse]:
        """The keys in use, in the order of their connections' ids, those after one: page by page."""
        return [
            KeyInUse(
                ConnectionId(connection_id),
                revision,
                connected_at,
                previous is not None,
                _expires_at(report),
                None if since is None else KeyReminders(since, *said),
            )
            for connection_id, revision, connected_at, previous, report, since, *said in await self._session.rows(
                _KEYS, {"after": after or "", "most": limit}
            )
        ]

    async def save(self, connection_id: ConnectionId, revision: int, said: KeyReminders) -> None:
        """What has been said of this key by now."""
        row = {
            "since": said.since,
            "advised_at": said.advised_at,
            "expires_at": said.expires_at,
            "days": said.days,
        }
        if not await self._session.change(_CHANGE, row | {"this": connection_id, "that_revision": revision}):
            await self._session.change(_ADD, row | {"connection_id": connection_id, "revision": revision})


def _expires_at(report: str) -> float | None:
    """Of the whole report only this: one that cannot be read must not end the reminders of everybody else."""
    try:
        found = orjson.loads(report)["expires_at"]
    except (ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, int | float) else None
