"""MEXC states what a key may do; a probe is one question, and futures say what is wrong with HTTP 200."""

from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from bot.domain.connection import Environment, Market, Place, Purpose
from bot.domain.failures import ExchangeTrouble, Failure
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, Permission
from bot.domain.verdict import judge
from bot.exchanges import mexc as adapter
from bot.exchanges.adapter import Endpoint
from bot.sandbox.exchanges.mexc import MexcSimulator
from bot.usecases.ports import CheckItem, ItemState
from tests.integration.exchanges.answers import Bad
from tests.integration.exchanges.known.mexc import ANSWERS, LINEAR, SPOT
from tests.integration.exchanges.trader import ShiftedClock, Trader, credential_of, grants, simulated, trading_at

KEY_INFO = "/api/v3/apiKeyInfo"
ASSETS = "/api/v1/private/account/assets"
INVERSE = Place("mexc", Market.INVERSE, Environment.LIVE)

everywhere = pytest.mark.parametrize("place", [SPOT, LINEAR, INVERSE], ids=["spot", "linear", "inverse"])


@pytest.fixture
async def mexc() -> AsyncIterator[MexcSimulator]:
    async with simulated(MexcSimulator) as simulator:
        yield simulator


@pytest.fixture
async def trader(mexc: MexcSimulator, clock: ShiftedClock) -> AsyncIterator[Trader]:
    async with trading_at(mexc, clock) as trader:
        yield trader


# ---------------------------------------------------------------------------------------------------- what a key may do


@everywhere
async def test_a_probe_is_one_question_and_tells_every_permission(
    mexc: MexcSimulator, trader: Trader, place: Place
) -> None:
    report = await trader.probes(mexc.account("k1"), place)

    assert grants(report) == {
        "read": "granted",
        "spot_trade": "granted",
        "futures_trade": "granted",
        "margin": "denied",
        "transfer": "denied",
        "withdraw": "denied",
    }
    assert [(call.method, call.path, call.status) for call in mexc.calls] == [("GET", KEY_INFO, 200)]


@pytest.mark.parametrize(
    ("word", "permission", "box"),
    [
        ("SPOT_DEAL_WRITE", Permission.SPOT_TRADE, "Spot: Trade"),
        ("CONTRACT_DEAL_WRITE", Permission.FUTURES_TRADE, "Futures: Trade"),
        ("SPOT_TRANSFER_WRITE", Permission.TRANSFER, "Transfer"),
        ("SPOT_WITHDRAW_WRITE", Permission.WITHDRAW, "Withdraw"),
    ],
)
async def test_each_box_is_told_by_the_name_it_has_on_the_key_page(
    mexc: MexcSimulator, trader: Trader, word: str, permission: Permission, box: str
) -> None:
    account = mexc.account("k1")
    account.forbid(*account.permissions)
    account.allow("SPOT_ACCOUNT_READ", word)

    report = await trader.probes(account, SPOT)

    assert report.of(permission) == Finding(Grant.GRANTED, Certainty.STATED, (box,))
    assert {each for each in Permission if report.grants(each)} == {Permission.READ, permission}
    assert mexc.rules.key_style.labels[word] == box


async def test_reading_histories_moves_nothing(mexc: MexcSimulator, trader: Trader) -> None:
    account = mexc.account("k1")
    account.allow("SPOT_WITHDRAW_READ", "SPOT_TRANSFER_READ", "SPOT_DEPOSIT_READ")

    report = await trader.probes(account, SPOT)

    assert report.of(Permission.WITHDRAW) == Finding(Grant.DENIED, Certainty.STATED)
    assert report.of(Permission.TRANSFER) == Finding(Grant.DENIED, Certainty.STATED)


def says(permissions: str, more: str = "") -> bytes:
    return f'{{"permissions":"{permissions}","ipWhiteList":"","status":"VALID"{more}}}'.encode()


@pytest.mark.parametrize(
    ("word", "withdraw", "transfer"),
    [
        ("SPOT_LENDING_WRITE", Grant.UNKNOWN, Grant.UNKNOWN),
        ("CONTRACT_WITHDRAW_WRITE", Grant.GRANTED, Grant.UNKNOWN),
        ("CONTRACT_TRANSFER", Grant.UNKNOWN, Grant.GRANTED),
        ("SPOT_LENDING_READ", Grant.DENIED, Grant.DENIED),
    ],
)
async def test_a_word_nobody_knows_is_never_read_as_off(
    mexc: MexcSimulator, trader: Trader, word: str, withdraw: Grant, transfer: Grant
) -> None:
    mexc.faults.error(200, says(f"SPOT_ACCOUNT_READ,SPOT_DEAL_WRITE,{word}"), path=KEY_INFO)

    report = await trader.probes(mexc.account("k1"), SPOT)

    assert (report.of(Permission.WITHDRAW).grant, report.of(Permission.TRANSFER).grant) == (withdraw, transfer)


async def test_an_unknown_word_beside_a_known_danger_hides_nothing(mexc: MexcSimulator, trader: Trader) -> None:
    mexc.faults.error(200, says("SPOT_ACCOUNT_READ,SPOT_WITHDRAW_WRITE,SPOT_NEWS_WRITE"), path=KEY_INFO)

    report = await trader.probes(mexc.account("k1"), SPOT)

    assert report.of(Permission.WITHDRAW) == Finding(Grant.GRANTED, Certainty.STATED, ("Withdraw",))
    assert report.of(Permission.TRANSFER) == UNKNOWABLE


@pytest.mark.parametrize("body", [b"{}", b"[]", b'{"permissions":null}', b'{"permissions":["SPOT_ACCOUNT_READ"]}'])
async def test_an_answer_of_another_shape_is_not_a_key_without_rights(
    mexc: MexcSimulator, trader: Trader, body: bytes
) -> None:
    mexc.faults.error(200, body, path=KEY_INFO)

    assert (await trader.trouble_probing(mexc.account("k1"), SPOT)).failure is Failure.UNEXPECTED


async def test_a_right_that_appears_later_is_seen_by_the_next_probe(mexc: MexcSimulator, trader: Trader) -> None:
    account = mexc.account("k1")
    assert not (await trader.probes(account, SPOT)).grants(Permission.WITHDRAW)

    account.pose("withdraw")

    assert (await trader.probes(account, SPOT)).grants(Permission.WITHDRAW)


@everywhere
async def test_a_key_for_another_market_is_told_so(mexc: MexcSimulator, trader: Trader, place: Place) -> None:
    account = mexc.account("k1")
    account.pose("futures only" if place is SPOT else "spot only")

    report = await trader.inspects(account, place)

    verdict = judge(report, market=place.market, environment=place.environment, purpose=Purpose.TRADE)
    assert [refusal.failure for refusal in verdict.refusals] == [Failure.WRONG_MARKET]


async def test_a_key_that_reads_spot_alone_cannot_watch_futures(mexc: MexcSimulator, trader: Trader) -> None:
    account = mexc.account("k1")
    account.forbid("CONTRACT_ACCOUNT_READ")

    report = await trader.inspects(account, LINEAR)

    assert report.of(Permission.READ).grant is Grant.DENIED
    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.FAILED
    assert (await trader.inspects(account, SPOT)).grants(Permission.READ)


# ------------------------------------------------------------------------------------------------- addresses and expiry


async def test_the_addresses_of_a_key_are_listed(mexc: MexcSimulator, trader: Trader) -> None:
    account = mexc.account("k1")
    open_to_all = await trader.probes(account, SPOT)
    account.restrict_ips(["127.0.0.1", "203.0.113.7"])
    bound = await trader.probes(account, SPOT)

    assert (open_to_all.ip_restricted, open_to_all.ip_list) == (False, None)
    assert (bound.ip_restricted, bound.ip_list) == (True, ("127.0.0.1", "203.0.113.7"))


async def test_the_days_left_are_a_date_that_stays_the_same(
    mexc: MexcSimulator, trader: Trader, clock: ShiftedClock
) -> None:
    made = 1_789_412_016.0  # 2026-09-14T18:53:36Z
    seen = set()
    for hours in (1, 12, 23):
        clock.wrong_by = made + 8 * 86_400 + hours * 3600 - (clock.now() - clock.wrong_by)
        more = ',"createTime":"2026-09-14T18:53:36.000+00:00","remainingValidity":82'
        mexc.faults.error(200, says("SPOT_ACCOUNT_READ", more), path=KEY_INFO, times=1)
        seen.add((await trader.probes(mexc.account("k1"), SPOT)).expires_at)

    assert seen == {made + 90 * 86_400}


@pytest.mark.parametrize("days", ["null", "-1", "0", "true", '"82"'])
async def test_what_is_no_number_of_days_is_no_date(mexc: MexcSimulator, trader: Trader, days: str) -> None:
    mexc.faults.error(200, says("SPOT_ACCOUNT_READ", f',"remainingValidity":{days}'), path=KEY_INFO)

    assert (await trader.probes(mexc.account("k1"), SPOT)).expires_at is None


async def test_the_name_of_a_key_is_told(mexc: MexcSimulator, trader: Trader) -> None:
    assert (await trader.probes(mexc.account("k1"), SPOT)).label == "k1"


# ------------------------------------------------------------------------------------------------------- an inspection


@everywhere
async def test_an_inspection_reads_the_balance_and_knows_the_account(
    mexc: MexcSimulator, trader: Trader, place: Place
) -> None:
    account = mexc.account("k1")

    report = await trader.inspects(account, place)

    assert report.account_uid == str(account.uid)
    for item in (CheckItem.CLOCK, CheckItem.SIGNATURE, CheckItem.PERMISSIONS, CheckItem.BALANCE):
        assert trader.checklist[item] is ItemState.PASSED
    assert ("/api/v3/account" if place is SPOT else ASSETS) in {call.path for call in mexc.calls}


async def test_two_keys_of_one_account_have_one_uid(mexc: MexcSimulator, trader: Trader) -> None:
    old = mexc.account("k1")

    assert (await trader.inspects(old, SPOT)).account_uid == (await trader.inspects(old.new_key(), LINEAR)).account_uid


# ------------------------------------------------------------------------------------------------------ what goes wrong


FUTURES_ANSWERS = [bad for bad in ANSWERS if bad.place == LINEAR]


@pytest.mark.parametrize("bad", FUTURES_ANSWERS, ids=[bad.name for bad in FUTURES_ANSWERS])
async def test_what_futures_alone_say_is_heard_too(mexc: MexcSimulator, trader: Trader, bad: Bad) -> None:
    """Under HTTP 200, after spot found nothing wrong."""
    mexc.faults.error(bad.status, bad.body, path=ASSETS)

    trouble = await trader.trouble_inspecting(mexc.account("k1"), LINEAR)

    assert (trouble.failure, trouble.code, trouble.reason) == (bad.failure, bad.code, bad.reason)


@pytest.mark.parametrize(
    ("code", "path", "boxes"),
    [
        (700007, KEY_INFO, ("Account: Read",)),
        (701, ASSETS, ("Futures: Read",)),
        (703, ASSETS, ("Futures: Read",)),
        (1000, ASSETS, ("Futures: Trade",)),
        (1002, ASSETS, ("Futures: Trade",)),
    ],
)
async def test_a_missing_right_is_told_with_the_box_that_grants_it(
    mexc: MexcSimulator, trader: Trader, code: int, path: str, boxes: tuple[str, ...]
) -> None:
    mexc.faults.error(200, b'{"success":false,"code":%d,"message":"no"}' % code, path=path)

    assert (await trader.trouble_inspecting(mexc.account("k1"), LINEAR)).boxes == boxes


async def test_an_address_off_the_list_is_named(mexc: MexcSimulator, trader: Trader) -> None:
    account = mexc.account("k1")
    account.restrict_ips(["203.0.113.7"])
    mexc.caller_ip = "198.51.100.4"

    trouble = await trader.trouble_probing(account, SPOT)

    assert (trouble.failure, trouble.code, trouble.seen_ip) == (Failure.IP_NOT_ALLOWED, "700006", "198.51.100.4")


async def test_a_wrong_secret_is_a_bad_signature(mexc: MexcSimulator, trader: Trader) -> None:
    account = mexc.account("k1")
    before = credential_of(account)
    account.rotate_secret()

    trouble = await trader.trouble_probing(before, SPOT)

    assert (trouble.failure, trouble.code) == (Failure.BAD_SIGNATURE, "700002")


@everywhere
@pytest.mark.parametrize("tells_status", [True, False])
async def test_an_expired_key_is_told_from_a_wrong_secret(
    mexc: MexcSimulator, trader: Trader, place: Place, *, tells_status: bool
) -> None:
    mexc.tells_status = tells_status
    account = mexc.account("k1")
    account.expire()

    trouble = await trader.trouble_probing(account, place)

    assert (trouble.failure, trouble.code) == (Failure.KEY_EXPIRED, "status EXPIRED" if tells_status else "402")


async def test_an_outage_of_futures_leaves_a_bad_signature_what_it_is(mexc: MexcSimulator, trader: Trader) -> None:
    account = mexc.account("k1")
    before = credential_of(account)
    account.rotate_secret()
    mexc.faults.down(path=ASSETS)

    assert (await trader.trouble_probing(before, SPOT)).failure is Failure.BAD_SIGNATURE


@pytest.mark.parametrize(
    ("status", "failure", "code"),
    [
        ('"FROZEN"', Failure.INVALID_KEY, "status FROZEN"),
        ('"EXPIRED"', Failure.KEY_EXPIRED, "status EXPIRED"),
        ('"<b>key mx0…</b>"', Failure.INVALID_KEY, "status unknown"),
        ("0", Failure.INVALID_KEY, "status unknown"),
    ],
)
async def test_a_key_that_is_not_valid_is_not_good(
    mexc: MexcSimulator, trader: Trader, status: str, failure: Failure, code: str
) -> None:
    body = f'{{"permissions":"SPOT_ACCOUNT_READ","ipWhiteList":"","status":{status}}}'
    mexc.faults.error(200, body.encode(), path=KEY_INFO)

    trouble = await trader.trouble_probing(mexc.account("k1"), SPOT)

    assert (trouble.failure, trouble.code) == (failure, code)


async def test_a_deleted_and_a_suspended_key_are_told_apart(mexc: MexcSimulator, trader: Trader) -> None:
    gone, suspended = mexc.account("gone"), mexc.account("suspended")
    gone.revoke()
    suspended.suspend()

    assert (await trader.trouble_probing(gone, SPOT)).failure is Failure.INVALID_KEY
    assert (await trader.trouble_probing(suspended, SPOT)).failure is Failure.ACCOUNT_SUSPENDED


@everywhere
async def test_a_wrong_clock_is_corrected_once_from_the_exchange_s(
    mexc: MexcSimulator, trader: Trader, place: Place
) -> None:
    mexc.faults.clock_skew(45)

    await trader.probes(mexc.account("k1"), place)
    await trader.probes(mexc.account("k1"), place)

    assert [call.path for call in mexc.calls].count("/api/v3/time") == 1


async def test_a_wrong_clock_of_futures_is_corrected_too(mexc: MexcSimulator, trader: Trader) -> None:
    body = b'{"success":false,"code":513,"message":"Invalid request"}'
    mexc.faults.error(200, body, path=ASSETS, times=1)

    assert (await trader.inspects(mexc.account("k1"), LINEAR)).account_uid


# ------------------------------------------------------------------------------------------------------- what is asked


async def test_in_health_and_in_every_trouble_only_reading_paths_are_asked(
    mexc: MexcSimulator, trader: Trader, clock: ShiftedClock
) -> None:
    for place in (SPOT, LINEAR, INVERSE):
        await trader.inspects(mexc.account("k1"), place)
    for bad in ANSWERS:
        mexc.faults.error(bad.status, bad.body, path=KEY_INFO if bad.place == SPOT else ASSETS, times=1)
        with suppress(ExchangeTrouble):
            await trader.inspects(mexc.account("k1"), LINEAR)
        clock.passed += 1e6

    assert mexc.faults.active == []
    assert {(call.method, call.path) for call in mexc.calls} <= {
        ("GET", f"/api/v3/{path}") for path in ("time", "apiKeyInfo", "uid", "account")
    } | {("GET", ASSETS)}


def test_nothing_is_ever_posted() -> None:
    """POST on the path of apiKeyInfo would change the addresses of the key."""
    endpoints = [each for each in vars(adapter).values() if isinstance(each, Endpoint)]

    assert len(endpoints) == 5
    assert {each.method for each in endpoints} == {"GET"}
