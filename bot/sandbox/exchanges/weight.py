"""The request budget an exchange gives to one IP address: weight per minute, then 429, then a ban.

As Binance documents it (rest-api.md, "IP Limits"): every route weighs something; each answer tells what was used in
the minute; going over is answered with 429 and the seconds to wait; not waiting ends in a ban (418) of two minutes that
doubles with each offence, three days at most.
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
    minute: int = -1
    used: dict[str, int] = field(default_factory=dict)
    ignored: int = 0
    bans: int = 0
    banned_until: float = 0.0


class Weight:
    """Counts what each address uses of each bucket in the running minute.

    It always counts; it refuses only while ``enforced``.
    """

    def __init__(self, per_minute: Mapping[str, int], now: Callable[[], float]) -> None:
        self.enforced = False
        self._per_minute = per_minute
        self._now = now
        self._callers: dict[str, _Caller] = {}

    def limit(self, bucket: str) -> int:
        """Weight a minute; a bucket ``sapi/…`` that is not named itself has the limit of ``sapi``."""
        return self._per_minute.get(bucket) or self._per_minute[bucket.partition("/")[0]]

    def used(self, ip: str) -> dict[str, int]:
        """What an address has used in the running minute, by bucket."""
        caller = self._callers.get(ip)
        if caller is None or caller.minute != int(self._now() // MINUTE):
            return {}
        return dict(caller.used)

    def charge(self, bucket: str, weight: int, ip: str) -> tuple[int, Exceeded | None]:
        """Adds a request to its bucket; returns the weight used in this minute, and the refusal if there is one."""
        now = self._now()
        caller = self._callers.setdefault(ip, _Caller())
        minute = int(now // MINUTE)
        if caller.minute != minute:
            caller.minute = minute
            caller.used.clear()
            caller.ignored = 0
        used = caller.used.get(bucket, 0) + weight
        caller.used[bucket] = used
        return used, self._judge(caller, used > self.limit(bucket), now) if self.enforced else None

    def _judge(self, caller: _Caller, over: bool, now: float) -> Exceeded | None:  # noqa: FBT001 - one private caller
        if now < caller.banned_until:
            return Exceeded(418, int(caller.banned_until - now) + 1)
        if not over:
            return None
        caller.ignored += 1
        if caller.ignored <= PATIENCE:
            return Exceeded(429, int(MINUTE - now % MINUTE) + 1)
        lasts = min(FIRST_BAN * 2**caller.bans, LONGEST_BAN)
        caller.bans += 1
        caller.ignored = 0
        caller.banned_until = now + lasts
        return Exceeded(418, lasts)
