"""Presses of buttons under alerts: now, months later, twice at once, by the wrong person, in the wrong place, forged.

Callback data is untrusted and a message proves nothing, so every press asks the verbs anew who owns what now. Whoever
pressed always gets an answer; the alert's buttons are brought up to date whatever came of it.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
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
from bot.domain.roles import Deed, Role
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
from bot.telegram.faceless import is_faceless
from bot.telegram.refusals import refusal_of
from bot.telegram.services import Services
from bot.telegram.shared_rendering import Told
from bot.telegram.texts import Html, Speaker
from bot.usecases.access import Elsewhere, Gone, NoLonger, NotYours
from bot.usecases.acknowledge import Attention
from bot.usecases.background import BackgroundTasks
from bot.usecases.check import CheckNow
from bot.usecases.gate import GateOutcome
from bot.usecases.manage import BehindAlert
from bot.usecases.mute import NothingToMute
from bot.usecases.ports import Alert
from bot.usecases.storage import StoreUnavailable

log = logging.getLogger("latchkey.alerts")


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
        role: what whoever pressed is to the connection; what is shown goes by the chat's role, not by theirs.
        deed: what was pressed for; asked for again when the outcome is shown.
    """

    query: CallbackQuery
    message: Message | None
    alert: Alert | None
    connection: Connection
    role: Role
    deed: Deed
    services: Services
    desk: AlertDesk
    say: Speaker

    @property
    def actor_id(self) -> int:
        """Who pressed, never where."""
        return self.query.from_user.id

    @property
    def chat_id(self) -> int:
        """Where."""
        assert self.query.message is not None
        return self.query.message.chat.id

    @property
    def to_chat(self) -> Speaker:
        """The voice of the message itself: a group is spoken to in one language, whoever presses."""
        return self.say if self.chat_id > 0 else self.services.texts.of(None)

    async def answer(self, words: str, **values: str) -> None:
        """The toast."""
        await toast(self.query, self.say.plain(words, **values))


async def on_press(
    query: CallbackQuery, pressed: Pressed, services: Services, alert_desk: AlertDesk, say: Speaker
) -> None:
    """Asks whether this person may do this here and now, and does it."""
    if refusal := _wrong_place(query, pressed):
        await toast(query, say.plain(refusal), alert=True)
        return
    try:
        press = await _admit(query, pressed, services, alert_desk, say)
        await _ACTIONS[pressed.action](press)
    except Gone:
        await toast(query, say.plain("press-gone"), alert=True)
        await _take_buttons_off(query)
    except NotYours as refused:
        private = query.message is not None and query.message.chat.type == ChatType.PRIVATE
        if isinstance(refused, Elsewhere):
            words = "press-not-yours" if private else "press-in-private"
        else:
            words = refusal_of(refused) if private else "press-only-operators"
        await toast(query, say.plain(words), alert=True)
        if isinstance(refused, NoLonger):
            await _take_buttons_off(query)


_MUTING: Final = frozenset({Action.MUTE, *MUTES, Action.MUTE_NOT, Action.UNMUTE})
_IN_GROUPS: Final = _MUTING | {Action.PAUSE, Action.RESUME, Action.CHECK, Action.ACKNOWLEDGE, Action.LEAVE}
"""What can be done under an alert in a group, by people who may; the rest opens a conversation."""
_DEEDS: Final[Mapping[Action, Deed]] = {
    Action.PAUSE: Deed.PAUSE,
    Action.RESUME: Deed.RESUME,
    Action.CHECK: Deed.CHECK,
    Action.ACKNOWLEDGE: Deed.ACKNOWLEDGE,
    **dict.fromkeys(_MUTING, Deed.MUTE),
    Action.LEAVE: Deed.LEAVE,
    Action.ROTATE: Deed.MANAGE,
    Action.DETAILS: Deed.MANAGE,
}


def _wrong_place(query: CallbackQuery, pressed: Pressed) -> str | None:
    if is_faceless(query.from_user):
        return "press-anonymous"
    if query.message is None:
        return "press-in-private"
    in_private = query.message.chat.type == ChatType.PRIVATE
    if not in_private and (pressed.subject != ALERT or pressed.action not in _IN_GROUPS):
        return "press-in-private"
    return None


def _deed(action: Action, chat_id: int) -> Deed:
    if chat_id < 0 and (action in _MUTING or action is Action.LEAVE):
        return Deed.SPEAK_FOR_GROUP
    return _DEEDS[action]


async def _admit(query: CallbackQuery, pressed: Pressed, services: Services, desk: AlertDesk, say: Speaker) -> Press:
    """Raises ``Gone`` or ``NotYours``."""
    actor_id = query.from_user.id
    assert query.message is not None
    chat_id = query.message.chat.id
    message = query.message if isinstance(query.message, Message) else None
    if pressed.subject == ALERT:
        deed = _deed(pressed.action, chat_id)
        found = await services.manage.behind_alert(actor_id, pressed.id, deed, chat_id)
        return Press(query, message, found.alert, found.connection, found.role, deed, services, desk, say)
    connection = (await services.manage.card(actor_id, ConnectionId(pressed.id))).connection
    return Press(query, message, None, connection, Role.OWNER, Deed.MANAGE, services, desk, say)


# ------------------------------------------------------------------------------------------------------------ the verbs


async def _pause(press: Press) -> None:
    outcome = await press.services.gate.pause(press.actor_id, press.connection.id)
    await press.answer(_toast_of(press, outcome))
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
        until = await press.services.mute.mute(press.actor_id, press.connection.id, press.chat_id, how_long)
    except NothingToMute:
        await press.answer("toast-mute-nothing")
    else:
        await toast(press.query, muted_toast(press.say, until, zone))
    await _refresh(press)


async def _mute_not(press: Press) -> None:
    await press.answer("toast-mute-not")
    await _refresh(press)


async def _unmute(press: Press) -> None:
    await press.services.mute.unmute(press.actor_id, press.connection.id, press.chat_id)
    await press.answer("toast-unmuted")
    await _refresh(press)


def _toast_of(press: Press, outcome: GateOutcome) -> str:
    if outcome is GateOutcome.ALREADY_PAUSED and press.role is not Role.OWNER:
        return "toast-already-paused-by-hand"  # perhaps by its owner
    return TOAST_OF_GATE[outcome]


async def _leave(press: Press) -> None:
    if press.role is Role.OWNER and press.chat_id == press.actor_id:
        await press.answer("press-own-cannot-leave")
        return
    await press.services.hear.leave(press.actor_id, press.connection.id, press.chat_id)
    await press.answer("toast-left", label=isolated(press.connection.label))
    await _edit(press.query, None, None)


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
    Action.LEAVE: _leave,
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
        behind = await press.services.manage.behind_alert(press.actor_id, press.alert.id, press.deed, press.chat_id)
        alert, attention = behind.alert, await _attention(press, behind)
        asking = asking and not _is_over(alert, behind.connection)
        wanted = mute_keyboard(press.to_chat, alert.id) if asking else _keyboard(press, behind, attention)
        lines = attention_lines(press.to_chat, attention)
        if asking:
            lines += mute_choices(press.to_chat, press.services.clock.now(), attention.zone)
        text = _present_text(press, behind, *lines)
        if press.message is not None and alert.message_id not in {None, press.message.message_id}:
            await _edit(press.query, None, _left_under_a_repeat(press, behind))
            await _edit(press.query, text, wanted, message_id=alert.message_id)
        elif press.message is None or press.message.reply_markup != wanted:  # else it says so already: two at once
            await _edit(press.query, text, wanted)


async def _attention(press: Press, behind: BehindAlert) -> Attention:
    """What people have done about it. Who they are, only the owner is told."""
    attention = await press.services.acknowledge.attention(behind.alert)
    return attention if behind.hears_as is Role.OWNER else replace(attention, acked_by=None)


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


async def _show_outcome(press: Press, found: CheckNow) -> None:
    """After **Check now**: the alert as things are now, in the same message."""
    assert press.alert is not None, "only alerts have this button"
    try:
        behind = await press.services.manage.behind_alert(press.actor_id, press.alert.id, Deed.CHECK, press.chat_id)
        attention = await _attention(press, behind)
    except (Gone, NotYours):
        await _take_buttons_off(press.query)
    except StoreUnavailable:
        log.warning("alerts.outcome_not_shown", extra={"error": "StoreUnavailable"})
    else:
        await _edit(press.query, _outcome_text(press, behind, found, attention), _keyboard(press, behind, attention))


def _outcome_text(press: Press, behind: BehindAlert, found: CheckNow, attention: Attention) -> Html:
    say, at, subject = press.to_chat, moment(press.services.clock.now()), Subject.of(behind.connection)
    no_network = found.trouble is not None and found.trouble.failure is Failure.NETWORK_DOWN
    footer = say("alert-checked-network" if no_network else "alert-checked-still", at=at)
    below = (*attention_lines(say, attention), footer)
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
