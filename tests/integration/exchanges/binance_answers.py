"""Every error answer of the facts on Binance: where it comes, status, body, and what it means to us.

Codes are from Binance's documents, statuses and sentences from bodies that people have posted. Which ccxt class each of
them raises does not decide here.
"""

from typing import Final, NamedTuple

from bot.domain.connection import Place
from bot.domain.failures import Failure
from tests.integration.exchanges.trader import LINEAR_DEMO, SPOT, SPOT_TESTNET

HTML: Final = b"<html><head><title>503 Service Unavailable</title></head><body>nginx api_key=leak</body></html>"


class Bad(NamedTuple):
    """One answer."""

    name: str
    status: int
    body: bytes
    failure: Failure
    code: str
    reason: str | None = None
    place: Place = SPOT


def _says(code: int, message: str) -> bytes:
    return b'{"code":%d,"msg":"%s"}' % (code, message.encode())


_WORDS: Final = {
    -1000: "An unknown error occurred while processing the request.",
    -1001: "Internal error; unable to process your request. Please try again.",
    -1002: "You are not authorized to execute this request.",
    -1003: "Too many requests; current limit is 6000 requests per minute.",
    -1004: "Server is busy, please wait and try again",
    -1007: "Timeout waiting for response from backend server. Send status unknown; execution status unknown.",
    -1008: "Server is currently overloaded with other requests. Please try again in a few minutes.",
    -1011: "This IP cannot access this route.",
    -1015: "Too many new orders.",
    -1022: "Signature for this request is not valid.",
    -1099: "Not found, authenticated, or authorized",
    -2008: "Invalid Api-Key ID.",
    -2014: "API-key format invalid.",
    -2015: "Invalid API-key, IP, or permissions for action.",
    -3022: "You account's trading is banned.",
}


def _coded(status: int, code: int, failure: Failure, place: Place = SPOT) -> Bad:
    words = _WORDS[code]
    return Bad(f"{code} from {place.market}", status, _says(code, words), failure, str(code), words, place)


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
    _coded(400, -1007, Failure.EXCHANGE_UNAVAILABLE),
    _coded(400, -1000, Failure.EXCHANGE_UNAVAILABLE),
    _coded(500, -1001, Failure.EXCHANGE_UNAVAILABLE),
    _coded(503, -1004, Failure.EXCHANGE_UNAVAILABLE),
    _coded(400, -3022, Failure.ACCOUNT_SUSPENDED),
    _coded(400, -3022, Failure.ACCOUNT_SUSPENDED, LINEAR_DEMO),
    Bad("too many requests", 429, _says(-1003, _WORDS[-1003]), Failure.RATE_LIMITED, "HTTP 429", _WORDS[-1003]),
    Bad("too many requests, page", 429, HTML, Failure.RATE_LIMITED, "HTTP 429"),
    Bad(
        "banned",
        418,
        _says(-1003, "Way too much request weight used; IP banned until 4102444800000."),
        Failure.BANNED,
        "HTTP 418",
        "Way too much request weight used; IP banned until 4102444800000.",
    ),
    Bad("wall, page", 403, HTML, Failure.REGION_BLOCKED, "HTTP 403"),
    Bad("wall, nothing", 403, b"", Failure.REGION_BLOCKED, "HTTP 403"),
    Bad(
        "region",
        451,
        _says(0, "Service unavailable from a restricted location according to 'b. Eligibility' in https://x.y/terms."),
        Failure.REGION_BLOCKED,
        "HTTP 451",
        "Service unavailable from a restricted location according to 'b. Eligibility' in …",
    ),
    Bad(
        "maintenance",
        503,
        _says(1, "System is under maintenance."),
        Failure.MAINTENANCE,
        "1",
        "System is under maintenance.",
    ),
    Bad("503 page", 503, HTML, Failure.EXCHANGE_UNAVAILABLE, "HTTP 503"),
    Bad("502 page", 502, HTML, Failure.EXCHANGE_UNAVAILABLE, "HTTP 502"),
    Bad("504 nothing", 504, b"", Failure.EXCHANGE_UNAVAILABLE, "HTTP 504"),
    Bad("404 page", 404, HTML, Failure.EXCHANGE_UNAVAILABLE, "HTTP 404"),
    Bad("401 nothing", 401, b"", Failure.AMBIGUOUS_AUTH, "HTTP 401"),
    Bad("code of tomorrow", 400, _says(-7777, "Something new."), Failure.UNEXPECTED, "-7777", "Something new."),
    Bad("good status, page", 200, HTML, Failure.EXCHANGE_UNAVAILABLE, "unreadable answer"),
    Bad("good status, cut off", 200, b'{"ipRestrict":true,"crea', Failure.EXCHANGE_UNAVAILABLE, "unreadable answer"),
    Bad("good status, error", 200, _says(-2008, _WORDS[-2008]), Failure.INVALID_KEY, "-2008", _WORDS[-2008]),
)
