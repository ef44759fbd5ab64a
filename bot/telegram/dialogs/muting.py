"""For how long to mute a connection in one's own chat: the same question on a card and on what one only hears of."""

from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Row, SwitchTo

from bot.domain.connection import Connection
from bot.domain.muting import MuteFor
from bot.telegram.attention_text import mute_choices, muted_toast
from bot.telegram.describing import isolated
from bot.telegram.dialogs.messages import toast
from bot.telegram.dialogs.owned import THERE, connection_of, refuse
from bot.telegram.dialogs.widgets import Caption, Ready, services_of, speaker
from bot.telegram.dialogs.wizards import person_of
from bot.telegram.texts import Html
from bot.usecases.access import Gone, NotYours
from bot.usecases.mute import NothingToMute


async def how_long(manager: DialogManager, connection: Connection) -> dict[str, Any]:
    """What the window shows."""
    say, services = speaker(manager), services_of(manager)
    zone = (await services.choose.of_chat(person_of(manager))).known_zone
    ask = say("alerts-mute-ask", label=isolated(connection.label))
    in_trouble = connection.health.told
    choices = mute_choices(say, services.clock.now(), zone)
    text = Html("\n".join([ask, "", *(choices if in_trouble else choices[:-1])]))
    return {"text": text, THERE: True, "in_trouble": in_trouble}


def mute_window(here: State, back: State, getter: Any) -> Window:
    """The window; it leads back once there is an answer."""

    async def mute(press: CallbackQuery, button: Button, manager: DialogManager) -> None:
        services, say, me = services_of(manager), speaker(manager), person_of(manager)
        zone = (await services.choose.of_chat(me)).known_zone
        try:
            until = await services.mute.mute(me, connection_of(manager), me, MuteFor(str(button.widget_id)))
        except (Gone, NotYours) as error:
            await refuse(press, manager, error)
        except NothingToMute:
            await toast(press, say.plain("toast-mute-nothing"))
        else:
            await toast(press, muted_toast(say, until, zone))
        await manager.switch_to(back)

    def button(choice: MuteFor, when: str = THERE) -> Button:
        return Button(Caption(f"button-mute-{choice.value}"), id=choice.value, on_click=mute, when=when)

    return Window(
        Ready("text"),
        Row(button(MuteFor.HOUR), button(MuteFor.EIGHT_HOURS)),
        button(MuteFor.MORNING),
        button(MuteFor.RECOVERY, "in_trouble"),
        SwitchTo(Caption("button-back"), id="back", state=back),
        state=here,
        getter=getter,
    )


async def unmute(press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """**Unmute**, in one's own chat."""
    me = person_of(manager)
    try:
        await services_of(manager).mute.unmute(me, connection_of(manager), me)
    except (Gone, NotYours) as error:
        await refuse(press, manager, error)
    else:
        await toast(press, speaker(manager).plain("toast-unmuted"))
