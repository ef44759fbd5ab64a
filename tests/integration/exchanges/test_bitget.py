"""Bitget has accounts of two kinds, each with a way of its own to say what a key may do."""

from collections.abc import AsyncIterator

import orjson
import pytest

from bot.domain.connection import Credential, Environment, Market, Place
from bot.domain.failures import Failure
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, KeyReport, Permission
from bot.exchanges import bitget as adapter
from bot.exchanges.adapter import Endpoint
from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.bitget import UNIFIED, BitgetSimulator
from bot.usecases.ports import CheckItem, ItemState
from tests.integration.exchanges.known.bitget import says
from tests.integration.exchanges.trader import ShiftedClock, Trader, credential_of, grants, simulated, trading_at

SPOT = Place("bitget", Market.SPOT, Environment.LIVE)
LINEAR = Place("bitget", Market.LINEAR, Environment.LIVE)
INVERSE = Place("bitget", Market.INVERSE, Environment.LIVE)
SPOT_DEMO = Place("bitget", Market.SPOT, Environment.DEMO)

UNIFIED_INFO = "/api/v3/account/info"
CLASSIC_INFO = "/api/v2/spot/account/info"
MODE_IS_CLASSIC = says("40084", "You are in Classic Account mode")
NO_PERMISSION = says("40014", "Incorrect permissions")

on_every_market = pytest.mark.parametrize("place", [SPOT, LINEAR, INVERSE], ids=["spot", "linear", "inverse"])


@pytest.fixture
async def bitget() -> AsyncIterator[BitgetSimulator]:
    async with simulated(BitgetSimulator) as simulator:
        yield simulator


@pytest.fixture
async def trader(bitget: BitgetSimulator) -> AsyncIterator[Trader]:
    async with trading_at(bitget, ShiftedClock(), ["203.0.113.7"]) as trader:
        yield trader


@pytest.fixture
def unified(bitget: BitgetSimulator) -> Account:
    return bitget.account("unified")


@pytest.fixture
def classic(bitget: BitgetSimulator) -> Account:
    account = bitget.account("classic")
    account.forbid(UNIFIED)
    return account


def states(**info: object) -> bytes:
    """An answer of either info path, good but for what is given."""
    told = {"userId": "1234567890", "ips": "", "permType": "read-and-write", "permissions": ["uta_trade"]}
    return orjson.dumps({"code": "00000", "msg": "success", "data": {**told, **info}})


def granted(report: KeyReport) -> set[Permission]:
    return {permission for permission in Permission if report.grants(permission)}


# ---------------------------------------------------------------------------------------------------- a unified account


async def test_a_unified_key_is_one_question(bitget: BitgetSimulator, trader: Trader, unified: Account) -> None:
    report = await trader.probes(unified, SPOT)

    assert grants(report) == {
        "read": "granted",
        "spot_trade": "granted",
        "futures_trade": "granted",
        "margin": "granted",
        "transfer": "denied",
        "withdraw": "denied",
    }
    assert {finding.certainty for finding in report.findings.values()} == {Certainty.STATED}
    assert report.account_uid == str(unified.uid)
    assert [(call.method, call.path, call.status) for call in bitget.calls] == [("GET", UNIFIED_INFO, 200)]


@pytest.mark.parametrize(
    ("switch", "permission", "box"),
    [
        ("uta_trade", Permission.SPOT_TRADE, "Unified account trade"),
        ("uta_trade", Permission.FUTURES_TRADE, "Unified account trade"),
        ("uta_mgt", Permission.TRANSFER, "Unified account management"),
        ("withdraw", Permission.WITHDRAW, "Withdraw"),
    ],
)
async def test_each_box_is_told_by_its_name(
    trader: Trader, unified: Account, switch: str, permission: Permission, box: str
) -> None:
    unified.allow(switch)

    assert (await trader.probes(unified, SPOT)).of(permission) == Finding(Grant.GRANTED, Certainty.STATED, (box,))
    assert box in adapter.PROFILE.boxes[permission]


@pytest.mark.parametrize("kind", ["read-only", "read_only", "readonly", "READ-ONLY"])
async def test_a_read_only_key_lists_rights_it_does_not_have(
    bitget: BitgetSimulator, trader: Trader, unified: Account, kind: str
) -> None:
    bitget.faults.error(200, states(permType=kind, permissions=["uta_mgt", "uta_trade"]), path=UNIFIED_INFO)

    assert granted(await trader.probes(unified, SPOT)) == {Permission.READ}


@pytest.mark.parametrize("kind", ["read-and-write", "read_and_write", "read-write"])
async def test_writing_is_written_in_several_ways(
    bitget: BitgetSimulator, trader: Trader, unified: Account, kind: str
) -> None:
    bitget.faults.error(200, states(permType=kind), path=UNIFIED_INFO)

    assert (await trader.probes(unified, SPOT)).grants(Permission.FUTURES_TRADE)


async def test_withdraw_is_believed_of_a_read_only_key_too(
    bitget: BitgetSimulator, trader: Trader, unified: Account
) -> None:
    bitget.faults.error(200, states(permType="read-only", permissions=["withdraw", "transfer"]), path=UNIFIED_INFO)

    assert granted(await trader.probes(unified, SPOT)) == {Permission.READ, Permission.WITHDRAW, Permission.TRANSFER}


@pytest.mark.parametrize(
    "told",
    [
        {"permissions": ["uta_trade", "p2p_sell"]},
        {"permissions": []},
        {"permType": "read-and-wonder"},
        {"permType": None},
    ],
    ids=["a word of tomorrow", "nothing listed", "a kind of tomorrow", "no kind"],
)
async def test_what_was_not_understood_is_never_read_as_off(
    bitget: BitgetSimulator, trader: Trader, unified: Account, told: dict[str, object]
) -> None:
    bitget.faults.error(200, states(**told), path=UNIFIED_INFO)

    report = await trader.inspects(unified, SPOT)

    assert (report.of(Permission.WITHDRAW), report.of(Permission.TRANSFER)) == (UNKNOWABLE, UNKNOWABLE)
    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.CAUTION


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b'{"code":"00000","data":null}',
        states(permissions=None),
        states(permissions="uta_trade"),
        states(permissions=[1]),
    ],
)
async def test_an_answer_of_another_shape_is_no_key_without_rights(
    bitget: BitgetSimulator, trader: Trader, unified: Account, body: bytes
) -> None:
    bitget.faults.error(200, body, path=UNIFIED_INFO)

    assert (await trader.trouble_probing(unified, SPOT)).failure is Failure.UNEXPECTED


async def test_copying_trades_grants_nothing_that_matters_here(trader: Trader, unified: Account) -> None:
    unified.allow("copy_futures_order", "copy_futures_position")
    unified.forbid("uta_trade")

    report = await trader.probes(unified, SPOT)

    assert granted(report) == {Permission.READ}
    assert report.of(Permission.WITHDRAW).grant is Grant.DENIED


@on_every_market
async def test_a_key_that_trades_does_without_the_balance_rather_than_with_transfers(
    trader: Trader, unified: Account, place: Place
) -> None:
    report = await trader.inspects(unified, place)

    assert not report.grants(Permission.TRANSFER)
    assert trader.checklist[CheckItem.BALANCE] is ItemState.CAUTION
    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.PASSED


async def test_a_key_that_watches_reads_the_balance(trader: Trader, unified: Account) -> None:
    unified.pose("watch")

    report = await trader.inspects(unified, SPOT)

    assert granted(report) == {Permission.READ}
    assert trader.checklist[CheckItem.BALANCE] is ItemState.PASSED


async def test_a_key_that_watches_and_may_not_read_the_balance_lacks_a_box(trader: Trader, unified: Account) -> None:
    unified.forbid("readWrite")

    trouble = await trader.trouble_inspecting(unified, SPOT)

    assert (trouble.failure, trouble.boxes) == (Failure.NO_READ_PERMISSION, ("Unified account management",))
    assert trader.checklist[CheckItem.BALANCE] is ItemState.FAILED


async def test_an_outage_while_the_balance_is_read_is_an_outage(
    bitget: BitgetSimulator, trader: Trader, unified: Account
) -> None:
    bitget.faults.down(path="/api/v3/account/assets")

    trouble = await trader.trouble_inspecting(unified, SPOT)

    assert trouble.failure is Failure.EXCHANGE_UNAVAILABLE
    assert trader.checklist[CheckItem.BALANCE] is ItemState.UNKNOWN


# ---------------------------------------------------------------------------------------------------- a classic account


async def test_a_classic_key_is_two_questions(bitget: BitgetSimulator, trader: Trader, classic: Account) -> None:
    report = await trader.probes(classic, LINEAR)

    assert granted(report) == {Permission.READ, Permission.SPOT_TRADE, Permission.FUTURES_TRADE}
    assert report.of(Permission.WITHDRAW) == Finding(Grant.DENIED, Certainty.STATED)
    assert report.account_uid == str(classic.uid)
    assert [call.path for call in bitget.calls] == [UNIFIED_INFO, CLASSIC_INFO]


@pytest.mark.parametrize("code", ["40084", "25245"])
async def test_both_codes_that_say_classic_are_understood(
    bitget: BitgetSimulator, trader: Trader, classic: Account, code: str
) -> None:
    bitget.faults.error(400, says(code, "not a unified account"), path="/api/v3")

    assert (await trader.probes(classic, SPOT)).grants(Permission.SPOT_TRADE)


async def test_no_other_trouble_makes_an_account_a_classic_one(
    bitget: BitgetSimulator, trader: Trader, unified: Account
) -> None:
    bitget.faults.error(400, NO_PERMISSION, path=UNIFIED_INFO)

    await trader.trouble_probing(unified, SPOT)

    assert [call.path for call in bitget.calls] == [UNIFIED_INFO]


@pytest.mark.parametrize(
    ("switch", "permission", "box"),
    [
        ("stow", Permission.SPOT_TRADE, "Trade"),
        ("smow", Permission.MARGIN, "Trade"),
        ("coow", Permission.FUTURES_TRADE, "Trade"),
        ("cpow", Permission.FUTURES_TRADE, "Trade"),
        ("wtow", Permission.TRANSFER, "Transfer"),
        ("chow", Permission.TRANSFER, "Sub-account"),
        ("wwow", Permission.WITHDRAW, "Withdraw"),
    ],
)
async def test_each_code_of_a_classic_key_grants_one_thing(
    trader: Trader, classic: Account, switch: str, permission: Permission, box: str
) -> None:
    classic.forbid("stow", "coow", "cpow")
    classic.allow(switch)

    report = await trader.probes(classic, SPOT)

    assert granted(report) == {Permission.READ, permission}
    assert report.of(permission).boxes == (box,)


async def test_the_word_trade_leaves_open_what_else_the_key_may_do(
    bitget: BitgetSimulator, trader: Trader, classic: Account
) -> None:
    bitget.faults.error(400, MODE_IS_CLASSIC, path="/api/v3")
    bitget.faults.error(200, states(authorities=["trade", "readonly"], userId="**********"), path=CLASSIC_INFO)

    report = await trader.probes(classic, SPOT)

    assert granted(report) == {Permission.READ, Permission.SPOT_TRADE, Permission.FUTURES_TRADE, Permission.MARGIN}
    assert report.of(Permission.WITHDRAW) == UNKNOWABLE
    assert report.account_uid is None  # masked


@on_every_market
async def test_a_classic_key_reads_the_balance_of_its_market(
    bitget: BitgetSimulator, trader: Trader, classic: Account, place: Place
) -> None:
    await trader.inspects(classic, place)

    assert trader.checklist[CheckItem.BALANCE] is ItemState.PASSED
    spot = "/api/v2/spot/account/assets"
    assert bitget.calls[-1].path == (spot if place is SPOT else "/api/v2/mix/account/accounts")


async def test_a_classic_key_that_trades_and_is_refused_by_futures_is_for_another_market(
    bitget: BitgetSimulator, trader: Trader, classic: Account
) -> None:
    classic.pose("spot only")
    bitget.faults.error(400, NO_PERMISSION, path="/api/v2/mix")

    assert (await trader.trouble_inspecting(classic, LINEAR)).failure is Failure.WRONG_MARKET


async def test_a_classic_key_that_only_reads_and_is_refused_by_futures_may_not_read_them(
    bitget: BitgetSimulator, trader: Trader, classic: Account
) -> None:
    classic.pose("watch")
    bitget.faults.error(400, NO_PERMISSION, path="/api/v2/mix")

    assert (await trader.trouble_inspecting(classic, LINEAR)).failure is Failure.NO_READ_PERMISSION


async def test_a_dangerous_key_that_is_refused_by_futures_is_reported_whole(
    bitget: BitgetSimulator, trader: Trader, classic: Account
) -> None:
    classic.allow("wwow")
    bitget.faults.error(400, NO_PERMISSION, path="/api/v2/mix")

    assert (await trader.inspects(classic, LINEAR)).grants(Permission.WITHDRAW)


# ----------------------------------------------------------------------------------------------------- address and demo


@pytest.mark.parametrize(
    ("bound", "restricted", "listed"),
    [
        ("", False, None),
        ("203.0.113.7", True, ("203.0.113.7",)),
        ("203.0.113.7, 203.0.113.8", True, ("203.0.113.7", "203.0.113.8")),
        (["203.0.113.7"], True, ("203.0.113.7",)),
        ([], False, None),
        (None, None, None),
        (7, None, None),
    ],
)
async def test_the_addresses_are_told(
    bitget: BitgetSimulator,
    trader: Trader,
    unified: Account,
    bound: object,
    restricted: object,
    listed: tuple[str, ...] | None,
) -> None:
    bitget.faults.error(200, states(ips=bound), path=UNIFIED_INFO)

    report = await trader.probes(unified, SPOT)

    assert (report.ip_restricted, report.ip_list) == (restricted, listed)


async def test_the_address_that_bitget_saw_is_told(bitget: BitgetSimulator, trader: Trader, unified: Account) -> None:
    bitget.caller_ip = "198.51.100.4"
    unified.restrict_ips(["203.0.113.7"])

    trouble = await trader.trouble_probing(unified, SPOT)

    assert (trouble.failure, trouble.seen_ip) == (Failure.IP_NOT_ALLOWED, "198.51.100.4")


@pytest.mark.parametrize(("made", "used"), [("demo", SPOT), ("live", SPOT_DEMO)])
async def test_a_key_of_the_other_world_is_unknown_in_this_one(
    bitget: BitgetSimulator, trader: Trader, made: str, used: Place
) -> None:
    trouble = await trader.trouble_probing(bitget.account("k1", made), used)

    assert (trouble.failure, trouble.code) == (Failure.INVALID_KEY, "40099")


async def test_a_demo_that_states_no_permissions_is_believed_to_be_silent(
    bitget: BitgetSimulator, trader: Trader
) -> None:
    bitget.states_permissions_on_demo = False
    account = bitget.account("k1", "demo")
    account.allow("uta_mgt")

    report = await trader.inspects(account, SPOT_DEMO)

    assert report.of(Permission.READ) == Finding(Grant.GRANTED, Certainty.INFERRED)
    assert report.of(Permission.SPOT_TRADE) == report.of(Permission.WITHDRAW) == UNKNOWABLE


async def test_a_missing_path_on_live_is_no_silence(bitget: BitgetSimulator, trader: Trader, unified: Account) -> None:
    bitget.faults.error(404, says("40404", "Request URL NOT FOUND"), path=UNIFIED_INFO)

    assert (await trader.trouble_probing(unified, SPOT)).code == "40404"


# --------------------------------------------------------------------------------------------------------- what is sent


def test_nothing_is_ever_posted() -> None:
    asked = [each for each in vars(adapter).values() if isinstance(each, Endpoint)]

    assert len(asked) == 7
    assert {each.method for each in asked} == {"GET"}


async def test_a_missing_passphrase_is_noticed_before_anything_is_sent(
    bitget: BitgetSimulator, trader: Trader, unified: Account
) -> None:
    good = credential_of(unified)

    trouble = await trader.trouble_probing(Credential(good.api_key, good.secret), SPOT)

    assert trouble.failure is Failure.MALFORMED_CREDENTIAL
    assert list(bitget.calls) == []


def test_a_private_key_is_no_secret_here() -> None:
    pem = "-----BEGIN PRIVATE KEY-----MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ-----END PRIVATE KEY-----"

    assert not adapter.PROFILE.shape.secret.fits(pem)


def test_keys_of_the_simulator_have_the_shape_of_real_ones(unified: Account) -> None:
    shape = adapter.PROFILE.shape
    assert shape.passphrase is not None

    assert shape.api_key.fits(unified.api_key)
    assert shape.secret.fits(unified.secret)
    assert shape.passphrase.fits(unified.passphrase or "")
