"""What a person hears of everything, and when: severity, quiet hours, time zone."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Group, Row, Select, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.domain.failures import Severity
from bot.domain.wall_times import read_times
from bot.domain.zones import city_of, clock_there, common_zones, guess, is_zone, search
from bot.telegram.choices_text import HOURS, WRONG_TIMES, choice_lines, on_the_clock, wrong_time
from bot.telegram.dialogs.asking import take_away
from bot.telegram.dialogs.messages import toast
from bot.telegram.dialogs.owned import home_button
from bot.telegram.dialogs.pages import Pages
from bot.telegram.dialogs.severities import severity_buttons, severity_choices
from bot.telegram.dialogs.states import ChatAlerts
from bot.telegram.dialogs.widgets import Caption, Ready, services_of, speaker
from bot.telegram.dialogs.wizards import person_of
from bot.telegram.texts import Html
from bot.usecases.control_storage import ChatSettings
from bot.usecases.ports import Person

_WRONG: Final = "wrong"
"""In the dialog's data: what is said of a time that was typed and could not be kept. Never what was typed."""
_FOUND: Final = "found"
"""In the dialog's data: the zones that a typed city may mean; empty if none, None if nothing was typed."""
_THEN_QUIET: Final = "then_quiet"
"""In the dialog's data: quiet hours are switched on once the zone is known."""


async def _settings(manager: DialogManager) -> ChatSettings:
    return await services_of(manager).choose.of_chat(person_of(manager))


async def _shown(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say, settings = speaker(dialog_manager), await _settings(dialog_manager)
    now = services_of(dialog_manager).clock.now()
    start = dialog_manager.start_data
    return {
        "text": Html("\n".join(choice_lines(say, "chat", settings, now))),
        "quiet": settings.quiet,
        "loud": not settings.quiet,
        "passes": settings.quiet and settings.critical_passes,
        "waits": settings.quiet and not settings.critical_passes,
        "from": on_the_clock(settings.quiet_start),
        "to": on_the_clock(settings.quiet_end),
        "back": isinstance(start, Mapping) and bool(start.get("back")),
    }


# ------------------------------------------------------------------------------------------------------------- severity


async def _severities(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say, settings = speaker(dialog_manager), await _settings(dialog_manager)
    return {"text": say("chat-least-ask"), "choices": severity_choices(say, settings.least, as_chat=False)}


async def _choose_least(_press: CallbackQuery, manager: DialogManager, least: Severity | None) -> None:
    if least is not None:
        await services_of(manager).choose.least(person_of(manager), least)
    await manager.switch_to(ChatAlerts.shown)


# ---------------------------------------------------------------------------------------------------------- quiet hours


async def _quiet_on(_press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Hours need a clock: a language that is at home in one zone tells which, otherwise it is asked for."""
    choose, person_id = services_of(manager).choose, person_of(manager)
    if (await _settings(manager)).known_zone is None:
        zone = _guess(manager)
        if zone is None:
            manager.dialog_data[_THEN_QUIET] = True
            await manager.switch_to(ChatAlerts.zone)
            return
        await choose.zone(person_id, zone)
    await choose.quiet(person_id, on=True)


def _guess(manager: DialogManager) -> str | None:
    person: Person | None = manager.middleware_data.get("person")
    return guess(person.telegram_language or person.language) if person else None


async def _quiet_off(_press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await services_of(manager).choose.quiet(person_of(manager), on=False)


async def _critical_waits(_press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await services_of(manager).choose.critical_passes(person_of(manager), passes=False)


async def _critical_passes(_press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await services_of(manager).choose.critical_passes(person_of(manager), passes=True)


def _hours_window(state: State, ask: str, keep: Callable[[DialogManager, int], Awaitable[None]]) -> Window:
    """One end of the quiet hours, tapped or typed; or both ends, typed."""

    async def hours(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
        say, wrong = speaker(dialog_manager), dialog_manager.dialog_data.get(_WRONG)
        text = say(ask)
        if wrong in WRONG_TIMES:
            text = Html(f"{text}\n\n{say(str(wrong))}")
        return {"text": text, "hours": [(hour, hour[:2]) for hour in HOURS]}

    async def tapped(press: CallbackQuery, _select: Any, manager: DialogManager, hour: str) -> None:
        try:
            await keep(manager, int(hour) * 60)
        except ValueError:  # forged, or the same at both ends
            await toast(press, speaker(manager).plain("toast-quiet-same"))
            return
        await _settled(manager)

    async def typed(message: Message, _input: MessageInput, manager: DialogManager) -> None:
        manager.show_mode = ShowMode.EDIT
        await take_away(message)
        try:
            await _keep_typed(manager, message.text or "", keep)
        except ValueError as error:
            manager.dialog_data[_WRONG] = wrong_time(error)
            return
        await _settled(manager)

    return Window(
        Ready("text"),
        Group(
            Select(Format("{item[0]}"), id="hour", item_id_getter=lambda hour: hour[1], items="hours", on_click=tapped),
            width=4,
        ),
        MessageInput(typed),
        _back(),
        state=state,
        getter=hours,
    )


async def _keep_typed(
    manager: DialogManager, typed: str, keep: Callable[[DialogManager, int], Awaitable[None]]
) -> None:
    """Raises ``ValueError`` if it cannot be read, or if quiet hours would never end."""
    first, *last = read_times(typed)
    if last:
        await services_of(manager).choose.quiet_hours(person_of(manager), first, last[0])
    else:
        await keep(manager, first)


async def _settled(manager: DialogManager) -> None:
    manager.dialog_data[_WRONG] = None
    await manager.switch_to(ChatAlerts.shown)


async def _keep_from(manager: DialogManager, minutes: int) -> None:
    await services_of(manager).choose.quiet_from(person_of(manager), minutes)


async def _keep_to(manager: DialogManager, minutes: int) -> None:
    await services_of(manager).choose.quiet_to(person_of(manager), minutes)


# ---------------------------------------------------------------------------------------------------------------- zones


async def _zones(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say, now = speaker(dialog_manager), services_of(dialog_manager).clock.now()
    found = dialog_manager.dialog_data.get(_FOUND)
    text = say("chat-zone-ask")
    if found is not None:
        text = Html(f"{text}\n\n{say('chat-zone-found' if found else 'chat-zone-unknown')}")
    zones = [zone for zone in found or common_zones() if is_zone(zone)]
    named = [(say.plain("chat-zone-choice", city=city_of(zone), clock=clock_there(zone, now)), zone) for zone in zones]
    return {"text": text, "zones": named}


async def _zone_tapped(_press: CallbackQuery, _select: Any, manager: DialogManager, zone: str) -> None:
    if is_zone(zone):
        await _keep_zone(manager, zone)


async def _zone_typed(message: Message, _input: MessageInput, manager: DialogManager) -> None:
    manager.show_mode = ShowMode.EDIT
    await take_away(message)
    found = search((message.text or "")[:64])
    if len(found) == 1:
        await _keep_zone(manager, found[0])
    else:
        manager.dialog_data[_FOUND] = list(found)


async def _keep_zone(manager: DialogManager, zone: str) -> None:
    choose, person_id = services_of(manager).choose, person_of(manager)
    await choose.zone(person_id, zone)
    manager.dialog_data[_FOUND] = None
    if manager.dialog_data.pop(_THEN_QUIET, None):
        await choose.quiet(person_id, on=True)
    await manager.switch_to(ChatAlerts.shown)


async def _forget_typed(_press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    manager.dialog_data.update({_FOUND: None, _THEN_QUIET: None, _WRONG: None})


def _back() -> SwitchTo:
    return SwitchTo(Caption("button-back"), id="back", state=ChatAlerts.shown, on_click=_forget_typed)


def chat_alerts_dialog() -> Dialog:
    """The dialog, for one router."""
    return Dialog(
        Window(
            Ready("text"),
            SwitchTo(Caption("chat-button-least"), id="severity", state=ChatAlerts.least),
            Button(Caption("chat-button-quiet-on"), id="quiet_on", on_click=_quiet_on, when="loud"),
            Row(
                SwitchTo(Caption("chat-button-from", "from"), id="from", state=ChatAlerts.quiet_from),
                SwitchTo(Caption("chat-button-to", "to"), id="to", state=ChatAlerts.quiet_to),
                when="quiet",
            ),
            Button(Caption("chat-button-critical-wait"), id="wait", on_click=_critical_waits, when="passes"),
            Button(Caption("chat-button-critical-pass"), id="pass", on_click=_critical_passes, when="waits"),
            Button(Caption("chat-button-quiet-off"), id="quiet_off", on_click=_quiet_off, when="quiet"),
            SwitchTo(Caption("chat-button-zone"), id="zone", state=ChatAlerts.zone),
            Cancel(Caption("button-back"), when="back"),
            home_button(),
            state=ChatAlerts.shown,
            getter=_shown,
        ),
        Window(
            Ready("text"),
            severity_buttons(_choose_least),
            _back(),
            state=ChatAlerts.least,
            getter=_severities,
        ),
        _hours_window(ChatAlerts.quiet_from, "chat-from-ask", _keep_from),
        _hours_window(ChatAlerts.quiet_to, "chat-to-ask", _keep_to),
        Window(
            Ready("text"),
            Pages(
                Select(
                    Format("{item[0]}"),
                    id="zone",
                    item_id_getter=lambda zone: zone[1],
                    items="zones",
                    on_click=_zone_tapped,
                ),
                id="zones",
                width=2,
                height=6,
            ),
            MessageInput(_zone_typed),
            _back(),
            state=ChatAlerts.zone,
            getter=_zones,
        ),
    )
