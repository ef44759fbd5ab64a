"""Updates between Telegram and the handlers: on disk before Telegram hears that we have them."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, func, insert, select, update

from bot.store.session import CHUNK, Session
from bot.store.tables import inbox
from bot.usecases.ports import InboxRow

REMEMBERED = 48 * 3600.0
"""Seconds for which an update id is known again: after a quiet week Telegram may start anew at a random id."""

_i = inbox.c
_COLUMNS = (
    _i.update_id,
    _i.received_at,
    _i.chat_id,
    _i.user_id,
    _i.message_id,
    _i.sealed_payload,
    _i.secret,
    _i.attempts,
)
_THIS = _i.update_id == bindparam("this")

_KNOWN = select(_i.update_id, _i.received_at, _i.finished).where(_i.update_id.in_(bindparam("ids", expanding=True)))
_UNFINISHED = select(*_COLUMNS).where(_i.finished.is_(False)).order_by(_i.received_at, _i.update_id)
_LAST = select(func.max(_i.update_id))
_ATTEMPTS = select(_i.attempts).where(_THIS)

_ADD = insert(inbox)
_DROP = delete(inbox).where(_THIS)
_ATTEMPT = update(inbox).where(_THIS).values(attempts=_i.attempts + 1)
_FINISH = update(inbox).where(_THIS).values(finished=True, sealed_payload=None)
_REPACK = update(inbox).where(_THIS, _i.finished.is_(False), _i.sealed_payload.is_not(None))
_FORGET = delete(inbox).where(_i.finished.is_(True), _i.received_at < bindparam("before"))


class SqlInbox:
    """``Inbox`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def accept(self, rows: Sequence[InboxRow]) -> frozenset[int]:
        """Keeps those not seen in the last 48 h; returns their update ids."""
        fresh = {row.update_id: row for row in reversed(rows)}  # of an id that comes twice, the first
        for start in range(0, len(rows), CHUNK):
            ids = [row.update_id for row in rows[start : start + CHUNK]]
            for update_id, received_at, finished in await self._session.rows(_KNOWN, {"ids": ids}):
                row = fresh.get(update_id)
                if row is None:
                    continue
                if finished and row.received_at - received_at >= REMEMBERED:
                    await self._session.change(_DROP, {"this": update_id})  # another update that got an old number
                else:
                    del fresh[update_id]
        if fresh:
            await self._session.change(_ADD, [_values(row) for row in sorted(fresh.values(), key=_by_id)])
        return frozenset(fresh)

    async def unfinished(self) -> Sequence[InboxRow]:
        """What a crash or a stop left, oldest first."""
        return [InboxRow(*row) for row in await self._session.rows(_UNFINISHED)]

    async def attempt(self, update_id: int) -> int:
        """Counts a try before it is made, so that a poisonous update cannot crash the service for ever.

        Returns how many tries there have been, this one included; 0 for an update that is not known.
        """
        await self._session.change(_ATTEMPT, {"this": update_id})
        row = await self._session.row(_ATTEMPTS, {"this": update_id})
        return 0 if row is None else int(row[0])

    async def done(self, update_ids: Sequence[int]) -> None:
        """Handled: the payload is destroyed, the id kept for 48 h."""
        if update_ids:
            await self._session.change(_FINISH, [{"this": update_id} for update_id in update_ids])

    async def bury(self, update_id: int, reason: str) -> None:
        """A dead letter: payload destroyed, reason (an exception's class name) kept."""
        await self._session.change(_FINISH, {"this": update_id, "dead": reason})

    async def repack(self, update_id: int, payload: bytes) -> None:
        """The same payload, boxed anew; nothing comes back where it was destroyed meanwhile."""
        await self._session.change(_REPACK, {"this": update_id, "sealed_payload": payload})

    async def last_update_id(self) -> int | None:
        """The highest ever accepted and not yet forgotten.

        ``forget`` first, at start: an id from before a quiet week may be higher than what Telegram counts now, and an
        offset made of it would confirm updates that nobody has seen.
        """
        row = await self._session.row(_LAST)
        return None if row is None else row[0]

    async def forget(self, before: float) -> int:
        """Drops finished rows older than this."""
        return await self._session.change(_FORGET, {"before": before})


def _by_id(row: InboxRow) -> int:
    return row.update_id


def _values(row: InboxRow) -> dict[str, object]:
    return {
        "update_id": row.update_id,
        "received_at": row.received_at,
        "chat_id": row.chat_id,
        "user_id": row.user_id,
        "message_id": row.message_id,
        "sealed_payload": row.payload,
        "secret": row.secret,
        "attempts": row.attempts,
        "finished": False,
    }
