"""Who hears of a connection: its owner looks, invites by link or by Telegram's own chooser, takes back, removes.

The token of an invitation goes into a message of its own and nowhere else: a conversation is kept on disk.
"""

import secrets
from collections.abc import Iterator
from typing import Any, Final

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Row, Select
from aiogram_dialog.widgets.text import Format

from bot.domain.roles import Role
from bot.telegram.chooser import ANY_SHARED, Way, offer_chooser, say_without_chooser
from bot.telegram.describing import isolated, moment
from bot.telegram.dialogs.messages import toast
from bot.telegram.dialogs.owned import THERE, connection_of, home_button, lost, refuse
from bot.telegram.dialogs.picking import GROUP, PERSON, PICKED_AS, REQUEST, picked, send_link
from bot.telegram.dialogs.states import Sharing
from bot.telegram.dialogs.widgets import PRIMARY, Caption, Ready, services_of, speaker
from bot.telegram.dialogs.wizards import person_of
from bot.telegram.texts import Html, Speaker
from bot.usecases.access import Gone, NotYours
from bot.usecases.share import Sharing as WhoHears
from bot.usecases.share import TooMany
from bot.usecases.sharing_storage import Subscription

_WAY: Final = "way"
"""In the dialog's data: how somebody is invited, while it is asked for which role."""
_WHOM: Final = "whom"
"""In the dialog's data: the chat of which it is asked when it hears."""
_LATER_BY: Final = (0, 5, 15, 30, 60, 120)
"""Minutes that an alert must stay unacknowledged before somebody hears of it too."""
_LINK: Final = "link"


async def _shown(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say = speaker(dialog_manager)
    try:
        sharing = await services_of(dialog_manager).share.of(person_of(dialog_manager), connection_of(dialog_manager))
    except (Gone, NotYours) as error:
        return lost(say, error) | {"hearers": [], "later": [], "invites": []}
    later = [(say.plain("sharing-later", name=isolated(one.name)), str(one.chat_id)) for one in sharing.subscriptions]
    remove = [(say.plain("sharing-remove", name=isolated(one.name)), str(one.chat_id)) for one in sharing.subscriptions]
    revoke = [
        (say.plain("sharing-revoke", name=isolated(one.for_name) or say.plain("sharing-by-link")), one.id)
        for one in sharing.invites
    ]
    text = Html("\n\n".join(_told(say, sharing)))
    return {"text": text, THERE: True, "hearers": remove, "later": later, "invites": revoke}


def _told(say: Speaker, sharing: WhoHears) -> Iterator[Html]:
    yield say("sharing-title", label=isolated(sharing.connection.label))
    if not sharing.subscriptions and not sharing.invites:
        yield say("sharing-nobody")
    if sharing.subscriptions:
        yield Html("\n".join(_hearer(say, one, sharing.later.get(one.chat_id)) for one in sharing.subscriptions))
        yield _ladder(say, sharing)
    if sharing.invites:
        lines = [
            say(
                "sharing-pending",
                name=isolated(one.for_name) or say.plain("sharing-by-link"),
                role=one.role.value,
                until=moment(one.expires_at),
            )
            for one in sharing.invites
        ]
        yield Html("\n".join([say("sharing-invited"), *lines]))
    yield say("sharing-what-they-see")


def _hearer(say: Speaker, one: Subscription, later: float | None) -> Html:
    kind = "group" if one.is_group else one.role.value
    line = say("sharing-hearer", name=isolated(one.name), kind=kind, since=moment(one.since))
    return line if later is None else Html(f"{line}\n{say('sharing-hears-later', after=say.duration(later))}")


def _ladder(say: Speaker, sharing: WhoHears) -> Html:
    """To whom a critical alert goes, and after how long, when nobody acknowledges it."""
    names = {one.chat_id: isolated(one.name) for one in sharing.subscriptions}
    later = sorted((after, names[chat_id]) for chat_id, after in sharing.later.items() if chat_id in names)
    if not later:
        return say("sharing-ladder-none")
    steps = [say("sharing-ladder-step", name=name, after=say.duration(after)) for after, name in later]
    return say("sharing-ladder", steps=Html(", ".join(steps)))


# ------------------------------------------------------------------------------------------------- who comes second


async def _ask_later(_press: CallbackQuery, _select: Any, manager: DialogManager, chat_id: str) -> None:
    manager.dialog_data[_WHOM] = chat_id
    await manager.switch_to(Sharing.later)


async def _later(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    say, whom = speaker(dialog_manager), int(dialog_manager.dialog_data.get(_WHOM, 0))
    try:
        sharing = await services_of(dialog_manager).share.of(person_of(dialog_manager), connection_of(dialog_manager))
    except (Gone, NotYours) as error:
        return lost(say, error) | {"after": []}
    present = sharing.later.get(whom, 0.0)
    after = []
    for each in _LATER_BY:
        words = say.duration(each * 60.0) if each else say.plain("sharing-hears-now")
        after.append((say.plain("least-chosen", name=words) if each * 60.0 == present else words, str(each)))
    name = next((isolated(one.name) for one in sharing.subscriptions if one.chat_id == whom), "?")
    return {"text": say("sharing-later-ask", name=name), "after": after}


async def _hears_after(press: CallbackQuery, _select: Any, manager: DialogManager, minutes: str) -> None:
    if minutes in map(str, _LATER_BY):
        whom, after = int(manager.dialog_data.get(_WHOM, 0)), int(minutes) * 60.0
        try:
            me, connection_id = person_of(manager), connection_of(manager)
            await services_of(manager).choose.escalate(me, connection_id, whom, after or None)
        except (Gone, NotYours) as error:
            await refuse(press, manager, error)
    await manager.switch_to(Sharing.shown)


# -------------------------------------------------------------------------------------------------------- taking back


async def _remove(press: CallbackQuery, _select: Any, manager: DialogManager, chat_id: str) -> None:
    try:
        gone = await services_of(manager).share.remove(person_of(manager), connection_of(manager), int(chat_id))
    except (Gone, NotYours) as error:
        await refuse(press, manager, error)
        return
    words = speaker(manager).plain("toast-removed", name=isolated(gone.name)) if gone else ""
    await toast(press, words or speaker(manager).plain("toast-removed-already"))


async def _revoke(press: CallbackQuery, _select: Any, manager: DialogManager, invite_id: str) -> None:
    try:
        done = await services_of(manager).share.revoke(person_of(manager), connection_of(manager), invite_id)
    except (Gone, NotYours) as error:
        await refuse(press, manager, error)
        return
    await toast(press, speaker(manager).plain("toast-revoked" if done else "toast-revoked-already"))


# ------------------------------------------------------------------------------------------------------------ inviting


async def _ask_role(_press: CallbackQuery, button: Button, manager: DialogManager) -> None:
    manager.dialog_data[_WAY] = button.widget_id
    await manager.switch_to(Sharing.role)


async def _pick_group(press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _pick(press, manager, GROUP, Role.SUBSCRIBER)


async def _with_role(press: CallbackQuery, button: Button, manager: DialogManager) -> None:
    role = Role.OPERATOR if button.widget_id == "operator" else Role.SUBSCRIBER
    if manager.dialog_data.get(_WAY) == PERSON:
        await _pick(press, manager, PERSON, role)
        return
    try:
        invited = await services_of(manager).share.invite(person_of(manager), connection_of(manager), role)
    except (Gone, NotYours) as error:
        await refuse(press, manager, error)
    except TooMany:
        await toast(press, speaker(manager).plain("toast-too-many"), alert=True)
    else:
        await send_link(manager, invited)
    await manager.switch_to(Sharing.shown, ShowMode.DELETE_AND_SEND)


async def _pick(press: CallbackQuery, manager: DialogManager, what: str, role: Role) -> None:
    """Telegram's chooser is a keyboard under the text field: it comes with a message of its own."""
    try:
        await services_of(manager).share.of(person_of(manager), connection_of(manager))
    except (Gone, NotYours) as error:
        await refuse(press, manager, error)
        return
    request = secrets.randbelow(2**31 - 1) + 1
    manager.dialog_data.update({REQUEST: request, PICKED_AS: role.value})
    await offer_chooser(press, speaker(manager), Way(what), request)
    await manager.switch_to(Sharing.picking)


async def _picking(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return {"text": speaker(dialog_manager)("sharing-picking")}


async def _role(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return {"text": speaker(dialog_manager)("sharing-role")}


async def _back(_press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.switch_to(Sharing.shown)


async def _nobody_picked(press: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    manager.dialog_data.pop(REQUEST, None)
    await say_without_chooser(press.bot, person_of(manager), speaker(manager)("sharing-picked-nobody"))
    await manager.switch_to(Sharing.shown, ShowMode.DELETE_AND_SEND)


def _items(name: str, identifier: str, on_click: Any) -> Column:
    chosen: Select[Any] = Select(
        Format("{item[0]}"), id=identifier, item_id_getter=lambda item: item[1], items=name, on_click=on_click
    )
    return Column(chosen)


def _window(state: State, *widgets: Any, getter: Any) -> Window:
    return Window(Ready("text"), *widgets, state=state, getter=getter)


def sharing_dialog() -> Dialog:
    """The dialog, for one router."""
    return Dialog(
        _window(
            Sharing.shown,
            Button(Caption("sharing-link"), id=_LINK, on_click=_ask_role, style=PRIMARY, when=THERE),
            Row(
                Button(Caption("sharing-person"), id=PERSON, on_click=_ask_role),
                Button(Caption("sharing-group"), id=GROUP, on_click=_pick_group),
                when=THERE,
            ),
            _items("hearers", "remove", _remove),
            _items("later", "later", _ask_later),
            _items("invites", "revoke", _revoke),
            Cancel(Caption("button-back"), when=THERE),
            home_button(),
            getter=_shown,
        ),
        _window(
            Sharing.role,
            Button(Caption("sharing-role-subscriber"), id="subscriber", on_click=_with_role),
            Button(Caption("sharing-role-operator"), id="operator", on_click=_with_role),
            Button(Caption("button-back"), id="back", on_click=_back),
            getter=_role,
        ),
        _window(
            Sharing.later,
            _items("after", "after", _hears_after),
            Button(Caption("button-back"), id="back_later", on_click=_back),
            getter=_later,
        ),
        _window(
            Sharing.picking,
            MessageInput(picked, content_types=ANY_SHARED),
            Button(Caption("button-back"), id="back_picking", on_click=_nobody_picked),
            getter=_picking,
        ),
    )
