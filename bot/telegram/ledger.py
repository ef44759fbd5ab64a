"""Group commit: what many short tasks have to write goes to disk in one fsync."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from itertools import islice

from bot.usecases.background import BackgroundTasks
from bot.usecases.ports import Clock
from bot.usecases.storage import Store, StoreUnavailable, Transaction

log = logging.getLogger("latchkey.intake")

Entry = Callable[[Transaction], Awaitable[None]]

BATCH = 200
"""Entries in one commit: the next caller of the store waits for it."""
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0


class Ledger:
    """Writes entries in order, many to a commit: while one commit runs, the next batch gathers.

    While the store is unavailable entries wait. They are lost if the process ends meanwhile, so an entry may only say
    what would otherwise be found out again, such as that a message is deleted.
    """

    def __init__(self, store: Store, clock: Clock, tasks: BackgroundTasks) -> None:
        self._store = store
        self._clock = clock
        self._tasks = tasks
        self._waiting: deque[tuple[Entry, asyncio.Future[bool]]] = deque()
        self._flushing: asyncio.Task[None] | None = None

    def write(self, entry: Entry) -> "asyncio.Future[bool]":
        """Takes an entry in. The result is True once it is on disk, False if the entry itself failed."""
        kept: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        if self._tasks.closed:
            kept.set_result(False)
            return kept
        self._waiting.append((entry, kept))
        if self._flushing is None or self._flushing.done():
            self._flushing = self._tasks.spawn("ledger", self._flush())
        return kept

    async def settled(self) -> None:
        """Waits until everything taken in so far is on disk."""
        await asyncio.gather(*(kept for _, kept in self._waiting), return_exceptions=True)

    async def _flush(self) -> None:
        pause = FIRST_PAUSE
        while self._waiting:
            batch = list(islice(self._waiting, BATCH))
            try:
                await self._commit(batch)
            except StoreUnavailable:
                log.error("ledger.store_unavailable", extra={"pending": len(self._waiting)})  # noqa: TRY400
                await self._clock.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            pause = FIRST_PAUSE
            for _ in batch:
                self._waiting.popleft()

    async def _commit(self, batch: list[tuple[Entry, "asyncio.Future[bool]"]]) -> None:
        try:
            async with self._store.transaction() as tx:
                for entry, _ in batch:
                    await entry(tx)
        except StoreUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - one bad entry must not hold back the others for ever
            if len(batch) == 1:
                log.error("ledger.entry_failed", extra={"error": type(error).__name__})  # noqa: TRY400 - no values
                _settle(batch, kept=False)
                return
            for one in batch:  # nothing of the batch was kept: find the one that spoils it
                if not one[1].done():
                    await self._commit([one])
            return
        _settle(batch, kept=True)


def _settle(batch: list[tuple[Entry, "asyncio.Future[bool]"]], *, kept: bool) -> None:
    for _, future in batch:
        if not future.done():
            future.set_result(kept)
