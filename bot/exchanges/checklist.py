"""The live checklist of an inspection: what each line comes to, the same way for every exchange."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import Final

from bot.domain.failures import ExchangeTrouble, Failure, policy_of
from bot.domain.permissions import Grant, KeyReport, Permission
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


async def told_rights(progress: Progress, report: KeyReport, among: Collection[Permission] | None = None) -> bool:
    """The lines that follow from what is said of a key: signature and permissions.

    Args:
        progress: where they are shown.
        report: what is said of the key.
        among: the rights of which none may be left open for the line to pass; all that were spoken of, if left out.

    Returns:
        Whether to go on. A key that may not read has no balance to show, and is reported whole: what else is wrong with
        it is to be told together with this.
    """
    await progress(CheckItem.SIGNATURE, ItemState.PASSED)
    if report.of(Permission.READ).grant is Grant.DENIED:
        await progress(CheckItem.PERMISSIONS, ItemState.FAILED)
        await progress(CheckItem.BALANCE, ItemState.FAILED)
        return False
    weighed = report.findings if among is None else among
    left_open = any(report.of(permission).grant is Grant.UNKNOWN for permission in weighed)
    await progress(CheckItem.PERMISSIONS, ItemState.CAUTION if left_open else ItemState.PASSED)
    return True
