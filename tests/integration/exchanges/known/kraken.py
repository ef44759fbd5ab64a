"""Kraken: errors from docs.kraken.com, "Error messages" and "Spot REST Rate Limits". All come with status 200."""

from typing import Final

import orjson

from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import Failure
from tests.integration.exchanges.answers import Bad, from_anybody
from tests.integration.exchanges.situations import Difference, Outcome, Situation

SPOT: Final = Place("kraken", Market.SPOT, Environment.LIVE)


def _says(*errors: str) -> bytes:
    return orjson.dumps({"error": errors})


def _coded(error: str, failure: Failure) -> Bad:
    """The code is all that there is to say."""
    return Bad(error, SPOT, 200, _says(error), failure, error)


def _wordy(error: str, code: str | None, failure: Failure, reason: str | None = None) -> Bad:
    return Bad(error, SPOT, 200, _says(error), failure, code or "HTTP 200", reason or error)


ANSWERS: Final = (
    _coded("EAPI:Invalid key", Failure.INVALID_KEY),
    # ccxt has no more than a plain error for it.
    _coded("EAPI:Invalid signature", Failure.BAD_SIGNATURE),
    # To the one question that needs no right.
    _coded("EGeneral:Permission denied", Failure.AMBIGUOUS_AUTH),
    _coded("EAPI:Invalid nonce", Failure.CLOCK_SKEW),
    _coded("EAPI:Rate limit exceeded", Failure.RATE_LIMITED),
    # To ccxt a lockout is a rate limit.
    _coded("EGeneral:Temporary lockout", Failure.BANNED),
    _coded("EGeneral:Too many requests", Failure.RATE_LIMITED),
    _coded("EService:Unavailable", Failure.EXCHANGE_UNAVAILABLE),
    _coded("EService:Busy", Failure.EXCHANGE_UNAVAILABLE),
    _coded("EService:Market in cancel_only mode", Failure.MAINTENANCE),
    _coded("EService:Market in post_only mode", Failure.MAINTENANCE),
    _coded("EService:Throttled", Failure.RATE_LIMITED),
    _wordy("EService:Throttled: 1772627060", "EService:Throttled", Failure.RATE_LIMITED),
    _coded("EAPI:Feature disabled", Failure.EXCHANGE_UNAVAILABLE),
    _coded("EGeneral:Internal error", Failure.EXCHANGE_UNAVAILABLE),
    _coded("EGeneral:Invalid arguments:otp", Failure.AMBIGUOUS_AUTH),
    _coded("ETrade:User Locked", Failure.ACCOUNT_SUSPENDED),
    _wordy("EGeneral:Invalid arguments:asset", "EGeneral:Invalid arguments", Failure.UNEXPECTED),
    _coded("ESomething:New", Failure.UNEXPECTED),
    _wordy("Error of another form", None, Failure.UNEXPECTED),
    Bad(
        "several, after a warning",
        SPOT,
        200,
        _says("WGeneral:Danger", "EAPI:Invalid key", "EService:Busy"),
        Failure.INVALID_KEY,
        "EAPI:Invalid key",
    ),
    Bad("with a status", SPOT, 503, _says("EService:Busy"), Failure.EXCHANGE_UNAVAILABLE, "EService:Busy"),
    Bad("content network's own", SPOT, 520, b"", Failure.EXCHANGE_UNAVAILABLE, "HTTP 520"),
    *from_anybody(SPOT),
)

CODES: Final = frozenset(
    {
        *("EAPI:Invalid key", "EAPI:Invalid signature", "EGeneral:Permission denied", "EAPI:Invalid nonce"),
        *("EAPI:Rate limit exceeded", "EGeneral:Temporary lockout", "EGeneral:Too many requests"),
        *("EService:Unavailable", "EService:Busy", "EService:Market in cancel_only mode", "EService:Throttled"),
        *("EAPI:Feature disabled", "EGeneral:Internal error", "EGeneral:Invalid arguments:otp"),
    }
)
STALE: Final = next(bad for bad in ANSWERS if bad.code == "EAPI:Invalid nonce")

HOSTS: Final = {(Market.SPOT, Environment.LIVE): frozenset({"api.kraken.com"})}
MARKS: Final[dict[Environment, dict[str, str]]] = {}

OTHERWISE: Final = (
    Difference(Situation.TRANSFERS, Outcome.CANNOT_BE, "moving money to the own futures wallet is part of reading"),
    Difference(Situation.OTHER_MARKET, Outcome.CANNOT_BE, "there is one market; Kraken Futures has keys of its own"),
    Difference(Situation.OTHER_ADDRESS, Failure.AMBIGUOUS_AUTH, "no word for it is documented"),
    Difference(Situation.OTHER_PASSPHRASE, Outcome.CANNOT_BE, "there is none"),
    Difference(Situation.EXPIRED, Failure.INVALID_KEY, "no word for it is documented: as if it were deleted"),
)
