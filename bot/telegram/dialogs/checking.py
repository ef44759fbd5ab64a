"""The check itself: runs beside the person's other updates, draws the checklist as it goes, and ends in a window.

The checklist is drawn by plain edits, at most one a second; the end goes through the conversation. An edit under way is
waited for before the end is shown, so that no checklist comes after its result.
"""

import asyncio
import logging
from contextlib import suppress
from typing import Any

from aiogram.exceptions import TelegramAPIError
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.utils import intent_callback_data
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button

from bot.telegram.dialogs.asking import entry_of, entry_or_ask, on_cancel
from bot.telegram.dialogs.backstage import CannotEnter
from bot.telegram.dialogs.board import Board
from bot.telegram.dialogs.endings import Ending, land, tell_late
from bot.telegram.dialogs.entries import Hitch, KeyEntry
from bot.telegram.dialogs.plan import Plan
from bot.telegram.dialogs.steps import at, steps_of
from bot.telegram.dialogs.widgets import PRIMARY, Caption, Ready, services_of, speaker
from bot.telegram.dialogs.wizards import Wizards, person_of, wizards_of
from bot.telegram.services import Services
from bot.telegram.texts import Html, Speaker
from bot.usecases.access import Gone, NotYours
from bot.usecases.drafts import DraftGone
from bot.usecases.pairs import PairGone
from bot.usecases.ports import CheckItem, ItemState
from bot.usecases.storage import StoreUnavailable

log = logging.getLogger("latchkey.dialogs")

BETWEEN_DRAWINGS = 1.0
"""Seconds: Telegram takes about one message or edit a second in a chat."""
CANCEL = "check_cancel"


class Abandoned(Exception):  # noqa: N818 - it states the condition
    """The person left while the key was checked: nothing is stored."""


def checking_window(state: State) -> Window:
    """The checklist while it runs, or why it came to nothing."""
    return Window(
        Ready("text"),
        MessageInput(_on_message),
        Button(Caption("check-again"), id="check_retry", on_click=on_check_again, when="again", style=PRIMARY),
        Button(Caption("button-cancel"), id=CANCEL, on_click=on_cancel),
        state=state,
        getter=_shown,
    )


async def _shown(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    entry, say = entry_of(dialog_manager), speaker(dialog_manager)
    if entry is None:
        return {"text": say("key-notice-vanished"), "again": True}
    if entry.hitch is not None:
        return {"text": say(f"check-stopped-{entry.hitch.value}"), "again": True}
    return {"text": _drawn(say, entry), "again": False}


def _drawn(say: Speaker, entry: KeyEntry) -> Html:
    return Html("\n\n".join([say("check-title", tail=entry.tail), entry.board.lines(say), say("check-wait")]))


async def _on_message(_message: Message, _input: Any, manager: DialogManager) -> None:
    """Whatever is said meanwhile waits: the checklist moves by itself."""
    entry = await entry_or_ask(manager)
    manager.show_mode = ShowMode.EDIT if entry is None else ShowMode.NO_UPDATE


async def on_check_again(_press: CallbackQuery, _button: Any, manager: DialogManager) -> None:
    """**Check again**: the same sealed draft, nothing pasted twice."""
    if await entry_or_ask(manager) is not None:
        await begin_check(manager)


async def begin_check(manager: DialogManager) -> None:
    """To the checklist; the check starts beside, unless it runs already."""
    entry = entry_of(manager)
    assert entry is not None, "there is a key to check"
    await manager.switch_to(steps_of(manager).checking)
    if entry.running:
        return
    entry.running, entry.refused, entry.hitch, entry.board = True, None, None, Board()
    check = KeyCheck(wizards_of(manager), services_of(manager), speaker(manager), person_of(manager), entry, manager)
    wizards_of(manager).tasks.spawn("wizard.check", check.run())


class KeyCheck:
    """One check of one key."""

    def __init__(
        self,
        wizards: Wizards,
        services: Services,
        say: Speaker,
        person_id: int,
        entry: KeyEntry,
        manager: DialogManager,
    ) -> None:
        """``manager`` is only read here: it ends with the update that starts the check."""
        self._wizards = wizards
        self._services = services
        self._say = say
        self._person_id = person_id
        self._entry = entry
        self._plan = Plan.of(manager)
        self._steps = steps_of(manager)
        self._intent = manager.current_context().id
        self._over = asyncio.Event()

    async def run(self) -> None:
        """From the first question to the exchange to the window that shows what came of it."""
        drawing = self._wizards.tasks.spawn("wizard.draw", self._draw())
        try:
            ending = await self._look()
        finally:
            self._entry.running = False
            self._entry.board.settle()
            self._over.set()
            await asyncio.wait([drawing])  # whatever became of the drawing, the result is shown
        if ending is not None:
            await self._show(ending)

    # --------------------------------------------------------------------------------------------------------- looking

    async def _look(self) -> Ending | None:
        try:
            return await self._ask_exchange()
        except Abandoned:
            return None
        except (DraftGone, PairGone, Gone, NotYours) as gone:
            return type(gone)
        except StoreUnavailable:
            return Hitch.STORE
        except Exception as error:  # noqa: BLE001 - the person must not wait for ever, whatever it was
            log.error("wizard.check_failed", extra={"error": type(error).__name__})  # noqa: TRY400 - no traceback
            return Hitch.BROKE

    async def _ask_exchange(self) -> Ending:
        entry, plan = self._entry, self._plan
        if plan.connection is not None:
            return await self._services.rotate(self._person_id, entry.draft_id, self._progress, vouched=entry.vouched)
        assert plan.purpose is not None
        return await self._services.connect(
            self._person_id, entry.draft_id, plan.purpose, entry.label, self._progress, vouched=entry.vouched
        )

    async def _progress(self, item: CheckItem, state: ItemState) -> None:
        """Comes between the questions to the exchange, and last before anything is stored: the place to turn back."""
        if self._entry.abandoned:
            raise Abandoned
        self._entry.board.set(item, state)

    # --------------------------------------------------------------------------------------------------------- showing

    async def _draw(self) -> None:
        drawn, message_id = 0, None
        while not await self._over_within(BETWEEN_DRAWINGS):
            board = self._entry.board
            if board.changes == drawn:
                continue
            message_id = message_id or await self._message_id()
            if message_id is None or self._entry.abandoned:
                return
            drawn = board.changes
            await self._edit(message_id)

    async def _over_within(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await self._over.wait()
        except TimeoutError:
            return False
        return True

    async def _message_id(self) -> int | None:
        """The wizard's message, if the person still stands at the checklist."""
        try:
            async with self._wizards.backstage.enter(self._person_id) as manager:
                return manager.current_stack().last_message_id if self._is_awaited_by(manager) else None
        except (CannotEnter, StoreUnavailable):
            return None

    async def _edit(self, message_id: int) -> None:
        cancel = InlineKeyboardButton(
            text=self._say.plain("button-cancel"), callback_data=intent_callback_data(self._intent, CANCEL)
        )
        with suppress(TelegramAPIError):  # the next drawing, or the end, shows it
            await self._wizards.backstage.bot.edit_message_text(
                _drawn(self._say, self._entry),
                chat_id=self._person_id,
                message_id=message_id,
                reply_markup=InlineKeyboardMarkup(inline_keyboard=[[cancel]]),
            )

    def _is_awaited_by(self, manager: DialogManager) -> bool:
        """Whether the conversation still stands at this check."""
        return at(manager, self._steps.checking) and manager.current_context().id == self._intent

    async def _show(self, ending: Ending) -> None:
        """Where the person stands; as a message of its own to somebody who left when it could not be stopped."""
        try:
            async with self._wizards.backstage.enter(self._person_id) as manager:
                if not self._is_awaited_by(manager) or self._entry.abandoned:
                    await tell_late(manager, self._wizards.backstage.bot, self._person_id, ending)
                    return
                await land(manager, self._entry, ending)
                await manager.show(ShowMode.EDIT)
        except (CannotEnter, StoreUnavailable, TelegramAPIError) as error:
            log.error("wizard.cannot_show", extra={"error": type(error).__name__})  # noqa: TRY400 - no traceback
