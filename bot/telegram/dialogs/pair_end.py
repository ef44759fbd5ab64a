"""A pending pair's end, as the chat sees it: destroyed, and the file with its public half taken away.

Whoever still had the file might register a pair that opens nothing.
"""

from contextlib import suppress

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram_dialog import DialogManager

from bot.telegram.dialogs.plan import Plan
from bot.telegram.dialogs.widgets import services_of
from bot.telegram.dialogs.wizards import person_of, wizards_of


async def take_file_away(bot: Bot, person_id: int, message_id: int | None) -> None:
    """Deletes the message with a public half, if there is one. No matter if it stays: it is no secret."""
    if message_id is not None:
        with suppress(TelegramAPIError):
            await bot.delete_message(person_id, message_id)


async def leave_pair(manager: DialogManager) -> None:
    """The conversation is about no pair of ours any more. The pair itself waits on: whoever comes back finds it."""
    plan = Plan.of(manager)
    if plan.pair is not None:
        await take_file_away(wizards_of(manager).backstage.bot, person_of(manager), plan.file)
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
