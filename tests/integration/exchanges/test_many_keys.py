"""All keys of an exchange share one ccxt client, one session and one connection pool, and nothing else."""

import asyncio
import random

import pytest

from bot.domain.failures import ExchangeTrouble
from bot.domain.permissions import KeyReport, Permission
from bot.exchanges.registry import ADAPTERS
from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.binance import BinanceSimulator
from tests.integration.exchanges.counting import PLACES, counting
from tests.integration.exchanges.trader import SPOT, Checklist, Trader, credential_of
from tests.jumping_loop import run_without_waiting


async def test_64_checks_at_once_each_speak_for_their_own_key(binance: BinanceSimulator, trader: Trader) -> None:
    """The simulator verifies every signature against the key it came with: a mixed-up pair would be refused."""
    dice = random.Random(7)  # noqa: S311 - which test keys are odd
    accounts = [binance.account(f"k{number}") for number in range(64)]
    dangerous = set(dice.sample(range(64), 16))
    for number in dangerous:
        accounts[number].allow("enableWithdrawals")
    binance.faults.latency(seconds=0.0, jitter=0.02)

    async def look(account: Account) -> tuple[bool, str | None]:
        report: KeyReport = await trader.gateway.inspect(SPOT, credential_of(account), Checklist())
        return report.grants(Permission.WITHDRAW), report.account_uid

    for _ in range(3):
        looks = await asyncio.gather(*(look(account) for account in accounts))
        assert looks == [(number in dangerous, str(account.uid)) for number, account in enumerate(accounts)]


@pytest.mark.parametrize("exchange", ADAPTERS)
def test_at_every_exchange_dead_keys_among_good_ones_are_the_only_ones_in_trouble(exchange: str) -> None:
    place = next(place for place in PLACES if place.exchange == exchange)
    dead = {5, 6, 17}

    async def story() -> list[int]:
        async with counting(place) as world:
            keys = world.keys(24)
            for number in dead:
                world.venue.account(f"k{number}", place.environment.value).revoke()
            world.venue.faults.latency(seconds=0.0, jitter=0.2)
            looks = await asyncio.gather(*(world.gateway.probe(place, key) for key in keys), return_exceptions=True)
            assert all(isinstance(outcome, KeyReport | ExchangeTrouble) for outcome in looks)
            return [number for number, outcome in enumerate(looks) if isinstance(outcome, ExchangeTrouble)]

    assert set(run_without_waiting(story())) == dead


async def test_a_dead_key_among_63_good_ones_is_the_only_one_in_trouble(
    binance: BinanceSimulator, trader: Trader
) -> None:
    accounts = [binance.account(f"k{number}") for number in range(64)]
    accounts[17].revoke()

    outcomes = await asyncio.gather(*(trader.probes(account) for account in accounts), return_exceptions=True)

    assert [number for number, outcome in enumerate(outcomes) if isinstance(outcome, ExchangeTrouble)] == [17]
    assert all(isinstance(outcome, KeyReport | ExchangeTrouble) for outcome in outcomes)


async def test_a_credential_stays_in_the_shared_client_no_longer_than_it_takes_to_sign(
    binance: BinanceSimulator, trader: Trader
) -> None:
    account = binance.account("k1")
    await trader.inspects(account)

    for line in trader.gateway._lines.values():
        held = repr(vars(line.client._ccxt))
        assert account.api_key not in held
        assert account.secret not in held
