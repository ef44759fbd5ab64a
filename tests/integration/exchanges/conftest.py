from collections.abc import AsyncIterator

import pytest

from bot.exchanges.gateway import CcxtGateway
from bot.sandbox.clock import SandboxClock
from bot.sandbox.events import EventLog
from bot.sandbox.exchanges.binance import BinanceSimulator
from bot.sandbox.exchanges.simulator import serving
from tests.integration.exchanges.trader import ShiftedClock, Trader


@pytest.fixture
def clock() -> ShiftedClock:
    return ShiftedClock()


@pytest.fixture
async def binance() -> AsyncIterator[BinanceSimulator]:
    """The exchange; whatever a test did, nothing was ever changed at it."""
    simulator = BinanceSimulator(SandboxClock(), EventLog())
    async with serving(simulator):
        yield simulator
    assert simulator.mutations == []


@pytest.fixture
async def gateway(binance: BinanceSimulator, clock: ShiftedClock) -> AsyncIterator[CcxtGateway]:
    # The budget is lifted: tests ask more in a second than a service may in a minute.
    gateway = CcxtGateway({"binance": binance.origin}, clock, ["203.0.113.7"], budget_share=1_000.0)
    yield gateway
    await gateway.close()


@pytest.fixture
def trader(gateway: CcxtGateway) -> Trader:
    return Trader(gateway)
