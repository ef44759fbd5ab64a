"""Bybit: scopes, what they leave open, when a key ends, and limits that are one user's or everybody's."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from bot.domain.connection import Environment, Market, Place, Purpose
from bot.domain.failures import Failure
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, KeyReport, Permission
from bot.domain.verdict import Caution, judge
from bot.sandbox.exchanges.bybit import BybitSimulator
from bot.usecases.ports import CheckItem, ItemState
from tests.integration.exchanges.trader import ShiftedClock, Trader, grants, simulated, spend_everything, trading_at

SPOT = Place("bybit", Market.SPOT, Environment.LIVE)
LINEAR = Place("bybit", Market.LINEAR, Environment.LIVE)
DEMO = Place("bybit", Market.LINEAR, Environment.DEMO)
KEY_INFO = "/v5/user/query-api"
NOW_MS = 1_800_000_000_000


@pytest.fixture
async def bybit() -> AsyncIterator[BybitSimulator]:
    async with simulated(BybitSimulator) as simulator:
        yield simulator


@pytest.fixture
async def trader(bybit: BybitSimulator, clock: ShiftedClock) -> AsyncIterator[Trader]:
    async with trading_at(bybit, clock) as trader:
        yield trader


async def says(bybit: BybitSimulator, trader: Trader, **info: Any) -> KeyReport:
    """What a probe makes of an answer of query-api that differs from a good key's in this."""
    scopes = {"ContractTrade": ["Order", "Position"], "Spot": ["SpotTrade"], "Wallet": [], "Derivatives": []}
    result = {"readOnly": 0, "permissions": scopes, "ips": ["203.0.113.7"], "userID": 1, "note": "n"} | info
    body = {"retCode": 0, "retMsg": "", "result": result, "time": NOW_MS}
    bybit.faults.error(200, orjson.dumps(body), path=KEY_INFO)
    return await trader.probes(bybit.account("k1"), SPOT)


def scopes(**groups: Any) -> dict[str, Any]:
    return {"ContractTrade": ["Order", "Position"], "Spot": ["SpotTrade"], "Wallet": []} | groups


async def test_a_probe_is_one_question(bybit: BybitSimulator, trader: Trader) -> None:
    account = bybit.account("k1")

    report = await trader.probes(account, LINEAR)

    assert [(call.method, call.path) for call in bybit.calls] == [("GET", KEY_INFO)]
    assert (report.account_uid, report.label, report.ip_restricted) == (str(account.uid), "k1", False)


async def test_a_read_only_key_lists_its_scopes_and_has_none_of_them(bybit: BybitSimulator, trader: Trader) -> None:
    account = bybit.account("k1")
    account.allow("readOnly", "Withdraw", "AccountTransfer")

    report = await trader.probes(account, SPOT)

    assert grants(report) == {
        "read": "granted",
        "spot_trade": "denied",
        "futures_trade": "denied",
        "transfer": "denied",
        "withdraw": "denied",
    }
    assert {finding.certainty for finding in report.findings.values()} == {Certainty.STATED}


@pytest.mark.parametrize(
    ("switch", "permission", "box"),
    [
        ("Withdraw", Permission.WITHDRAW, "Withdrawal"),
        ("AccountTransfer", Permission.TRANSFER, "Account Transfer"),
        ("SubMemberTransfer", Permission.TRANSFER, "Subaccount Transfer"),
        ("FiatP2POrder", Permission.TRANSFER, "P2P"),
    ],
)
async def test_whatever_moves_money_is_told_by_its_box(
    bybit: BybitSimulator, trader: Trader, switch: str, permission: Permission, box: str
) -> None:
    account = bybit.account("k1")
    account.allow(switch)

    assert (await trader.probes(account, SPOT)).of(permission) == Finding(Grant.GRANTED, Certainty.STATED, (box,))
    assert box in trader.gateway.profiles()["bybit"].boxes[permission]


@pytest.mark.parametrize(
    ("info", "unknown"),
    [
        ({"permissions": {"Spot": ["SpotTrade"], "ContractTrade": []}}, {Permission.TRANSFER, Permission.WITHDRAW}),
        ({"permissions": scopes(Wallet=None)}, {Permission.TRANSFER, Permission.WITHDRAW}),
        ({"permissions": scopes(Wallet="Withdraw")}, {Permission.TRANSFER, Permission.WITHDRAW}),
        ({"permissions": scopes(Wallet=["SweepEverything"])}, {Permission.TRANSFER, Permission.WITHDRAW}),
        ({"permissions": scopes(Wallet=["Withdraw", "Sweep"])}, {Permission.TRANSFER}),
        ({"permissions": scopes(ContractTrade=[], Derivatives=["DerivativesTrade"])}, {Permission.FUTURES_TRADE}),
        ({"readOnly": None}, set(Permission) - {Permission.READ, Permission.MARGIN}),
        ({"readOnly": "0"}, set(Permission) - {Permission.READ, Permission.MARGIN}),
    ],
)
async def test_what_cannot_be_read_is_unknown_and_never_off(
    bybit: BybitSimulator, trader: Trader, info: dict[str, Any], unknown: set[Permission]
) -> None:
    report = await says(bybit, trader, **info)

    assert unknown == {permission for permission, finding in report.findings.items() if finding == UNKNOWABLE}


async def test_somebody_has_to_vouch_for_what_is_unknown(bybit: BybitSimulator, trader: Trader) -> None:
    report = await says(bybit, trader, permissions=scopes(Wallet=["SweepEverything"]))

    def verdict(*, vouched: bool) -> Any:
        return judge(report, market=Market.SPOT, environment=Environment.LIVE, purpose=Purpose.TRADE, vouched=vouched)

    assert [each.failure for each in verdict(vouched=False).refusals] == [Failure.PERMISSIONS_UNKNOWN]
    assert Caution.WITHDRAWAL_UNVERIFIED in verdict(vouched=True).cautions


@pytest.mark.parametrize("body", [b"[]", b'{"retCode":0,"result":{}}', b'{"retCode":0,"result":{"permissions":{}}}'])
async def test_an_answer_of_another_shape_is_no_key_without_rights(
    bybit: BybitSimulator, trader: Trader, body: bytes
) -> None:
    bybit.faults.error(200, body, path=KEY_INFO)

    assert (await trader.trouble_probing(bybit.account("k1"), SPOT)).failure is Failure.UNEXPECTED


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("date", "days", "ends"),
    [
        ("2027-05-15T03:13:24Z", 88, at("2027-05-15T03:13:24")),
        ("1970-01-01T00:00:00Z", -2, None),  # bound to addresses
        ("1970-01-01T00:00:00Z", 88, NOW_MS / 1000 + 88 * 86_400),
        ("soon", 1, NOW_MS / 1000 + 86_400),
        (None, 0, at("2027-01-16T00:00:00")),  # some time today, which is 2027-01-15
        (None, None, None),
    ],
)
async def test_a_key_ends_on_its_date_or_when_its_days_are_over(
    bybit: BybitSimulator, trader: Trader, date: str | None, days: int | None, ends: float | None
) -> None:
    report = await says(bybit, trader, expiredAt=date, deadlineDay=days)

    assert report.expires_at == ends


async def test_a_key_without_addresses_says_when_it_ends_and_one_with_them_does_not(
    bybit: BybitSimulator, trader: Trader
) -> None:
    account = bybit.account("k1")
    assert (await trader.probes(account, SPOT)).expires_at == pytest.approx(account.created_at + 90 * 86_400, abs=1)

    account.restrict_ips(["203.0.113.7", bybit.caller_ip])

    report = await trader.probes(account, SPOT)
    assert (report.expires_at, report.ip_restricted) == (None, True)
    assert report.ip_list == (bybit.caller_ip, "203.0.113.7")


async def test_a_list_of_addresses_that_cannot_be_read_is_not_no_list(bybit: BybitSimulator, trader: Trader) -> None:
    assert (await says(bybit, trader, ips="*")).ip_restricted is None


async def test_a_classic_account_s_balance_is_asked_where_it_lies(bybit: BybitSimulator, trader: Trader) -> None:
    result = {"readOnly": 0, "permissions": scopes(), "ips": ["*"], "uta": 0, "unified": 0}
    bybit.faults.error(200, orjson.dumps({"retCode": 0, "result": result, "time": NOW_MS}), path=KEY_INFO)

    # The simulator knows unified accounts only, and names what it was asked for.
    for place, kind in ((SPOT, "SPOT"), (LINEAR, "CONTRACT")):
        trouble = await trader.trouble_inspecting(bybit.account("k1"), place)
        assert trouble.reason == f"accountType only support UNIFIED, but {kind} was sent"
        assert trader.checklist[CheckItem.SIGNATURE] is ItemState.PASSED


async def test_demo_states_nothing_and_is_not_asked_what_it_does_not_serve(
    bybit: BybitSimulator, trader: Trader
) -> None:
    account = bybit.account("k1", "demo")

    report = await trader.inspects(account, DEMO)

    assert report.of(Permission.WITHDRAW) == UNKNOWABLE
    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.CAUTION
    assert KEY_INFO not in {call.path for call in bybit.calls}


LIMITED = b'{"retCode":10006,"retMsg":"Too many visits. Exceeded the API Rate Limit.","result":{}}'
OVERRUN = b'{"retCode":10018,"retMsg":"Exceeded the IP Rate Limit.","result":{}}'


async def test_one_user_s_limit_holds_up_nobody_else(bybit: BybitSimulator, trader: Trader) -> None:
    """Their other bots share it: it is not ours to answer for."""
    bybit.faults.error(200, LIMITED, account="busy")

    assert (await trader.trouble_probing(bybit.account("busy"), SPOT)).failure is Failure.RATE_LIMITED
    await trader.probes(bybit.account("other"), SPOT)


async def test_the_address_s_limit_holds_up_everybody(
    bybit: BybitSimulator, trader: Trader, clock: ShiftedClock
) -> None:
    bybit.faults.error(200, OVERRUN, account="busy", times=1)
    await trader.trouble_probing(bybit.account("busy"), SPOT)

    assert (await trader.trouble_probing(bybit.account("other"), SPOT)).code == "10018"
    clock.passed += 31
    await trader.probes(bybit.account("other"), SPOT)


async def test_a_ban_is_waited_out_for_the_ten_minutes_it_lasts(
    bybit: BybitSimulator, trader: Trader, clock: ShiftedClock
) -> None:
    bybit.faults.ban(times=1)
    assert (await trader.trouble_probing(bybit.account("k1"), SPOT)).failure is Failure.BANNED

    clock.passed += 590
    assert (await trader.trouble_probing(bybit.account("k2"), SPOT)).failure is Failure.BANNED
    clock.passed += 11
    await trader.probes(bybit.account("k2"), SPOT)


async def test_who_asks_faster_than_an_address_may_is_banned_by_the_simulator(
    bybit: BybitSimulator, trader: Trader
) -> None:
    bybit.enforce_limits = True
    spend_everything(bybit, "address")

    assert (await trader.trouble_probing(bybit.account("k1"), SPOT)).failure is Failure.BANNED
