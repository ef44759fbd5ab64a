"""Maintenance windows in a private chat: the list, what exchanges announced, and a new one in three or four taps."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Group, Row, Select, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.domain.connection import Connection, ConnectionId
from bot.domain.maintenance import Weekly, minute_typed, moment_typed, next_start
from bot.domain.zones import city_of
from bot.telegram.describing import Profiles, badge, isolated, moment, named, title_of
from bot.telegram.dialogs.messages import toast
from bot.telegram.dialogs.owned import home_button
from bot.telegram.dialogs.states import Maintenance
from bot.telegram.dialogs.widgets import PRIMARY, Caption, Ready, T, services_of, speaker
from bot.telegram.dialogs.wizards import person_of
from bot.telegram.texts import Html, Speaker
from bot.usecases.access import Gone, NotYours
from bot.usecases.announced import Shown
from bot.usecases.maintenance import Planned, TooMany

HOUR = 3600
LENGTHS = (1, 2, 4, 8, 12)
"""Hours."""
_ABOUT, _START, _WEEKDAY, _MINUTE, _PROBLEM = "about", "start", "weekday", "minute", "problem"
_LONGEST_TYPED = 40


async def _shown(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    services, say = services_of(dialog_manager), speaker(dialog_manager)
    person = person_of(dialog_manager)
    planned, announced = await services.maintenance.of(person), await services.announced.of(person)
    counts = await services.announced.counts(person)
    now = services.clock.now()
    lines = [_line(say, one, services.profiles, now) for one in planned]
    lines += [_announced_line(say, one, services.profiles, now) for one in announced]
    text = say("maintenance-title") if lines else Html(f"{say('maintenance-title')}\n{say('maintenance-none')}")
    if announced:
        lines.append(say("maintenance-announced-count" if counts else "maintenance-announced-ignored"))
    return {
        "text": Html("\n\n".join([text, *lines])),
        "counts": counts,
        "ignored": not counts,
        "windows": [
            (say.plain("maintenance-button-remove", name=_name(one, services.profiles)), one.window.id)
            for one in planned
        ],
    }


def _name(planned: Planned, profiles: Profiles) -> str:
    return isolated(planned.label) if planned.label is not None else title_of(planned.window.exchange, profiles)


def _line(say: Speaker, planned: Planned, profiles: Profiles, now: float) -> Html:
    window, times = planned.window, planned.window.times
    hours = say.duration(times.seconds)
    if times.weekly is None:
        what = say("maintenance-once", at=moment(times.start), length=hours)
    else:
        clock = f"{times.weekly.minute // 60:02}:{times.weekly.minute % 60:02}"
        day = say.plain(f"weekday-{times.weekly.weekday}")
        what = say("maintenance-weekly", day=day, at=clock, zone=city_of(window.zone), length=hours)
    until = window.open_at(now)
    begins = next_start(times, ZoneInfo(window.zone), now)
    state = Html()
    if until is not None:
        state = say("maintenance-open", until=moment(until))
    elif times.weekly is not None and begins is not None:
        state = say("maintenance-next", at=moment(begins))
    title = say(
        "maintenance-line" if planned.label is not None else "maintenance-line-all", name=_name(planned, profiles)
    )
    return Html("\n".join(line for line in (title, what, state) if line))


def _announced_line(say: Speaker, shown: Shown, profiles: Profiles, now: float) -> Html:
    span = shown.span
    name = title_of(shown.exchange, profiles)
    if world := badge(say, shown.environment):
        name = f"{name} {world}"
    where = ", ".join(say.plain(f"market-{market.value}") for market in shown.markets)
    lines = [
        say("maintenance-announced", name=name, where=where),
        say("maintenance-once", at=moment(span.start), length=say.duration(span.end - span.start)),
    ]
    if span.start <= now:
        lines.append(say("maintenance-open", until=moment(span.end)))
    return Html("\n".join(lines))


async def _count(press: CallbackQuery, button: Button, manager: DialogManager) -> None:
    """The switch says what it does: a press on an old message does that too, and never the other thing."""
    on = button.widget_id == "heed"
    await services_of(manager).announced.count(person_of(manager), on=on)
    await toast(press, speaker(manager).plain("toast-announced-on" if on else "toast-announced-off"))


async def _remove(press: CallbackQuery, _select: Any, manager: DialogManager, window_id: str) -> None:
    removed = await services_of(manager).maintenance.remove(person_of(manager), window_id)
    await toast(press, speaker(manager).plain("toast-maintenance-removed" if removed else "toast-maintenance-gone"))


# --------------------------------------------------------------------------------------------------------- a new window


async def _new(press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    if not await services_of(manager).maintenance.heard(person_of(manager)):
        await toast(press, speaker(manager).plain("toast-maintenance-nothing"), alert=True)
        return
    manager.dialog_data.clear()
    await manager.switch_to(Maintenance.what)


async def _choices(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    services, say = services_of(dialog_manager), speaker(dialog_manager)
    heard = await services.maintenance.heard(person_of(dialog_manager))
    return {
        "connections": [(named(connection), connection.id) for connection in heard],
        "exchanges": [
            (say.plain("maintenance-button-all", exchange=title_of(exchange, services.profiles)), exchange)
            for exchange in _exchanges(heard)
        ],
    }


def _exchanges(heard: Sequence[Connection]) -> list[str]:
    return list(dict.fromkeys(connection.place.exchange for connection in heard))


async def _chosen(_press: CallbackQuery, _select: Any, manager: DialogManager, about: str) -> None:
    manager.dialog_data[_ABOUT] = about
    await manager.switch_to(Maintenance.when)


async def _when(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say = speaker(dialog_manager)
    return {"now": [(say.plain("maintenance-button-now", hours=hours), str(hours)) for hours in LENGTHS[:3]]}


async def _from_now(press: CallbackQuery, _select: Any, manager: DialogManager, hours: str) -> None:
    manager.dialog_data.update({_START: None, _WEEKDAY: None})
    await _keep(press, manager, hours)


async def _typing(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say, data = speaker(dialog_manager), dialog_manager.dialog_data
    zone = city_of(await services_of(dialog_manager).maintenance.zone(person_of(dialog_manager)))
    text = say("maintenance-type-time" if data.get(_WEEKDAY) is not None else "maintenance-type-moment", zone=zone)
    return {"text": Html(f"{text}\n\n{say('maintenance-not-read')}") if data.get(_PROBLEM) else text}


async def _days(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say = speaker(dialog_manager)
    return {"days": [(say.plain(f"weekday-{day}"), str(day)) for day in range(7)]}


async def _once(_press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    manager.dialog_data.update({_WEEKDAY: None, _PROBLEM: False})
    await manager.switch_to(Maintenance.typing)


async def _day(_press: CallbackQuery, _select: Any, manager: DialogManager, day: str) -> None:
    if day in {"0", "1", "2", "3", "4", "5", "6"}:
        manager.dialog_data.update({_WEEKDAY: int(day), _PROBLEM: False})
        await manager.switch_to(Maintenance.typing)


async def _typed(message: Message, _input: MessageInput, manager: DialogManager) -> None:
    manager.show_mode = ShowMode.DELETE_AND_SEND
    services, data = services_of(manager), manager.dialog_data
    text = (message.text or "")[:_LONGEST_TYPED]
    if data.get(_WEEKDAY) is not None:
        data[_MINUTE] = minute_typed(text)
        data[_PROBLEM] = data[_MINUTE] is None
    else:
        zone = ZoneInfo(await services.maintenance.zone(person_of(manager)))
        data[_START] = moment_typed(text, zone, services.clock.now())
        data[_PROBLEM] = data[_START] is None
    if not data[_PROBLEM]:
        await manager.switch_to(Maintenance.length)


async def _lengths(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say = speaker(dialog_manager)
    return {"lengths": [(say.plain("maintenance-button-hours", hours=hours), str(hours)) for hours in LENGTHS]}


async def _length(press: CallbackQuery, _select: Any, manager: DialogManager, hours: str) -> None:
    await _keep(press, manager, hours)


async def _keep(press: CallbackQuery, manager: DialogManager, hours: str) -> None:
    data, services, say = manager.dialog_data, services_of(manager), speaker(manager)
    about, day, start = data.get(_ABOUT), data.get(_WEEKDAY), data.get(_START)
    if about is None or hours not in {str(length) for length in LENGTHS}:
        await manager.switch_to(Maintenance.shown)
        return
    weekly = None if day is None else Weekly(int(str(day)), int(str(data[_MINUTE])))
    begins = None if weekly is not None or start is None else float(str(start))
    try:
        await services.maintenance.add(
            person_of(manager), ConnectionId(str(about)), int(hours) * HOUR, start=begins, weekly=weekly
        )
    except (Gone, NotYours):
        await toast(press, say.plain("toast-maintenance-gone"), alert=True)
    except TooMany:
        await toast(press, say.plain("toast-maintenance-many"), alert=True)
    else:
        await toast(press, say.plain("toast-maintenance-planned"))
    await manager.switch_to(Maintenance.shown)


def _select(name: str, on_click: Any) -> Select[Any]:
    return Select(Format("{item[0]}"), id=name, item_id_getter=lambda item: item[1], items=name, on_click=on_click)


def _back() -> SwitchTo:
    return SwitchTo(Caption("button-back"), id="back", state=Maintenance.shown)


def maintenance_dialog() -> Dialog:
    """The dialog, for one router."""
    return Dialog(
        Window(
            Ready("text"),
            Button(Caption("maintenance-button-new"), id="new", on_click=_new, style=PRIMARY),
            Column(_select("windows", _remove)),
            Button(Caption("maintenance-button-announced-on"), id="ignore", on_click=_count, when="counts"),
            Button(Caption("maintenance-button-announced-off"), id="heed", on_click=_count, when="ignored"),
            home_button(),
            state=Maintenance.shown,
            getter=_shown,
        ),
        Window(
            T("maintenance-what"),
            Column(_select("connections", _chosen), _select("exchanges", _chosen)),
            _back(),
            state=Maintenance.what,
            getter=_choices,
        ),
        Window(
            T("maintenance-when"),
            Row(_select("now", _from_now)),
            Button(Caption("maintenance-button-later"), id="later", on_click=_once),
            SwitchTo(Caption("maintenance-button-weekly"), id="weekly", state=Maintenance.day),
            _back(),
            state=Maintenance.when,
            getter=_when,
        ),
        Window(
            T("maintenance-day"),
            Group(_select("days", _day), width=2),
            _back(),
            state=Maintenance.day,
            getter=_days,
        ),
        Window(
            Ready("text"),
            MessageInput(_typed),
            _back(),
            state=Maintenance.typing,
            getter=_typing,
        ),
        Window(
            T("maintenance-length"),
            Row(_select("lengths", _length)),
            _back(),
            state=Maintenance.length,
            getter=_lengths,
        ),
    )
