"""The one owner of background tasks.

asyncio keeps only a weak reference to a task: one that nobody holds may be collected in mid-air, and its exception is
printed, with whatever text it carries, long after. Here every task is held until it ends, and its end is told by
name and class of exception alone.
"""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

log = logging.getLogger("latchkey.background")


class BackgroundTasks:
    """Starts tasks, holds them, and ends what is left at the close."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False

    def __len__(self) -> int:
        return len(self._tasks)

    @property
    def closed(self) -> bool:
        """Whether the process shuts down: nothing more is started."""
        return self._closed

    def spawn(self, name: str, coro: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Starts ``coro``. ``name`` is a constant of the code: it is logged, so nothing of a person may be in it.

        Raises:
            BackgroundClosed: ``aclose`` was called; the coroutine is closed unstarted.
        """
        if self._closed:
            coro.close()
            raise BackgroundClosed
        task = asyncio.create_task(coro, name=name)  # noqa: TID251 - this is the one module
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    async def aclose(self, timeout: float = 0.0) -> None:  # noqa: ASYNC109 - how long to be patient, not a deadline
        """Takes up nothing new, waits up to ``timeout`` seconds for what runs, and cancels what is left."""
        self._closed = True
        mine = self._tasks - {asyncio.current_task()}
        if mine and timeout > 0:
            await asyncio.wait(mine, timeout=timeout)
        left = [task for task in mine if not task.done()]
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        # Reading the exception also keeps asyncio from printing it by itself.
        if (error := task.exception()) is not None:
            log.error("background.failed", extra={"task": task.get_name(), "error": type(error).__name__})


class BackgroundClosed(RuntimeError):  # noqa: N818 - a state, not a fault: the process is shutting down
    """A task was to be started after the close."""

    def __init__(self) -> None:
        super().__init__("no background task is started while the process shuts down")
