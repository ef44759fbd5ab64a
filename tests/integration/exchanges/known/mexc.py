"""MEXC: codes and sentences from its documents (spot v3 "Error Code", futures "Error Code").

Spot answers with a status of its own, futures with 200 whatever it is.
"""

from typing import Final

import orjson

from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import Failure
from tests.integration.exchanges.answers import Bad, from_anybody
from tests.integration.exchanges.situations import Difference

SPOT: Final = Place("mexc", Market.SPOT, Environment.LIVE)
LINEAR: Final = Place("mexc", Market.LINEAR, Environment.LIVE)


def _spot(status: int, code: int, words: str, failure: Failure) -> Bad:
    body = orjson.dumps({"code": code, "msg": words})
    return Bad(f"spot {code} under {status}", SPOT, status, body, failure, str(code), words)


def _futures(code: int, words: str, failure: Failure) -> Bad:
    body = orjson.dumps({"success": False, "code": code, "message": words})
    return Bad(f"futures {code}", LINEAR, 200, body, failure, str(code), words)


ANSWERS: Final = (
    _spot(400, 10001, "user does not exist", Failure.INVALID_KEY),
    # ccxt takes it for a bad request, as it does 700006, 10073 and 730706.
    _spot(400, 10072, "Api key info invalid", Failure.INVALID_KEY),
    _spot(400, 700001, "API-key format invalid", Failure.INVALID_KEY),
    _spot(400, 730706, "API KEY information does not exist", Failure.INVALID_KEY),
    _spot(400, 700002, "Signature for this request is not valid.", Failure.BAD_SIGNATURE),
    _spot(400, 10073, "invalid Request-Time", Failure.CLOCK_SKEW),
    _spot(400, 700003, "Timestamp for this request is outside of the recvWindow.", Failure.CLOCK_SKEW),
    _spot(403, 700006, "IP [198.51.100.4] not in the ip white list", Failure.IP_NOT_ALLOWED),
    _spot(400, 700006, "IP non white list", Failure.IP_NOT_ALLOWED),
    _spot(400, 700007, "No permission to access the endpoint.", Failure.NO_READ_PERMISSION),
    _spot(400, 60005, "your account is abnormal", Failure.ACCOUNT_SUSPENDED),
    _spot(400, 730100, "Unusual user status", Failure.ACCOUNT_SUSPENDED),
    _spot(400, 140002, "sub account is forbidden", Failure.ACCOUNT_SUSPENDED),
    _spot(403, 403, "Access Denied", Failure.REGION_BLOCKED),
    _spot(400, 429, "Too Many Requests", Failure.RATE_LIMITED),
    _spot(500, 500, "Internal error", Failure.EXCHANGE_UNAVAILABLE),
    _spot(503, 503, "service not available, please try again", Failure.EXCHANGE_UNAVAILABLE),
    _spot(504, 504, "Gateway Time-out", Failure.EXCHANGE_UNAVAILABLE),
    _spot(200, 10072, "Api key info invalid", Failure.INVALID_KEY),
    _futures(401, "Not logged in or login has expired", Failure.AMBIGUOUS_AUTH),
    _futures(402, "API Key expired, please apply again", Failure.KEY_EXPIRED),
    _futures(406, "Accessing IP is not in the whitelist", Failure.IP_NOT_ALLOWED),
    _futures(500, "Internal error", Failure.EXCHANGE_UNAVAILABLE),
    _futures(501, "System busy, try again later", Failure.EXCHANGE_UNAVAILABLE),
    _futures(510, "Requests are too frequent, please try again later", Failure.RATE_LIMITED),
    _futures(513, "Invalid request, please try again later", Failure.CLOCK_SKEW),
    _futures(602, "Signature verification failed", Failure.BAD_SIGNATURE),
    _futures(604, "Sorry, this feature is under maintenance", Failure.MAINTENANCE),
    _futures(701, "Please enable API Key read access", Failure.NO_READ_PERMISSION),
    _futures(702, "Please enable API Key write access", Failure.NO_TRADE_PERMISSION),
    _futures(703, "Trading information read access is required", Failure.NO_READ_PERMISSION),
    _futures(704, "Please enable API Key trading information write access", Failure.NO_TRADE_PERMISSION),
    _futures(1000, "Account does not exist", Failure.WRONG_MARKET),
    # ccxt takes it for a wrong order.
    _futures(1002, "Contract not activated", Failure.WRONG_MARKET),
    Bad(
        "futures, maintenance",
        LINEAR,
        200,
        b'{"code":500,"message":"Under maintenance, please try again later","announcement":"https://x.y/z"}',
        Failure.MAINTENANCE,
        "500 maintenance",
        "Under maintenance, please try again later",
    ),
    Bad(
        "banned", SPOT, 418, b'{"code":429,"msg":"Too Many Requests"}', Failure.BANNED, "HTTP 418", "Too Many Requests"
    ),
    Bad("no code at all", LINEAR, 200, b'{"success":false}', Failure.UNEXPECTED, "HTTP 200"),
    _spot(400, 777777, "Something new.", Failure.UNEXPECTED),
    *from_anybody(SPOT),
)

_SPOT_CODES: Final = (10072, 700001, 700002, 700003, 700006, 700007, 10073, 730706, 10001, 403, 429, 503)
_FUTURES_CODES: Final = (401, 402, 406, 510, 602, 701, 702, 703, 704, 513, 500, 501, 1000, 1002)
CODES: Final = frozenset(map(str, _SPOT_CODES + _FUTURES_CODES))
STALE: Final = next(bad for bad in ANSWERS if bad.code == "700003")

HOSTS: Final = {(market, Environment.LIVE): frozenset({"api.mexc.com"}) for market in Market}
MARKS: Final[dict[Environment, dict[str, str]]] = {}

OTHERWISE: Final[tuple[Difference, ...]] = ()
