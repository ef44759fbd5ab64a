"""The guide to a key, outside of the wizard: for one exchange, with its market, world and purpose to switch between."""

from collections.abc import Mapping
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Group, Row, Select, SwitchTo, Url
from aiogram_dialog.widgets.text import Format

from bot.domain.connection import Environment, Market, Purpose
from bot.domain.exchange import ExchangeProfile
from bot.domain.verdict import TRADE_PERMISSION
from bot.telegram.describing import NONE, market_name, place_line
from bot.telegram.dialogs.choosing import begin_with, exchange_window
from bot.telegram.dialogs.guide import danger_boxes, guide_data, needed_boxes, quoted
from bot.telegram.dialogs.owned import home_button
from bot.telegram.dialogs.pair_at_hand import kind_here, own_words
from bot.telegram.dialogs.plan import Plan
from bot.telegram.dialogs.states import Guide
from bot.telegram.dialogs.widgets import Caption, CopyButtons, Ready, services_of, speaker
from bot.telegram.texts import Html, Speaker

Choice = tuple[str, str]
"""Caption and value of a switch."""


def guidance_dialog() -> Dialog:
    """The dialog, for one router."""
    return Dialog(
        exchange_window(Guide.exchange, "guidance-exchange", _choose, home_button()),
        Window(
            Ready("text"),
            Group(_switch("market", _on_market), width=2),
            Row(_switch("environment", _on_environment)),
            Row(_switch("purpose", _on_purpose)),
            CopyButtons("copies"),
            Url(Caption("button-key-page", "exchange"), Format("{key_page}"), id="key_page"),
            SwitchTo(Caption("guidance-other"), id="other", state=Guide.exchange),
            home_button(),
            state=Guide.shown,
            getter=_shown,
        ),
        on_start=_on_start,
    )


def _switch(name: str, on_click: Any) -> Select[str]:
    return Select(Format("{item[0]}"), id=name, item_id_getter=_value, items=f"{name}s", on_click=on_click)


def _value(choice: Choice) -> str:
    return choice[1]


async def _on_start(start_data: Any, manager: DialogManager) -> None:
    await begin_with(start_data, manager, _choose)


async def _choose(manager: DialogManager, exchange: str) -> None:
    """Begins with what most people want: the first market, real money, trading."""
    worlds = services_of(manager).profiles[exchange].worlds
    market = next(iter(worlds))
    Plan(exchange, market, worlds[market][0], Purpose.TRADE).keep(manager)
    await manager.switch_to(Guide.shown)


# --------------------------------------------------------------------------------------------------------------- words


async def _shown(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say, plan, data = speaker(dialog_manager), Plan.of(dialog_manager), await guide_data(dialog_manager)
    assert plan.purpose is not None
    profile, place = plan.profile(dialog_manager), plan.place
    kind = kind_here(profile, plan)
    where = place_line(say, place, services_of(dialog_manager).profiles)
    parts = [
        Html(say("guidance-title", exchange=profile.title) + "\n" + where),
        data["steps"],
        *([say(own_words(say, kind, "guidance"), exchange=profile.title)] if kind is not None else []),
        _boxes(say, profile, place.market, plan.purpose),
        Html(data["addresses"] + "\n" + limit_of(say, profile)) if profile.max_ips else data["addresses"],
        _mistake(say, profile, place.market, plan.purpose),
    ]
    markets = {market.value: market_name(say, profile, market) for market in profile.worlds}
    environments = {each.value: say.plain(f"environment-{each.value}") for each in profile.worlds[place.market]}
    purposes = {purpose.value: say.plain(f"purpose-{purpose.value}") for purpose in Purpose}
    return data | {
        "text": "\n\n".join(parts),
        "markets": _choices(say, markets, place.market),
        "environments": _choices(say, environments, place.environment),
        "purposes": _choices(say, purposes, plan.purpose),
    }


def _choices(say: Speaker, captions: Mapping[str, str], chosen: str) -> list[Choice]:
    """The switch's positions, by value; none where there is nothing to switch."""
    if len(captions) == 1:
        return []
    return [(say.plain("guidance-chosen", name=c) if v == chosen else c, v) for v, c in captions.items()]


def _boxes(say: Speaker, profile: ExchangeProfile, market: Market, purpose: Purpose) -> Html:
    return say(
        say.at(profile.id, "guidance-boxes"),
        boxes=quoted(say, needed_boxes(profile, market, purpose)),
        danger_boxes=quoted(say, danger_boxes(profile)) or NONE,
    )


def limit_of(say: Speaker, profile: ExchangeProfile) -> Html:
    """How many addresses the exchange takes for a key, and what it wants between them."""
    return say("guidance-limit", exchange=profile.title, max=profile.max_ips, separator=separator_of(profile))


def separator_of(profile: ExchangeProfile) -> str:
    """What stands between two addresses there, as the sentences name it."""
    between = profile.ip_separator
    return "comma" if "," in between else "newline" if "\n" in between else "space"


def _mistake(say: Speaker, profile: ExchangeProfile, market: Market, purpose: Purpose) -> Html:
    """A key that was made for another market; where no box tells markets apart, one from another page or world."""
    boxes, others = needed_boxes(profile, market, Purpose.TRADE), _other_boxes(profile, market)
    if purpose is Purpose.WATCH or not others:
        return say(say.at(profile.id, "guidance-mistake-place"), exchange=profile.title)
    name = market_name(say, profile, market)
    return say("guidance-mistake-market", market=name, boxes=quoted(say, boxes[-1:]), other_boxes=quoted(say, others))


def _other_boxes(profile: ExchangeProfile, market: Market) -> list[str]:
    """The boxes that let a key trade in the exchange's other markets, and not in this one."""
    here = profile.boxes.get(TRADE_PERMISSION[market], ())
    elsewhere = [profile.boxes.get(TRADE_PERMISSION[other], ())[:1] for other in profile.worlds]
    return [box for boxes in elsewhere for box in boxes if box not in here]


# ------------------------------------------------------------------------------------------------------------ handlers


async def _on_market(_press: CallbackQuery, _select: Any, manager: DialogManager, market: str) -> None:
    """A market may not have the world chosen before; then its first one is shown."""
    plan = Plan.of(manager)
    worlds = plan.profile(manager).worlds
    if market in worlds:
        plan.market = Market(market)
        if plan.environment not in worlds[plan.market]:
            plan.environment = worlds[plan.market][0]
        plan.keep(manager)


async def _on_environment(_press: CallbackQuery, _select: Any, manager: DialogManager, environment: str) -> None:
    plan = Plan.of(manager)
    if environment in plan.profile(manager).worlds[plan.place.market]:
        plan.environment = Environment(environment)
        plan.keep(manager)


async def _on_purpose(_press: CallbackQuery, _select: Any, manager: DialogManager, purpose: str) -> None:
    plan = Plan.of(manager)
    if purpose in {each.value for each in Purpose}:
        plan.purpose = Purpose(purpose)
        plan.keep(manager)
