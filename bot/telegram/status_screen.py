"""Status cards in Telegram: sent once, pinned, edited in place. At a pace of its own, far below Telegram's."""

import logging
from typing import Final

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import ReplyParameters
from aiolimiter import AsyncLimiter

from bot.telegram.answers import is_chat_gone
from bot.telegram.describing import Profiles
from bot.telegram.status_text import status_text
from bot.telegram.texts import Texts
from bot.usecases.ports import Person
from bot.usecases.status import NotNow, Shown, StatusView, Vanished

log = logging.getLogger("latchkey.status")

CALL_TIMEOUT: Final = 15
A_SECOND: Final = 3
"""Calls in a second at most, for all cards together."""
PAUSE: Final = 30.0
"""Seconds until the next attempt after Telegram or the network failed."""
_UNCHANGED: Final = "message is not modified"
_VANISHED: Final = ("message to edit not found", "message can't be edited", "message_id_invalid", "message to pin not")
_MAY_NOT_PIN: Final = ("not enough rights", "chat_admin_required", "have no rights", "need administrator rights")


class TelegramStatusScreen:
    """``StatusScreen`` over the Bot API."""

    def __init__(self, bot: Bot, texts: Texts, profiles: Profiles) -> None:
        self._bot = bot
        self._texts = texts
        self._profiles = profiles
        self._pace = AsyncLimiter(1, 1 / A_SECOND)

    async def edit(
        self, chat_id: int, message_id: int, view: StatusView, person: Person | None
    ) -> Shown | Vanished | NotNow:
        """Shows it in this message."""
        text = status_text(self._texts.for_person(person), view, self._profiles)
        await self._pace.acquire()
        try:
            await self._bot.edit_message_text(
                text, chat_id=chat_id, message_id=message_id, request_timeout=CALL_TIMEOUT
            )
        except TelegramAPIError as error:
            return _meaning(error)
        return Shown()

    async def send(self, chat_id: int, view: StatusView, person: Person | None) -> int | None:
        """Sends a new card, without a sound; its message id, or None if that failed."""
        text = status_text(self._texts.for_person(person), view, self._profiles)
        await self._pace.acquire()
        try:
            message = await self._bot.send_message(
                chat_id, text, disable_notification=True, request_timeout=CALL_TIMEOUT
            )
        except TelegramAPIError as error:
            log.warning("status.not_sent", extra={"error": type(error).__name__})
            return None
        return message.message_id

    async def pin(self, chat_id: int, message_id: int) -> bool | None:
        """Puts it on top of the chat, without a sound; False if the bot may not, None if that is not known."""
        await self._pace.acquire()
        try:
            await self._bot.pin_chat_message(
                chat_id, message_id, disable_notification=True, request_timeout=CALL_TIMEOUT
            )
        except TelegramAPIError as error:
            log.info("status.not_pinned", extra={"error": type(error).__name__})
            return False if _says(error, _MAY_NOT_PIN) else None
        return True

    async def tell(self, chat_id: int, message_id: int, person: Person | None, *, may_not_pin: bool) -> None:
        """Answers the card, without a sound: here it is; or that the bot may not pin."""
        say = self._texts.for_person(person)
        await self._pace.acquire()
        try:
            await self._bot.send_message(
                chat_id,
                say("status-cannot-pin" if may_not_pin else "status-here"),
                disable_notification=True,
                reply_parameters=ReplyParameters(message_id=message_id, allow_sending_without_reply=True),
                request_timeout=CALL_TIMEOUT,
            )
        except TelegramAPIError as error:
            log.info("status.not_sent", extra={"error": type(error).__name__})


def _meaning(error: TelegramAPIError) -> Shown | Vanished | NotNow:
    if _says(error, (_UNCHANGED,)):
        return Shown()
    if isinstance(error, TelegramRetryAfter):
        return NotNow(float(error.retry_after))
    if isinstance(error, TelegramForbiddenError) or is_chat_gone(error):
        return NotNow(0.0, chat_gone=True)
    if _says(error, _VANISHED):
        return Vanished()
    log.warning("status.not_edited", extra={"error": type(error).__name__})
    return NotNow(PAUSE)


def _says(error: TelegramAPIError, parts: tuple[str, ...]) -> bool:
    words = error.message.lower()
    return any(part in words for part in parts)
