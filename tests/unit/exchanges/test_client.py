"""ccxt signs, and only that; where a request goes and what it holds."""

import hashlib
import hmac
import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.domain.connection import Credential, Environment, Market
from bot.exchanges import binance, cryptocom, deribit, okx
from bot.exchanges.adapter import Dialect, Endpoint
from bot.exchanges.client import ExchangeClient
from bot.exchanges.http import Answer
from bot.exchanges.registry import ADAPTERS, adapter_of

KEY = Credential("k" * 64, "s" * 64)

HOSTS = {
    (Market.SPOT, Environment.LIVE): {"api.binance.com"},
    (Market.LINEAR, Environment.LIVE): {"fapi.binance.com"},
    (Market.SPOT, Environment.TESTNET): {"testnet.binance.vision"},
    (Market.SPOT, Environment.DEMO): {"demo-api.binance.com"},
    (Market.LINEAR, Environment.DEMO): {"demo-fapi.binance.com"},
}
ASKED = {
    Market.SPOT: (binance.SPOT_TIME, binance.SPOT_ACCOUNT, binance.SPOT_ORDER_TEST),
    Market.LINEAR: (binance.LINEAR_TIME, binance.LINEAR_CONFIG, binance.LINEAR_BALANCE, binance.LINEAR_ORDER_TEST),
}


class StillClock:
    def now(self) -> float:
        return 1_700_000_000.5

    def monotonic(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None:
        raise NotImplementedError


def client(environment: Environment, origin: str | None = None) -> ExchangeClient:
    return ExchangeClient(binance.DIALECT, environment, origin, StillClock())


def test_there_are_hosts_for_exactly_the_worlds_of_the_profile() -> None:
    worlds = {(market, world) for market, all_worlds in binance.PROFILE.worlds.items() for world in all_worlds}

    assert worlds == set(HOSTS)


@pytest.mark.parametrize(("market", "environment"), HOSTS)
def test_every_question_goes_to_a_host_of_its_environment(market: Market, environment: Environment) -> None:
    here = client(environment)

    hosts = {urlsplit(here.sign(endpoint, KEY).url).hostname for endpoint in ASKED[market]}

    assert hosts == HOSTS[market, environment]


def test_permissions_are_asked_of_production_on_live_and_of_nobody_elsewhere() -> None:
    signed = client(Environment.LIVE).sign(binance.RESTRICTIONS, KEY)
    assert signed.url.startswith("https://api.binance.com/sapi/v1/account/apiRestrictions?")

    for environment in (Environment.TESTNET, Environment.DEMO):
        with pytest.raises(Exception, match=r"^(?!.*https?://)"):
            client(environment).sign(binance.RESTRICTIONS, KEY)


@pytest.mark.parametrize(("market", "environment"), HOSTS)
def test_another_origin_replaces_scheme_and_host_and_keeps_the_rest(market: Market, environment: Environment) -> None:
    for endpoint in ASKED[market]:
        home = client(environment).sign(endpoint, KEY)
        moved = client(environment, "http://127.0.0.1:9999/").sign(endpoint, KEY)

        assert moved.url.startswith("http://127.0.0.1:9999/")
        assert urlsplit(moved.url)[2:] == urlsplit(home.url)[2:]
        assert moved.home_url == home.url


def test_an_environment_that_leaves_production_urls_in_place_is_refused() -> None:
    forgetful = Dialect(
        ccxt_class="binance",
        settle_in=lambda _client, _environment: None,
        budgets={},
        read_refusal=lambda _data: None,
        failures={},
        clocks={},
        read_time=int,
    )

    with pytest.raises(RuntimeError, match="keeps production URLs in testnet"):
        ExchangeClient(forgetful, Environment.TESTNET, "http://127.0.0.1:1", StillClock())


def test_an_environment_on_live_s_hosts_says_so_in_every_request_that_bears_a_key() -> None:
    demo = ExchangeClient(okx.DIALECT, Environment.DEMO, None, StillClock())
    live = ExchangeClient(okx.DIALECT, Environment.LIVE, None, StillClock())
    triple = Credential("k", "s", "p")
    for endpoint in (okx.CONFIG, okx.BALANCE):
        assert (demo.sign(endpoint, triple).headers or {})["x-simulated-trading"] == "1"
        assert "x-simulated-trading" not in (live.sign(endpoint, triple).headers or {})

    with pytest.raises(RuntimeError, match="keeps production URLs in demo"):
        ExchangeClient(replace(okx.DIALECT, marks={}), Environment.DEMO, None, StillClock())


def test_an_environment_that_ccxt_cannot_settle_in_is_no_client_at_all() -> None:
    """``set_sandbox_mode`` raises where there is no sandbox, and leaves production URLs behind."""

    def trap(client: Any, _: Environment) -> None:
        client.set_sandbox_mode(True)

    for exchange in ("kucoin", "htx"):
        dialect = replace(binance.DIALECT, ccxt_class=exchange, options={}, settle_in=trap)
        with pytest.raises((TypeError, RuntimeError)):
            ExchangeClient(dialect, Environment.TESTNET, None, StillClock())


def test_the_signature_is_the_documented_one_and_the_time_is_the_clock_s() -> None:
    here = client(Environment.LIVE)
    here.offset_ms = -250

    url = here.sign(binance.RESTRICTIONS, KEY).url
    query, _, signature = url.partition("?")[2].partition("&signature=")

    assert signature == hmac.digest(KEY.secret.encode(), query.encode(), hashlib.sha256).hex()
    assert parse_qs(query)["timestamp"] == ["1700000000250"]


def test_a_post_carries_its_parameters_in_the_body() -> None:
    signed = client(Environment.LIVE).sign(binance.SPOT_ORDER_TEST, KEY)

    assert urlsplit(signed.url).query == ""
    assert signed.body is not None
    assert b"symbol=BTCUSDT" in signed.body


def test_a_public_question_carries_no_key() -> None:
    signed = client(Environment.LIVE).sign(binance.SPOT_TIME, None)

    assert (signed.headers, signed.body, urlsplit(signed.url).query) == (None, None, "")


def test_a_proof_among_the_parameters_is_made_with_the_exchange_s_time_and_does_not_bear_the_secret() -> None:
    here = ExchangeClient(deribit.DIALECT, Environment.TESTNET, None, StillClock())
    here.offset_ms = -250
    pair = Credential("fo7WAPRm4P", "B6RsF9rrLY5ezEGBQkyLlV-UC7whyPJ34BMA-kKYpes")

    url = here.sign(deribit.AUTH, pair).url
    query = {name: value for name, (value,) in parse_qs(urlsplit(url).query, keep_blank_values=True).items()}

    signed = f"1700000000250\n{query['nonce']}\n".encode()
    assert query["signature"] == hmac.digest(pair.secret.encode(), signed, hashlib.sha256).hex()
    assert (query["client_id"], query["timestamp"], query["data"]) == (pair.api_key, "1700000000250", "")
    assert pair.secret not in url


def test_what_is_ready_to_go_has_no_readable_form() -> None:
    signed = client(Environment.LIVE).sign(binance.SPOT_ORDER_TEST, KEY)

    assert repr(signed) == str(signed) == "Signed(POST …)"


def test_a_path_that_does_not_exist_is_our_mistake_when_no_key_is_involved() -> None:
    with pytest.raises(Exception, match="nowhere"):
        client(Environment.LIVE).sign(Endpoint("nowhere", "x", "api"), None)


@pytest.mark.parametrize(
    ("status", "body", "name"),
    [
        (401, b"", "AuthenticationError"),
        (404, b"<html>", "ExchangeNotAvailable"),
        (503, b"<html>", "ExchangeNotAvailable"),
        (500, b'{"code":50001}', "ExchangeError"),
        (401, b'{"code":40101}', "AuthenticationError"),
    ],
)
def test_of_a_page_the_status_says_more_than_a_plain_error(status: int, body: bytes, name: str) -> None:
    """Crypto.com's class calls everything without a code of its own a plain error."""
    here = ExchangeClient(cryptocom.DIALECT, Environment.LIVE, None, StillClock())
    data = json.loads(body) if body.startswith(b"{") else None

    names = here.error_names(here.sign(cryptocom.TIME, None), Answer(status, {}, body), data)

    assert names[0] == name


def test_every_adapter_fits_its_row() -> None:
    for exchange in ADAPTERS:
        adapter = adapter_of(exchange)
        profile = adapter.PROFILE
        assert profile.id == exchange
        assert set(adapter.DIALECT.clocks) == set(profile.worlds)
        environments = {world for worlds in profile.worlds.values() for world in worlds}
        assert set(profile.key_pages) == environments
        assert profile.permissions_told <= environments
