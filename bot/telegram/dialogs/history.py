"""What became of a connection: a picture, and the same in words under it. One message: a press changes it."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, Row
from aiogram_dialog.widgets.media import DynamicMedia

from bot.domain.history import Span
from bot.telegram.dialogs.messages import Drawn
from bot.telegram.dialogs.owned import THERE, connection_of, home_button, lost
from bot.telegram.dialogs.states import History
from bot.telegram.dialogs.widgets import Caption, Ready, services_of, speaker
from bot.telegram.dialogs.wizards import person_of
from bot.telegram.history_words import history_caption, history_sheet
from bot.usecases.access import Gone, NotYours

_SPAN = "span"
_PICTURE = "picture"


async def _shown(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    services, say = services_of(dialog_manager), speaker(dialog_manager)
    span = Span[str(dialog_manager.dialog_data.get(_SPAN, Span.DAY.name))]
    try:
        looked = await services.look_back(person_of(dialog_manager), connection_of(dialog_manager), span)
    except (Gone, NotYours) as error:
        return lost(say, error) | {_PICTURE: None}
    png = await services.pictures.draw(history_sheet(say, looked, services.profiles))
    picture = Drawn(ContentType.PHOTO, png, "history.png")
    return {
        "text": history_caption(say, looked, services.profiles),
        THERE: True,
        _PICTURE: picture,
        _SPAN: span.name.lower(),
    }


async def _turn(_press: CallbackQuery, button: Button, manager: DialogManager) -> None:
    manager.dialog_data[_SPAN] = Span[str(button.widget_id).upper()].name


def _caption_of(span: Span) -> Caption:
    """Marked when it is the one that is shown."""
    name = span.name.lower()
    return Caption(lambda data: f"history-button-{name}-chosen" if data[_SPAN] == name else f"history-button-{name}")


def history_dialog() -> Dialog:
    """The dialog, for one router."""
    return Dialog(
        Window(
            DynamicMedia(_PICTURE, when=THERE),
            Ready("text"),
            Row(
                Button(_caption_of(Span.DAY), id="day", on_click=_turn),
                Button(_caption_of(Span.QUARTER), id="quarter", on_click=_turn),
                when=THERE,
            ),
            Cancel(Caption("button-back"), when=THERE),
            home_button(),
            state=History.shown,
            getter=_shown,
        ),
    )
