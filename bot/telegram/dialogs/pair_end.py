"""A pending pair's end, as the chat sees it: destroyed, and the file with its public half taken away.

Whoever still had the file might register a pair that opens nothing.
"""

from contextlib import suppress
from typing import NamedTuple

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram_dialog import DialogManager

from bot.telegram.dialogs.plan import Plan
from bot.telegram.dialogs.steps import at, standing_in
from bot.telegram.dialogs.widgets import services_of
from bot.telegram.dialogs.wizards import person_of, wizards_of


class Shown(NamedTuple):
    """Where a public half stands in the chat: in the wizard's window, in a file above it."""

    pair: str
    window: int | None
    file: int | None


def public_half_shown(manager: DialogManager) -> Shown | None:
    """Where this conversation shows a public half now; None if it shows none."""
    steps = standing_in(manager)
    plan = Plan.of(manager) if steps is not None else None
    if steps is None or plan is None or plan.pair is None:
        return None
    window = manager.current_stack().last_message_id if at(manager, steps.key) else None
    return Shown(plan.pair, window, plan.file)


async def clear_public_half(manager: DialogManager, shown: Shown) -> None:
    """Takes away what the conversation has left behind, if it has left: another command ended the wizard, say.

    The pair waits on, and whoever comes back is shown it again.
    """
    now = public_half_shown(manager)
    if now is not None and now.pair == shown.pair:
        return
    bot, person_id = wizards_of(manager).backstage.bot, person_of(manager)
    await take_away(bot, person_id, shown.file)
    if manager.current_stack().last_message_id != shown.window:
        await take_away(bot, person_id, shown.window)


async def take_away(bot: Bot, person_id: int, message_id: int | None) -> None:
    """Deletes a message with a public half, if there is one. No matter if it stays: it is no secret."""
    if message_id is not None:
        with suppress(TelegramAPIError):
            await bot.delete_message(person_id, message_id)


async def leave_pair(manager: DialogManager) -> None:
    """The conversation is about no pair of ours any more. The pair itself waits on: whoever comes back finds it."""
    plan = Plan.of(manager)
    if plan.pair is not None:
        await take_away(wizards_of(manager).backstage.bot, person_of(manager), plan.file)
        plan.pair = plan.file = None
        plan.keep(manager)


async def abandon_pair(manager: DialogManager) -> bool:
    """Destroys the pair that this conversation is about; False if there was none any more.

    Raises:
        StoreUnavailable: it is still there, for a day at most.
    """
    pair_id = Plan.of(manager).pair
    if pair_id is None:
        return False
    destroyed = await services_of(manager).pairs.abandon(person_of(manager), pair_id)
    await leave_pair(manager)
    return destroyed is not None
