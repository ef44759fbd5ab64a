"""The question for a secret: opened before it is shown, closed with the last answer, never left behind.

While it is open the guard deletes whatever the person says. So it may be open only while the conversation stands at it:
``QuestionFollowsWindow`` sees to that after every update, whichever command or button led away.
"""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from aiogram import BaseMiddleware
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery, Chat, Message, TelegramObject, User
from aiogram_dialog import DialogManager, ShowMode, StartMode

from bot.telegram.dialogs.entries import KeyEntry
from bot.telegram.dialogs.messages import toast
from bot.telegram.dialogs.pair_end import abandon_pair, clear_public_half, public_half_shown
from bot.telegram.dialogs.plan import Plan
from bot.telegram.dialogs.states import Home
from bot.telegram.dialogs.steps import at, standing_in, steps_of
from bot.telegram.dialogs.widgets import services_of, speaker
from bot.telegram.dialogs.wizards import person_of, wizards_of

NOTICE, PROBLEM, STOPPED = "notice", "problem", "stopped"
"""In the dialog's data: why a question is asked again (a message id), what is wrong with the last answer (names and
numbers), how the wizard ended (names and ids)."""
_WRONG_KEY_ONLY = frozenset({"same-key", "already-yours"})
"""Endings for which another API key was sent than the one that belongs to the pair: that one can still be."""


async def ask_for_key(manager: DialogManager, notice: str | None = None) -> None:
    """To the question for the key, from its first field on; ``notice`` is the message that says why, if it is again.

    Raises:
        StoreUnavailable: the question must not be asked.
    """
    person_id = person_of(manager)
    wipe(manager)
    manager.dialog_data[NOTICE] = notice
    manager.dialog_data[PROBLEM] = None
    await services_of(manager).questions.open(person_id, person_id)
    await manager.switch_to(steps_of(manager).key)


async def stop_asking(manager: DialogManager) -> None:
    """Closes the question. Raises ``StoreUnavailable``: it stays open then."""
    person_id = person_of(manager)
    await services_of(manager).questions.close(person_id, person_id)


async def stop(manager: DialogManager, why: str, **facts: Any) -> None:
    """Ends the wizard without a result: wipes what was entered, destroys the pair we made and closes the question.

    ``why`` is the end of the name of the message that says so; ``facts`` are ids and names that it needs.
    """
    wipe(manager)
    own = Plan.of(manager).pair is not None
    destroyed = why not in _WRONG_KEY_ONLY and await abandon_pair(manager)
    await stop_asking(manager)
    manager.dialog_data[STOPPED] = {"why": why, "own": own, "destroyed": destroyed, **facts}
    await manager.switch_to(steps_of(manager).stopped)


async def cancel_wizard(manager: DialogManager) -> bool:
    """For ``/cancel``: ends the wizard this conversation is in and shows that. False if it is in none."""
    steps = standing_in(manager)
    if steps is None or at(manager, steps.done, steps.stopped):
        return False
    await stop(manager, "cancelled")
    await manager.show(ShowMode.DELETE_AND_SEND)
    return True


async def on_cancel(_press: CallbackQuery, _button: Any, manager: DialogManager) -> None:
    """**Cancel**."""
    await stop(manager, "cancelled")


async def keys_are_taken(press: CallbackQuery, manager: DialogManager) -> bool:
    """Whether a key may be asked for now; if not, the person is told why."""
    if services_of(manager).key_intake.closed_because is None:
        return True
    await toast(press, speaker(manager).plain("key-intake-closed"), alert=True)
    return False


def wipe(manager: DialogManager) -> None:
    """Forgets what was entered; a check that is under way ends at its next step."""
    plan = Plan.of(manager)
    if plan.draft is not None:
        services_of(manager).drafts.wipe(plan.draft)
        plan.draft = None
        plan.keep(manager)
    _drop_entry(manager)


def entry_of(manager: DialogManager) -> KeyEntry | None:
    """The key this conversation is about; None if it was wiped, or lost with a restart."""
    draft_id = Plan.of(manager).draft
    return wizards_of(manager).entries.get(person_of(manager), draft_id) if draft_id else None


async def entry_or_ask(manager: DialogManager) -> KeyEntry | None:
    """The key this conversation is about; if it is gone, the conversation asks for it again and says why."""
    entry = entry_of(manager)
    if entry is None:
        await ask_for_key(manager, "key-notice-vanished")
    return entry


async def take_away(message: Message) -> None:
    """Takes a typed answer out of the chat, so that the wizard's one message stays in sight. No matter if it stays."""
    with suppress(TelegramAPIError):
        await message.delete()


async def stay(_message: Message, _input: Any, manager: DialogManager) -> None:
    """Something was said where only buttons count: the one message is shown again, below it."""
    manager.show_mode = ShowMode.DELETE_AND_SEND
    if at(manager, *steps_of(manager).with_draft):
        await entry_or_ask(manager)


async def leave(_message: Message, _input: Any, manager: DialogManager) -> None:
    """Something was said after the end: the end stays to be read, and the conversation is about all connections."""
    await manager.start(Home.connections, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)


class QuestionFollowsWindow(BaseMiddleware):
    """After each update: no question, draft or public half stays that the conversation has left behind."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """An inner middleware, registered after aiogram-dialog's: its manager is still there when this looks."""
        manager: DialogManager | None = data.get("dialog_manager")
        if manager is None or not _is_private(data):
            return await handler(event, data)
        shown = public_half_shown(manager)
        result = await handler(event, data)
        await tidy(manager)
        if shown is not None:
            await clear_public_half(manager, shown)
        return result


async def tidy(manager: DialogManager) -> None:
    """Wipes the draft and closes the question if the conversation stands elsewhere."""
    steps = standing_in(manager)
    kept = Plan.of(manager).draft if steps is not None else None
    entry = wizards_of(manager).entries.get(person_of(manager))
    if entry is not None and entry.draft_id != kept:
        services_of(manager).drafts.wipe(entry.draft_id)
        _drop_entry(manager)
    if steps is None or not at(manager, steps.key):
        await stop_asking(manager)


def _is_private(data: Mapping[str, Any]) -> bool:
    """In a group nobody is asked for anything, and what is said there ends nothing in private."""
    user, chat = data.get("event_from_user"), data.get("event_chat")
    return isinstance(user, User) and isinstance(chat, Chat) and user.id == chat.id


def _drop_entry(manager: DialogManager) -> None:
    wizards_of(manager).entries.drop(person_of(manager))
