"""Connect an exchange: the choices, the guide, the label. The key, its check and its result are shared with Rotate."""

from html import escape
from operator import itemgetter
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, ShowMode, StartMode, Window
from aiogram_dialog.api.protocols import BaseDialogManager
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Row, Select, Url
from aiogram_dialog.widgets.text import Format

from bot.domain.connection import Environment, Market, Purpose
from bot.telegram.describing import market_name, place_line
from bot.telegram.dialogs.asking import ask_for_key, keys_are_taken, on_cancel, stay
from bot.telegram.dialogs.checking import checking_window
from bot.telegram.dialogs.choosing import exchange_window
from bot.telegram.dialogs.guide import danger_boxes, guide_data, needed_boxes, quoted
from bot.telegram.dialogs.key_entry import key_window
from bot.telegram.dialogs.label import label_window
from bot.telegram.dialogs.own_pair import OFFERED, make_button, offer
from bot.telegram.dialogs.pair_end import leave_pair
from bot.telegram.dialogs.plan import Plan
from bot.telegram.dialogs.refusal import refused_window, vouch_window
from bot.telegram.dialogs.result import connected_window
from bot.telegram.dialogs.states import Connect
from bot.telegram.dialogs.stopped import stopped_window
from bot.telegram.dialogs.widgets import DANGER, PRIMARY, Caption, CopyButtons, Ready, T, services_of, speaker


async def start_connect(manager: BaseDialogManager, show_mode: ShowMode | None = None) -> None:
    """Opens the wizard, in place of whatever the conversation was about."""
    await manager.start(Connect.exchange, mode=StartMode.RESET_STACK, show_mode=show_mode)


def connect_dialog() -> Dialog:
    """The dialog, for one router."""
    return Dialog(
        exchange_window(
            Connect.exchange,
            "connect-exchange",
            _choose_exchange,
            Button(Caption("button-cancel"), id="exchange_cancel", on_click=on_cancel, style=DANGER),
        ),
        Window(
            Ready("place"),
            T("connect-market"),
            Column(
                Select(
                    Format("{item[0]}"),
                    id="market",
                    item_id_getter=itemgetter(1),
                    items="markets",
                    on_click=_on_market,
                )
            ),
            _back_and_cancel(Connect.market),
            MessageInput(stay),
            state=Connect.market,
            getter=_markets,
        ),
        Window(
            Ready("place"),
            T("connect-environment"),
            Column(
                Select(
                    Caption(lambda data: f"connect-environment-{data['item']}"),
                    id="environment",
                    item_id_getter=str,
                    items="environments",
                    on_click=_on_environment,
                )
            ),
            _back_and_cancel(Connect.environment),
            MessageInput(stay),
            state=Connect.environment,
            getter=_environments,
        ),
        Window(
            Ready("place"),
            T(lambda data: str(data["question"]), "watch_boxes", "trade_boxes", "danger_boxes"),
            Row(
                Select(
                    Caption(lambda data: f"connect-purpose-{data['item']}"),
                    id="purpose",
                    item_id_getter=str,
                    items="purposes",
                    on_click=_on_purpose,
                )
            ),
            _back_and_cancel(Connect.purpose),
            MessageInput(stay),
            state=Connect.purpose,
            getter=_purposes,
        ),
        Window(
            Ready("place"),
            Ready("text"),
            make_button(),
            CopyButtons("copies"),
            Url(Caption("button-key-page", "exchange"), Format("{key_page}"), id="guide_key_page"),
            Button(Caption("connect-guide-next"), id="guide_next", on_click=on_have_key, style=PRIMARY),
            _back_and_cancel(Connect.guide),
            MessageInput(stay),
            state=Connect.guide,
            getter=_guide,
        ),
        key_window(Connect.key),
        label_window(Connect.label),
        checking_window(Connect.checking),
        refused_window(Connect.refused),
        vouch_window(Connect.vouch),
        connected_window(Connect.connected),
        stopped_window(Connect.stopped),
    )


# ------------------------------------------------------------------------------------------------------------ the path


def path(manager: DialogManager, plan: Plan) -> list[State]:
    """The steps before the key that this exchange needs: nobody is asked where there is only one answer."""
    if not plan.exchange:
        return [Connect.exchange]
    worlds = plan.profile(manager).worlds
    steps = [Connect.exchange]
    if len(worlds) > 1:
        steps.append(Connect.market)
    if plan.market is not None and len(worlds[plan.market]) > 1:
        steps.append(Connect.environment)
    return [*steps, Connect.purpose, Connect.guide]


async def _go_on(manager: DialogManager, plan: Plan) -> None:
    """To the step after this one; a choice that has one answer is made without asking."""
    worlds = plan.profile(manager).worlds
    if plan.market is None and len(worlds) == 1:
        plan.market = next(iter(worlds))
    if plan.market is not None and plan.environment is None and len(worlds[plan.market]) == 1:
        plan.environment = worlds[plan.market][0]
    plan.keep(manager)
    steps = path(manager, plan)
    await manager.switch_to(steps[steps.index(manager.current_context().state) + 1])


async def _on_back(_press: CallbackQuery, _button: Any, manager: DialogManager) -> None:
    steps = path(manager, Plan.of(manager))
    await manager.switch_to(steps[steps.index(manager.current_context().state) - 1])


def _back_and_cancel(state: State) -> Row:
    """Each step's buttons have names of their own, so that a second tap never acts on the next step."""
    assert state.state is not None
    name = state.state.split(":")[-1]
    return Row(
        Button(Caption("button-back"), id=f"{name}_back", on_click=_on_back),
        Button(Caption("button-cancel"), id=f"{name}_cancel", on_click=on_cancel, style=DANGER),
    )


# ------------------------------------------------------------------------------------------------------------- getters


async def _markets(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say, profile = speaker(dialog_manager), Plan.of(dialog_manager).profile(dialog_manager)
    markets = [(market_name(say, profile, market), market.value) for market in profile.worlds]
    return {"place": f"<b>{profile.title}</b>\n", "markets": markets}


async def _environments(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    plan = Plan.of(dialog_manager)
    assert plan.market is not None
    profile = plan.profile(dialog_manager)
    market = market_name(speaker(dialog_manager), profile, plan.market)
    return {
        "place": f"<b>{profile.title}</b> · {escape(market, quote=False)}\n",
        "environments": [environment.value for environment in profile.worlds[plan.market]],
    }


def _place(manager: DialogManager, plan: Plan) -> str:
    return place_line(speaker(manager), plan.place, services_of(manager).profiles) + "\n"


async def _purposes(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say, plan = speaker(dialog_manager), Plan.of(dialog_manager)
    profile, market = plan.profile(dialog_manager), plan.place.market
    return {
        "place": _place(dialog_manager, plan),
        "question": say.at(profile.id, "connect-purpose"),
        "purposes": [purpose.value for purpose in Purpose],
        "watch_boxes": quoted(say, needed_boxes(profile, market, Purpose.WATCH)),
        "trade_boxes": quoted(say, needed_boxes(profile, market, Purpose.TRADE)),
        "danger_boxes": quoted(say, danger_boxes(profile)),
    }


async def _guide(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say, data, plan = speaker(dialog_manager), await guide_data(dialog_manager), Plan.of(dialog_manager)
    own = offer(say, plan.profile(dialog_manager), plan)
    title = say("connect-guide") if own is None else say("connect-guide-yourself")
    parts = [own, title + "\n" + data["steps"], data["addresses"], say("connect-guide-ready")]
    return data | {
        "place": _place(dialog_manager, plan),
        "text": "\n\n".join(filter(None, parts)),
        OFFERED: own is not None,
    }


# ------------------------------------------------------------------------------------------------------------ handlers


async def _choose_exchange(manager: DialogManager, exchange: str) -> None:
    """Another exchange has other markets: what was chosen after it is asked again."""
    await _go_on(manager, Plan(exchange))


async def _on_market(_press: CallbackQuery, _select: Any, manager: DialogManager, market: str) -> None:
    plan = Plan.of(manager)
    if market in plan.profile(manager).worlds:
        await _go_on(manager, Plan(plan.exchange, Market(market)))


async def _on_environment(_press: CallbackQuery, _select: Any, manager: DialogManager, environment: str) -> None:
    plan = Plan.of(manager)
    assert plan.market is not None
    if environment in plan.profile(manager).worlds[plan.market]:
        await _go_on(manager, Plan(plan.exchange, plan.market, Environment(environment)))


async def _on_purpose(_press: CallbackQuery, _select: Any, manager: DialogManager, purpose: str) -> None:
    plan = Plan.of(manager)
    if purpose in {each.value for each in Purpose}:
        plan.purpose = Purpose(purpose)
        await _go_on(manager, plan)


async def on_have_key(press: CallbackQuery, _button: Any, manager: DialogManager) -> None:
    """From the guide to the question for the key."""
    if await keys_are_taken(press, manager):
        await leave_pair(manager)
        await ask_for_key(manager)
