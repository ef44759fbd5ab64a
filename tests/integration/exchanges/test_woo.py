"""WOO X lists all keys of an account with their rights: only one's own counts, and only what is surely said of it."""

from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any

import orjson
import pytest

from bot.domain.connection import Credential, Environment, Market, Place, Purpose
from bot.domain.failures import ExchangeTrouble, Failure
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, KeyReport, Permission
from bot.domain.verdict import Caution, Verdict, judge
from bot.exchanges import woo as adapter
from bot.exchanges.adapter import Endpoint
from bot.exchanges.client import ExchangeClient
from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.woo import BALANCES, CREDENTIALS, TIME, WooSimulator
from bot.usecases.ports import CheckItem, ItemState
from tests.integration.exchanges.known.woo import ANSWERS, LINEAR, SPOT, STAGING
from tests.integration.exchanges.trader import ShiftedClock, Trader, grants, simulated, trading_at

OFF = Finding(Grant.DENIED, Certainty.STATED)

everywhere = pytest.mark.parametrize("place", [SPOT, LINEAR, STAGING], ids=["spot", "linear", "staging"])


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


def verdict(report: KeyReport, place: Place = SPOT, purpose: Purpose = Purpose.TRADE, *, vouched: bool) -> Verdict:
    return judge(report, market=place.market, environment=place.environment, purpose=purpose, vouched=vouched)


def row(key: Account | str, **more: Any) -> dict[str, Any]:
    shown = key if isinstance(key, str) else key.api_key
    return {"accountName": "Main", "userId": 7, "apiKey": shown, "permissions": ["READ"]} | more


def lists(*rows: Any) -> bytes:
    return orjson.dumps({"success": True, "data": {"rows": rows}, "timestamp": 1721295317627})


# ---------------------------------------------------------------------------------------------------- what a key may do


@everywhere
async def test_a_probe_is_one_question_and_tells_every_right(woo: WooSimulator, trader: Trader, place: Place) -> None:
    report = await trader.probes(woo.account("k1", place.environment.value), place)

    assert grants(report) == {
        "read": "granted",
        "spot_trade": "granted",
        "futures_trade": "granted",
        "margin": "granted",
        "transfer": "granted",
        "withdraw": "denied",
    }
    assert [(call.method, call.path, call.status) for call in woo.calls] == [("GET", CREDENTIALS, 200)]
    assert verdict(report, place, vouched=False).refusals == ()


async def test_a_right_to_withdraw_that_appears_later_is_seen_by_the_next_probe(
    trader: Trader, account: Account
) -> None:
    assert (await trader.probes(account, SPOT)).of(Permission.WITHDRAW) == OFF

    account.pose("withdraw")
    report = await trader.probes(account, SPOT)

    assert report.of(Permission.WITHDRAW) == Finding(Grant.GRANTED, Certainty.STATED, ("Withdrawal",))
    assert [each.failure for each in verdict(report, vouched=True).refusals] == [Failure.WITHDRAW_ENABLED]


async def test_transfers_are_concluded_to_be_part_of_trading_and_the_card_says_so(
    trader: Trader, account: Account
) -> None:
    report = await trader.probes(account, SPOT)

    assert report.of(Permission.TRANSFER) == Finding(Grant.GRANTED, Certainty.INFERRED, ("Trade",))
    assert Caution.TRANSFERS_WITH_TRADING in verdict(report, vouched=False).cautions


async def test_a_key_that_only_reads_is_concluded_to_move_nothing(trader: Trader, account: Account) -> None:
    account.pose("watch")

    report = await trader.inspects(account, SPOT)

    assert report.of(Permission.TRANSFER) == Finding(Grant.DENIED, Certainty.INFERRED)
    assert verdict(report, purpose=Purpose.WATCH, vouched=False) == Verdict((), (Caution.NO_IP_WHITELIST,))


async def test_a_key_that_withdraws_and_does_not_trade_moves_money_too(trader: Trader, account: Account) -> None:
    account.set(TRADE=False, WITHDRAWAL=True)

    refusals = verdict(await trader.probes(account, SPOT), purpose=Purpose.WATCH, vouched=True).refusals

    assert [(each.failure, each.boxes) for each in refusals] == [
        (Failure.WITHDRAW_ENABLED, ("Withdrawal",)),
        (Failure.TRANSFER_ENABLED, ("Withdrawal",)),
    ]


@pytest.mark.parametrize("words", [[], ["READ", "SETTLE"], [""]])
async def test_what_was_not_understood_is_never_read_as_off(
    woo: WooSimulator, trader: Trader, account: Account, words: list[str]
) -> None:
    woo.faults.error(200, lists(row(account, permissions=words)), path=CREDENTIALS)

    report = await trader.inspects(account, SPOT)

    assert (report.of(Permission.WITHDRAW), report.of(Permission.TRANSFER)) == (UNKNOWABLE, UNKNOWABLE)
    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.CAUTION
    assert Failure.PERMISSIONS_UNKNOWN in {each.failure for each in verdict(report, vouched=False).refusals}


async def test_a_withdrawal_is_seen_beside_words_that_nobody_knows(
    woo: WooSimulator, trader: Trader, account: Account
) -> None:
    woo.faults.error(200, lists(row(account, permissions=["read", "Settle", " withdrawal "])), path=CREDENTIALS)

    assert (await trader.probes(account, SPOT)).grants(Permission.WITHDRAW)


async def test_a_key_that_may_not_read_is_told(woo: WooSimulator, trader: Trader, account: Account) -> None:
    woo.faults.error(200, lists(row(account, permissions=["TRADE"])), path=CREDENTIALS)

    report = await trader.inspects(account, SPOT)

    assert [each.failure for each in verdict(report, vouched=False).refusals] == [Failure.NO_READ_PERMISSION]
    assert trader.checklist[CheckItem.PERMISSIONS] is trader.checklist[CheckItem.BALANCE] is ItemState.FAILED


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"{}",
        b'{"success":true}',
        b'{"success":true,"data":[]}',
        b'{"success":true,"data":{"rows":null}}',
        b'{"success":true,"data":{"rows":["READ"]}}',
    ],
)
async def test_an_answer_of_another_shape_is_no_key_without_rights(
    woo: WooSimulator, trader: Trader, account: Account, body: bytes
) -> None:
    woo.faults.error(200, body, path=CREDENTIALS)

    assert (await trader.trouble_probing(account, SPOT)).failure is Failure.UNEXPECTED


@pytest.mark.parametrize("permissions", [None, "READ,TRADE", [1], {"READ": True}])
async def test_rights_of_another_shape_are_not_guessed_at(
    woo: WooSimulator, trader: Trader, account: Account, permissions: Any
) -> None:
    woo.faults.error(200, lists(row(account, permissions=permissions)), path=CREDENTIALS)

    assert (await trader.trouble_probing(account, SPOT)).failure is Failure.UNEXPECTED


# ------------------------------------------------------------------------------------------------------ whose key it is


async def test_of_many_keys_only_one_s_own_is_read(trader: Trader, account: Account) -> None:
    dangerous = account.new_key()
    dangerous.allow("WITHDRAWAL")
    dangerous.restrict_ips(["127.0.0.1"])

    assert (await trader.probes(account, SPOT)).of(Permission.WITHDRAW) == OFF
    assert (await trader.probes(account, SPOT)).ip_restricted is False
    assert (await trader.probes(dangerous, SPOT)).grants(Permission.WITHDRAW)


async def test_a_key_is_found_behind_more_keys_than_a_page_usually_shows(trader: Trader, account: Account) -> None:
    *_, last = [account.new_key() for _ in range(40)]

    assert (await trader.probes(last, SPOT)).of(Permission.WITHDRAW) == OFF


async def test_a_key_that_the_list_masks_beyond_recognition_is_not_known(
    woo: WooSimulator, trader: Trader, account: Account
) -> None:
    woo.masks_keys = True

    report = await trader.inspects(account, SPOT)

    assert [each for each in Permission if report.grants(each)] == [Permission.READ]
    assert {report.of(each).grant for each in Permission} == {Grant.GRANTED, Grant.UNKNOWN}
    assert [each.failure for each in verdict(report, vouched=False).refusals] == [Failure.PERMISSIONS_UNKNOWN]
    assert verdict(report, vouched=True).accepted


@pytest.mark.parametrize("cut", [lambda key: f"{key[:8]}****", lambda key: f"{key[:4]}***{key[-6:]}"])
async def test_one_s_own_key_is_known_behind_stars(
    woo: WooSimulator, trader: Trader, account: Account, cut: Callable[[str], str]
) -> None:
    woo.faults.error(200, lists(row("another"), row(cut(account.api_key))), path=CREDENTIALS)

    assert (await trader.probes(account, SPOT)).of(Permission.WITHDRAW) == OFF


async def test_two_keys_that_look_alike_are_not_told_apart_by_chance(
    woo: WooSimulator, trader: Trader, account: Account
) -> None:
    shown = account.api_key[:10] + "***"
    dangerous = row(shown, permissions=["READ", "WITHDRAWAL"])
    woo.faults.error(200, lists(row(shown), dangerous), path=CREDENTIALS)

    assert (await trader.probes(account, SPOT)).of(Permission.WITHDRAW) == UNKNOWABLE


async def test_a_sub_account_is_another_account_even_under_the_same_user(
    woo: WooSimulator, trader: Trader, account: Account
) -> None:
    woo.faults.error(200, lists(row(account, accountName="sub001")), path=CREDENTIALS, times=1)
    sub = await trader.probes(account, SPOT)
    woo.faults.error(200, lists(row(account)), path=CREDENTIALS)
    main = await trader.probes(account, SPOT)

    assert (sub.label, main.label) == ("sub001", "Main")
    assert sub.account_uid != main.account_uid


@pytest.mark.parametrize(
    ("told", "restricted", "listed"),
    [
        ({}, False, None),
        ({"allowedIPs": []}, False, None),
        ({"allowedIPs": ["123.0.0.1", "124.2.1.1"]}, True, ("123.0.0.1", "124.2.1.1")),
        ({"allowedIPs": None}, None, None),
        ({"allowedIPs": "123.0.0.1"}, None, None),
    ],
)
async def test_a_field_that_is_left_out_means_no_addresses_and_one_that_cannot_be_read_means_nothing(
    woo: WooSimulator,
    trader: Trader,
    account: Account,
    told: dict[str, Any],
    restricted: bool | None,  # noqa: FBT001 - a row of the table
    listed: tuple[str, ...] | None,
) -> None:
    woo.faults.error(200, lists(row(account, **told)), path=CREDENTIALS)

    report = await trader.probes(account, SPOT)

    assert (report.ip_restricted, report.ip_list) == (restricted, listed)


# -------------------------------------------------------------------------------------------------------- what is asked


def test_no_host_of_production_is_left_on_staging() -> None:
    clock = ShiftedClock()
    staging = ExchangeClient(adapter.DIALECT, Environment.TESTNET, None, clock)
    live = ExchangeClient(adapter.DIALECT, Environment.LIVE, None, clock)

    for endpoint in (adapter.TIME, adapter.CREDENTIALS, adapter.BALANCES):
        assert staging.sign(endpoint, Credential("k", "s")).home_url.startswith("https://api.staging.woox.io/v3/")
        assert live.sign(endpoint, Credential("k", "s")).home_url.startswith("https://api.woox.io/v3/")


async def test_in_health_and_in_every_trouble_only_reading_paths_are_asked(
    woo: WooSimulator, trader: Trader, account: Account, clock: ShiftedClock
) -> None:
    for place in (SPOT, LINEAR):
        await trader.inspects(account, place)
    for bad in ANSWERS:
        woo.faults.error(bad.status, bad.body, path=CREDENTIALS, times=1)
        with suppress(ExchangeTrouble):
            await trader.inspects(account, SPOT)
        clock.passed += 1e6

    assert woo.faults.active == []
    assert {(call.method, call.path) for call in woo.calls} == {("GET", path) for path in (TIME, CREDENTIALS, BALANCES)}


def test_nothing_is_ever_posted() -> None:
    endpoints = [each for each in vars(adapter).values() if isinstance(each, Endpoint)]

    assert len(endpoints) == 3
    assert {each.method for each in endpoints} == {"GET"}


def test_there_are_no_coin_settled_futures() -> None:
    assert set(adapter.PROFILE.worlds) == {Market.SPOT, Market.LINEAR}
