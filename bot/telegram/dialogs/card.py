"""A connection's card, and the verbs under it. Whoever presses is asked about anew, at every press."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.kbd import Button, Row

from bot.domain.connection import ConnectionId
from bot.domain.health import Gate, Health, PausedBy
from bot.telegram.card_text import card_text
from bot.telegram.check_presses import CheckPresses
from bot.telegram.dialogs.backstage import Backstage, CannotEnter
from bot.telegram.dialogs.messages import toast
from bot.telegram.dialogs.owned import THERE, card_of, connection_of, home_button, lost, refuse
from bot.telegram.dialogs.states import AlertSettings, Card, Disconnect, History, Rename, Rotate, Sharing
from bot.telegram.dialogs.steps import at
from bot.telegram.dialogs.widgets import DANGER, PRIMARY, Caption, Ready, services_of, speaker
from bot.telegram.dialogs.wizards import person_of, wizards_of
from bot.telegram.texts import Html
from bot.usecases.access import Gone, NotYours
from bot.usecases.check import CheckNow
from bot.usecases.gate import GateOutcome
from bot.usecases.storage import StoreUnavailable

log = logging.getLogger("latchkey.dialogs")

NOTE = "note"
"""In the dialog's data: a message to be said once under the card, by its id."""
TOAST_OF_GATE = {
    GateOutcome.PAUSED: "toast-paused",
    GateOutcome.ALREADY_PAUSED: "toast-already-paused",
    GateOutcome.KEPT_PAUSED: "toast-kept-paused",
    GateOutcome.RESUMED: "toast-resumed",
    GateOutcome.ALREADY_OPEN: "toast-already-open",
    GateOutcome.WAITS_FOR_RECOVERY: "toast-waits-for-recovery",
}


def gate_button(health: Health) -> str:
    """Which of the gate's three buttons makes sense now; the end of the name of its caption."""
    if health.gate is Gate.OPEN:
        return "pause"
    return "resume" if health.paused_by is PausedBy.PERSON else "keep-paused"


async def _shown(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    services, say = services_of(dialog_manager), speaker(dialog_manager)
    try:
        card = await card_of(dialog_manager)
    except (Gone, NotYours) as error:
        return lost(say, error)
    checking = _presses_of(dialog_manager).under_way(_place(dialog_manager))
    text = card_text(say, card, services.profiles, services.egress_ips, services.clock.now(), checking=checking)
    if note := dialog_manager.dialog_data.pop(NOTE, None):
        text = Html(f"{text}\n\n{say(str(note))}")
    return {"text": text, THERE: True, "gate": gate_button(card.connection.health)}


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
    else:
        await toast(press, speaker(manager).plain(TOAST_OF_GATE[outcome]))


async def _check(press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    try:
        await card_of(manager)
    except (Gone, NotYours) as error:
        await refuse(press, manager, error)
        return
    person_id, connection_id = person_of(manager), connection_of(manager)
    then = partial(_show_again, wizards_of(manager).backstage, person_id, connection_id)
    started = _presses_of(manager).start(_place(manager), connection_id, then)
    await toast(press, speaker(manager).plain("toast-checking" if started else "toast-checking-already"))


async def _show_again(backstage: Backstage, person_id: int, connection_id: ConnectionId, _found: CheckNow) -> None:
    """The card as it is after the check, if the person still looks at it."""
    try:
        async with backstage.enter(person_id) as manager:
            if at(manager, Card.shown) and connection_of(manager) == connection_id:
                await manager.show(ShowMode.EDIT)
    except (CannotEnter, StoreUnavailable) as error:
        log.warning("card.not_shown_again", extra={"error": type(error).__name__})


async def _note(_start: Any, result: Any, manager: DialogManager) -> None:
    """What another dialog about this connection had to say, such as that its new name can be mistaken."""
    if isinstance(result, Mapping) and result.get(NOTE):
        manager.dialog_data[NOTE] = result[NOTE]


def _place(manager: DialogManager) -> tuple[str, int, ConnectionId]:
    return ("card", person_of(manager), connection_of(manager))


def _presses_of(manager: DialogManager) -> CheckPresses:
    presses = manager.middleware_data["check_presses"]
    assert isinstance(presses, CheckPresses)
    return presses


def _opens(state: State) -> Callable[[CallbackQuery, Button, DialogManager], Awaitable[None]]:
    """Starts another dialog about the same connection."""

    async def start(_press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
        await manager.start(state, {"connection": connection_of(manager)})

    return start


def _gate_is(name: str) -> Callable[[dict[str, Any], Any, DialogManager], bool]:
    return lambda data, _widget, _manager: bool(data[THERE]) and data["gate"] == name


def card_dialog() -> Dialog:
    """The dialog, for one router."""
    return Dialog(
        Window(
            Ready("text"),
            Row(
                Button(Caption("button-check"), id="check", on_click=_check, style=PRIMARY),
                Button(Caption("button-pause"), id="pause", on_click=_pause, when=_gate_is("pause")),
                Button(Caption("button-keep-paused"), id="keep", on_click=_pause, when=_gate_is("keep-paused")),
                Button(Caption("button-resume"), id="resume", on_click=_resume, when=_gate_is("resume")),
                when=THERE,
            ),
            Row(
                Button(Caption("button-rotate"), id="rotate", on_click=_opens(Rotate.guide)),
                Button(Caption("button-rename"), id="rename", on_click=_opens(Rename.asked)),
                when=THERE,
            ),
            Row(
                Button(Caption("button-history"), id="history", on_click=_opens(History.shown)),
                Button(Caption("button-alerts"), id="alerts", on_click=_opens(AlertSettings.shown)),
                when=THERE,
            ),
            Row(
                Button(Caption("button-sharing"), id="sharing", on_click=_opens(Sharing.shown)),
                Button(Caption("button-disconnect"), id="disconnect", on_click=_opens(Disconnect.asked), style=DANGER),
                when=THERE,
            ),
            home_button(),
            state=Card.shown,
            getter=_shown,
        ),
        on_process_result=_note,
    )
