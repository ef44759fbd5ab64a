"""The situations in which a person tries to connect a key, each the same at every exchange."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.connection import Credential, Environment, Market, Place, Purpose
from bot.domain.failures import Failure
from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.venue import Venue
from tests.integration.exchanges.trader import credential_of

ELSEWHERE: Final = "198.51.100.77"


class Outcome(StrEnum):
    """What a situation may come to besides a failure."""

    ACCEPTED = "accepted"
    CANNOT_BE = "cannot be"
    """Nobody can get into this situation there."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a situation comes to something else than usual. ``environments`` and ``markets``: everywhere if empty.

    Several failures, in the order in which they are told: where one box grants what others keep apart.
    """

    situation: "Situation"
    outcome: Failure | Outcome | tuple[Failure, ...]
    why: str
    environments: tuple[Environment, ...] = ()
    markets: tuple[Market, ...] = ()

    def concerns(self, situation: "Situation", place: Place) -> bool:
        return (
            situation is self.situation
            and (not self.environments or place.environment in self.environments)
            and (not self.markets or place.market in self.markets)
        )


class Situation(StrEnum):
    """A situation by its name; ``USUALLY`` says what it comes to."""

    GOOD_TO_TRADE = "a good key, to trade"
    GOOD_TO_WATCH = "a key that may only read, to watch"
    READ_ONLY = "a key that may only read, to trade"
    WITHDRAWS = "a key that can withdraw"
    TRANSFERS = "a key that can transfer"
    OTHER_MARKET = "a key made for another market"
    OTHER_ADDRESS = "a key bound to another address"
    OTHER_SECRET = "a secret that is not the key's"
    OTHER_PASSPHRASE = "a passphrase that is not the key's"
    EXPIRED = "a key that has ended"
    DELETED = "a key that was deleted"
    SUSPENDED = "an account that is suspended"
    DOWN = "the exchange is down"
    MAINTENANCE = "the exchange is being maintained"
    REGION = "our country is not served"
    WALL = "our country is not served, says a page"
    CLOCK_OFF = "the exchange's clock is half a minute off"
    TOO_MANY = "too many requests"
    BANNED = "our address is banned"


USUALLY: Final[dict[Situation, Failure | Outcome]] = {
    Situation.GOOD_TO_TRADE: Outcome.ACCEPTED,
    Situation.GOOD_TO_WATCH: Outcome.ACCEPTED,
    Situation.READ_ONLY: Failure.NO_TRADE_PERMISSION,
    Situation.WITHDRAWS: Failure.WITHDRAW_ENABLED,
    Situation.TRANSFERS: Failure.TRANSFER_ENABLED,
    Situation.OTHER_MARKET: Failure.WRONG_MARKET,
    Situation.OTHER_ADDRESS: Failure.IP_NOT_ALLOWED,
    Situation.OTHER_SECRET: Failure.BAD_SIGNATURE,
    Situation.OTHER_PASSPHRASE: Failure.WRONG_PASSPHRASE,
    Situation.EXPIRED: Failure.KEY_EXPIRED,
    Situation.DELETED: Failure.INVALID_KEY,
    Situation.SUSPENDED: Failure.ACCOUNT_SUSPENDED,
    Situation.DOWN: Failure.EXCHANGE_UNAVAILABLE,
    Situation.MAINTENANCE: Failure.MAINTENANCE,
    Situation.REGION: Failure.REGION_BLOCKED,
    Situation.WALL: Failure.REGION_BLOCKED,
    Situation.CLOCK_OFF: Outcome.ACCEPTED,
    Situation.TOO_MANY: Failure.RATE_LIMITED,
    Situation.BANNED: Failure.BANNED,
}

PURPOSE: Final = {Situation.GOOD_TO_WATCH: Purpose.WATCH}
"""To trade, where nothing is said."""


def _pose(name: str) -> Callable[[Venue, Account, Market], None]:
    return lambda _venue, account, _market: account.pose(name)


def _other_market(_: Venue, account: Account, market: Market) -> None:
    account.pose("futures only" if market is Market.SPOT else "spot only")


_ARRANGE: Final[dict[Situation, Callable[[Venue, Account, Market], object]]] = {
    Situation.GOOD_TO_TRADE: lambda _venue, _account, _market: None,
    Situation.GOOD_TO_WATCH: _pose("watch"),
    Situation.READ_ONLY: _pose("watch"),
    Situation.WITHDRAWS: _pose("withdraw"),
    Situation.TRANSFERS: _pose("transfer"),
    Situation.OTHER_MARKET: _other_market,
    Situation.OTHER_ADDRESS: lambda _venue, account, _market: account.restrict_ips([ELSEWHERE]),
    Situation.OTHER_SECRET: lambda _venue, account, _market: account.rotate_secret(),
    Situation.OTHER_PASSPHRASE: lambda _venue, _account, _market: None,
    Situation.EXPIRED: lambda _venue, account, _market: account.expire(),
    Situation.DELETED: lambda _venue, account, _market: account.revoke(),
    Situation.SUSPENDED: lambda _venue, account, _market: account.suspend(),
    Situation.DOWN: lambda venue, _account, _market: venue.faults.down(),
    Situation.MAINTENANCE: lambda venue, _account, _market: venue.faults.maintenance(),
    Situation.REGION: lambda venue, _account, _market: venue.faults.geo_block(),
    Situation.WALL: lambda venue, _account, _market: venue.faults.geo_block(by_wall=True),
    Situation.CLOCK_OFF: lambda venue, _account, _market: venue.faults.clock_skew(-31),
    Situation.TOO_MANY: lambda venue, _account, _market: venue.faults.rate_limit(),
    Situation.BANNED: lambda venue, _account, _market: venue.faults.ban(),
}


def arranged(situation: Situation, venue: Venue, place: Place, name: str = "k1") -> Credential:
    """Brings the situation about for the account of this name, and returns what the person has in hand."""
    account = venue.account(name, place.environment.value)
    if venue.rules.key_style.max_ips:
        account.restrict_ips([venue.caller_ip])
    credential = credential_of(account)
    _ARRANGE[situation](venue, account, place.market)
    if situation is Situation.OTHER_PASSPHRASE:
        return Credential(credential.api_key, credential.secret, "Another-Horse-0!")
    return credential


def put_right(venue: Venue, place: Place, name: str = "k1") -> Credential:
    """Ends whatever was arranged for the account of this name, and returns what is good there from now on."""
    account = venue.account(name, place.environment.value)
    venue.faults.clear()
    account.set(**venue.rules.key_style.switches)
    account.restore()
    account.unsuspend()
    if venue.rules.key_style.ends:
        account.renew()
    if venue.rules.key_style.max_ips:
        account.restrict_ips([venue.caller_ip])
    return credential_of(account)


def expected_of(situation: Situation, place: Place, otherwise: Iterable[Difference]) -> tuple[Failure, ...] | Outcome:
    """What a situation comes to: an outcome, or the failures in the order in which they are told."""
    differences = [each.outcome for each in otherwise if each.concerns(situation, place)]
    expected = differences[0] if differences else USUALLY[situation]
    return (expected,) if isinstance(expected, Failure) else expected


def can_be(situation: Situation, venue: Venue, place: Place) -> bool:
    """Whether the exchange's keys can get into this situation at all."""
    style = venue.rules.key_style
    other = "futures only" if place.market is Market.SPOT else "spot only"
    needed = {
        Situation.GOOD_TO_WATCH: "watch" in style.poses,
        Situation.READ_ONLY: "watch" in style.poses,
        Situation.WITHDRAWS: "withdraw" in style.poses,
        Situation.TRANSFERS: "transfer" in style.poses,
        Situation.OTHER_MARKET: other in style.poses,
        Situation.OTHER_ADDRESS: style.max_ips > 0,
        Situation.OTHER_PASSPHRASE: style.passphrase,
        Situation.EXPIRED: style.ends,
    }
    return needed.get(situation, True)
