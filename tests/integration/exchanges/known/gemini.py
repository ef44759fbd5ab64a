"""Gemini: reasons from docs.gemini.com, "Error Codes"; sentences from public reports, or the docs' own."""

from typing import Final

import orjson

from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import Failure
from tests.integration.exchanges.answers import Bad, from_anybody
from tests.integration.exchanges.situations import Difference, Outcome, Situation

SPOT: Final = Place("gemini", Market.SPOT, Environment.LIVE)
SANDBOX: Final = Place("gemini", Market.SPOT, Environment.TESTNET)

_NOT_INCREASED: Final = "Nonce '1533831705' has not increased since your last call to the Gemini API."
_NOT_WITHIN: Final = "Nonce '1695066299324' is not within 30 seconds of server time '1695066301'"
_MAINTAINED: Final = "The Gemini Exchange is currently undergoing maintenance."
_FREQUENT: Final = "Requests were made too frequently"


def _says(reason: str, message: str) -> bytes:
    return orjson.dumps({"result": "error", "reason": reason, "message": message})


def _coded(status: int, reason: str, words: str, failure: Failure, place: Place = SPOT) -> Bad:
    name = f"{reason} with {status} from {place.environment}"
    return Bad(name, place, status, _says(reason, words), failure, reason, None if words == reason else words)


ANSWERS: Final = (
    _coded(400, "InvalidApiKey", "Invalid API key", Failure.INVALID_KEY),
    _coded(400, "InvalidApiKey", "Invalid API key", Failure.INVALID_KEY, SANDBOX),
    _coded(400, "InvalidSignature", "InvalidSignature", Failure.BAD_SIGNATURE),
    _coded(400, "InvalidNonce", _NOT_INCREASED, Failure.CLOCK_SKEW),
    _coded(400, "InvalidNonce", _NOT_WITHIN, Failure.CLOCK_SKEW)._replace(name="InvalidNonce, time based"),
    # To ccxt it is a bad key.
    _coded(403, "MissingRole", "To access this endpoint, the key needs the Trader role", Failure.NO_READ_PERMISSION),
    # To ccxt both are plain errors.
    _coded(403, "RemoteAddressForbidden", "Request received from an unknown address", Failure.IP_NOT_ALLOWED),
    _coded(403, "ApiKeyIpFilteringFailure", "ApiKeyIpFilteringFailure", Failure.IP_NOT_ALLOWED),
    _coded(400, "AccountClosed", "Account primary is closed", Failure.ACCOUNT_SUSPENDED),
    _coded(429, "RateLimit", _FREQUENT, Failure.RATE_LIMITED)._replace(code="HTTP 429"),
    _coded(400, "RateLimit", _FREQUENT, Failure.RATE_LIMITED),
    # To ccxt it is a plain error, whatever the status.
    _coded(429, "Too Many Requests", "Too Many Requests", Failure.RATE_LIMITED)._replace(code="HTTP 429"),
    _coded(400, "Too Many Requests", "Too Many Requests", Failure.RATE_LIMITED),
    _coded(503, "Maintenance", _MAINTAINED, Failure.MAINTENANCE),
    _coded(503, "Unheard", _MAINTAINED, Failure.MAINTENANCE)._replace(name="maintenance by its sentence alone"),
    _coded(500, "System", "We are experiencing technical issues", Failure.EXCHANGE_UNAVAILABLE),
    _coded(502, "Unheard", "Bad gateway", Failure.EXCHANGE_UNAVAILABLE),
    _coded(400, "MissingApikeyHeader", "Must provide 'X-GEMINI-APIKEY' header", Failure.UNEXPECTED),
    _coded(400, "MissingPayloadHeader", "Must provide 'X-GEMINI-PAYLOAD' header", Failure.UNEXPECTED),
    _coded(400, "MissingSignatureHeader", "Must provide 'X-GEMINI-SIGNATURE' header", Failure.UNEXPECTED),
    _coded(400, "NotGroupApiCompatible", "A master key was used to invoke an account only API", Failure.UNEXPECTED),
    _coded(400, "EndpointMismatch", "EndpointMismatch", Failure.UNEXPECTED),
    _coded(404, "EndpointNotFound", "API entry point `/v1/roles` not found", Failure.UNEXPECTED),
    _coded(200, "InvalidApiKey", "Invalid API key", Failure.INVALID_KEY)._replace(name="in a good status"),
    Bad(
        "a reason that is no word",
        SPOT,
        400,
        _says("Oops 17", "Something new"),
        Failure.UNEXPECTED,
        "HTTP 400",
        "Oops 17: Something new",
    ),
    Bad("no reason", SPOT, 400, b'{"result":"error"}', Failure.UNEXPECTED, "HTTP 400"),
    Bad("the status of a lack of funds", SPOT, 406, b"", Failure.UNEXPECTED, "HTTP 406"),
    *from_anybody(SPOT),
)

CODES: Final = frozenset(
    {
        *("InvalidApiKey", "InvalidSignature", "InvalidNonce", "MissingRole", "RemoteAddressForbidden", "RateLimit"),
        *("Too Many Requests", "Maintenance", "System", "AccountClosed", "MissingApikeyHeader"),
        *("NotGroupApiCompatible", "HTTP 502", "HTTP 503", "HTTP 429"),
    }
)
STALE: Final = next(bad for bad in ANSWERS if bad.name == "InvalidNonce, time based")

HOSTS: Final = {
    (Market.SPOT, Environment.LIVE): frozenset({"api.gemini.com"}),
    (Market.SPOT, Environment.TESTNET): frozenset({"api.sandbox.gemini.com"}),
    (Market.LINEAR, Environment.LIVE): frozenset({"api.gemini.com"}),
}
MARKS: Final[dict[Environment, dict[str, str]]] = {}

_BOTH: Final = (Failure.WITHDRAW_ENABLED, Failure.TRANSFER_ENABLED)
OTHERWISE: Final = (
    Difference(Situation.WITHDRAWS, _BOTH, "one role is for both"),
    Difference(Situation.TRANSFERS, _BOTH, "one role is for both"),
    Difference(Situation.OTHER_MARKET, Outcome.CANNOT_BE, "one role trades whatever the account may trade"),
    Difference(Situation.EXPIRED, Outcome.CANNOT_BE, "keys have no end"),
    Difference(Situation.BANNED, Failure.RATE_LIMITED, "no ban is documented, only the limit"),
)
