"""Our own network: told apart from an exchange that is out of reach, and left alone while it is down.

An exchange that cannot be reached at all may be dead, or we are. If another one answers, we are not. If there is a
beacon, it decides: it is asked at this moment, and for this only. Without one, we are if others cannot be reached
either, and with one exchange alone Telegram is the witness, which may have answered a while ago.

While our network is down no key is checked: a handful of checks goes on, to notice when it is back. Then everybody
hears once for how long nobody could look.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final, Protocol

from bot.usecases.background import BackgroundTasks
from bot.usecases.ports import Clock
from bot.usecases.storage import StoreUnavailable

log = logging.getLogger("latchkey.watch")

FRESH: Final = 60.0
"""Seconds for which an exchange that answered is a witness that our network works."""
CANARY_EVERY: Final = 2.0
"""Seconds between two checks while it is down."""
ASK_AGAIN: Final = 10.0
"""Seconds for which an answer of the beacon holds: many exchanges that fall silent at once are one question."""


class Witness(Protocol):
    """Something else that answers us."""

    def seems_up(self) -> bool:
        """Whether it has answered of late."""
        ...


class Beacon(Protocol):
    """An address of the operator's choice, reachable whenever our network works."""

    async def answers(self) -> bool:
        """Whether anybody answers there now, whatever they say. Takes a few seconds at most, and never raises."""
        ...


class OwnNetwork:
    """The ``Connectivity`` port.

    Args:
        telegram: the witness where there is one exchange alone and no beacon.
        on_return: called with the epoch seconds from and to which nothing could be asked.
        beacon: asked when an exchange cannot be reached and no other one answers; None if there is none.
    """

    def __init__(
        self,
        telegram: Witness,
        clock: Clock,
        tasks: BackgroundTasks,
        on_return: Callable[[float, float], Awaitable[object]],
        beacon: Beacon | None = None,
    ) -> None:
        self._telegram = telegram
        self._beacon = beacon
        self._asking = asyncio.Lock()
        self._asked_at = float("-inf")
        self._reached = False
        self._clock = clock
        self._tasks = tasks
        self._on_return = on_return
        self._answered: dict[str, float] = {}
        self._silent: dict[str, float] = {}
        self._heard_at: float | None = None
        self._down = False
        self._canary_at = float("-inf")

    @property
    def down(self) -> bool:
        """Whether our own network seems to be down."""
        return self._down

    def heard(self, exchange: str) -> None:
        """An exchange answered, whatever it said."""
        self._answered[exchange] = self._clock.monotonic()
        self._silent.pop(exchange, None)
        self._works()

    async def is_ours(self, exchange: str) -> bool:
        """An exchange cannot be reached: whether that is our own network's doing."""
        self._silent[exchange] = self._clock.monotonic()
        ours = await self._seems_ours(exchange)
        if not ours and self._down:  # the exchange is still out of reach, but we are back
            self._works()
        elif ours and not self._down:
            self._down = True
            log.warning("network.down")
        return ours

    def admits(self) -> bool:
        """Whether a check may be started: always, but while our network is down only one now and then."""
        if not self._down:
            return True
        now = self._clock.monotonic()
        if now - self._canary_at < CANARY_EVERY:
            return False
        self._canary_at = now
        return True

    async def _seems_ours(self, exchange: str) -> bool:
        if self._another_answers(exchange):
            return False
        if self._beacon is not None:
            reached = await self._reaches(self._beacon)
            return not reached and exchange in self._silent and not self._another_answers(exchange)
        now = self._clock.monotonic()
        # While it is down few are asked: what was silent then may not have had its turn since.
        unreached = any(each != exchange for each, at in self._silent.items() if self._down or now - at <= FRESH)
        return unreached or not self._telegram.seems_up()

    def _another_answers(self, exchange: str) -> bool:
        now = self._clock.monotonic()
        answering = (each for each, at in self._answered.items() if now - at <= FRESH and each not in self._silent)
        return any(each != exchange for each in answering)

    async def _reaches(self, beacon: Beacon) -> bool:
        async with self._asking:
            if self._clock.monotonic() - self._asked_at >= ASK_AGAIN:
                self._reached = await beacon.answers()
                self._asked_at = self._clock.monotonic()
            return self._reached

    def _works(self) -> None:
        since, self._heard_at = self._heard_at, self._clock.now()
        if self._down:
            self._down = False
            log.info("network.back")
            if since is not None and not self._tasks.closed:
                self._tasks.spawn("network.back", self._tell(since, self._heard_at))

    async def _tell(self, since: float, until: float) -> None:
        try:
            await self._on_return(since, until)
        except StoreUnavailable:
            log.error("network.not_told")  # noqa: TRY400 - no traceback: it would say nothing more
