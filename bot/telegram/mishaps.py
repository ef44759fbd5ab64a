"""When a handler cannot go on: buttons of conversations that are over, and faults of ours."""

import logging
from contextlib import suppress
from typing import Any

from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, Chat, ErrorEvent, Message
from aiogram_dialog import DialogManager, ShowMode, StartMode
from aiogram_dialog.api.exceptions import OutdatedIntent, UnknownIntent, UnknownState

from bot.telegram.answers import is_chat_gone
from bot.telegram.dialogs.messages import toast
from bot.telegram.dialogs.states import Home
from bot.telegram.services import Services
from bot.telegram.texts import Speaker
from bot.usecases.storage import StoreUnavailable

log = logging.getLogger("latchkey.mishaps")

STALE = (UnknownIntent, UnknownState, OutdatedIntent)


async def on_mishap(
    event: ErrorEvent,
    services: Services,
    say: Speaker | None = None,
    dialog_manager: DialogManager | None = None,
    event_chat: Chat | None = None,
) -> Any:
    """What the person is told. A fault stays unhandled, so that the update becomes a dead letter and operators know."""
    say = say or services.texts.of(None)
    error, private = event.exception, event_chat is not None and event_chat.type == ChatType.PRIVATE
    from_background = event.update.event_type == "aiogd_update"
    if isinstance(error, STALE) and not from_background:
        await _stale(event, say, dialog_manager if private else None)
        return True
    if isinstance(error, TelegramAPIError) and is_chat_gone(error):
        log.info("mishap.chat_gone", extra={"error": type(error).__name__})
        return True
    log.error("mishap", extra={"error": type(error).__name__, "update_kind": event.update.event_type})
    if from_background:
        return True  # nobody waits for it: who entered from the background learns it, and says what there is to say
    if not isinstance(error, StoreUnavailable):  # of that the worker tells people itself
        await _apologise(event, say, private=private)
    elif event.update.callback_query is not None:
        await toast(event.update.callback_query, "")
    return UNHANDLED


async def _stale(event: ErrorEvent, say: Speaker, manager: DialogManager | None) -> None:
    """The window as it is now, in a new message: the conversation that is going on, or home."""
    press = event.update.callback_query
    if press is not None:
        await toast(press, say.plain("stale-button" if manager else "stale-button-elsewhere"))
        await _take_buttons_off(press)
    if manager is None:
        return
    if manager.has_context():
        await manager.show(ShowMode.SEND)
    else:
        await manager.start(Home.connections, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)


async def _take_buttons_off(press: CallbackQuery) -> None:
    if isinstance(press.message, Message):
        with suppress(TelegramAPIError):
            await press.message.edit_reply_markup(reply_markup=None)


async def _apologise(event: ErrorEvent, say: Speaker, *, private: bool) -> None:
    press, message = event.update.callback_query, event.update.message
    if press is not None:
        await toast(press, say.plain("sorry"), alert=True)
    elif private and message is not None:
        with suppress(TelegramAPIError):
            await message.answer(say("sorry"))
