"""What one address may ask, at every exchange: as many keys as are stated fit, none of its windows is ever too full, and
a ban is waited out by everybody and blamed on nobody.

All of it without waiting: see ``tests.jumping_loop``. Exchanges that take thousands of keys are given a smaller limit,
and we the same part of it.
"""

import asyncio
import random
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import groupby

import pytest

from bot.domain.connection import Credential, Environment, Place
from bot.domain.failures import ExchangeTrouble, Failure, Trouble, policy_of
from bot.exchanges import library
from bot.exchanges.adapter import Dialect, Endpoint
from bot.exchanges.capacity import connections_per_address
from bot.exchanges.gateway import CcxtGateway
from bot.exchanges.pace import Pace
from bot.exchanges.registry import ADAPTERS, adapter_of
from bot.sandbox.events import EventLog
from bot.sandbox.exchanges.catalogue import SIMULATORS
from bot.sandbox.exchanges.phemex import PhemexSimulator
from bot.sandbox.exchanges.simulator import serving
from bot.sandbox.exchanges.venue import Venue
from bot.sandbox.exchanges.weight import Weight
from tests.integration.exchanges.trader import Checklist, Trader, credential_of
from tests.jumping_loop import LoopClock, run_without_waiting
from tests.unit.exchanges.test_budget import heaviest

INTERVAL = 60.0
KEYS = 60
"""About as many as are watched in these tests; an exchange that takes more has its limits cut down to that."""
LEAST = 10
TURNS = 2
LONGEST_PROBE = 15.0
"""Seconds that the service gives a probe."""

PLACES = [
    Place(exchange, market, environment)
    for exchange in ADAPTERS
    for market, environments in adapter_of(exchange).PROFILE.worlds.items()
    for environment in environments
]


def named(place: Place) -> str:
    return f"{place.exchange} {place.market} {place.environment}"


def dearest(exchange: str) -> Iterable[Place]:
    """Of each environment the market in which fewest connections fit, if it is another number than elsewhere."""
    here = sorted((place for place in PLACES if place.exchange == exchange), key=lambda place: place.environment)
    fewest = [min(places, key=connections_of) for _, places in groupby(here, key=lambda place: place.environment)]
    return {connections_of(place): place for place in reversed(fewest)}.values()


def connections_of(place: Place, interval: float = INTERVAL) -> int:
    return connections_per_address(place.exchange, place.market, place.environment, interval)


def cut_down(place: Place) -> float:
    """The part of its limits that leaves about ``KEYS`` keys, and ten of whatever it counts to a window."""
    dialect = adapter_of(place.exchange).DIALECT
    asked = {endpoint.bucket for endpoint in dialect.asked_by_probe(place.market, place.environment)}
    fewest = min(dialect.budgets[bucket].most for bucket in asked)
    return min(1.0, max(KEYS / connections_of(place), LEAST / fewest))


@dataclass
class World:
    """An exchange that counts, and a service that watches keys at it.

    Attributes:
        share: the part of the real limits that both go by.
    """

    venue: Venue
    gateway: CcxtGateway
    place: Place
    share: float
    moved: bool = False

    @property
    def dialect(self) -> Dialect:
        return adapter_of(self.place.exchange).DIALECT

    def keys(self, count: int) -> Sequence[Credential]:
        return [
            credential_of(self.venue.account(f"k{number}", self.place.environment.value)) for number in range(count)
        ]

    async def watches(self, keys: Sequence[Credential], turns: int) -> list[float]:
        """Probes each key once a minute, at a moment of its own; returns how long each probe took.

        Raises:
            ExchangeTrouble: as soon as one is refused.
        """
        dice, loop, took = random.Random(5), asyncio.get_running_loop(), []  # noqa: S311 - moments

        async def watch(key: Credential, phase: float) -> None:
            began = loop.time() + phase
            for turn in range(turns):
                await asyncio.sleep(began + turn * INTERVAL - loop.time())
                started = loop.time()
                await self.gateway.probe(self.place, key)
                took.append(loop.time() - started)

        async with asyncio.TaskGroup() as watched:
            for key in keys:
                watched.create_task(watch(key, dice.random() * INTERVAL))
        return took

    def arrived(self) -> dict[str, list[tuple[float, int]]]:
        """When each question arrived, and its weight, by bucket, as our own statements have it."""
        endpoints = [each for each in vars(adapter_of(self.place.exchange)).values() if isinstance(each, Endpoint)]
        charged = [(re.compile(r".*/" + re.sub(r"\{[^}]*\}", "[^/]+", each.path)), each) for each in endpoints]
        arrived: dict[str, list[tuple[float, int]]] = {name: [] for name in self.dialect.budgets}
        for call in self.venue.calls:
            meant = max((each for path, each in charged if path.fullmatch(call.path)), key=lambda each: len(each.path))
            arrived[meant.bucket].append((call.at, meant.weight))
        return arrived

    def assert_the_exchange_did_not_mind(self) -> None:
        """Neither does it by its own count, nor would it by what it documents."""
        assert self.venue.limits.refusals == 0
        assert not {call.status for call in self.venue.calls} & {403, 418, 429}
        for bucket, counted in self.arrived().items():
            budget = self.dialect.budgets[bucket]
            heaviest_question = max((weight for _, weight in counted), default=0)
            assert heaviest(counted, budget.seconds) <= max(budget.most * self.share, heaviest_question), bucket


@asynccontextmanager
async def counting(place: Place, share: float = 1.0) -> AsyncIterator[World]:
    """The exchange enforces its limits; ccxt is loaded and the line laid, so that nothing waits for a thread."""
    clock = LoopClock()
    library.load(adapter_of(place.exchange).DIALECT.ccxt_class)
    venue = SIMULATORS[place.exchange](clock, EventLog())
    venue._real_time = clock.now
    if share < 1:
        rules = venue.rules
        venue.limits = Weight(
            {
                bucket: max(60 // rules.counted_in.get(bucket, 60), int(a_minute * share))
                for bucket, a_minute in rules.weight_a_minute.items()
            },
            clock.now,
            rules.counted_in,
        )
    if isinstance(venue, PhemexSimulator):
        venue.capacity = int((500 if place.environment is Environment.TESTNET else venue.capacity) * share)
    async with serving(venue):
        # Time jumps while a thread works: nothing is given up here, and what takes too long is seen afterwards.
        gateway = CcxtGateway({place.exchange: venue.origin}, clock, [], timeout=1e9, budget_share=share)
        try:
            await gateway.probe(place, credential_of(venue.account("first", place.environment.value)))
            await asyncio.sleep(600)  # whatever window that was counted in
            venue.calls.clear()
            venue.enforce_limits = True
            yield World(venue, gateway, place, share)
        finally:
            await gateway.close()
    assert venue.mutations == []


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
            world.venue.faults.latency(seconds=0.0, jitter=1.5)
            keys = world.keys(int(connections_of(place) * share * 1.5))
            async with asyncio.TaskGroup() as all_at_once:
                for key in keys:
                    all_at_once.create_task(world.gateway.probe(place, key))
                for key in keys[:3]:
                    all_at_once.create_task(world.gateway.inspect(place, key, Checklist()))

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
            wait = max(trouble.retry_after or 0.0 for trouble in troubles)

            troubles += await _troubles(world, keys)
            with pytest.raises(ExchangeTrouble):
                await world.gateway.inspect(place, keys[0], Checklist())

            assert asked <= 10
            assert len(world.venue.calls) == asked
            assert not [trouble for trouble in troubles if policy_of(trouble.failure).user_must_act]
            assert {trouble.failure for trouble in troubles} <= {Failure.BANNED, Failure.RATE_LIMITED}
            left = max(trouble.retry_after or 0.0 for trouble in troubles)
            assert 0 < left <= max(wait, 900.0)

            world.venue.faults.clear("ban")
            await asyncio.sleep(left + 1)
            await world.watches(keys, 1)

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

            def spent(request: object, headers: dict[str, str]) -> bytes:
                if loop.time() < until:
                    if isinstance(venue, PhemexSimulator):
                        venue.capacity = 0
                    missing = venue.limits.limit(bucket) - venue.weight.get(bucket, 0)
                    if missing > 0:
                        venue.limits.charge(bucket, missing, venue.caller_ip)
                elif isinstance(venue, PhemexSimulator):
                    venue.capacity = 5_000
                return judge(request, headers)  # type: ignore[arg-type]

            venue._judge = spent  # type: ignore[assignment]
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
