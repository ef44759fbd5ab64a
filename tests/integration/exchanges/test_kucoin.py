"""KuCoin says of a key what it may do in one list of words, some of which mean something else than they say."""

from collections.abc import AsyncIterator

import orjson
import pytest

from bot.domain.connection import Credential, Environment, Market, Place
from bot.domain.failures import Failure
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, KeyReport, Permission
from bot.exchanges import kucoin as adapter
from bot.exchanges.adapter import Endpoint
from bot.exchanges.client import ExchangeClient
from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.kucoin import KucoinSimulator
from bot.usecases.ports import CheckItem, ItemState
from tests.integration.exchanges.known.kucoin import INVERSE, LINEAR, SPOT, says
from tests.integration.exchanges.trader import ShiftedClock, Trader, credential_of, simulated, trading_at

KEY_INFO = "/api/v1/user/api-key"
NO_PERMISSION = says("400007", "Access denied --> Require more permission.")
PLACES = [SPOT, LINEAR, INVERSE]

everywhere = pytest.mark.parametrize("place", PLACES, ids=["spot", "linear", "inverse"])


@pytest.fixture
async def kucoin() -> AsyncIterator[KucoinSimulator]:
    async with simulated(KucoinSimulator) as simulator:
        yield simulator


@pytest.fixture
async def trader(kucoin: KucoinSimulator) -> AsyncIterator[Trader]:
    async with trading_at(kucoin, ShiftedClock(), ["203.0.113.7"]) as trader:
        yield trader


@pytest.fixture
def account(kucoin: KucoinSimulator) -> Account:
    return kucoin.account("k1")


def states(**info: object) -> bytes:
    """An answer of the info path, good but for what is given."""
    told = {"permission": "General,Spot", "ipWhitelist": "", "uid": 165111215, "isMaster": True}
    return orjson.dumps({"code": "200000", "data": {**told, **info}})


def granted(report: KeyReport) -> set[Permission]:
    return {permission for permission in Permission if report.grants(permission)}


# --------------------------------------------------------------------------------------------------------- permissions


@everywhere
async def test_a_probe_is_one_question_to_the_spot_host(
    kucoin: KucoinSimulator, trader: Trader, account: Account, place: Place
) -> None:
    report = await trader.probes(account, place)

    assert granted(report) == {Permission.READ, Permission.SPOT_TRADE, Permission.FUTURES_TRADE}
    assert report.of(Permission.WITHDRAW) == Finding(Grant.DENIED, Certainty.STATED)
    assert (report.account_uid, report.label) == (str(account.uid), "k1")
    assert [(call.method, call.path, call.status) for call in kucoin.calls] == [("GET", KEY_INFO, 200)]


@pytest.mark.parametrize(
    ("word", "permission", "box"),
    [
        ("Spot", Permission.SPOT_TRADE, "Spot"),
        ("Futures", Permission.FUTURES_TRADE, "Futures"),
        ("Margin", Permission.MARGIN, "Margin"),
        ("InnerTransfer", Permission.TRANSFER, "FlexTransfers"),
        ("FlexTransfers", Permission.TRANSFER, "FlexTransfers"),
        ("Transfer", Permission.WITHDRAW, "Withdrawal"),
        ("Withdrawal", Permission.WITHDRAW, "Withdrawal"),
        (" transfer ", Permission.WITHDRAW, "Withdrawal"),
    ],
)
async def test_each_word_is_told_by_the_name_its_box_has_on_the_key_page(
    kucoin: KucoinSimulator, trader: Trader, account: Account, word: str, permission: Permission, box: str
) -> None:
    kucoin.faults.error(200, states(permission=f"General,{word}"), path=KEY_INFO)

    report = await trader.probes(account, SPOT)

    assert granted(report) == {Permission.READ, permission}
    assert report.of(permission) == Finding(Grant.GRANTED, Certainty.STATED, (box,))
    assert box in adapter.PROFILE.boxes[permission]


async def test_the_documents_own_example_can_do_everything(
    kucoin: KucoinSimulator, trader: Trader, account: Account
) -> None:
    words = "General,Futures,Spot,Earn,InnerTransfer,Transfer,Margin"
    kucoin.faults.error(200, states(permission=words), path=KEY_INFO)

    assert granted(await trader.probes(account, SPOT)) == set(Permission)


async def test_savings_are_nothing_to_us(trader: Trader, account: Account) -> None:
    account.allow("Earn")

    assert (await trader.probes(account, SPOT)).of(Permission.WITHDRAW).grant is Grant.DENIED


@pytest.mark.parametrize("words", ["General,Spot,Trade", "General,UnifiedTransfer", "", " , "])
async def test_what_was_not_understood_is_never_read_as_off(
    kucoin: KucoinSimulator, trader: Trader, account: Account, words: str
) -> None:
    kucoin.faults.error(200, states(permission=words), path=KEY_INFO)

    report = await trader.inspects(account, SPOT)

    assert (report.of(Permission.WITHDRAW), report.of(Permission.TRANSFER)) == (UNKNOWABLE, UNKNOWABLE)
    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.CAUTION


@pytest.mark.parametrize("body", [b"[]", b'{"code":"200000"}', states(permission=None), states(permission=["General"])])
async def test_an_answer_of_another_shape_is_no_key_without_rights(
    kucoin: KucoinSimulator, trader: Trader, account: Account, body: bytes
) -> None:
    kucoin.faults.error(200, body, path=KEY_INFO)

    assert (await trader.trouble_probing(account, SPOT)).failure is Failure.UNEXPECTED


# ----------------------------------------------------------------------------------------- whitelist, end, account


@pytest.mark.parametrize(
    ("told", "restricted", "listed"),
    [
        ("", False, None),
        ("203.0.113.7", True, ("203.0.113.7",)),
        ("203.0.113.7, 203.0.113.8", True, ("203.0.113.7", "203.0.113.8")),
        ("203.**.154,103.**.34", True, None),
        (None, None, None),
    ],
)
async def test_the_whitelist_is_told_as_far_as_it_is_not_masked(
    kucoin: KucoinSimulator,
    trader: Trader,
    account: Account,
    told: object,
    restricted: object,
    listed: tuple[str, ...] | None,
) -> None:
    kucoin.faults.error(200, states(ipWhitelist=told), path=KEY_INFO)

    report = await trader.probes(account, SPOT)

    assert (report.ip_restricted, report.ip_list) == (restricted, listed)


@pytest.mark.parametrize(
    ("told", "at"), [(1_800_000_000_000, 1_800_000_000.0), (None, None), (0, None), (-1, None), ("never", None)]
)
async def test_an_end_is_told_where_there_is_one(
    kucoin: KucoinSimulator, trader: Trader, account: Account, told: object, at: float | None
) -> None:
    kucoin.faults.error(200, states(expiredAt=told), path=KEY_INFO)

    assert (await trader.probes(account, SPOT)).expires_at == at


async def test_a_sub_account_s_key_has_the_name_of_the_sub_account(
    kucoin: KucoinSimulator, trader: Trader, account: Account
) -> None:
    kucoin.faults.error(200, states(subName="desk2", isMaster=False), path=KEY_INFO)

    assert (await trader.probes(account, SPOT)).label == "desk2"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("400006", "Invalid request ip, the current clientIp is:198.51.100.4"),
        ("400006", "Invalid request ip, the current clientIp is:2001:db8::4."),
        ("400302", "Sorry, the service is unavailable in your current area. IP: 198.51.100.4"),
    ],
)
async def test_the_address_that_kucoin_saw_is_told(
    kucoin: KucoinSimulator, trader: Trader, account: Account, code: str, words: str
) -> None:
    kucoin.faults.error(401, says(code, words))

    assert (await trader.trouble_probing(account, SPOT)).seen_ip in {"198.51.100.4", "2001:db8::4"}


# ------------------------------------------------------------------------------------------------------------- balance


@pytest.mark.parametrize(
    ("place", "path"),
    [(SPOT, "/api/v1/accounts"), (LINEAR, "/api/v1/account-overview"), (INVERSE, "/api/v1/account-overview")],
    ids=["spot", "linear", "inverse"],
)
async def test_an_inspection_reads_the_balance_of_the_market(
    kucoin: KucoinSimulator, trader: Trader, account: Account, place: Place, path: str
) -> None:
    await trader.inspects(account, place)

    assert kucoin.calls[-1].path == path
    for item in (CheckItem.CLOCK, CheckItem.SIGNATURE, CheckItem.PERMISSIONS, CheckItem.BALANCE):
        assert trader.checklist[item] is ItemState.PASSED


async def test_futures_that_refuse_a_key_without_their_box_leave_it_to_the_verdict(
    kucoin: KucoinSimulator, trader: Trader, account: Account
) -> None:
    account.pose("spot only")
    kucoin.faults.error(403, NO_PERMISSION, path="/api/v1/account-overview")

    report = await trader.inspects(account, LINEAR)

    assert granted(report) == {Permission.READ, Permission.SPOT_TRADE}
    assert trader.checklist[CheckItem.BALANCE] is ItemState.CAUTION


async def test_futures_that_refuse_a_key_with_their_box_are_a_trouble(
    kucoin: KucoinSimulator, trader: Trader, account: Account
) -> None:
    kucoin.faults.error(403, NO_PERMISSION, path="/api/v1/account-overview")

    assert (await trader.trouble_inspecting(account, LINEAR)).failure is Failure.NO_READ_PERMISSION
    assert trader.checklist[CheckItem.BALANCE] is ItemState.FAILED


async def test_an_outage_of_futures_is_an_outage_whatever_the_key_may_do(
    kucoin: KucoinSimulator, trader: Trader, account: Account
) -> None:
    account.pose("spot only")
    kucoin.faults.down(path="/api/v1/account-overview")

    assert (await trader.trouble_inspecting(account, LINEAR)).failure is Failure.EXCHANGE_UNAVAILABLE


# ------------------------------------------------------------------------------------------------- limits, what is sent


async def test_the_limit_of_one_account_holds_up_nobody_else(kucoin: KucoinSimulator, trader: Trader) -> None:
    busy, idle = kucoin.account("busy"), kucoin.account("idle")
    kucoin.faults.error(429, says("429000", "Too Many Requests"), account="busy")

    assert (await trader.trouble_probing(busy, SPOT)).failure is Failure.RATE_LIMITED
    assert (await trader.probes(idle, SPOT)).grants(Permission.SPOT_TRADE)


async def test_the_limit_of_our_address_holds_up_everybody(kucoin: KucoinSimulator, trader: Trader) -> None:
    kucoin.faults.rate_limit(times=1)

    await trader.trouble_probing(kucoin.account("first"), SPOT)

    assert (await trader.trouble_probing(kucoin.account("second"), SPOT)).failure is Failure.RATE_LIMITED
    assert len(kucoin.calls) == 1


@pytest.mark.parametrize("environment", [Environment.TESTNET, Environment.DEMO])
def test_there_is_no_world_but_live(environment: Environment) -> None:
    with pytest.raises(RuntimeError, match="keeps production URLs"):
        ExchangeClient(adapter.DIALECT, environment, None, ShiftedClock())


def test_nothing_is_ever_posted() -> None:
    asked = [each for each in vars(adapter).values() if isinstance(each, Endpoint)]

    assert len(asked) == 5
    assert {each.method for each in asked} == {"GET"}


def test_nobody_signs_as_ccxt_s_partner() -> None:
    client = ExchangeClient(adapter.DIALECT, Environment.LIVE, None, ShiftedClock())
    signed = client.sign(adapter.LINEAR_BALANCE, Credential("6" * 24, "secret", "passphrase"))

    assert [name for name in signed.headers or {} if "PARTNER" in name] == []


async def test_the_passphrase_itself_is_never_sent(trader: Trader, account: Account) -> None:
    client = ExchangeClient(adapter.DIALECT, Environment.LIVE, None, ShiftedClock())
    good = credential_of(account)
    signed = client.sign(adapter.KEY_INFO, good)

    assert good.passphrase is not None
    assert good.passphrase not in str(signed.headers)
    assert (await trader.trouble_probing(Credential(good.api_key, good.secret), SPOT)).failure is (
        Failure.MALFORMED_CREDENTIAL
    )


def test_keys_of_the_simulator_have_the_shape_of_real_ones(account: Account) -> None:
    shape = adapter.PROFILE.shape

    assert shape.api_key.fits(account.api_key)
    assert shape.secret.fits(account.secret)
    assert not shape.secret.fits("-----BEGIN PRIVATE KEY-----MIIEvQIBADANBgkqhkiG9w0B-----END PRIVATE KEY-----")


def test_the_markets_are_those_of_one_key() -> None:
    assert set(adapter.PROFILE.worlds) == set(Market)
