"""Coinbase: bodies that people have posted, gRPC's form from its API reference, and its older API's list of errors."""

from typing import Final

import orjson

from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import Failure
from tests.integration.exchanges.answers import Bad, from_anybody
from tests.integration.exchanges.situations import Difference, Outcome, Situation

SPOT: Final = Place("coinbase", Market.SPOT, Environment.LIVE)
LINEAR: Final = Place("coinbase", Market.LINEAR, Environment.LIVE)

_SCOPES: Final = "Missing required scopes"


def _says(error: str, details: str) -> bytes:
    return orjson.dumps({"error": error, "error_details": details, "message": details})


def _older(status: int, code: str, words: str, failure: Failure) -> Bad:
    body = orjson.dumps({"errors": [{"id": code, "message": words}]})
    return Bad(code, SPOT, status, body, failure, code, words)


def _grpc(status: int, number: int, code: str, failure: Failure, place: Place = SPOT) -> Bad:
    """The documented form of an error, in which the code is a number."""
    body = orjson.dumps({"error": "some words", "code": number, "message": "some words", "details": []})
    return Bad(f"{number}", place, status, body, failure, code, "some words")


_EXPIRED: Final = b'{"errors":[{"id":"authentication_error","message":"request timestamp expired"}]}'

ANSWERS: Final = (
    # All that is said of a wrong key, signature, time or kind of key: one word, and no JSON.
    Bad("401 in a word", SPOT, 401, b"Unauthorized", Failure.AMBIGUOUS_AUTH, "HTTP 401"),
    Bad("401 in a word, futures", LINEAR, 401, b"Unauthorized\n", Failure.AMBIGUOUS_AUTH, "HTTP 401"),
    Bad(
        "scopes",
        SPOT,
        403,
        _says("PERMISSION_DENIED", _SCOPES),
        Failure.NO_READ_PERMISSION,
        f"PERMISSION_DENIED: {_SCOPES}",
    ),
    # ccxt has no more than a plain error for it.
    Bad("scopes, unknown", LINEAR, 403, _says("unknown", _SCOPES), Failure.NO_READ_PERMISSION, f"unknown: {_SCOPES}"),
    # What it says to a strange address was nowhere to be read; if it is this, ccxt calls it a lack of rights.
    Bad(
        "denied for something else",
        SPOT,
        403,
        _says("PERMISSION_DENIED", "IP address not allowed"),
        Failure.AMBIGUOUS_AUTH,
        "PERMISSION_DENIED",
        "IP address not allowed",
    ),
    Bad(
        "denied without words", SPOT, 403, b'{"error":"PERMISSION_DENIED"}', Failure.AMBIGUOUS_AUTH, "PERMISSION_DENIED"
    ),
    # To ccxt this is an outage.
    Bad("plain 403", SPOT, 403, b"Forbidden", Failure.REGION_BLOCKED, "HTTP 403"),
    Bad(
        "expired",
        SPOT,
        401,
        _EXPIRED,
        Failure.CLOCK_SKEW,
        "authentication_error: request timestamp expired",
    ),
    _older(401, "authentication_error", "invalid token", Failure.AMBIGUOUS_AUTH),
    _older(401, "invalid_signature", "invalid signature", Failure.AMBIGUOUS_AUTH),
    _older(401, "unauthorized", "not authorized", Failure.AMBIGUOUS_AUTH),
    _older(401, "invalid_token", "token is invalid", Failure.AMBIGUOUS_AUTH),
    _older(401, "revoked_token", "token was revoked", Failure.AMBIGUOUS_AUTH),
    _older(401, "expired_token", "token is over", Failure.AMBIGUOUS_AUTH),
    _older(401, "invalid_authentication_method", "API access is blocked", Failure.ACCOUNT_SUSPENDED),
    _older(403, "invalid_scope", "Invalid scope", Failure.NO_READ_PERMISSION),
    _older(400, "identity_verification_required", "Verify your identity", Failure.ACCOUNT_SUSPENDED),
    _older(400, "personal_details_required", "Details are required", Failure.ACCOUNT_SUSPENDED),
    _older(400, "jumio_verification_required", "Document verification is required", Failure.ACCOUNT_SUSPENDED),
    _older(400, "jumio_face_match_verification_required", "Face match is required", Failure.ACCOUNT_SUSPENDED),
    _older(400, "unverified_email", "Verify your email", Failure.ACCOUNT_SUSPENDED),
    _older(500, "internal_server_error", "An error occurred", Failure.EXCHANGE_UNAVAILABLE),
    _older(429, "rate_limit_exceeded", "Too many requests", Failure.RATE_LIMITED),
    # With a good status, too.
    _older(200, "rate_limit_exceeded", "Too many requests", Failure.RATE_LIMITED)._replace(name="limit, status 200"),
    Bad(
        "exhausted",
        SPOT,
        429,
        _says("resource_exhausted", "slow down"),
        Failure.RATE_LIMITED,
        "resource_exhausted",
        "slow down",
    ),
    Bad("429 in words", SPOT, 429, b"Too Many Requests", Failure.RATE_LIMITED, "HTTP 429"),
    # ccxt has no more than a plain error for these.
    Bad("unauthenticated", SPOT, 401, b'{"error":"unauthenticated"}', Failure.AMBIGUOUS_AUTH, "unauthenticated"),
    Bad(
        "Unauthorized as JSON",
        SPOT,
        401,
        b'{"message":"no","error":"Unauthorized"}',
        Failure.AMBIGUOUS_AUTH,
        "Unauthorized",
        "no",
    ),
    _grpc(401, 16, "UNAUTHENTICATED", Failure.AMBIGUOUS_AUTH),
    _grpc(403, 7, "PERMISSION_DENIED", Failure.AMBIGUOUS_AUTH, LINEAR),
    _grpc(429, 8, "RESOURCE_EXHAUSTED", Failure.RATE_LIMITED),
    _grpc(500, 13, "INTERNAL", Failure.EXCHANGE_UNAVAILABLE),
    _grpc(503, 14, "UNAVAILABLE", Failure.EXCHANGE_UNAVAILABLE),
    _grpc(504, 4, "DEADLINE_EXCEEDED", Failure.EXCHANGE_UNAVAILABLE, LINEAR),
    Bad("error nobody knows", SPOT, 400, b'{"error":"something_new"}', Failure.UNEXPECTED, "something_new"),
    Bad("with a good status", SPOT, 200, b'{"error":"something_new"}', Failure.UNEXPECTED, "something_new"),
    Bad(
        "words without a code",
        SPOT,
        400,
        b'{"error":"Field 7 is wrong."}',
        Failure.UNEXPECTED,
        "HTTP 400",
        "Field 7 is wrong.",
    ),
    Bad("errors of another shape", SPOT, 400, b'{"errors":["no"]}', Failure.EXCHANGE_UNAVAILABLE, "HTTP 400"),
    *from_anybody(SPOT),
)

CODES: Final = frozenset(
    {
        *("HTTP 401", "HTTP 403", "HTTP 429", f"PERMISSION_DENIED: {_SCOPES}", f"unknown: {_SCOPES}"),
        *("authentication_error: request timestamp expired", "invalid_signature", "unauthenticated"),
        *("rate_limit_exceeded", "resource_exhausted", "HTTP 502", "HTTP 503"),
    }
)
STALE: Final = next(bad for bad in ANSWERS if bad.name == "expired")

HOSTS: Final = {(market, Environment.LIVE): frozenset({"api.coinbase.com"}) for market in (Market.SPOT, Market.LINEAR)}
MARKS: Final[dict[Environment, dict[str, str]]] = {}

_ONE_WORD: Final = "a wrong key, signature, time and, as far as is known, address are one word"
_BOTH: Final = (Failure.WITHDRAW_ENABLED, Failure.TRANSFER_ENABLED)
OTHERWISE: Final = (
    Difference(Situation.WITHDRAWS, _BOTH, "one box is for both"),
    Difference(Situation.TRANSFERS, _BOTH, "one box is for both"),
    Difference(Situation.OTHER_MARKET, Outcome.CANNOT_BE, "one box is for all markets"),
    *(
        Difference(situation, Failure.AMBIGUOUS_AUTH, _ONE_WORD)
        for situation in (Situation.OTHER_ADDRESS, Situation.OTHER_SECRET, Situation.DELETED)
    ),
    Difference(Situation.SUSPENDED, Failure.AMBIGUOUS_AUTH, "no word for it is documented"),
    Difference(Situation.EXPIRED, Outcome.CANNOT_BE, "keys have no end"),
    Difference(Situation.MAINTENANCE, Failure.EXCHANGE_UNAVAILABLE, "no word for it is documented, only 503"),
    Difference(Situation.BANNED, Failure.RATE_LIMITED, "no ban is documented, only the limit"),
)
