"""A connection's card, and the verbs under it. Whoever presses is asked about anew, at every press."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Row

from bot.telegram.card_text import card_text
from bot.telegram.dialogs.controls import GATE, TOAST_OF_GATE, Controls, gate_button
from bot.telegram.dialogs.owned import THERE, card_of, connection_of, home_button, lost
from bot.telegram.dialogs.states import AlertSettings, Card, Disconnect, History, Rename, Rotate, Sharing
from bot.telegram.dialogs.widgets import DANGER, Caption, Ready, services_of, speaker
from bot.telegram.texts import Html
from bot.usecases.access import Gone, NotYours

log = logging.getLogger("latchkey.dialogs")

NOTE = "note"
"""In the dialog's data: a message to be said once under the card, by its id."""
CONTROLS = Controls(Card.shown, card_of, TOAST_OF_GATE)


async def _shown(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    services, say = services_of(dialog_manager), speaker(dialog_manager)
    try:
        card = await card_of(dialog_manager)
    except (Gone, NotYours) as error:
        return lost(say, error)
    checking = CONTROLS.checking(dialog_manager)
    text = card_text(say, card, services.profiles, services.egress_ips, services.clock.now(), checking=checking)
    if note := dialog_manager.dialog_data.pop(NOTE, None):
        text = Html(f"{text}\n\n{say(str(note))}")
    return {"text": text, THERE: True, GATE: gate_button(card.connection.health)}


async def _note(_start: Any, result: Any, manager: DialogManager) -> None:
    """What another dialog about this connection had to say, such as that its new name can be mistaken."""
    if isinstance(result, Mapping) and result.get(NOTE):
        manager.dialog_data[NOTE] = result[NOTE]


def _opens(state: State) -> Callable[[CallbackQuery, Button, DialogManager], Awaitable[None]]:
    """Starts another dialog about the same connection."""

    async def start(_press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
        await manager.start(state, {"connection": connection_of(manager)})

    return start


def card_dialog() -> Dialog:
    """The dialog, for one router."""
    return Dialog(
        Window(
            Ready("text"),
            CONTROLS.row(THERE),
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
