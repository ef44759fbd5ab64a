"""Presses of buttons under alerts: now, months later, twice at once, by the wrong person, in the wrong place, forged.

Callback data is untrusted and a message proves nothing, so every press asks the verbs anew who owns what now. Whoever
pressed always gets an answer; the alert's buttons are brought up to date whatever came of it.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import ShowMode

from bot.domain.connection import ConnectionId
from bot.domain.muting import MuteFor
from bot.domain.roles import Deed, Role
from bot.telegram.alert_keyboard import ALERT, MUTES, Action, Pressed, read_press
from bot.telegram.alert_message import edit, refresh, show_elsewhere, show_outcome, take_buttons_off
from bot.telegram.alert_press import AlertDesk, Press
from bot.telegram.attention_text import ACK_TOASTS, muted_toast
from bot.telegram.describing import isolated
from bot.telegram.dialogs.backstage import Backstage, CannotEnter
from bot.telegram.dialogs.controls import TOAST_OF_GATE
from bot.telegram.dialogs.messages import toast
from bot.telegram.dialogs.states import Card, Rotate
from bot.telegram.faceless import is_faceless
from bot.telegram.refusals import refusal_of
from bot.telegram.services import Services
from bot.telegram.texts import Speaker
from bot.usecases.access import Elsewhere, Gone, NoLonger, NotYours
from bot.usecases.acknowledge import AckOutcome
from bot.usecases.gate import GateOutcome
from bot.usecases.mute import NothingToMute
from bot.usecases.storage import StoreUnavailable

log = logging.getLogger("latchkey.alerts")


def alert_buttons_router() -> Router:
    """All presses under alerts and news, wherever they come from."""
    router = Router(name="alert buttons")
    router.callback_query(F.data.func(read_press).as_("pressed"))(on_press)
    return router


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
        await take_buttons_off(query)
    except NotYours as refused:
        private = query.message is not None and query.message.chat.type == ChatType.PRIVATE
        if isinstance(refused, Elsewhere):
            words = "press-not-yours" if private else "press-in-private"
        else:
            words = refusal_of(refused) if private else "press-only-operators"
        await toast(query, say.plain(words), alert=True)
        if isinstance(refused, NoLonger):
            await take_buttons_off(query)


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
    await refresh(press)


async def _resume(press: Press) -> None:
    outcome = await press.services.gate.resume(press.actor_id, press.connection.id)
    await press.answer(TOAST_OF_GATE[outcome])
    await refresh(press)


async def _acknowledge(press: Press) -> None:
    assert press.alert is not None, "only alerts have this button"
    outcome = await press.services.acknowledge(press.actor_id, press.alert.id)
    await press.answer(ACK_TOASTS[outcome])
    await refresh(press)
    if outcome is AckOutcome.ACKNOWLEDGED:
        press.desk.tasks.spawn("alerts.shown_elsewhere", show_elsewhere(press, press.alert.id))


async def _ask_how_long(press: Press) -> None:
    await press.answer("toast-mute-how-long")
    await refresh(press, asking=True)


async def _mute(how_long: MuteFor, press: Press) -> None:
    assert press.alert is not None, "only alerts have this button"
    zone = (await press.services.choose.of_chat(press.chat_id)).known_zone
    try:
        until = await press.services.mute.mute(press.actor_id, press.connection.id, press.chat_id, how_long)
    except NothingToMute:
        await press.answer("toast-mute-nothing")
    else:
        await toast(press.query, muted_toast(press.say, until, zone))
    await refresh(press)


async def _mute_not(press: Press) -> None:
    await press.answer("toast-mute-not")
    await refresh(press)


async def _unmute(press: Press) -> None:
    await press.services.mute.unmute(press.actor_id, press.connection.id, press.chat_id)
    await press.answer("toast-unmuted")
    await refresh(press)


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
    await edit(press.query, None, None)


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
    started = press.desk.presses.start(place, press.connection.id, partial(show_outcome, press))
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
