"""Crypto.com: nothing is ever said of a key's rights, something of its account, and nothing just tells the time."""

from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest

from bot.domain.connection import Environment, Market, Place, Purpose
from bot.domain.failures import Failure
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, Permission
from bot.domain.verdict import Caution, judge
from bot.exchanges import cryptocom as adapter
from bot.exchanges.adapter import Endpoint
from bot.exchanges.client import ExchangeClient
from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.cryptocom import CryptocomSimulator
from bot.usecases.ports import CheckItem, ItemState
from tests.integration.exchanges.known.cryptocom import LINEAR, SPOT, TESTNET, says
from tests.integration.exchanges.trader import ShiftedClock, Trader, simulated, spend_everything, trading_at

BALANCE = "/exchange/v1/private/user-balance"
ACCOUNTS = "/exchange/v1/private/get-accounts"
TICKERS = "/exchange/v1/public/get-tickers"
OFF = Finding(Grant.DENIED, Certainty.STATED)
TRADING = (Permission.SPOT_TRADE, Permission.FUTURES_TRADE, Permission.MARGIN)

everywhere = pytest.mark.parametrize(
    "place", [SPOT, LINEAR, TESTNET], ids=lambda place: f"{place.market} {place.environment}"
)


@pytest.fixture
async def exchange() -> AsyncIterator[CryptocomSimulator]:
    async with simulated(CryptocomSimulator) as simulator:
        yield simulator


@pytest.fixture
async def trader(exchange: CryptocomSimulator, clock: ShiftedClock) -> AsyncIterator[Trader]:
    async with trading_at(exchange, clock) as trader:
        yield trader


@pytest.fixture
def account(exchange: CryptocomSimulator) -> Account:
    return exchange.account("k1")


def paths(exchange: CryptocomSimulator) -> list[str]:
    return [call.path for call in exchange.calls]


def flagged(**flags: Any) -> bytes:
    """An answer of get-accounts that differs from a good one in these flags."""
    good = {
        "uuid": "243d3f39-b193-4eb9-1d60-e98f2fc17707",
        "email": "person@example.org",
        "enabled": True,
        "tradable": True,
        "derivatives_access": "DEFAULT",
        "suspended": False,
        "terminated": False,
    }
    return orjson.dumps({"code": 0, "result": {"master_account": good | flags, "sub_account_list": []}})


# ------------------------------------------------------------------------------------------------------ what is known


@everywhere
@pytest.mark.parametrize("pose", [None, "watch", "withdraw"])
async def test_of_a_key_that_answers_only_reading_is_known(
    exchange: CryptocomSimulator, trader: Trader, place: Place, pose: str | None
) -> None:
    account = exchange.account("it", place.environment.value)
    if pose:
        account.pose(pose)

    report = await trader.probes(account, place)

    assert paths(exchange) == [BALANCE, ACCOUNTS]
    assert report.of(Permission.READ) == Finding(Grant.GRANTED, Certainty.INFERRED, ("Can Read",))
    assert {report.of(right) for right in Permission if right is not Permission.READ} == {UNKNOWABLE}
    assert (report.ip_restricted, report.ip_list, report.expires_at) == (None, None, None)


async def test_on_live_somebody_has_to_vouch_and_the_card_goes_on_saying_so(trader: Trader, account: Account) -> None:
    report = await trader.inspects(account, SPOT)

    said = judge(report, market=Market.SPOT, environment=Environment.LIVE, purpose=Purpose.WATCH)
    vouched = judge(report, market=Market.SPOT, environment=Environment.LIVE, purpose=Purpose.WATCH, vouched=True)

    assert [refusal.failure for refusal in said.refusals] == [Failure.PERMISSIONS_UNKNOWN]
    assert vouched.accepted
    assert {Caution.WITHDRAWAL_UNVERIFIED, Caution.TRANSFER_UNVERIFIED} <= set(vouched.cautions)


async def test_an_inspection_says_of_each_line_what_it_came_to(trader: Trader, account: Account) -> None:
    await trader.inspects(account, LINEAR)

    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.CAUTION
    for item in (CheckItem.CLOCK, CheckItem.SIGNATURE, CheckItem.BALANCE):
        assert trader.checklist[item] is ItemState.PASSED


# --------------------------------------------------------------------------------------------------------- the account


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        ({"suspended": True}, "suspended: true"),
        ({"terminated": True}, "terminated: true"),
        ({"enabled": False}, "enabled: false"),
    ],
)
@pytest.mark.parametrize("place", [SPOT, LINEAR], ids=lambda place: f"{place.market} {place.environment}")
async def test_an_account_out_of_order_is_told_although_its_balance_can_be_read(
    exchange: CryptocomSimulator, trader: Trader, account: Account, place: Place, flags: dict[str, bool], code: str
) -> None:
    exchange.faults.error(200, flagged(**flags), path=ACCOUNTS)

    trouble = await trader.trouble_probing(account, place)

    assert (trouble.failure, trouble.code) == (Failure.ACCOUNT_SUSPENDED, code)


async def test_an_account_that_may_not_trade_has_no_key_that_may(
    exchange: CryptocomSimulator, trader: Trader, account: Account
) -> None:
    exchange.faults.error(200, flagged(tradable=False), path=ACCOUNTS)

    report = await trader.probes(account, SPOT)

    assert [report.of(right) for right in TRADING] == [OFF] * 3
    verdict = judge(report, market=Market.SPOT, environment=Environment.LIVE, purpose=Purpose.TRADE, vouched=True)
    assert [refusal.failure for refusal in verdict.refusals] == [Failure.NO_TRADE_PERMISSION]
    assert judge(report, market=Market.SPOT, environment=Environment.LIVE, purpose=Purpose.WATCH, vouched=True).accepted


async def test_an_account_without_derivatives_is_good_for_spot_alone(trader: Trader, account: Account) -> None:
    account.pose("spot only")

    report = await trader.probes(account, SPOT)
    trouble = await trader.trouble_probing(account, LINEAR)

    assert [report.of(right) for right in TRADING] == [UNKNOWABLE, OFF, UNKNOWABLE]
    assert (trouble.failure, trouble.code) == (Failure.WRONG_MARKET, "derivatives_access: DISABLED")


@pytest.mark.parametrize("code", [411, 412])
async def test_the_servers_say_too_that_derivatives_are_missing(
    exchange: CryptocomSimulator, trader: Trader, account: Account, code: int
) -> None:
    exchange.faults.error(500, says(code, "ACCOUNT_NO_DERIV_ACCESS"))

    assert (await trader.trouble_probing(account, LINEAR)).failure is Failure.WRONG_MARKET


@pytest.mark.parametrize(("status", "code"), [(401, 40101), (401, 40104), (400, 40002), (200, 40401)])
async def test_a_key_that_may_not_ask_for_accounts_is_alive_all_the_same(
    exchange: CryptocomSimulator, trader: Trader, account: Account, status: int, code: int
) -> None:
    exchange.faults.error(status, says(code, "NO"), path=ACCOUNTS)

    report = await trader.inspects(account, LINEAR)

    assert (report.account_uid, report.grants(Permission.READ)) == (None, True)
    assert report.of(Permission.FUTURES_TRADE) == UNKNOWABLE


@pytest.mark.parametrize(
    ("status", "code", "failure"),
    [
        (401, 40103, Failure.IP_NOT_ALLOWED),
        (400, 202, Failure.ACCOUNT_SUSPENDED),
        (429, 42901, Failure.RATE_LIMITED),
        (503, 9010001, Failure.MAINTENANCE),
    ],
)
async def test_what_is_no_lack_of_a_right_is_not_passed_over(
    exchange: CryptocomSimulator, trader: Trader, account: Account, status: int, code: int, failure: Failure
) -> None:
    exchange.faults.error(status, says(code, "NO"), path=ACCOUNTS)

    assert (await trader.trouble_probing(account, SPOT)).failure is failure


@pytest.mark.parametrize("path", [BALANCE, ACCOUNTS])
@pytest.mark.parametrize("result", [None, 7, [], {}, {"data": None, "master_account": None}])
async def test_an_answer_of_another_shape_shows_nothing(
    exchange: CryptocomSimulator, trader: Trader, account: Account, path: str, result: object
) -> None:
    exchange.faults.error(200, orjson.dumps({"code": 0, "result": result}), path=path)

    assert (await trader.trouble_probing(account, SPOT)).code == "TypeError"


async def test_nothing_of_the_request_that_is_sent_back_is_told(
    exchange: CryptocomSimulator, trader: Trader, account: Account
) -> None:
    original = orjson.dumps({"api_key": account.api_key, "sig": "ab" * 32}).decode()
    body = {"code": 40101, "message": f"UNAUTHORIZED {account.api_key}", "original": original}
    exchange.faults.error(401, orjson.dumps(body))

    trouble = await trader.trouble_probing(account, SPOT)

    assert trouble.reason == "UNAUTHORIZED …"


# ------------------------------------------------------------------------------------------------------------ the clock


async def test_a_time_that_is_refused_is_corrected_by_the_newest_ticker(
    exchange: CryptocomSimulator, trader: Trader, account: Account, clock: ShiftedClock
) -> None:
    clock.wrong_by = -90.0

    await trader.inspects(account, SPOT)
    await trader.probes(account, SPOT)

    assert paths(exchange) == [BALANCE, TICKERS, BALANCE, ACCOUNTS, BALANCE, ACCOUNTS]


async def test_old_tickers_make_no_right_clock_wrong(
    exchange: CryptocomSimulator, trader: Trader, account: Account
) -> None:
    exchange.ticker_age = 3_600.0

    await trader.inspects(account, SPOT)

    assert trader.checklist[CheckItem.CLOCK] is ItemState.PASSED
    assert TICKERS not in paths(exchange)


# ------------------------------------------------------------------------------------------------- limits, what is sent


async def test_one_key_s_limit_holds_up_nobody_else(exchange: CryptocomSimulator, trader: Trader) -> None:
    busy, idle = exchange.account("busy"), exchange.account("idle")
    exchange.faults.rate_limit(account="busy")

    trouble = await trader.trouble_probing(busy, SPOT)

    assert (trouble.failure, trouble.code) == (Failure.RATE_LIMITED, "42901")
    assert (await trader.probes(idle, SPOT)).grants(Permission.READ)


async def test_a_page_with_429_holds_up_everybody(exchange: CryptocomSimulator, trader: Trader) -> None:
    exchange.faults.ban(times=1)
    await trader.trouble_probing(exchange.account("first"), SPOT)

    assert (await trader.trouble_probing(exchange.account("second"), SPOT)).failure is Failure.RATE_LIMITED
    assert len(exchange.calls) == 1


async def test_an_address_that_asks_too_much_is_turned_away(exchange: CryptocomSimulator, trader: Trader) -> None:
    exchange.enforce_limits = True
    spend_everything(exchange, "address")

    assert (await trader.trouble_probing(exchange.account("k1"), SPOT)).code == "HTTP 429"


def test_what_is_posted_are_two_questions() -> None:
    asked = [each for each in vars(adapter).values() if isinstance(each, Endpoint)]

    assert {(each.method, each.path) for each in asked} == {
        ("GET", "public/get-tickers"),
        ("POST", "private/user-balance"),
        ("POST", "private/get-accounts"),
    }


async def test_whatever_else_is_posted_would_change_something(
    exchange: CryptocomSimulator, trader: Trader, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = Endpoint("v1/private", "private/cancel-order", "address", method="POST", params={"order_id": "1"})
    monkeypatch.setattr(adapter, "BALANCE", order)

    await trader.trouble_probing(account, SPOT)

    assert [call.path for call in exchange.mutations] == ["/exchange/v1/private/cancel-order"]
    exchange.mutations.clear()


def test_there_is_no_demo() -> None:
    with pytest.raises(RuntimeError, match="keeps production URLs"):
        ExchangeClient(adapter.DIALECT, Environment.DEMO, None, ShiftedClock())
