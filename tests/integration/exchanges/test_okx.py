"""OKX: the three words of a key, transfers that are part of trading, a demo behind a header, a passphrase."""

from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest

from bot.domain.connection import Credential, Environment, Market, Place, Purpose
from bot.domain.failures import Failure
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, KeyReport, Permission
from bot.domain.verdict import Caution, judge
from bot.sandbox.exchanges.okx import OkxSimulator
from bot.usecases.ports import CheckItem, ItemState
from tests.integration.exchanges.trader import ShiftedClock, Trader, grants, simulated, trading_at

SPOT = Place("okx", Market.SPOT, Environment.LIVE)
LINEAR = Place("okx", Market.LINEAR, Environment.LIVE)
DEMO = Place("okx", Market.SPOT, Environment.DEMO)
CONFIG = "/api/v5/account/config"
TRADE = Finding(Grant.GRANTED, Certainty.STATED, ("Trade",))


@pytest.fixture
async def okx() -> AsyncIterator[OkxSimulator]:
    async with simulated(OkxSimulator) as simulator:
        yield simulator


@pytest.fixture
async def trader(okx: OkxSimulator, clock: ShiftedClock) -> AsyncIterator[Trader]:
    async with trading_at(okx, clock) as trader:
        yield trader


async def says(okx: OkxSimulator, trader: Trader, place: Place = SPOT, **config: Any) -> KeyReport:
    """What a probe makes of an answer of account/config that differs from a good key's in this."""
    row = {"acctLv": "2", "ip": "203.0.113.7", "perm": "read_only,trade", "uid": "1", "label": "n"} | config
    okx.faults.error(200, orjson.dumps({"code": "0", "msg": "", "data": [row]}), path=CONFIG)
    return await trader.probes(okx.account("k1", place.environment.value), place)


async def test_a_probe_is_one_question(okx: OkxSimulator, trader: Trader) -> None:
    account = okx.account("k1")

    report = await trader.probes(account, LINEAR)

    assert [(call.method, call.path) for call in okx.calls] == [("GET", CONFIG)]
    assert (report.account_uid, report.label, report.ip_restricted) == (str(account.uid), "k1", False)
    assert report.expires_at is None


async def test_transfers_are_part_of_trading_and_a_caution(okx: OkxSimulator, trader: Trader) -> None:
    report = await trader.probes(okx.account("k1"), SPOT)

    assert [report.of(right) for right in (Permission.SPOT_TRADE, Permission.TRANSFER)] == [TRADE, TRADE]
    verdict = judge(report, market=Market.SPOT, environment=Environment.LIVE, purpose=Purpose.TRADE)
    assert (verdict.accepted, Caution.TRANSFERS_WITH_TRADING in verdict.cautions) == (True, True)
    assert Caution.MORE_THAN_NEEDED not in verdict.cautions


async def test_a_key_that_may_only_read_cannot_transfer_either(okx: OkxSimulator, trader: Trader) -> None:
    account = okx.account("k1")
    account.pose("watch")

    assert set(grants(await trader.probes(account, SPOT)).items()) == {
        ("read", "granted"),
        *((right, "denied") for right in ("spot_trade", "futures_trade", "margin", "transfer", "withdraw")),
    }


async def test_an_account_in_spot_mode_trades_no_futures(okx: OkxSimulator, trader: Trader) -> None:
    report = await says(okx, trader, acctLv="1")

    assert (report.grants(Permission.SPOT_TRADE), report.of(Permission.FUTURES_TRADE).grant) == (True, Grant.DENIED)


@pytest.mark.parametrize(
    ("perm", "withdraws"),
    [
        ("read_only,trade", Grant.DENIED),
        ("read_only,withdraw,trade", Grant.GRANTED),
        ("read_only, withdraw", Grant.GRANTED),
        ("read_only,trade,send_everything", Grant.UNKNOWN),
        ("read_only,Withdraw", Grant.UNKNOWN),
    ],
)
async def test_a_word_we_have_never_heard_may_be_any_right(
    okx: OkxSimulator, trader: Trader, perm: str, withdraws: Grant
) -> None:
    assert (await says(okx, trader, perm=perm)).of(Permission.WITHDRAW).grant is withdraws


@pytest.mark.parametrize("perm", [None, "", [], 7])
async def test_no_words_at_all_are_no_key_without_rights(okx: OkxSimulator, trader: Trader, perm: Any) -> None:
    okx.faults.error(200, orjson.dumps({"code": "0", "data": [{"perm": perm}]}), path=CONFIG)

    assert (await trader.trouble_probing(okx.account("k1"), SPOT)).failure is Failure.UNEXPECTED


@pytest.mark.parametrize(
    ("ip", "told"),
    [
        ("", (False, None)),
        ("203.0.113.7,2001:db8::/32", (True, ("203.0.113.7", "2001:db8::/32"))),
        (None, (None, None)),
    ],
)
async def test_the_list_of_addresses_is_read(
    okx: OkxSimulator, trader: Trader, ip: str | None, told: tuple[bool | None, tuple[str, ...] | None]
) -> None:
    report = await says(okx, trader, ip=ip)

    assert (report.ip_restricted, report.ip_list) == told


async def test_on_demo_the_word_withdraw_means_nothing(okx: OkxSimulator, trader: Trader) -> None:
    report = await trader.probes(okx.account("k1", "demo"), DEMO)

    assert report.of(Permission.WITHDRAW) == UNKNOWABLE
    assert report.of(Permission.SPOT_TRADE) == TRADE


@pytest.mark.parametrize(("world", "place"), [("demo", SPOT), ("live", DEMO)])
async def test_a_key_of_the_other_environment_is_unknown_there(
    okx: OkxSimulator, trader: Trader, world: str, place: Place
) -> None:
    trouble = await trader.trouble_probing(okx.account("k1", world), place)

    assert (trouble.failure, trouble.code) == (Failure.INVALID_KEY, "50101")


async def test_the_address_that_okx_saw_is_told(okx: OkxSimulator, trader: Trader) -> None:
    okx.caller_ip = "198.51.100.4"
    account = okx.account("k1")
    account.restrict_ips(["203.0.113.7"])

    trouble = await trader.trouble_probing(account, SPOT)

    assert (trouble.failure, trouble.seen_ip) == (Failure.IP_NOT_ALLOWED, "198.51.100.4")


@pytest.mark.parametrize("passphrase", [None, ""])
async def test_without_a_passphrase_there_is_nothing_to_send(
    okx: OkxSimulator, trader: Trader, passphrase: str | None
) -> None:
    account = okx.account("k1")
    bare = Credential(account.api_key, account.secret, passphrase)

    assert (await trader.trouble_probing(bare, SPOT)).failure is Failure.MALFORMED_CREDENTIAL
    assert list(okx.calls) == []


async def test_a_key_that_may_not_read_is_told_as_such(okx: OkxSimulator, trader: Trader) -> None:
    account = okx.account("k1")
    account.forbid("read_only")

    trouble = await trader.trouble_inspecting(account, SPOT)

    assert (trouble.failure, trouble.code) == (Failure.NO_READ_PERMISSION, "50120")
    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.FAILED


async def test_one_user_s_limit_holds_up_nobody_else(okx: OkxSimulator, trader: Trader) -> None:
    okx.faults.error(429, b'{"code":"50011","msg":"Rate limit reached.","data":[]}', account="busy")

    trouble = await trader.trouble_probing(okx.account("busy"), SPOT)

    assert (trouble.failure, trouble.code) == (Failure.RATE_LIMITED, "50011")
    await trader.probes(okx.account("other"), SPOT)


async def test_a_429_of_what_stands_in_front_holds_up_everybody(okx: OkxSimulator, trader: Trader) -> None:
    okx.faults.ban(times=1)
    await trader.trouble_probing(okx.account("k1"), SPOT)

    assert (await trader.trouble_probing(okx.account("other"), SPOT)).code == "HTTP 429"
