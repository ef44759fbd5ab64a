"""What one address may ask, at every exchange: as many keys as are stated fit, no window of its is ever too full, and
a ban is waited out by everybody and blamed on nobody.

All of it without waiting: see ``tests.jumping_loop``. Exchanges that take thousands of keys are given a smaller limit,
and we the same part of it.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

import pytest

from bot.domain.connection import Credential, Environment, Market, Place
from bot.domain.failures import ExchangeTrouble, Failure, Trouble, policy_of
from bot.exchanges.pace import Pace
from bot.exchanges.registry import ADAPTERS, adapter_of
from bot.sandbox.exchanges.phemex import PhemexSimulator
from bot.sandbox.exchanges.venue import Request
from tests.integration.exchanges.counting import INTERVAL, PLACES, World, connections_of, counting, cut_down, named
from tests.integration.exchanges.trader import Checklist, Trader, credential_of
from tests.jumping_loop import run_without_waiting

TURNS = 2
LONGEST_PROBE = 15.0
"""Seconds that the service gives a probe."""


def dearest(exchange: str) -> Iterable[Place]:
    """Of each environment the market in which fewest connections fit, if it is another number than elsewhere."""
    here = sorted((place for place in PLACES if place.exchange == exchange), key=lambda place: place.environment)
    fewest = [min(places, key=connections_of) for _, places in groupby(here, key=lambda place: place.environment)]
    return {connections_of(place): place for place in reversed(fewest)}.values()


# ------------------------------------------------------------------------------------------------- what a probe costs


@pytest.mark.parametrize("place", PLACES, ids=named)
def test_a_probe_costs_what_is_stated(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weighed on the way out, and counted at the exchange: as many questions as were admitted."""
    spent: Counter[str] = Counter()
    admit = Pace.admit

    async def weighed(pace: Pace, bucket: str, weight: int) -> None:
        spent[bucket] += weight
        await admit(pace, bucket, weight)

    monkeypatch.setattr(Pace, "admit", weighed)
    dialect = adapter_of(place.exchange).DIALECT
    stated: Counter[str] = Counter()
    for endpoint in dialect.asked_by_probe(place.market, place.environment):
        stated[endpoint.bucket] += endpoint.weight

    async def story() -> int:
        async with counting(place) as world:
            key = world.keys(1)[0]
            await world.gateway.probe(place, key)  # what is asked now and then is asked at first
            spent.clear()
            world.venue.calls.clear()
            await world.gateway.probe(place, key)
            return len(world.venue.calls)

    questions = run_without_waiting(story())

    assert spent == stated
    assert questions == len(dialect.asked_by_probe(place.market, place.environment))


# ------------------------------------------------------------------------------------------------ as many as are stated


@pytest.mark.parametrize("place", [place for exchange in ADAPTERS for place in dearest(exchange)], ids=named)
def test_as_many_keys_as_are_stated_fit_and_the_exchange_never_minds(place: Place) -> None:
    """Every key each minute, on ways that take up to a fifth of a second, at an exchange that counts and would ban."""
    share = cut_down(place)

    async def story() -> None:
        async with counting(place, share) as world:
            world.venue.faults.latency(seconds=0.0, jitter=0.2)
            keys = world.keys(int(connections_of(place) * share))
            for key in keys if world.dialect.now_and_then else ():
                await world.gateway.probe(place, key)  # each at a time of its own, as after a while they are

            took = await world.watches(keys, TURNS)

            assert len(took) == len(keys) * TURNS
            assert max(took) < LONGEST_PROBE
            world.assert_the_exchange_did_not_mind()

    run_without_waiting(story())


@pytest.mark.parametrize("exchange", ADAPTERS)
def test_whatever_is_wanted_at_once_and_however_it_bunches_no_window_is_too_full(exchange: str) -> None:
    """More than fits in a minute, all at once, people who connect meanwhile, and ways of up to a second and a half."""
    place = next(place for place in PLACES if place.exchange == exchange)
    share = cut_down(place)

    async def story() -> None:
        async with counting(place, share) as world:
            keys = world.keys(int(connections_of(place) * share * 1.5))
            async with asyncio.TaskGroup() as all_at_once:
                for key in keys[:3]:
                    all_at_once.create_task(world.gateway.inspect(place, key, Checklist()))
                await asyncio.sleep(5)  # clocks are compared on short ways, or they would seem to differ
                world.venue.faults.latency(seconds=0.0, jitter=1.5)
                for key in keys:
                    all_at_once.create_task(world.gateway.probe(place, key))

            world.assert_the_exchange_did_not_mind()

    run_without_waiting(story())


@pytest.mark.parametrize("exchange", [exchange for exchange in ADAPTERS if adapter_of(exchange).DIALECT.marks])
def test_environments_that_share_a_host_share_its_limit(exchange: str) -> None:
    """Told apart by a header alone, they are one to whoever counts what an address asks."""
    live, demo = (
        next(place for place in PLACES if place.exchange == exchange and place.environment is environment)
        for environment in (Environment.LIVE, Environment.DEMO)
    )
    share = cut_down(live)

    async def story() -> None:
        async with counting(live, share) as world:
            count = int(connections_of(live) * share)
            async with asyncio.TaskGroup() as all_at_once:
                for place in (live, demo):
                    for number in range(count):
                        account = world.venue.account(f"{place.environment}{number}", place.environment.value)
                        all_at_once.create_task(world.gateway.probe(place, credential_of(account)))

            world.assert_the_exchange_did_not_mind()

    run_without_waiting(story())


# ----------------------------------------------------------------------------------------------------------------- bans


@pytest.mark.parametrize("exchange", ADAPTERS)
def test_a_ban_is_waited_out_by_everybody_and_blamed_on_no_key(exchange: str) -> None:
    """Ten keys are on their way when the address is shut out; the rest of them, and more, do not even ask."""
    place = next(place for place in PLACES if place.exchange == exchange)

    async def story() -> None:
        async with counting(place) as world:
            keys = world.keys(40)
            world.venue.faults.ban(retry_after=240)
            troubles = await _troubles(world, keys[:10])
            asked = len(world.venue.calls)
            first = world.dialect.asked_by_probe(place.market, place.environment)[0]
            at_once = max(1.0, world.dialect.budgets[first.bucket].at_once) / first.weight
            wait = max(trouble.retry_after or 0.0 for trouble in troubles)

            troubles += await _troubles(world, keys)
            with pytest.raises(ExchangeTrouble):
                await world.gateway.inspect(place, keys[0], Checklist())

            assert asked <= min(10, at_once + 1)
            assert len(world.venue.calls) == asked
            assert not [trouble for trouble in troubles if policy_of(trouble.failure).user_must_act]
            assert {trouble.failure for trouble in troubles} <= {Failure.BANNED, Failure.RATE_LIMITED}
            left = max(trouble.retry_after or 0.0 for trouble in troubles)
            assert 0 < left <= max(wait, 900.0)

            world.venue.faults.clear("ban")
            await asyncio.sleep(left + 1)
            await world.watches(keys, 1)

    run_without_waiting(story())


def test_who_queues_for_the_budget_when_the_address_is_shut_out_does_not_ask_any_more() -> None:
    """Of a hundred that come at once, two may go; the first answer says what the others are spared."""
    place = Place("gemini", Market.SPOT, Environment.LIVE)

    async def story() -> None:
        async with counting(place) as world:
            world.venue.faults.rate_limit()

            troubles = await _troubles(world, world.keys(100))

            assert {trouble.failure for trouble in troubles} == {Failure.RATE_LIMITED}
            assert len(world.venue.calls) <= 3

    run_without_waiting(story())


async def _troubles(world: World, keys: Sequence[Credential]) -> list[Trouble]:
    return await asyncio.gather(*(Trader(world.gateway).trouble_probing(key, world.place) for key in keys))


SPENT_BY_OTHERS = {
    "kraken": "private",
    "gemini": "private",
    "binance": "sapi/v1/account/apiRestrictions",
    "mexc": "spot",
    "krakenfutures": "derivatives",
}
"""The bucket of the simulator from which a probe is paid, where it is not called ``address``."""
COUNTS_BY_ACCOUNT = {"woo"}
"""Nobody else can spend there what our keys need."""


@pytest.mark.parametrize("exchange", [exchange for exchange in ADAPTERS if exchange not in COUNTS_BY_ACCOUNT])
def test_when_somebody_else_spends_our_address_s_limit_we_stay_away_before_it_comes_to_a_ban(exchange: str) -> None:
    """They spend it in each window of ten minutes. We ask, are refused, wait as told or as is documented, ask again."""
    place = next(place for place in PLACES if place.exchange == exchange)

    async def story() -> None:
        async with counting(place) as world:
            venue, keys, loop = world.venue, world.keys(20), asyncio.get_running_loop()
            bucket = SPENT_BY_OTHERS.get(exchange, "address")
            until = loop.time() + 600
            judge = venue._judge

            def spent(request: Request, headers: dict[str, str]) -> bytes:
                if loop.time() < until:
                    if isinstance(venue, PhemexSimulator):
                        venue.capacity = 0
                    missing = venue.limits.limit(bucket) - venue.weight.get(bucket, 0)
                    if missing > 0:
                        venue.limits.charge(bucket, missing, venue.caller_ip)
                elif isinstance(venue, PhemexSimulator):
                    venue.capacity = 5_000
                return judge(request, headers)

            venue._judge = spent
            seen: Counter[Failure | None] = Counter()
            while loop.time() < until + 600:
                try:
                    await world.gateway.probe(place, keys[sum(seen.values()) % len(keys)])
                    seen[None] += 1
                except ExchangeTrouble as failed:
                    seen[failed.trouble.failure] += 1
                await asyncio.sleep(INTERVAL / len(keys))

            assert seen[None] > 100, seen
            assert not [failure for failure in seen if failure is not None and policy_of(failure).user_must_act]
            refused = [call for call in venue.calls if call.status != 200]
            # MEXC says to come back in the next window, ten seconds long: it is asked once in each.
            assert len(refused) <= 600 / 10 + 5, "it went on asking"
            assert not [call for call in refused if call.status == 418], "it was banned"
            assert await world.watches(keys, 1)

    run_without_waiting(story())
