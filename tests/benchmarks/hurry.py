"""An event loop in which time passes faster than outside: an hour of timers, retries and pauses in two minutes.

What really takes time, a commit or a way over loopback, seems to take that much longer inside.
"""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from bot.lifecycle import SystemClock

_T = TypeVar("_T")


class _Impatient(selectors.DefaultSelector):
    """Waits for a fraction of what it is told to."""

    def __init__(self, speed: float) -> None:
        super().__init__()
        self._speed = speed

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        return super().select(None if timeout is None else timeout / self._speed)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self, speed: float) -> None:
        self._speed = speed
        super().__init__(_Impatient(speed))

    def time(self) -> float:
        return super().time() * self._speed


class HurriedClock(SystemClock):
    """The ``Clock`` port on the loop's time."""

    def __init__(self) -> None:
        self._began = super().now()
        self._zero = asyncio.get_running_loop().time()

    def now(self) -> float:
        return self._began + self.monotonic() - self._zero

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()


def hurried(story: Callable[[], Coroutine[Any, Any, _T]], speed: float) -> _T:
    """Runs it to its end."""
    with asyncio.Runner(loop_factory=lambda: _Loop(speed)) as runner:
        return runner.run(story())
