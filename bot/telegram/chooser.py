"""Telegram's own chooser of people and groups: a keyboard under the text field, and what takes it away again."""

import logging
from enum import StrEnum
from typing import Final

from aiogram import Bot
from aiogram.enums import ContentType
from aiogram.exceptions import TelegramAPIError
from aiogram.types import (
    CallbackQuery,
    KeyboardButton,
    KeyboardButtonRequestChat,
    KeyboardButtonRequestUsers,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.telegram.texts import Html, Speaker

log = logging.getLogger("latchkey.chooser")

ANY_SHARED: Final = [ContentType.USERS_SHARED, ContentType.CHAT_SHARED]
"""What comes when somebody has chosen."""


class Way(StrEnum):
    """What is chosen."""

    PERSON = "person"
    GROUP = "group"


async def offer_chooser(press: CallbackQuery, say: Speaker, way: Way, request: int) -> None:
    """Opens it; ``request`` comes back with the choice, so that none is taken for another's.

    Raises:
        TelegramAPIError: it could not be opened.
    """
    bot = press.bot
    assert isinstance(bot, Bot)
    keyboard = ReplyKeyboardMarkup(
        keyboard=[[_button(say, way, request)]], resize_keyboard=True, one_time_keyboard=True
    )
    await bot.send_message(press.from_user.id, say(f"chooser-{way.value}"), reply_markup=keyboard)


async def say_without_chooser(bot: Bot | None, chat_id: int, words: Html) -> None:
    """Says something, and takes the chooser away. A courtesy: a chooser that stays is answered too."""
    assert bot is not None
    try:
        await bot.send_message(chat_id, words, reply_markup=ReplyKeyboardRemove())
    except TelegramAPIError as error:
        log.info("chooser.unsaid", extra={"error": type(error).__name__})


def _button(say: Speaker, way: Way, request: int) -> KeyboardButton:
    if way is Way.PERSON:
        people = KeyboardButtonRequestUsers(request_id=request, user_is_bot=False, max_quantity=1, request_name=True)
        return KeyboardButton(text=say.plain("chooser-person-button"), request_users=people)
    groups = KeyboardButtonRequestChat(
        request_id=request, chat_is_channel=False, bot_is_member=True, request_title=True
    )
    return KeyboardButton(text=say.plain("chooser-group-button"), request_chat=groups)
