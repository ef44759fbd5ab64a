"""Rotate: a new key for the same connection. The question, the check and the refusal are Connect's."""

from typing import Any

from aiogram_dialog import Dialog, DialogManager, ShowMode, StartMode, Window
from aiogram_dialog.api.protocols import BaseDialogManager
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Url
from aiogram_dialog.widgets.text import Format

from bot.domain.connection import ConnectionId
from bot.telegram.describing import isolated
from bot.telegram.dialogs.asking import on_cancel, stay, stop
from bot.telegram.dialogs.checking import checking_window
from bot.telegram.dialogs.connect import on_have_key
from bot.telegram.dialogs.guide import guide_data
from bot.telegram.dialogs.key_entry import key_window
from bot.telegram.dialogs.own_pair import OFFERED, make_button, offer
from bot.telegram.dialogs.plan import Plan
from bot.telegram.dialogs.refusal import refused_window, vouch_window
from bot.telegram.dialogs.result import rotated_window
from bot.telegram.dialogs.states import Rotate
from bot.telegram.dialogs.stopped import stopped_window
from bot.telegram.dialogs.widgets import DANGER, PRIMARY, Caption, CopyButtons, Ready, services_of, speaker
from bot.telegram.dialogs.wizards import person_of
from bot.usecases.access import Gone, NotYours


async def start_rotate(
    manager: BaseDialogManager, connection_id: ConnectionId, show_mode: ShowMode | None = None
) -> None:
    """Opens the wizard, in place of whatever the conversation was about.

    Whether the connection is there, and theirs, is looked up then: the wizard itself says so if not.
    """
    await manager.start(Rotate.guide, {"connection": connection_id}, StartMode.RESET_STACK, show_mode)


def rotate_dialog() -> Dialog:
    """The dialog, for one router."""
    return Dialog(
        Window(
            Ready("text"),
            make_button(),
            CopyButtons("copies"),
            Url(Caption("button-key-page", "exchange"), Format("{key_page}"), id="guide_key_page"),
            Button(Caption("rotate-guide-next"), id="guide_next", on_click=on_have_key, style=PRIMARY),
            Button(Caption("button-cancel"), id="guide_cancel", on_click=on_cancel, style=DANGER),
            MessageInput(stay),
            state=Rotate.guide,
            getter=_guide,
        ),
        key_window(Rotate.key),
        checking_window(Rotate.checking),
        refused_window(Rotate.refused),
        vouch_window(Rotate.vouch),
        rotated_window(Rotate.rotated),
        stopped_window(Rotate.stopped),
        on_start=_on_start,
    )


async def _on_start(start_data: Any, manager: DialogManager) -> None:
    try:
        card = await services_of(manager).manage.card(person_of(manager), ConnectionId(start_data["connection"]))
    except Gone:
        await stop(manager, "gone")
    except NotYours:
        await stop(manager, "not-yours")
    else:
        Plan.rotating(card.connection).keep(manager)


async def _guide(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say, data, plan = speaker(dialog_manager), await guide_data(dialog_manager), Plan.of(dialog_manager)
    assert plan.connection is not None
    try:
        card = await services_of(dialog_manager).manage.card(person_of(dialog_manager), plan.connection)
    except (Gone, NotYours):
        return data | {"text": say("rotate-gone"), "copies": [], OFFERED: False}
    connection = card.connection
    message = say.at(connection.place.exchange, "rotate-guide")
    opening = say(message, label=isolated(connection.label), tail=connection.key_tail)
    own = offer(say, plan.profile(dialog_manager), plan)
    words = "rotate-guide-steps" if own is None else "rotate-guide-yourself"
    title = say(say.at(connection.place.exchange, words))
    parts = [opening, own, title + "\n" + data["steps"], data["addresses"]]
    return data | {"text": "\n\n".join(filter(None, parts)), OFFERED: own is not None}
