"""The choice of an exchange, by a tap or by typing: one window for every conversation that begins with it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Keyboard, Select
from aiogram_dialog.widgets.text import Format

from bot.domain.closed_exchanges import CLOSED
from bot.domain.exchange import ExchangeProfile
from bot.telegram.dialogs.asking import take_away
from bot.telegram.dialogs.catalogue import Search, named, search, search_closed
from bot.telegram.dialogs.pages import Pages
from bot.telegram.dialogs.widgets import Ready, T, services_of, speaker
from bot.telegram.texts import Html, Speaker

Chosen = Callable[[DialogManager, str], Awaitable[None]]
"""What happens with the id of the exchange that was chosen."""

_FOUND: Final = "found"
_CLOSED: Final = "closed"
_SEARCHED: Final = "searched"
"""In the dialog's data: the exchanges that match, by id; the closed one that was meant; whether anything was typed."""


def exchange_window(state: State, title: str, chosen: Chosen, *below: Keyboard) -> Window:
    """The window. ``title`` is the message above the exchanges; ``below`` the buttons under them."""

    async def tapped(_press: CallbackQuery, _select: Any, manager: DialogManager, exchange: str) -> None:
        if exchange in services_of(manager).profiles:
            keep_search(manager, None)
            await chosen(manager, exchange)

    async def typed(message: Message, _input: Any, manager: DialogManager) -> None:
        manager.show_mode = ShowMode.EDIT
        await take_away(message)
        result = search(message.text or "", services_of(manager).profiles)
        if result.only is None:
            keep_search(manager, result)
        else:
            keep_search(manager, None)
            await chosen(manager, result.only)

    return Window(
        T(title),
        Ready("outcome"),
        Pages(
            Select(
                Format("{item.title}"),
                id="exchange",
                item_id_getter=lambda profile: profile.id,
                items="exchanges",
                on_click=tapped,
            ),
            Select(
                Format("🚫 {item.title}"),
                id="closed",
                item_id_getter=lambda closed: closed.id,
                items="closed_exchanges",
                on_click=_on_closed,
            ),
            id="exchanges",
            width=2,
            height=5,
        ),
        *below,
        MessageInput(typed),
        state=state,
        getter=_exchanges,
    )


def keep_search(manager: DialogManager, result: Search | None) -> None:
    """Lets the window show what came of a search; None shows all exchanges again."""
    manager.dialog_data[_SEARCHED] = result is not None
    manager.dialog_data[_FOUND] = list(result.found) if result else []
    manager.dialog_data[_CLOSED] = result.closed if result else None


async def _exchanges(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    profiles, data = services_of(dialog_manager).profiles, dialog_manager.dialog_data
    found = [profiles[each] for each in data.get(_FOUND) or () if each in profiles]
    searched = bool(data.get(_SEARCHED))
    closed = data.get(_CLOSED)
    outcome = _outcome(speaker(dialog_manager), found, closed) if searched else Html("")
    return {
        "exchanges": found or list(profiles.values()),
        "closed_exchanges": [] if found else list(CLOSED.values()),
        "outcome": outcome,
    }


def _outcome(say: Speaker, found: list[ExchangeProfile], closed: str | None) -> Html:
    if closed in CLOSED:
        gone = CLOSED[closed]
        return say("connect-exchange-closed", exchange=gone.title, date=gone.closed_on.isoformat())
    return say("connect-exchange-found") if found else say("connect-exchange-none")


async def _on_closed(_press: CallbackQuery, _select: Any, manager: DialogManager, exchange: str) -> None:
    if exchange in CLOSED:
        keep_search(manager, search_closed(CLOSED[exchange], services_of(manager).profiles))


def search_kept(typed: str, profiles: Mapping[str, ExchangeProfile]) -> dict[str, Any]:
    """What to start a dialog with whose first window is this one, for a name typed before: ``begin_with`` reads it."""
    result = named(typed, profiles)
    return {_FOUND: list(result.found), _CLOSED: result.closed}


async def begin_with(start_data: Any, manager: DialogManager, chosen: Chosen) -> None:
    """Takes up a search that was made before the dialog began: one exchange is chosen, everything else is shown."""
    if not start_data:
        return
    result = Search(tuple(start_data[_FOUND]), start_data[_CLOSED])
    if result.only is not None and result.only in services_of(manager).profiles:
        await chosen(manager, result.only)
    else:
        keep_search(manager, result)
