"""Endings without a result: cancelled, connected already, not possible, disconnected meanwhile."""

from typing import Any, Final

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode, StartMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button

from bot.domain.connection import Connection, ConnectionId
from bot.domain.failures import Failure, Trouble
from bot.telegram.describing import cause_of, isolated
from bot.telegram.dialogs.asking import STOPPED, ask_for_key, keys_are_taken, leave
from bot.telegram.dialogs.pair_at_hand import kind_here, own_words
from bot.telegram.dialogs.plan import Plan
from bot.telegram.dialogs.result import open_card
from bot.telegram.dialogs.states import Connect, Home
from bot.telegram.dialogs.steps import steps_of
from bot.telegram.dialogs.widgets import PRIMARY, Caption, Ready, services_of, speaker
from bot.telegram.dialogs.wizards import person_of
from bot.usecases.access import Gone, NotYours

_MAY_TRY_ANOTHER: Final = frozenset({"same-key", "other-account", "fell-back", "already-yours", "not-possible"})
"""Endings of a rotation after which another key can be entered at once."""


def stopped_window(state: State) -> Window:
    """Says why, and offers the next step."""
    return Window(
        Ready("text"),
        MessageInput(leave),
        Button(Caption("connect-show-existing", "label"), id="stop_card", on_click=open_card, when="label"),
        Button(Caption("rotate-another"), id="stop_other", on_click=_on_other, when="other_key", style=PRIMARY),
        Button(Caption("connect-again"), id="stop_again", on_click=_on_again, when="again", style=PRIMARY),
        Button(Caption("connect-home"), id="stop_home", on_click=_on_home),
        state=state,
        getter=_shown,
    )


async def _shown(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    manager, say, services = dialog_manager, speaker(dialog_manager), services_of(dialog_manager)
    facts: dict[str, Any] = manager.dialog_data.get(STOPPED) or {"why": "cancelled"}
    plan = Plan.of(manager)
    rotating = plan.connection is not None or facts["why"] in {"gone", "not-yours"}
    shown = await _find(manager, facts.get("connection") or plan.connection)
    profile = services.profiles.get(plan.exchange)
    text: str = say(
        f"{'rotate' if rotating else 'connect'}-{facts['why']}",
        label=isolated(shown.label) if shown else "",
        exchange=profile.title if profile else "",
    )
    if facts.get("failure"):
        trouble = Trouble(Failure(facts["failure"]), code=facts.get("code"))
        text += "\n\n" + cause_of(say, trouble, plan.place, services.profiles)
    if facts.get("destroyed") and profile:
        text += "\n\n" + say(own_words(say, kind_here(profile, plan), "destroyed"), exchange=profile.title)
    return {
        "text": text,
        "label": shown.label if shown else "",
        "other_key": rotating and facts["why"] in _MAY_TRY_ANOTHER,
        "again": not rotating,
    }


async def _find(manager: DialogManager, connection_id: str | None) -> Connection | None:
    if connection_id is None:
        return None
    try:
        card = await services_of(manager).manage.card(person_of(manager), ConnectionId(connection_id))
    except (Gone, NotYours):
        return None
    return card.connection


async def _on_other(press: CallbackQuery, _button: Any, manager: DialogManager) -> None:
    plan, facts = Plan.of(manager), manager.dialog_data.get(STOPPED) or {}
    if plan.connection is None or not await keys_are_taken(press, manager):
        return
    if facts.get("own") and plan.pair is None:
        await manager.switch_to(steps_of(manager).guide)  # the pair has served: another way, or another pair
    else:
        await ask_for_key(manager)


async def _on_again(_press: CallbackQuery, _button: Any, manager: DialogManager) -> None:
    await manager.start(Connect.exchange, mode=StartMode.RESET_STACK, show_mode=ShowMode.EDIT)


async def _on_home(_press: CallbackQuery, _button: Any, manager: DialogManager) -> None:
    await manager.start(Home.connections, mode=StartMode.RESET_STACK, show_mode=ShowMode.EDIT)
