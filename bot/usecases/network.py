"""Our own network: told apart from an exchange that is out of reach, and left alone while it is down.

An exchange that cannot be reached at all may be dead, or we are. If another one answers, we are not. If others cannot
be reached either, we are. With one exchange alone, Telegram is the witness.

While our network is down no key is checked: a handful of checks goes on, to notice when it is back. Then everybody
hears once for how long nobody could look.
"""

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


class Witness(Protocol):
    """Something else that answers us."""

    def seems_up(self) -> bool:
        """Whether it has answered of late."""
        ...


class OwnNetwork:
    """The ``Connectivity`` port.

    Args:
        telegram: the witness where there is one exchange alone.
        on_return: called with the epoch seconds from and to which nothing could be asked.
    """

    def __init__(
        self,
        telegram: Witness,
        clock: Clock,
        tasks: BackgroundTasks,
        on_return: Callable[[float, float], Awaitable[object]],
    ) -> None:
        self._telegram = telegram
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
        since, self._heard_at = self._heard_at, self._clock.now()
        if self._down:
            self._down = False
            log.info("network.back")
            if since is not None and not self._tasks.closed:
                self._tasks.spawn("network.back", self._tell(since, self._heard_at))

    def is_ours(self, exchange: str) -> bool:
        """An exchange cannot be reached: whether that is our own network's doing."""
        now = self._clock.monotonic()
        self._silent[exchange] = now
        ours = self._seems_ours(exchange, now)
        if ours and not self._down:
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

    def _seems_ours(self, exchange: str, now: float) -> bool:
        answering = (each for each, at in self._answered.items() if now - at <= FRESH and each not in self._silent)
        if any(each != exchange for each in answering):
            return False
        unreached = any(each != exchange for each, at in self._silent.items() if now - at <= FRESH)
        return unreached or not self._telegram.seems_up()

    async def _tell(self, since: float, until: float) -> None:
        try:
            await self._on_return(since, until)
        except StoreUnavailable:
            log.error("network.not_told")  # noqa: TRY400 - no traceback: it would say nothing more
