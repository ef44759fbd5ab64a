"""Gate: labels from the docs of API v4 ("label list"), sentences from there and from bodies people have posted."""

from typing import Final

import orjson

from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import Failure
from tests.integration.exchanges.answers import HTML, Bad, from_anybody
from tests.integration.exchanges.situations import Difference, Outcome, Situation

SPOT: Final = Place("gate", Market.SPOT, Environment.LIVE)
TESTNET: Final = Place("gate", Market.LINEAR, Environment.TESTNET)


def _says(label: str, words: str) -> bytes:
    return orjson.dumps({"label": label, "message": words})


def _coded(status: int, label: str, words: str, failure: Failure, place: Place = SPOT) -> Bad:
    return Bad(f"{label} from {place.environment}", place, status, _says(label, words), failure, label, words)


ANSWERS: Final = (
    _coded(401, "INVALID_KEY", "Invalid key provided", Failure.INVALID_KEY),
    _coded(401, "INVALID_KEY", "Invalid key provided", Failure.INVALID_KEY, TESTNET),
    _coded(401, "INVALID_CREDENTIALS", "Invalid credentials provided", Failure.AMBIGUOUS_AUTH),
    _coded(401, "INVALID_SIGNATURE", "Signature mismatch", Failure.BAD_SIGNATURE),
    _coded(403, "IP_FORBIDDEN", "Request IP not in whitelist", Failure.IP_NOT_ALLOWED),
    # The label of a missing right; only the words tell.
    _coded(403, "FORBIDDEN", "Request IP not in whitelist: 11.11.11.11", Failure.IP_NOT_ALLOWED)._replace(
        name="FORBIDDEN to an address", code="FORBIDDEN (IP)"
    ),
    _coded(403, "FORBIDDEN", "Account has no permission to request operation", Failure.NO_READ_PERMISSION),
    _coded(403, "READ_ONLY", "API key is read-only", Failure.NO_TRADE_PERMISSION),
    # ccxt says that the key is wrong.
    _coded(403, "REQUEST_EXPIRED", "gap between request Timestamp and server time exceeds 60", Failure.CLOCK_SKEW),
    _coded(429, "TOO_MANY_REQUESTS", "Request rate limit exceeded", Failure.RATE_LIMITED),
    _coded(429, "TOO_FAST", "Withdrawing request exceeds frequency limit", Failure.RATE_LIMITED),
    _coded(403, "ACCOUNT_LOCKED", "Account is locked", Failure.ACCOUNT_SUSPENDED),
    _coded(403, "SUB_ACCOUNT_LOCKED", "Sub account is locked", Failure.ACCOUNT_SUSPENDED),
    _coded(400, "USER_NOT_FOUND", "please transfer funds first to create futures account", Failure.WRONG_MARKET),
    _coded(500, "SERVER_ERROR", "Internal server error", Failure.EXCHANGE_UNAVAILABLE),
    _coded(500, "INTERNAL", "Internal server error", Failure.EXCHANGE_UNAVAILABLE),
    _coded(503, "TOO_BUSY", "System is busy, please try again later", Failure.EXCHANGE_UNAVAILABLE),
    # ccxt has no more than a plain error for these three.
    _coded(500, "INTERNAL_SERVER_ERROR", "Internal server error", Failure.EXCHANGE_UNAVAILABLE),
    _coded(504, "SERVER_TIMEOUT", "Request timed out", Failure.EXCHANGE_UNAVAILABLE),
    _coded(403, "REQUEST_FORBIDDEN", "Request forbidden", Failure.UNEXPECTED),
    _coded(400, "NEWS_OF_TOMORROW", "Something new.", Failure.UNEXPECTED),
    Bad(
        "detail instead of message",
        SPOT,
        401,
        b'{"label":"INVALID_KEY","detail":"Invalid API Key"}',
        Failure.INVALID_KEY,
        "INVALID_KEY",
        "Invalid API Key",
    ),
    Bad("too many requests, testnet", TESTNET, 429, HTML, Failure.RATE_LIMITED, "HTTP 429"),
    *from_anybody(SPOT),
)

CODES: Final = frozenset(
    {
        "INVALID_KEY",
        "INVALID_CREDENTIALS",
        "INVALID_SIGNATURE",
        "IP_FORBIDDEN",
        "FORBIDDEN",
        "READ_ONLY",
        "REQUEST_EXPIRED",
        "TOO_MANY_REQUESTS",
        "TOO_FAST",
        "ACCOUNT_LOCKED",
        "SERVER_ERROR",
        "INTERNAL",
        "TOO_BUSY",
        "INTERNAL_SERVER_ERROR",
        "SERVER_TIMEOUT",
        "REQUEST_FORBIDDEN",
        "USER_NOT_FOUND",
    }
)
STALE: Final = next(bad for bad in ANSWERS if bad.code == "REQUEST_EXPIRED")

HOSTS: Final = {
    (market, environment): frozenset({host})
    for market in Market
    for environment, host in (
        (Environment.LIVE, "api.gateio.ws"),
        (Environment.TESTNET, "api-testnet.gateapi.io"),
    )
}
MARKS: Final[dict[Environment, dict[str, str]]] = {}

_SILENT: Final = "Gate never says that withdrawal is off: somebody has to vouch for it"
_LIVE: Final = (Environment.LIVE,)
OTHERWISE: Final = (
    *(
        Difference(situation, Failure.PERMISSIONS_UNKNOWN, _SILENT, _LIVE)
        for situation in (Situation.GOOD_TO_TRADE, Situation.GOOD_TO_WATCH, Situation.CLOCK_OFF)
    ),
    Difference(Situation.READ_ONLY, (Failure.PERMISSIONS_UNKNOWN, Failure.NO_TRADE_PERMISSION), _SILENT, _LIVE),
    Difference(Situation.TRANSFERS, (Failure.TRANSFER_ENABLED, Failure.PERMISSIONS_UNKNOWN), _SILENT, _LIVE),
    Difference(Situation.EXPIRED, Outcome.CANNOT_BE, "keys without addresses end after 90 days, and no label says it"),
    Difference(Situation.MAINTENANCE, Failure.EXCHANGE_UNAVAILABLE, "no label for it is documented"),
    Difference(Situation.BANNED, Failure.RATE_LIMITED, "no ban by address is documented, only 429"),
)
