"""BingX: codes and sentences from its documents (docs-v3, api-ai-skills), from posted bodies and ccxt's comments."""

from typing import Final

import orjson

from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import Failure
from tests.integration.exchanges.answers import HTML, Bad, from_anybody
from tests.integration.exchanges.situations import Difference, Outcome, Situation

SPOT: Final = Place("bingx", Market.SPOT, Environment.LIVE)
LINEAR: Final = Place("bingx", Market.LINEAR, Environment.LIVE)
INVERSE: Final = Place("bingx", Market.INVERSE, Environment.LIVE)
DEMO: Final = Place("bingx", Market.LINEAR, Environment.DEMO)


def says(code: int, words: str) -> bytes:
    return orjson.dumps({"code": code, "msg": words, "timestamp": 1_705_274_099_347})


def _coded(code: int, words: str, failure: Failure, place: Place = SPOT, status: int = 200, shown: str = "") -> Bad:
    """``shown`` is what we make of the code where only the words tell, or the status."""
    shown = shown or str(code)
    return Bad(f"{shown} from {place.environment}", place, status, says(code, words), failure, shown, words or None)


_LACKS: Final = "Permission denied as the API key was created without the permission，this api need"  # noqa: RUF001
_BUSY: Final = "The current system is busy, please try again later"
_UNTIL: Final = "code:100410:The endpoint trigger frequency limit rule is currently in the disabled period"

ANSWERS: Final = (
    _coded(100413, "Incorrect apiKey", Failure.INVALID_KEY),
    _coded(100413, "Incorrect apiKey", Failure.INVALID_KEY, DEMO),
    _coded(100001, "Signature verification failed due to signature mismatch", Failure.BAD_SIGNATURE),
    _coded(100412, "Null signature", Failure.BAD_SIGNATURE),
    _coded(100419, "your current request IP is 1.2.3.4 does not match IP whitelist", Failure.IP_NOT_ALLOWED),
    Bad(
        "100419 as posted",
        LINEAR,
        200,
        b'{"code":100419,"msg":"IP does not match IP whitelist","success":false,"timestamp":1705274099347}',
        Failure.IP_NOT_ALLOWED,
        "100419",
        "IP does not match IP whitelist",
    ),
    _coded(100004, f"{_LACKS} Spot Trading permission", Failure.NO_READ_PERMISSION),
    # To ccxt a bad symbol.
    _coded(100421, "Null timestamp or timestamp mismatch", Failure.CLOCK_SKEW),
    _coded(100421, "", Failure.CLOCK_SKEW)._replace(name="100421 without words"),
    _coded(100421, "This pair is restricted from API trading", Failure.UNEXPECTED, shown="100421 (pair)"),
    # To ccxt a bad request, as any other wrong parameter.
    _coded(109400, "timestamp is invalid", Failure.CLOCK_SKEW, LINEAR, shown="109400 (clock)"),
    _coded(80014, "timestamp is invalid", Failure.CLOCK_SKEW, LINEAR, shown="80014 (clock)"),
    _coded(109400, "Invalid parameters, err: symbol is required", Failure.UNEXPECTED, LINEAR),
    # To ccxt an operation that failed.
    _coded(100410, "rate limited", Failure.RATE_LIMITED),
    _coded(100410, f"{_UNTIL} and will be unblocked after 1727193814249", Failure.BANNED)._replace(
        name="100410 until when"
    ),
    _coded(109429, "Request is temporarily restricted due to risk control", Failure.RATE_LIMITED, LINEAR),
    _coded(429, "too many", Failure.RATE_LIMITED, status=429, shown="HTTP 429"),
    _coded(429, "too many", Failure.RATE_LIMITED),
    # To ccxt a missing permission.
    _coded(418, "banned", Failure.BANNED, status=418, shown="HTTP 418"),
    _coded(418, "banned", Failure.BANNED),
    _coded(403, "forbidden", Failure.REGION_BLOCKED, status=403),
    _coded(100414, "Code: 100414, Msg: risk control check fail,code(1)", Failure.ACCOUNT_SUSPENDED),
    # ccxt has no more than a plain error for these four.
    _coded(100441, "Account is abnormal", Failure.ACCOUNT_SUSPENDED),
    _coded(101483, "Identity verification is required", Failure.ACCOUNT_SUSPENDED),
    _coded(101484, "Advanced identity verification is required", Failure.ACCOUNT_SUSPENDED),
    _coded(100403, "The current account is not the main account", Failure.UNEXPECTED),
    _coded(100404, "api is not exist", Failure.UNEXPECTED),
    _coded(100404, "api is not exist", Failure.UNEXPECTED, DEMO),
    _coded(100500, _BUSY, Failure.EXCHANGE_UNAVAILABLE),
    _coded(109500, _BUSY, Failure.EXCHANGE_UNAVAILABLE, LINEAR),
    _coded(110500, _BUSY, Failure.EXCHANGE_UNAVAILABLE, DEMO),
    _coded(100503, "Service unavailable", Failure.EXCHANGE_UNAVAILABLE, status=503),
    _coded(500, "Internal error", Failure.EXCHANGE_UNAVAILABLE, status=500),
    _coded(504, "Timeout", Failure.EXCHANGE_UNAVAILABLE, status=504),
    _coded(123456, "Something new.", Failure.UNEXPECTED),
    Bad("no success", SPOT, 200, b'{"success":false,"msg":"no"}', Failure.UNEXPECTED, "HTTP 200", "no"),
    Bad("firewall, demo", DEMO, 403, HTML, Failure.REGION_BLOCKED, "HTTP 403"),
    *from_anybody(SPOT),
)

CODES: Final = frozenset(
    {
        *("100413", "100001", "100412", "100419", "100004", "100421", "109400", "109400 (clock)"),
        *("100410", "109429", "HTTP 429", "418", "HTTP 418", "HTTP 403", "100414"),
        *("100441", "101483", "101484", "100500", "109500", "100403"),
    }
)
STALE: Final = next(bad for bad in ANSWERS if bad.failure is Failure.CLOCK_SKEW)

HOSTS: Final = {
    **{(market, Environment.LIVE): frozenset({"open-api.bingx.com"}) for market in Market},
    (Market.LINEAR, Environment.DEMO): frozenset({"open-api-vst.bingx.com"}),
}
MARKS: Final[dict[Environment, dict[str, str]]] = {}

_SILENT: Final = "demo is not known to say what a key may do, and its keys open the live account: somebody has to vouch"
_DEMO: Final = (Environment.DEMO,)
OTHERWISE: Final = (
    *(
        Difference(situation, Failure.PERMISSIONS_UNKNOWN, _SILENT, _DEMO)
        for situation in (
            Situation.GOOD_TO_TRADE,
            Situation.GOOD_TO_WATCH,
            Situation.CLOCK_OFF,
            Situation.READ_ONLY,
            Situation.WITHDRAWS,
            Situation.TRANSFERS,
            Situation.OTHER_MARKET,
        )
    ),
    Difference(Situation.EXPIRED, Outcome.CANNOT_BE, "keys end by not being used, and then they are unknown"),
    Difference(
        Situation.MAINTENANCE, Failure.EXCHANGE_UNAVAILABLE, "no code for it is documented but that of a busy server"
    ),
)
