"""``/alerts`` in a group: its administrators choose what it hears, and when, by buttons or by what follows the command.

A group is nobody, so somebody answers for it, at each press: Telegram is asked anew whether whoever pressed is one of
its administrators, in their own name. Anybody in it may look. What a group chooses concerns that group alone: the owner
of a connection and everybody else hear as before.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.domain.failures import Severity
from bot.domain.wall_times import NoSuchTime, NotATime, read_times
from bot.domain.zones import search
from bot.telegram.choices_text import wrong_time
from bot.telegram.dialogs.messages import toast
from bot.telegram.faceless import is_faceless
from bot.telegram.group_admins import answers_for
from bot.telegram.group_alert_screens import (
    Screen,
    Tap,
    Tapped,
    found_zones,
    hours,
    overview,
    read_tap,
    severities,
    zones,
)
from bot.telegram.services import Services
from bot.telegram.texts import Speaker

log = logging.getLogger("latchkey.groups")

_GROUPS: Final = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})
_LONGEST: Final = 64
"""Characters after the command that are read."""


def group_alerts_router() -> Router:
    """Before the groups' own router, which answers commands with that they are for private chats."""
    router = Router(name="group alerts")
    router.message(F.chat.type.in_(_GROUPS), Command("alerts"))(_asked)
    router.callback_query(F.data.func(read_tap).as_("tapped"))(_tapped)
    return router


@dataclass(frozen=True, slots=True)
class _Group:
    """A group, and what its choices are made with.

    Attributes:
        say: the group's voice: one language, whoever speaks.
    """

    id: int
    services: Services
    say: Speaker

    async def overview(self) -> Screen:
        """Its choices as they are now."""
        return overview(self.say, await self.services.choose.of_chat(self.id), self.now)

    @property
    def now(self) -> float:
        """Epoch seconds."""
        return self.services.clock.now()


# --------------------------------------------------------------------------------------------------------- the command


async def _asked(message: Message, command: CommandObject, services: Services, say: Speaker, bot: Bot) -> None:
    """Shows the choices, or makes one that follows the command."""
    group = _Group(message.chat.id, services, services.texts.of(None))
    if not await services.hear.of_chat(group.id):
        await message.reply(group.say("status-nothing-group"))
        return
    typed = (command.args or "").strip()
    if not typed:
        await _show(message, await group.overview())
    elif message.from_user is None or not await answers_for(bot, message.chat, message.from_user):
        await message.reply(say("leave-group-admins"))
    else:
        await _typed(message, group, typed)


async def _typed(message: Message, group: _Group, typed: str) -> None:
    found = search(typed[:_LONGEST])
    if len(found) > 1:
        await _show(message, found_zones(group.say, found, group.now))
        return
    try:
        if found:
            await group.services.choose.zone(group.id, found[0])
        else:
            await _keep_times(group, typed)
    except ValueError as error:
        readable = isinstance(error, NoSuchTime | _OneEnd) or not isinstance(error, NotATime)
        words = "group-two-times" if isinstance(error, _OneEnd) else wrong_time(error)
        await message.reply(group.say(words if readable else "group-unreadable"))
        return
    settings = await group.services.choose.of_chat(group.id)
    needs_zone = not found and settings.known_zone is None
    await _show(message, zones(group.say, group.now, then_quiet=True) if needs_zone else await group.overview())


class _OneEnd(NotATime):
    """One time where quiet hours need two."""


async def _keep_times(group: _Group, typed: str) -> None:
    """Quiet hours, which are on from then on if it is known by whose clock. Raises ``ValueError`` for anything else."""
    first, *last = read_times(typed)
    if not last:
        raise _OneEnd
    await group.services.choose.quiet_hours(group.id, first, last[0])
    if (await group.services.choose.of_chat(group.id)).known_zone is not None:
        await group.services.choose.quiet(group.id, on=True)


async def _show(message: Message, screen: Screen) -> None:
    await message.reply(screen.text, reply_markup=screen.keyboard)


# --------------------------------------------------------------------------------------------------------- the buttons


async def _tapped(query: CallbackQuery, tapped: Tapped, services: Services, say: Speaker, bot: Bot) -> None:
    """Asks whether this person answers for this group now, and does what was tapped."""
    if is_faceless(query.from_user):
        await toast(query, say.plain("press-anonymous"), alert=True)
        return
    if query.message is None or query.message.chat.type not in _GROUPS:
        await toast(query, say.plain("press-unknown"), alert=True)
        return
    if not await answers_for(bot, query.message.chat, query.from_user):
        await toast(query, say.plain("press-group-admins"), alert=True)
        return
    group = _Group(query.message.chat.id, services, services.texts.of(None))
    if not await services.hear.of_chat(group.id):
        await toast(query, say.plain("toast-group-hears-nothing"), alert=True)
        return
    try:
        screen = await _TAPS[tapped.tap](group, tapped.argument)
    except _WouldNeverEnd:
        await toast(query, say.plain("toast-quiet-same"))
    except ValueError:
        await toast(query, say.plain("press-unknown"), alert=True)
    else:
        await toast(query, "")
        await _instead(bot, query, screen)


async def _instead(bot: Bot, query: CallbackQuery, screen: Screen) -> None:
    """A courtesy: what was chosen is kept. Telegram refuses an edit that changes nothing, as of two taps at once."""
    assert query.message is not None
    chat_id, message_id = query.message.chat.id, query.message.message_id
    try:
        await bot.edit_message_text(screen.text, chat_id=chat_id, message_id=message_id, reply_markup=screen.keyboard)
    except TelegramAPIError as error:
        log.info("groups.edit_failed", extra={"error": type(error).__name__})


class _WouldNeverEnd(Exception):  # noqa: N818 - it states the condition
    """Quiet hours that end as they begin."""


async def _overview(group: _Group, _argument: str) -> Screen:
    return await group.overview()


async def _ask_least(group: _Group, _argument: str) -> Screen:
    return severities(group.say, await group.services.choose.of_chat(group.id))


async def _least(group: _Group, argument: str) -> Screen:
    await group.services.choose.least(group.id, Severity(argument))
    return await group.overview()


async def _ask_from(group: _Group, _argument: str) -> Screen:
    return hours(group.say, Tap.FROM)


async def _ask_to(group: _Group, _argument: str) -> Screen:
    return hours(group.say, Tap.TO)


async def _from(group: _Group, argument: str) -> Screen:
    return await _end(group, argument, group.services.choose.quiet_from)


async def _to(group: _Group, argument: str) -> Screen:
    return await _end(group, argument, group.services.choose.quiet_to)


async def _end(group: _Group, argument: str, keep: Callable[[int, int], Awaitable[None]]) -> Screen:
    hour = int(argument)
    if not 0 <= hour < 24:  # noqa: PLR2004 - hours of a day
        raise ValueError("no hour of a day")
    try:
        await keep(group.id, hour * 60)
    except ValueError:
        raise _WouldNeverEnd from None
    return await group.overview()


async def _ask_zone(group: _Group, argument: str) -> Screen:
    return zones(group.say, group.now, screen=int(argument or 0))


async def _ask_zone_first(group: _Group, argument: str) -> Screen:
    return zones(group.say, group.now, screen=int(argument or 0), then_quiet=True)


async def _zone(group: _Group, argument: str) -> Screen:
    await group.services.choose.zone(group.id, argument)
    return await group.overview()


async def _zone_first(group: _Group, argument: str) -> Screen:
    await group.services.choose.zone(group.id, argument)
    return await _quiet(group, "")


async def _quiet(group: _Group, _argument: str) -> Screen:
    """Hours need a clock: by whose they are meant is asked first where nobody said."""
    if (await group.services.choose.of_chat(group.id)).known_zone is None:
        return zones(group.say, group.now, then_quiet=True)
    await group.services.choose.quiet(group.id, on=True)
    return await group.overview()


async def _loud(group: _Group, _argument: str) -> Screen:
    await group.services.choose.quiet(group.id, on=False)
    return await group.overview()


async def _pass(group: _Group, _argument: str) -> Screen:
    await group.services.choose.critical_passes(group.id, passes=True)
    return await group.overview()


async def _wait(group: _Group, _argument: str) -> Screen:
    await group.services.choose.critical_passes(group.id, passes=False)
    return await group.overview()


_TAPS: Final[Mapping[Tap, Callable[[_Group, str], Awaitable[Screen]]]] = {
    Tap.SHOW: _overview,
    Tap.ASK_LEAST: _ask_least,
    Tap.ASK_FROM: _ask_from,
    Tap.ASK_TO: _ask_to,
    Tap.ASK_ZONE: _ask_zone,
    Tap.ASK_ZONE_FIRST: _ask_zone_first,
    Tap.LEAST: _least,
    Tap.FROM: _from,
    Tap.TO: _to,
    Tap.ZONE: _zone,
    Tap.ZONE_FIRST: _zone_first,
    Tap.QUIET: _quiet,
    Tap.LOUD: _loud,
    Tap.PASS: _pass,
    Tap.WAIT: _wait,
}
"""What each button comes to: the screen shown next. All raise ``ValueError`` for an argument that is none."""
