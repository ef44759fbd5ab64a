"""The way into a conversation from outside of any update: a check has ended, a draft was wiped, the service is back.

aiogram-dialog's own way (``BgManager``) starts tasks nobody holds and, where the conversation cannot be entered, waits
for ever. Here the task is held, and what cannot be entered is said.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiogram import BaseMiddleware, Bot, Dispatcher
from aiogram.types import Chat, TelegramObject, User
from aiogram_dialog import DialogManager
from aiogram_dialog.api.entities import DEFAULT_STACK_ID, DialogAction, DialogUpdate
from aiogram_dialog.api.entities.update_event import DialogFgEvent

from bot.telegram.texts import Texts
from bot.usecases.background import BackgroundTasks
from bot.usecases.storage import Store

VISIT_PATIENCE = 10.0
"""Seconds that an update waits for a visit to end."""


class CannotEnter(Exception):  # noqa: N818 - it states the condition
    """The conversation could not be loaded; the error handler has been told why."""


class Backstage:
    """Enters private conversations. Never from within a handler of the same person: it waits for that handler's end."""

    def __init__(self, *, dispatcher: Dispatcher, bot: Bot, store: Store, texts: Texts, tasks: BackgroundTasks) -> None:
        self.bot = bot
        self._dispatcher = dispatcher
        self._store = store
        self._texts = texts
        self._tasks = tasks
        self._visits: dict[int, set[asyncio.Task[None]]] = {}

    async def over(self, person_id: int) -> None:
        """Waits, for a while at most, until nobody is in this person's conversation.

        A message is seen before the conversation it belongs to is kept: whoever taps its button within that blink
        would be told that it is an old one.
        """
        if visits := self._visits.get(person_id):
            await asyncio.wait(set(visits), timeout=VISIT_PATIENCE)

    @asynccontextmanager
    async def enter(self, person_id: int) -> AsyncIterator[DialogManager]:
        """The conversation, while no update of this person is being handled; kept when the block ends.

        Raises:
            CannotEnter: see there.
            StoreUnavailable: not even the person could be looked up.
        """
        loop = asyncio.get_running_loop()
        entered: asyncio.Future[DialogManager] = loop.create_future()
        exited: asyncio.Future[None] = loop.create_future()
        visit = self._tasks.spawn("dialogs.backstage", self._visit(person_id, entered, exited))
        self._note(person_id, visit)
        either: set[asyncio.Future[Any]] = {visit, entered}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not entered.done():
            await visit
            raise CannotEnter
        try:
            yield entered.result()
        finally:
            # Whatever was raised in here is the visitor's: the conversation is kept as far as it got.
            exited.set_result(None)
            await visit

    def _note(self, person_id: int, visit: asyncio.Task[None]) -> None:
        visits = self._visits.setdefault(person_id, set())
        visits.add(visit)

        def leave(_: asyncio.Task[None]) -> None:
            visits.discard(visit)
            if not visits:
                self._visits.pop(person_id, None)

        visit.add_done_callback(leave)

    async def _visit(
        self, person_id: int, entered: asyncio.Future[DialogManager], exited: asyncio.Future[None]
    ) -> None:
        async with self._store.transaction() as tx:
            person = await tx.people.get(person_id)
        user = User(id=person_id, is_bot=False, first_name=person.name if person else "")
        chat = Chat(id=person_id, type="private")
        event = DialogFgEvent(
            from_user=user,
            chat=chat,
            action=DialogAction.FG,
            data=None,
            intent_id=None,
            stack_id=DEFAULT_STACK_ID,
            thread_id=None,
            business_connection_id=None,
            entered=entered,
            exited=exited,
        ).as_(self.bot)
        await self._dispatcher.propagate_event(
            update_type="update",
            event=DialogUpdate(aiogd_update=event).as_(self.bot),
            bot=self.bot,
            event_from_user=user,
            event_chat=chat,
            event_thread_id=None,
            person=person,
            say=self._texts.for_person(person),
            **self._dispatcher.workflow_data,
        )


class AfterVisits(BaseMiddleware):
    """Outer middleware for updates: a person's update is handled when nobody is in their conversation."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Waits, unless this is the visit itself."""
        user = data.get("event_from_user")
        if isinstance(user, User) and not isinstance(event, DialogUpdate):
            await self._backstage.over(user.id)
        return await handler(event, data)
