"""Our own network is told apart from an exchange that is out of reach."""

import asyncio

import pytest

from bot.usecases.background import BackgroundTasks
from bot.usecases.network import CANARY_EVERY, FRESH, OwnNetwork


class Clock:
    def __init__(self) -> None:
        self.at = 1000.0

    def now(self) -> float:
        return 1_700_000_000.0 + self.at

    def monotonic(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        raise NotImplementedError


class Telegram:
    up = True

    def seems_up(self) -> bool:
        return self.up


class World:
    def __init__(self) -> None:
        self.clock, self.telegram, self.tasks = Clock(), Telegram(), BackgroundTasks()
        self.returns: list[float] = []
        self.network = OwnNetwork(self.telegram, self.clock, self.tasks, self._back)

    async def _back(self, since: float, until: float) -> None:
        self.returns.append(until - since)


@pytest.fixture
def world() -> World:
    return World()


def test_an_exchange_out_of_reach_while_another_answers_is_dead(world: World) -> None:
    world.telegram.up = False
    world.network.heard("okx")
    assert not world.network.is_ours("binance")
    assert world.network.admits()


def test_all_exchanges_out_of_reach_is_us_even_if_telegram_answers(world: World) -> None:
    world.network.heard("okx")
    world.network.heard("binance")
    assert not world.network.is_ours("binance")
    assert world.network.is_ours("okx")
    assert world.network.is_ours("binance")


def test_an_answer_from_long_ago_is_no_witness(world: World) -> None:
    world.telegram.up = False
    world.network.heard("okx")
    world.clock.at += FRESH + 1
    assert world.network.is_ours("binance")


def test_with_one_exchange_alone_telegram_is_the_witness(world: World) -> None:
    world.network.heard("binance")
    assert not world.network.is_ours("binance")
    world.telegram.up = False
    assert world.network.is_ours("binance")


def test_while_it_is_down_few_checks_go_out(world: World) -> None:
    world.telegram.up = False
    assert world.network.is_ours("binance")
    admitted = 0
    for _ in range(100):
        admitted += world.network.admits()
        world.clock.at += CANARY_EVERY / 10
    assert admitted == 10


async def test_its_return_is_told_with_how_long_nobody_could_look(world: World) -> None:
    world.network.heard("binance")
    world.telegram.up = False
    world.clock.at += 30
    world.network.is_ours("binance")
    world.clock.at += 300
    world.network.heard("binance")
    await asyncio.sleep(0)
    await world.tasks.aclose(1.0)
    assert world.returns == [330.0]
    assert not world.network.down


async def test_while_it_works_nothing_is_told(world: World) -> None:
    for _ in range(5):
        world.network.heard("binance")
        world.clock.at += 600
    await world.tasks.aclose(1.0)
    assert world.returns == []
