"""A stop of the schedule that lets what runs finish.

APScheduler's own ``shutdown`` cancels coroutine jobs whatever it is asked for, in the middle of a transaction too, and
logs each as one that raised an exception.
"""

import asyncio

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler


class OrderlyScheduler(AsyncIOScheduler):  # type: ignore[misc]  # APScheduler ships no types
    """An ``AsyncIOScheduler`` in UTC that can be asked to finish."""

    def __init__(self) -> None:
        self._jobs_under_way = _Executor()
        super().__init__(timezone="UTC", executors={"default": self._jobs_under_way})

    async def finish(self, patience: float) -> None:
        """Starts no more jobs and waits ``patience`` seconds for those that run; what runs still is cancelled then."""
        self.pause()
        await self._jobs_under_way.idle(patience)
        self.shutdown(wait=False)


class _Executor(AsyncIOExecutor):  # type: ignore[misc]  # as above
    """The usual executor, which says when nothing runs."""

    async def idle(self, patience: float) -> None:
        running = set(self._pending_futures)
        if running:
            await asyncio.wait(running, timeout=patience)
