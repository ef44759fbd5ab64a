"""Sweeps are counted, outsiders hear of each, and everybody hears of the time in which there was none."""

from dataclasses import dataclass, field

import pytest

from bot.domain.failures import Severity
from bot.usecases.blind import TellBlind
from bot.usecases.delivery import Kind
from bot.usecases.sweeps import CountSweeps
from tests.integration.usecases.conftest import ALICE, BOB, World

INTERVAL = 60.0


@dataclass
class Switch:
    """``DeadMansSwitch``: what the other end hears."""

    heard: list[bool] = field(default_factory=list)

    async def signal(self, *, well: bool) -> bool:
        self.heard.append(well)
        return True


@dataclass
class Watching:
    """A process that watches; another one after each restart."""

    world: World
    switch: Switch = field(default_factory=Switch)

    def __post_init__(self) -> None:
        self.restarts()

    def restarts(self, after: float = 0.0) -> None:
        self.world.clock.at += after
        self.tell_blind = TellBlind(self.world.store, INTERVAL)
        self.sweeps = CountSweeps(
            self.world.store, self.tell_blind, self.world.clock, self.world.tasks, INTERVAL, self.switch
        )

    async def round(self, behind: int = 0) -> None:
        self.world.clock.at += INTERVAL
        await self.sweeps.over(behind)
        await self.world.tasks.aclose(1.0)
        self.world.tasks._closed = False

    async def heard(self) -> list[tuple[int, float, float]]:
        """Who was told that nobody watched: chat, since and until, in seconds from now."""
        now = self.world.clock.at
        told = [item for item in await self.world.messages() if item.kind is Kind.WAS_BLIND]
        assert all(item.silent and item.severity is Severity.INFO for item in told)
        return [(item.chat_id, item.args["since"] - now, item.args["until"] - now) for item in told]


@pytest.fixture
def watching(world: World) -> Watching:
    return Watching(world)


async def test_round_after_round_nobody_hears_anything(world: World, watching: Watching) -> None:
    await world.connected()
    for _ in range(3):
        await watching.round()
    assert await watching.heard() == []
    assert watching.sweeps.last_at == world.clock.at


async def test_the_first_round_ever_tells_nothing(world: World, watching: Watching) -> None:
    await world.connected()
    await watching.round()
    assert await watching.heard() == []


async def test_after_a_long_stop_each_chat_hears_once_however_many_connections_it_has(
    world: World, watching: Watching
) -> None:
    for name in ("one", "two", "three"):
        await world.connected(ALICE, name)
    await world.connected(BOB, "bobs")
    await watching.round()
    watching.restarts(after=600)
    await watching.round()
    assert await watching.heard() == [(ALICE, -660.0, -60.0), (BOB, -660.0, -60.0)]
    await watching.round()
    assert await watching.heard() == []


async def test_a_restart_that_took_two_intervals_is_no_news(world: World, watching: Watching) -> None:
    await world.connected()
    await watching.round()
    watching.restarts(after=2 * INTERVAL)
    await watching.round()
    assert await watching.heard() == []


async def test_after_a_stall_everybody_hears_too(world: World, watching: Watching) -> None:
    await world.connected()
    await watching.round()
    for _ in range(3):
        await watching.round(behind=1)
    await watching.round()
    assert await watching.heard() == [(ALICE, -240.0, -60.0)]


async def test_one_round_in_which_somebody_was_late_is_no_blindness(world: World, watching: Watching) -> None:
    await world.connected()
    await watching.round()
    await watching.round(behind=1)
    await watching.round()
    assert await watching.heard() == []


async def test_who_notices_first_tells_and_who_notices_too_tells_nothing(world: World, watching: Watching) -> None:
    await world.connected()
    now = world.clock.at
    assert await watching.tell_blind(now - 600, now) == 1
    assert await watching.tell_blind(now - 580, now + 30) == 0
    assert [(since, until) for _, since, until in await watching.heard()] == [(-600.0, 0.0)]
    assert await watching.tell_blind(now - 580, now + 300) == 1
    assert [(since, until) for _, since, until in await watching.heard()] == [(0.0, 300.0)]


async def test_a_network_that_was_down_for_a_moment_is_no_news(world: World, watching: Watching) -> None:
    await world.connected()
    now = world.clock.at
    assert await watching.tell_blind(now - 2 * INTERVAL, now) == 0
    assert await watching.heard() == []
    assert await watching.tell_blind(now - 2 * INTERVAL - 1.0, now) == 1


async def test_a_round_that_cannot_be_noted_does_not_count_and_outsiders_hear_so(
    world: World, watching: Watching
) -> None:
    """On a full disk no alert can be written either: a dead-man's switch that hears nothing of it is none."""
    await watching.round()
    seen = watching.sweeps.last_at
    await world.store.close()
    await watching.round()
    assert watching.sweeps.last_at == seen
    assert watching.switch.heard == [True, False]


async def test_outsiders_hear_of_each_round_and_how_it_was(world: World, watching: Watching) -> None:
    await watching.round()
    await watching.round(behind=2)
    await watching.round()
    assert watching.switch.heard == [True, False, True]


async def test_outsiders_hear_at_most_once_an_interval(world: World, watching: Watching) -> None:
    await watching.round()
    world.clock.at += 10
    await watching.sweeps.over(0)
    assert watching.switch.heard == [True]
