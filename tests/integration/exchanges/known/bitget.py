"""Bitget: codes from its documents ("RESTAPI error codes"), sentences as people have posted them."""

from typing import Final

import orjson

from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import Failure
from tests.integration.exchanges.answers import Bad, from_anybody
from tests.integration.exchanges.situations import Difference, Outcome, Situation

SPOT: Final = Place("bitget", Market.SPOT, Environment.LIVE)
DEMO: Final = Place("bitget", Market.INVERSE, Environment.DEMO)


def says(code: str, message: str) -> bytes:
    return orjson.dumps({"code": code, "msg": message, "requestTime": 1_744_617_600_000, "data": None})


def _coded(code: str, words: str, failure: Failure, status: int = 400, place: Place = SPOT) -> Bad:
    name = f"{code} with {status} from {place.environment}"
    return Bad(name, place, status, says(code, words), failure, code, words or None)


ANSWERS: Final = (
    _coded("40006", "Invalid ACCESS_KEY", Failure.INVALID_KEY),
    _coded("40037", "Apikey does not exist", Failure.INVALID_KEY),
    # ccxt has no more than a plain error for it: a key of the other world.
    _coded("40099", "exchange environment is incorrect", Failure.INVALID_KEY),
    _coded("40099", "exchange environment is incorrect", Failure.INVALID_KEY, place=DEMO),
    _coded("40009", "sign signature error", Failure.BAD_SIGNATURE),
    _coded("40011", "ACCESS_PASSPHRASE cannot be empty", Failure.WRONG_PASSPHRASE),
    _coded("40012", "apikey/password is incorrect", Failure.WRONG_PASSPHRASE),
    _coded("40036", "passphrase is error", Failure.WRONG_PASSPHRASE),
    _coded("40018", "invalid ip,current request ip 203.0.113.50", Failure.IP_NOT_ALLOWED),
    _coded("40038", "The request IP is not in the whitelist of the apikey", Failure.IP_NOT_ALLOWED),
    _coded("40014", "Incorrect permissions, need uta_mgt read permissions", Failure.NO_READ_PERMISSION),
    _coded("40301", "Permission has not been obtained yet", Failure.NO_READ_PERMISSION),
    _coded("40301", "", Failure.NO_READ_PERMISSION),
    _coded("40004", "Invalid ACCESS_TIMESTAMP", Failure.CLOCK_SKEW),
    _coded("40005", "Invalid ACCESS_TIMESTAMP", Failure.CLOCK_SKEW),
    _coded("40008", "Request timestamp expired", Failure.CLOCK_SKEW),
    # ccxt calls it a bad key.
    _coded("40010", "Request timed out", Failure.EXCHANGE_UNAVAILABLE),
    # An account between its two modes: neither of its interfaces answers.
    _coded("40085", "You are in Unified Account mode", Failure.UNEXPECTED),
    _coded("40084", "You are in Classic Account mode", Failure.UNEXPECTED),
    _coded("25245", "The account is not a unified one", Failure.UNEXPECTED),
    # ccxt takes it for a country that is not served.
    _coded("40024", "Account is frozen", Failure.ACCOUNT_SUSPENDED),
    _coded("40022", "The business of this account has been restricted", Failure.ACCOUNT_SUSPENDED),
    _coded("40023", "The account is abnormal", Failure.ACCOUNT_SUSPENDED),
    _coded("40013", "User status is abnormal", Failure.ACCOUNT_SUSPENDED),
    _coded("40035", "Judgment that you need to complete KYC", Failure.ACCOUNT_SUSPENDED),
    _coded("40015", "System is abnormal, please try again later", Failure.EXCHANGE_UNAVAILABLE),
    _coded("40725", "service return an error", Failure.EXCHANGE_UNAVAILABLE, 500),
    _coded("429", "Too Many Requests", Failure.RATE_LIMITED),
    _coded("429", "Too Many Requests", Failure.RATE_LIMITED, 429)._replace(code="HTTP 429"),
    _coded("40200", "Server upgrade, please try again later", Failure.MAINTENANCE),
    # An error that pretends to be none.
    _coded("40037", "Apikey does not exist", Failure.INVALID_KEY, 200),
    Bad(
        "an error of older paths",
        SPOT,
        200,
        b'{"status":"fail","err_code":"01001","err_msg":"system exception"}',
        Failure.UNEXPECTED,
        "01001",
        "system exception",
    ),
    _coded("49999", "Something new.", Failure.UNEXPECTED),
    *from_anybody(SPOT),
)

CODES: Final = frozenset(
    {
        *("40006", "40037", "40009", "40012", "40036", "40018", "40038", "40014", "40301", "40005"),
        *("40008", "40010", "40085", "40084", "25245", "40099", "40024", "40022", "40023", "40013"),
        *("40035", "40015", "40725", "429", "40200"),
    }
)
STALE: Final = next(bad for bad in ANSWERS if bad.code == "40008")

HOSTS: Final = {
    (market, environment): frozenset({"api.bitget.com"})
    for market in Market
    for environment in (Environment.LIVE, Environment.DEMO)
}
MARKS: Final = {Environment.DEMO: {"PAPTRADING": "1"}}

OTHERWISE: Final = (
    Difference(Situation.EXPIRED, Outcome.CANNOT_BE, "no end of a key is documented, and none is told"),
    Difference(Situation.BANNED, Failure.RATE_LIMITED, "no ban by address is documented, only 429"),
)
