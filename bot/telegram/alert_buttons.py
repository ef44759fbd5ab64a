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
from bot.domain.roles import Deed, Role
from bot.telegram.alert_keyboard import ALERT, Action, Pressed, quiet_keyboard, read_press
from bot.telegram.alert_rendering import AlertRenderer
from bot.telegram.alert_text import News, Subject, alert_text, gate_word, subject_line
from bot.telegram.check_presses import CheckPresses
from bot.telegram.describing import isolated, moment, utc
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
from bot.usecases.background import BackgroundTasks
from bot.usecases.check import CheckNow
from bot.usecases.gate import GateOutcome
from bot.usecases.manage import BehindAlert
from bot.usecases.ports import Alert
from bot.usecases.storage import StoreUnavailable

log = logging.getLogger("latchkey.alerts")

HOUR: Final = 3600.0


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
    """

    query: CallbackQuery
    message: Message | None
    alert: Alert | None
    connection: Connection
    role: Role
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


_IN_GROUPS: Final = frozenset({Action.PAUSE, Action.RESUME, Action.CHECK, Action.MUTE, Action.LEAVE})
"""What can be done under an alert in a group, by people who may; the rest opens a conversation."""
_DEEDS: Final[Mapping[Action, Deed]] = {
    Action.PAUSE: Deed.PAUSE,
    Action.RESUME: Deed.RESUME,
    Action.CHECK: Deed.CHECK,
    Action.MUTE: Deed.MUTE,
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
    if chat_id < 0 and action in {Action.MUTE, Action.LEAVE}:
        return Deed.SPEAK_FOR_GROUP
    return _DEEDS[action]


async def _admit(query: CallbackQuery, pressed: Pressed, services: Services, desk: AlertDesk, say: Speaker) -> Press:
    """Raises ``Gone`` or ``NotYours``."""
    actor_id = query.from_user.id
    assert query.message is not None
    chat_id = query.message.chat.id
    message = query.message if isinstance(query.message, Message) else None
    if pressed.subject == ALERT:
        found = await services.manage.behind_alert(actor_id, pressed.id, _deed(pressed.action, chat_id), chat_id)
        return Press(query, message, found.alert, found.connection, found.role, services, desk, say)
    connection = (await services.manage.card(actor_id, ConnectionId(pressed.id))).connection
    return Press(query, message, None, connection, Role.OWNER, services, desk, say)


# ------------------------------------------------------------------------------------------------------------ the verbs


async def _pause(press: Press) -> None:
    outcome = await press.services.gate.pause(press.actor_id, press.connection.id)
    await press.answer(_toast_of(press, outcome))
    await _refresh(press)


async def _resume(press: Press) -> None:
    outcome = await press.services.gate.resume(press.actor_id, press.connection.id)
    await press.answer(TOAST_OF_GATE[outcome])
    await _refresh(press)


def _toast_of(press: Press, outcome: GateOutcome) -> str:
    if outcome is GateOutcome.ALREADY_PAUSED and press.role is not Role.OWNER:
        return "toast-already-paused-by-hand"  # perhaps by its owner
    return TOAST_OF_GATE[outcome]


async def _mute(press: Press) -> None:
    until = await press.services.hear.mute(press.actor_id, press.connection.id, press.chat_id, HOUR)
    await press.answer("toast-muted", until=utc(until))


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
    Action.MUTE: _mute,
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


async def _refresh(press: Press) -> None:
    """The alert as it is now. One that is over keeps its words, as history, and loses the buttons it needs no more."""
    if press.alert is None:
        return
    with suppress(Gone, NotYours):
        behind = await press.services.manage.behind_alert(press.actor_id, press.alert.id, Deed.PAUSE, press.chat_id)
        wanted = _keyboard(press, behind)
        if press.message is not None and press.message.reply_markup == wanted:
            return  # it says so already: two presses at once
        await _edit(press.query, _present_text(press, behind), wanted)


def _present_text(press: Press, behind: BehindAlert, footer: Html | None = None) -> Html | None:
    """The alert's words as of now, for everybody who reads them there; None if it is over."""
    services, connection, health = press.services, behind.connection, behind.connection.health
    if _is_over(behind.alert, connection) or health.trouble is None:
        return None
    if behind.hears_as is not Role.OWNER:
        return press.desk.renderer.shared.text(press.to_chat, Told.of(connection, health.trouble), footer)
    subject, now = Subject.of(connection), services.clock.now()
    news = News(subject, health.trouble, _since(health), now, gate_word(health))
    return alert_text(press.say, news, services.profiles, services.egress_ips, footer)


def _is_over(alert: Alert, connection: Connection) -> bool:
    return alert.closed_at is not None or connection.health.trouble is None


def _keyboard(press: Press, behind: BehindAlert) -> InlineKeyboardMarkup | None:
    alert, connection, gate = behind.alert, behind.connection, gate_word(behind.connection.health)
    if behind.hears_as is not Role.OWNER:
        shared, over = press.desk.renderer.shared, _is_over(alert, connection)
        buttons = shared.quiet_keyboard if over else shared.keyboard
        return buttons(press.to_chat, alert.id, behind.hears_as, gate, group=press.chat_id < 0)
    if _is_over(alert, connection) or connection.health.trouble is None:
        return quiet_keyboard(press.say, alert.id, resume=gate == "paused_by_person")
    subject = Subject.of(connection)
    return press.desk.renderer.keyboard(press.say, alert.id, subject, connection.health.trouble.failure, gate)


async def _show_outcome(press: Press, found: CheckNow) -> None:
    """After **Check now**: the alert as things are now, in the same message."""
    assert press.alert is not None, "only alerts have this button"
    try:
        behind = await press.services.manage.behind_alert(press.actor_id, press.alert.id, Deed.CHECK, press.chat_id)
    except (Gone, NotYours):
        await _take_buttons_off(press.query)
    except StoreUnavailable:
        log.warning("alerts.outcome_not_shown", extra={"error": "StoreUnavailable"})
    else:
        await _edit(press.query, _outcome_text(press, behind, found), _keyboard(press, behind))


def _outcome_text(press: Press, behind: BehindAlert, found: CheckNow) -> Html:
    say, at, subject = press.to_chat, moment(press.services.clock.now()), Subject.of(behind.connection)
    no_network = found.trouble is not None and found.trouble.failure is Failure.NETWORK_DOWN
    footer = say("alert-checked-network" if no_network else "alert-checked-still", at=at)
    if (text := _present_text(press, behind, footer)) is not None:
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


async def _edit(query: CallbackQuery, text: Html | None, keyboard: InlineKeyboardMarkup | None) -> None:
    """A courtesy: the press has had its effect, and its answer. What Telegram refuses here is of no consequence."""
    bot, message = query.bot, query.message
    assert isinstance(bot, Bot)
    assert message is not None
    where: dict[str, Any] = {"chat_id": message.chat.id, "message_id": message.message_id, "reply_markup": keyboard}
    try:
        if text is None:
            await bot.edit_message_reply_markup(**where)
        else:
            await bot.edit_message_text(text, **where)
    except TelegramAPIError as error:
        log.info("alerts.edit_failed", extra={"error": type(error).__name__})
