"""In which language somebody is spoken to: decided once for every update, before any handler."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import Chat, TelegramObject, User

from bot.telegram.acquaintances import Acquaintances
from bot.telegram.texts import Texts

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Voice(BaseMiddleware):
    """Outer middleware for updates: ``say`` and, in a private chat, ``person`` for whoever caused the update.

    What comes from the background (``dialogs.backstage``) brings both already.
    """

    def __init__(self, acquaintances: Acquaintances, texts: Texts) -> None:
        self._acquaintances = acquaintances
        self._texts = texts

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Finds the voice."""
        if "say" not in data:
            await self._find(data)
        return await handler(event, data)

    async def _find(self, data: dict[str, Any]) -> None:
        user, chat = data.get("event_from_user"), data.get("event_chat")
        data["person"] = None
        if not isinstance(user, User):
            data["say"] = self._texts.of(None)
        elif isinstance(chat, Chat) and chat.type == ChatType.PRIVATE and not user.is_bot:
            data["person"] = await self._acquaintances.meet(user)
            data["say"] = self._texts.for_person(data["person"])
        else:
            data["say"] = self._texts.of(user.language_code)
