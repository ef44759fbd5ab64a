"""Back to the question for the key when what was entered is gone: wiped after ten quiet minutes, lost in a restart."""

import logging

from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramAPIError
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.api.entities import DIALOG_EVENT_NAME

from bot.telegram.dialogs.asking import QuestionFollowsWindow, ask_for_key
from bot.telegram.dialogs.backstage import Backstage, CannotEnter
from bot.telegram.dialogs.entries import KeyEntries
from bot.telegram.dialogs.pair_end import take_away
from bot.telegram.dialogs.plan import Plan
from bot.telegram.dialogs.steps import at, standing_in
from bot.telegram.dialogs.wizards import Wizards
from bot.telegram.services import Services
from bot.usecases.background import BackgroundTasks
from bot.usecases.drafts import Draft
from bot.usecases.pending_pairs import PendingPair
from bot.usecases.storage import StoreUnavailable

log = logging.getLogger("latchkey.dialogs")

_UNDER_WAY = 3600.0
"""Seconds for which a key that was given may still be on its way: named, checked, refused and checked again."""


class Recovery:
    """Puts conversations back at the question for the key.

    Attributes:
        backstage: the way into conversations from outside, for whoever else needs it.
    """

    def __init__(self, services: Services, wizards: Wizards) -> None:
        self.backstage = wizards.backstage
        self._services = services
        self._wizards = wizards
        self._resumed: set[int] = set()
        """Whoever was asked again since this process started: once is enough."""

    async def on_wiped(self, draft: Draft) -> None:
        """A draft was wiped after ten quiet minutes: the one message says so, edited in place."""
        self._wizards.entries.drop(draft.owner_id)
        await self._visit(draft.owner_id, "key-notice-silence", ShowMode.EDIT, draft.id)

    async def on_pair_expired(self, pair: PendingPair) -> None:
        """Nobody used a pair for a day, and it is destroyed: its file goes, and whoever stands at it is told."""
        await take_away(self.backstage.bot, pair.owner_id, pair.file_message)
        try:
            async with self.backstage.enter(pair.owner_id) as manager:
                if _waits(manager) and Plan.of(manager).pair == pair.id:
                    await ask_for_key(manager)
                    # A new message: after a day nobody looks at the old one.
                    await manager.show(ShowMode.DELETE_AND_SEND)
        except (CannotEnter, StoreUnavailable, TelegramAPIError) as error:
            # The next thing the person does there finds the pair gone, and says so.
            log.warning("wizard.cannot_resume", extra={"error": type(error).__name__})

    async def resume(self, chat_id: int, user_id: int) -> None:
        """An answer was deleted and its content is gone with the process that read it: asks again, and says why."""
        if chat_id != user_id or user_id in self._resumed:
            return
        self._resumed.add(user_id)
        # A new message: an edit would not be noticed by somebody who thinks that all is done.
        await self._visit(user_id, "key-notice-restarted", ShowMode.DELETE_AND_SEND)

    async def resume_all(self) -> None:
        """At start: for everybody who was being asked for a key, or had given one that was not connected yet."""
        questions = self._services.questions
        lately = questions.closed_since(self._services.clock.now() - _UNDER_WAY)
        for chat_id, user_id in sorted(questions.opened() | lately):
            await self.resume(chat_id, user_id)

    async def _visit(self, person_id: int, notice: str, mode: ShowMode, draft_id: str | None = None) -> None:
        try:
            async with self._wizards.backstage.enter(person_id) as manager:
                if _waits(manager) and draft_id in (None, Plan.of(manager).draft):
                    await ask_for_key(manager, notice)
                    await manager.show(mode)
        except (CannotEnter, StoreUnavailable, TelegramAPIError) as error:
            # The next thing the person does there finds the draft gone, and asks again.
            log.warning("wizard.cannot_resume", extra={"error": type(error).__name__})


def _waits(manager: DialogManager) -> bool:
    """Whether the conversation stands where something entered is needed."""
    steps = standing_in(manager)
    return steps is not None and at(manager, *steps.with_draft)


def install_wizards(dispatcher: Dispatcher, *, bot: Bot, services: Services, tasks: BackgroundTasks) -> Recovery:
    """Gives the wizards what they need. After ``setup_dialogs``: the middleware reads aiogram-dialog's manager."""
    backstage = Backstage(dispatcher=dispatcher, bot=bot, store=services.store, texts=services.texts, tasks=tasks)
    wizards = Wizards(KeyEntries(), backstage, tasks)
    dispatcher["wizards"] = wizards
    for event in ("message", "callback_query", DIALOG_EVENT_NAME):
        dispatcher.observers[event].middleware(QuestionFollowsWindow())
    return Recovery(services, wizards)
