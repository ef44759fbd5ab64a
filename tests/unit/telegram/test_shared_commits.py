"""Writes that come at the same time share a commit, and nothing else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.telegram.shared_commits import Entry, SharedCommits
from bot.usecases.storage import StoreUnavailable


class SlowDisk:
    """A store whose commits take a while; it keeps what was written in each."""

    def __init__(self) -> None:
        self.commits: list[list[int]] = []
        self.full = False
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Any]:
        async with self._turn:
            written: list[int] = []
            yield written
            await asyncio.sleep(0.01)
            if self.full:
                raise StoreUnavailable
            self.commits.append(written)

    async def scrub(self) -> None: ...

    async def healthy(self) -> bool:
        return not self.full


def writes(number: int) -> Entry:
    async def write(tx: Any) -> None:
        tx.append(number)

    return write


async def test_what_comes_while_one_commit_is_under_way_shares_the_next() -> None:
    disk = SlowDisk()
    commits = SharedCommits(disk)
    await asyncio.gather(*(commits.write(writes(number)) for number in range(50)))
    assert sorted(number for commit in disk.commits for number in commit) == list(range(50))
    assert len(disk.commits) <= 2


async def test_one_alone_does_not_wait_for_company() -> None:
    disk = SlowDisk()
    commits = SharedCommits(disk)
    await commits.write(writes(1))
    await commits.write(writes(2))
    assert disk.commits == [[1], [2]]


async def test_nobody_hears_of_success_before_the_commit() -> None:
    disk = SlowDisk()
    commits = SharedCommits(disk)

    async def write(number: int) -> None:
        await commits.write(writes(number))
        assert any(number in commit for commit in disk.commits)

    await asyncio.gather(*(write(number) for number in range(20)))


async def test_a_full_disk_fails_everybody() -> None:
    disk = SlowDisk()
    disk.full = True
    commits = SharedCommits(disk)
    results = await asyncio.gather(*(commits.write(writes(number)) for number in range(3)), return_exceptions=True)
    assert [type(result) for result in results] == [StoreUnavailable] * 3
    disk.full = False
    await commits.write(writes(7))
    assert disk.commits == [[7]]  # what was refused is not written behind its author's back


async def test_whoever_is_cancelled_takes_nobody_along() -> None:
    disk = SlowDisk()
    commits = SharedCommits(disk)
    async with asyncio.TaskGroup() as group:
        first = group.create_task(commits.write(writes(1)))
        others = [group.create_task(commits.write(writes(number))) for number in (2, 3)]
        await asyncio.sleep(0.005)
        first.cancel()
    assert first.cancelled()
    assert all(other.done() and other.exception() is None for other in others)
    assert sorted(number for commit in disk.commits for number in commit) == [2, 3]


@pytest.mark.parametrize("moment", [0.0, 0.002, 0.009, 0.012])
async def test_a_cancellation_at_any_moment_loses_no_other_write(moment: float) -> None:
    disk = SlowDisk()
    commits = SharedCommits(disk)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(commits.write(writes(number))) for number in range(10)]
        await asyncio.sleep(moment)
        tasks[3].cancel()
    kept = {number for commit in disk.commits for number in commit}
    assert kept >= set(range(10)) - {3}
