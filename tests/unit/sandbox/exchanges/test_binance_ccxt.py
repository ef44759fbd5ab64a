"""ccxt's own Binance, pointed at the simulated one: each sends what the other expects."""

from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import urlsplit

import ccxt
import ccxt.async_support
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.binance import BinanceSimulator
from bot.sandbox.exchanges.faults import Faults

Connect = Callable[[Account], Any]
ORDER = {"symbol": "BTCUSDT", "side": "BUY", "type": "MARKET", "quantity": "0.002"}


@pytest.fixture
async def ccxt_for(binance: BinanceSimulator) -> AsyncIterator[Connect]:
    """Makes ccxt clients that use an account's key at the simulator."""
    clients: list[Any] = []

    def connect(account: Account) -> Any:
        client = ccxt.async_support.binance({"apiKey": account.api_key, "secret": account.secret})
        client.options["fetchMarkets"] = {"types": ["spot", "linear"]}
        if account.environment == "testnet":
            client.set_sandbox_mode(True)
        elif account.environment == "demo":
            client.enable_demo_trading(True)  # noqa: FBT003 - ccxt's signature
        client.urls["api"] = {
            name: binance.origin + urlsplit(url).path
            for name, url in client.urls["api"].items()
            if isinstance(url, str)
        }
        clients.append(client)
        return client

    yield connect
    for client in clients:
        await client.close()


async def test_every_call_latchkey_makes_is_answered(binance: BinanceSimulator, ccxt_for: Connect) -> None:
    account = binance.account("k1")
    client = ccxt_for(account)
    assert (await client.sapiGetAccountApiRestrictions())["enableWithdrawals"] is False
    assert await client.sapiGetAccountStatus() == {"data": "Normal"}
    assert (await client.sapiGetAccountInfo())["isFutureEnabled"] is True
    assert (await client.sapiGetSystemStatus())["msg"] == "normal"
    assert (await client.privateGetAccount())["uid"] == account.uid
    assert await client.privatePostOrderTest(ORDER) == {}
    assert await client.publicGetPing() == {}
    assert await client.fapiPublicGetPing() == {}
    assert (await client.fapiPrivateGetAccountConfig())["canTrade"] is True
    assert (await client.fapiPrivateV3GetBalance())[0]["asset"] == "USDT"
    assert len(await client.fapiPrivateGetRateLimitOrder()) == 2
    assert (await client.fapiPrivatePostOrderTest(ORDER))["status"] == "NEW"
    assert binance.mutations == []
    assert {call.status for call in binance.calls} == {200}


async def test_ccxt_understands_the_clock_the_balance_and_the_markets(
    binance: BinanceSimulator, ccxt_for: Connect
) -> None:
    client = ccxt_for(binance.account("k1"))
    client.options |= {"fetchCurrencies": False, "fetchMargins": False}
    binance.faults.clock_skew(30)
    with pytest.raises(ccxt.InvalidNonce):
        await client.sapiGetAccountApiRestrictions()
    await client.load_time_difference()
    assert (await client.sapiGetAccountApiRestrictions())["enableReading"] is True
    assert sorted(await client.load_markets()) == ["BTC/USDT", "BTC/USDT:USDT", "ETH/USDT", "ETH/USDT:USDT"]
    assert (await client.fetch_balance({"type": "spot"}))["USDT"]["free"] == 12_500


@pytest.mark.parametrize("environment", ["testnet", "demo"])
async def test_practice_environments_have_their_own_ways(
    binance: BinanceSimulator, ccxt_for: Connect, environment: str
) -> None:
    client = ccxt_for(binance.account("k1", environment))
    with pytest.raises(ccxt.NotSupported):
        await client.sapiGetAccountApiRestrictions()
    assert (await client.privateGetAccount())["accountType"] == "SPOT"
    assert (await client.fapiPrivateGetAccountConfig())["canTrade"] is True


@pytest.mark.parametrize("kind", ["Ed25519", "RSA"])
async def test_ccxt_signs_with_a_private_key(binance: BinanceSimulator, ccxt_for: Connect, kind: str) -> None:
    private: ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey
    if kind == "RSA":
        private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    else:
        private = ed25519.Ed25519PrivateKey.generate()
    account = binance.account("k1")
    account.use_public_key(private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode())
    client = ccxt_for(account)
    client.secret = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode().strip()
    assert (await client.sapiGetAccountApiRestrictions())["enableReading"] is True
    assert await client.privatePostOrderTest(ORDER) == {}


# ccxt picks its table of errors by the URL's host, and this host is not Binance's: -2008, which the spot table makes an
# AuthenticationError, is a plain ExchangeError here. Whoever reads ccxt's errors does well to read the code itself.
KEY_TROUBLES: list[tuple[Callable[[Account], Any], type[Exception], str]] = [
    (lambda account: account.revoke(), ccxt.ExchangeError, "-2008"),
    (lambda account: account.rotate_secret(), ccxt.AuthenticationError, "-1022"),
    (lambda account: account.restrict_ips(["203.0.113.7"]), ccxt.AuthenticationError, "-2015"),
    (lambda account: account.suspend(), ccxt.ExchangeError, "-3022"),
]


@pytest.mark.parametrize(("trouble", "expected", "code"), KEY_TROUBLES)
async def test_ccxt_raises_for_a_key_what_it_raises_at_the_real_one(
    binance: BinanceSimulator,
    ccxt_for: Connect,
    trouble: Callable[[Account], Any],
    expected: type[Exception],
    code: str,
) -> None:
    account = binance.account("k1")
    client = ccxt_for(account)
    trouble(account)
    with pytest.raises(expected, match=code):
        await client.sapiGetAccountApiRestrictions()


EXCHANGE_TROUBLES: list[tuple[Callable[[Faults], Any], type[Exception]]] = [
    (lambda faults: faults.clock_skew(-30), ccxt.InvalidNonce),
    (lambda faults: faults.rate_limit(), ccxt.DDoSProtection),
    (lambda faults: faults.ban(), ccxt.DDoSProtection),
    (lambda faults: faults.maintenance(), ccxt.OnMaintenance),
    (lambda faults: faults.down(), ccxt.ExchangeNotAvailable),
    (lambda faults: faults.geo_block(), ccxt.ExchangeNotAvailable),
    (lambda faults: faults.geo_block(by_wall=True), ccxt.ExchangeNotAvailable),
    (lambda faults: faults.reset(), ccxt.NetworkError),
    (lambda faults: faults.truncated(), ccxt.ExchangeError),
]


@pytest.mark.parametrize(("trouble", "expected"), EXCHANGE_TROUBLES)
async def test_ccxt_raises_for_the_exchange_what_it_raises_at_the_real_one(
    binance: BinanceSimulator, ccxt_for: Connect, trouble: Callable[[Faults], Any], expected: type[Exception]
) -> None:
    client = ccxt_for(binance.account("k1"))
    trouble(binance.faults)
    with pytest.raises(expected):
        await client.sapiGetAccountApiRestrictions()
