"""Testnet and demo have no apiRestrictions: reading is tried, trading is tried with an order that is only tested."""

import pytest

from bot.domain.connection import Place
from bot.domain.failures import Failure
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, Permission
from bot.domain.verdict import TRADE_PERMISSION
from bot.sandbox.exchanges.binance import BinanceSimulator
from bot.usecases.ports import CheckItem, ItemState
from tests.integration.exchanges.trader import LINEAR_DEMO, SPOT_DEMO, SPOT_TESTNET, Trader

TRADE_SWITCH = {Permission.SPOT_TRADE: "enableSpotAndMarginTrading", Permission.FUTURES_TRADE: "enableFutures"}

everywhere = pytest.mark.parametrize(
    "place", [SPOT_TESTNET, SPOT_DEMO, LINEAR_DEMO], ids=["spot testnet", "spot demo", "linear demo"]
)


@everywhere
async def test_what_can_be_tried_is_inferred_and_the_rest_is_unknowable(
    binance: BinanceSimulator, trader: Trader, place: Place
) -> None:
    report = await trader.probes(binance.account("k1", place.environment.value), place)

    assert report.of(Permission.READ) == Finding(Grant.GRANTED, Certainty.INFERRED)
    assert report.of(TRADE_PERMISSION[place.market]) == Finding(Grant.GRANTED, Certainty.INFERRED)
    assert report.of(Permission.WITHDRAW) == UNKNOWABLE
    assert report.of(Permission.TRANSFER) == UNKNOWABLE
    assert report.ip_restricted is None


@everywhere
async def test_a_key_that_may_not_trade_is_found_out_without_an_order(
    binance: BinanceSimulator, trader: Trader, place: Place
) -> None:
    account = binance.account("k1", place.environment.value)
    account.forbid(TRADE_SWITCH[TRADE_PERMISSION[place.market]])

    report = await trader.probes(account, place)

    assert report.of(TRADE_PERMISSION[place.market]) == Finding(Grant.DENIED, Certainty.INFERRED)
    assert {call.path for call in binance.calls if call.method == "POST"} <= {
        "/api/v3/order/test",
        "/fapi/v1/order/test",
    }


@everywhere
async def test_a_key_that_may_trade_and_not_read_is_told_apart_from_a_dead_one(
    binance: BinanceSimulator, trader: Trader, place: Place
) -> None:
    account = binance.account("k1", place.environment.value)
    account.forbid("enableReading")

    trouble = await trader.trouble_inspecting(account, place)

    assert (trouble.failure, trouble.boxes) == (Failure.NO_READ_PERMISSION, ("Enable Reading",))
    assert trader.checklist[CheckItem.SIGNATURE] is ItemState.PASSED
    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.FAILED


@everywhere
async def test_an_inspection_says_that_permissions_were_only_tried(
    binance: BinanceSimulator, trader: Trader, place: Place
) -> None:
    account = binance.account("k1", place.environment.value)

    report = await trader.inspects(account, place)

    assert report.account_uid == str(account.uid)
    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.CAUTION
    assert trader.checklist[CheckItem.BALANCE] is ItemState.PASSED


@everywhere
async def test_an_outage_between_the_two_questions_is_no_missing_permission(
    binance: BinanceSimulator, trader: Trader, place: Place
) -> None:
    binance.faults.down(path="/api/v3/order/test")
    binance.faults.down(path="/fapi/v1/order/test")

    trouble = await trader.trouble_probing(binance.account("k1", place.environment.value), place)

    assert trouble.failure is Failure.EXCHANGE_UNAVAILABLE


async def test_a_live_key_is_a_stranger_on_the_testnet(binance: BinanceSimulator, trader: Trader) -> None:
    """The sandbox has one origin for all environments, so the stranger is played by a key that never was."""
    account = binance.account("k1", "testnet")
    account.revoke()

    assert (await trader.trouble_probing(account, SPOT_TESTNET)).failure is Failure.AMBIGUOUS_AUTH
