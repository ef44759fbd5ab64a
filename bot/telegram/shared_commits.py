"""Writes that come at the same time share a commit.

A commit waits for the disk, 4 ms on a common one, and only one can be under way. A dialog writes two or three times for
each press; with a hundred presses a second, each write in a commit of its own, the disk was all that everybody waited
for, and a secret's deletion, which is on disk first, waited in the same line: a second instead of a few hundredths.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.usecases.storage import Store, Transaction

Entry: TypeAlias = Callable[[Transaction], Awaitable[None]]
"""Writes something. It must not fail by itself: those who share its commit would fail with it."""


class SharedCommits:
    """Whoever comes first commits for all who have come until the database is free."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._turn = asyncio.Lock()
        self._waiting: dict[asyncio.Future[None], Entry] = {}

    async def write(self, entry: Entry) -> None:
        """Returns when it is on disk.

        Raises:
            StoreUnavailable: it was not kept.
        """
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[mine] = entry
        try:
            async with self._turn:
                if not mine.done():  # nobody took it along
                    await self._commit()
        finally:
            self._waiting.pop(mine, None)

    async def _commit(self) -> None:
        taken: dict[asyncio.Future[None], Entry] = {}
        async with self._store.transaction() as tx:
            taken = dict(self._waiting)
            for entry in taken.values():
                await entry(tx)
        # What failed, or was cancelled, keeps the others waiting: the next of them tries for itself and the rest.
        for done in taken:
            if not done.done():
                done.set_result(None)
