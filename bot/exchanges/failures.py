"""What an answer of an exchange means, told apart as far as the exchange tells it.

The order matters. First the statuses that concern our address, whatever the body says; then the exchange's own code;
then the statuses that ccxt misreads (a geo-block looks like an outage to it); then ccxt's class; then the status
alone.
"""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final

from bot.domain.connection import Credential
from bot.domain.failures import Failure, Trouble
from bot.exchanges.adapter import Dialect, Refusal
from bot.exchanges.http import Answer
from bot.exchanges.scrub import scrub

_SHORTEST_WAIT: Final = 1.0
_LONGEST_WAIT: Final = 3 * 24 * 3600.0
"""Seconds; Binance's longest ban. A wait beyond it is a mistake in a header."""

_ADDRESS: Final[Mapping[int, Failure]] = {
    HTTPStatus.IM_A_TEAPOT: Failure.BANNED,
    HTTPStatus.TOO_MANY_REQUESTS: Failure.RATE_LIMITED,
}

_WALL: Final = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS})
"""A 403 without a code of the exchange comes from the wall in front of it (a content network, a firewall), which turns
away addresses and countries and knows no keys. Whether it is the country or the address it seldom says; either is cured
by asking from elsewhere, and neither is an outage or the key's fault. So both are called ``region_blocked``."""

_CLASSES: Final[Mapping[str, Failure]] = {
    "OnMaintenance": Failure.MAINTENANCE,
    "RestrictedLocation": Failure.REGION_BLOCKED,
    "AccountSuspended": Failure.ACCOUNT_SUSPENDED,
    "InvalidNonce": Failure.CLOCK_SKEW,
    "DDoSProtection": Failure.RATE_LIMITED,
    "RateLimitExceeded": Failure.RATE_LIMITED,
    # Key, address or permission: ccxt's classes mix the three, so only a code can tell them apart.
    "AuthenticationError": Failure.AMBIGUOUS_AUTH,
    "OperationFailed": Failure.EXCHANGE_UNAVAILABLE,
}
"""By ccxt's class: the first of the class and its parents that is here decides."""


def trouble_of(
    answer: Answer,
    refusal: Refusal | None,
    *,
    dialect: Dialect,
    ccxt_names: tuple[str, ...],
    credential: Credential | None,
    now: float,
) -> Trouble:
    """What is wrong, in an answer that is not a good one.

    Args:
        answer: what came back.
        refusal: what the exchange says in it.
        dialect: what the exchange's own codes and pages mean.
        ccxt_names: the ccxt class it raises, and the parents of that class.
        credential: whatever was sent, so that none of it comes back in the reason.
        now: epoch seconds, for dates in the answer.
    """
    own_code = refusal.code if refusal else None
    own_failure = dialect.failures.get(own_code) if own_code else None
    on_address = None if own_code in dialect.limits_of_one_key else _ADDRESS.get(answer.status)
    wall = _read_wall(answer, dialect.walls) if own_code is None else None
    failure = on_address or own_failure or wall or _without_code(answer.status, own_code, ccxt_names)
    if failure is Failure.RATE_LIMITED and refusal and refusal.retry_at:
        failure = Failure.BANNED  # a limit says how much is allowed; only a ban says until when
    return Trouble(
        failure,
        code=own_code if own_code and not on_address else f"HTTP {answer.status}",
        reason=scrub(refusal.message, credential) if refusal and refusal.message else None,
        seen_ip=refusal.seen_ip if refusal else None,
        retry_after=_wait(answer, refusal, now) if failure in (Failure.RATE_LIMITED, Failure.BANNED) else None,
    )


def _read_wall(answer: Answer, walls: Mapping[str, Failure]) -> Failure | None:
    if not walls or answer.status == HTTPStatus.OK:
        return None
    page = answer.body.decode(errors="replace").lower()
    return next((failure for words, failure in walls.items() if words in page), None)


def _without_code(status: int, own_code: str | None, ccxt_names: tuple[str, ...]) -> Failure:
    if status in _WALL and own_code is None:
        return Failure.REGION_BLOCKED
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return Failure.EXCHANGE_UNAVAILABLE  # a redirect is never followed, and no API we ask sends one
    if status == HTTPStatus.BAD_REQUEST and own_code is not None and ccxt_names[:1] == ("ExchangeNotAvailable",):
        return Failure.UNEXPECTED  # what ccxt says of any 400 whose code it does not know; it was answered, so it is up
    for name in ccxt_names:
        if name in _CLASSES:
            return _CLASSES[name]
    return Failure.EXCHANGE_UNAVAILABLE if status >= HTTPStatus.INTERNAL_SERVER_ERROR else Failure.UNEXPECTED


def _wait(answer: Answer, refusal: Refusal | None, now: float) -> float | None:
    """Seconds to stay away: Retry-After as a number or a date (RFC 9110), or the date in the exchange's words."""
    header = answer.headers.get("Retry-After", "").strip()
    seconds: float | None = None
    if header.isascii() and header.isdigit():
        seconds = float(header)
    elif header:
        try:
            seconds = parsedate_to_datetime(header).timestamp() - now
        except ValueError:
            seconds = None
    if seconds is None and refusal and refusal.retry_at:
        seconds = refusal.retry_at - now
    return None if seconds is None else min(max(seconds, _SHORTEST_WAIT), _LONGEST_WAIT)
