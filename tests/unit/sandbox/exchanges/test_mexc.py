"""The simulated MEXC judges by itself: signatures made here by the standard library, and what it refuses."""

import hashlib
import hmac
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession
from yarl import URL

from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.mexc import MexcSimulator
from bot.sandbox.exchanges.simulator import serving
from tests.unit.sandbox.exchanges.trader import StillClock, Told

KEY_INFO = "/api/v3/apiKeyInfo"


class Signer:
    """Signs a query as MEXC's documentation says, or as a test wants it."""

    def __init__(self, exchange: MexcSimulator, session: ClientSession) -> None:
        self._exchange = exchange
        self._session = session

    async def asks(
        self,
        account: Account,
        form: str | None = None,
        *,
        method: str = "GET",
        late_ms: int = 0,
        capitals: bool = False,
        secret: str | None = None,
    ) -> tuple[int, dict[str, Any]]:
        """Status and body."""
        stamp = int(time.time() * 1000) - late_ms
        query = f"{f'accessKey={account.api_key}' if form is None else form}&timestamp={stamp}"
        signature = hmac.new((secret or account.secret).encode(), query.encode(), hashlib.sha256).hexdigest()
        url = f"{self._exchange.origin}{KEY_INFO}?{query}&signature={signature.upper() if capitals else signature}"
        headers = {"X-MEXC-APIKEY": account.api_key}
        async with self._session.request(method, URL(url, encoded=True), headers=headers) as answer:
            return answer.status, await answer.json()


@pytest.fixture
async def mexc(clock: StillClock, told: Told) -> AsyncIterator[MexcSimulator]:
    simulator = MexcSimulator(clock, told)
    async with serving(simulator):
        yield simulator


@pytest.fixture
async def signer(mexc: MexcSimulator) -> AsyncIterator[Signer]:
    async with ClientSession() as session:
        yield Signer(mexc, session)


async def test_the_exchange_says_what_a_key_may_do(mexc: MexcSimulator, signer: Signer) -> None:
    account = mexc.account("k1")
    status, info = await signer.asks(account)

    assert (status, info["accessKey"], info["ipWhiteList"], info["status"]) == (200, account.api_key, "", "VALID")
    assert info["permissions"].split(",") == [word for word, on in account.permissions.items() if on]


async def test_keys_look_as_the_exchange_gives_them_out(mexc: MexcSimulator) -> None:
    account = mexc.account("k1")

    assert (account.api_key[:3], len(account.api_key)) == ("mx0", 18)
    assert len(bytes.fromhex(account.secret)) == 16


async def test_a_signature_that_is_not_right_is_refused(mexc: MexcSimulator, signer: Signer) -> None:
    account = mexc.account("k1")

    assert (await signer.asks(account, capitals=True))[1]["code"] == 700002
    assert (await signer.asks(account, secret="0" * 32))[1]["code"] == 700002
    assert (await signer.asks(account, late_ms=9000))[1]["code"] == 700003


async def test_the_key_is_wanted_once_more_and_no_other_s(mexc: MexcSimulator, signer: Signer) -> None:
    account, other = mexc.account("k1"), mexc.account("k2")

    assert (await signer.asks(account, "recvWindow=5000"))[1]["code"] == 730707
    assert (await signer.asks(account, f"accessKey={other.api_key}"))[1]["code"] == 730706


async def test_changing_the_addresses_is_refused_and_remembered(mexc: MexcSimulator, signer: Signer) -> None:
    account = mexc.account("k1")

    status, body = await signer.asks(account, method="POST")

    assert (status, body["code"]) == (400, 700007)
    assert [(call.method, call.path) for call in mexc.mutations] == [("POST", KEY_INFO)]


async def test_who_asks_too_much_is_told_so_and_then_banned(mexc: MexcSimulator, signer: Signer) -> None:
    mexc.enforce_limits = True
    account = mexc.account("k1")
    now = mexc.clock.now()
    mexc.limits._now = lambda: now  # counted in windows of ten seconds
    mexc.limits.charge("spot", 299, mexc.caller_ip)

    seen = [(await signer.asks(account))[0] for _ in range(13)]

    assert seen == [200, *[429] * 10, 418, 418]
