"""WOO X: codes and sentences from its documents and from the bodies that ccxt quotes; statuses from its documents."""

from typing import Final

import orjson

from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import Failure
from tests.integration.exchanges.answers import Bad, from_anybody
from tests.integration.exchanges.situations import Difference, Outcome, Situation

SPOT: Final = Place("woo", Market.SPOT, Environment.LIVE)
LINEAR: Final = Place("woo", Market.LINEAR, Environment.LIVE)
STAGING: Final = Place("woo", Market.LINEAR, Environment.TESTNET)

VAGUE: Final = (
    "API key or secret is invalid, it may because key have insufficient permission or the key is expired/revoked."
)


def says(code: int | str, words: str) -> bytes:
    return orjson.dumps({"success": False, "code": code, "message": words})


def _coded(status: int, code: int | str, words: str, failure: Failure, place: Place = SPOT, shown: str = "") -> Bad:
    name = f"{shown or code} with {status} from {place.environment}"
    return Bad(name, place, status, says(code, words), failure, shown or str(code), words)


ANSWERS: Final = (
    _coded(401, -1001, "The api key or secret is in wrong format.", Failure.BAD_SIGNATURE),
    _coded(401, -1002, VAGUE, Failure.AMBIGUOUS_AUTH),
    _coded(401, -1002, VAGUE, Failure.AMBIGUOUS_AUTH, STAGING),
    _coded(429, -1003, "Rate limit exceed.", Failure.RATE_LIMITED),
    # Nobody knows what is wrong with our parameters; it is neither the key nor an outage.
    _coded(400, -1004, "An unknown parameter was sent.", Failure.UNEXPECTED),
    _coded(400, -1005, "Some parameters are in wrong format for api.", Failure.UNEXPECTED),
    # ccxt has no more than a bad request for these three.
    _coded(
        400, -1005, "Request has failed as the receive window is exceeded", Failure.CLOCK_SKEW, shown="-1005 (clock)"
    ),
    _coded(400, 317178, "The receive window is invalid.", Failure.CLOCK_SKEW),
    _coded(400, 317179, "Request has failed as the receive window: 5000 millisecond is exceeded", Failure.CLOCK_SKEW),
    _coded(400, -1006, "The data is not found in server.", Failure.UNEXPECTED),
    # One code for two things.
    _coded(400, "-1011", "The system is under maintenance.", Failure.MAINTENANCE, shown="-1011 (maintenance)"),
    _coded(
        400,
        -1011,
        "Can not place/cancel orders, it may because internal network error. Please try again in a few seconds.",
        Failure.EXCHANGE_UNAVAILABLE,
    ),
    _coded(400, 302307, "The account has been suspended", Failure.ACCOUNT_SUSPENDED),
    _coded(500, -1000, "An unknown error occurred while processing the request", Failure.EXCHANGE_UNAVAILABLE),
    _coded(200, 311999, "There is a system error.", Failure.EXCHANGE_UNAVAILABLE),
    # ccxt says that the exchange is down.
    _coded(400, -9999, "Something new.", Failure.UNEXPECTED),
    # The same with a good status, of which ccxt says nothing at all; and what it knows, with a good status.
    _coded(200, -9999, "Something new.", Failure.UNEXPECTED),
    _coded(200, -1001, "The api key or secret is in wrong format.", Failure.BAD_SIGNATURE),
    _coded(200, "-1002", VAGUE, Failure.AMBIGUOUS_AUTH),
    _coded(200, -1003, "Rate limit exceed.", Failure.RATE_LIMITED),
    Bad("a refusal without a code", SPOT, 200, b'{"success":false}', Failure.UNEXPECTED, "HTTP 200"),
    Bad("words alone", SPOT, 200, b'{"success":false,"message":"No."}', Failure.UNEXPECTED, "HTTP 200", "No."),
    Bad("a code without success", SPOT, 200, b'{"code":-9999}', Failure.UNEXPECTED, "-9999"),
    *from_anybody(SPOT),
)

CODES: Final = frozenset(
    {"-1001", "-1002", "-1003", "-1005", "-1005 (clock)", "317178", "317179", "-1011", "-1011 (maintenance)", "-1000"}
    | {"-9999", "302307"}
)
STALE: Final = next(bad for bad in ANSWERS if bad.code == "317179")

HOSTS: Final = {
    (market, environment): frozenset({host})
    for market in (Market.SPOT, Market.LINEAR)
    for environment, host in (
        (Environment.LIVE, "api.woox.io"),
        (Environment.TESTNET, "api.staging.woox.io"),
    )
}
MARKS: Final[dict[Environment, dict[str, str]]] = {}

_VAGUE: Final = "one code for a wrong key, a missing right and, for all that is known, an address off the list"
OTHERWISE: Final = (
    Difference(Situation.OTHER_ADDRESS, Failure.AMBIGUOUS_AUTH, _VAGUE),
    Difference(Situation.DELETED, Failure.AMBIGUOUS_AUTH, _VAGUE),
    Difference(Situation.TRANSFERS, Outcome.CANNOT_BE, "transfers are taken for part of Trade"),
    Difference(Situation.OTHER_MARKET, Outcome.CANNOT_BE, "one right for all markets"),
    Difference(Situation.EXPIRED, Outcome.CANNOT_BE, "no date on which a key ends is told, and none documented"),
    Difference(Situation.BANNED, Failure.RATE_LIMITED, "no ban by address is documented, only 429"),
)
