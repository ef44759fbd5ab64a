"""BingX says what a key may do in shapes that contradict each other, and demo is opened by the live key."""

from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest

from bot.domain.connection import Purpose
from bot.domain.failures import Failure
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, KeyReport, Permission
from bot.domain.verdict import Caution, Verdict, judge
from bot.sandbox.exchanges.bingx import PERMISSIONS, BingxSimulator, Shape
from bot.usecases.ports import CheckItem, ItemState
from tests.integration.exchanges.known.bingx import DEMO, INVERSE, LINEAR, SPOT, says
from tests.integration.exchanges.trader import ShiftedClock, Trader, grants, simulated, trading_at

BALANCES = {
    SPOT: "/openApi/spot/v1/account/balance",
    LINEAR: "/openApi/swap/v3/user/balance",
    INVERSE: "/openApi/cswap/v1/user/balance",
}
P = Permission
DANGERS = (P.WITHDRAW, P.TRANSFER)
OFF = Finding(Grant.DENIED, Certainty.STATED)
FLAGS = {
    "enableReading": True,
    "enableSpotAndMarginTrading": False,
    "enableFutures": False,
    "permitsUniversalTransfer": False,
    "enableInternalTransfer": False,
    "enableWithdrawals": False,
    "ipRestrict": True,
}
BOXES: list[tuple[int, str, str, set[Permission]]] = [
    (1, "enableSpotAndMarginTrading", "Spot Trading", {P.SPOT_TRADE, P.MARGIN}),
    (3, "enableFutures", "Perpetual Futures Trading", {P.FUTURES_TRADE}),
    (4, "permitsUniversalTransfer", "Universal Transfer", {P.TRANSFER}),
    (5, "enableWithdrawals", "Withdraw", {P.WITHDRAW}),
    (7, "enableInternalTransfer", "Internal Transfer of Sub-accounts", {P.TRANSFER}),
]


@pytest.fixture
async def bingx() -> AsyncIterator[BingxSimulator]:
    async with simulated(BingxSimulator) as simulator:
        yield simulator


@pytest.fixture
async def trader(bingx: BingxSimulator, clock: ShiftedClock) -> AsyncIterator[Trader]:
    async with trading_at(bingx, clock) as trader:
        yield trader


def verdict(report: KeyReport, *, vouched: bool = False) -> Verdict:
    place = DEMO if report.opens_live else SPOT
    return judge(report, market=place.market, environment=place.environment, purpose=Purpose.WATCH, vouched=vouched)


def refusals(report: KeyReport, *, vouched: bool = False) -> list[Failure]:
    return [trouble.failure for trouble in verdict(report, vouched=vouched).refusals]


async def told(bingx: BingxSimulator, trader: Trader, answer: Any) -> KeyReport:
    """What is made of an answer of apiPermissions."""
    bingx.faults.error(200, orjson.dumps(answer), path=PERMISSIONS, times=1)
    return await trader.probes(bingx.account("k1"), SPOT)


# ---------------------------------------------------------------------------------------------------- what a key may do


@pytest.mark.parametrize("place", list(BALANCES), ids=["spot", "linear", "inverse"])
@pytest.mark.parametrize("shape", [Shape.NUMBERS, Shape.FLAGS])
@pytest.mark.parametrize("wrapped", [False, True], ids=["bare", "in an envelope"])
async def test_a_probe_is_one_question_and_either_shape_tells_all(
    bingx: BingxSimulator, trader: Trader, place: Any, shape: Shape, *, wrapped: bool
) -> None:
    bingx.shape, bingx.wrapped = shape, wrapped

    report = await trader.probes(bingx.account("k1"), place)

    assert grants(report) == {
        "read": "granted",
        "spot_trade": "granted",
        "futures_trade": "granted",
        "margin": "granted",
        "transfer": "denied",
        "withdraw": "denied",
    }
    assert [(call.method, call.path, call.status) for call in bingx.calls] == [("GET", PERMISSIONS, 200)]


@pytest.mark.parametrize(("number", "flag", "box", "granted"), BOXES)
async def test_each_box_is_told_by_its_number_and_by_its_flag(
    bingx: BingxSimulator, trader: Trader, number: int, flag: str, box: str, granted: set[Permission]
) -> None:
    for answer in ({"permissions": [2, number]}, {"permissions": ["2", str(number)]}, FLAGS | {flag: True}):
        report = await told(bingx, trader, answer)

        assert {each for each in Permission if report.grants(each)} == granted | {P.READ}
        assert {report.of(each).boxes for each in granted} == {(box,)}
        assert {report.of(each) for each in set(Permission) - granted - {P.READ}} == {OFF}


@pytest.mark.parametrize(
    "answer",
    [
        {"permissions": [1, 2, 6]},
        {"permissions": []},
        {key: value for key, value in FLAGS.items() if key not in ("enableWithdrawals", "enableInternalTransfer")},
        FLAGS | {"enableNewsOfTomorrow": True},
    ],
    ids=["a number nobody knows", "no number", "flags without withdrawal", "a flag nobody knows"],
)
async def test_what_is_not_said_is_unknown_and_somebody_has_to_vouch(
    bingx: BingxSimulator, trader: Trader, answer: Any
) -> None:
    report = await told(bingx, trader, answer)

    assert {report.of(each) for each in DANGERS} == {UNKNOWABLE}
    assert refusals(report) == [Failure.PERMISSIONS_UNKNOWN]
    assert refusals(report, vouched=True) == []


async def test_options_are_no_danger(bingx: BingxSimulator, trader: Trader) -> None:
    report = await told(bingx, trader, FLAGS | {"enableVanillaOptions": True})

    assert {report.of(each) for each in DANGERS} == {OFF}


async def test_a_key_of_the_form_without_withdrawal_has_to_be_vouched_for_at_every_look(
    bingx: BingxSimulator, trader: Trader
) -> None:
    bingx.shape = Shape.RESTRICTIONS
    account = bingx.account("k1")

    inspected, probed = await trader.inspects(account, SPOT), await trader.probes(account, SPOT)

    assert refusals(inspected) == refusals(probed) == [Failure.PERMISSIONS_UNKNOWN]
    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.CAUTION
    assert Caution.WITHDRAWAL_UNVERIFIED in verdict(inspected, vouched=True).cautions


async def test_a_danger_of_which_the_form_without_withdrawal_does_speak_is_refused(
    bingx: BingxSimulator, trader: Trader
) -> None:
    bingx.shape = Shape.RESTRICTIONS
    account = bingx.account("k1")
    account.pose("transfer")

    report = await trader.probes(account, SPOT)

    assert refusals(report, vouched=True) == [Failure.TRANSFER_ENABLED]


async def test_where_both_shapes_contradict_each_other_nothing_is_read_as_off(
    bingx: BingxSimulator, trader: Trader
) -> None:
    one_says_on = await told(bingx, trader, FLAGS | {"permissions": [2, 5]})
    other_says_on = await told(bingx, trader, FLAGS | {"enableWithdrawals": True, "permissions": [2]})
    about_trading = await told(bingx, trader, FLAGS | {"enableFutures": True, "permissions": [2]})
    agreed = await told(bingx, trader, FLAGS | {"permissions": [2]})

    assert refusals(one_says_on, vouched=True) == refusals(other_says_on, vouched=True) == [Failure.WITHDRAW_ENABLED]
    assert about_trading.of(P.FUTURES_TRADE) == UNKNOWABLE
    assert refusals(agreed) == []


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        {"data": None, "code": 0},
        {"apiKey": "x", "note": "demo"},
        {"permissions": "1,2"},
        {"permissions": [2, True]},
        {"permissions": [2, None]},
        FLAGS | {"enableWithdrawals": 0},
        FLAGS | {"enableWithdrawals": None},
    ],
)
async def test_an_answer_of_another_shape_lets_nobody_in(bingx: BingxSimulator, trader: Trader, answer: Any) -> None:
    bingx.faults.error(200, orjson.dumps(answer), path=PERMISSIONS)

    trouble = await trader.trouble_probing(bingx.account("k1"), SPOT)

    assert (trouble.failure, trouble.code) == (Failure.UNEXPECTED, "TypeError")


async def test_a_box_ticked_later_is_seen_at_the_next_probe(bingx: BingxSimulator, trader: Trader) -> None:
    account = bingx.account("k1")
    assert refusals(await trader.probes(account, SPOT)) == []

    account.allow("withdraw", "internal_transfer")

    found = verdict(await trader.probes(account, SPOT)).refusals
    assert [(trouble.failure, trouble.boxes) for trouble in found] == [
        (Failure.WITHDRAW_ENABLED, ("Withdraw",)),
        (Failure.TRANSFER_ENABLED, ("Internal Transfer of Sub-accounts",)),
    ]


# ---------------------------------------------------------------------------------------------------------- who may ask


async def test_a_sub_account_s_key_that_may_not_ask_has_to_be_vouched_for(
    bingx: BingxSimulator, trader: Trader
) -> None:
    bingx.for_main_accounts = True
    account = bingx.account("k1")

    report = await trader.inspects(account, LINEAR)

    assert [each for each in Permission if report.grants(each)] == [P.READ]
    assert report.account_uid == str(account.uid)
    assert refusals(report) == [Failure.PERMISSIONS_UNKNOWN]


async def test_live_must_know_the_question(bingx: BingxSimulator, trader: Trader) -> None:
    bingx.faults.error(200, says(100404, "api is not exist"), path=PERMISSIONS)

    assert (await trader.trouble_probing(bingx.account("k1"), SPOT)).code == "100404"


@pytest.mark.parametrize(
    ("words", "box"),
    [
        ("this api need Read permission, please config it", "Read"),
        ("this api need Perpetual Futures Trading permission", "Perpetual Futures Trading"),
        ("this api needs something else", "Read"),
    ],
)
async def test_a_missing_right_is_told_by_its_box(bingx: BingxSimulator, trader: Trader, words: str, box: str) -> None:
    bingx.faults.error(200, says(100004, f"Permission denied, {words}"), path=BALANCES[LINEAR])

    trouble = await trader.trouble_inspecting(bingx.account("k1"), LINEAR)

    assert (trouble.failure, trouble.boxes) == (Failure.NO_READ_PERMISSION, (box,))


async def test_a_key_without_read_is_told_so_at_the_first_question(bingx: BingxSimulator, trader: Trader) -> None:
    account = bingx.account("k1")
    account.forbid("read")

    trouble = await trader.trouble_inspecting(account, SPOT)

    assert (trouble.failure, trouble.boxes) == (Failure.NO_READ_PERMISSION, ("Read",))
    assert trader.checklist[CheckItem.SIGNATURE] is ItemState.PASSED


async def test_a_list_without_read_is_reported_whole(bingx: BingxSimulator, trader: Trader) -> None:
    bingx.faults.error(200, b'{"permissions":[5]}', path=PERMISSIONS)

    report = await trader.inspects(bingx.account("k1"), SPOT)

    assert refusals(report) == [Failure.WITHDRAW_ENABLED, Failure.NO_READ_PERMISSION]
    assert trader.checklist[CheckItem.BALANCE] is ItemState.FAILED


async def test_a_danger_is_told_though_the_balance_cannot_be_read(bingx: BingxSimulator, trader: Trader) -> None:
    bingx.faults.error(200, says(100441, "Account is abnormal"), path=BALANCES[SPOT])
    account = bingx.account("k1")
    account.pose("withdraw")

    assert refusals(await trader.inspects(account, SPOT)) == [Failure.WITHDRAW_ENABLED]
    assert trader.checklist[CheckItem.BALANCE] is ItemState.FAILED


# ----------------------------------------------------------------------------------------------------------------- demo


async def test_a_demo_key_opens_the_live_account_so_that_silence_is_no_mere_caution(
    bingx: BingxSimulator, trader: Trader
) -> None:
    report = await trader.inspects(bingx.account("k1", "demo"), DEMO)

    assert report.opens_live
    assert refusals(report) == [Failure.PERMISSIONS_UNKNOWN]
    assert verdict(report, vouched=True).cautions == (
        Caution.WITHDRAWAL_UNVERIFIED,
        Caution.TRANSFER_UNVERIFIED,
        Caution.IP_WHITELIST_UNKNOWN,
    )


async def test_where_demo_tells_the_rights_of_a_key_they_count(bingx: BingxSimulator, trader: Trader) -> None:
    bingx.demo_tells_rights = True
    account = bingx.account("k1", "demo")

    good = await trader.inspects(account, DEMO)
    assert (refusals(good), good.account_uid) == ([], str(account.uid))

    bingx.shape = Shape.RESTRICTIONS
    assert refusals(await trader.probes(account, DEMO)) == [Failure.PERMISSIONS_UNKNOWN]

    bingx.shape = Shape.NUMBERS
    account.pose("withdraw")
    assert refusals(await trader.probes(account, DEMO), vouched=True) == [Failure.WITHDRAW_ENABLED]


async def test_demo_may_say_by_a_page_that_it_does_not_know_the_question(bingx: BingxSimulator, trader: Trader) -> None:
    bingx.demo_tells_rights = True
    bingx.faults.error(404, b"<html>404 page not found</html>", path=PERMISSIONS)

    assert refusals(await trader.probes(bingx.account("k1", "demo"), DEMO)) == [Failure.PERMISSIONS_UNKNOWN]


async def test_a_live_key_does_not_open_anything_else(bingx: BingxSimulator, trader: Trader) -> None:
    assert not (await trader.probes(bingx.account("k1"), LINEAR)).opens_live


# ----------------------------------------------------------------------------------------------------------- addresses


async def test_the_addresses_of_a_key_are_listed(bingx: BingxSimulator, trader: Trader) -> None:
    account = bingx.account("k1")
    open_to_all = await trader.probes(account, SPOT)
    account.restrict_ips(["127.0.0.1", "203.0.113.7"])
    bound = await trader.probes(account, SPOT)

    assert (open_to_all.ip_restricted, open_to_all.ip_list) == (False, None)
    assert (bound.ip_restricted, bound.ip_list) == (True, ("127.0.0.1", "203.0.113.7"))
    assert (bound.label, bound.expires_at) == ("k1", None)


@pytest.mark.parametrize(
    ("answer", "restricted"),
    [
        ({"permissions": [2], "ipAddresses": [""]}, False),
        ({"permissions": [2], "ipAddresses": None}, None),
        ({"permissions": [2]}, None),
        (FLAGS, True),
        (FLAGS | {"ipRestrict": False}, False),
        (FLAGS | {"ipRestrict": "yes"}, None),
        (FLAGS | {"ipRestrict": False, "permissions": [2], "ipAddresses": ["192.0.2.1"]}, None),
    ],
)
async def test_whether_a_key_is_bound_is_said_or_not_known(
    bingx: BingxSimulator, trader: Trader, answer: Any, *, restricted: bool | None
) -> None:
    assert (await told(bingx, trader, answer)).ip_restricted is restricted
