"""All connections of a person, each with its state at a glance; the welcome for whoever has none."""

from collections.abc import Sequence
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, LaunchMode, Window
from aiogram_dialog.widgets.kbd import Button, Column, Row, Select, Start
from aiogram_dialog.widgets.text import Format

from bot.domain.connection import Connection
from bot.domain.health import Gate
from bot.telegram.describing import ago, isolated, named, place_line, sign, unverified
from bot.telegram.dialogs.states import Card, Connect, Home, Language, Subscribed
from bot.telegram.dialogs.widgets import PRIMARY, Caption, Ready, services_of, speaker
from bot.telegram.dialogs.wizards import person_of
from bot.telegram.services import Services
from bot.telegram.texts import Html, Speaker

PER_PAGE = 8
_PAGE = "page"


async def _shown(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    services, say = services_of(dialog_manager), speaker(dialog_manager)
    own, heard = await _all(services, person_of(dialog_manager))
    pages = max(1, -(-len(own + heard) // PER_PAGE))
    page = min(int(str(dialog_manager.dialog_data.get(_PAGE, 0))), pages - 1)
    dialog_manager.dialog_data[_PAGE] = page
    first, last = page * PER_PAGE, (page + 1) * PER_PAGE
    here, there = own[first:last], heard[max(first - len(own), 0) : max(last - len(own), 0)]
    parts = [_listed(say, say("home-title"), here, services)] if here else []
    parts += [_listed(say, say("home-heard-title"), there, services)] if there else []
    return {
        "text": Html("\n\n".join(parts)) if parts else welcome(say, services),
        "connections": [(named(connection), connection.id) for connection in here],
        "heard": [(say.plain("home-heard", name=named(connection)), connection.id) for connection in there],
        "page": str(page + 1),
        "pages": str(pages),
        "paged": pages > 1,
    }


def welcome(say: Speaker, services: Services) -> Html:
    """What this is, and what its limits are, in the fewest words."""
    return say("home-welcome", interval=say.interval(services.interval))


async def _all(services: Services, person_id: int) -> tuple[list[Connection], list[Connection]]:
    """One's own connections, and those of others that one hears of."""
    heard = await services.hear.of_chat(person_id)
    return list(await services.manage.of(person_id)), [one.connection for one in heard]


def _listed(say: Speaker, title: Html, connections: Sequence[Connection], services: Services) -> Html:
    lines = [_line(say, connection, services) for connection in connections]
    return Html("\n\n".join([title, *lines]))


def _line(say: Speaker, connection: Connection, services: Services) -> Html:
    checked = say("home-not-checked")
    if connection.last_probe_at is not None:
        checked = say("home-checked", ago=ago(say, connection.last_probe_at, services.clock.now()))
    line = say(
        "home-line",
        sign=sign(connection.health),
        label=isolated(connection.label),
        place=place_line(say, connection.place, services.profiles),
        paused="yes" if connection.health.gate is Gate.PAUSED else "no",
        checked=checked,
    )
    return Html("\n".join([line, *unverified(say, vouched=connection.withdrawal_unverified)]))


async def _open(_press: CallbackQuery, _select: Any, manager: DialogManager, connection_id: str) -> None:
    await manager.start(Card.shown, {"connection": connection_id})


async def _open_heard(_press: CallbackQuery, _select: Any, manager: DialogManager, connection_id: str) -> None:
    await manager.start(Subscribed.shown, {"connection": connection_id})


async def _turn(_press: CallbackQuery, button: Button, manager: DialogManager) -> None:
    """Pages go round: after the last comes the first."""
    own, heard = await _all(services_of(manager), person_of(manager))
    pages = -(-len(own + heard) // PER_PAGE) or 1
    step = 1 if button.widget_id == "next" else -1
    manager.dialog_data[_PAGE] = (int(str(manager.dialog_data.get(_PAGE, 0))) + step) % pages


def home_dialog() -> Dialog:
    """The dialog, for one router."""
    return Dialog(
        Window(
            Ready("text"),
            Column(
                Select(
                    Format("{item[0]}"),
                    id="connection",
                    item_id_getter=lambda item: item[1],
                    items="connections",
                    on_click=_open,
                ),
                Select(
                    Format("{item[0]}"),
                    id="heard",
                    item_id_getter=lambda item: item[1],
                    items="heard",
                    on_click=_open_heard,
                ),
            ),
            Row(
                Button(Format("⬅️"), id="previous", on_click=_turn),
                Button(Caption("home-page", "page", "pages"), id="stay"),
                Button(Format("➡️"), id="next", on_click=_turn),
                when="paged",
            ),
            Start(Caption("button-connect"), id="connect", state=Connect.exchange, style=PRIMARY),
            Start(Caption("home-language"), id="language", state=Language.choice),
            state=Home.connections,
            getter=_shown,
        ),
        launch_mode=LaunchMode.ROOT,
    )
