"""OKX: codes, statuses and sentences from docs-v5, "Error Code", general and API class."""

from typing import Final

import orjson

from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import Failure
from tests.integration.exchanges.answers import Bad, from_anybody
from tests.integration.exchanges.situations import Difference, Outcome, Situation

SPOT: Final = Place("okx", Market.SPOT, Environment.LIVE)
DEMO: Final = Place("okx", Market.LINEAR, Environment.DEMO)


def _says(code: int, message: str) -> bytes:
    return orjson.dumps({"code": str(code), "data": [], "msg": message})


def _coded(status: int, code: int, words: str, failure: Failure, place: Place = SPOT) -> Bad:
    return Bad(f"{code} from {place.environment}", place, status, _says(code, words), failure, str(code), words)


ANSWERS: Final = (
    _coded(401, 50111, "Invalid OK-ACCESS-KEY.", Failure.INVALID_KEY),
    # ccxt has no more than a plain error for it.
    _coded(401, 50119, "API key doesn't exist", Failure.INVALID_KEY),
    _coded(401, 50113, "Invalid signature.", Failure.BAD_SIGNATURE),
    _coded(401, 50105, 'Request header "OK-ACCESS-PASSPHRASE" incorrect.', Failure.WRONG_PASSPHRASE),
    _coded(401, 50110, "Your IP 203.0.113.50 is not included in your API key's IP whitelist.", Failure.IP_NOT_ALLOWED),
    # ccxt calls it a bad key; it is a good one, of the other environment.
    _coded(401, 50101, "APIKey does not match current environment.", Failure.INVALID_KEY, DEMO),
    _coded(401, 50102, "Timestamp request expired.", Failure.CLOCK_SKEW),
    _coded(401, 50112, "Invalid OK-ACCESS-TIMESTAMP.", Failure.CLOCK_SKEW),
    _coded(200, 50120, "This API key doesn't have permission to use this function", Failure.NO_READ_PERMISSION),
    _coded(200, 50030, "You don't have permission to use this API endpoint", Failure.NO_READ_PERMISSION),
    _coded(403, 50035, "This endpoint requires that APIKey must be bound to IP", Failure.IP_NOT_ALLOWED),
    _coded(200, 50121, "You can't access our services through the IP address (203.0.113.50)", Failure.REGION_BLOCKED),
    _coded(400, 50100, "API frozen, please contact customer service.", Failure.ACCOUNT_SUSPENDED),
    _coded(200, 50029, "Your account has triggered OKX risk control.", Failure.ACCOUNT_SUSPENDED),
    _coded(200, 50060, "Please complete the identity verification process.", Failure.ACCOUNT_SUSPENDED),
    _coded(200, 50027, "The account is restricted from trading.", Failure.ACCOUNT_SUSPENDED),
    _coded(200, 50007, "User blocked.", Failure.ACCOUNT_SUSPENDED),
    _coded(200, 50038, "This feature is unavailable in demo trading", Failure.UNEXPECTED, DEMO),
    _coded(429, 50011, "Rate limit reached. Please throttle requests accordingly", Failure.RATE_LIMITED),
    _coded(503, 50001, "Service temporarily unavailable. Try again later", Failure.MAINTENANCE),
    _coded(429, 50013, "Systems are busy. Please try again later.", Failure.RATE_LIMITED)._replace(code="HTTP 429"),
    _coded(200, 50013, "Systems are busy. Please try again later.", Failure.EXCHANGE_UNAVAILABLE),
    _coded(400, 50004, "API endpoint request timeout.", Failure.EXCHANGE_UNAVAILABLE),
    _coded(500, 50026, "System error. Try again later", Failure.EXCHANGE_UNAVAILABLE),
    _coded(200, 59999, "Something new.", Failure.UNEXPECTED),
    *from_anybody(SPOT),
)

CODES: Final = frozenset(
    {"50111", "50119", "50113", "50105", "50110", "50101", "50102", "50112", "50120", "50030", "50035", "50121"}
    | {"50100", "50029", "50038", "50060", "50011", "50001", "50013", "50026", "50007", "50027"}
)
STALE: Final = next(bad for bad in ANSWERS if bad.code == "50102")

HOSTS: Final = {
    (market, environment): frozenset({"www.okx.com"})
    for market in Market
    for environment in (Environment.LIVE, Environment.DEMO)
}
MARKS: Final = {Environment.DEMO: {"x-simulated-trading": "1"}}

OTHERWISE: Final = (
    Difference(
        Situation.WITHDRAWS, Outcome.ACCEPTED, "a demo key reports withdraw whatever was ticked", (Environment.DEMO,)
    ),
    Difference(Situation.TRANSFERS, Outcome.CANNOT_BE, "transfers are part of trade"),
    Difference(Situation.OTHER_MARKET, Outcome.CANNOT_BE, "whoever may trade may trade spot", markets=(Market.SPOT,)),
    Difference(Situation.EXPIRED, Outcome.CANNOT_BE, "keys end by idleness, and are then deleted"),
    Difference(Situation.BANNED, Failure.RATE_LIMITED, "no ban by address is documented, only 429"),
)
