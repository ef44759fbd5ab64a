"""A new name for a connection."""

from typing import Any

from aiogram.types import Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Cancel

from bot.domain.labels import LabelWarning, RefusedLabel, clean_label
from bot.telegram.describing import isolated
from bot.telegram.dialogs.owned import THERE, card_of, connection_of, home_button, lost
from bot.telegram.dialogs.states import Rename
from bot.telegram.dialogs.widgets import Caption, Ready, services_of, speaker
from bot.telegram.dialogs.wizards import person_of
from bot.telegram.texts import Html
from bot.usecases.access import Gone, NotYours

_PROBLEM, _LENGTH, _NOTE = "problem", "length", "note"


async def _shown(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say, data = speaker(dialog_manager), dialog_manager.dialog_data
    try:
        card = await card_of(dialog_manager)
    except (Gone, NotYours) as error:
        return lost(say, error)
    parts = [say("rename-ask", label=isolated(card.connection.label))]
    if problem := data.get(_PROBLEM):
        parts.append(say(f"connect-label-{problem}", length=int(str(data.get(_LENGTH, 0)))))
    return {"text": Html("\n\n".join(parts)), THERE: True}


async def _named(message: Message, _input: MessageInput, manager: DialogManager) -> None:
    """The message stays: it is no secret, and the card is shown below it."""
    manager.show_mode = ShowMode.DELETE_AND_SEND
    if message.text is None:
        manager.dialog_data[_PROBLEM] = "not-text"
        return
    label = clean_label(message.text)
    if isinstance(label, RefusedLabel):
        manager.dialog_data.update({_PROBLEM: label.problem.value, _LENGTH: label.length})
        return
    try:
        await services_of(manager).manage.rename(person_of(manager), connection_of(manager), label.text)
    except (Gone, NotYours):
        return  # the window, shown again, says so
    note = "connect-label-mixed" if LabelWarning.MIXED_SCRIPTS in label.warnings else None
    await manager.done({_NOTE: note}, show_mode=ShowMode.DELETE_AND_SEND)


async def cancel_rename(manager: DialogManager) -> bool:
    """For ``/cancel``: the card again, with the name it had. False if no name is being asked for."""
    if not manager.has_context() or manager.current_context().state != Rename.asked:
        return False
    await manager.done({_NOTE: None}, show_mode=ShowMode.DELETE_AND_SEND)
    return True


def rename_dialog() -> Dialog:
    """The dialog, for one router."""
    return Dialog(
        Window(
            Ready("text"),
            MessageInput(_named),
            Cancel(Caption("button-back"), when=THERE),
            home_button(),
            state=Rename.asked,
            getter=_shown,
        ),
    )
