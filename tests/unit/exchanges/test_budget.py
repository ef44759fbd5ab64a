"""No window of an exchange's ever holds more than it allows, wherever it begins and however long the way takes."""

import asyncio
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import Failure, Trouble
from bot.exchanges.adapter import Endpoint
from bot.exchanges.budget import Budget
from bot.exchanges.capacity import (
    connections_per_address,
    counted_together,
    least_connections_per_address,
    spent_share,
)
from bot.exchanges.pace import Pace
from bot.exchanges.registry import ADAPTERS, adapter_of
from tests.jumping_loop import LoopClock, run_without_waiting

Counted = list[tuple[float, int]]
"""When the exchange counted a question, and its weight."""

BUDGETS = st.builds(
    Budget,
    most=st.integers(1, 2_000),
    seconds=st.sampled_from([1.0, 2.0, 3.0, 5.0, 10.0, 30.0, 60.0, 300.0]),
    advised=st.none() | st.integers(1, 300),
)
QUESTIONS = st.lists(
    st.tuples(
        st.floats(0, 20),  # seconds until the next one wants to be asked
        st.integers(1, 60),
        st.floats(0, 30),  # on the way there
        st.floats(0, 30),  # on the way back
    ),
    max_size=60,
)


def heaviest(counted: Counted, seconds: float) -> int:
    """The weight of the heaviest window, wherever it begins."""
    ordered = sorted(counted)
    sums = [0, *accumulate(weight for _, weight in ordered)]
    most, first = 0, 0
    for last, (at, _) in enumerate(ordered):
        while ordered[first][0] <= at - seconds:
            first += 1
        most = max(most, sums[last + 1] - sums[first])
    return most


async def asked(pace: Pace, questions: list[tuple[float, int, float, float]]) -> Counted:
    loop, counted = asyncio.get_running_loop(), []

    async def ask(weight: int, there: float, back: float) -> None:
        await pace.admit("address", weight)
        await asyncio.sleep(there)
        counted.append((loop.time(), weight))
        await asyncio.sleep(back)
        pace.answered("address", weight)

    async with asyncio.TaskGroup() as tasks:
        for wait, weight, there, back in questions:
            await asyncio.sleep(wait)
            tasks.create_task(ask(weight, there, back))
    return counted


@given(BUDGETS, QUESTIONS, st.sampled_from([1.0, 0.5, 0.1]))
@settings(max_examples=100, deadline=None)
def test_no_window_ever_holds_more_than_the_exchange_allows(
    budget: Budget, questions: list[tuple[float, int, float, float]], share: float
) -> None:
    counted = run_without_waiting(asked(Pace({"address": budget}, LoopClock(), share, 64), questions))

    assert len(counted) == len(questions)
    # A question that is heavier than all there is goes alone.
    assert heaviest(counted, budget.seconds) <= max(budget.most * share, max((q[1] for q in questions), default=0))


@pytest.mark.parametrize("exchange", ADAPTERS)
def test_what_is_spent_evenly_is_all_that_was_promised(exchange: str) -> None:
    """Much more wanted at once than may go at once: it goes as fast as was stated, less the moment of the way back."""
    for budget in adapter_of(exchange).DIALECT.budgets.values():
        count = int(budget.at_once) + 100

        async def whole(budget: Budget = budget, count: int = count) -> float:
            began = asyncio.get_running_loop().time()
            await asked(Pace({"address": budget}, LoopClock(), 1.0, 64), [(0.0, 1, 0.0, 0.1)] * count)
            return asyncio.get_running_loop().time() - began

        # Kraken's one a second is the one that waits for each answer.
        slower = 1.2 if budget.most == 1 else 1.0
        assert run_without_waiting(whole()) <= 101 * 60 / budget.a_minute * slower + 0.2


def test_a_question_heavier_than_what_may_go_at_once_is_admitted_in_parts() -> None:
    async def whole() -> float:
        pace = Pace({"address": Budget(60)}, LoopClock(), 1.0, 1)
        began = asyncio.get_running_loop().time()
        await pace.admit("address", 40)
        return asyncio.get_running_loop().time() - began

    assert 40 < run_without_waiting(whole()) < 50  # three quarters of one a second, a little at once


def test_the_longest_wish_to_be_left_alone_counts() -> None:
    async def whole() -> list[Failure | None]:
        pace = Pace({}, LoopClock(), 1.0, 1)
        pace.heed(Trouble(Failure.BANNED, retry_after=120.0))
        pace.heed(Trouble(Failure.RATE_LIMITED, retry_after=5.0))
        pace.heed(Trouble(Failure.REGION_BLOCKED))  # no exchange has said that this is about much
        heard: list[Failure | None] = []
        for wait in (0, 119, 2):
            await asyncio.sleep(wait)
            away = pace.away()
            heard.append(away.failure if away else None)
        return heard

    assert run_without_waiting(whole()) == [Failure.BANNED, Failure.BANNED, None]


# ------------------------------------------------------------------------------------------------------- what is stated


@pytest.mark.parametrize("exchange", ADAPTERS)
def test_every_question_is_charged_to_a_budget_that_can_bear_it(exchange: str) -> None:
    adapter = adapter_of(exchange)
    for endpoint in (each for each in vars(adapter).values() if isinstance(each, Endpoint)):
        assert endpoint.weight <= adapter.DIALECT.budgets[endpoint.bucket].most


@pytest.mark.parametrize("exchange", ADAPTERS)
def test_what_goes_at_once_and_what_is_spent_evenly_are_within_the_limit_together(exchange: str) -> None:
    for budget in adapter_of(exchange).DIALECT.budgets.values():
        assert max(1.0, budget.at_once) + int(budget.a_minute / 60 * budget.seconds) <= max(1, budget.most)


@pytest.mark.parametrize("exchange", ADAPTERS)
def test_it_is_stated_what_a_probe_asks(exchange: str) -> None:
    """Without it nobody knows how many connections an address carries: see ``Dialect.probe``."""
    dialect, worlds = adapter_of(exchange).DIALECT, adapter_of(exchange).PROFILE.worlds
    for market, environments in worlds.items():
        for environment in environments:
            assert dialect.asked_by_probe(market, environment)
    assert set(dialect.probe_at) <= {(market, world) for market, all_worlds in worlds.items() for world in all_worlds}


# ---------------------------------------------------------------------------------------------- what follows from it


def test_an_address_carries_what_the_budget_allows() -> None:
    # 12,000 a minute, of which three quarters; a probe costs 1.
    assert connections_per_address("binance", Market.SPOT, Environment.LIVE, 60) == 9_000
    assert connections_per_address("binance", Market.SPOT, Environment.LIVE, 10) == 1_500
    # 6,000; the account costs 20 and a test of an order 1.
    assert connections_per_address("binance", Market.SPOT, Environment.TESTNET, 60) == 4_500 // 21
    # The market of which fewest fit: futures have 2,400, and the dearest question there costs 5.
    assert least_connections_per_address("binance", Environment.DEMO, 60) == 4_500 // 21


def test_connections_of_several_markets_share_what_they_share() -> None:
    spot, linear = (Place("binance", market, Environment.DEMO) for market in (Market.SPOT, Market.LINEAR))
    first, second = (Place("bybit", market, Environment.LIVE) for market in (Market.SPOT, Market.INVERSE))

    assert spent_share("binance", {}, 60) == 0.0
    assert spent_share("binance", {spot: 107}, 60) == pytest.approx(0.5, abs=0.01)
    # Of another bucket: what counts is the one that is needed most.
    assert spent_share("binance", {spot: 107, linear: 30}, 60) == pytest.approx(0.5, abs=0.01)
    assert spent_share("bybit", {first: 2_700, second: 1_350}, 60) == pytest.approx(0.75)
    assert spent_share("bybit", {first: 2_700, second: 1_350}, 30) == pytest.approx(1.5)


def test_environments_that_only_a_header_tells_apart_are_counted_together() -> None:
    assert counted_together("okx") == {Environment.LIVE: {Environment.LIVE, Environment.DEMO}}
    assert counted_together("phemex") == {each: {each} for each in (Environment.LIVE, Environment.TESTNET)}
