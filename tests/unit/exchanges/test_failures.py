from email.utils import formatdate

import pytest

from bot.domain.failures import Failure, Trouble
from bot.exchanges.adapter import Dialect, Refusal
from bot.exchanges.failures import trouble_of
from bot.exchanges.http import Answer

NOW = 1_700_000_000.0
DIALECT = Dialect(
    ccxt_class="binance",
    settle_in=lambda _client, _environment: None,
    budgets={},
    read_refusal=lambda _data: None,
    failures={"-1": Failure.INVALID_KEY, "-3": Failure.RATE_LIMITED, "-4": Failure.RATE_LIMITED},
    clocks={},
    read_time=int,
    walls={"too frequent": Failure.BANNED},
    limits_of_one_key=frozenset({"-4"}),
)


def judged(
    status: int,
    refusal: Refusal | None = None,
    names: tuple[str, ...] = (),
    retry_after: str | None = None,
    page: bytes = b"",
) -> Trouble:
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return trouble_of(
        Answer(status, headers, page), refusal, dialect=DIALECT, ccxt_names=names, credential=None, now=NOW
    )


def test_a_ban_is_a_ban_whatever_the_body_says() -> None:
    assert judged(418, Refusal("-1")).failure is Failure.BANNED


def test_the_exchange_s_own_code_goes_before_the_class_and_the_status() -> None:
    assert judged(503, Refusal("-1"), ("ExchangeNotAvailable", "OperationFailed")) == Trouble(
        Failure.INVALID_KEY, code="-1"
    )


@pytest.mark.parametrize("status", [403, 451])
def test_a_wall_is_no_outage_although_ccxt_says_so(status: int) -> None:
    assert judged(status, None, ("ExchangeNotAvailable", "OperationFailed")).failure is Failure.REGION_BLOCKED


def test_a_403_with_a_code_of_the_exchange_is_no_wall() -> None:
    assert judged(403, Refusal("-9"), ("PermissionDenied", "AuthenticationError")).failure is Failure.AMBIGUOUS_AUTH


@pytest.mark.parametrize(
    ("names", "failure"),
    [
        (("OnMaintenance", "ExchangeNotAvailable", "NetworkError", "OperationFailed"), Failure.MAINTENANCE),
        (("AccountSuspended", "AuthenticationError", "ExchangeError"), Failure.ACCOUNT_SUSPENDED),
        (("InvalidNonce", "NetworkError", "OperationFailed"), Failure.CLOCK_SKEW),
        (("RateLimitExceeded", "NetworkError", "OperationFailed"), Failure.RATE_LIMITED),
        (("RestrictedLocation", "OperationRejected", "ExchangeError"), Failure.REGION_BLOCKED),
        (("AccountNotEnabled", "PermissionDenied", "AuthenticationError"), Failure.AMBIGUOUS_AUTH),
        (("RequestTimeout", "NetworkError", "OperationFailed"), Failure.EXCHANGE_UNAVAILABLE),
        (("InvalidOrder", "ExchangeError"), Failure.UNEXPECTED),
        ((), Failure.UNEXPECTED),
    ],
)
def test_without_a_code_the_nearest_class_decides(names: tuple[str, ...], failure: Failure) -> None:
    assert judged(400, None, names).failure is failure


def test_a_400_with_a_code_that_nobody_knows_is_no_outage_although_ccxt_says_so() -> None:
    down, under_work = ("ExchangeNotAvailable", "OperationFailed"), ("OnMaintenance", "ExchangeNotAvailable")

    assert judged(400, Refusal("-9"), down).failure is Failure.UNEXPECTED
    assert judged(400, Refusal("-9"), under_work).failure is Failure.MAINTENANCE
    assert judged(400, None, down).failure is Failure.EXCHANGE_UNAVAILABLE
    assert judged(503, Refusal("-9"), down).failure is Failure.EXCHANGE_UNAVAILABLE


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("30", 30.0),
        (" 30 ", 30.0),
        ("0", 1.0),
        ("999999999", 259_200.0),
        (formatdate(NOW + 45, usegmt=True), 45.0),
        (formatdate(NOW - 45, usegmt=True), 1.0),
        ("soon", None),
        ("-5", None),
        ("1e3", None),
        ("٣", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date_within_reason(header: str | None, seconds: float | None) -> None:
    assert judged(429, retry_after=header).retry_after == seconds


def test_a_date_in_the_words_makes_a_limit_a_ban() -> None:
    trouble = judged(400, Refusal("-3", retry_at=NOW + 300))

    assert (trouble.failure, trouble.retry_after) == (Failure.BANNED, 300.0)


def test_a_wall_that_says_why_is_understood_and_one_that_does_not_is_a_matter_of_the_region() -> None:
    assert judged(403, page=b"<p>403, Access TOO frequent</p>").failure is Failure.BANNED
    assert judged(403, page=b"<p>blocked</p>").failure is Failure.REGION_BLOCKED
    assert judged(200, page=b"too frequent").failure is Failure.UNEXPECTED
    assert judged(403, Refusal("-1"), page=b"too frequent").failure is Failure.INVALID_KEY


def test_a_limit_of_one_key_keeps_its_code_under_a_429() -> None:
    assert judged(429, Refusal("-4")) == Trouble(Failure.RATE_LIMITED, code="-4")
    assert judged(429, Refusal("-3")).code == "HTTP 429"
