"""Somebody was picked in Telegram's chooser: they are asked, and nothing else is sent to them before they accept."""

import logging
from typing import Final

from aiogram import Bot, F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.input import MessageInput

from bot.domain.roles import Role
from bot.telegram.answers import is_chat_gone
from bot.telegram.chooser import ANY_SHARED, Way, say_without_chooser
from bot.telegram.describing import isolated, moment
from bot.telegram.dialogs.owned import connection_of
from bot.telegram.dialogs.states import Sharing
from bot.telegram.dialogs.steps import at
from bot.telegram.dialogs.widgets import services_of, speaker
from bot.telegram.dialogs.wizards import person_of
from bot.telegram.invitations import invitation_keyboard, invitation_text, link_of, share_url
from bot.telegram.texts import Html, Speaker
from bot.usecases.access import Gone, NotYours
from bot.usecases.share import Invited, TooMany
from bot.usecases.subscribe import Invitation

log = logging.getLogger("latchkey.dialogs")

PERSON: Final = Way.PERSON.value
GROUP: Final = Way.GROUP.value
REQUEST: Final = "request"
"""In the dialog's data: the number that the open chooser brings back."""
PICKED_AS: Final = "picked_as"
"""In the dialog's data: the role for whoever is picked."""


async def picked(message: Message, _input: MessageInput, manager: DialogManager) -> None:
    """The choice. What belongs to a chooser of earlier is not acted on."""
    say, bot = speaker(manager), message.bot
    request, chat_id, name = _choice(message)
    unsent: Invited | None = None
    if request != manager.dialog_data.pop(REQUEST, None) or chat_id is None:
        words = say("sharing-picked-late")
    elif chat_id == person_of(manager):
        words = say("sharing-picked-self")
    else:
        words, unsent = await _invite(manager, chat_id, name)
    await say_without_chooser(bot, person_of(manager), words)
    if unsent is not None:
        await send_link(manager, unsent)
    await manager.switch_to(Sharing.shown, ShowMode.DELETE_AND_SEND)


def late_choices_router() -> Router:
    """Before the dialogs: an open window would take a choice for nothing that it understands, and say nothing."""
    router = Router(name="late choices")
    router.message(F.chat.type == ChatType.PRIVATE, F.content_type.in_(ANY_SHARED))(_late)
    return router


async def _late(message: Message, dialog_manager: DialogManager, say: Speaker) -> None:
    """By a chooser that was left open when its conversation had moved on."""
    if at(dialog_manager, Sharing.picking):
        raise SkipHandler
    await say_without_chooser(message.bot, message.chat.id, say("sharing-picked-late"))


async def send_link(manager: DialogManager, invited: Invited) -> None:
    """The link, in a message that can be forwarded, copied and shared; it is shown this once."""
    say, bot = speaker(manager), manager.middleware_data["bot"]
    assert isinstance(bot, Bot)
    me = await bot.me()
    link = link_of(me.username or "", invited.token)
    label = isolated(invited.connection.label)
    text = say(
        "sharing-link-ready",
        label=label,
        link=link,
        until=moment(invited.invite.expires_at),
        name=isolated(invited.invite.for_name) or "none",
        role=invited.invite.role.value,
    )
    rows = [
        [InlineKeyboardButton(text=say.plain("sharing-copy-link"), copy_text=CopyTextButton(text=link))],
        [
            InlineKeyboardButton(
                text=say.plain("sharing-send-link"), url=share_url(link, say.plain("sharing-send-words", label=label))
            )
        ],
    ]
    await bot.send_message(person_of(manager), text, reply_markup=InlineKeyboardMarkup(inline_keyboard=rows))


def _choice(message: Message) -> tuple[int | None, int | None, str | None]:
    if message.users_shared is not None and message.users_shared.users:
        user = message.users_shared.users[0]
        return message.users_shared.request_id, user.user_id, user.first_name
    if message.chat_shared is not None:
        return message.chat_shared.request_id, message.chat_shared.chat_id, message.chat_shared.title
    return None, None, None


async def _invite(manager: DialogManager, chat_id: int, name: str | None) -> tuple[Html, Invited | None]:
    """Returns what the owner is told, and the invitation if its link has to be passed on by hand."""
    services, say, me = services_of(manager), speaker(manager), person_of(manager)
    role = Role(str(manager.dialog_data.get(PICKED_AS, Role.SUBSCRIBER.value)))
    try:
        sharing = await services.share.of(me, connection_of(manager))
        if any(one.chat_id == chat_id and one.role is role for one in sharing.subscriptions):
            return say("sharing-picked-already", name=isolated(name or "?")), None
        invited = await services.share.invite(me, connection_of(manager), role, for_chat=chat_id, for_name=name)
    except (Gone, NotYours) as error:
        return say("card-gone" if isinstance(error, Gone) else "card-not-yours"), None
    except TooMany:
        return say("sharing-too-many"), None
    shown = isolated(invited.invite.for_name)
    refused = await _ask(manager, invited, chat_id)
    if refused is None:
        return say("sharing-asked-group" if chat_id < 0 else "sharing-asked", name=shown), None
    if chat_id < 0:
        await services.share.revoke(me, connection_of(manager), invited.invite.id)
        return say("sharing-not-in-group", name=shown), None
    return say("sharing-not-started" if is_chat_gone(refused) else "sharing-not-reached", name=shown), invited


async def _ask(manager: DialogManager, invited: Invited, chat_id: int) -> TelegramAPIError | None:
    """Sends the invitation; returns why it could not be."""
    services, bot = services_of(manager), manager.middleware_data["bot"]
    assert isinstance(bot, Bot)
    async with services.store.transaction() as tx:
        person = await tx.people.get(chat_id)
    their = services.texts.for_person(person)
    invitation = Invitation(invited.invite, invited.connection, invited.inviter)
    text = invitation_text(their, invitation, services.profiles, group=chat_id < 0)
    try:
        await bot.send_message(chat_id, text, reply_markup=invitation_keyboard(their, invited.token))
    except TelegramAPIError as error:
        log.info("sharing.not_asked", extra={"error": type(error).__name__})
        return error
    return None
