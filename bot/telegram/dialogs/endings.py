"""What each outcome of a check leads to: a result card, a refusal, the question again, or an ending that says why."""

from typing import Any, TypeAlias

from aiogram import Bot
from aiogram_dialog import DialogManager

from bot.telegram.dialogs.asking import ask_for_key, stop, wipe
from bot.telegram.dialogs.entries import Hitch, KeyEntry
from bot.telegram.dialogs.pair_end import leave_pair
from bot.telegram.dialogs.result import RESULT, connected_text, rotated_text
from bot.telegram.dialogs.steps import steps_of
from bot.usecases.access import Gone, NotYours
from bot.usecases.connect import Accepted, AlreadyYours, NotPossible, TooMany
from bot.usecases.drafts import DraftGone
from bot.usecases.pairs import PairGone
from bot.usecases.rotate import FellBack, OtherAccount, Rotated, RotationResult, SameKey
from bot.usecases.validation import Refused

Ending: TypeAlias = RotationResult | Accepted | TooMany | Hitch | type[DraftGone | PairGone | Gone | NotYours]
"""What a use case returned, or what kept it from returning."""


async def land(manager: DialogManager, entry: KeyEntry, ending: Ending) -> None:
    """Brings the conversation to the window of this ending. Raises ``StoreUnavailable``."""
    match ending:
        case Accepted() | Rotated():
            wipe(manager)
            await leave_pair(manager)
            manager.dialog_data[RESULT] = facts_of(ending)
            await manager.switch_to(steps_of(manager).done)
        case Refused():
            entry.refused = ending
            await manager.switch_to(steps_of(manager).refused)
        case Hitch():
            entry.hitch = ending
        case AlreadyYours(connection):
            await stop(manager, "already-yours", connection=connection.id)
        case NotPossible() | TooMany():
            await stop(manager, "too-many" if isinstance(ending, TooMany) else "not-possible")
        case FellBack(trouble):
            await stop(manager, "fell-back", failure=trouble.failure.value, code=trouble.code)
        case SameKey():
            await stop(manager, "same-key")
        case OtherAccount():
            await stop(manager, "other-account")
        case _ if ending in (DraftGone, PairGone):
            # The question itself says that a pair is gone.
            await ask_for_key(manager, "key-notice-vanished" if ending is DraftGone else None)
        case _:
            await stop(manager, "gone" if ending is Gone else "not-yours")


def facts_of(done: Accepted | Rotated) -> dict[str, Any]:
    """What the result card needs beside the connection itself."""
    facts: dict[str, Any] = {"connection": done.connection.id, "cautions": [caution.value for caution in done.cautions]}
    if isinstance(done, Rotated):
        facts |= {"old_tail": done.old_tail, "proven": done.proven, "same_account": done.same_account_known}
    return facts


async def tell_late(manager: DialogManager, bot: Bot, person_id: int, ending: Ending) -> None:
    """Somebody left in the moment in which the key was taken: they must know that it was. All else they left behind."""
    if isinstance(ending, Accepted):
        await bot.send_message(person_id, await connected_text(manager, facts_of(ending)))
    elif isinstance(ending, Rotated):
        await bot.send_message(person_id, await rotated_text(manager, facts_of(ending)))
