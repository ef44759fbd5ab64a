"""An event loop in which nobody waits: when all is quiet, its clock jumps to the next timer.

What runs in it is real: tasks, timers, sockets on the loopback. Only the waiting is left out, so that a minute of a
watch takes as long as its work, however busy the machine is, and nothing depends on how fast it is.
"""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

BREATH = 0.001
"""Seconds of real time in which whatever is on its way between two sockets of ours arrives."""

STEP = 1e-6
"""Seconds that each turn of the loop takes in its own time. If none passed, who waits for less than a float can tell
would wait for ever."""


class _Selector(selectors.DefaultSelector):
    loop: "JumpingLoop"

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.loop.passed += STEP
        ready = super().select(0)
        if ready or (timeout is not None and timeout <= 0):
            return ready
        if timeout is None:
            return super().select(None)  # no timer: only the outside can go on
        # Without sockets (there always is one, of the loop's own) nothing can be on its way.
        ready = super().select(BREATH) if len(self.get_map()) > 1 else []
        if not ready:
            self.loop.passed += timeout
        return ready


class JumpingLoop(asyncio.SelectorEventLoop):
    """``time`` begins at 1,000 and jumps.

    Attributes:
        passed: its time, in seconds.
    """

    def __init__(self) -> None:
        self.passed = 1_000.0
        selector = _Selector()
        selector.loop = self
        super().__init__(selector)

    def time(self) -> float:
        return self.passed


def run_without_waiting(main: Coroutine[Any, Any, T]) -> T:
    """Runs it to its end in a loop of this kind."""
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        return runner.run(main)


class LoopClock:
    """The ``Clock`` of services and of sandboxes in such a loop. Wall clock time begins at a round minute."""

    EPOCH = 1_800_000_000.0

    def now(self) -> float:
        return self.EPOCH + self.monotonic()

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
