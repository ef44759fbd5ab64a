"""Our own network is told apart from an exchange that is out of reach."""

import asyncio

import pytest

from bot.usecases.background import BackgroundTasks
from bot.usecases.network import ASK_AGAIN, CANARY_EVERY, FRESH, OwnNetwork


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


class Beacon:
    def __init__(self) -> None:
        self.up, self.asked = True, 0

    async def answers(self) -> bool:
        self.asked += 1
        await asyncio.sleep(0)
        return self.up


class World:
    def __init__(self) -> None:
        self.clock, self.telegram, self.tasks, self.beacon = Clock(), Telegram(), BackgroundTasks(), Beacon()
        self.returns: list[float] = []
        self.network = OwnNetwork(self.telegram, self.clock, self.tasks, self._back)
        self.with_beacon = OwnNetwork(self.telegram, self.clock, self.tasks, self._back, self.beacon)

    async def _back(self, since: float, until: float) -> None:
        self.returns.append(until - since)


@pytest.fixture
def world() -> World:
    return World()


async def test_an_exchange_out_of_reach_while_another_answers_is_dead(world: World) -> None:
    world.telegram.up = False
    world.network.heard("okx")
    assert not await world.network.is_ours("binance")
    assert world.network.admits()


async def test_all_exchanges_out_of_reach_is_us_even_if_telegram_answers(world: World) -> None:
    world.network.heard("okx")
    world.network.heard("binance")
    assert not await world.network.is_ours("binance")
    assert await world.network.is_ours("okx")
    assert await world.network.is_ours("binance")


async def test_an_answer_from_long_ago_is_no_witness(world: World) -> None:
    world.telegram.up = False
    world.network.heard("okx")
    world.clock.at += FRESH + 1
    assert await world.network.is_ours("binance")


async def test_with_one_exchange_alone_telegram_is_the_witness(world: World) -> None:
    world.network.heard("binance")
    assert not await world.network.is_ours("binance")
    world.telegram.up = False
    assert await world.network.is_ours("binance")


async def test_while_it_is_down_few_checks_go_out(world: World) -> None:
    world.telegram.up = False
    assert await world.network.is_ours("binance")
    admitted = 0
    for _ in range(100):
        admitted += world.network.admits()
        world.clock.at += CANARY_EVERY / 10
    assert admitted == 10


async def test_its_return_is_told_with_how_long_nobody_could_look(world: World) -> None:
    world.network.heard("binance")
    world.telegram.up = False
    world.clock.at += 30
    await world.network.is_ours("binance")
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


# ------------------------------------------------------------------------------------- back, though the exchange is not


async def test_it_is_back_when_telegram_is_even_if_the_exchange_is_not(world: World) -> None:
    world.network.heard("binance")
    world.telegram.up = False
    world.clock.at += 30
    assert await world.network.is_ours("binance")
    world.telegram.up = True
    world.clock.at += 300
    assert not await world.network.is_ours("binance"), "now it is the exchange that is out of reach"
    assert not world.network.down
    assert world.network.admits()
    assert world.network.admits(), "checks go on as always"
    await asyncio.sleep(0)
    await world.tasks.aclose(1.0)
    assert world.returns == [330.0]


async def test_what_is_silent_and_has_not_had_its_turn_since_still_speaks_against_us(world: World) -> None:
    assert not await world.network.is_ours("binance")
    assert await world.network.is_ours("okx")
    for _ in range(10):
        world.clock.at += FRESH
        assert await world.network.is_ours("okx"), "no flapping: nothing has answered since"
    assert world.network.down


# ------------------------------------------------------------------------------------------------------------- a beacon


async def test_the_beacon_is_not_asked_while_all_is_well(world: World) -> None:
    for _ in range(100):
        world.with_beacon.heard("binance")
        assert world.with_beacon.admits()
    assert world.beacon.asked == 0


async def test_the_beacon_is_not_asked_while_another_exchange_answers(world: World) -> None:
    world.beacon.up = False
    world.with_beacon.heard("okx")
    assert not await world.with_beacon.is_ours("binance")
    assert world.beacon.asked == 0


@pytest.mark.parametrize("telegram", [True, False])
async def test_with_one_exchange_alone_the_beacon_decides_and_not_telegram(world: World, telegram: bool) -> None:  # noqa: FBT001 - a row of a table
    world.telegram.up = telegram
    assert not await world.with_beacon.is_ours("binance")
    world.beacon.up = False
    world.clock.at += ASK_AGAIN
    assert await world.with_beacon.is_ours("binance")
    world.beacon.up = True
    world.clock.at += ASK_AGAIN
    assert not await world.with_beacon.is_ours("binance")
    assert not world.with_beacon.down


async def test_with_a_beacon_two_exchanges_that_fall_silent_are_two_outages(world: World) -> None:
    assert not await world.with_beacon.is_ours("binance")
    assert not await world.with_beacon.is_ours("okx")


async def test_many_that_fall_silent_at_once_are_one_question(world: World) -> None:
    world.beacon.up = False
    ours = await asyncio.gather(*(world.with_beacon.is_ours("binance") for _ in range(50)))
    assert (ours, world.beacon.asked) == ([True] * 50, 1)


async def test_an_exchange_that_answers_while_the_beacon_is_asked_speaks_for_us(world: World) -> None:
    world.beacon.up = False
    asking = asyncio.ensure_future(world.with_beacon.is_ours("binance"))  # noqa: TID251 - awaited below
    await asyncio.sleep(0)
    world.with_beacon.heard("binance")
    assert not await asking
    assert not world.with_beacon.down
