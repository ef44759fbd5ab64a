"""What one hears of a connection, and when. Muting holds alerts back; nothing is lost, and the watch goes on."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, Row, Start, SwitchTo

from bot.domain.failures import Severity
from bot.telegram.attention_text import muted_line
from bot.telegram.choices_text import least_word
from bot.telegram.describing import isolated
from bot.telegram.dialogs.muting import how_long, mute_window, unmute
from bot.telegram.dialogs.owned import THERE, card_of, connection_of, home_button, lost, refuse
from bot.telegram.dialogs.severities import severity_buttons, severity_choices
from bot.telegram.dialogs.states import AlertSettings, ChatAlerts
from bot.telegram.dialogs.widgets import Caption, Ready, services_of, speaker
from bot.telegram.dialogs.wizards import person_of
from bot.telegram.texts import Html
from bot.usecases.access import Gone, NotYours


async def _shown(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say, choose = speaker(dialog_manager), services_of(dialog_manager).choose
    try:
        card = await card_of(dialog_manager)
    except (Gone, NotYours) as error:
        return lost(say, error)
    own = (await choose.of_connection(person_of(dialog_manager), card.connection.id)).least
    least = own or (await choose.of_chat(person_of(dialog_manager))).least
    muted = card.muted_until
    lines = (
        say("alerts-title", label=isolated(card.connection.label)),
        say("alerts-on") if muted is None else muted_line(say, "alerts-muted", muted),
        say("alerts-least-chat" if own is None else "alerts-least", least=least_word(say, least)),
    )
    return {"text": Html("\n".join(lines)), THERE: True, "muted": muted is not None}


# ----------------------------------------------------------------------------------------------------------------- mute


async def _how_long(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    try:
        card = await card_of(dialog_manager)
    except (Gone, NotYours) as error:
        return lost(speaker(dialog_manager), error)
    return await how_long(dialog_manager, card.connection)


# ------------------------------------------------------------------------------------------------------------- severity


async def _severities(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say = speaker(dialog_manager)
    try:
        card = await card_of(dialog_manager)
    except (Gone, NotYours) as error:
        return lost(say, error) | {"choices": []}
    own = await services_of(dialog_manager).choose.of_connection(person_of(dialog_manager), card.connection.id)
    text = say("alerts-least-ask", label=isolated(card.connection.label))
    return {"text": text, THERE: True, "choices": severity_choices(say, own.least, as_chat=True)}


async def _choose(press: CallbackQuery, manager: DialogManager, least: Severity | None) -> None:
    try:
        await services_of(manager).choose.least_of(person_of(manager), connection_of(manager), least)
    except (Gone, NotYours) as error:
        await refuse(press, manager, error)
    await manager.switch_to(AlertSettings.shown)


def alert_settings_dialog() -> Dialog:
    """The dialog, for one router."""
    back = SwitchTo(Caption("button-back"), id="back", state=AlertSettings.shown)
    return Dialog(
        Window(
            Ready("text"),
            Row(
                SwitchTo(Caption("alerts-button-mute"), id="mute", state=AlertSettings.mute),
                Button(Caption("alerts-unmute"), id="unmute", on_click=unmute, when="muted"),
                when=THERE,
            ),
            SwitchTo(Caption("alerts-button-least"), id="severity", state=AlertSettings.least, when=THERE),
            Start(Caption("alerts-button-chat"), id="chat", state=ChatAlerts.shown, data={"back": True}, when=THERE),
            Cancel(Caption("button-back"), when=THERE),
            home_button(),
            state=AlertSettings.shown,
            getter=_shown,
        ),
        mute_window(AlertSettings.mute, AlertSettings.shown, _how_long),
        Window(
            Ready("text"),
            severity_buttons(_choose),
            back,
            state=AlertSettings.least,
            getter=_severities,
        ),
    )
