"""Groups: the bot keeps watch there over secrets posted by mistake, and says that everything else is for private."""

from typing import Any, Final

from aiogram import Bot, F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.filters import Command
from aiogram.types import (
    CallbackQuery,
    ChatMemberAdministrator,
    ChatMemberUpdated,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)

from bot.telegram.acquaintances import Acquaintances
from bot.telegram.commands import COMMANDS
from bot.telegram.dialogs.messages import toast
from bot.telegram.services import Services
from bot.telegram.texts import Speaker
from bot.usecases.sharing_storage import Ended

_GROUPS: Final = {ChatType.GROUP, ChatType.SUPERGROUP}
_ABSENT: Final = {ChatMemberStatus.LEFT, ChatMemberStatus.KICKED}


def groups_router() -> Router:
    """Everything outside private chats, and the bot's own coming and going."""
    router = Router(name="groups")
    router.message(F.chat.type.in_(_GROUPS), Command(*COMMANDS))(_in_private)
    router.message(F.migrate_to_chat_id)(_moved_on)
    router.message(F.migrate_from_chat_id)(_moved_here)
    router.message(F.chat.type != ChatType.PRIVATE)(_not_for_us)
    router.callback_query(F.message.chat.type != ChatType.PRIVATE)(_press)
    router.my_chat_member(F.chat.type == ChatType.PRIVATE)(_known_or_lost)
    router.my_chat_member(F.chat.type.in_(_GROUPS))(_joined_or_changed)
    return router


async def _in_private(message: Message, bot: Bot, say: Speaker) -> None:
    me = await bot.me()
    link = InlineKeyboardButton(text=say.plain("group-open"), url=f"https://t.me/{me.username}?start=group")
    await message.reply(say("group-private"), reply_markup=InlineKeyboardMarkup(inline_keyboard=[[link]]))


async def _not_for_us(_message: Message) -> None:
    """People's own talk. The guard has looked at it; nobody else does."""


async def _moved_on(message: Message, services: Services) -> None:
    """Telegram's own note that the group became a supergroup, which nobody can write by hand."""
    assert message.migrate_to_chat_id is not None
    await services.hear.moved(message.chat.id, message.migrate_to_chat_id)


async def _moved_here(message: Message, services: Services) -> None:
    """The same, as the new chat tells it: either note may come first, or alone."""
    assert message.migrate_from_chat_id is not None
    await services.hear.moved(message.migrate_from_chat_id, message.chat.id)


async def _press(query: CallbackQuery, say: Speaker) -> None:
    await toast(query, say.plain("press-in-private"), alert=True)


async def _known_or_lost(update: ChatMemberUpdated, acquaintances: Acquaintances, services: Services) -> None:
    """Blocked: nothing can be sent until they come back. Whoever comes back is met like anybody, before this runs."""
    if update.new_chat_member.status == ChatMemberStatus.KICKED:
        await acquaintances.lost(update.from_user.id)
        await services.hear.lost(update.from_user.id, Ended.BLOCKED)


async def _joined_or_changed(update: ChatMemberUpdated, say: Speaker, services: Services) -> None:
    """Says at once whether a secret posted here could be deleted, and again when that changes."""
    if update.new_chat_member.status in _ABSENT:
        await services.hear.lost(update.chat.id, Ended.KICKED)
        return
    came = update.old_chat_member.status in _ABSENT
    could, can = _may_delete(update.old_chat_member), _may_delete(update.new_chat_member)
    if came or could != can:
        await update.answer(say("group-on-watch" if can else "group-needs-right"))


def _may_delete(member: Any) -> bool:
    return isinstance(member, ChatMemberAdministrator) and bool(member.can_delete_messages)
