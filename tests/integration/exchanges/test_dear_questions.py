"""A question too dear for every probe is asked as often as the address has room for it, and never so that others wait.

Hyperliquid's agents, an hour and more of them without waiting: see ``tests.jumping_loop``.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import pytest

from bot.domain.connection import Credential, Environment, Market, Place
from bot.domain.failures import ExchangeTrouble, Failure
from bot.exchanges.hyperliquid import LOOK_AGAIN
from bot.exchanges.pace import Pace
from bot.sandbox.exchanges.hyperliquid import HyperliquidSimulator
from tests.integration.exchanges.counting import INTERVAL, World, connections_of, counting
from tests.integration.exchanges.trader import Checklist, credential_of
from tests.jumping_loop import run_without_waiting

PLACE = Place("hyperliquid", Market.LINEAR, Environment.LIVE)
TURNS = 20
LONGEST_PROBE = 15.0


class Looks:
    """When each agent's list was asked for."""

    def __init__(self, venue: HyperliquidSimulator) -> None:
        self.at: defaultdict[str, list[float]] = defaultdict(list)
        self._agents = venue._agents
        self._venue = venue
        venue._agents = self._asked  # type: ignore[method-assign]

    def _asked(self, user: str) -> list[dict[str, object]]:
        self.at[user].append(self._venue.clock.now())
        return self._agents(user)

    def gaps(self) -> list[float]:
        """Seconds between two looks at the same one, shortest first."""
        return sorted(later - earlier for times in self.at.values() for earlier, later in pairwise(times))


def venue_of(world: World) -> HyperliquidSimulator:
    assert isinstance(world.venue, HyperliquidSimulator)
    return world.venue


async def watched(world: World, keys: Sequence[Credential]) -> list[float]:
    """Watches keys for twenty minutes; returns the seconds between two looks at the same agent, shortest first."""
    for key in keys:
        await world.gateway.probe(PLACE, key)  # each at a time of its own, as after a while they are
    looks = Looks(venue_of(world))
    took = await world.watches(keys, TURNS)
    assert max(took) < LONGEST_PROBE
    world.assert_the_exchange_did_not_mind()
    return looks.gaps()


@pytest.mark.parametrize(("count", "seconds"), [(1, 60), (8, 75), (20, 120), (30, 150), (60, 220), (150, 330)])
def test_the_fewer_agents_there_are_the_sooner_one_that_is_taken_away_is_noticed(count: int, seconds: int) -> None:
    """On average; at the latest by the probe that follows five minutes, at an exchange that counts and would ban."""

    async def story() -> None:
        async with counting(PLACE) as world:
            gaps = await watched(world, world.keys(count))

            assert sum(gaps) / len(gaps) <= seconds
            assert max(gaps) < LOOK_AGAIN + INTERVAL + LONGEST_PROBE

    run_without_waiting(story())


def test_as_many_fit_as_are_stated() -> None:
    assert connections_of(PLACE) == 150


def test_one_that_is_taken_away_is_noticed_by_the_next_probe_if_it_is_alone() -> None:
    async def story() -> None:
        async with counting(PLACE) as world:
            account = world.venue.account("k1")
            await world.gateway.inspect(PLACE, credential_of(account), Checklist())
            await asyncio.sleep(INTERVAL)
            await world.gateway.probe(PLACE, credential_of(account))
            account.revoke()
            await asyncio.sleep(INTERVAL)
            with pytest.raises(ExchangeTrouble) as told:
                await world.gateway.probe(PLACE, credential_of(account))
            assert told.value.trouble.failure is Failure.INVALID_KEY

    run_without_waiting(story())


def test_a_look_that_is_young_is_believed_however_much_room_there_is() -> None:
    async def story() -> None:
        async with counting(PLACE) as world:
            key = world.keys(1)[0]
            await world.gateway.probe(PLACE, key)
            looks = Looks(venue_of(world))
            for _ in range(3):
                await asyncio.sleep(2)
                await world.gateway.probe(PLACE, key)
            assert not looks.at

    run_without_waiting(story())


def test_agents_without_a_name_cost_more_and_are_looked_at_as_the_room_allows() -> None:
    async def story() -> None:
        async with counting(PLACE) as world:
            accounts = [world.venue.account(f"k{number}") for number in range(30)]
            for account in accounts:
                account.forbid("named")

            gaps = await watched(world, [credential_of(account) for account in accounts])

            assert max(gaps) < LOOK_AGAIN + INTERVAL + LONGEST_PROBE

    run_without_waiting(story())


def test_whoever_waits_for_the_budget_goes_before_what_can_be_spared() -> None:
    async def story() -> None:
        async with counting(PLACE) as world:
            pace: Pace = world.gateway._paces[PLACE.exchange, PLACE.environment]
            assert pace.spent("address", 180) == pytest.approx(0.2)
            async with asyncio.TaskGroup() as waiting:
                waiting.create_task(pace.admit("address", 600))
                await asyncio.sleep(0.1)
                assert pace.spent("address", 1) > 1
            assert pace.spent("address", 0) == pytest.approx(600 / 900)
            pace.answered("address", 600)
            await asyncio.sleep(62)
            assert pace.spent("address", 0) == 0

    run_without_waiting(story())
