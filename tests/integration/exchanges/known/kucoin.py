"""KuCoin: codes from its documents and from ccxt's table, sentences as people have posted them."""

from typing import Final

import orjson

from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import Failure
from tests.integration.exchanges.answers import Bad, from_anybody
from tests.integration.exchanges.situations import Difference, Outcome, Situation

SPOT: Final = Place("kucoin", Market.SPOT, Environment.LIVE)
LINEAR: Final = Place("kucoin", Market.LINEAR, Environment.LIVE)
INVERSE: Final = Place("kucoin", Market.INVERSE, Environment.LIVE)


def says(code: str, message: str) -> bytes:
    return orjson.dumps({"code": code, "msg": message})


def _coded(status: int, code: str, words: str, failure: Failure, place: Place = SPOT) -> Bad:
    name = f"{code} with {status} from {place.market}"
    return Bad(name, place, status, says(code, words), failure, code, words or None)


_ELSEWHERE: Final = "Sorry, the service is unavailable in your current area."

ANSWERS: Final = (
    _coded(400, "400001", "Please check the header of your request for KC-API-KEY", Failure.UNEXPECTED),
    _coded(400, "400002", "KC-API-TIMESTAMP Invalid", Failure.CLOCK_SKEW),
    _coded(401, "400003", "KC-API-KEY not exists", Failure.INVALID_KEY),
    _coded(401, "400004", "Invalid KC-API-PASSPHRASE", Failure.WRONG_PASSPHRASE),
    _coded(401, "400005", "Invalid KC-API-SIGN", Failure.BAD_SIGNATURE),
    # ccxt calls both of these a bad key.
    _coded(401, "400006", "Invalid request ip, the current clientIp is:203.0.113.50", Failure.IP_NOT_ALLOWED),
    _coded(403, "400007", "Access denied --> Require more permission.", Failure.NO_READ_PERMISSION, LINEAR),
    _coded(400, "400008", "Invalid KC-API-KEY-VERSION", Failure.INVALID_KEY),
    _coded(200, "411100", "User are frozen.", Failure.ACCOUNT_SUSPENDED, INVERSE),
    _coded(200, "400302", _ELSEWHERE, Failure.REGION_BLOCKED),
    _coded(403, "400302", _ELSEWHERE, Failure.REGION_BLOCKED),
    _coded(200, "400303", "To enjoy the full benefits of our products, please verify", Failure.REGION_BLOCKED),
    _coded(451, "400500", "Your located country/region is currently not supported", Failure.REGION_BLOCKED),
    # A limit of one account, whatever the status.
    _coded(429, "429000", "Too Many Requests", Failure.RATE_LIMITED),
    _coded(200, "429000", "Too Many Requests", Failure.RATE_LIMITED),
    _coded(200, "429", "Too Many Requests", Failure.RATE_LIMITED),
    _coded(200, "1015", "You are being rate limited", Failure.RATE_LIMITED),
    _coded(200, "1015000", "Request is too frequent", Failure.RATE_LIMITED),
    _coded(429, "1015000", "Request is too frequent", Failure.RATE_LIMITED)._replace(code="HTTP 429"),
    # ccxt takes it for an order that is refused.
    _coded(200, "300000", "Internal error", Failure.EXCHANGE_UNAVAILABLE),
    _coded(500, "500000", "Internal Server Error", Failure.EXCHANGE_UNAVAILABLE),
    _coded(200, "500000", "Internal Server Error", Failure.EXCHANGE_UNAVAILABLE),
    _coded(500, "500", "Internal Server Error", Failure.EXCHANGE_UNAVAILABLE),
    _coded(503, "503", "Service Unavailable", Failure.EXCHANGE_UNAVAILABLE),
    # An error that pretends to be none.
    _coded(200, "400003", "KC-API-KEY not exists", Failure.INVALID_KEY),
    _coded(400, "499999", "Something new.", Failure.UNEXPECTED),
    *from_anybody(SPOT),
)

CODES: Final = frozenset(
    {"400001", "400002", "400003", "400004", "400005", "400006", "400007", "400008", "411100"}
    | {"400302", "400303", "400500", "429000", "429", "1015", "1015000", "300000", "500000", "503"}
)
STALE: Final = next(bad for bad in ANSWERS if bad.code == "400002")

HOSTS: Final = {
    (Market.SPOT, Environment.LIVE): frozenset({"api.kucoin.com"}),
    (Market.LINEAR, Environment.LIVE): frozenset({"api.kucoin.com", "api-futures.kucoin.com"}),
    (Market.INVERSE, Environment.LIVE): frozenset({"api.kucoin.com", "api-futures.kucoin.com"}),
}
MARKS: Final[dict[Environment, dict[str, str]]] = {}

OTHERWISE: Final = (
    Difference(Situation.EXPIRED, Outcome.CANNOT_BE, "what a key that has ended is told is not documented"),
    Difference(Situation.MAINTENANCE, Failure.EXCHANGE_UNAVAILABLE, "no code tells maintenance from an outage"),
    Difference(Situation.BANNED, Failure.RATE_LIMITED, "the wall's 1015 is a limit, and nothing says ban"),
)
