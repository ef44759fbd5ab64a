"""Keeps us inside an exchange's limits, which hold per address and so are shared by all users of the service.

Two things: a budget, spent evenly; and a back-off, in which nobody asks anything after the exchange told one of us to
stay away. To go on asking through a 429 is how an address gets banned, and a ban hits every key.
"""

import asyncio
from collections.abc import Mapping
from typing import Final

from aiolimiter import AsyncLimiter

from bot.domain.failures import Failure, Trouble
from bot.usecases.ports import Clock

_SLICE: Final = 6.0
"""Seconds the budget is dealt out in. A leaky bucket lets its whole size through at once and leaks as much again in the
same period; a tenth of a minute's budget keeps the worst minute at 110 % of it."""

_HEAVIEST: Final = 40
"""Weight that a bucket holds at least, however small the budget: a question that never fits could never be asked."""

_WITHOUT_WORD: Final[Mapping[Failure, float]] = {Failure.RATE_LIMITED: 30.0, Failure.BANNED: 120.0}
"""Seconds to stay away where the exchange gives no Retry-After, and its adapter knows no better."""


class Pace:
    """The pace at one exchange and environment.

    One budget, however many egress addresses there are: which of them a request leaves by is the network's choice, so
    only what a single address may spend is surely allowed.

    Attributes:
        slots: how many probes are in flight here at once: an exchange that hangs holds up its own and nobody else's.
    """

    def __init__(
        self,
        budgets: Mapping[str, int],
        clock: Clock,
        share: float,
        in_flight: int,
        waits: Mapping[Failure, float] | None = None,
    ) -> None:
        """``waits``: seconds to stay away where the exchange documents them and gives no Retry-After."""
        self.slots = asyncio.Semaphore(in_flight)
        self._clock = clock
        self._buckets = {name: _bucket(per_minute * share) for name, per_minute in budgets.items()}
        self._waits = {**_WITHOUT_WORD, **(waits or {})}
        self._away_until = 0.0
        self._why: Trouble | None = None

    async def admit(self, bucket: str, weight: int) -> None:
        """Waits until the budget allows it; in parts, where it is more than the bucket holds at once."""
        limiter = self._buckets[bucket]
        left: float = weight
        while left > 0:
            part = min(left, limiter.max_rate)
            await limiter.acquire(part)
            left -= part

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
        if trouble.failure not in _WITHOUT_WORD:
            return
        seconds = trouble.retry_after if trouble.retry_after is not None else self._waits[trouble.failure]
        until = self._clock.monotonic() + seconds
        if self._why is None or until > self._away_until:
            self._away_until = until
            self._why = trouble


def _bucket(per_minute: float) -> AsyncLimiter:
    size = max(per_minute * _SLICE / 60, _HEAVIEST)
    return AsyncLimiter(size, size / per_minute * 60)
