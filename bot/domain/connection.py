"""A connection: one exchange account joined by one key."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from bot.domain.health import Health
from bot.domain.permissions import KeyReport

ConnectionId = NewType("ConnectionId", str)
"""A UUID4 in hex, 32 characters."""


class Environment(StrEnum):
    """Which world of the exchange the key belongs to; fixed when the connection is made."""

    LIVE = "live"
    TESTNET = "testnet"
    DEMO = "demo"


class Market(StrEnum):
    """What is traded through the key."""

    SPOT = "spot"
    LINEAR = "linear"
    """Futures that settle in a currency they are quoted in: USDT, USDC, USD …; the exchange's profile says in which."""
    INVERSE = "inverse"
    """Futures that settle in the coin they are about, or in another coin."""


class Purpose(StrEnum):
    """What the trader wants of the key; it sets the permissions that are required."""

    WATCH = "watch"
    TRADE = "trade"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key is used: everything an exchange adapter needs to know besides the credential."""

    exchange: str
    market: Market
    environment: Environment


@dataclass(frozen=True, slots=True)
class Credential:
    """The secret part of a key. It has no readable form: neither ``repr`` nor ``str`` shows anything of it."""

    api_key: str
    secret: str
    passphrase: str | None = None

    @property
    def identity(self) -> str:
        """What tells it from every other: the API key; the secret, where the key is a public address.

        All agents of a blockchain's account share its address, and whoever has the address has no key.
        """
        return self.secret if _ADDRESS.fullmatch(self.api_key) else self.api_key

    def __repr__(self) -> str:
        return "Credential(…)"


_ADDRESS = re.compile(r"0x[0-9a-f]{40}")
"""As ``pasting`` keeps it."""


@dataclass(frozen=True, slots=True)
class Connection:
    """A connection as the store knows it. Nothing in it is secret; ``key_tail`` is the last four characters of the key.

    Attributes:
        revision: counts credentials; 1 at first, one more with each rotation. Bound into the sealed record.
        report: what the exchange last said of the key, without the IP list, which is sealed.
        withdrawal_unverified: True for ever if the exchange could not say that withdrawal is off and the user vouched.
        latency: seconds of the last probe.
        last_probe_at: epoch seconds of the last probe that got any answer.
        last_ok_at: epoch seconds of the last good probe.
        rotating: True while the credential before the current one is kept until the current one passed a probe.
    """

    id: ConnectionId
    owner_id: int
    place: Place
    purpose: Purpose
    label: str
    key_tail: str
    revision: int
    health: Health
    report: KeyReport
    created_at: float
    withdrawal_unverified: bool = False
    latency: float | None = None
    last_probe_at: float | None = None
    last_ok_at: float | None = None
    rotating: bool = False
