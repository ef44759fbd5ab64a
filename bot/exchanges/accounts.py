"""One key asks for all keys of its account, where an exchange counts a question by account and answers it for them all.

Then no question is asked more often than the account may ask it, however many of its keys are watched. In
memory only, so after a start everything is found out again. No API key is in it: keys are told by a keyed digest.
"""

import asyncio
import hashlib
import math
import secrets
from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from bot.usecases.ports import Clock

FIRST_LOOKS: Final = 4
"""Keys whose account is not known yet that ask at the same time. They may all be of one account."""

_MOST: Final = 50_000
"""Keys and accounts remembered, of each; what was heard of longest ago is forgotten first."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """How often an account may be asked something, whichever of its keys asks.

    Attributes:
        most: times in any window.
        seconds: how long a window is.
    """

    most: int
    seconds: float

    @property
    def at_once(self) -> int:
        """Times in a window that need not be spread over it: an account with few keys is asked by each of them."""
        return self.most * 4 // 10

    @property
    def steady(self) -> int:
        """Times in a window for checks that come by themselves."""
        return self.most * 8 // 10

    @property
    def by_hand(self) -> int:
        """Times in a window for them and for people. The last one is for a key whose account is not known yet."""
        return self.most - 1

    @property
    def apart(self) -> float:
        """Seconds between two checks that come by themselves, once more than ``at_once`` were needed."""
        return self.seconds / (self.most * 6 // 10)


class Account:
    """One account at an exchange."""

    __slots__ = ("_allowance", "_asked", "_away_until", "_clock", "_in_flight", "_told")

    def __init__(self, allowance: Allowance, clock: Clock) -> None:
        self._allowance = allowance
        self._clock = clock
        self._asked: deque[float] = deque()
        """When answers came: the exchange counted the questions before that."""
        self._in_flight = 0
        self._away_until = -math.inf
        self._told: tuple[Any, float] | None = None

    def may_be_asked(self, *, by_hand: bool = False) -> bool:
        """Whether the account's allowance has room for one more question: one that somebody waits for, or any."""
        now, allowance = self._clock.monotonic(), self._allowance
        while self._asked and self._asked[0] <= now - allowance.seconds:
            self._asked.popleft()
        lately = len(self._asked) + self._in_flight
        if now < self._away_until:
            return False
        if by_hand:
            return lately < allowance.by_hand
        if lately < allowance.at_once:
            return True
        rested = not self._in_flight and now - self._asked[-1] >= allowance.apart
        return rested and lately < allowance.steady

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Around a question; it counts from now until a window after its answer."""
        self._in_flight += 1
        try:
            yield
        finally:
            self._in_flight -= 1
            self.was_asked()

    def was_asked(self) -> None:
        """Counts a question that has been answered."""
        self._asked.append(self._clock.monotonic())

    def stay_away(self) -> None:
        """The exchange counts more than we do: somebody else asks for this account too. So for a window we do not."""
        self._away_until = self._clock.monotonic() + self._allowance.seconds

    def keep(self, told: Any) -> None:
        """Keeps what was told of the account, for its other keys. No API key may be in it."""
        self._told = told, self._clock.monotonic()

    def recall(self, seconds: float) -> Any:
        """What was last told of it, if that is not older than so many seconds; None otherwise."""
        if self._told is None or self._clock.monotonic() - self._told[1] > seconds:
            return None
        return self._told[0]


class Accounts:
    """Those of one exchange and environment, whatever their markets.

    Attributes:
        first_looks: who may ask without knowing whose account is asked.
    """

    def __init__(self, clock: Clock) -> None:
        self.first_looks = asyncio.Semaphore(FIRST_LOOKS)
        self._clock = clock
        self._pepper = secrets.token_bytes(32)
        self._by_name: OrderedDict[str, Account] = OrderedDict()
        self._by_key: OrderedDict[bytes, Account] = OrderedDict()

    def tag(self, api_key: str) -> bytes:
        """What stands for an API key here."""
        return hashlib.blake2b(api_key.encode(errors="surrogatepass"), key=self._pepper, digest_size=32).digest()

    def of(self, api_key: str) -> Account | None:
        """The account of a key; None if it is not known."""
        return self._by_key.get(self.tag(api_key))

    def named(self, name: str, allowance: Allowance) -> Account:
        """The account of this name, new if there was none."""
        account = self._by_name.pop(name, None) or Account(allowance, self._clock)
        self._by_name[name] = account
        _forget_oldest(self._by_name)
        return account

    def belong(self, tags: Iterable[bytes], account: Account) -> None:
        """Notes whose keys these are."""
        for tag in tags:
            self._by_key.pop(tag, None)
            self._by_key[tag] = account
        _forget_oldest(self._by_key)


def _forget_oldest(remembered: "OrderedDict[Any, Account]") -> None:
    while len(remembered) > _MOST:
        remembered.popitem(last=False)
