"""Hyperliquid: sentences that ccxt 4.5.90 knows of ``/exchange``, and statuses. ``/info`` has none of its own."""

from typing import Final

import orjson

from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import Failure
from tests.integration.exchanges.answers import Bad, from_anybody
from tests.integration.exchanges.situations import Difference, Outcome, Situation

LINEAR: Final = Place("hyperliquid", Market.LINEAR, Environment.LIVE)
TESTNET: Final = Place("hyperliquid", Market.SPOT, Environment.TESTNET)
ADDRESS: Final = "0xb8a6f8b26223de27c31938d56e470a5b832703a5"


def _says(words: str) -> bytes:
    return orjson.dumps({"status": "err", "response": words})


def _coded(code: str, rest: str, failure: Failure, place: Place = LINEAR) -> Bad:
    """The sentence up to what follows is the code, and is not said twice."""
    return Bad(f"{code} from {place.environment}", place, 200, _says(code + rest), failure, code)


ANSWERS: Final = (
    # ccxt calls it a bad order.
    _coded("User or API Wallet", f" {ADDRESS} does not exist.", Failure.INVALID_KEY),
    _coded("User or API Wallet", f" {ADDRESS} does not exist.", Failure.INVALID_KEY, TESTNET),
    # ccxt has no more than a plain error for it, as for the next.
    _coded("Must deposit before performing actions", f". User: {ADDRESS}", Failure.INVALID_KEY),
    _coded("Invalid nonce", ": duplicate nonce 1764000000000", Failure.CLOCK_SKEW),
    _coded("Too many cumulative requests sent", " (37986 > 10436) for cumulative volume", Failure.RATE_LIMITED),
    Bad("429", LINEAR, 429, b"null", Failure.RATE_LIMITED, "HTTP 429"),
    Bad(
        "422",
        LINEAR,
        422,
        b"Failed to deserialize the JSON body into the target type",
        Failure.UNEXPECTED,
        "HTTP 422",
    ),
    Bad("500 null", LINEAR, 500, b"null", Failure.EXCHANGE_UNAVAILABLE, "HTTP 500"),
    Bad("null", LINEAR, 200, b"null", Failure.EXCHANGE_UNAVAILABLE, "unreadable answer"),
    Bad("new words", LINEAR, 200, _says("Something new."), Failure.UNEXPECTED, "HTTP 200", "Something new."),
    Bad("error", LINEAR, 200, b'{"error":"Something new."}', Failure.UNEXPECTED, "HTTP 200", "Something new."),
    Bad("error without words", LINEAR, 200, b'{"status":"err"}', Failure.UNEXPECTED, "HTTP 200"),
    *from_anybody(LINEAR),
)

CODES: Final = frozenset(
    {
        *("User or API Wallet", "Must deposit before performing actions", "Invalid nonce"),
        *("Too many cumulative requests sent", "HTTP 429", "HTTP 422", "HTTP 500", "HTTP 502", "HTTP 503"),
    }
)
STALE: Final = next(bad for bad in ANSWERS if bad.code == "Invalid nonce")

HOSTS: Final = {
    (market, environment): frozenset({host})
    for market in (Market.LINEAR, Market.SPOT)
    for environment, host in (
        (Environment.LIVE, "api.hyperliquid.xyz"),
        (Environment.TESTNET, "api.hyperliquid-testnet.xyz"),
    )
}
MARKS: Final[dict[Environment, dict[str, str]]] = {}

OTHERWISE: Final = (
    Difference(Situation.GOOD_TO_WATCH, Outcome.CANNOT_BE, "every agent may trade"),
    Difference(Situation.READ_ONLY, Outcome.CANNOT_BE, "every agent may trade"),
    Difference(Situation.TRANSFERS, Outcome.CANNOT_BE, "no agent can send money to others"),
    Difference(Situation.OTHER_MARKET, Outcome.CANNOT_BE, "an agent serves every market"),
    Difference(Situation.OTHER_ADDRESS, Outcome.CANNOT_BE, "there are no IP lists"),
    Difference(Situation.OTHER_SECRET, Failure.INVALID_KEY, "an agent is known by its key alone"),
    Difference(Situation.SUSPENDED, Outcome.ACCEPTED, "nobody suspends an account of a chain"),
    Difference(Situation.MAINTENANCE, Failure.EXCHANGE_UNAVAILABLE, "it has no words for it"),
    Difference(Situation.BANNED, Failure.RATE_LIMITED, "no ban is documented, only 429"),
)
