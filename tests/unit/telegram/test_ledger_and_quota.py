"""Group commits keep order and isolate what is bad; quotas drop the excess."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

from bot.telegram.ledger import Ledger
from bot.telegram.quota import AT_ONCE, NOTICE_EVERY, PER_SECOND, Quota
from bot.usecases.background import BackgroundTasks
from bot.usecases.storage import StoreUnavailable, Transaction
from tests.unit.telegram.memory import StandingClock


class Pages:
    """A store that keeps what a committed transaction wrote."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.commits = 0
        self.unwilling = 0

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        if self.unwilling:
            self.unwilling -= 1
            raise StoreUnavailable
        page: list[str] = []
        await asyncio.sleep(0)
        yield cast("Transaction", page)
        self.kept += page
        self.commits += 1

    async def scrub(self) -> None: ...

    async def healthy(self) -> bool:
        return True


def ledger_over(pages: Pages) -> tuple[Ledger, BackgroundTasks]:
    tasks = BackgroundTasks()
    return Ledger(pages, StandingClock(), tasks), tasks


def write(ledger: Ledger, word: str) -> "asyncio.Future[bool]":
    async def entry(tx: Transaction) -> None:
        cast("list[str]", tx).append(word)

    return ledger.write(entry)


async def test_many_entries_share_a_commit_and_keep_their_order() -> None:
    pages = Pages()
    ledger, _ = ledger_over(pages)
    for number in range(50):
        write(ledger, str(number))
    await ledger.settled()
    assert pages.kept == [str(number) for number in range(50)]
    assert pages.commits == 1


async def test_a_bad_entry_spoils_no_other() -> None:
    pages = Pages()
    ledger, _ = ledger_over(pages)

    async def bad(_: Transaction) -> None:
        raise ValueError("canary")

    first, spoiled, last = write(ledger, "a"), ledger.write(bad), write(ledger, "b")
    await ledger.settled()
    assert (await first, await spoiled, await last) == (True, False, True)
    assert pages.kept == ["a", "b"]


async def test_entries_wait_while_the_store_is_unavailable() -> None:
    pages = Pages()
    pages.unwilling = 3
    ledger, _ = ledger_over(pages)
    assert await write(ledger, "a") is True
    assert pages.kept == ["a"]


async def test_after_the_close_nothing_is_taken_in() -> None:
    ledger, tasks = ledger_over(Pages())
    await tasks.aclose()
    assert await write(ledger, "late") is False


def test_a_quota_lets_a_burst_through_and_then_a_steady_rate() -> None:
    quota = Quota()
    assert [quota.takes(1, 100.0) for _ in range(AT_ONCE + 3)] == [True] * AT_ONCE + [False] * 3
    assert quota.takes(2, 100.0)  # somebody else is not concerned
    later = 100.0 + 5 / PER_SECOND
    assert [quota.takes(1, later) for _ in range(7)] == [True] * 5 + [False] * 2


def test_a_notice_is_worth_giving_once_a_minute() -> None:
    quota = Quota()
    told = [quota.is_worth_telling(1, at) for at in (0.0, 1.0, NOTICE_EVERY - 1, NOTICE_EVERY, NOTICE_EVERY + 1)]
    assert told == [True, False, False, True, False]
