"""When the alerts of a connection come through. Muting holds them back; nothing is dropped, and the watch goes on."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, Row

from bot.telegram.describing import isolated, moment, utc
from bot.telegram.dialogs.messages import toast
from bot.telegram.dialogs.owned import THERE, card_of, connection_of, home_button, lost, refuse
from bot.telegram.dialogs.states import AlertSettings
from bot.telegram.dialogs.widgets import Caption, Ready, services_of, speaker
from bot.telegram.dialogs.wizards import person_of
from bot.telegram.texts import Html
from bot.usecases.access import Gone, NotYours

HOUR = 3600.0
SHORT, LONG = 1, 8
"""Hours: over lunch, over night."""


async def _shown(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say = speaker(dialog_manager)
    try:
        card = await card_of(dialog_manager)
    except (Gone, NotYours) as error:
        return lost(say, error)
    state = say("alerts-on")
    if card.muted_until is not None:
        state = say("alerts-muted", until=moment(card.muted_until))
    title = say("alerts-title", label=isolated(card.connection.label))
    return {"text": Html(f"{title}\n{state}"), THERE: True, "muted": card.muted_until is not None}


async def _mute(press: CallbackQuery, button: Button, manager: DialogManager) -> None:
    hours = LONG if button.widget_id == "mute_long" else SHORT
    try:
        until = await services_of(manager).manage.mute(person_of(manager), connection_of(manager), hours * HOUR)
    except (Gone, NotYours) as error:
        await refuse(press, manager, error)
    else:
        await toast(press, speaker(manager).plain("toast-muted", until=utc(until)))


async def _unmute(press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    try:
        await services_of(manager).manage.unmute(person_of(manager), connection_of(manager))
    except (Gone, NotYours) as error:
        await refuse(press, manager, error)
    else:
        await toast(press, speaker(manager).plain("toast-unmuted"))


def alert_settings_dialog() -> Dialog:
    """The dialog, for one router."""
    return Dialog(
        Window(
            Ready("text"),
            Row(
                Button(Caption("alerts-mute-hours", hours=lambda _: SHORT), id="mute_short", on_click=_mute),
                Button(Caption("alerts-mute-hours", hours=lambda _: LONG), id="mute_long", on_click=_mute),
                when=THERE,
            ),
            Button(Caption("alerts-unmute"), id="unmute", on_click=_unmute, when="muted"),
            Cancel(Caption("button-back"), when=THERE),
            home_button(),
            state=AlertSettings.shown,
            getter=_shown,
        ),
    )
