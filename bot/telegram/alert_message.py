"""The message of an alert, brought up to date after a press: its words, what was done about it, its buttons."""

import logging
from contextlib import suppress
from dataclasses import replace
from typing import Any

from aiogram import Bot
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from bot.domain.connection import Connection
from bot.domain.failures import Failure
from bot.domain.health import Health
from bot.domain.roles import Deed, Role
from bot.telegram.alert_keyboard import mute_keyboard, quiet_keyboard
from bot.telegram.alert_press import Press
from bot.telegram.alert_text import News, Subject, alert_text, gate_word, subject_line
from bot.telegram.attention_text import attention_lines, mute_choices
from bot.telegram.describing import isolated, moment
from bot.telegram.shared_rendering import Told
from bot.telegram.texts import Html
from bot.usecases.access import Gone, NotYours
from bot.usecases.acknowledge import Attention
from bot.usecases.check import CheckNow
from bot.usecases.delivery import Alert
from bot.usecases.manage import BehindAlert
from bot.usecases.storage import StoreUnavailable

log = logging.getLogger("latchkey.alerts")


async def refresh(press: Press, *, asking: bool = False) -> None:
    """The alert as it is now. One that is over keeps its words, as history, and loses the buttons it needs no more.

    Args:
        press: what was pressed: under the alert itself, or under a message that told it again.
        asking: for how long to mute is asked.
    """
    if press.alert is None:
        return
    with suppress(Gone, NotYours):
        behind = await press.services.manage.behind_alert(press.actor_id, press.alert.id, press.deed, press.chat_id)
        alert, attention = behind.alert, await _attention(press, behind)
        asking = asking and not _is_over(alert, behind.connection)
        wanted = mute_keyboard(press.to_chat, alert.id) if asking else _keyboard(press, behind, attention)
        lines = attention_lines(press.to_chat, attention, press.services.clock.now())
        if asking:
            lines += mute_choices(press.to_chat, press.services.clock.now(), attention.zone)
        text = _present_text(press, behind, *lines)
        if press.message is not None and alert.message_id not in {None, press.message.message_id}:
            await edit(press.query, None, _left_under_a_repeat(press, behind))
            await edit(press.query, text, wanted, message_id=alert.message_id)
        elif press.message is None or press.message.reply_markup != wanted:  # else it says so already: two at once
            await edit(press.query, text, wanted)


async def _attention(press: Press, behind: BehindAlert) -> Attention:
    """What people have done about it, as far as the alert's chat may know."""
    return await press.services.acknowledge.attention(behind.alert, behind.hears_as)


async def show_elsewhere(press: Press, alert_id: str) -> None:
    """The others who hear of it see that somebody has taken it up, without a sound."""
    try:
        others = await press.services.acknowledge.elsewhere(alert_id)
    except StoreUnavailable:
        log.warning("alerts.not_shown_elsewhere", extra={"error": "StoreUnavailable"})
        return
    for told in others:
        there = replace(press, say=press.services.texts.for_person(told.person), place=told.alert.chat_id)
        behind = BehindAlert(told.alert, told.connection, press.role, told.hears_as)
        text = _present_text(there, behind, *attention_lines(there.to_chat, told.attention, press.services.clock.now()))
        if text is not None:
            keyboard = _keyboard(there, behind, told.attention)
            await edit(press.query, text, keyboard, message_id=told.alert.message_id, chat_id=there.chat_id)


def _left_under_a_repeat(press: Press, behind: BehindAlert) -> InlineKeyboardMarkup | None:
    return quiet_keyboard(press.say, behind.alert.id) if behind.hears_as is Role.OWNER else None


def _present_text(press: Press, behind: BehindAlert, *below: Html) -> Html | None:
    """The alert's words as of now, for everybody who reads them there; None if it is over."""
    services, connection, health = press.services, behind.connection, behind.connection.health
    if _is_over(behind.alert, connection) or health.trouble is None:
        return None
    footer = Html("\n".join(below)) if below else None
    if behind.hears_as is not Role.OWNER:
        return press.desk.renderer.shared.text(press.to_chat, Told.of(connection, health.trouble), footer)
    subject, now = Subject.of(connection), services.clock.now()
    news = News(subject, health.trouble, _since(health), now, gate_word(health))
    return alert_text(press.say, news, services.profiles, services.egress_ips, footer)


def _is_over(alert: Alert, connection: Connection) -> bool:
    return alert.closed_at is not None or connection.health.trouble is None


def _keyboard(press: Press, behind: BehindAlert, attention: Attention) -> InlineKeyboardMarkup | None:
    alert, connection, gate = behind.alert, behind.connection, gate_word(behind.connection.health)
    trouble, shared, in_group = connection.health.trouble, press.desk.renderer.shared, press.chat_id < 0
    over = _is_over(alert, connection) or trouble is None
    if behind.hears_as is not Role.OWNER:
        if over or trouble is None:
            return shared.quiet_keyboard(press.to_chat, alert.id, behind.hears_as, gate, group=in_group)
        return shared.keyboard(
            press.to_chat, alert.id, behind.hears_as, trouble.failure, gate, group=in_group, attention=attention
        )
    if over or trouble is None:
        return quiet_keyboard(press.say, alert.id, resume=gate == "paused_by_person")
    subject = Subject.of(connection)
    return press.desk.renderer.keyboard(press.say, alert.id, subject, trouble.failure, gate, attention)


async def show_outcome(press: Press, found: CheckNow) -> None:
    """After **Check now**: the alert as things are now, in the same message."""
    assert press.alert is not None, "only alerts have this button"
    try:
        behind = await press.services.manage.behind_alert(press.actor_id, press.alert.id, Deed.CHECK, press.chat_id)
        attention = await _attention(press, behind)
    except (Gone, NotYours):
        await take_buttons_off(press.query)
    except StoreUnavailable:
        log.warning("alerts.outcome_not_shown", extra={"error": "StoreUnavailable"})
    else:
        await edit(press.query, _outcome_text(press, behind, found, attention), _keyboard(press, behind, attention))


def _outcome_text(press: Press, behind: BehindAlert, found: CheckNow, attention: Attention) -> Html:
    say, at, subject = press.to_chat, moment(press.services.clock.now()), Subject.of(behind.connection)
    no_network = found.trouble is not None and found.trouble.failure is Failure.NETWORK_DOWN
    footer = say("alert-checked-network" if no_network else "alert-checked-still", at=at)
    below = (*attention_lines(say, attention, press.services.clock.now()), footer)
    if (text := _present_text(press, behind, *below)) is not None:
        return text
    if behind.hears_as is not Role.OWNER:
        well = footer if no_network else say("alert-checked-well", at=at)
        return press.desk.renderer.shared.over_text(say, behind.connection, well)
    lines = [
        say("alert-over", label=isolated(subject.label)),
        subject_line(say, subject, press.services.profiles),
        footer if no_network else say("alert-checked-well", at=at),
    ]
    return Html("\n".join(lines))


def _since(health: Health) -> float:
    return health.trouble_since if health.trouble_since is not None else health.status_since


async def take_buttons_off(query: CallbackQuery) -> None:
    """The connection is gone: nothing under this message can work again."""
    if query.message is not None and query.message.chat.type == ChatType.PRIVATE:
        await edit(query, None, None)


async def edit(
    query: CallbackQuery,
    text: Html | None,
    keyboard: InlineKeyboardMarkup | None,
    message_id: int | None = None,
    chat_id: int | None = None,
) -> None:
    """Changes the message that was pressed, or another one of its chat, or of another chat.

    A courtesy: the press has had its effect, and its answer. What Telegram refuses here is of no consequence.
    """
    bot, message = query.bot, query.message
    assert isinstance(bot, Bot)
    assert message is not None
    where: dict[str, Any] = {
        "chat_id": chat_id or message.chat.id,
        "message_id": message_id or message.message_id,
        "reply_markup": keyboard,
    }
    try:
        if text is None:
            await bot.edit_message_reply_markup(**where)
        else:
            await bot.edit_message_text(text, **where)
    except TelegramAPIError as error:
        log.info("alerts.edit_failed", extra={"error": type(error).__name__})
