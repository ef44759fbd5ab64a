"""On live, Binance states what a key may do; a probe is one question."""

import pytest

from bot.domain.connection import Market, Place
from bot.domain.failures import Failure
from bot.domain.permissions import Certainty, Finding, Grant, Permission
from bot.sandbox.exchanges.binance import BinanceSimulator
from bot.usecases.ports import CheckItem, ItemState
from tests.integration.exchanges.trader import LINEAR, SPOT, Trader, grants

RESTRICTIONS = "/sapi/v1/account/apiRestrictions"
GOOD = {
    "read": "granted",
    "spot_trade": "granted",
    "futures_trade": "granted",
    "margin": "denied",
    "transfer": "denied",
    "withdraw": "denied",
}


@pytest.mark.parametrize("place", [SPOT, LINEAR], ids=["spot", "linear"])
async def test_a_probe_is_one_question_and_tells_every_permission(
    binance: BinanceSimulator, trader: Trader, place: Place
) -> None:
    report = await trader.probes(binance.account("k1"), place)

    assert grants(report) == GOOD
    assert {finding.certainty for finding in report.findings.values()} == {Certainty.STATED}
    assert [(call.method, call.path, call.status) for call in binance.calls] == [("GET", RESTRICTIONS, 200)]


@pytest.mark.parametrize(
    ("switch", "permission", "box"),
    [
        ("enableReading", Permission.READ, "Enable Reading"),
        ("enableSpotAndMarginTrading", Permission.SPOT_TRADE, "Enable Spot & Margin Trading"),
        ("enableFutures", Permission.FUTURES_TRADE, "Enable Futures"),
        ("enablePortfolioMarginTrading", Permission.FUTURES_TRADE, "Enable Portfolio Margin Trading"),
        ("enableMargin", Permission.MARGIN, "Enable Margin Loan, Repay & Transfer"),
        ("enableInternalTransfer", Permission.TRANSFER, "Enable Internal Transfer"),
        ("permitsUniversalTransfer", Permission.TRANSFER, "Permits Universal Transfer"),
        ("enableWithdrawals", Permission.WITHDRAW, "Enable Withdrawals"),
    ],
)
async def test_each_box_is_told_by_the_name_it_has_on_the_key_page(
    binance: BinanceSimulator, trader: Trader, switch: str, permission: Permission, box: str
) -> None:
    account = binance.account("k1")
    account.forbid(*account.permissions)
    account.allow(switch)

    report = await trader.probes(account)

    assert report.of(permission) == Finding(Grant.GRANTED, Certainty.STATED, (box,))
    assert [other for other in Permission if report.grants(other)] == [permission]
    assert box in trader.gateway.profiles()["binance"].boxes[permission]


async def test_two_boxes_that_grant_the_same_are_both_named(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    account.allow("enableInternalTransfer", "permitsUniversalTransfer")

    report = await trader.probes(account)

    assert report.of(Permission.TRANSFER).boxes == ("Enable Internal Transfer", "Permits Universal Transfer")


async def test_a_right_that_appears_later_is_seen_by_the_next_probe(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    assert not (await trader.probes(account)).grants(Permission.WITHDRAW)

    account.allow("enableWithdrawals")

    assert (await trader.probes(account)).grants(Permission.WITHDRAW)


async def test_what_a_sub_account_s_key_leaves_out_is_off(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    account.omit_flags()

    report = await trader.probes(account)

    assert grants(report) == GOOD
    silent, said = report.of(Permission.WITHDRAW), report.of(Permission.READ)
    assert (silent.certainty, said.certainty) == (Certainty.INFERRED, Certainty.STATED)


@pytest.mark.parametrize("value", [b"null", b'"true"', b"0", b"1", b"[]", b"{}"])
async def test_a_flag_that_is_no_boolean_is_never_read_as_off(
    binance: BinanceSimulator, trader: Trader, value: bytes
) -> None:
    account = binance.account("k1")
    await trader.probes(account)  # an answer that is remembered must not lend its meaning to this one
    transfers = b'"enableInternalTransfer":false,"permitsUniversalTransfer":false'
    body = b'{"ipRestrict":false,"enableReading":true,%s,"enableWithdrawals":%s}' % (transfers, value)
    binance.faults.error(200, body, path=RESTRICTIONS)

    assert (await trader.trouble_probing(account)).failure is Failure.UNEXPECTED


async def test_a_dangerous_flag_that_goes_missing_by_itself_is_never_read_as_off(
    binance: BinanceSimulator, trader: Trader
) -> None:
    body = b'{"ipRestrict":false,"enableReading":true,"enableInternalTransfer":false,"permitsUniversalTransfer":false}'
    binance.faults.error(200, body, path=RESTRICTIONS)

    assert (await trader.trouble_probing(binance.account("k1"))).failure is Failure.UNEXPECTED


async def test_an_answer_without_any_flag_is_not_a_key_without_rights(
    binance: BinanceSimulator, trader: Trader
) -> None:
    binance.faults.error(200, b"{}", path=RESTRICTIONS)

    assert (await trader.trouble_probing(binance.account("k1"))).failure is Failure.UNEXPECTED


async def test_the_ip_whitelist_is_told_as_a_fact_and_not_listed(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    open_to_all = await trader.probes(account)
    account.restrict_ips(["127.0.0.1"])
    restricted = await trader.probes(account)

    assert (open_to_all.ip_restricted, restricted.ip_restricted) == (False, True)
    assert restricted.ip_list is None


async def test_the_end_of_spot_trading_is_told_to_spot_traders_only(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    account.expires(4_102_444_800_000)

    assert (await trader.probes(account, SPOT)).expires_at == 4_102_444_800.0
    assert (await trader.probes(account, LINEAR)).expires_at is None


async def test_never_is_no_date(binance: BinanceSimulator, trader: Trader) -> None:
    body = b'{"ipRestrict":false,"enableReading":true,"tradingAuthorityExpirationTime":-1}'
    binance.faults.error(200, body, path=RESTRICTIONS)

    assert (await trader.probes(binance.account("k1"))).expires_at is None


async def test_after_the_end_of_spot_trading_the_report_shows_when_and_that(
    binance: BinanceSimulator, trader: Trader
) -> None:
    account = binance.account("k1")
    account.expires(1_600_000_000_000)

    report = await trader.probes(account)

    assert report.expires_at == 1_600_000_000.0
    assert report.of(Permission.SPOT_TRADE).grant is Grant.DENIED


@pytest.mark.parametrize("place", [SPOT, LINEAR], ids=["spot", "linear"])
async def test_an_inspection_reads_the_balance_and_knows_the_account(
    binance: BinanceSimulator, trader: Trader, place: Place
) -> None:
    account = binance.account("k1")

    report = await trader.inspects(account, place)

    assert report.account_uid == str(account.uid)
    assert grants(report) == GOOD
    for item in (CheckItem.CLOCK, CheckItem.SIGNATURE, CheckItem.PERMISSIONS, CheckItem.BALANCE):
        assert trader.checklist[item] is ItemState.PASSED
    balance = "/fapi/v3/balance" if place.market is Market.LINEAR else "/api/v3/account"
    assert balance in {call.path for call in binance.calls}


async def test_two_keys_of_one_account_have_one_uid(binance: BinanceSimulator, trader: Trader) -> None:
    old = binance.account("k1")
    new = old.new_key()

    assert (await trader.inspects(old, SPOT)).account_uid == (await trader.inspects(new, LINEAR)).account_uid
    assert (await trader.inspects(binance.account("other"))).account_uid != str(old.uid)


async def test_a_key_that_may_not_read_is_reported_as_such(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    account.forbid("enableReading")

    report = await trader.inspects(account)

    assert report.of(Permission.READ).grant is Grant.DENIED
    assert trader.checklist[CheckItem.SIGNATURE] is ItemState.PASSED
    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.FAILED
    assert trader.checklist[CheckItem.BALANCE] is ItemState.FAILED


FAPI_REFUSES = b'{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action, request ip: 198.51.100.4"}'


async def test_a_good_key_that_futures_refuse_was_made_for_another_market(
    binance: BinanceSimulator, trader: Trader
) -> None:
    binance.faults.error(401, FAPI_REFUSES, path="/fapi/v3/balance")

    trouble = await trader.trouble_inspecting(binance.account("k1"), LINEAR)

    assert (trouble.failure, trouble.code, trouble.boxes) == (Failure.WRONG_MARKET, "-2015", ("Enable Futures",))
    assert trader.checklist[CheckItem.SIGNATURE] is ItemState.PASSED


async def test_a_key_without_any_trading_that_futures_refuse_lacks_the_permission(
    binance: BinanceSimulator, trader: Trader
) -> None:
    account = binance.account("k1")
    account.forbid("enableSpotAndMarginTrading", "enableFutures")
    binance.faults.error(401, FAPI_REFUSES, path="/fapi/v3/balance")

    assert (await trader.trouble_inspecting(account, LINEAR)).failure is Failure.NO_TRADE_PERMISSION


async def test_a_dangerous_key_that_futures_refuse_is_reported_whole(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    account.allow("enableWithdrawals")
    binance.faults.error(401, FAPI_REFUSES, path="/fapi/v3/balance")

    report = await trader.inspects(account, LINEAR)

    assert report.grants(Permission.WITHDRAW)
    assert trader.checklist[CheckItem.BALANCE] is ItemState.FAILED


async def test_an_outage_while_the_account_is_asked_is_no_account_without_an_id(
    binance: BinanceSimulator, trader: Trader
) -> None:
    binance.faults.down(path="/api/v3/account")

    trouble = await trader.trouble_inspecting(binance.account("k1"), LINEAR)

    assert trouble.failure is Failure.EXCHANGE_UNAVAILABLE
    assert trader.checklist[CheckItem.BALANCE] is ItemState.UNKNOWN
