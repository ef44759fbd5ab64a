"""A timestamp that the exchange rejects is corrected once from the exchange's own clock."""

import asyncio

import pytest

from bot.domain.failures import Failure
from bot.sandbox.exchanges.binance import BinanceSimulator
from bot.usecases.ports import CheckItem, ItemState
from tests.integration.exchanges.trader import LINEAR_DEMO, PLACES, ShiftedClock, Trader

STALE = b'{"code":-1021,"msg":"Timestamp for this request is outside of the recvWindow."}'


@pytest.mark.parametrize("wrong_by", [-3600.0, -15.0, 2.0, 3600.0])
async def test_a_wrong_clock_of_ours_is_nobody_s_trouble(
    binance: BinanceSimulator, trader: Trader, clock: ShiftedClock, wrong_by: float
) -> None:
    clock.wrong_by = wrong_by
    account = binance.account("k1")

    await trader.probes(account)
    asked = len(binance.calls)
    await trader.probes(account)

    assert [call.path for call in binance.calls if call.path.endswith("/time")] == ["/api/v3/time"]
    assert len(binance.calls) == asked + 1  # the correction is remembered


async def test_a_clock_that_was_put_right_is_followed(
    binance: BinanceSimulator, trader: Trader, clock: ShiftedClock
) -> None:
    clock.wrong_by = 60.0
    await trader.probes(binance.account("k1"))
    clock.wrong_by = 0.0

    await trader.probes(binance.account("k1"))


async def test_futures_have_a_clock_of_their_own(binance: BinanceSimulator, trader: Trader) -> None:
    binance.faults.clock_skew(30)

    await trader.probes(binance.account("k1", "demo"), LINEAR_DEMO)

    assert "/fapi/v1/time" in {call.path for call in binance.calls}


async def test_an_exchange_that_rejects_its_own_time_is_asked_twice_and_no_more(
    binance: BinanceSimulator, trader: Trader
) -> None:
    binance.faults.error(400, STALE, path="/sapi")

    trouble = await trader.trouble_probing(binance.account("k1"))

    assert (trouble.failure, trouble.code) == (Failure.CLOCK_SKEW, "-1021")
    assert [call.path for call in binance.calls] == [
        "/sapi/v1/account/apiRestrictions",
        "/api/v3/time",
        "/sapi/v1/account/apiRestrictions",
    ]


async def test_without_the_exchange_s_time_the_skew_stays_a_skew(binance: BinanceSimulator, trader: Trader) -> None:
    binance.faults.clock_skew(-30)
    binance.faults.down(path="/api/v3/time")

    assert (await trader.trouble_probing(binance.account("k1"))).failure is Failure.CLOCK_SKEW


async def test_64_checks_that_are_rejected_together_ask_for_the_time_once(
    binance: BinanceSimulator, trader: Trader
) -> None:
    binance.faults.clock_skew(30)
    accounts = [binance.account(f"k{number}") for number in range(64)]

    await asyncio.gather(*(trader.probes(account) for account in accounts))

    assert len([call for call in binance.calls if call.path == "/api/v3/time"]) == 1


@pytest.mark.parametrize(
    ("wrong_by", "state"), [(0.0, ItemState.PASSED), (5.0, ItemState.CAUTION), (-5.0, ItemState.CAUTION)]
)
async def test_an_inspection_notices_a_clock_that_is_seconds_off(
    binance: BinanceSimulator, trader: Trader, clock: ShiftedClock, wrong_by: float, state: ItemState
) -> None:
    clock.wrong_by = wrong_by

    for place in PLACES:
        await trader.inspects(binance.account(f"{place.environment}", place.environment.value), place)
        assert trader.checklist[CheckItem.CLOCK] is state


async def test_an_exchange_that_does_not_tell_the_time_is_out_of_order(
    binance: BinanceSimulator, trader: Trader
) -> None:
    binance.faults.down()

    trouble = await trader.trouble_inspecting(binance.account("k1"))

    assert trouble.failure is Failure.EXCHANGE_UNAVAILABLE
    assert trader.checklist[CheckItem.CLOCK] is ItemState.UNKNOWN
    assert trader.checklist[CheckItem.SIGNATURE] is ItemState.WAITING
