from collections.abc import AsyncIterator

import pytest

from bot.exchanges.gateway import CcxtGateway
from bot.sandbox.exchanges.binance import BinanceSimulator
from tests.integration.exchanges.trader import ShiftedClock, Trader, simulated


@pytest.fixture
def clock() -> ShiftedClock:
    return ShiftedClock()


@pytest.fixture
async def binance() -> AsyncIterator[BinanceSimulator]:
    async with simulated(BinanceSimulator) as simulator:
        yield simulator


@pytest.fixture
async def gateway(binance: BinanceSimulator, clock: ShiftedClock) -> AsyncIterator[CcxtGateway]:
    # The budget is lifted: tests ask more in a second than a service may in a minute.
    gateway = CcxtGateway({"binance": binance.origin}, clock, ["203.0.113.7"], budget_share=1_000.0)
    yield gateway
    await gateway.close()


@pytest.fixture
def trader(gateway: CcxtGateway) -> Trader:
    return Trader(gateway)
