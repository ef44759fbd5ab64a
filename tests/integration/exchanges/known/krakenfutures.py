"""Kraken Futures: errors from docs.kraken.com, "Get tickers" (the list of errors) and "Check v3 API key"."""

from typing import Final

import orjson

from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import Failure
from tests.integration.exchanges.answers import Bad, from_anybody
from tests.integration.exchanges.situations import Difference, Outcome, Situation

LINEAR: Final = Place("krakenfutures", Market.LINEAR, Environment.LIVE)
DEMO: Final = Place("krakenfutures", Market.INVERSE, Environment.DEMO)


def _says(error: str) -> bytes:
    return orjson.dumps({"result": "error", "serverTime": "2026-11-21T07:00:00.000Z", "error": error})


def _coded(error: str, failure: Failure, place: Place = LINEAR, status: int = 200) -> Bad:
    """The code is all that there is to say."""
    return Bad(f"{error} from {place.environment}", place, status, _says(error), failure, error)


ANSWERS: Final = (
    _coded("authenticationError", Failure.AMBIGUOUS_AUTH),
    _coded("authenticationError", Failure.AMBIGUOUS_AUTH, DEMO),
    # ccxt has no more than a plain error for it, as for the next three.
    Bad("check", LINEAR, 401, b'{"error":"UNAUTHORIZED"}', Failure.AMBIGUOUS_AUTH, "UNAUTHORIZED"),
    _coded("accountInactive", Failure.ACCOUNT_SUSPENDED),
    # To the one question for which any right suffices.
    _coded("permissionDenied", Failure.AMBIGUOUS_AUTH),
    _coded("Forbidden", Failure.AMBIGUOUS_AUTH, status=403),
    _coded("apiLimitExceeded", Failure.RATE_LIMITED),
    _coded("apiLimitExceeded", Failure.RATE_LIMITED, status=429)._replace(code="HTTP 429", name="429"),
    _coded("nonceBelowThreshold", Failure.CLOCK_SKEW),
    _coded("nonceDuplicate", Failure.CLOCK_SKEW),
    _coded("Unavailable", Failure.EXCHANGE_UNAVAILABLE),
    _coded("Unavailable", Failure.EXCHANGE_UNAVAILABLE, DEMO, status=503),
    _coded("unavailable", Failure.EXCHANGE_UNAVAILABLE),
    _coded("Server Error", Failure.EXCHANGE_UNAVAILABLE, status=500),
    _coded("somethingNew", Failure.UNEXPECTED),
    Bad(
        "errors",
        LINEAR,
        200,
        b'{"result":"error","errors":[{"code":11,"message":"authenticationError"}]}',
        Failure.AMBIGUOUS_AUTH,
        "authenticationError",
    ),
    Bad("error without words", LINEAR, 200, b'{"result":"error"}', Failure.UNEXPECTED, "HTTP 200"),
    Bad(
        "words without a code",
        LINEAR,
        400,
        b'{"result":"error","error":"Field 7 is wrong."}',
        Failure.UNEXPECTED,
        "HTTP 400",
        "Field 7 is wrong.",
    ),
    *from_anybody(LINEAR),
)

CODES: Final = frozenset(
    {
        *("authenticationError", "accountInactive", "apiLimitExceeded", "nonceBelowThreshold", "nonceDuplicate"),
        *("permissionDenied", "Forbidden", "Unavailable", "UNAUTHORIZED"),
    }
)
STALE: Final = next(bad for bad in ANSWERS if bad.code == "nonceBelowThreshold")

HOSTS: Final = {
    (market, environment): frozenset({host})
    for market in (Market.LINEAR, Market.INVERSE)
    for environment, host in (
        (Environment.LIVE, "futures.kraken.com"),
        (Environment.DEMO, "demo-futures.kraken.com"),
    )
}
MARKS: Final[dict[Environment, dict[str, str]]] = {}

_SILENT: Final = "demo is not known to have the check of a key: nobody says what a key may do"
_ONE_ERROR: Final = "key, signature and address are one error"
_BOTH: Final = (Failure.WITHDRAW_ENABLED, Failure.TRANSFER_ENABLED)
OTHERWISE: Final = (
    *(
        Difference(situation, Outcome.ACCEPTED, _SILENT, (Environment.DEMO,))
        for situation in (Situation.READ_ONLY, Situation.WITHDRAWS, Situation.TRANSFERS)
    ),
    Difference(Situation.WITHDRAWS, _BOTH, "one level is for both"),
    Difference(Situation.TRANSFERS, _BOTH, "one level is for both"),
    Difference(Situation.OTHER_MARKET, Outcome.CANNOT_BE, "a key is good for both; Kraken has keys of its own"),
    *(
        Difference(situation, Failure.AMBIGUOUS_AUTH, _ONE_ERROR)
        for situation in (Situation.OTHER_ADDRESS, Situation.OTHER_SECRET, Situation.DELETED)
    ),
    Difference(Situation.EXPIRED, Outcome.CANNOT_BE, "keys have no end"),
    Difference(Situation.MAINTENANCE, Failure.EXCHANGE_UNAVAILABLE, "Unavailable stands for every trouble of theirs"),
    Difference(Situation.BANNED, Failure.RATE_LIMITED, "no ban is documented, only the limit"),
)
