"""The request budget an exchange gives to one IP address: weight per minute, then 429, then a ban.

As Binance documents it (rest-api.md, "IP Limits"): every route weighs something; each answer tells what was used in
the minute; going over is answered with 429 and the seconds to wait; not waiting ends in a ban (418) of two minutes that
doubles with each offence, three days at most. Others do the same in other windows than a minute.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

MINUTE: Final = 60
FIRST_BAN: Final = 120
LONGEST_BAN: Final = 3 * 24 * 3600
PATIENCE: Final = 10
"""How many 429 an address may ignore before it is banned. The real number is not published."""


@dataclass(slots=True)
class Exceeded:
    """The budget is used up: the answer's status, and the whole seconds until asking again is allowed."""

    status: int
    retry_after: int


@dataclass(slots=True)
class _Caller:
    used: dict[str, tuple[int, int]] = field(default_factory=dict)
    """By bucket: which window, and the weight in it."""
    minute: int = -1
    ignored: int = 0
    """In that minute."""
    bans: int = 0
    banned_until: float = 0.0


class Weight:
    """Counts what each address uses of each bucket in its running window.

    It always counts; it refuses only while ``enforced``.

    Args:
        per_minute: weight a minute, by bucket.
        now: epoch seconds.
        windows: seconds in which it is counted instead, by bucket; a shorter window allows its part of the minute's.

    Attributes:
        refusals: how often it refused.
    """

    def __init__(
        self, per_minute: Mapping[str, int], now: Callable[[], float], windows: Mapping[str, int] | None = None
    ) -> None:
        self.enforced = False
        self.refusals = 0
        self._per_minute = per_minute
        self._windows = windows or {}
        self._now = now
        self._callers: dict[str, _Caller] = {}

    def limit(self, bucket: str) -> int:
        """Weight in a window; a bucket ``sapi/…`` that is not named itself has the limit of ``sapi``."""
        a_minute = self._per_minute.get(bucket) or self._per_minute[bucket.partition("/")[0]]
        return a_minute * self.window(bucket) // MINUTE

    def window(self, bucket: str) -> int:
        """Seconds."""
        return self._windows.get(bucket, MINUTE)

    def used(self, ip: str) -> dict[str, int]:
        """What an address has used in the running window, by bucket."""
        caller, now = self._callers.get(ip), self._now()
        counted = caller.used if caller is not None else {}
        return {bucket: used for bucket, (window, used) in counted.items() if window == now // self.window(bucket)}

    def charge(self, bucket: str, weight: int, ip: str) -> tuple[int, Exceeded | None]:
        """Adds a request to its bucket; returns the weight used in this window, and the refusal if there is one."""
        now = self._now()
        caller = self._callers.setdefault(ip, _Caller())
        minute = int(now // MINUTE)
        if caller.minute != minute:
            caller.minute = minute
            caller.ignored = 0
        window = int(now // self.window(bucket))
        last, used = caller.used.get(bucket, (window, 0))
        used = used + weight if last == window else weight
        caller.used[bucket] = window, used
        exceeded = self._judge(caller, bucket, used, now) if self.enforced else None
        self.refusals += exceeded is not None
        return used, exceeded

    def _judge(self, caller: _Caller, bucket: str, used: int, now: float) -> Exceeded | None:
        if now < caller.banned_until:
            return Exceeded(418, int(caller.banned_until - now) + 1)
        if used <= self.limit(bucket):
            return None
        caller.ignored += 1
        if caller.ignored <= PATIENCE:
            window = self.window(bucket)
            return Exceeded(429, int(window - now % window) + 1)
        lasts = min(FIRST_BAN * 2**caller.bans, LONGEST_BAN)
        caller.bans += 1
        caller.ignored = 0
        caller.banned_until = now + lasts
        return Exceeded(418, lasts)
