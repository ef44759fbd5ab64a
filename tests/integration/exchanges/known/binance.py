"""Every error answer of the facts on Binance: where it comes, status, body, and what it means to us.

Codes are from Binance's documents, statuses and sentences from bodies that people have posted. Which ccxt class each of
them raises does not decide here.
"""

from typing import Final

from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import Failure
from tests.integration.exchanges.answers import Bad, from_anybody
from tests.integration.exchanges.situations import Difference, Outcome, Situation
from tests.integration.exchanges.trader import LINEAR_DEMO, SPOT, SPOT_TESTNET


def _says(code: int, message: str) -> bytes:
    return b'{"code":%d,"msg":"%s"}' % (code, message.encode())


_WORDS: Final = {
    -1000: "An unknown error occurred while processing the request.",
    -1001: "Internal error; unable to process your request. Please try again.",
    -1002: "You are not authorized to execute this request.",
    -1003: "Too many requests; current limit is 6000 requests per minute.",
    -1004: "Server is busy, please wait and try again",
    -1006: "An unexpected response was received from the message bus. Execution status unknown.",
    -1007: "Timeout waiting for response from backend server. Send status unknown; execution status unknown.",
    -1008: "Server is currently overloaded with other requests. Please try again in a few minutes.",
    -1011: "This IP cannot access this route.",
    -1015: "Too many new orders.",
    -1016: "This service is no longer available.",
    -1021: "Timestamp for this request is outside of the recvWindow.",
    -1022: "Signature for this request is not valid.",
    -1099: "Not found, authenticated, or authorized",
    -2008: "Invalid Api-Key ID.",
    -2014: "API-key format invalid.",
    -2015: "Invalid API-key, IP, or permissions for action.",
    -3022: "You account's trading is banned.",
}


def _coded(status: int, code: int, failure: Failure, place: Place = SPOT) -> Bad:
    words = _WORDS[code]
    return Bad(f"{code} from {place.market}", place, status, _says(code, words), failure, str(code), words)


ANSWERS: Final = (
    _coded(401, -2014, Failure.INVALID_KEY),
    _coded(401, -2015, Failure.AMBIGUOUS_AUTH),
    _coded(401, -2015, Failure.AMBIGUOUS_AUTH, SPOT_TESTNET),
    _coded(400, -2008, Failure.INVALID_KEY),
    # ccxt's class is a plain ExchangeError there.
    _coded(400, -2008, Failure.INVALID_KEY, LINEAR_DEMO),
    _coded(400, -1022, Failure.BAD_SIGNATURE),
    _coded(401, -1002, Failure.AMBIGUOUS_AUTH),
    _coded(401, -1099, Failure.AMBIGUOUS_AUTH),
    _coded(403, -1011, Failure.IP_NOT_ALLOWED, LINEAR_DEMO),
    _coded(400, -1011, Failure.IP_NOT_ALLOWED),
    _coded(400, -1003, Failure.RATE_LIMITED),
    _coded(400, -1015, Failure.RATE_LIMITED),
    _coded(503, -1008, Failure.EXCHANGE_UNAVAILABLE),
    _coded(400, -1021, Failure.CLOCK_SKEW),
    _coded(400, -1021, Failure.CLOCK_SKEW, LINEAR_DEMO),
    _coded(400, -1006, Failure.EXCHANGE_UNAVAILABLE),
    _coded(400, -1016, Failure.EXCHANGE_UNAVAILABLE),
    _coded(400, -1007, Failure.EXCHANGE_UNAVAILABLE),
    _coded(400, -1000, Failure.EXCHANGE_UNAVAILABLE),
    _coded(500, -1001, Failure.EXCHANGE_UNAVAILABLE),
    _coded(503, -1004, Failure.EXCHANGE_UNAVAILABLE),
    _coded(400, -3022, Failure.ACCOUNT_SUSPENDED),
    _coded(400, -3022, Failure.ACCOUNT_SUSPENDED, LINEAR_DEMO),
    Bad("too many requests", SPOT, 429, _says(-1003, _WORDS[-1003]), Failure.RATE_LIMITED, "HTTP 429", _WORDS[-1003]),
    Bad(
        "banned",
        SPOT,
        418,
        _says(-1003, "Way too much request weight used; IP banned until 4102444800000."),
        Failure.BANNED,
        "HTTP 418",
        "Way too much request weight used; IP banned until 4102444800000.",
    ),
    Bad(
        "region",
        SPOT,
        451,
        _says(0, "Service unavailable from a restricted location according to 'b. Eligibility' in https://x.y/terms."),
        Failure.REGION_BLOCKED,
        "HTTP 451",
        "Service unavailable from a restricted location according to 'b. Eligibility' in …",
    ),
    Bad(
        "maintenance",
        SPOT,
        503,
        _says(1, "System is under maintenance."),
        Failure.MAINTENANCE,
        "1",
        "System is under maintenance.",
    ),
    Bad("code of tomorrow", SPOT, 400, _says(-7777, "Something new."), Failure.UNEXPECTED, "-7777", "Something new."),
    Bad("good status, error", SPOT, 200, _says(-2008, _WORDS[-2008]), Failure.INVALID_KEY, "-2008", _WORDS[-2008]),
    *from_anybody(SPOT),
)

CODES: Final = frozenset(
    {"-2014", "-2015", "-2008", "-1022", "-1002", "-1099", "-1011", "-1003", "-1008", "-1007", "-1000", "-3022"}
    | {"-1021"}
)
STALE: Final = next(bad for bad in ANSWERS if bad.code == "-1021")

HOSTS: Final = {
    # Futures name the address that they saw, so spot asks them too when it is in doubt.
    (Market.SPOT, Environment.LIVE): frozenset({"api.binance.com", "fapi.binance.com"}),
    (Market.LINEAR, Environment.LIVE): frozenset({"fapi.binance.com", "api.binance.com"}),
    (Market.SPOT, Environment.TESTNET): frozenset({"testnet.binance.vision"}),
    (Market.SPOT, Environment.DEMO): frozenset({"demo-api.binance.com", "demo-fapi.binance.com"}),
    (Market.LINEAR, Environment.DEMO): frozenset({"demo-fapi.binance.com", "demo-api.binance.com"}),
}
MARKS: Final[dict[Environment, dict[str, str]]] = {}

_PLAY_MONEY: Final = (Environment.TESTNET, Environment.DEMO)
OTHERWISE: Final = (
    Difference(Situation.OTHER_ADDRESS, Failure.AMBIGUOUS_AUTH, "-2015 stands for key, address and permission"),
    Difference(Situation.DELETED, Failure.AMBIGUOUS_AUTH, "only /sapi tells unknown keys, on live", _PLAY_MONEY),
    Difference(Situation.WITHDRAWS, Outcome.ACCEPTED, "without /sapi nobody says it", _PLAY_MONEY),
    Difference(Situation.TRANSFERS, Outcome.ACCEPTED, "without /sapi nobody says it", _PLAY_MONEY),
    Difference(Situation.OTHER_MARKET, Failure.NO_TRADE_PERMISSION, "only this market was tried out", _PLAY_MONEY),
    Difference(Situation.EXPIRED, Outcome.ACCEPTED, "only spot trading ends on that date", markets=(Market.LINEAR,)),
    Difference(Situation.EXPIRED, Failure.NO_TRADE_PERMISSION, "without /sapi nobody says the date", _PLAY_MONEY),
)
