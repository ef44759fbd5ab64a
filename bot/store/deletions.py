"""Messages that must vanish, remembered until Telegram confirms it or refuses for good."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, insert, select, tuple_, update

from bot.store.session import CHUNK, Session
from bot.store.tables import deletions
from bot.usecases.ports import Deletion

_d = deletions.c
_COLUMNS = (
    _d.chat_id,
    _d.message_id,
    _d.user_id,
    _d.why,
    _d.sent_at,
    _d.seen_at,
    _d.private,
    _d.asked,
    _d.attempts,
    _d.not_before,
)
_THIS = (_d.chat_id == bindparam("chat")) & (_d.message_id == bindparam("message"))
_PENDING_ONLY = _d.finished_at.is_(None)

_KNOWN = select(_d.chat_id, _d.message_id).where(
    tuple_(_d.chat_id, _d.message_id).in_(bindparam("messages", expanding=True))
)
_PENDING = select(*_COLUMNS).where(_PENDING_ONLY).order_by(_d.seen_at, _d.chat_id, _d.message_id)
_ADD = insert(deletions)
_FINISH = update(deletions).where(_THIS)
_LATER = update(deletions).where(_THIS, _PENDING_ONLY).values(attempts=_d.attempts + 1)
_FORGET = delete(deletions).where(_d.finished_at < bindparam("before"))


class SqlDeletions:
    """``Deletions`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, deletions: Sequence[Deletion]) -> None:
        """Those not known yet; of a message that comes twice, the first."""
        fresh = {(deletion.chat_id, deletion.message_id): deletion for deletion in reversed(deletions)}
        wanted = list(fresh)
        for start in range(0, len(wanted), CHUNK):
            known = await self._session.rows(_KNOWN, {"messages": wanted[start : start + CHUNK]})
            for chat_id, message_id in known:
                del fresh[chat_id, message_id]
        if fresh:
            await self._session.change(_ADD, [_values(deletion) for deletion in fresh.values()])

    async def pending(self) -> Sequence[Deletion]:
        """All that are neither confirmed nor impossible, oldest first."""
        return [Deletion(*row) for row in await self._session.rows(_PENDING)]

    async def done(self, chat_id: int, message_id: int, at: float) -> None:
        """Confirmed."""
        await self._session.change(_FINISH, {"chat": chat_id, "message": message_id, "finished_at": at})

    async def later(self, chat_id: int, message_id: int, not_before: float) -> None:
        """One more attempt used."""
        await self._session.change(_LATER, {"chat": chat_id, "message": message_id, "not_before": not_before})

    async def impossible(self, chat_id: int, message_id: int, at: float, reason: str) -> None:
        """Telegram refuses for good: the user must do it."""
        await self._session.change(
            _FINISH, {"chat": chat_id, "message": message_id, "finished_at": at, "impossible": reason}
        )

    async def forget(self, before: float) -> int:
        """Drops finished rows older than this."""
        return await self._session.change(_FORGET, {"before": before})


def _values(deletion: Deletion) -> dict[str, object]:
    return {
        "chat_id": deletion.chat_id,
        "message_id": deletion.message_id,
        "user_id": deletion.user_id,
        "why": deletion.why,
        "sent_at": deletion.sent_at,
        "seen_at": deletion.seen_at,
        "private": deletion.private,
        "asked": deletion.asked,
        "attempts": deletion.attempts,
        "not_before": deletion.not_before,
    }
