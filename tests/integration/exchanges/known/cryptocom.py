"""Crypto.com: codes, statuses and words from the docs of Exchange API v1 ("Reason Codes") and from ccxt."""

from typing import Final

import orjson

from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import Failure
from tests.integration.exchanges.answers import HTML, Bad, from_anybody
from tests.integration.exchanges.situations import Difference, Outcome, Situation

SPOT: Final = Place("cryptocom", Market.SPOT, Environment.LIVE)
LINEAR: Final = Place("cryptocom", Market.LINEAR, Environment.LIVE)
TESTNET: Final = Place("cryptocom", Market.SPOT, Environment.TESTNET)


def says(code: int | str, words: str) -> bytes:
    return orjson.dumps({"id": 1611022832613, "method": "private/user-balance", "code": code, "message": words})


def _coded(status: int, code: int | str, words: str, failure: Failure, place: Place = SPOT) -> Bad:
    return Bad(f"{code} from {place.environment}", place, status, says(code, words), failure, str(code), words)


ANSWERS: Final = (
    _coded(401, 40101, "UNAUTHORIZED", Failure.AMBIGUOUS_AUTH),
    _coded(401, 40101, "Authentication failure", Failure.AMBIGUOUS_AUTH, TESTNET),
    # To ccxt these two are a bad key.
    _coded(401, 40103, "IP_ILLEGAL", Failure.IP_NOT_ALLOWED, LINEAR),
    _coded(401, 40104, "USER_TIER_INVALID", Failure.ACCOUNT_SUSPENDED),
    _coded(400, 40102, "INVALID_NONCE", Failure.CLOCK_SKEW),
    _coded(401, 10002, "UNAUTHORIZED", Failure.AMBIGUOUS_AUTH),
    _coded(401, 10003, "IP_ILLEGAL", Failure.IP_NOT_ALLOWED),
    _coded(401, "10005", "USER_TIER_INVALID", Failure.ACCOUNT_SUSPENDED),
    _coded(429, 42901, "TOO_MANY_REQUESTS", Failure.RATE_LIMITED),
    _coded(200, 10006, "TOO_MANY_REQUESTS", Failure.RATE_LIMITED),
    _coded(400, 10007, "INVALID_NONCE", Failure.CLOCK_SKEW),
    # ccxt has no more than a plain error for these.
    _coded(400, 202, "ACCOUNT_IS_SUSPENDED", Failure.ACCOUNT_SUSPENDED),
    _coded(400, 406, "FORBIDDEN", Failure.ACCOUNT_SUSPENDED),
    _coded(400, 410, "ACCOUNT_DISABLED", Failure.ACCOUNT_SUSPENDED),
    _coded(400, 411, "NO_DERIVATIVES_ACCESS", Failure.WRONG_MARKET, LINEAR),
    _coded(400, 412, "NO_DERIVATIVES_ACCESS", Failure.WRONG_MARKET, LINEAR),
    _coded(400, 50001, "ERR_INTERNAL", Failure.EXCHANGE_UNAVAILABLE),
    _coded(503, 9010001, "SYSTEM_MAINTENANCE", Failure.MAINTENANCE),
    _coded(408, 40801, "REQUEST_TIMEOUT", Failure.EXCHANGE_UNAVAILABLE),
    _coded(400, 40003, "INVALID_REQUEST", Failure.UNEXPECTED),
    _coded(500, 203, "ACCOUNTS_DO_NOT_MATCH", Failure.EXCHANGE_UNAVAILABLE),
    _coded(400, 99999, "Something new.", Failure.UNEXPECTED),
    Bad("a code and no words", SPOT, 401, b'{"code":40103}', Failure.IP_NOT_ALLOWED, "40103"),
    Bad("too many requests, sandbox", TESTNET, 429, HTML, Failure.RATE_LIMITED, "HTTP 429"),
    *from_anybody(SPOT),
)

CODES: Final = frozenset(
    {
        *("40101", "40102", "40103", "40104", "10002", "10003", "42901", "202", "9010001", "50001", "40003"),
        *("HTTP 429", "HTTP 502", "HTTP 503"),
    }
)
STALE: Final = next(bad for bad in ANSWERS if bad.failure is Failure.CLOCK_SKEW)

HOSTS: Final = {
    (market, environment): frozenset({host})
    for market in (Market.SPOT, Market.LINEAR)
    for environment, host in (
        (Environment.LIVE, "api.crypto.com"),
        (Environment.TESTNET, "uat-api.3ona.co"),
    )
}
MARKS: Final[dict[Environment, dict[str, str]]] = {}

_SILENT: Final = "Crypto.com says nothing of what a key may do: somebody has to vouch for it"
_PLAY: Final = "nothing is known of its rights, and no real money is at stake"
_ONE_CODE: Final = "one code for a wrong key and a wrong signature, and no words that tell"
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
    Difference(Situation.DELETED, Failure.AMBIGUOUS_AUTH, _ONE_CODE),
    Difference(Situation.OTHER_SECRET, Failure.AMBIGUOUS_AUTH, _ONE_CODE),
    Difference(Situation.TRANSFERS, Outcome.CANNOT_BE, "no box for transfers is known"),
    Difference(
        Situation.OTHER_MARKET,
        Outcome.CANNOT_BE,
        "an account may lack derivatives, never spot",
        markets=(Market.SPOT,),
    ),
    Difference(Situation.EXPIRED, Outcome.CANNOT_BE, "that keys end is not documented"),
    Difference(Situation.BANNED, Failure.RATE_LIMITED, "no ban by address is documented, only 429"),
)
