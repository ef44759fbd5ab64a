"""Bybit: codes from docs/v5/error, sentences from there and from bodies people have posted."""

from typing import Final

import orjson

from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import Failure
from tests.integration.exchanges.answers import Bad, from_anybody
from tests.integration.exchanges.situations import Difference, Outcome, Situation

SPOT: Final = Place("bybit", Market.SPOT, Environment.LIVE)
DEMO: Final = Place("bybit", Market.LINEAR, Environment.DEMO)


def _says(code: int, message: str) -> bytes:
    return orjson.dumps({"retCode": code, "retMsg": message, "result": {}, "retExtInfo": {}, "time": 1700000000000})


def _coded(code: int, words: str, failure: Failure, place: Place = SPOT, reason: str | None = None) -> Bad:
    return Bad(f"{code} from {place.environment}", place, 200, _says(code, words), failure, str(code), reason or words)


ANSWERS: Final = (
    _coded(10003, "API key is invalid.", Failure.INVALID_KEY),
    _coded(10003, "API key is invalid.", Failure.INVALID_KEY, DEMO),
    _coded(
        10004,
        "error sign! origin_string[1700000000000opjSlSOzqIeXROT5rqABCDEFGH5000]",
        Failure.BAD_SIGNATURE,
        reason="error sign! origin_string[…]",
    ),
    # ccxt puts a text about unified accounts in front.
    _coded(10005, "Permission denied, please check your API key permissions.", Failure.NO_READ_PERMISSION),
    _coded(10010, "Unmatched IP, please check your API key's bound IP addresses.", Failure.IP_NOT_ALLOWED),
    _coded(33004, "Your api key has expired.", Failure.KEY_EXPIRED),
    _coded(-2015, "Your api key has expired.", Failure.KEY_EXPIRED),
    _coded(10007, "User authentication failed.", Failure.AMBIGUOUS_AUTH),
    _coded(10002, "The request time exceeds the time window range.", Failure.CLOCK_SKEW),
    _coded(-1, "request expired: o@0, now[1700000009] diff[9000]", Failure.CLOCK_SKEW),
    _coded(10006, "Too many visits. Exceeded the API Rate Limit.", Failure.RATE_LIMITED),
    _coded(10018, "Exceeded the IP Rate Limit.", Failure.RATE_LIMITED),
    # ccxt says that the key is wrong.
    _coded(10009, "IP has been banned.", Failure.REGION_BLOCKED),
    _coded(10024, "Compliance rules triggered.", Failure.ACCOUNT_SUSPENDED),
    _coded(10027, "Transactions are banned.", Failure.ACCOUNT_SUSPENDED),
    _coded(10028, "The API can only be accessed by unified account users.", Failure.WRONG_MARKET),
    _coded(10029, "The requested symbol is invalid.", Failure.WRONG_MARKET),
    _coded(10008, "User has been banned.", Failure.ACCOUNT_SUSPENDED),
    # ccxt has no more than a plain error for the servers' own troubles.
    _coded(10000, "Server Timeout", Failure.EXCHANGE_UNAVAILABLE),
    _coded(10016, "Internal System Error.", Failure.EXCHANGE_UNAVAILABLE),
    _coded(10032, "Demo trading are not supported.", Failure.UNEXPECTED, DEMO),
    _coded(99999, "Something new.", Failure.UNEXPECTED),
    Bad("asked too often", SPOT, 403, b"403, access too frequent", Failure.BANNED, "HTTP 403"),
    Bad("asked too often, page", SPOT, 403, b"<html>Access Too Frequent</html>", Failure.BANNED, "HTTP 403"),
    Bad(
        "country, page",
        SPOT,
        403,
        b"<html>The Amazon CloudFront distribution is configured to block access from your country.</html>",
        Failure.REGION_BLOCKED,
        "HTTP 403",
    ),
    *from_anybody(SPOT),
)

CODES: Final = frozenset(
    {"10003", "10004", "10005", "10010", "33004", "-2015", "10007", "10002", "-1", "10006", "10018", "10009", "10024"}
    | {"10027", "10028", "10029", "10008", "10000", "10016", "10032"}
)
STALE: Final = next(bad for bad in ANSWERS if bad.code == "10002")

HOSTS: Final = {
    (market, environment): frozenset({host})
    for market in Market
    for environment, host in (
        (Environment.LIVE, "api.bybit.com"),
        (Environment.TESTNET, "api-testnet.bybit.com"),
        (Environment.DEMO, "api-demo.bybit.com"),
    )
}
MARKS: Final[dict[Environment, dict[str, str]]] = {}

_SILENT: Final = "demo has no query-api: nobody says what a key may do"
OTHERWISE: Final = (
    *(
        Difference(situation, Outcome.ACCEPTED, _SILENT, (Environment.DEMO,))
        for situation in (Situation.READ_ONLY, Situation.WITHDRAWS, Situation.TRANSFERS, Situation.OTHER_MARKET)
    ),
    Difference(Situation.MAINTENANCE, Failure.EXCHANGE_UNAVAILABLE, "10016 stands for every trouble of the servers"),
)
