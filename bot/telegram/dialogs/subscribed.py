"""Somebody else's connection, as one hears of it: how it is, and what this role may do about it."""

import logging
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, StartMode, Window
from aiogram_dialog.widgets.kbd import Button, Row, SwitchTo

from bot.domain.connection import Connection
from bot.domain.failures import Severity
from bot.domain.roles import Deed, may
from bot.telegram.alert_text import gate_word
from bot.telegram.attention_text import muted_line
from bot.telegram.choices_text import least_word
from bot.telegram.describing import ago, answer_of, cause_of, isolated, moment, place_line, sign, unverified
from bot.telegram.dialogs.controls import GATE, TOAST_OF_GATE, Controls, gate_button
from bot.telegram.dialogs.messages import toast
from bot.telegram.dialogs.muting import how_long, mute_window, unmute
from bot.telegram.dialogs.owned import THERE, connection_of, home_button, lost, refuse
from bot.telegram.dialogs.severities import severity_buttons, severity_choices
from bot.telegram.dialogs.states import Home, Subscribed
from bot.telegram.dialogs.widgets import DANGER, Caption, Ready, services_of, speaker
from bot.telegram.dialogs.wizards import person_of
from bot.telegram.services import Services
from bot.telegram.shared_rendering import Told
from bot.telegram.texts import Html, Speaker
from bot.usecases.access import Gone, NotYours
from bot.usecases.gate import GateOutcome
from bot.usecases.subscribe import Heard

log = logging.getLogger("latchkey.dialogs")


async def _shown(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    services, say = services_of(dialog_manager), speaker(dialog_manager)
    try:
        heard = await _heard(dialog_manager)
    except (Gone, NotYours) as error:
        return lost(say, error) | {"controls": False, "muted": False, GATE: "", "first": False}
    text = _text(say, heard, services, checking=CONTROLS.checking(dialog_manager))
    if heard.later is None:
        text = Html(f"{text}\n{await _what_is_sent(dialog_manager)}")
    return {
        "text": text,
        "first": heard.later is None,
        THERE: True,
        "controls": may(heard.subscription.role, Deed.PAUSE),
        "muted": heard.muted_until is not None,
        GATE: gate_button(heard.connection.health),
    }


def _text(say: Speaker, heard: Heard, services: Services, *, checking: bool) -> Html:
    connection, health = heard.connection, heard.connection.health
    head = [
        say("card-title", sign=sign(health), label=isolated(connection.label)),
        place_line(say, connection.place, services.profiles),
        say("heard-role", role=heard.subscription.role.value),
    ]
    if heard.later is not None:
        head.append(say("heard-later", after=say.duration(heard.later)))
    state = [
        say(
            "heard-status", status=say.plain(f"shared-status-{health.status.value}"), since=moment(health.status_since)
        ),
        say(f"shared-gate-{gate_word(health)}"),
        *unverified(say, vouched=connection.withdrawal_unverified),
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


# ------------------------------------------------------------------------------------------------------------- severity


async def _what_is_sent(manager: DialogManager) -> Html:
    say, choose, me = speaker(manager), services_of(manager).choose, person_of(manager)
    own = (await choose.of_connection(me, connection_of(manager))).least
    least = own or (await choose.of_chat(me)).least
    return say("alerts-least-chat" if own is None else "alerts-least", least=least_word(say, least))


async def _severities(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say = speaker(dialog_manager)
    try:
        heard = await _heard(dialog_manager)
    except (Gone, NotYours) as error:
        return lost(say, error) | {"choices": []}
    own = await services_of(dialog_manager).choose.of_connection(person_of(dialog_manager), heard.connection.id)
    text = say("alerts-least-ask", label=isolated(heard.connection.label))
    return {"text": text, THERE: True, "choices": severity_choices(say, own.least, as_chat=True)}


async def _choose_least(press: CallbackQuery, manager: DialogManager, least: Severity | None) -> None:
    try:
        await services_of(manager).choose.least_of(person_of(manager), connection_of(manager), least)
    except (Gone, NotYours) as error:
        await refuse(press, manager, error)
    await manager.switch_to(Subscribed.shown)


# --------------------------------------------------------------------------------------------------------------- verbs


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


async def _may_check(manager: DialogManager) -> None:
    """Raises ``Gone`` or ``NotYours``."""
    await services_of(manager).hear.may(person_of(manager), connection_of(manager), Deed.CHECK)


CONTROLS = Controls(
    Subscribed.shown, _may_check, {**TOAST_OF_GATE, GateOutcome.ALREADY_PAUSED: "toast-already-paused-by-hand"}
)


def subscribed_dialog() -> Dialog:
    """The dialog, for one router."""
    return Dialog(
        Window(
            Ready("text"),
            CONTROLS.row("controls"),
            Row(
                SwitchTo(Caption("alerts-button-mute"), id="mute", state=Subscribed.mute),
                Button(Caption("alerts-unmute"), id="unmute", on_click=unmute, when="muted"),
                when=THERE,
            ),
            SwitchTo(Caption("alerts-button-least"), id="severity", state=Subscribed.least, when="first"),
            Button(Caption("button-leave"), id="leave", on_click=_ask_to_leave, when=THERE),
            home_button(),
            state=Subscribed.shown,
            getter=_shown,
        ),
        mute_window(Subscribed.mute, Subscribed.shown, _how_long),
        Window(
            Ready("text"),
            severity_buttons(_choose_least),
            SwitchTo(Caption("button-back"), id="back", state=Subscribed.shown),
            state=Subscribed.least,
            getter=_severities,
        ),
        Window(
            Ready("text"),
            Button(Caption("heard-leave-yes"), id="leave_yes", on_click=_leave, style=DANGER, when=THERE),
            Button(Caption("button-back"), id="stay", on_click=_stay, when=THERE),
            home_button(),
            state=Subscribed.leaving,
            getter=_leaving,
        ),
    )
