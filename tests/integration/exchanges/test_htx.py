"""HTX: errors in a good status, one code for four causes, two questions for one key, transfers within trading."""

from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest

from bot.domain.connection import Environment, Market, Place, Purpose
from bot.domain.failures import Failure
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, KeyReport, Permission
from bot.domain.verdict import Caution, judge
from bot.exchanges import htx as adapter
from bot.exchanges.adapter import Endpoint
from bot.exchanges.client import ExchangeClient
from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.htx import HtxSimulator
from bot.usecases.ports import CheckItem, ItemState
from tests.integration.exchanges.known.htx import INVERSE, LINEAR, SPOT, futures, v1, v2
from tests.integration.exchanges.trader import ShiftedClock, Trader, grants, simulated, trading_at

UID = "/v2/user/uid"
KEY_INFO = "/v2/user/api-key"
ACCOUNTS = "/v1/account/accounts"
LINEAR_BALANCE = "/v5/account/balance"
INVERSE_BALANCE = "/swap-api/v1/swap_account_info"
DAY = 86_400.0
TRADE = Finding(Grant.GRANTED, Certainty.STATED, ("Trade",))

everywhere = pytest.mark.parametrize("place", [SPOT, LINEAR, INVERSE], ids=["spot", "linear", "inverse"])


@pytest.fixture
async def htx() -> AsyncIterator[HtxSimulator]:
    async with simulated(HtxSimulator) as simulator:
        yield simulator


@pytest.fixture
async def trader(htx: HtxSimulator, clock: ShiftedClock) -> AsyncIterator[Trader]:
    async with trading_at(htx, clock) as trader:
        yield trader


@pytest.fixture
def account(htx: HtxSimulator) -> Account:
    return htx.account("k1")


def paths(htx: HtxSimulator) -> list[str]:
    return [call.path for call in htx.calls]


async def says(htx: HtxSimulator, trader: Trader, account: Account, **differs: Any) -> KeyReport:
    """What a probe makes of an answer of the info path that differs from a good key's in this."""
    row = {
        "accessKey": account.api_key,
        "status": "normal",
        "note": "n",
        "permission": "readOnly,trade",
        "ipAddresses": "1.1.1.1,1.1.1.2",
        "validDays": -1,
    }
    htx.faults.error(200, orjson.dumps({"code": 200, "data": [row | differs]}), path=KEY_INFO)
    return await trader.probes(account, SPOT)


# ------------------------------------------------------------------------------------------------------- what it says


@everywhere
async def test_a_probe_is_two_questions_to_spot(
    htx: HtxSimulator, trader: Trader, account: Account, place: Place
) -> None:
    report = await trader.probes(account, place)

    assert paths(htx) == [UID, KEY_INFO]
    assert (report.account_uid, report.label, report.ip_restricted) == (str(account.uid), "k1", False)


async def test_transfers_are_part_of_trading_and_a_caution(trader: Trader, account: Account) -> None:
    report = await trader.probes(account, SPOT)

    rights = (Permission.SPOT_TRADE, Permission.FUTURES_TRADE, Permission.MARGIN, Permission.TRANSFER)
    assert [report.of(right) for right in rights] == [TRADE] * 4
    verdict = judge(report, market=Market.SPOT, environment=Environment.LIVE, purpose=Purpose.TRADE)
    assert (verdict.accepted, Caution.TRANSFERS_WITH_TRADING in verdict.cautions) == (True, True)


async def test_a_key_that_may_only_read_cannot_transfer_either(trader: Trader, account: Account) -> None:
    account.pose("watch")

    assert set(grants(await trader.probes(account, SPOT)).items()) == {
        ("read", "granted"),
        *((right, "denied") for right in ("spot_trade", "futures_trade", "margin", "transfer", "withdraw")),
    }


@pytest.mark.parametrize(
    ("words", "withdraws"),
    [
        ("readOnly,trade", Grant.DENIED),
        ("readOnly,trade,withdraw", Grant.GRANTED),
        ("readOnly, WITHDRAW", Grant.GRANTED),
        ("readOnly,trade,everything", Grant.UNKNOWN),
        ("", Grant.UNKNOWN),
    ],
)
async def test_a_word_we_have_never_heard_may_be_any_right(
    htx: HtxSimulator, trader: Trader, account: Account, words: str, withdraws: Grant
) -> None:
    assert (await says(htx, trader, account, permission=words)).of(Permission.WITHDRAW).grant is withdraws


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        ("", (False, None)),
        ("1.1.1.1, 10.0.0.0/24", (True, ("1.1.1.1", "10.0.0.0/24"))),
        (None, (None, None)),
    ],
)
async def test_the_list_of_addresses_is_read(
    htx: HtxSimulator, trader: Trader, account: Account, listed: str | None, told: tuple[object, object]
) -> None:
    report = await says(htx, trader, account, ipAddresses=listed)

    assert (report.ip_restricted, report.ip_list) == told


@pytest.mark.parametrize("days", [-1, 0, None, "7", True])
async def test_no_days_are_no_end(htx: HtxSimulator, trader: Trader, account: Account, days: object) -> None:
    assert (await says(htx, trader, account, validDays=days)).expires_at is None


async def test_days_left_are_the_day_of_the_end(
    htx: HtxSimulator, trader: Trader, account: Account, clock: ShiftedClock
) -> None:
    today = clock.now() // DAY

    end = (await says(htx, trader, account, validDays=7)).expires_at

    # Two, should midnight pass between the two lines above.
    assert end in {(today + 7) * DAY, (today + 8) * DAY}


async def test_a_key_without_addresses_has_ninety_days_again_and_again(trader: Trader, account: Account) -> None:
    end = (await trader.probes(account, SPOT)).expires_at
    account.restrict_ips(["127.0.0.1"])

    assert end is not None
    assert (await trader.probes(account, SPOT)).expires_at is None


async def test_a_key_that_is_listed_as_ended_has_ended(htx: HtxSimulator, trader: Trader, account: Account) -> None:
    row = {"accessKey": account.api_key, "status": "expired", "permission": "readOnly,trade"}
    htx.faults.error(200, orjson.dumps({"code": 200, "data": [row]}), path=KEY_INFO)

    trouble = await trader.trouble_probing(account, SPOT)

    assert (trouble.failure, trouble.code) == (Failure.KEY_EXPIRED, "status expired")


# ------------------------------------------------------------------------------------------ where it does not say it


@pytest.mark.parametrize(
    "answer",
    [
        v2(1002, "unauthorized"),
        v2(2002, "invalid field value in `uid`"),
        v2(403, "forbidden"),
        orjson.dumps({"code": 200, "data": []}),
        orjson.dumps({"code": 200, "data": [{"accessKey": "somebody-else", "permission": "readOnly"}]}),
    ],
)
async def test_a_key_that_may_not_ask_for_its_rights_is_alive_and_unknown(
    htx: HtxSimulator, trader: Trader, account: Account, answer: bytes
) -> None:
    htx.faults.error(200, answer, path=KEY_INFO)

    report = await trader.inspects(account, SPOT)

    assert (report.of(Permission.WITHDRAW), report.of(Permission.TRANSFER)) == (UNKNOWABLE, UNKNOWABLE)
    assert report.of(Permission.READ) == Finding(Grant.GRANTED, Certainty.INFERRED, ("Read",))
    assert (report.account_uid, report.ip_restricted) == (str(account.uid), None)
    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.CAUTION
    verdict = judge(report, market=Market.SPOT, environment=Environment.LIVE, purpose=Purpose.TRADE)
    assert [refusal.failure for refusal in verdict.refusals] == [Failure.PERMISSIONS_UNKNOWN]


async def test_a_key_that_v2_does_not_serve_is_alive_if_v1_says_so(
    htx: HtxSimulator, trader: Trader, account: Account
) -> None:
    htx.faults.error(200, v2(1002, "unauthorized"), path="/v2")

    report = await trader.probes(account, SPOT)

    assert (report.account_uid, report.of(Permission.WITHDRAW)) == (None, UNKNOWABLE)
    assert report.grants(Permission.READ)


@pytest.mark.parametrize("data", [None, {}, [7], [{"accessKey": "own", "permission": None}]])
async def test_an_answer_of_another_shape_is_no_key_without_rights(
    htx: HtxSimulator, trader: Trader, account: Account, data: Any
) -> None:
    body = orjson.dumps({"code": 200, "data": data}).replace(b'"own"', f'"{account.api_key}"'.encode())
    htx.faults.error(200, body, path=KEY_INFO)

    assert (await trader.trouble_probing(account, SPOT)).failure is Failure.UNEXPECTED


# ---------------------------------------------------------------------------------------------- who says what is wrong


async def test_v1_tells_what_v2_does_not(htx: HtxSimulator, trader: Trader, account: Account) -> None:
    account.restrict_ips(["203.0.113.7"])

    trouble = await trader.trouble_probing(account, SPOT)

    assert (trouble.failure, trouble.code) == (Failure.IP_NOT_ALLOWED, "api-signature-not-valid (IP)")
    assert trouble.seen_ip == htx.caller_ip
    assert paths(htx) == [UID, ACCOUNTS]


async def test_only_futures_tell_a_key_that_has_ended(htx: HtxSimulator, trader: Trader, account: Account) -> None:
    account.expire()

    trouble = await trader.trouble_probing(account, SPOT)

    assert (trouble.failure, trouble.code) == (Failure.KEY_EXPIRED, "12004 (futures)")
    assert paths(htx) == [UID, ACCOUNTS, INVERSE_BALANCE]


async def test_what_else_futures_say_does_not_count(htx: HtxSimulator, trader: Trader, account: Account) -> None:
    account.revoke()
    htx.faults.error(200, futures(1220, "You have not opened contracts trading."), path=INVERSE_BALANCE)

    trouble = await trader.trouble_probing(account, SPOT)

    assert (trouble.failure, trouble.code) == (Failure.INVALID_KEY, "api-signature-not-valid (key)")


async def test_a_clock_that_v2_calls_a_signature_is_corrected_by_v1(
    htx: HtxSimulator, trader: Trader, account: Account, clock: ShiftedClock
) -> None:
    clock.wrong_by = -400.0

    report = await trader.probes(account, SPOT)

    assert report.account_uid == str(account.uid)
    assert paths(htx) == [UID, ACCOUNTS, "/v1/common/timestamp", ACCOUNTS, UID, KEY_INFO]


async def test_nothing_of_the_key_s_is_in_the_reason(htx: HtxSimulator, trader: Trader, account: Account) -> None:
    htx.faults.error(200, v1("bad", f"AccessKeyId={account.api_key}&Signature=abc of {account.secret}"))

    reason = (await trader.trouble_probing(account, SPOT)).reason or ""

    assert account.api_key not in reason
    assert account.secret not in reason


# ------------------------------------------------------------------------------------------------------------- balance


@pytest.mark.parametrize(
    ("place", "path"),
    [(SPOT, None), (LINEAR, LINEAR_BALANCE), (INVERSE, INVERSE_BALANCE)],
    ids=["spot", "linear", "inverse"],
)
async def test_an_inspection_reads_the_balance_of_the_market(
    htx: HtxSimulator, trader: Trader, account: Account, place: Place, path: str | None
) -> None:
    await trader.inspects(account, place)

    assert paths(htx)[-1] == (path or f"{ACCOUNTS}/{account.uid + 1}/balance")
    for item in (CheckItem.CLOCK, CheckItem.SIGNATURE, CheckItem.PERMISSIONS, CheckItem.BALANCE):
        assert trader.checklist[item] is ItemState.PASSED


async def test_who_has_no_spot_account_has_no_balance_there(
    htx: HtxSimulator, trader: Trader, account: Account
) -> None:
    htx.faults.error(200, orjson.dumps({"status": "ok", "data": [{"id": 1, "type": "otc"}]}), path=ACCOUNTS)

    await trader.inspects(account, SPOT)

    assert trader.checklist[CheckItem.BALANCE] is ItemState.CAUTION


async def test_an_account_of_another_mode_is_no_fault_of_the_key(
    htx: HtxSimulator, trader: Trader, account: Account
) -> None:
    htx.faults.error(200, v2(4007, "Unified account special interface"), path=LINEAR_BALANCE)

    await trader.inspects(account, LINEAR)

    assert trader.checklist[CheckItem.BALANCE] is ItemState.CAUTION


async def test_who_has_not_opened_futures_is_told(htx: HtxSimulator, trader: Trader, account: Account) -> None:
    htx.faults.error(200, futures(1220, "You have not opened contracts trading."), path=INVERSE_BALANCE)

    trouble = await trader.trouble_inspecting(account, INVERSE)

    assert (trouble.failure, trouble.code) == (Failure.WRONG_MARKET, "1220 (futures)")
    assert trader.checklist[CheckItem.BALANCE] is ItemState.FAILED


# ------------------------------------------------------------------------------------------------- limits, what is sent


async def test_one_account_s_limit_holds_up_nobody_else(htx: HtxSimulator, trader: Trader) -> None:
    busy, idle = htx.account("busy"), htx.account("idle")
    htx.faults.error(200, v1("rate-too-many-requests", "Too many requests"), account="busy")

    assert (await trader.trouble_probing(busy, SPOT)).failure is Failure.RATE_LIMITED
    assert (await trader.probes(idle, SPOT)).grants(Permission.SPOT_TRADE)


async def test_a_429_holds_up_everybody(htx: HtxSimulator, trader: Trader) -> None:
    htx.faults.rate_limit(times=1)
    await trader.trouble_probing(htx.account("first"), SPOT)

    assert (await trader.trouble_probing(htx.account("second"), SPOT)).failure is Failure.RATE_LIMITED
    assert len(htx.calls) == 1


@pytest.mark.parametrize("environment", [Environment.TESTNET, Environment.DEMO])
def test_there_is_no_world_but_live(environment: Environment) -> None:
    with pytest.raises(RuntimeError, match="keeps production URLs"):
        ExchangeClient(adapter.DIALECT, environment, None, ShiftedClock())


def test_the_one_thing_that_is_posted_is_a_query() -> None:
    asked = [each for each in vars(adapter).values() if isinstance(each, Endpoint)]

    assert len(asked) == 7
    assert [each.path for each in asked if each.method != "GET"] == ["swap-api/v1/swap_account_info"]


@pytest.mark.parametrize(
    "real",
    [
        "4ba5cdf2-4a92c5da-718ba144-dbuqg6hkte",
        "hrf5gdfghe-e74bebd8-2f4a33bc-e7963",
        "b0d2c1aa-c6e5f4b3-94a3c2d1-d8f70",
    ],
)
def test_keys_as_they_were_seen_have_the_shape(real: str) -> None:
    assert adapter.PROFILE.shape.api_key.fits(real)
    assert not adapter.PROFILE.shape.secret.fits("-----BEGIN PRIVATE KEY-----")
