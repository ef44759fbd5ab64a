"""The simulated Gate judges by itself: signatures made here by the standard library, and what it refuses."""

import hashlib
import hmac
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.gate import GateSimulator
from bot.sandbox.exchanges.simulator import serving
from tests.unit.sandbox.exchanges.trader import StillClock, Told

MAIN_KEYS = "/api/v4/account/main_keys"


class Signer:
    """Signs as Gate's documentation says, or as a test wants it."""

    def __init__(self, exchange: GateSimulator, session: ClientSession) -> None:
        self._exchange = exchange
        self._session = session

    async def asks(
        self,
        account: Account,
        path: str = MAIN_KEYS,
        *,
        method: str = "GET",
        late: int = 0,
        secret: str | None = None,
        without: str = "",
    ) -> tuple[int, Any]:
        """Status, and the label of a refusal or the body of a good answer."""
        stamp = str(int(time.time()) - late)
        payload = f"{method}\n{path}\n\n{hashlib.sha512(b'').hexdigest()}\n{stamp}"
        sign = hmac.new((secret or account.secret).encode(), payload.encode(), hashlib.sha512).hexdigest()
        headers = {"KEY": account.api_key, "Timestamp": stamp, "SIGN": sign}
        headers.pop(without, None)
        async with self._session.request(method, self._exchange.origin + path, headers=headers) as answer:
            body = await answer.json() if answer.content_type == "application/json" else None
            return answer.status, body["label"] if isinstance(body, dict) and "label" in body else body


@pytest.fixture
async def gate(clock: StillClock, told: Told) -> AsyncIterator[GateSimulator]:
    simulator = GateSimulator(clock, told)
    async with serving(simulator):
        yield simulator


@pytest.fixture
async def signer(gate: GateSimulator) -> AsyncIterator[Signer]:
    async with ClientSession() as session:
        yield Signer(gate, session)


async def test_all_keys_of_the_account_are_listed_up_to_a_star(gate: GateSimulator, signer: Signer) -> None:
    account = gate.account("k1")
    other, stranger = account.new_key(), gate.account("k2")

    status, keys = await signer.asks(account)

    assert (status, [key["name"] for key in keys]) == (200, ["k1", "k1-2"])
    assert [key["key"] for key in keys] == [f"{each.api_key[:12]}*****" for each in (account, other)]
    assert stranger.api_key[:12] not in str(keys)


async def test_each_product_is_listed_with_what_may_be_done(gate: GateSimulator, signer: Signer) -> None:
    account = gate.account("k1")
    account.set(futures=False, wallet=True, **{"spot read only": True})

    _, (key,) = await signer.asks(account)

    assert key["perms"] == [
        {"name": "account", "read_only": True},
        {"name": "spot", "read_only": True},
        {"name": "wallet", "read_only": False},
    ]


@pytest.mark.parametrize("header", ["KEY", "SIGN", "Timestamp"])
async def test_every_header_is_wanted(gate: GateSimulator, signer: Signer, header: str) -> None:
    assert await signer.asks(gate.account("k1"), without=header) == (401, "MISSING_REQUIRED_HEADER")


async def test_a_signature_that_is_not_right_is_refused(gate: GateSimulator, signer: Signer) -> None:
    account = gate.account("k1")

    assert await signer.asks(account, secret="0" * 64) == (401, "INVALID_SIGNATURE")
    assert await signer.asks(account, late=61) == (403, "REQUEST_EXPIRED")
    assert (await signer.asks(account, late=50))[0] == 200


async def test_moving_money_is_refused_and_remembered(gate: GateSimulator, signer: Signer) -> None:
    account = gate.account("k1")
    path = "/api/v4/wallet/transfers"

    assert await signer.asks(account, path, method="POST") == (403, "FORBIDDEN")
    assert [(call.method, call.path) for call in gate.mutations] == [("POST", path)]


async def test_who_asks_too_much_is_told_so(gate: GateSimulator, signer: Signer) -> None:
    gate.enforce_limits = True
    account = gate.account("k1")
    now = gate.clock.now()
    gate.limits._now = lambda: now  # counted in windows of ten seconds
    gate.limits.charge("address", 199, gate.caller_ip)

    assert (await signer.asks(account))[0] == 200
    assert await signer.asks(account) == (429, None)
