"""Whether somebody wants a digest, how often, and at which hour."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Group, Row, Select
from aiogram_dialog.widgets.text import Format

from bot.domain.digests import Every
from bot.domain.zones import city_of
from bot.telegram.describing import moment
from bot.telegram.dialogs.owned import home_button
from bot.telegram.dialogs.states import Digest
from bot.telegram.dialogs.widgets import Caption, Data, Ready, services_of, speaker
from bot.telegram.dialogs.wizards import person_of
from bot.telegram.texts import Html

OFF = "off"
_CHOSEN = "chosen"


async def _shown(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    services, say, me = services_of(dialog_manager), speaker(dialog_manager), person_of(dialog_manager)
    choice = await services.digests.of(me)
    lines = [say("digest-settings")]
    hours: list[tuple[str, str]] = []
    if choice is not None:
        zone = await services.maintenance.zone(me)
        lines.append(say("digest-next", at=moment(choice.next_at), zone=city_of(zone)))
        hours = [(f"✓ {hour:02}" if hour == choice.hour else f"{hour:02}", str(hour)) for hour in range(24)]
    return {
        "text": Html("\n\n".join(lines)),
        _CHOSEN: OFF if choice is None else choice.every.value,
        "hours": hours,
        "on": choice is not None,
    }


async def _choose(_press: CallbackQuery, button: Button, manager: DialogManager) -> None:
    every = None if button.widget_id == OFF else Every(str(button.widget_id))
    await services_of(manager).digests.choose(person_of(manager), every)


async def _at(_press: CallbackQuery, _select: Any, manager: DialogManager, hour: str) -> None:
    digests, me = services_of(manager).digests, person_of(manager)
    choice = await digests.of(me)
    if choice is not None and hour.isascii() and hour.isdigit():
        await digests.choose(me, choice.every, int(hour))


def _caption(name: str) -> Caption:
    def named(data: Data) -> str:
        return f"digest-button-{name}-chosen" if data[_CHOSEN] == name else f"digest-button-{name}"

    return Caption(named)


def digest_dialog() -> Dialog:
    """The dialog, for one router."""
    return Dialog(
        Window(
            Ready("text"),
            Row(
                *(Button(_caption(name), id=name, on_click=_choose) for name in (OFF, *(each.value for each in Every)))
            ),
            Group(
                Select(
                    Format("{item[0]}"), id="hour", item_id_getter=lambda item: item[1], items="hours", on_click=_at
                ),
                width=6,
                when="on",
            ),
            home_button(),
            state=Digest.shown,
            getter=_shown,
        ),
    )
