"""Invitations: links followed, Accept and Decline, and the way out.

The token is in the link and in the buttons, which Telegram keeps; here there is only its hash. A press proves nothing
but that somebody has the token: who may accept for this chat is asked at the press.
"""

import logging
import re
from typing import Final
from urllib.parse import quote

from aiogram import Bot, F, Router
from aiogram.enums import ButtonStyle, ChatType
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.domain.roles import Role
from bot.telegram.describing import Profiles, isolated, place_line, sign
from bot.telegram.dialogs.messages import toast
from bot.telegram.faceless import is_faceless
from bot.telegram.group_admins import answers_for
from bot.telegram.services import Services
from bot.telegram.texts import Html, Speaker
from bot.usecases.subscribe import CannotAccept, Invitation, Unusable

log = logging.getLogger("latchkey.invitations")

PAYLOAD: Final = "i_"
"""What a deep link's payload begins with; the token follows."""
_ACCEPT, _DECLINE = "yes", "no"
_PRESS: Final = re.compile(r"iv:([a-z2-7]{24}):(yes|no)")
_GROUPS: Final = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})


def invitations_router() -> Router:
    """Before the commands: ``/start`` with an invitation is no plain one."""
    router = Router(name="invitations")
    in_private = F.chat.type == ChatType.PRIVATE
    router.message(in_private, CommandStart(deep_link=True, magic=F.args.startswith(PAYLOAD)))(_followed)
    router.message(in_private, Command("leave"))(_leave)
    router.message(F.chat.type.in_(_GROUPS), Command("leave"))(_leave_group)
    router.callback_query(F.data.regexp(_PRESS).as_("pressed"))(_pressed)
    return router


def link_of(username: str, token: str) -> str:
    """Whoever follows it in time is asked whether they accept."""
    return f"https://t.me/{username}?start={PAYLOAD}{token}"


def share_url(link: str, words: str) -> str:
    """Telegram's own way to pass a link on: one chooses a chat there."""
    return f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(words, safe='')}"


def invitation_text(say: Speaker, invitation: Invitation, profiles: Profiles, *, group: bool) -> Html:
    """Who invites, to what, and what that means."""
    connection = invitation.connection
    return say(
        "invitation-group" if group else "invitation",
        inviter=isolated(invitation.inviter),
        label=isolated(connection.label),
        place=place_line(say, connection.place, profiles),
        role=invitation.invite.role.value,
    )


def invitation_keyboard(say: Speaker, token: str) -> InlineKeyboardMarkup:
    """Accept and Decline."""
    accept = InlineKeyboardButton(
        text=say.plain("invitation-accept"), callback_data=f"iv:{token}:{_ACCEPT}", style=ButtonStyle.SUCCESS
    )
    decline = InlineKeyboardButton(text=say.plain("invitation-decline"), callback_data=f"iv:{token}:{_DECLINE}")
    return InlineKeyboardMarkup(inline_keyboard=[[accept, decline]])


async def _followed(message: Message, command: CommandObject, services: Services, say: Speaker) -> None:
    token = (command.args or "").removeprefix(PAYLOAD)
    try:
        invitation = await services.hear.look(token, message.chat.id)
    except CannotAccept as refused:
        await message.answer(say(f"invite-{refused.why.value}"))
        return
    text = invitation_text(say, invitation, services.profiles, group=False)
    await message.answer(text, reply_markup=invitation_keyboard(say, token))


# ------------------------------------------------------------------------------------------------------------ presses


async def _pressed(query: CallbackQuery, pressed: re.Match[str], services: Services, say: Speaker, bot: Bot) -> None:
    token, answer = pressed[1], pressed[2]
    if is_faceless(query.from_user):
        await toast(query, say.plain("press-anonymous"), alert=True)
        return
    if query.message is None or query.message.chat.type not in {ChatType.PRIVATE, *_GROUPS}:
        await toast(query, say.plain("press-in-private"), alert=True)
        return
    chat = query.message.chat
    if chat.type != ChatType.PRIVATE and not await answers_for(bot, chat, query.from_user):
        await toast(query, say.plain("press-group-admins"), alert=True)
        return
    name = query.from_user.first_name if chat.type == ChatType.PRIVATE else chat.title
    to_chat = say if chat.type == ChatType.PRIVATE else services.texts.of(None)
    try:
        if answer == _ACCEPT:
            invitation = await services.hear.accept(token, chat.id, name)
            words = _accepted(to_chat, invitation, services, group=chat.type != ChatType.PRIVATE)
        else:
            invitation = await services.hear.decline(token, chat.id, name)
            words = to_chat("invitation-declined", label=isolated(invitation.connection.label))
    except CannotAccept as refused:
        await toast(query, say.plain(f"press-invite-{refused.why.value}"), alert=True)
        words = to_chat(f"invite-{refused.why.value}")
        if refused.why in {Unusable.NOT_FOR_YOU, Unusable.ALREADY}:
            return
    else:
        await toast(query, "")
    await _instead(bot, query, words)


def _accepted(say: Speaker, invitation: Invitation, services: Services, *, group: bool) -> Html:
    connection = invitation.connection
    return say(
        "invitation-accepted-group" if group else "invitation-accepted",
        label=isolated(connection.label),
        place=place_line(say, connection.place, services.profiles),
        sign=sign(connection.health),
        status=say.plain(f"shared-status-{connection.health.status.value}"),
        role="operator" if invitation.invite.role is Role.OPERATOR else "subscriber",
    )


async def _instead(bot: Bot, query: CallbackQuery, words: Html) -> None:
    """The invitation's message says what came of it, without buttons."""
    assert query.message is not None
    try:
        await bot.edit_message_text(words, chat_id=query.message.chat.id, message_id=query.message.message_id)
    except TelegramAPIError as error:
        log.info("invitations.edit_failed", extra={"error": type(error).__name__})


# ------------------------------------------------------------------------------------------------------------- leaving


async def _leave(message: Message, services: Services, say: Speaker) -> None:
    """Out of everything at once; one by one it is done in ``/connections``."""
    count = await services.hear.leave_all(message.chat.id)
    await message.answer(say("leave-done", count=count) if count else say("leave-nothing"))


async def _leave_group(message: Message, services: Services, say: Speaker, bot: Bot) -> None:
    """By those who let it in: the group's administrators."""
    if message.from_user is None or not await answers_for(bot, message.chat, message.from_user):
        await message.reply(say("leave-group-admins"))
        return
    count = await services.hear.leave_all(message.chat.id)
    await message.reply(say("leave-group-done", count=count) if count else say("leave-nothing"))
