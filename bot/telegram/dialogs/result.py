"""The result card: what is connected now, what to be careful of, what happens next."""

from collections.abc import Mapping
from typing import Any, Final

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode, StartMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Url
from aiogram_dialog.widgets.text import Format

from bot.domain.connection import Connection, ConnectionId, Purpose
from bot.domain.permissions import Permission
from bot.domain.verdict import TRADE_PERMISSION, Caution
from bot.telegram.describing import isolated, place_line, title_of
from bot.telegram.dialogs.asking import STOPPED, leave
from bot.telegram.dialogs.plan import Plan
from bot.telegram.dialogs.states import Card, Connect
from bot.telegram.dialogs.widgets import PRIMARY, Caption, Ready, services_of, speaker
from bot.telegram.dialogs.wizards import person_of
from bot.telegram.findings import findings_lines
from bot.telegram.services import Services
from bot.telegram.texts import Html, Speaker
from bot.usecases.access import Gone, NotYours

RESULT: Final = "result"
"""In the dialog's data: id of the connection, cautions, and what a rotation came to."""
_TRADING: Final = (Permission.SPOT_TRADE, Permission.FUTURES_TRADE, Permission.MARGIN)


def connected_window(state: State) -> Window:
    """The card of a new connection."""
    return Window(
        Ready("text"),
        MessageInput(leave),
        Button(Caption("connect-open-card"), id="done_card", on_click=open_card, style=PRIMARY),
        Button(Caption("connect-another"), id="done_another", on_click=_on_another),
        state=state,
        getter=_connected,
    )


def rotated_window(state: State) -> Window:
    """The card of a connection with a new key."""
    return Window(
        Ready("text"),
        MessageInput(leave),
        Url(Caption("button-key-page", "exchange"), Format("{key_page}"), id="done_key_page", when="key_page"),
        Button(Caption("rotate-open-card"), id="done_card", on_click=open_card, style=PRIMARY),
        state=state,
        getter=_rotated,
    )


async def open_card(_press: CallbackQuery, _button: Any, manager: DialogManager) -> None:
    """To the connection this window is about: the result's, or the one that an ending points to."""
    facts = manager.dialog_data.get(RESULT) or manager.dialog_data.get(STOPPED) or {}
    connection_id = facts.get("connection") or Plan.of(manager).connection
    await manager.start(Card.shown, {"connection": connection_id}, StartMode.RESET_STACK, ShowMode.EDIT)


async def _on_another(_press: CallbackQuery, _button: Any, manager: DialogManager) -> None:
    """A new message: the result stays to be read."""
    await manager.start(Connect.exchange, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)


async def _connected(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return {"text": await connected_text(dialog_manager, dialog_manager.dialog_data[RESULT])}


async def _rotated(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    facts = dialog_manager.dialog_data[RESULT]
    services = services_of(dialog_manager)
    connection = await _connection(dialog_manager, facts["connection"])
    profile = services.profiles.get(connection.place.exchange) if connection else None
    return {
        "text": await rotated_text(dialog_manager, facts),
        "exchange": profile.title if profile else "",
        "key_page": profile.key_pages[connection.place.environment] if profile and connection else "",
    }


async def connected_text(manager: DialogManager, facts: Mapping[str, Any]) -> Html:
    """What is connected, as it stands now; that it is gone, if it was disconnected meanwhile."""
    say, services = speaker(manager), services_of(manager)
    connection = await _connection(manager, facts["connection"])
    if connection is None:
        return say("rotate-gone")
    exchange = title_of(connection.place.exchange, services.profiles)
    parts = [
        say("connect-done", label=isolated(connection.label)) + "\n" + _about(say, services, connection),
        "\n".join(findings_lines(say, connection.report, connection.place, exchange)),
        _cautions(say, services, connection, facts["cautions"]),
        _remark(say, services, connection),
        say("connect-next", interval=say.interval(services.interval)),
    ]
    return Html("\n\n".join(filter(None, parts)))


async def rotated_text(manager: DialogManager, facts: Mapping[str, Any]) -> Html:
    """Which key is in use now and which one is to be deleted at the exchange."""
    say, services = speaker(manager), services_of(manager)
    connection = await _connection(manager, facts["connection"])
    if connection is None:
        return say("rotate-gone")
    exchange_id = connection.place.exchange
    exchange = title_of(exchange_id, services.profiles)
    done, unproven = say.at(exchange_id, "rotate-done"), say.at(exchange_id, "rotate-done-unproven")
    parts = [
        say(done, label=isolated(connection.label), tail=connection.key_tail),
        # Once it is proven, the news of it says what to delete: those arrive even if this screen does not.
        "" if facts["proven"] else say(unproven, old_tail=facts["old_tail"], exchange=exchange),
        "" if facts["same_account"] else say("rotate-account-unknown", exchange=exchange),
        _cautions(say, services, connection, facts["cautions"]),
        _remark(say, services, connection),
    ]
    return Html("\n\n".join(filter(None, parts)))


async def _connection(manager: DialogManager, connection_id: str) -> Connection | None:
    try:
        card = await services_of(manager).manage.card(person_of(manager), ConnectionId(connection_id))
    except (Gone, NotYours):
        return None
    return card.connection


def _about(say: Speaker, services: Services, connection: Connection) -> str:
    place = place_line(say, connection.place, services.profiles)
    key = say(
        say.at(connection.place.exchange, "connect-key"),
        tail=connection.key_tail,
        purpose=say.plain(f"purpose-{connection.purpose.value}"),
    )
    return f"{place}\n{key}"


def _cautions(say: Speaker, services: Services, connection: Connection, cautions: list[str]) -> Html:
    place = connection.place
    facts = {
        "exchange": title_of(place.exchange, services.profiles),
        "environment": say.plain(f"environment-{place.environment.value}"),
        "boxes": ", ".join(_unneeded_boxes(connection)),
    }
    lines = []
    for caution in map(Caution, cautions):
        message = f"caution-{caution.value}"
        own = say.at(place.exchange, message)
        if own == message and caution is Caution.NO_IP_WHITELIST and not services.egress_ips:
            own += "-no-ips"
        lines.append(say(own, **facts))
    return Html("\n\n".join(lines))


def _remark(say: Speaker, services: Services, connection: Connection) -> Html | None:
    """What matters for a key that trades there and no answer of the exchange shows."""
    profile = services.profiles.get(connection.place.exchange)
    if profile is None or not profile.trading_remark or connection.purpose is not Purpose.TRADE:
        return None
    return say(f"remark-{profile.id}", exchange=profile.title)


def _unneeded_boxes(connection: Connection) -> list[str]:
    """The tick boxes that are on and that the purpose does not need, in the exchange's words."""
    needed = TRADE_PERMISSION[connection.place.market] if connection.purpose is Purpose.TRADE else None
    report = connection.report
    spare = [p for p in _TRADING if p is not needed and report.grants(p)]
    # One box may grant several rights; it is named once.
    return list(dict.fromkeys(box for p in spare for box in report.of(p).boxes or (p.value,)))
