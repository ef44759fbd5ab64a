"""BingX: clock, limits, addresses and idle keys told apart by its own codes, and what is asked in all of that."""

from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest

from bot.domain.failures import ExchangeTrouble, Failure
from bot.domain.permissions import Permission
from bot.exchanges import bingx as adapter
from bot.exchanges.adapter import Endpoint
from bot.sandbox.clock import SandboxClock
from bot.sandbox.events import EventLog
from bot.sandbox.exchanges.bingx import PERMISSIONS, TIME, UID, BingxSimulator
from bot.sandbox.exchanges.simulator import serving
from tests.integration.exchanges.known.bingx import ANSWERS, INVERSE, LINEAR, SPOT, says
from tests.integration.exchanges.trader import ShiftedClock, Trader, spend_everything, trading_at

BALANCES = {
    SPOT: "/openApi/spot/v1/account/balance",
    LINEAR: "/openApi/swap/v3/user/balance",
    INVERSE: "/openApi/cswap/v1/user/balance",
}
DAY = 86_400


@pytest.fixture
def sandbox_clock() -> SandboxClock:
    return SandboxClock()


@pytest.fixture
async def bingx(sandbox_clock: SandboxClock) -> AsyncIterator[BingxSimulator]:
    """The exchange; whatever a test did, nothing was ever changed at it."""
    simulator = BingxSimulator(sandbox_clock, EventLog())
    async with serving(simulator):
        yield simulator
    assert simulator.mutations == []


@pytest.fixture
async def trader(bingx: BingxSimulator, clock: ShiftedClock) -> AsyncIterator[Trader]:
    async with trading_at(bingx, clock) as trader:
        yield trader


# ------------------------------------------------------------------------------------------------ addresses, and ending


async def test_our_address_is_named_when_it_is_not_on_the_list(bingx: BingxSimulator, trader: Trader) -> None:
    account = bingx.account("k1")
    account.restrict_ips(["203.0.113.7"])
    bingx.caller_ip = "198.51.100.4"

    trouble = await trader.trouble_probing(account, SPOT)

    assert (trouble.failure, trouble.seen_ip) == (Failure.IP_NOT_ALLOWED, "198.51.100.4")


async def test_a_key_without_addresses_ends_when_nobody_uses_it_for_14_days(
    bingx: BingxSimulator, trader: Trader, sandbox_clock: SandboxClock
) -> None:
    used, idle, bound, reading = (bingx.account(name) for name in ("used", "idle", "bound", "reading"))
    bound.restrict_ips([bingx.caller_ip])
    reading.pose("watch")
    for _ in range(3):
        sandbox_clock.advance(7 * DAY)
        await trader.probes(used, SPOT)

    assert (await trader.trouble_probing(idle, SPOT)).failure is Failure.INVALID_KEY
    for account in (used, bound, reading):
        assert (await trader.probes(account, SPOT)).grants(Permission.READ)


# --------------------------------------------------------------------------------------------------- what is told apart


@pytest.mark.parametrize("place", list(BALANCES), ids=["spot", "linear", "inverse"])
async def test_a_wrong_clock_is_corrected_once_from_the_exchange_s(
    bingx: BingxSimulator, trader: Trader, place: Any
) -> None:
    bingx.faults.clock_skew(-90)

    await trader.probes(bingx.account("k1"), place)
    await trader.probes(bingx.account("k1"), place)

    assert [call.path for call in bingx.calls].count(TIME) == 1


async def test_a_restricted_pair_is_no_reason_to_look_at_the_clock(bingx: BingxSimulator, trader: Trader) -> None:
    bingx.faults.error(200, says(100421, "This pair is currently restricted from API trading"), path=PERMISSIONS)

    assert (await trader.trouble_probing(bingx.account("k1"), SPOT)).code == "100421 (pair)"
    assert [call.path for call in bingx.calls] == [PERMISSIONS]


@pytest.mark.parametrize(
    "words",
    [
        "code:100410:The rule is currently in the disabled period and will be unblocked after {}",
        "over 20 error code:100413 requests within 480000 ms for this api, can retry after time: {}",
    ],
)
async def test_a_limit_that_says_until_when_keeps_everybody_away_until_then(
    bingx: BingxSimulator, trader: Trader, clock: ShiftedClock, words: str
) -> None:
    until = int((clock.now() + 300) * 1000)
    bingx.faults.error(200, says(100410, words.format(until)), path=PERMISSIONS, times=1)

    trouble = await trader.trouble_probing(bingx.account("k1"), SPOT)
    await trader.trouble_probing(bingx.account("k2"), LINEAR)

    assert (trouble.failure, trouble.code) == (Failure.BANNED, "100410")
    assert trouble.retry_after == pytest.approx(300, abs=5)
    assert len(bingx.calls) == 1


async def test_risk_control_of_one_account_keeps_nobody_else_away(bingx: BingxSimulator, trader: Trader) -> None:
    busy, other = bingx.account("busy"), bingx.account("other")
    bingx.faults.error(200, says(109429, "Request is temporarily restricted due to risk control"), account="busy")

    assert (await trader.trouble_probing(busy, SPOT)).failure is Failure.RATE_LIMITED
    assert (await trader.probes(other, SPOT)).grants(Permission.READ)


async def test_who_asks_too_much_is_told_so_and_then_meets_the_firewall(
    bingx: BingxSimulator, trader: Trader, clock: ShiftedClock
) -> None:
    bingx.enforce_limits = True
    spend_everything(bingx, "address")
    failures = []
    for _ in range(12):
        failures.append((await trader.trouble_probing(bingx.account("k1"), SPOT)).failure)
        clock.passed += 1e6

    assert failures[0] is Failure.RATE_LIMITED
    assert failures[-1] is Failure.REGION_BLOCKED  # a page that knows no keys; whom it turns away it does not say


async def test_while_the_firewall_turns_our_address_away_nobody_knocks(
    bingx: BingxSimulator, trader: Trader, clock: ShiftedClock
) -> None:
    """Its page may be about the country as well; either way it is not about a key."""
    wall = bingx.faults.geo_block(by_wall=True)
    assert (await trader.trouble_probing(bingx.account("first"), SPOT)).failure is Failure.REGION_BLOCKED
    clock.passed += 299
    assert (await trader.trouble_probing(bingx.account("second"), SPOT)).failure is Failure.REGION_BLOCKED
    assert wall.hits == 1

    bingx.faults.clear()
    clock.passed += 2
    assert (await trader.probes(bingx.account("second"), SPOT)).grants(Permission.READ)


async def test_an_echo_of_what_was_sent_does_not_come_through(bingx: BingxSimulator, trader: Trader) -> None:
    account = bingx.account("k1")
    echo = f"bad request {bingx.origin}{PERMISSIONS}?timestamp=1&signature={'ab12' * 16} for {account.api_key}"
    bingx.faults.error(200, says(100001, f"{echo} signature={'cd34' * 16}"), path=PERMISSIONS)

    trouble = await trader.trouble_probing(account, SPOT)

    assert trouble.failure is Failure.BAD_SIGNATURE
    shown = repr(trouble)
    assert not [each for each in ("ab12", "cd34", "http", account.api_key[:8], account.secret) if each in shown]


# -------------------------------------------------------------------------------------------------------- what is asked


async def test_in_health_and_in_every_trouble_only_reading_paths_are_asked(
    bingx: BingxSimulator, trader: Trader, clock: ShiftedClock
) -> None:
    for place in BALANCES:
        await trader.inspects(bingx.account("k1"), place)
    for bad in ANSWERS:
        bingx.faults.error(bad.status, bad.body, path=PERMISSIONS, times=1)
        with suppress(ExchangeTrouble):
            await trader.inspects(bingx.account("k1"), SPOT)
        clock.passed += 1e6

    assert bingx.faults.active == []
    reading = {PERMISSIONS, UID, TIME, *BALANCES.values()}
    assert {(call.method, call.path) for call in bingx.calls} == {("GET", path) for path in reading}


def test_nothing_is_ever_posted() -> None:
    endpoints = [each for each in vars(adapter).values() if isinstance(each, Endpoint)]

    assert len(endpoints) == 6
    assert {each.method for each in endpoints} == {"GET"}
