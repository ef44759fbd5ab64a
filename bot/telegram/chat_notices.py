"""``Notices`` in Telegram: what intake says to people by itself, each in their language."""

import logging
from collections.abc import Awaitable, Callable

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import ReplyParameters
from aiogram_dialog import ShowMode, StartMode

from bot.telegram.dialogs.backstage import Backstage, CannotEnter
from bot.telegram.dialogs.states import Home
from bot.telegram.texts import Speaker, Texts
from bot.usecases.storage import Store, StoreUnavailable

log = logging.getLogger("latchkey.notices")

AskAgain = Callable[[int, int], Awaitable[None]]
"""Puts a conversation back at the question for the key, saying why; gets chat id and user id."""


class ChatNotices:
    """Said at once, and not through the outbox: that may be what has failed."""

    def __init__(self, *, bot: Bot, texts: Texts, store: Store, backstage: Backstage, ask_again: AskAgain) -> None:
        self._bot = bot
        self._texts = texts
        self._store = store
        self._backstage = backstage
        self._ask_again = ask_again

    async def cannot_keep(self, chat_id: int, language: str | None) -> None:
        """The store is unavailable: nothing can be kept safe right now."""
        await self._say(chat_id, "cannot-keep", self._texts.of(language))

    async def too_fast(self, chat_id: int, language: str | None) -> None:
        """Somebody sent more than is handled; the excess was dropped."""
        await self._say(chat_id, "notice-too-fast", self._texts.of(language))

    async def not_looked_into(self, chat_id: int, message_id: int | None, language: str | None) -> None:
        """A file could not be fetched, so nobody knows whether it holds a secret: its author must look."""
        reply = ReplyParameters(message_id=message_id, allow_sending_without_reply=True) if message_id else None
        await self._say(chat_id, "notice-not-looked-into", self._texts.of(language), reply)

    async def lost_secret(self, chat_id: int, user_id: int) -> None:
        """An answer was deleted, and its content is gone with the process that read it: ask again, saying why."""
        await self._ask_again(chat_id, user_id)

    async def stale_press(self, chat_id: int, user_id: int) -> None:
        """A button was pressed while the service was away: nothing was done; offers fresh buttons."""
        if chat_id != user_id:
            return  # in a group there is no conversation, and whoever pressed may press again
        await self._say(chat_id, "notice-stale-press", await self._speaker(user_id))
        try:
            async with self._backstage.enter(user_id) as manager:
                if manager.has_context():
                    await manager.show(ShowMode.SEND)
                else:
                    await manager.start(Home.connections, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)
        except (CannotEnter, StoreUnavailable) as error:
            log.warning("notices.no_fresh_buttons", extra={"error": type(error).__name__})

    async def anonymous(self, chat_id: int, message_id: int, language: str | None) -> None:
        """An anonymous administrator or a channel asked for something: says why that cannot be served."""
        reply = ReplyParameters(message_id=message_id, allow_sending_without_reply=True)
        await self._say(chat_id, "refuse-anonymous", self._texts.of(language), reply)

    async def _speaker(self, user_id: int) -> Speaker:
        async with self._store.transaction() as tx:
            return self._texts.for_person(await tx.people.get(user_id))

    async def _say(self, chat_id: int, message: str, say: Speaker, reply: ReplyParameters | None = None) -> None:
        try:
            await self._bot.send_message(chat_id, say(message), reply_parameters=reply)
        except TelegramAPIError as error:
            log.info("notices.unsaid", extra={"notice": message, "error": type(error).__name__})
