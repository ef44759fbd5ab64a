from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from bot.sandbox.exchanges.binance import BinanceSimulator
from bot.sandbox.exchanges.simulator import serving
from tests.unit.sandbox.exchanges.trader import StillClock, Told, Trader


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
async def binance(clock: StillClock, told: Told) -> AsyncIterator[BinanceSimulator]:
    simulator = BinanceSimulator(clock, told)
    async with serving(simulator):
        yield simulator


@pytest.fixture
async def trader(binance: BinanceSimulator) -> AsyncIterator[Trader]:
    async with ClientSession() as session:
        yield Trader(session, binance)
