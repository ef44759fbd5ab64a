"""Who may decide for a group: nobody but Telegram knows, so it is asked each time."""

import logging
from typing import Final

from aiogram import Bot
from aiogram.enums import ChatMemberStatus
from aiogram.exceptions import TelegramAPIError
from aiogram.types import Chat, User

log = logging.getLogger("latchkey.groups")

_ANSWERS_FOR_A_GROUP: Final = frozenset({ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR})


async def answers_for(bot: Bot, chat: Chat, user: User) -> bool:
    """Whether somebody may decide for a group, as Telegram says now: its administrators, in their own name."""
    try:
        member = await bot.get_chat_member(chat.id, user.id)
    except TelegramAPIError as error:
        log.info("groups.member_unknown", extra={"error": type(error).__name__})
        return False
    return member.status in _ANSWERS_FOR_A_GROUP
