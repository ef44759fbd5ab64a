"""Phemex: codes from its documents, sentences from there, from ccxt's comments and from bodies people have posted."""

from typing import Final

import orjson

from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import Failure
from tests.integration.exchanges.answers import HTML, Bad, from_anybody
from tests.integration.exchanges.situations import Difference, Outcome, Situation

SPOT: Final = Place("phemex", Market.SPOT, Environment.LIVE)
LINEAR: Final = Place("phemex", Market.LINEAR, Environment.LIVE)
INVERSE: Final = Place("phemex", Market.INVERSE, Environment.LIVE)
TESTNET: Final = Place("phemex", Market.LINEAR, Environment.TESTNET)

SOMEBODY: Final = "698dc9e3-6faa-4910-9476-12857e79e198"


def says(code: str | int, words: str) -> bytes:
    return orjson.dumps({"code": code, "msg": words})


def _coded(
    status: int,
    code: str | int,
    words: str,
    failure: Failure,
    cause: str = "",
    place: Place = LINEAR,
    reason: str | None = None,
) -> Bad:
    """``cause`` is what we add to the code, because only the words tell."""
    shown = f"{code} ({cause})" if cause else str(code)
    return Bad(f"{shown} {words} to {place.market}", place, status, says(code, words), failure, shown, reason or words)


ANSWERS: Final = (
    # To ccxt all of these are a bad key.
    _coded(401, "401", "401 Failed to load API KEY.", Failure.INVALID_KEY, "key"),
    _coded(401, "401", "401 Failed to load API KEY.", Failure.INVALID_KEY, "key", TESTNET),
    _coded(401, "401", "401 Request IP mismatch.", Failure.IP_NOT_ALLOWED, "IP", SPOT),
    _coded(401, "401", "401 Insufficient privilege.", Failure.NO_READ_PERMISSION, "permission", INVERSE),
    _coded(401, "401", "401 Request Expired at 1618547919", Failure.CLOCK_SKEW, "clock"),
    _coded(401, "401", "401 Unauthorized", Failure.AMBIGUOUS_AUTH),
    # The same words with the other code, as people have seen them.
    _coded(200, "401", "API Signature verification failed.", Failure.BAD_SIGNATURE, "signature"),
    # Errors in a good status, the code as a number or in quotes.
    _coded(200, 10500, "API Signature verification failed.", Failure.BAD_SIGNATURE, "signature"),
    _coded(
        200, 10500, f"Failed to find api-key {SOMEBODY}", Failure.INVALID_KEY, "key", SPOT, "Failed to find api-key …"
    ),
    _coded(200, "10500", f"Api key not found {SOMEBODY}", Failure.INVALID_KEY, "key", SPOT, "Api key not found …"),
    _coded(200, 10500, "Request IP mismatch.", Failure.IP_NOT_ALLOWED, "IP"),
    _coded(200, 10500, "Request Expired at 1618547919", Failure.CLOCK_SKEW, "clock"),
    _coded(200, 10500, "Insufficient privilege.", Failure.NO_READ_PERMISSION, "permission"),
    _coded(200, 10500, "Missing required parameter", Failure.UNEXPECTED),
    _coded(500, 10500, "Internal server error", Failure.EXCHANGE_UNAVAILABLE),
    # What these two are about is not documented.
    _coded(403, "39996", "Access denied.", Failure.AMBIGUOUS_AUTH),
    _coded(200, 34003, "Access forbidden", Failure.AMBIGUOUS_AUTH),
    _coded(200, 34003, "OPERATION_NOT_ALLOWED", Failure.AMBIGUOUS_AUTH),
    # A user's own limit, in one minute.
    _coded(429, "39995", "Too many requests.", Failure.RATE_LIMITED),
    _coded(200, 11022, "TE_REJECT_DUE_TO_BANNED", Failure.ACCOUNT_SUSPENDED),
    _coded(200, 30018, "phemex.data.size.uplimt", Failure.UNEXPECTED),
    _coded(200, 412, "Missing parameter - currency", Failure.UNEXPECTED),
    Bad(
        "error of market data",
        LINEAR,
        200,
        b'{"error":{"code":6001,"message":"invalid argument"},"id":null,"result":null}',
        Failure.UNEXPECTED,
        "6001",
        "invalid argument",
    ),
    # The documents call a 403 a lack of privilege; without a code of theirs it is the wall's.
    Bad("403 without a code", SPOT, 403, b'{"message":"Forbidden"}', Failure.REGION_BLOCKED, "HTTP 403"),
    Bad("too many requests, testnet", TESTNET, 429, HTML, Failure.RATE_LIMITED, "HTTP 429"),
    *from_anybody(SPOT),
)

CODES: Final = frozenset(
    {
        *(f"401 ({cause})" for cause in ("key", "IP", "permission", "clock", "signature")),
        *("401", "10500 (key)", "10500 (signature)", "39996", "34003", "39995", "HTTP 403", "HTTP 429", "HTTP 500"),
    }
)
STALE: Final = next(bad for bad in ANSWERS if bad.failure is Failure.CLOCK_SKEW)

HOSTS: Final = {
    (market, environment): frozenset({host})
    for market in Market
    for environment, host in (
        (Environment.LIVE, "api.phemex.com"),
        (Environment.TESTNET, "testnet-api.phemex.com"),
    )
}
MARKS: Final[dict[Environment, dict[str, str]]] = {}

_SILENT: Final = "Phemex says nothing of what a key may do: somebody has to vouch for it"
_PLAY: Final = "nothing is known of its rights, and no real money is at stake"
_UNSAID: Final = (
    Situation.GOOD_TO_TRADE,
    Situation.GOOD_TO_WATCH,
    Situation.READ_ONLY,
    Situation.WITHDRAWS,
    Situation.CLOCK_OFF,
)
OTHERWISE: Final = (
    *(Difference(each, Failure.PERMISSIONS_UNKNOWN, _SILENT, (Environment.LIVE,)) for each in _UNSAID),
    *(Difference(each, Outcome.ACCEPTED, _PLAY, (Environment.TESTNET,)) for each in _UNSAID),
    Difference(Situation.TRANSFERS, Outcome.CANNOT_BE, "no box for transfers is known"),
    Difference(Situation.OTHER_MARKET, Outcome.CANNOT_BE, "a key that may trade may trade everywhere"),
    Difference(Situation.EXPIRED, Outcome.CANNOT_BE, "that keys end is not documented"),
    Difference(Situation.MAINTENANCE, Failure.EXCHANGE_UNAVAILABLE, "no code for it is documented"),
    Difference(Situation.BANNED, Failure.RATE_LIMITED, "an address that is shut out is told as any other 429"),
)
