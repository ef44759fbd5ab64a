"""The live checklist of an inspection: what each line comes to, the same way for every exchange."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bot.domain.failures import ExchangeTrouble, Failure, policy_of
from bot.exchanges.conversation import Conversation
from bot.usecases.ports import CheckItem, ItemState, Progress

_NOTABLE_CLOCK_ERROR: Final = 1.0
"""Seconds. We allow for any error, but people may wonder; Binance takes no timestamp that is further ahead."""

_ABOUT_RIGHTS: Final = frozenset({Failure.NO_READ_PERMISSION, Failure.NO_TRADE_PERMISSION, Failure.WRONG_MARKET})


@asynccontextmanager
async def running(progress: Progress, item: CheckItem) -> AsyncIterator[None]:
    """Marks a line as running, and says what became of it if a trouble ends it. Who runs it marks it as passed."""
    await progress(item, ItemState.RUNNING)
    try:
        yield
    except ExchangeTrouble as failed:
        failure = failed.trouble.failure
        if item is CheckItem.SIGNATURE and failure in _ABOUT_RIGHTS:
            # The exchange knows the key and the signature, and says what the key lacks.
            await progress(CheckItem.SIGNATURE, ItemState.PASSED)
            item = CheckItem.PERMISSIONS
        # Where the exchange is down or busy nothing was found out about the key.
        await progress(item, ItemState.FAILED if policy_of(failure).user_must_act else ItemState.UNKNOWN)
        raise


async def check_clock(exchange: Conversation, progress: Progress) -> None:
    """The first line: how wrong our clock is by the exchange's. Raises ``ExchangeTrouble`` if it does not tell."""
    async with running(progress, CheckItem.CLOCK):
        error = await exchange.clock_error()
    await progress(CheckItem.CLOCK, ItemState.PASSED if abs(error) < _NOTABLE_CLOCK_ERROR else ItemState.CAUTION)
