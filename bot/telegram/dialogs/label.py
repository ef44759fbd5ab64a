"""The label of a new connection: suggested on buttons, or typed. It is kept in memory, beside the draft."""

from typing import Any, Final

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Row, Select
from aiogram_dialog.widgets.text import Format

from bot.domain.labels import LabelWarning, RefusedLabel, clean_label, suggest_labels
from bot.telegram.dialogs.asking import PROBLEM, ask_for_key, entry_of, entry_or_ask, on_cancel, take_away
from bot.telegram.dialogs.checking import begin_check
from bot.telegram.dialogs.plan import Plan
from bot.telegram.dialogs.widgets import DANGER, Caption, Ready, services_of, speaker
from bot.telegram.dialogs.wizards import person_of
from bot.telegram.guard import Sighting
from bot.telegram.texts import Html

_SUGGESTED: Final = "suggested"
"""In the dialog's data: what the buttons offer, made of the exchange's name and ours."""


def label_window(state: State) -> Window:
    """Asks for the label."""
    return Window(
        Ready("text"),
        Column(
            Select(
                Format("{item}"),
                id="label",
                item_id_getter=str,
                items=_SUGGESTED,
                on_click=_on_suggestion,
            )
        ),
        Row(
            Button(Caption("button-back"), id="label_back", on_click=_on_back),
            Button(Caption("button-cancel"), id="label_cancel", on_click=on_cancel, style=DANGER),
        ),
        MessageInput(_on_label),
        state=state,
        getter=_shown,
    )


async def _shown(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    manager, say = dialog_manager, speaker(dialog_manager)
    plan, entry = Plan.of(manager), entry_of(manager)
    if entry is None:
        return {"text": say("key-notice-vanished"), _SUGGESTED: []}
    taken = {connection.label for connection in await services_of(manager).manage.of(person_of(manager))}
    place = plan.place
    suggested = suggest_labels(plan.profile(manager).title, place.market, place.environment, taken)
    parts = [_problem(manager), say("connect-label", tail=entry.tail)]
    return {"text": "\n\n".join(filter(None, parts)), _SUGGESTED: suggested}


def _problem(manager: DialogManager) -> Html | None:
    problem = manager.dialog_data.get(PROBLEM)
    return speaker(manager)(f"connect-label-{problem['name']}", length=problem["got"]) if problem else None


async def _on_suggestion(_press: CallbackQuery, _select: Any, manager: DialogManager, label: str) -> None:
    await _name_it(manager, label)


async def _on_label(message: Message, _input: Any, manager: DialogManager) -> None:
    manager.show_mode = ShowMode.EDIT
    sighting = manager.middleware_data.get("sighting")
    if isinstance(sighting, Sighting) and sighting.answer:
        # Sent while the key was asked for, or too soon after it to tell: it is being deleted, and is not used.
        manager.dialog_data[PROBLEM] = {"name": "too-soon", "got": 0}
        return
    await take_away(message)
    if message.text is None:
        manager.dialog_data[PROBLEM] = {"name": "not-text", "got": 0}
        return
    await _name_it(manager, message.text)


async def _name_it(manager: DialogManager, raw: str) -> None:
    entry = await entry_or_ask(manager)
    if entry is None:
        return
    label = clean_label(raw)
    if isinstance(label, RefusedLabel):
        manager.dialog_data[PROBLEM] = {"name": label.problem.value, "got": label.length}
        return
    if LabelWarning.MIXED_SCRIPTS in label.warnings and entry.label != label.text:
        # Allowed, and worth a second look: typed once more, it is meant.
        entry.label = label.text
        manager.dialog_data[PROBLEM] = {"name": "mixed", "got": 0}
        return
    entry.label = label.text
    manager.dialog_data[PROBLEM] = None
    await begin_check(manager)


async def _on_back(_press: CallbackQuery, _button: Any, manager: DialogManager) -> None:
    await ask_for_key(manager, "key-notice-back")
