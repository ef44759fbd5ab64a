"""What chats chose to hear."""

from collections.abc import Mapping

from sqlalchemy import bindparam, insert, select, update

from bot.domain.choices import ConnectionChoice
from bot.domain.connection import ConnectionId
from bot.domain.failures import Severity
from bot.store.session import Session
from bot.store.tables import chat_choices, connection_choices
from bot.usecases.control_storage import ChatSettings

_h, _c = chat_choices.c, connection_choices.c
_THIS_CHAT = _h.chat_id == bindparam("chat")
_THIS_PAIR = (_c.connection_id == bindparam("this")) & (_c.chat_id == bindparam("chat"))

_OF_CHAT = select(_h.least, _h.quiet, _h.quiet_start, _h.quiet_end, _h.critical_passes, _h.zone, _h.by_announced).where(
    _THIS_CHAT
)
_CHANGE_CHAT = update(chat_choices).where(_THIS_CHAT)
_ADD_CHAT = insert(chat_choices)
_OF_CONNECTION = select(_c.least, _c.escalate_after).where(_THIS_PAIR)
_CHANGE_CONNECTION = update(connection_choices).where(_THIS_PAIR)
_ADD_CONNECTION = insert(connection_choices)
_ESCALATIONS = (
    select(_c.chat_id, _c.escalate_after)
    .where(_c.connection_id == bindparam("this"), _c.escalate_after.is_not(None))
    .order_by(_c.escalate_after, _c.chat_id)
)


class SqlChoices:
    """``Choices`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of_chat(self, chat_id: int) -> ChatSettings:
        """Of everything; the defaults if it never said."""
        row = await self._session.row(_OF_CHAT, {"chat": chat_id})
        if row is None:
            return ChatSettings()
        least, *rest = row
        return ChatSettings(Severity(least), *rest)

    async def save_chat(self, chat_id: int, settings: ChatSettings) -> None:
        """Of everything, anew."""
        row = {
            "least": settings.least.value,
            "quiet": settings.quiet,
            "quiet_start": settings.quiet_start,
            "quiet_end": settings.quiet_end,
            "critical_passes": settings.critical_passes,
            "zone": settings.zone,
            "by_announced": settings.by_announced,
        }
        if not await self._session.change(_CHANGE_CHAT, {"chat": chat_id} | row):
            await self._session.change(_ADD_CHAT, {"chat_id": chat_id} | row)

    async def of_connection(self, connection_id: ConnectionId, chat_id: int) -> ConnectionChoice:
        """Of one connection; no choice of its own if it never said."""
        row = await self._session.row(_OF_CONNECTION, {"this": connection_id, "chat": chat_id})
        if row is None:
            return ConnectionChoice()
        least, escalate_after = row
        return ConnectionChoice(None if least is None else Severity(least), escalate_after)

    async def save_connection(self, connection_id: ConnectionId, chat_id: int, choice: ConnectionChoice) -> None:
        """Of one connection, anew."""
        row = {
            "least": None if choice.least is None else choice.least.value,
            "escalate_after": choice.escalate_after,
        }
        if not await self._session.change(_CHANGE_CONNECTION, {"this": connection_id, "chat": chat_id} | row):
            await self._session.change(_ADD_CONNECTION, {"connection_id": connection_id, "chat_id": chat_id} | row)

    async def escalations(self, connection_id: ConnectionId) -> Mapping[int, float]:
        """The chats that hear of a connection only after so many seconds, by chat id."""
        rows = await self._session.rows(_ESCALATIONS, {"this": connection_id})
        return {row[0]: row[1] for row in rows}
