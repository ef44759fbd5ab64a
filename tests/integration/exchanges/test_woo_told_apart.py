"""WOO X has one code for nearly everything that is wrong: it is looked into before a key is blamed."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.connection import Place, Purpose
from bot.domain.failures import Failure
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, KeyReport, Permission
from bot.domain.verdict import Caution, Verdict, judge
from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.woo import BALANCES, CREDENTIALS, TIME, WooSimulator
from bot.usecases.ports import CheckItem, ItemState
from tests.integration.exchanges.known.woo import SPOT, STAGING, VAGUE, says
from tests.integration.exchanges.trader import ShiftedClock, Trader, simulated, trading_at

OFF = Finding(Grant.DENIED, Certainty.STATED)
REFUSED = says(-1002, VAGUE)


@pytest.fixture
async def woo() -> AsyncIterator[WooSimulator]:
    async with simulated(WooSimulator) as simulator:
        yield simulator


@pytest.fixture
async def trader(woo: WooSimulator, clock: ShiftedClock) -> AsyncIterator[Trader]:
    async with trading_at(woo, clock) as trader:
        yield trader


@pytest.fixture
def account(woo: WooSimulator) -> Account:
    return woo.account("k1")


def verdict(report: KeyReport, place: Place = SPOT) -> Verdict:
    return judge(report, market=place.market, environment=place.environment, purpose=Purpose.TRADE)


def asked(woo: WooSimulator) -> list[str]:
    return [call.path for call in woo.calls]


# ------------------------------------------------------------------------------------------------ one code for them all


async def test_a_key_that_may_not_see_the_list_is_alive_and_its_rights_are_not_known(
    woo: WooSimulator, trader: Trader, account: Account
) -> None:
    woo.lists_keys = False

    inspected, probed = await trader.inspects(account, SPOT), await trader.probes(account, SPOT)

    assert inspected == probed
    assert inspected.of(Permission.WITHDRAW) == inspected.of(Permission.TRANSFER) == UNKNOWABLE
    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.CAUTION
    assert [each.failure for each in verdict(inspected).refusals] == [Failure.PERMISSIONS_UNKNOWN]
    assert asked(woo) == [TIME, CREDENTIALS, BALANCES, BALANCES, BALANCES]


async def test_a_key_that_may_not_see_the_list_asks_for_it_again_later(
    woo: WooSimulator, trader: Trader, account: Account, clock: ShiftedClock
) -> None:
    woo.lists_keys = False
    await trader.probes(account, SPOT)
    woo.lists_keys = True
    await trader.probes(account, SPOT)
    clock.passed += 301

    assert (await trader.probes(account, SPOT)).of(Permission.WITHDRAW) == OFF
    assert asked(woo) == [CREDENTIALS, BALANCES, BALANCES, CREDENTIALS]


async def test_on_staging_a_key_that_may_not_see_the_list_needs_nobody_to_vouch(
    woo: WooSimulator, trader: Trader
) -> None:
    woo.lists_keys = False

    report = await trader.inspects(woo.account("k1", "testnet"), STAGING)

    assert Caution.NOT_VERIFIABLE_HERE in verdict(report, STAGING).cautions
    assert verdict(report, STAGING).accepted


@pytest.mark.parametrize("wrong", ["key", "address", "right"])
async def test_what_woo_does_not_tell_apart_is_told_as_it_is(
    woo: WooSimulator, trader: Trader, account: Account, wrong: str
) -> None:
    match wrong:
        case "key":
            account.revoke()
        case "address":
            account.restrict_ips(["203.0.113.7"])
        case _:
            account.forbid("READ")

    trouble = await trader.trouble_probing(account, SPOT)

    assert (trouble.failure, trouble.code, trouble.reason) == (Failure.AMBIGUOUS_AUTH, "-1002", VAGUE)
    assert asked(woo) == [CREDENTIALS, BALANCES, TIME]


async def test_a_clock_that_is_far_off_is_not_taken_for_a_bad_key(
    woo: WooSimulator, trader: Trader, account: Account
) -> None:
    woo.faults.clock_skew(-400)

    first = await trader.probes(account, SPOT)
    second = await trader.probes(account, SPOT)

    assert first.of(Permission.WITHDRAW) == second.of(Permission.WITHDRAW) == OFF
    assert asked(woo) == [CREDENTIALS, BALANCES, TIME, CREDENTIALS, CREDENTIALS]


async def test_a_clock_that_is_a_little_off_excuses_no_bad_key(
    woo: WooSimulator, trader: Trader, account: Account
) -> None:
    woo.faults.clock_skew(60)
    account.revoke()

    assert (await trader.trouble_probing(account, SPOT)).failure is Failure.AMBIGUOUS_AUTH
    assert asked(woo).count(CREDENTIALS) == 1


async def test_a_key_is_not_blamed_while_the_clock_cannot_be_asked(
    woo: WooSimulator, trader: Trader, account: Account
) -> None:
    account.revoke()
    woo.faults.down(path=TIME)

    assert (await trader.trouble_probing(account, SPOT)).failure is Failure.EXCHANGE_UNAVAILABLE


async def test_the_balance_says_more_than_the_list_where_it_does(
    woo: WooSimulator, trader: Trader, account: Account
) -> None:
    woo.faults.error(401, REFUSED, path=CREDENTIALS)
    account.suspend()

    trouble = await trader.trouble_probing(account, SPOT)

    assert (trouble.failure, trouble.code) == (Failure.ACCOUNT_SUSPENDED, "302307")


async def test_a_balance_that_is_refused_refuses_the_key(woo: WooSimulator, trader: Trader, account: Account) -> None:
    woo.faults.error(200, REFUSED, path=BALANCES)

    assert (await trader.trouble_inspecting(account, SPOT)).failure is Failure.AMBIGUOUS_AUTH
    assert trader.checklist[CheckItem.BALANCE] is ItemState.FAILED


# --------------------------------------------------------------------------------------------------------------- limits


async def test_a_page_that_says_too_many_requests_is_about_the_address(
    woo: WooSimulator, trader: Trader, account: Account
) -> None:
    woo.faults.ban(times=1)

    assert (await trader.trouble_probing(account, SPOT)).code == "HTTP 429"
    assert (await trader.trouble_probing(woo.account("other"), SPOT)).failure is Failure.RATE_LIMITED
    assert len(woo.calls) == 1
