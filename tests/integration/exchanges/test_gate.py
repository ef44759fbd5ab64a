"""Gate states the products a key may use, in one of two shapes, and never that withdrawal is off."""

from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any

import orjson
import pytest

from bot.domain.connection import Environment, Market, Place, Purpose
from bot.domain.failures import ExchangeTrouble, Failure
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, KeyReport, Permission
from bot.domain.verdict import Caution, Verdict, judge
from bot.exchanges import gate as adapter
from bot.exchanges.adapter import Endpoint
from bot.sandbox.exchanges.gate import GateSimulator
from bot.usecases.ports import CheckItem, ItemState
from tests.integration.exchanges.known.gate import ANSWERS, SPOT
from tests.integration.exchanges.trader import ShiftedClock, Trader, grants, simulated, trading_at

LINEAR = Place("gate", Market.LINEAR, Environment.LIVE)
INVERSE = Place("gate", Market.INVERSE, Environment.LIVE)
SPOT_TESTNET = Place("gate", Market.SPOT, Environment.TESTNET)
LINEAR_TESTNET = Place("gate", Market.LINEAR, Environment.TESTNET)
MAIN_KEYS = "/api/v4/account/main_keys"
DETAIL = "/api/v4/account/detail"
BALANCES = {
    SPOT: "/api/v4/spot/accounts",
    LINEAR: "/api/v4/futures/usdt/accounts",
    INVERSE: "/api/v4/futures/btc/accounts",
}
OFF = Finding(Grant.DENIED, Certainty.STATED)

everywhere = pytest.mark.parametrize("place", list(BALANCES), ids=["spot", "linear", "inverse"])
in_both_shapes = pytest.mark.parametrize("lists_keys", [True, False], ids=["a list", "one object"])


@pytest.fixture
async def gate() -> AsyncIterator[GateSimulator]:
    async with simulated(GateSimulator) as simulator:
        yield simulator


@pytest.fixture
async def trader(gate: GateSimulator, clock: ShiftedClock) -> AsyncIterator[Trader]:
    async with trading_at(gate, clock) as trader:
        yield trader


def verdict(report: KeyReport, place: Place = SPOT, purpose: Purpose = Purpose.TRADE, *, vouched: bool) -> Verdict:
    return judge(report, market=place.market, environment=place.environment, purpose=purpose, vouched=vouched)


def entry(perms: list[dict[str, Any]], **more: Any) -> bytes:
    """One object, as the schema has it."""
    return orjson.dumps({"state": 1, "user_id": 7, "key": {"mode": 1}, "ip_whitelist": [], "perms": perms} | more)


def product(name: str, *, read_only: bool = False) -> dict[str, Any]:
    return {"name": name, "read_only": read_only}


READABLE = product("spot", read_only=True)

# ---------------------------------------------------------------------------------------------------- what a key may do


@everywhere
@in_both_shapes
async def test_a_probe_is_one_question_and_tells_all_but_withdrawal(
    gate: GateSimulator, trader: Trader, place: Place, *, lists_keys: bool
) -> None:
    gate.lists_keys = lists_keys

    report = await trader.probes(gate.account("k1"), place)

    assert grants(report) == {
        "read": "granted",
        "spot_trade": "granted",
        "futures_trade": "granted",
        "margin": "granted",
        "transfer": "denied",
        "withdraw": "unknown",
    }
    assert [(call.method, call.path, call.status) for call in gate.calls] == [("GET", MAIN_KEYS, 200)]


@everywhere
async def test_a_good_key_comes_in_when_somebody_vouches_for_it(
    gate: GateSimulator, trader: Trader, place: Place
) -> None:
    report = await trader.inspects(gate.account("k1"), place)

    assert [each.failure for each in verdict(report, place, vouched=False).refusals] == [Failure.PERMISSIONS_UNKNOWN]
    assert verdict(report, place, vouched=True).refusals == ()
    assert Caution.WITHDRAWAL_UNVERIFIED in verdict(report, place, vouched=True).cautions


@pytest.mark.parametrize(
    ("name", "granted", "box"),
    [
        ("futures", {Permission.FUTURES_TRADE}, "Perpetual: Read and Write"),
        ("delivery", {Permission.FUTURES_TRADE}, "Delivery: Read and Write"),
        ("options", {Permission.FUTURES_TRADE}, "Options: Read and Write"),
        ("spot", {Permission.SPOT_TRADE, Permission.MARGIN}, "Spot/Margin: Read and Write"),
        ("margin", {Permission.MARGIN}, "Margin: Read and Write"),
        ("loan", {Permission.MARGIN}, "Loan: Read and Write"),
        (
            "unified",
            {Permission.SPOT_TRADE, Permission.FUTURES_TRADE, Permission.MARGIN},
            "Unified: Read and Write",
        ),
        ("wallet", {Permission.TRANSFER}, "Wallet: Read and Write"),
    ],
)
async def test_each_product_that_may_be_written_to_is_told_by_its_box(
    gate: GateSimulator, trader: Trader, name: str, granted: set[Permission], box: str
) -> None:
    others = [] if name == "spot" else [READABLE]
    gate.faults.error(200, entry([*others, product(name)]), path=MAIN_KEYS)

    report = await trader.probes(gate.account("k1"), SPOT)

    assert {each for each in Permission if report.grants(each)} == granted | {Permission.READ}
    assert {report.of(permission).boxes for permission in granted} == {(box,)}


@pytest.mark.parametrize("name", ["spot", "futures", "wallet", "unified", "custody", "otc", "tomorrow"])
async def test_a_product_that_is_only_read_moves_nothing(gate: GateSimulator, trader: Trader, name: str) -> None:
    gate.faults.error(200, entry([READABLE, product(name, read_only=True)]), path=MAIN_KEYS)

    report = await trader.probes(gate.account("k1"), SPOT)

    assert [each for each in Permission if report.grants(each)] == [Permission.READ]
    assert report.of(Permission.TRANSFER) == OFF


@pytest.mark.parametrize("name", ["withdraw", "withdrawal", "Withdrawals", "spot_withdraw"])
@pytest.mark.parametrize("read_only", [True, False])
async def test_whatever_speaks_of_withdrawing_withdraws(
    gate: GateSimulator, trader: Trader, name: str, *, read_only: bool
) -> None:
    gate.faults.error(200, entry([READABLE, product(name, read_only=read_only)]), path=MAIN_KEYS)

    report = await trader.probes(gate.account("k1"), SPOT)

    assert report.of(Permission.WITHDRAW) == Finding(Grant.GRANTED, Certainty.STATED, ("Withdrawal",))
    assert [each.failure for each in verdict(report, purpose=Purpose.WATCH, vouched=True).refusals] == [
        Failure.WITHDRAW_ENABLED
    ]


@pytest.mark.parametrize("name", ["custody", "otc", "tomorrow"])
async def test_a_product_of_unclear_reach_leaves_transfers_open(gate: GateSimulator, trader: Trader, name: str) -> None:
    gate.faults.error(200, entry([READABLE, product(name)]), path=MAIN_KEYS)

    assert (await trader.probes(gate.account("k1"), SPOT)).of(Permission.TRANSFER) == UNKNOWABLE


@pytest.mark.parametrize("perms", [None, {}, ["spot"], [{"name": "spot"}], [{"name": 1, "read_only": True}]])
async def test_an_answer_of_another_shape_is_not_a_key_without_rights(
    gate: GateSimulator, trader: Trader, perms: Any
) -> None:
    gate.faults.error(200, entry(perms), path=MAIN_KEYS)

    assert (await trader.trouble_probing(gate.account("k1"), SPOT)).failure is Failure.UNEXPECTED


async def test_a_right_that_appears_later_is_seen_by_the_next_probe(gate: GateSimulator, trader: Trader) -> None:
    account = gate.account("k1")
    assert not (await trader.probes(account, SPOT)).grants(Permission.TRANSFER)

    account.pose("transfer")

    assert (await trader.probes(account, SPOT)).grants(Permission.TRANSFER)


# ------------------------------------------------------------------------------------------------------ whose key it is


async def test_of_many_keys_only_one_s_own_is_read(gate: GateSimulator, trader: Trader) -> None:
    mine = gate.account("k1")
    dangerous = mine.new_key()
    dangerous.allow("withdrawal", "wallet")

    assert (await trader.probes(mine, SPOT)).label == "k1"
    assert not (await trader.probes(mine, SPOT)).grants(Permission.TRANSFER)
    assert (await trader.probes(dangerous, SPOT)).grants(Permission.WITHDRAW)


@pytest.mark.parametrize("shown", ["", "*****", "0123*****", "not ours"])
async def test_a_list_without_one_s_own_key_says_nothing_of_it(gate: GateSimulator, trader: Trader, shown: str) -> None:
    stranger = orjson.loads(entry([product("spot")], key=shown))
    gate.faults.error(200, orjson.dumps([stranger]), path=MAIN_KEYS)

    report = await trader.probes(gate.account("k1"), SPOT)

    assert {report.of(each).grant for each in Permission} == {Grant.GRANTED, Grant.UNKNOWN}
    assert [each for each in Permission if report.grants(each)] == [Permission.READ]


@pytest.mark.parametrize("cut", [lambda key: key, lambda key: f"{key[:8]}*", lambda key: f"{key[:4]}***{key[-4:]}"])
async def test_one_s_own_key_is_known_however_it_is_shortened(
    gate: GateSimulator, trader: Trader, cut: Callable[[str], str]
) -> None:
    account = gate.account("k1")
    mine = orjson.loads(entry([product("spot")], key=cut(account.api_key)))
    gate.faults.error(200, orjson.dumps([mine]), path=MAIN_KEYS)

    assert (await trader.probes(account, SPOT)).of(Permission.TRANSFER) == OFF


async def test_two_keys_that_look_alike_are_not_told_apart_by_chance(gate: GateSimulator, trader: Trader) -> None:
    account = gate.account("k1")
    shown = account.api_key[:12] + "*****"
    harmless, dangerous = (orjson.loads(entry([product(name)], key=shown)) for name in ("spot", "wallet"))
    gate.faults.error(200, orjson.dumps([harmless, dangerous]), path=MAIN_KEYS)

    assert (await trader.probes(account, SPOT)).of(Permission.TRANSFER) == UNKNOWABLE


async def test_a_key_that_may_not_ask_for_keys_is_looked_at_as_far_as_it_goes(
    gate: GateSimulator, trader: Trader
) -> None:
    gate.for_main_accounts = True
    account = gate.account("k1")
    account.restrict_ips([gate.caller_ip])

    report = await trader.inspects(account, SPOT)

    assert (report.account_uid, report.ip_list) == (str(account.uid), (gate.caller_ip,))
    assert report.of(Permission.WITHDRAW) == report.of(Permission.TRANSFER) == UNKNOWABLE
    assert [each.failure for each in verdict(report, vouched=False).refusals] == [Failure.PERMISSIONS_UNKNOWN]


async def test_a_key_that_may_not_read_the_account_is_told_which_box_it_needs(
    gate: GateSimulator, trader: Trader
) -> None:
    account = gate.account("k1")
    account.forbid("account")

    trouble = await trader.trouble_inspecting(account, SPOT)

    assert (trouble.failure, trouble.boxes) == (Failure.NO_READ_PERMISSION, ("Account: Read Only",))
    assert trader.checklist[CheckItem.SIGNATURE] is ItemState.PASSED


@pytest.mark.parametrize("place", [SPOT_TESTNET, LINEAR_TESTNET], ids=["spot", "linear"])
async def test_a_testnet_that_does_not_know_the_question_lets_a_key_read(
    gate: GateSimulator, trader: Trader, place: Place
) -> None:
    gate.testnet_has_keys = False

    report = await trader.inspects(gate.account("k1", "testnet"), place)

    assert report.of(Permission.WITHDRAW) == UNKNOWABLE
    assert verdict(report, place, vouched=False).cautions == (Caution.NOT_VERIFIABLE_HERE,)


async def test_live_must_know_the_question(gate: GateSimulator, trader: Trader) -> None:
    gate.faults.error(404, b'{"label":"NOT_FOUND","message":"The requested URL does not exist"}', path=MAIN_KEYS)

    assert (await trader.trouble_probing(gate.account("k1"), SPOT)).failure is Failure.UNEXPECTED


# ----------------------------------------------------------------------------------------------------------- the market


@pytest.mark.parametrize(
    ("pose", "place", "box"),
    [
        ("futures only", SPOT, "Spot/Margin: Read and Write"),
        ("spot only", LINEAR, "Perpetual: Read and Write"),
        ("spot only", INVERSE, "Perpetual: Read and Write"),
    ],
)
async def test_a_key_without_any_right_in_a_market_is_for_another_at_every_look(
    gate: GateSimulator, trader: Trader, pose: str, place: Place, box: str
) -> None:
    account = gate.account("k1")
    account.pose(pose)

    for look in (trader.trouble_inspecting, trader.trouble_probing):
        trouble = await look(account, place)
        assert (trouble.failure, trouble.boxes) == (Failure.WRONG_MARKET, (box,))


async def test_a_key_that_only_reads_elsewhere_cannot_read_here(gate: GateSimulator, trader: Trader) -> None:
    account = gate.account("k1")
    account.pose("watch")
    account.forbid("futures")

    trouble = await trader.trouble_probing(account, LINEAR)

    assert (trouble.failure, trouble.boxes) == (Failure.NO_READ_PERMISSION, ("Perpetual: Read Only",))


async def test_a_dangerous_key_is_reported_whole_though_it_is_for_another_market(
    gate: GateSimulator, trader: Trader
) -> None:
    account = gate.account("k1")
    account.pose("spot only")
    account.allow("wallet")

    report = await trader.inspects(account, LINEAR)

    assert report.grants(Permission.TRANSFER)
    assert trader.checklist[CheckItem.BALANCE] is ItemState.FAILED


async def test_a_futures_account_that_was_never_opened_is_told(gate: GateSimulator, trader: Trader) -> None:
    account = gate.account("k1")
    account.balances["btc"].clear()

    trouble = await trader.trouble_inspecting(account, INVERSE)

    assert (trouble.failure, trouble.code) == (Failure.WRONG_MARKET, "USER_NOT_FOUND")
    assert trouble.boxes == ("Perpetual: Read and Write",)
    assert (await trader.inspects(account, LINEAR)).account_uid == str(account.uid)


async def test_a_unified_key_needs_no_other_product(gate: GateSimulator, trader: Trader) -> None:
    account = gate.account("k1")
    account.forbid("spot", "futures")
    account.allow("unified")

    for place in BALANCES:
        assert verdict(await trader.inspects(account, place), place, vouched=True).accepted


# ------------------------------------------------------------------------------------ addresses, end, and what is wrong


async def test_the_addresses_of_a_key_are_listed(gate: GateSimulator, trader: Trader) -> None:
    account = gate.account("k1")
    open_to_all = await trader.probes(account, SPOT)
    account.restrict_ips(["127.0.0.1", "203.0.113.7"])
    bound = await trader.probes(account, SPOT)

    assert (open_to_all.ip_restricted, open_to_all.ip_list) == (False, None)
    assert (bound.ip_restricted, bound.ip_list) == (True, ("127.0.0.1", "203.0.113.7"))


DAY = 86_400


@pytest.mark.parametrize(
    ("made_days_ago", "ips", "days_left"), [(0, [], 90), (80, [], 10), (91, [], None), (0, ["127.0.0.1"], None)]
)
async def test_a_key_without_addresses_ends_after_90_days(
    gate: GateSimulator, trader: Trader, clock: ShiftedClock, made_days_ago: int, ips: list[str], days_left: int | None
) -> None:
    made = int(clock.now()) - made_days_ago * DAY
    for created in (made, str(made)):
        body = entry([READABLE], created_at=created, ip_whitelist=ips)
        gate.faults.error(200, body, path=MAIN_KEYS, times=1)

        expected = None if days_left is None else made + 90 * DAY
        assert (await trader.probes(gate.account("k1"), SPOT)).expires_at == expected


async def test_what_cannot_be_read_of_addresses_is_not_said_to_be_none(gate: GateSimulator, trader: Trader) -> None:
    gate.faults.error(200, entry([READABLE], ip_whitelist=None, created_at=1), path=MAIN_KEYS)

    report = await trader.probes(gate.account("k1"), SPOT)

    assert (report.ip_restricted, report.ip_list, report.expires_at) == (None, None, None)


@in_both_shapes
async def test_a_locked_key_is_told(gate: GateSimulator, trader: Trader, *, lists_keys: bool) -> None:
    gate.lists_keys = lists_keys
    account = gate.account("k1")
    account.allow("locked")

    trouble = await trader.trouble_probing(account, SPOT)

    assert (trouble.failure, trouble.code) == (Failure.ACCOUNT_SUSPENDED, "state 2")


@pytest.mark.parametrize(("names_address", "code"), [(True, "FORBIDDEN (IP)"), (False, "IP_FORBIDDEN")])
async def test_an_address_off_the_list_is_no_missing_right(
    gate: GateSimulator, trader: Trader, code: str, *, names_address: bool
) -> None:
    gate.names_address = names_address
    account = gate.account("k1")
    account.restrict_ips(["203.0.113.7"])
    gate.caller_ip = "198.51.100.4"

    trouble = await trader.trouble_probing(account, SPOT)

    seen = "198.51.100.4" if names_address else None
    assert (trouble.failure, trouble.code, trouble.seen_ip) == (Failure.IP_NOT_ALLOWED, code, seen)


@everywhere
async def test_a_wrong_clock_is_corrected_once_from_the_exchange_s(
    gate: GateSimulator, trader: Trader, place: Place
) -> None:
    gate.faults.clock_skew(-90)

    await trader.probes(gate.account("k1"), place)
    await trader.probes(gate.account("k1"), place)

    assert [call.path for call in gate.calls].count("/api/v4/spot/time") == 1


async def test_one_account_s_limit_keeps_nobody_else_away(gate: GateSimulator, trader: Trader) -> None:
    busy, other = gate.account("busy"), gate.account("other")
    gate.faults.rate_limit(account="busy")

    assert (await trader.trouble_probing(busy, SPOT)).failure is Failure.RATE_LIMITED
    assert (await trader.probes(other, SPOT)).grants(Permission.READ)


# -------------------------------------------------------------------------------------------------------- what is asked


async def test_in_health_and_in_every_trouble_only_reading_paths_are_asked(
    gate: GateSimulator, trader: Trader, clock: ShiftedClock
) -> None:
    for place in BALANCES:
        await trader.inspects(gate.account("k1"), place)
    for bad in ANSWERS:
        gate.faults.error(bad.status, bad.body, path=MAIN_KEYS, times=1)
        with suppress(ExchangeTrouble):
            await trader.inspects(gate.account("k1"), SPOT)
        clock.passed += 1e6

    assert gate.faults.active == []
    reading = {MAIN_KEYS, DETAIL, "/api/v4/spot/time", *BALANCES.values()}
    assert {(call.method, call.path) for call in gate.calls} == {("GET", path) for path in reading}


def test_nothing_is_ever_posted() -> None:
    endpoints = [each for each in vars(adapter).values() if isinstance(each, Endpoint)]

    assert len(endpoints) == 6
    assert {each.method for each in endpoints} == {"GET"}
