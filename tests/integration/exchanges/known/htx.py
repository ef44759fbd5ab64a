"""HTX: codes from its documents (spot v1_en, coin-margined swaps), sentences from there and from bodies in reports."""

from typing import Final

import orjson

from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import Failure
from tests.integration.exchanges.answers import Bad, from_anybody
from tests.integration.exchanges.situations import Difference, Outcome, Situation

SPOT: Final = Place("htx", Market.SPOT, Environment.LIVE)
LINEAR: Final = Place("htx", Market.LINEAR, Environment.LIVE)
INVERSE: Final = Place("htx", Market.INVERSE, Environment.LIVE)


def v1(code: str, words: str) -> bytes:
    return orjson.dumps({"status": "error", "err-code": code, "err-msg": words, "data": None})


def v2(code: int, words: str) -> bytes:
    return orjson.dumps({"code": code, "message": words})


def futures(code: int, words: str) -> bytes:
    return orjson.dumps({"status": "error", "err_code": code, "err_msg": words, "ts": 1_490_759_594_752})


def _v1(code: str, words: str, failure: Failure, cause: str = "", place: Place = SPOT) -> Bad:
    """``cause`` is what we add to the code, because only the words tell."""
    shown = f"{code} ({cause})" if cause else code
    return Bad(f"{shown} from {place.market}", place, 200, v1(code, words), failure, shown, words)


def _v2(code: int, words: str, failure: Failure, status: int = 200) -> Bad:
    return Bad(f"{code} of v2 with {status}", SPOT, status, v2(code, words), failure, str(code), words)


def _futures(code: int, words: str, failure: Failure) -> Bad:
    shown = f"{code} (futures)"
    return Bad(shown, INVERSE, 200, futures(code, words), failure, shown, words)


_NOT_VALID: Final = "api-signature-not-valid"
_TIME: Final = "Invalid submission time or incorrect time format [无效的提交时间，或时间格式错误]"  # noqa: RUF001 - HTX's
_NO_PERMISSION: Final = "API key has no permission"

ANSWERS: Final = (
    # To ccxt all of these are a bad key.
    _v1(_NOT_VALID, "Signature not valid: Incorrect Access key [Access key错误]", Failure.INVALID_KEY, "key"),
    _v1(_NOT_VALID, "Signature not valid: Verification failure [校验失败]", Failure.BAD_SIGNATURE, "signature"),
    _v1(
        _NOT_VALID,
        "Signature not valid: Incorrect IP address [IP地址错误]:104.128.67.45",
        Failure.IP_NOT_ALLOWED,
        "IP",
        LINEAR,
    ),
    _v1(_NOT_VALID, f"Signature not valid: {_TIME}", Failure.CLOCK_SKEW, "clock"),
    _v1(_NOT_VALID, "Signature not valid", Failure.AMBIGUOUS_AUTH),
    _v1("api-signature-check-failed", "API signature check failed", Failure.AMBIGUOUS_AUTH),
    # ccxt has no more than a plain error for it.
    _v1("login-required", "Login is required.", Failure.AMBIGUOUS_AUTH),
    _v1("api-not-permitted", _NO_PERMISSION, Failure.NO_READ_PERMISSION)._replace(code=_NO_PERMISSION),
    _v1("base-request-exceed-frequency-limit", "The request exceeds the limit", Failure.RATE_LIMITED),
    _v1("rate-too-many-requests", "Too many requests", Failure.RATE_LIMITED),
    # No code of the list: ccxt knows the words.
    _v1("bad-limit", "request limit", Failure.RATE_LIMITED),
    _v1("system-maintenance", "System is in maintenance!", Failure.MAINTENANCE),
    _v1("bad-time", "The system is being maintained", Failure.MAINTENANCE),
    _v1("gateway-internal-error", "Service unavailable, please retry later", Failure.EXCHANGE_UNAVAILABLE),
    _v1("gateway-internal-error", "Service unavailable", Failure.EXCHANGE_UNAVAILABLE)._replace(
        name="gateway-internal-error with 503", status=503
    ),
    _v1("something-new", "Something new.", Failure.UNEXPECTED),
    Bad("error without a code", SPOT, 200, b'{"status":"error"}', Failure.UNEXPECTED, "HTTP 200"),
    # v2: errors that pretend to be none. ccxt lets all through but 403 and 1003.
    _v2(1002, "unauthorized", Failure.AMBIGUOUS_AUTH),
    _v2(1003, "invalid signature", Failure.AMBIGUOUS_AUTH),
    _v2(403, "forbidden", Failure.AMBIGUOUS_AUTH),
    _v2(2002, "invalid field value in uid", Failure.UNEXPECTED),
    _v2(429, "too many request", Failure.RATE_LIMITED),
    _v2(429, "too many request", Failure.RATE_LIMITED, 429)._replace(code="HTTP 429"),
    _v2(500, "error", Failure.EXCHANGE_UNAVAILABLE),
    _v2(500, "error", Failure.EXCHANGE_UNAVAILABLE, 500),
    _v2(9999, "Something new.", Failure.UNEXPECTED),
    # v5
    _v2(4007, "Unified account special interface, non - one account is not available", Failure.UNEXPECTED),
    _v2(12005, "Incorrect IP address.", Failure.IP_NOT_ALLOWED),
    _v2(1032, "The number of visits exceeds the limit.", Failure.RATE_LIMITED),
    _v2(1220, "You have not opened contracts trading.", Failure.WRONG_MARKET),
    _v2(12001, "Invalid submission time.", Failure.CLOCK_SKEW),
    _v2(12004, "Private key is expired.", Failure.KEY_EXPIRED),
    _v2(12007, "Incorrect public key.", Failure.INVALID_KEY),
    _v2(12008, "Verification failed.", Failure.BAD_SIGNATURE),
    _v2(12009, "The user is locked or doesn't exist.", Failure.ACCOUNT_SUSPENDED),
    # Futures.
    _futures(403, "forbidden", Failure.AMBIGUOUS_AUTH),
    _futures(1000, "System error.", Failure.EXCHANGE_UNAVAILABLE),
    _futures(1001, "System is not started yet.", Failure.EXCHANGE_UNAVAILABLE),
    _futures(1002, "Query failure.", Failure.EXCHANGE_UNAVAILABLE),
    _futures(1004, "The system is busy.", Failure.EXCHANGE_UNAVAILABLE),
    # The number that is a signature's in v2, and to ccxt everywhere.
    _futures(1003, "Redis error.", Failure.EXCHANGE_UNAVAILABLE),
    _futures(1032, "The number of visits exceeds the limit.", Failure.RATE_LIMITED),
    _futures(1220, "You have not opened contracts trading.", Failure.WRONG_MARKET),
    _futures(12001, "Invalid submission time.", Failure.CLOCK_SKEW),
    _futures(12004, "Private key is expired.", Failure.KEY_EXPIRED),
    _futures(12005, "Incorrect IP address.", Failure.IP_NOT_ALLOWED),
    _futures(12007, "Incorrect public key.", Failure.INVALID_KEY),
    _futures(12008, "Verification failed.", Failure.BAD_SIGNATURE),
    _futures(12009, "The user is locked or doesn't exist.", Failure.ACCOUNT_SUSPENDED),
    *from_anybody(SPOT),
)

CODES: Final = frozenset(
    {
        *(_NOT_VALID + cause for cause in ("", " (key)", " (signature)", " (IP)", " (clock)")),
        *("login-required", _NO_PERMISSION, "1002", "1003", "403", "2002", "429", "500"),
        *("12005 (futures)", "12004 (futures)", "403 (futures)"),
        *("base-request-exceed-frequency-limit", "rate-too-many-requests", "bad-limit"),
        *("system-maintenance", "bad-time", "gateway-internal-error"),
    }
)
STALE: Final = next(bad for bad in ANSWERS if bad.failure is Failure.CLOCK_SKEW)

HOSTS: Final = {
    # Of a key that spot turns away futures are asked too: only they tell one that has ended.
    (market, Environment.LIVE): frozenset({"api.huobi.pro", "api.hbdm.vn"})
    for market in Market
}
MARKS: Final[dict[Environment, dict[str, str]]] = {}

OTHERWISE: Final = (
    Difference(Situation.TRANSFERS, Outcome.CANNOT_BE, "transfers between own accounts are part of trading"),
    Difference(Situation.OTHER_MARKET, Outcome.CANNOT_BE, "a key that may trade may trade everywhere"),
    Difference(Situation.BANNED, Failure.RATE_LIMITED, "no ban by address is documented, only 429"),
)
