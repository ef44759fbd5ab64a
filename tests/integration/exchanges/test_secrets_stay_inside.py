"""Whatever goes wrong, and at every log level: nothing of a credential, of a signature or of ccxt comes out."""

import base64
import logging
import traceback
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.connection import Credential
from bot.domain.failures import ExchangeTrouble, Failure
from bot.sandbox.exchanges.binance import BinanceSimulator
from tests.integration.exchanges.known.binance import ANSWERS
from tests.integration.exchanges.trader import PLACES, ShiftedClock, Trader, credential_of

FAULTS = ("down", "maintenance", "geo_block", "garbage", "reset", "truncated", "redirect")


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


def forms_of(credential: Credential) -> set[str]:
    forms = set()
    for value in (credential.api_key, credential.secret):
        raw = value.encode()
        forms |= {value, raw.hex(), base64.b64encode(raw).decode(), quote(value, safe="")}
    return forms


async def _everything_said(trader: Trader, credential: Credential) -> str:
    """All that comes out of looking at a key everywhere: exceptions with their whole chains, troubles and reports."""
    said = []
    for place in PLACES:
        for look in (trader.probes, trader.inspects):
            try:
                said.append(repr(await look(credential, place)))
            except ExchangeTrouble as failed:
                said.append(repr(failed.trouble))
                said.append("".join(traceback.TracebackException.from_exception(failed, capture_locals=True).format()))
    return "\n".join(said)


async def test_neither_exceptions_nor_logs_hold_a_secret_or_a_word_of_ccxt(
    binance: BinanceSimulator, trader: Trader, clock: ShiftedClock, everything_logged: pytest.LogCaptureFixture
) -> None:
    account = binance.account("k1")
    credential = credential_of(account)
    said = [await _everything_said(trader, credential)]
    for bad in ANSWERS:
        binance.faults.error(bad.status, bad.body)
        said.append(await _everything_said(trader, credential))
        binance.faults.clear()
        clock.passed += 1e6
    for fault in FAULTS:
        getattr(binance.faults, fault)()
        said.append(await _everything_said(trader, credential))
        binance.faults.clear()
    out = "\n".join(said) + _logged(everything_logged)

    assert [form for form in forms_of(credential) if form in out] == []
    assert "signature=" not in out
    # Paths in tracebacks are ours; a class or a sentence of the library would be a leak.
    assert "AuthenticationError" not in out
    assert "binance {" not in out
    assert "binance GET" not in out


@pytest.mark.parametrize(
    "echo", ["{key}", "{secret}", "?signature={hex}&x=1", "key {b64} refused", "{key_cut}", "{quoted}"]
)
async def test_an_exchange_that_echoes_what_it_was_sent_is_not_repeated(
    binance: BinanceSimulator, trader: Trader, everything_logged: pytest.LogCaptureFixture, echo: str
) -> None:
    account = binance.account("k1")
    words = echo.format(
        key=account.api_key,
        secret=account.secret,
        hex=account.secret.encode().hex(),
        b64=base64.b64encode(account.api_key.encode()).decode(),
        key_cut=account.api_key[10:24],
        quoted=quote(account.secret),
    )
    binance.faults.error(400, b'{"code":-2014,"msg":"API-key format invalid: %s"}' % words.encode())

    trouble = await trader.trouble_probing(account)

    assert trouble.failure is Failure.INVALID_KEY
    assert trouble.reason is not None
    assert trouble.reason.startswith("API-key format invalid: ")
    shown = repr(trouble) + _logged(everything_logged)
    for value in (*forms_of(credential_of(account)), account.api_key[10:24]):
        assert value not in shown


def _logged(caplog: pytest.LogCaptureFixture) -> str:
    return "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)


async def test_the_key_that_is_echoed_in_a_page_is_not_repeated(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    page = f"<html>{account.api_key} {account.secret}</html>".encode()
    for status in (200, 401, 403, 404, 500, 503):
        binance.faults.error(status, page, "text/html", times=1)

        trouble = await trader.trouble_probing(account)

        assert trouble.reason is None
        assert account.api_key not in repr(trouble)


# ------------------------------------------------------------------------------------------- credentials nobody expects

anything = st.text(max_size=200)
looks_like_a_pem = st.builds(
    "-----BEGIN {0}PRIVATE KEY-----\n{1}\n-----END {0}PRIVATE KEY-----{2}".format,
    st.sampled_from(["", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED "]),
    st.one_of(anything, st.binary(max_size=100).map(lambda raw: base64.b64encode(raw).decode())),
    st.sampled_from(["", "\n", "\r\n", "\\n"]),
)
real_key = st.just("K" * 64)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    api_key=st.one_of(anything, real_key),
    secret=st.one_of(anything, looks_like_a_pem, real_key),
    passphrase=st.one_of(st.none(), anything),
)
async def test_whatever_is_given_as_a_credential_ends_in_a_trouble_of_ours(
    trader: Trader, api_key: str, secret: str, passphrase: str | None
) -> None:
    trouble = await trader.trouble_probing(Credential(api_key, secret, passphrase))

    assert trouble.failure in {Failure.MALFORMED_CREDENTIAL, Failure.INVALID_KEY}


@pytest.mark.parametrize(
    "credential",
    [
        Credential("", "s" * 64),
        Credential("k" * 64, ""),
        Credential("k\r\nX-Injected: 1", "s" * 64),
        Credential("k" * 64 + "\n", "s" * 64),
        Credential("ключ" * 16, "s" * 64),
        Credential("k" * 100_000, "s" * 64),
        Credential("k" * 64, "s" * 100_000),
        Credential("k" * 64, "\ud800" * 64),
        Credential("k" * 64, "-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----"),
        Credential("k" * 64, "s" * 64, "pass\nphrase"),
    ],
    ids=[
        "no key",
        "no secret",
        "header",
        "newline",
        "letters",
        "long key",
        "long secret",
        "surrogate",
        "pem",
        "phrase",
    ],
)
async def test_what_cannot_be_signed_or_sent_is_never_sent(
    binance: BinanceSimulator, trader: Trader, credential: Credential
) -> None:
    for place in PLACES:
        assert (await trader.trouble_probing(credential, place)).failure is Failure.MALFORMED_CREDENTIAL
    assert list(binance.calls) == []


async def test_an_answer_we_do_not_understand_is_logged_without_its_content(
    binance: BinanceSimulator, trader: Trader, everything_logged: pytest.LogCaptureFixture
) -> None:
    binance.faults.error(200, b'{"enableReading":"canary-in-the-body"}', path="/sapi")

    trouble = await trader.trouble_probing(binance.account("k1"))

    assert (trouble.failure, trouble.code) == (Failure.UNEXPECTED, "TypeError")
    [record] = [each for each in everything_logged.records if each.name == "latchkey.exchanges"]
    assert record.getMessage() == "exchange_answer_not_understood"
    assert vars(record)["exchange"] == "binance"
    assert "canary" not in _logged(everything_logged)
