"""Deribit: codes and messages from docs.deribit.com, "Errors" (RPC table), and the shape of an error from there."""

from typing import Final

import orjson

from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import Failure
from tests.integration.exchanges.answers import Bad, from_anybody
from tests.integration.exchanges.situations import Difference, Outcome, Situation

LIVE: Final = Place("deribit", Market.INVERSE, Environment.LIVE)
TESTNET: Final = Place("deribit", Market.SPOT, Environment.TESTNET)


def says(code: int, message: str, **details: str) -> bytes:
    error = {"message": message, "code": code} | ({"data": details} if details else {})
    return orjson.dumps({"jsonrpc": "2.0", "error": error, "testnet": False, "usIn": 1, "usOut": 2, "usDiff": 1})


def _coded(code: int, message: str, failure: Failure, status: int = 400, place: Place = LIVE) -> Bad:
    name = f"{code} {message} with {status} from {place.environment}"
    return Bad(name, place, status, says(code, message), failure, str(code), message)


_STALE: Final = Bad(
    "time as a bad parameter",
    LIVE,
    400,
    says(-32602, "Invalid params", reason="too old", param="timestamp"),
    Failure.CLOCK_SKEW,
    "-32602 (timestamp)",
    "Invalid params: too old",
)

ANSWERS: Final = (
    _coded(13004, "invalid_credentials", Failure.AMBIGUOUS_AUTH),
    _coded(13004, "invalid_credentials", Failure.AMBIGUOUS_AUTH, place=TESTNET),
    _coded(13009, "unauthorized", Failure.AMBIGUOUS_AUTH, 401),
    _coded(10000, "authorization_required", Failure.AMBIGUOUS_AUTH),
    # The list above the table has other codes for the same: the words decide.
    _coded(10001, "invalid_credentials", Failure.AMBIGUOUS_AUTH)._replace(code="10001 (invalid_credentials)"),
    _coded(10001, "error", Failure.UNEXPECTED),
    _coded(13011, "insufficient_scope", Failure.AMBIGUOUS_AUTH)._replace(code="13011 (insufficient_scope)"),
    _coded(13011, "value_too_short", Failure.UNEXPECTED),
    # To the one question for which any right suffices.
    _coded(13021, "forbidden", Failure.AMBIGUOUS_AUTH),
    _coded(11042, "permission_denied", Failure.AMBIGUOUS_AUTH),
    # ccxt calls it a lack of permission; we ask nothing that a sub-account may not ask.
    _coded(13012, "unavailable_in_subaccount", Failure.UNEXPECTED),
    # ccxt has no more than a plain error for it, as for 10066, 13028, 13503, 13888, 11056, 11098, 13031 and 13904.
    _coded(13403, "scope_exceeded", Failure.UNEXPECTED),
    _coded(10028, "too_many_requests", Failure.RATE_LIMITED),
    _coded(10028, "too_many_requests", Failure.RATE_LIMITED, 429)._replace(code="HTTP 429"),
    _coded(10066, "too_many_concurrent_requests", Failure.RATE_LIMITED),
    _coded(12003, "login_over_limit", Failure.RATE_LIMITED),
    _coded(11051, "system_maintenance", Failure.MAINTENANCE),
    _coded(11051, "system_maintenance", Failure.MAINTENANCE, 503),
    _coded(10041, "settlement_in_progress", Failure.MAINTENANCE),
    _coded(10040, "retry", Failure.EXCHANGE_UNAVAILABLE),
    _coded(11094, "internal_server_error", Failure.EXCHANGE_UNAVAILABLE, 500),
    _coded(11056, "unauthenticated_public_requests_temporarily_disabled", Failure.EXCHANGE_UNAVAILABLE)._replace(
        # Longer than any word that is shown.
        reason=None
    ),
    _coded(13025, "method_switched_off_by_admin", Failure.EXCHANGE_UNAVAILABLE),
    _coded(13028, "temporarily_unavailable", Failure.EXCHANGE_UNAVAILABLE),
    _coded(13503, "unavailable", Failure.EXCHANGE_UNAVAILABLE),
    _coded(13888, "timed_out", Failure.EXCHANGE_UNAVAILABLE),
    _coded(11098, "account_locked", Failure.ACCOUNT_SUSPENDED),
    _coded(13002, "account_blocked", Failure.ACCOUNT_SUSPENDED),
    _coded(13001, "account_not_activated", Failure.ACCOUNT_SUSPENDED),
    _coded(13031, "verification_required", Failure.ACCOUNT_SUSPENDED),
    _coded(13904, "security_key_setup_required", Failure.ACCOUNT_SUSPENDED),
    _coded(10019, "locked_by_admin", Failure.ACCOUNT_SUSPENDED),
    _coded(9999, "api_not_enabled", Failure.ACCOUNT_SUSPENDED),
    # To ccxt a bad key.
    _coded(12005, "country_is_banned", Failure.REGION_BLOCKED),
    _STALE,
    _coded(-32602, "Invalid params", Failure.UNEXPECTED),
    _coded(99999, "something_new", Failure.UNEXPECTED),
    # An error is one, whatever the status says.
    _coded(13004, "invalid_credentials", Failure.AMBIGUOUS_AUTH, 200),
    _coded(11098, "account_locked", Failure.ACCOUNT_SUSPENDED, 200),
    Bad("error without a code", LIVE, 400, b'{"error":"Odd."}', Failure.EXCHANGE_UNAVAILABLE, "HTTP 400", "Odd."),
    *from_anybody(LIVE),
)

CODES: Final = frozenset(
    {
        *("13004", "13009", "10000", "13021", "11042", "13012", "13403", "10028", "10066", "11051", "10041", "10040"),
        *("13028", "13503", "11098", "12005", "13011", "13031", "13888", "11056", "13904"),
        *("10001 (invalid_credentials)", "13011 (insufficient_scope)"),
    }
)
STALE: Final = _STALE

HOSTS: Final = {
    (market, environment): frozenset({host})
    for market in Market
    for environment, host in (
        (Environment.LIVE, "www.deribit.com"),
        (Environment.TESTNET, "test.deribit.com"),
    )
}
MARKS: Final[dict[Environment, dict[str, str]]] = {}

_ONE_ERROR: Final = "key, secret and, as far as is known, address are one error"
_BOTH: Final = (Failure.WITHDRAW_ENABLED, Failure.TRANSFER_ENABLED)
OTHERWISE: Final = (
    Difference(Situation.WITHDRAWS, _BOTH, "one scope is for both"),
    Difference(Situation.TRANSFERS, _BOTH, "one scope is for both"),
    Difference(Situation.OTHER_MARKET, Outcome.CANNOT_BE, "one scope is for all that is traded"),
    *(
        Difference(situation, Failure.AMBIGUOUS_AUTH, _ONE_ERROR)
        for situation in (Situation.OTHER_ADDRESS, Situation.OTHER_SECRET, Situation.DELETED)
    ),
    Difference(Situation.EXPIRED, Outcome.CANNOT_BE, "keys have no end"),
    Difference(Situation.BANNED, Failure.RATE_LIMITED, "no ban by address is documented, only limits"),
)
