"""Keeps us inside an exchange's limits, which hold per address and so are shared by all users of the service.

Two things: a budget, spent evenly; and a back-off, in which nobody asks anything after the exchange told one of us to
stay away. To go on asking through a 429 is how an address gets banned, and a ban hits every key.
"""

import asyncio
import contextlib
import math
from collections import deque
from collections.abc import Mapping
from typing import Final

from aiolimiter import AsyncLimiter

from bot.domain.failures import Failure, Trouble
from bot.exchanges.budget import Budget
from bot.usecases.ports import Clock

_STEPS: Final = 64
"""Into how many steps a window is cut: what falls out of it does so step by step, up to one of them late."""

_WITHOUT_WORD: Final[Mapping[Failure, float]] = {Failure.RATE_LIMITED: 30.0, Failure.BANNED: 120.0}
"""Seconds to stay away where the exchange gives no Retry-After, and its adapter knows no better."""

OWN_PACE: Final = Trouble(Failure.RATE_LIMITED, code="own pace")
"""Not the exchange's limit but ours, which lies below it."""


class Pace:
    """The pace at one exchange and environment.

    One budget, however many egress addresses there are: which of them a request leaves by is the network's choice, so
    only what a single address may spend is surely allowed.

    Attributes:
        slots: how many probes are in flight here at once: an exchange that hangs holds up its own and nobody else's.
    """

    def __init__(
        self,
        budgets: Mapping[str, Budget],
        clock: Clock,
        share: float,
        in_flight: int,
        waits: Mapping[Failure, float] | None = None,
    ) -> None:
        """``waits``: seconds to stay away where the exchange documents them and gives no Retry-After."""
        self.slots = asyncio.Semaphore(in_flight)
        self._clock = clock
        self._buckets = {name: _Bucket(budget, share) for name, budget in budgets.items()}
        self._waits = {**_WITHOUT_WORD, **(waits or {})}
        self._away_until = 0.0
        self._why: Trouble | None = None

    async def admit(self, bucket: str, weight: int) -> None:
        """Waits until the budget allows it. Whoever was admitted says with ``answered`` when it is over."""
        await self._buckets[bucket].admit(weight)

    def answered(self, bucket: str, weight: int) -> None:
        """What was admitted has been answered, or never will be: from now on the exchange counts nothing new of it."""
        self._buckets[bucket].answered(weight)

    def spent(self, bucket: str, weight: int) -> float:
        """Which part of what we spend in the long run would weigh in the present window, with this weight on top of it.

        More than 1.0 where somebody waits for the budget already: nothing can be spared then.
        """
        return self._buckets[bucket].spent(weight)

    def away(self) -> Trouble | None:
        """Why nobody may ask now, with the seconds that are left; None if one may."""
        if self._why is None:
            return None
        left = self._away_until - self._clock.monotonic()
        if left <= 0:
            self._why = None
            return None
        return Trouble(self._why.failure, self._why.code, self._why.reason, retry_after=left)

    def heed(self, trouble: Trouble) -> None:
        """Stays away if that is what the exchange asked for. The longest wish counts: a late 429 shortens no ban."""
        if trouble.failure not in self._waits:
            return
        seconds = trouble.retry_after if trouble.retry_after is not None else self._waits[trouble.failure]
        until = self._clock.monotonic() + seconds
        if self._why is None or until > self._away_until:
            self._away_until = until
            self._why = trouble


class _Bucket:
    """One budget: spent evenly, and never exceeded in any window of the exchange's.

    A limiter sees to the first, but it only knows when questions leave; on the way they may bunch. So for the second, a
    question weighs from when it leaves until a whole window after its answer came. The exchange counts it at some time
    between leaving and answer. Hence all that it counts within one window was weighing here together when the last of
    it left, and that is never more than the limit, however long the way takes.
    """

    def __init__(self, budget: Budget, share: float) -> None:
        size = max(budget.at_once * share, 1.0)
        self._limiter = AsyncLimiter(size, size / (budget.a_minute * share) * 60)
        self._most = budget.most * share
        self._steady = budget.a_minute * share * budget.seconds / 60
        self._window = budget.seconds
        self._step = budget.seconds / _STEPS
        self._weighing = 0
        self._answered: deque[list[float]] = deque()
        """Pairs: when a weight falls out of its window (the loop's time), and the weight."""
        self._turn = asyncio.Lock()
        self._news = asyncio.Event()

    async def admit(self, weight: int) -> None:
        async with self._turn:  # first come, first served
            left = float(weight)
            while left > 0:  # in parts, if it is heavier than what may go at once
                part = min(left, self._limiter.max_rate)
                await self._limiter.acquire(part)
                left -= part
            # What is heavier than the whole limit goes alone: a question that never fits could never be asked.
            while self._fallen_out() and self._weighing + weight > self._most:
                self._news.clear()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout_at(self._answered[0][0] if self._answered else None):
                        await self._news.wait()
            self._weighing += weight

    def spent(self, weight: int) -> float:
        return math.inf if self._turn.locked() else (self._fallen_out() + weight) / self._steady

    def answered(self, weight: int) -> None:
        until = math.ceil((asyncio.get_running_loop().time() + self._window) / self._step) * self._step
        if self._answered and self._answered[-1][0] >= until:
            self._answered[-1][1] += weight
        else:
            self._answered.append([until, weight])
        self._news.set()

    def _fallen_out(self) -> int:
        """Takes off what is out of its window; returns what still weighs."""
        now = asyncio.get_running_loop().time()
        while self._answered and self._answered[0][0] <= now:
            self._weighing -= int(self._answered.popleft()[1])
        return self._weighing
