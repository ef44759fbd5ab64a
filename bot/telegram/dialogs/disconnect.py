"""The end of a connection: asked for once, then for good. What is left is to delete the key at the exchange."""

from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, Url
from aiogram_dialog.widgets.text import Format

from bot.domain.connection import Environment
from bot.telegram.describing import isolated, place_line, title_of
from bot.telegram.dialogs.owned import THERE, card_of, connection_of, home_button, lost, refuse
from bot.telegram.dialogs.states import Disconnect
from bot.telegram.dialogs.widgets import DANGER, Caption, Ready, services_of, speaker
from bot.telegram.dialogs.wizards import person_of
from bot.usecases.access import Gone, NotYours

_LEFT = "left"
"""In the dialog's data: where the key was, by ids, and its tail. The connection itself can no longer be asked."""


async def _asked(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say, profiles = speaker(dialog_manager), services_of(dialog_manager).profiles
    try:
        connection = (await card_of(dialog_manager)).connection
    except (Gone, NotYours) as error:
        return lost(say, error)
    text = say(
        "disconnect-ask",
        label=isolated(connection.label),
        place=place_line(say, connection.place, profiles),
        tail=connection.key_tail,
        exchange=title_of(connection.place.exchange, profiles),
    )
    return {"text": text, THERE: True}


async def _disconnect(press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    try:
        connection = await services_of(manager).manage.disconnect(person_of(manager), connection_of(manager))
    except (Gone, NotYours) as error:
        await refuse(press, manager, error)
        return
    place = connection.place
    manager.dialog_data[_LEFT] = {
        "exchange": place.exchange,
        "environment": place.environment.value,
        "tail": connection.key_tail,
    }
    await manager.switch_to(Disconnect.done)


async def _done(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say, profiles = speaker(dialog_manager), services_of(dialog_manager).profiles
    left = dialog_manager.dialog_data[_LEFT]
    assert isinstance(left, dict)
    exchange = str(left["exchange"])
    title, profile = title_of(exchange, profiles), profiles.get(exchange)
    page = profile.key_pages.get(Environment(left["environment"])) if profile else None
    text = say("disconnect-done", exchange=title, tail=str(left["tail"]))
    return {"text": text, "exchange": title, "key_page": page}


def _window(state: State, *widgets: Any, getter: Any) -> Window:
    return Window(Ready("text"), *widgets, home_button(), state=state, getter=getter)


def disconnect_dialog() -> Dialog:
    """The dialog, for one router."""
    return Dialog(
        _window(
            Disconnect.asked,
            Button(Caption("disconnect-yes"), id="yes", on_click=_disconnect, style=DANGER, when=THERE),
            Cancel(Caption("button-back"), when=THERE),
            getter=_asked,
        ),
        _window(
            Disconnect.done,
            Url(Caption("button-key-page", "exchange"), Format("{key_page}"), id="key_page", when="key_page"),
            getter=_done,
        ),
    )
