"""Questions for secrets, open or closed lately: what the guard must still know after a restart."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, insert, select, update

from bot.store.session import Session
from bot.store.tables import questions
from bot.usecases.ports import SecretQuestion

_q = questions.c
_THIS = (_q.chat_id == bindparam("chat")) & (_q.user_id == bindparam("user"))

_GET = select(_q.closed_at).where(_THIS)
_ALL = select(_q.chat_id, _q.user_id, _q.opened_at, _q.closed_at).order_by(_q.opened_at, _q.chat_id, _q.user_id)
_ADD = insert(questions)
_CHANGE = update(questions).where(_THIS)
_CLOSE = update(questions).where(_THIS, _q.closed_at.is_(None))
_FORGET = delete(questions).where(_q.closed_at < bindparam("before"))


class SqlQuestions:
    """``Questions`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def open(self, chat_id: int, user_id: int, at: float) -> None:
        """From now on what this person sends in this chat is a secret; one open already stays open since then."""
        this = {"chat": chat_id, "user": user_id}
        known = await self._session.row(_GET, this)
        if known is None:
            await self._session.change(_ADD, {"chat_id": chat_id, "user_id": user_id, "opened_at": at})
        elif known[0] is not None:
            await self._session.change(_CHANGE, this | {"opened_at": at, "closed_at": None})

    async def close(self, chat_id: int, user_id: int, at: float) -> None:
        """No longer; what was sent before ``at`` still is. One that is closed already stays closed since then."""
        await self._session.change(_CLOSE, {"chat": chat_id, "user": user_id, "closed_at": at})

    async def all(self) -> Sequence[SecretQuestion]:
        """For the memory of the guard, at start."""
        return [SecretQuestion(*row) for row in await self._session.rows(_ALL)]

    async def forget(self, closed_before: float) -> int:
        """Drops old closed ones."""
        return await self._session.change(_FORGET, {"before": closed_before})
