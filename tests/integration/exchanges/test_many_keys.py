"""All keys of an exchange share one ccxt client, one session and one connection pool, and nothing else."""

import asyncio
import random

from bot.domain.failures import ExchangeTrouble
from bot.domain.permissions import KeyReport, Permission
from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.binance import BinanceSimulator
from tests.integration.exchanges.trader import SPOT, Checklist, Trader, credential_of


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
