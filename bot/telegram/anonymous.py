"""Who pressed, not where: whoever hides behind a group or a channel has no id of their own, and so no role."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import Message, TelegramObject

from bot.telegram.notices import Notices

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class RefuseAnonymous(BaseMiddleware):
    """Outer middleware for messages: an anonymous administrator's or a channel's never reach a handler.

    Only a command is answered. The rest is a group's own talk and none of our business.
    """

    def __init__(self, notices: Notices) -> None:
        self._notices = notices

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Passes on what has a person behind it."""
        if not isinstance(event, Message) or event.sender_chat is None:
            return await handler(event, data)
        if (event.text or "").startswith("/"):
            language = event.from_user.language_code if event.from_user else None
            await self._notices.anonymous(event.chat.id, event.message_id, language)
        return None
