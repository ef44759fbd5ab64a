"""An exchange that counts what an address asks, and a service that watches keys at it, without waiting."""

import asyncio
import random
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.domain.connection import Credential, Environment, Place
from bot.exchanges import library
from bot.exchanges.adapter import Dialect, Endpoint
from bot.exchanges.capacity import connections_per_address
from bot.exchanges.gateway import CcxtGateway
from bot.exchanges.registry import ADAPTERS, adapter_of
from bot.sandbox.events import EventLog
from bot.sandbox.exchanges.catalogue import SIMULATORS
from bot.sandbox.exchanges.phemex import PhemexSimulator
from bot.sandbox.exchanges.simulator import serving
from bot.sandbox.exchanges.venue import Venue
from bot.sandbox.exchanges.weight import Weight
from tests.integration.exchanges.trader import credential_of
from tests.jumping_loop import LoopClock
from tests.unit.exchanges.test_budget import heaviest

INTERVAL = 60.0
KEYS = 60
"""About as many as are watched in these tests; an exchange that takes more has its limits cut down to that."""
LEAST = 10
"""What they leave of a window at least."""

PLACES = [
    Place(exchange, market, environment)
    for exchange in ADAPTERS
    for market, environments in adapter_of(exchange).PROFILE.worlds.items()
    for environment in environments
]


def named(place: Place) -> str:
    return f"{place.exchange} {place.market} {place.environment}"


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
