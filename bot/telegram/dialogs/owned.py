"""What every dialog about one connection shares: it may be gone, or somebody else's, by the time one looks."""

from collections.abc import Mapping
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, StartMode
from aiogram_dialog.widgets.kbd import Button

from bot.domain.connection import ConnectionId
from bot.telegram.dialogs.messages import toast
from bot.telegram.dialogs.states import Home
from bot.telegram.dialogs.widgets import Caption, services_of, speaker
from bot.telegram.dialogs.wizards import person_of
from bot.telegram.refusals import refusal_of
from bot.telegram.texts import Speaker
from bot.usecases.access import Gone, NotYours
from bot.usecases.manage import Card

THERE = "there"
"""In a window's data: the connection could be shown, so its buttons make sense."""


def connection_of(manager: DialogManager) -> ConnectionId:
    """The connection this dialog was started for."""
    start = manager.start_data
    assert isinstance(start, Mapping)
    return ConnectionId(str(start["connection"]))


async def card_of(manager: DialogManager) -> Card:
    """The connection as it is now, for whoever acts. Raises ``Gone`` or ``NotYours``."""
    return await services_of(manager).manage.card(person_of(manager), connection_of(manager))


def lost(say: Speaker, error: Gone | NotYours) -> dict[str, Any]:
    """A window's data when there is nothing to show."""
    return {"text": say("card-gone" if isinstance(error, Gone) else "card-not-yours"), THERE: False}


async def refuse(press: CallbackQuery, manager: DialogManager, error: Gone | NotYours) -> None:
    """Says that nothing was done; the window, shown anew, says the rest."""
    await toast(press, speaker(manager).plain(refusal_of(error)), alert=True)


async def _all(_press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.start(Home.connections, mode=StartMode.RESET_STACK)


def home_button() -> Button:
    """To all connections, from anywhere."""
    return Button(Caption("button-all"), id="home", on_click=_all)
