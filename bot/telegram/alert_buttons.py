"""Presses of buttons under alerts: now, months later, twice at once, by the wrong person, in the wrong place, forged.

Callback data is untrusted and a message proves nothing, so every press asks the verbs anew who owns what now. Whoever
pressed always gets an answer; the alert's buttons are brought up to date whatever came of it.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramAPIError
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from aiogram_dialog import ShowMode

from bot.domain.connection import Connection, ConnectionId
from bot.domain.failures import Failure
from bot.domain.health import Health
from bot.domain.muting import MuteFor
from bot.telegram.alert_keyboard import ALERT, MUTES, Action, Pressed, mute_keyboard, quiet_keyboard, read_press
from bot.telegram.alert_rendering import AlertRenderer
from bot.telegram.alert_text import News, Subject, alert_text, gate_word, subject_line
from bot.telegram.attention_text import ACK_TOASTS, attention_lines, mute_choices, muted_toast
from bot.telegram.check_presses import CheckPresses
from bot.telegram.describing import isolated, moment
from bot.telegram.dialogs.backstage import Backstage, CannotEnter
from bot.telegram.dialogs.card import TOAST_OF_GATE
from bot.telegram.dialogs.messages import toast
from bot.telegram.dialogs.states import Card, Rotate
from bot.telegram.services import Services
from bot.telegram.texts import Html, Speaker
from bot.usecases.access import Gone, NotYours
from bot.usecases.acknowledge import Attention
from bot.usecases.background import BackgroundTasks
from bot.usecases.check import CheckNow
from bot.usecases.mute import NothingToMute
from bot.usecases.ports import Alert
from bot.usecases.storage import StoreUnavailable

log = logging.getLogger("latchkey.alerts")

FACELESS: Final = frozenset({777_000, 136_817_688, 1_087_968_824})
"""Whom Telegram shows for nobody in particular: its service account, channels, anonymous administrators."""


def alert_buttons_router() -> Router:
    """All presses under alerts and news, wherever they come from."""
    router = Router(name="alert buttons")
    router.callback_query(F.data.func(read_press).as_("pressed"))(on_press)
    return router


@dataclass(frozen=True, slots=True)
class AlertDesk:
    """What presses need beside the services. Given to handlers as ``alert_desk``."""

    renderer: AlertRenderer
    presses: CheckPresses
    backstage: Backstage
    tasks: BackgroundTasks


@dataclass(frozen=True, slots=True)
class Press:
    """One press by somebody who, as of now, may do it.

    Attributes:
        alert: None under news that are no alert.
    """

    query: CallbackQuery
    message: Message | None
    alert: Alert | None
    connection: Connection
    services: Services
    desk: AlertDesk
    say: Speaker

    @property
    def actor_id(self) -> int:
        """Who pressed, never where."""
        return self.query.from_user.id

    async def answer(self, words: str, **values: str) -> None:
        """The toast."""
        await toast(self.query, self.say.plain(words, **values))


async def on_press(
    query: CallbackQuery, pressed: Pressed, services: Services, alert_desk: AlertDesk, say: Speaker
) -> None:
    """Asks whether this person may do this here and now, and does it."""
    if refusal := _wrong_place(query):
        await toast(query, say.plain(refusal), alert=True)
        return
    try:
        press = await _admit(query, pressed, services, alert_desk, say)
        await _ACTIONS[pressed.action](press)
    except Gone:
        await toast(query, say.plain("press-gone"), alert=True)
        await _take_buttons_off(query)
    except NotYours:
        await toast(query, say.plain("press-not-yours"), alert=True)


def _wrong_place(query: CallbackQuery) -> str | None:
    if query.from_user.is_bot or query.from_user.id in FACELESS:
        return "press-anonymous"
    if query.message is None or query.message.chat.type != ChatType.PRIVATE:
        return "press-in-private"
    return None


async def _admit(query: CallbackQuery, pressed: Pressed, services: Services, desk: AlertDesk, say: Speaker) -> Press:
    """Raises ``Gone`` or ``NotYours``."""
    actor_id = query.from_user.id
    alert: Alert | None = None
    if pressed.subject == ALERT:
        alert, connection = await services.manage.behind_alert(actor_id, pressed.id)
    else:
        connection = (await services.manage.card(actor_id, ConnectionId(pressed.id))).connection
    message = query.message if isinstance(query.message, Message) else None
    assert query.message is not None
    if alert is not None and alert.chat_id != query.message.chat.id:
        raise NotYours
    return Press(query, message, alert, connection, services, desk, say)


# ------------------------------------------------------------------------------------------------------------ the verbs


async def _pause(press: Press) -> None:
    outcome = await press.services.gate.pause(press.actor_id, press.connection.id)
    await press.answer(TOAST_OF_GATE[outcome])
    await _refresh(press)


async def _resume(press: Press) -> None:
    outcome = await press.services.gate.resume(press.actor_id, press.connection.id)
    await press.answer(TOAST_OF_GATE[outcome])
    await _refresh(press)


async def _acknowledge(press: Press) -> None:
    assert press.alert is not None, "only alerts have this button"
    outcome = await press.services.acknowledge(press.actor_id, press.alert.id)
    await press.answer(ACK_TOASTS[outcome])
    await _refresh(press)


async def _ask_how_long(press: Press) -> None:
    await press.answer("toast-mute-how-long")
    await _refresh(press, asking=True)


async def _mute(how_long: MuteFor, press: Press) -> None:
    assert press.alert is not None, "only alerts have this button"
    zone = (await press.services.acknowledge.attention(press.alert)).zone
    try:
        until = await press.services.mute.mute(press.actor_id, press.connection.id, how_long)
    except NothingToMute:
        await press.answer("toast-mute-nothing")
    else:
        await toast(press.query, muted_toast(press.say, until, zone))
    await _refresh(press)


async def _mute_not(press: Press) -> None:
    await press.answer("toast-mute-not")
    await _refresh(press)


async def _unmute(press: Press) -> None:
    await press.services.mute.unmute(press.actor_id, press.connection.id)
    await press.answer("toast-unmuted")
    await _refresh(press)


async def _rotate(press: Press) -> None:
    await press.answer("toast-opening")
    _open_later(press, Rotate.guide)


async def _details(press: Press) -> None:
    await press.answer("toast-opening")
    _open_later(press, Card.shown)


async def _check(press: Press) -> None:
    message = press.query.message
    assert message is not None
    place = ("alert", message.chat.id, message.message_id)
    started = press.desk.presses.start(place, press.connection.id, partial(_show_outcome, press))
    await press.answer("toast-checking" if started else "toast-checking-already")


_ACTIONS: Final[Mapping[Action, Callable[[Press], Awaitable[None]]]] = {
    Action.PAUSE: _pause,
    Action.RESUME: _resume,
    Action.ACKNOWLEDGE: _acknowledge,
    Action.MUTE: _ask_how_long,
    **{action: partial(_mute, how_long) for action, how_long in MUTES.items()},
    Action.MUTE_NOT: _mute_not,
    Action.UNMUTE: _unmute,
    Action.ROTATE: _rotate,
    Action.DETAILS: _details,
    Action.CHECK: _check,
}

# -------------------------------------------------------------------------------------------------- dialogs from alerts


def _open_later(press: Press, state: State) -> None:
    """A dialog, below. Opened from within this handler, aiogram-dialog would take the alert for its former window."""
    press.desk.tasks.spawn("alerts.open", _open(press.desk.backstage, press.actor_id, press.connection.id, state))


async def _open(backstage: Backstage, person_id: int, connection_id: ConnectionId, state: State) -> None:
    try:
        async with backstage.enter(person_id) as manager:
            await manager.reset_stack(remove_keyboard=False)
            await manager.start(state, {"connection": connection_id}, show_mode=ShowMode.SEND)
    except (CannotEnter, StoreUnavailable) as error:
        log.warning("alerts.not_opened", extra={"error": type(error).__name__})


# -------------------------------------------------------------------------------------------------- the alert's message


async def _refresh(press: Press, *, asking: bool = False) -> None:
    """The alert as it is now. One that is over keeps its words, as history, and loses the buttons it needs no more.

    Args:
        press: what was pressed: under the alert itself, or under a message that told it again.
        asking: for how long to mute is asked.
    """
    if press.alert is None:
        return
    with suppress(Gone, NotYours):
        alert, connection = await press.services.manage.behind_alert(press.actor_id, press.alert.id)
        attention = await press.services.acknowledge.attention(alert)
        asking = asking and not _is_over(alert, connection)
        wanted = mute_keyboard(press.say, alert.id) if asking else _keyboard(press, alert, connection, attention)
        lines = attention_lines(press.say, attention)
        if asking:
            lines += mute_choices(press.say, press.services.clock.now(), attention.zone)
        text = _present_text(press, alert, connection, *lines)
        if press.message is not None and alert.message_id not in {None, press.message.message_id}:
            await _edit(press.query, None, quiet_keyboard(press.say, alert.id))
            await _edit(press.query, text, wanted, message_id=alert.message_id)
        elif press.message is None or press.message.reply_markup != wanted:  # else it says so already: two at once
            await _edit(press.query, text, wanted)


def _present_text(press: Press, alert: Alert, connection: Connection, *below: Html) -> Html | None:
    """The alert's words as of now; None if it is over."""
    services, health = press.services, connection.health
    if _is_over(alert, connection) or health.trouble is None:
        return None
    subject, now = Subject.of(connection), services.clock.now()
    news = News(subject, health.trouble, _since(health), now, gate_word(health))
    footer = Html("\n".join(below)) if below else None
    return alert_text(press.say, news, services.profiles, services.egress_ips, footer)


def _is_over(alert: Alert, connection: Connection) -> bool:
    return alert.closed_at is not None or connection.health.trouble is None


def _keyboard(press: Press, alert: Alert, connection: Connection, attention: Attention) -> InlineKeyboardMarkup:
    gate = gate_word(connection.health)
    if _is_over(alert, connection) or connection.health.trouble is None:
        return quiet_keyboard(press.say, alert.id, resume=gate == "paused_by_person")
    subject, failure = Subject.of(connection), connection.health.trouble.failure
    return press.desk.renderer.keyboard(press.say, alert.id, subject, failure, gate, attention)


async def _show_outcome(press: Press, found: CheckNow) -> None:
    """After **Check now**: the alert as things are now, in the same message."""
    assert press.alert is not None, "only alerts have this button"
    try:
        alert, connection = await press.services.manage.behind_alert(press.actor_id, press.alert.id)
        attention = await press.services.acknowledge.attention(alert)
    except (Gone, NotYours):
        await _take_buttons_off(press.query)
    except StoreUnavailable:
        log.warning("alerts.outcome_not_shown", extra={"error": "StoreUnavailable"})
    else:
        text = _outcome_text(press, alert, connection, found, attention)
        await _edit(press.query, text, _keyboard(press, alert, connection, attention))


def _outcome_text(press: Press, alert: Alert, connection: Connection, found: CheckNow, attention: Attention) -> Html:
    say, at, subject = press.say, moment(press.services.clock.now()), Subject.of(connection)
    no_network = found.trouble is not None and found.trouble.failure is Failure.NETWORK_DOWN
    footer = say("alert-checked-network" if no_network else "alert-checked-still", at=at)
    below = (*attention_lines(say, attention), footer)
    if (text := _present_text(press, alert, connection, *below)) is not None:
        return text
    lines = [
        say("alert-over", label=isolated(subject.label)),
        subject_line(say, subject, press.services.profiles),
        footer if no_network else say("alert-checked-well", at=at),
    ]
    return Html("\n".join(lines))


def _since(health: Health) -> float:
    return health.trouble_since if health.trouble_since is not None else health.status_since


async def _take_buttons_off(query: CallbackQuery) -> None:
    """The connection is gone: nothing under this message can work again."""
    if query.message is not None and query.message.chat.type == ChatType.PRIVATE:
        await _edit(query, None, None)


async def _edit(
    query: CallbackQuery, text: Html | None, keyboard: InlineKeyboardMarkup | None, message_id: int | None = None
) -> None:
    """Changes the message that was pressed, or another one of its chat.

    A courtesy: the press has had its effect, and its answer. What Telegram refuses here is of no consequence.
    """
    bot, message = query.bot, query.message
    assert isinstance(bot, Bot)
    assert message is not None
    where: dict[str, Any] = {
        "chat_id": message.chat.id,
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
