"""Telling an outage from a key's own trouble: what a failure speaks of, and what the others' answers say to it.

- What the exchange *states* as dangerous of a key is that key's own, whatever else is going on.
- Some failures speak of the exchange, of our address there or of our clock, and of no key: down, in maintenance, our
  region or address turned away, limited, a timestamp refused. Such a failure is the exchange's, unless others there are
  well, or the exchange answers questions that need no key.
- All others speak of a key. Many that begin at the same time, at the same exchange, for the same cause and with
  different people, fit an outage better than as many coincidences: then no key is blamed.

Everything here is judged on what was answered since the trouble began, so that answers from before cannot speak for an
exchange that has failed since.
"""

from dataclasses import dataclass
from typing import Final

from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import Failure, Retry, policy_of

OF_AN_EXCHANGE: Final = frozenset(
    {
        Failure.EXCHANGE_UNAVAILABLE,
        Failure.MAINTENANCE,
        Failure.REGION_BLOCKED,
        Failure.RATE_LIMITED,
        Failure.BANNED,
        Failure.CLOCK_SKEW,
    }
)
"""Failures that speak of an exchange, or of us there, and of no key."""

OF_US: Final = frozenset({Failure.BANNED, Failure.RATE_LIMITED, Failure.CLOCK_SKEW, Failure.REGION_BLOCKED})
"""Those among them that the operators can mend, and nobody else."""

AT_LEAST: Final = 2
"""People whose keys must fail for one cause before it can be anything else than theirs."""

KEYS_WAIT: Final = 900.0
"""Seconds after which a key that still fails within an incident of keys is told to be dead: it may well be."""

SAME_AGAIN: Final = 900.0
"""Seconds within which an incident that comes back is the same one."""


class Cause:
    """What incidents are told apart by: one of an exchange takes in whatever it answers, one of keys one failure."""

    EXCHANGE: Final = "exchange"
    CLOCK: Final = "clock"
    ADDRESS: Final = "address"


def cause_of(failure: Failure) -> str:
    """The cause of an incident that a failure belongs to."""
    if failure is Failure.CLOCK_SKEW:
        return Cause.CLOCK
    if failure in {Failure.BANNED, Failure.RATE_LIMITED, Failure.REGION_BLOCKED}:
        return Cause.ADDRESS
    return Cause.EXCHANGE if failure in OF_AN_EXCHANGE else failure.value


@dataclass(frozen=True, slots=True)
class Scope:
    """What is out. ``market`` is None for all markets of the environment."""

    exchange: str
    environment: Environment
    market: Market | None = None

    def takes_in(self, place: Place) -> bool:
        """Whether a place is in it."""
        return (place.exchange, place.environment) == (self.exchange, self.environment) and self.market in (
            None,
            place.market,
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """What others answered since a trouble began, at the same exchange and environment.

    Attributes:
        same: other connections whose last answer was of the same cause.
        people: the people those and this one belong to.
        well: other connections whose last answer was good.
        public: whether the exchange answered a question that needs no key; None if it was not asked since.
    """

    same: int = 0
    people: int = 1
    well: int = 0
    public: bool | None = None


def fits_an_outage(failure: Failure, evidence: Evidence) -> bool:
    """Whether a failure is better told as the exchange's than as this key's.

    Args:
        failure: what this key's trouble is.
        evidence: what others answered since it began.
    """
    if policy_of(failure).retry is Retry.AT_ONCE:
        return False
    outnumbered = evidence.well > evidence.same
    if failure in OF_AN_EXCHANGE:
        if outnumbered:
            return False
        alone = evidence.same == 0
        # A clock or a limit is of our side whatever the public endpoint says: it asks for neither.
        speaks_against = evidence.public is True and cause_of(failure) == Cause.EXCHANGE
        return not (alone and speaks_against)
    return evidence.people >= AT_LEAST and not outnumbered


def scope_of(place: Place, well_elsewhere: bool) -> Scope:  # noqa: FBT001 - its one fact
    """How far it reaches: one market, if another market of the exchange answers well meanwhile."""
    return Scope(place.exchange, place.environment, place.market if well_elsewhere else None)
