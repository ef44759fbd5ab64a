"""The schedule is set going again when it has stopped, and left alone when everything stood still for a while."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, cast

import pytest

from bot.scheduler.dispatcher import Dispatcher
from bot.scheduler.pulse import Pulse


class Clock:
    """Time passes when somebody sleeps; the test ends after so many naps."""

    def __init__(self, naps: int) -> None:
        self.naps = naps

    def now(self) -> float:
        return 1_700_000_000.0

    def monotonic(self) -> float:
        return 0.0

    async def sleep(self, _: float) -> None:
        if self.naps == 0:
            raise asyncio.CancelledError
        self.naps -= 1


class Schedule:
    """One job, and how often it was set going."""

    def __init__(self) -> None:
        self.set_going = 0

    def get_jobs(self) -> list["Schedule"]:
        return [self]

    def modify(self, **_: Any) -> None:
        self.set_going += 1


class Ticking:
    """What is found at each look."""

    def __init__(self, *looks: bool) -> None:
        self.looks: Iterator[bool] = iter(looks)

    def ticks(self) -> bool:
        return next(self.looks)


@pytest.mark.parametrize(
    ("looks", "set_going"),
    [((True, True, True), 0), ((False, True), 0), ((False, True, False, True), 0), ((False, False), 1)],
)
async def test_only_what_stands_still_at_two_looks_is_set_going(looks: tuple[bool, ...], set_going: int) -> None:
    schedule = Schedule()
    pulse = Pulse(cast("Any", schedule), cast("Dispatcher", Ticking(*looks)), Clock(len(looks)))
    with suppress(asyncio.CancelledError):
        await pulse.run()
    assert schedule.set_going == set_going
