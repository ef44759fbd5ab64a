"""Who handles what, in one list: the first that an update fits takes it."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Message

from bot.telegram.alert_buttons import alert_buttons_router
from bot.telegram.commands import commands_router
from bot.telegram.dialogs.alert_settings import alert_settings_dialog
from bot.telegram.dialogs.card import card_dialog
from bot.telegram.dialogs.chat_alerts import chat_alerts_dialog
from bot.telegram.dialogs.connect import connect_dialog
from bot.telegram.dialogs.digest import digest_dialog
from bot.telegram.dialogs.disconnect import disconnect_dialog
from bot.telegram.dialogs.guidance import guidance_dialog
from bot.telegram.dialogs.history import history_dialog
from bot.telegram.dialogs.home import home_dialog
from bot.telegram.dialogs.language import language_dialog
from bot.telegram.dialogs.maintenance import maintenance_dialog
from bot.telegram.dialogs.messages import toast
from bot.telegram.dialogs.picking import late_choices_router
from bot.telegram.dialogs.rename import rename_dialog
from bot.telegram.dialogs.rotate import rotate_dialog
from bot.telegram.dialogs.sharing import sharing_dialog
from bot.telegram.dialogs.subscribed import subscribed_dialog
from bot.telegram.group_alerts import group_alerts_router
from bot.telegram.groups import groups_router
from bot.telegram.invitations import invitations_router
from bot.telegram.status_command import status_router
from bot.telegram.texts import Speaker

CONTENT = {
    "text",
    "photo",
    "document",
    "video",
    "voice",
    "audio",
    "sticker",
    "animation",
    "contact",
    "location",
    "poll",
}
"""What a person says; the rest are Telegram's own notes, such as that a message was pinned."""


def routers() -> tuple[Router, ...]:
    """In order. New ones for each call: a router belongs to one dispatcher."""
    return (
        alert_buttons_router(),
        invitations_router(),
        status_router(),
        group_alerts_router(),
        groups_router(),
        commands_router(),
        late_choices_router(),
        home_dialog(),
        card_dialog(),
        rename_dialog(),
        alert_settings_dialog(),
        chat_alerts_dialog(),
        sharing_dialog(),
        subscribed_dialog(),
        history_dialog(),
        maintenance_dialog(),
        digest_dialog(),
        disconnect_dialog(),
        language_dialog(),
        guidance_dialog(),
        connect_dialog(),
        rotate_dialog(),
        leftovers_router(),
    )


def leftovers_router() -> Router:
    """What nobody above understood, in a private chat: never silence."""
    router = Router(name="leftovers")
    router.message(F.chat.type == ChatType.PRIVATE, F.content_type.in_(CONTENT))(_not_understood)
    router.callback_query()(_unknown_button)
    return router


async def _not_understood(message: Message, say: Speaker) -> None:
    await message.answer(say("not-understood"))


async def _unknown_button(query: CallbackQuery, say: Speaker) -> None:
    await toast(query, say.plain("press-unknown"))
