"""WOO X answers for all keys of an account, ten times a minute: however many are watched, it is never asked more often,
and no right that appears goes unnoticed for that.

All of it without waiting: see ``tests.jumping_loop``. The exchange counts every window, wherever it begins.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from bot.domain.connection import Place
from bot.domain.failures import ExchangeTrouble, Failure
from bot.domain.permissions import UNKNOWABLE, Certainty, Grant, KeyReport, Permission
from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.woo import BALANCES, CREDENTIALS, TIME, WooSimulator
from tests.integration.exchanges.counting import World, counting
from tests.integration.exchanges.known.woo import LINEAR, SPOT, says
from tests.integration.exchanges.trader import Trader, credential_of, grants
from tests.jumping_loop import run_without_waiting
from tests.unit.exchanges.test_budget import heaviest

MINUTE = 60.0


@dataclass
class Owner:
    """Somebody with one account and many keys.

    Attributes:
        seen: by key, when a probe first reported that it may withdraw.
    """

    woo: WooSimulator
    trader: Trader
    keys: list[Account]
    seen: dict[str, float]

    async def watches(self, turns: int, *, jitter: float = 0.0) -> None:
        """Each key once a minute at a moment of its own, some of them for spot and some for futures."""
        dice, loop = random.Random(11), asyncio.get_running_loop()  # noqa: S311 - moments

        async def watch(key: Account, place: Place, phase: float) -> None:
            began = loop.time() + phase
            for turn in range(turns):
                await asyncio.sleep(began + turn * MINUTE - loop.time() + jitter * dice.random())
                report = await self.trader.probes(key, place)
                if report.grants(Permission.WITHDRAW):
                    self.seen.setdefault(key.name, loop.time())

        async with asyncio.TaskGroup() as watched:
            for number, key in enumerate(self.keys):
                watched.create_task(watch(key, LINEAR if number % 2 else SPOT, dice.random() * MINUTE))

    def asked(self, path: str) -> list[float]:
        return [call.at for call in self.woo.calls if call.path == path]

    def heaviest_minute(self) -> int:
        return heaviest([(at, 1) for at in self.asked(CREDENTIALS)], MINUTE)


@asynccontextmanager
async def owner(keys: int) -> AsyncIterator[Owner]:
    async with counting(SPOT) as world:
        assert isinstance(world.venue, WooSimulator)
        first = world.venue.account("k1")
        of_one_account = [first, *(first.new_key() for _ in range(keys - 1))]
        yield Owner(world.venue, Trader(world.gateway), of_one_account, {})
        assert world.venue.limits.refusals == 0
        assert {call.status for call in world.venue.calls} == {200}


def story(told: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    """A test in which nobody waits."""

    def test() -> None:
        run_without_waiting(told())

    test.__name__, test.__doc__ = told.__name__, told.__doc__
    return test


@pytest.mark.parametrize("keys", [1, 4, 5, 10, 11, 25, 120])
def test_however_many_keys_of_an_account_are_watched_it_is_asked_ten_times_a_minute_at_most(keys: int) -> None:
    async def told() -> None:
        async with owner(keys) as alice:
            alice.woo.faults.latency(seconds=0.0, jitter=0.4)
            await alice.watches(turns=6, jitter=5.0)

            assert alice.heaviest_minute() <= 10
            assert len(alice.woo.calls) == 6 * keys  # a question each, whichever it is

    run_without_waiting(told())


@pytest.mark.parametrize(("keys", "seconds"), [(1, 61.0), (4, 61.0), (25, 71.0), (120, 71.0)])
def test_a_right_to_withdraw_that_appears_is_seen_as_soon_as_the_account_may_be_asked(
    keys: int, seconds: float
) -> None:
    """Of few keys by the next probe; of many by the first probe after the next list, ten seconds on at most."""

    async def told() -> None:
        async with owner(keys) as alice:
            dangerous, loop = alice.keys[-1], asyncio.get_running_loop()
            began = loop.time()

            async def happens() -> None:
                await asyncio.sleep(100)
                dangerous.pose("withdraw")

            await asyncio.gather(alice.watches(turns=4), happens())

            assert set(alice.seen) == {dangerous.name}
            assert alice.seen[dangerous.name] - began - 100 <= seconds

    run_without_waiting(told())


@story
async def test_a_key_checked_by_hand_is_looked_at_itself_among_many_that_are_watched() -> None:
    """What a person has just changed is not answered with what another key was told before that."""
    async with owner(25) as alice:
        mine = alice.keys[3]

        async def checks() -> list[bool]:
            said = []
            for pose in ("withdraw", None, "withdraw"):
                await asyncio.sleep(70)
                mine.set(WITHDRAWAL=pose is not None)
                said.append((await alice.trader.inspects(mine, SPOT)).grants(Permission.WITHDRAW))
            return said

        _, said = await asyncio.gather(alice.watches(turns=5), checks())

        assert said == [True, False, True]
        assert alice.heaviest_minute() <= 10


@story
async def test_somebody_who_checks_by_hand_again_and_again_is_asked_to_wait_and_the_watch_goes_on() -> None:
    async with owner(12) as alice:
        troubles = []
        for _ in range(20):
            try:
                await alice.trader.inspects(alice.keys[0], SPOT)
            except ExchangeTrouble as failed:
                troubles.append(failed.trouble)
            await asyncio.sleep(1)
        await alice.watches(turns=2)

        assert {(trouble.failure, trouble.code) for trouble in troubles} == {(Failure.RATE_LIMITED, "own pace")}
        assert len(troubles) == 11
        assert alice.heaviest_minute() <= 10


@story
async def test_a_key_that_is_new_to_the_account_is_looked_at_at_once() -> None:
    async with owner(11) as alice:
        await alice.watches(turns=2)
        new = alice.keys[0].new_key()
        new.allow("WITHDRAWAL")

        report = await alice.trader.inspects(new, SPOT)

        assert report.grants(Permission.WITHDRAW)
        assert alice.heaviest_minute() <= 10


@story
async def test_a_dead_key_of_many_asks_for_no_list_and_is_told_by_its_own_balance() -> None:
    async with counting(SPOT) as world:
        alice = await _with_a_list_just_told(world)
        alice.keys[7].revoke()

        trouble = await alice.trader.trouble_probing(alice.keys[7], SPOT)

        assert (trouble.failure, trouble.code) == (Failure.AMBIGUOUS_AUTH, "-1002")
        assert [call.path for call in alice.woo.calls] == [BALANCES, TIME]


@story
async def test_where_somebody_else_uses_up_the_allowance_the_last_list_stands_for_five_minutes() -> None:
    """Their own program asks too. Then nobody is told that a good key is in trouble, until we know too little of it."""
    async with counting(SPOT) as world:
        alice = await _with_a_list_just_told(world)
        alice.woo.faults.error(429, says(-1003, "Rate limit exceed."), path=CREDENTIALS)
        await asyncio.sleep(61)
        first = await alice.trader.probes(alice.keys[0], SPOT)
        calls = len(alice.woo.calls)
        second = await alice.trader.probes(alice.keys[1], SPOT)

        assert grants(first) == grants(second)
        assert first.of(Permission.WITHDRAW).certainty is Certainty.STATED
        assert [call.path for call in alice.woo.calls][calls:] == [BALANCES]  # nobody asks for a while
        await asyncio.sleep(301)
        trouble = await alice.trader.trouble_probing(alice.keys[0], SPOT)
        assert trouble.failure is Failure.RATE_LIMITED


@story
async def test_keys_that_the_list_masks_count_for_their_account_all_the_same() -> None:
    async with owner(25) as alice:
        alice.woo.masks_keys = True
        reports: list[KeyReport] = []
        for key in alice.keys:
            await asyncio.sleep(10)
            reports.append(await alice.trader.probes(key, SPOT))
        calls = len(alice.woo.calls)
        reports += [await alice.trader.probes(key, SPOT) for key in alice.keys]

        assert {report.of(Permission.WITHDRAW) for report in reports} == {UNKNOWABLE}
        assert {report.of(Permission.READ).grant for report in reports} == {Grant.GRANTED}
        assert [call.path for call in alice.woo.calls][calls:].count(CREDENTIALS) <= 1


async def _with_a_list_just_told(world: World) -> Owner:
    assert isinstance(world.venue, WooSimulator)
    first = world.venue.account("k1")
    alice = Owner(world.venue, Trader(world.gateway), [first, *(first.new_key() for _ in range(11))], {})
    for key in alice.keys:
        await world.gateway.probe(SPOT, credential_of(key))
    world.venue.calls.clear()
    return alice
