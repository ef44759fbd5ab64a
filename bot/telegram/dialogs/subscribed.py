"""Somebody else's connection, as one hears of it: how it is, and what this role may do about it."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, ShowMode, StartMode, Window
from aiogram_dialog.widgets.kbd import Button, Row, SwitchTo

from bot.domain.connection import Connection, ConnectionId
from bot.domain.roles import Deed, may
from bot.telegram.alert_text import gate_word
from bot.telegram.attention_text import muted_line
from bot.telegram.check_presses import CheckPresses
from bot.telegram.describing import ago, answer_of, cause_of, isolated, moment, place_line, sign
from bot.telegram.dialogs.backstage import Backstage, CannotEnter
from bot.telegram.dialogs.card import TOAST_OF_GATE, gate_button
from bot.telegram.dialogs.messages import toast
from bot.telegram.dialogs.muting import how_long, mute_window, unmute
from bot.telegram.dialogs.owned import THERE, connection_of, home_button, lost, refuse
from bot.telegram.dialogs.states import Home, Subscribed
from bot.telegram.dialogs.steps import at
from bot.telegram.dialogs.widgets import DANGER, PRIMARY, Caption, Ready, services_of, speaker
from bot.telegram.dialogs.wizards import person_of, wizards_of
from bot.telegram.services import Services
from bot.telegram.shared_rendering import Told
from bot.telegram.texts import Html, Speaker
from bot.usecases.access import Gone, NotYours
from bot.usecases.check import CheckNow
from bot.usecases.gate import GateOutcome
from bot.usecases.storage import StoreUnavailable
from bot.usecases.subscribe import Heard

log = logging.getLogger("latchkey.dialogs")


async def _shown(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    services, say = services_of(dialog_manager), speaker(dialog_manager)
    try:
        heard = await _heard(dialog_manager)
    except (Gone, NotYours) as error:
        return lost(say, error) | {"controls": False, "muted": False, "gate": ""}
    checking = _presses_of(dialog_manager).under_way(_place(dialog_manager))
    return {
        "text": _text(say, heard, services, checking=checking),
        THERE: True,
        "controls": may(heard.subscription.role, Deed.PAUSE),
        "muted": heard.muted_until is not None,
        "gate": gate_button(heard.connection.health),
    }


def _text(say: Speaker, heard: Heard, services: Services, *, checking: bool) -> Html:
    connection, health = heard.connection, heard.connection.health
    head = [
        say("card-title", sign=sign(health), label=isolated(connection.label)),
        place_line(say, connection.place, services.profiles),
        say("heard-role", role=heard.subscription.role.value),
    ]
    state = [
        say(
            "heard-status", status=say.plain(f"shared-status-{health.status.value}"), since=moment(health.status_since)
        ),
        say(f"shared-gate-{gate_word(health)}"),
    ]
    why = list(_why(say, connection, services))
    last = [checked(say, connection, services, checking=checking)]
    if heard.muted_until is not None:
        last.append(muted_line(say, "card-muted", heard.muted_until))
    return Html("\n\n".join("\n".join(block) for block in (head, state, why, last) if block))


def _why(say: Speaker, connection: Connection, services: Services) -> list[Html]:
    trouble = connection.health.trouble
    if trouble is None:
        return []
    told = Told.of(connection, trouble)
    lines = [
        cause_of(say, told.trouble, told.place, services.profiles),
        answer_of(say, told.trouble, told.place.exchange, services.profiles),
    ]
    return [line for line in lines if line]


def checked(say: Speaker, connection: Connection, services: Services, *, checking: bool = False) -> Html:
    """The age of the last check."""
    if checking:
        return say("card-checking")
    if connection.last_probe_at is None:
        return say("card-not-checked")
    return say("heard-checked", ago=ago(say, connection.last_probe_at, services.clock.now()))


# --------------------------------------------------------------------------------------------------------------- verbs


async def _pause(press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _turn_gate(press, manager, services_of(manager).gate.pause)


async def _resume(press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _turn_gate(press, manager, services_of(manager).gate.resume)


async def _turn_gate(
    press: CallbackQuery, manager: DialogManager, verb: Callable[[int, ConnectionId], Awaitable[GateOutcome]]
) -> None:
    try:
        outcome = await verb(person_of(manager), connection_of(manager))
    except (Gone, NotYours) as error:
        await refuse(press, manager, error)
        return
    already = outcome is GateOutcome.ALREADY_PAUSED
    await toast(press, speaker(manager).plain("toast-already-paused-by-hand" if already else TOAST_OF_GATE[outcome]))


async def _check(press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    person_id, connection_id = person_of(manager), connection_of(manager)
    try:
        await services_of(manager).hear.may(person_id, connection_id, Deed.CHECK)
    except (Gone, NotYours) as error:
        await refuse(press, manager, error)
        return
    then = partial(_show_again, wizards_of(manager).backstage, person_id, connection_id)
    started = _presses_of(manager).start(_place(manager), connection_id, then)
    await toast(press, speaker(manager).plain("toast-checking" if started else "toast-checking-already"))


async def _show_again(backstage: Backstage, person_id: int, connection_id: ConnectionId, _found: CheckNow) -> None:
    try:
        async with backstage.enter(person_id) as manager:
            if at(manager, Subscribed.shown) and connection_of(manager) == connection_id:
                await manager.show(ShowMode.EDIT)
    except (CannotEnter, StoreUnavailable) as error:
        log.warning("card.not_shown_again", extra={"error": type(error).__name__})


async def _how_long(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    try:
        heard = await _heard(dialog_manager)
    except (Gone, NotYours) as error:
        return lost(speaker(dialog_manager), error)
    return await how_long(dialog_manager, heard.connection)


async def _ask_to_leave(_press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.switch_to(Subscribed.leaving)


async def _stay(_press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.switch_to(Subscribed.shown)


async def _leaving(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say = speaker(dialog_manager)
    try:
        heard = await _heard(dialog_manager)
    except (Gone, NotYours) as error:
        return lost(say, error)
    return {"text": say("heard-leave-ask", label=isolated(heard.connection.label)), THERE: True}


async def _leave(press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    me = person_of(manager)
    try:
        connection = await services_of(manager).hear.leave(me, connection_of(manager), me)
    except (Gone, NotYours) as error:
        await refuse(press, manager, error)
        return
    await toast(press, speaker(manager).plain("toast-left", label=isolated(connection.label)))
    await manager.start(Home.connections, mode=StartMode.RESET_STACK)


async def _heard(manager: DialogManager) -> Heard:
    """Raises ``Gone`` or ``NotYours``."""
    return await services_of(manager).hear.one(person_of(manager), connection_of(manager))


def _place(manager: DialogManager) -> tuple[str, int, ConnectionId]:
    return ("heard", person_of(manager), connection_of(manager))


def _presses_of(manager: DialogManager) -> CheckPresses:
    presses = manager.middleware_data["check_presses"]
    assert isinstance(presses, CheckPresses)
    return presses


def _gate_is(name: str) -> Callable[[dict[str, Any], Any, DialogManager], bool]:
    return lambda data, _widget, _manager: bool(data["gate"] == name)


def subscribed_dialog() -> Dialog:
    """The dialog, for one router."""
    return Dialog(
        Window(
            Ready("text"),
            Row(
                Button(Caption("button-check"), id="check", on_click=_check, style=PRIMARY),
                Button(Caption("button-pause"), id="pause", on_click=_pause, when=_gate_is("pause")),
                Button(Caption("button-keep-paused"), id="keep", on_click=_pause, when=_gate_is("keep-paused")),
                Button(Caption("button-resume"), id="resume", on_click=_resume, when=_gate_is("resume")),
                when="controls",
            ),
            Row(
                SwitchTo(Caption("alerts-button-mute"), id="mute", state=Subscribed.mute),
                Button(Caption("alerts-unmute"), id="unmute", on_click=unmute, when="muted"),
                when=THERE,
            ),
            Button(Caption("button-leave"), id="leave", on_click=_ask_to_leave, when=THERE),
            home_button(),
            state=Subscribed.shown,
            getter=_shown,
        ),
        mute_window(Subscribed.mute, Subscribed.shown, _how_long),
        Window(
            Ready("text"),
            Button(Caption("heard-leave-yes"), id="leave_yes", on_click=_leave, style=DANGER, when=THERE),
            Button(Caption("button-back"), id="stay", on_click=_stay, when=THERE),
            home_button(),
            state=Subscribed.leaving,
            getter=_leaving,
        ),
    )
