"""What is special about Kraken Futures: two levels instead of boxes, and a check of keys that demo may not have."""

from collections.abc import AsyncIterator

import orjson
import pytest

from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import Failure
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, Permission
from bot.exchanges.gateway import CcxtGateway
from bot.sandbox.exchanges.krakenfutures import ACCOUNTS, CHECK, TICKER, KrakenFuturesSimulator
from bot.usecases.ports import CheckItem, ItemState
from tests.integration.exchanges.trader import ShiftedClock, Trader, grants, simulated

LINEAR = Place("krakenfutures", Market.LINEAR, Environment.LIVE)
INVERSE = Place("krakenfutures", Market.INVERSE, Environment.LIVE)
DEMO = Place("krakenfutures", Market.LINEAR, Environment.DEMO)

READ_ONLY = Finding(Grant.GRANTED, Certainty.STATED, ("General API: Read Only",))
FULL = Finding(Grant.GRANTED, Certainty.STATED, ("General API: Full Access",))
MOVES = Finding(Grant.GRANTED, Certainty.STATED, ("Withdrawal API: Full Access",))
OFF = Finding(Grant.DENIED, Certainty.STATED)


@pytest.fixture
async def futures() -> AsyncIterator[KrakenFuturesSimulator]:
    async with simulated(KrakenFuturesSimulator) as simulator:
        yield simulator


@pytest.fixture
async def gateway(futures: KrakenFuturesSimulator, clock: ShiftedClock) -> AsyncIterator[CcxtGateway]:
    gateway = CcxtGateway({"krakenfutures": futures.origin}, clock, ["203.0.113.7"], budget_share=1_000.0)
    yield gateway
    await gateway.close()


def paths(futures: KrakenFuturesSimulator) -> list[str]:
    return [call.path for call in futures.calls]


def checked(**told: object) -> bytes:
    permissions = {"general": "FULL_ACCESS", "transfer": "NO_ACCESS"}
    return orjson.dumps({"permissions": permissions, "allowedCidrBlock": None, "allowedCidrBlocks": []} | told)


# ------------------------------------------------------------------------------------------------------- what is stated


@pytest.mark.parametrize("place", [LINEAR, INVERSE], ids=["linear", "inverse"])
async def test_a_probe_asks_for_the_rights_and_whether_the_account_is_in_order(
    futures: KrakenFuturesSimulator, trader: Trader, place: Place
) -> None:
    report = await trader.probes(futures.account("k1"), place)

    assert grants(report) == {
        "read": "granted",
        "spot_trade": "denied",
        "futures_trade": "granted",
        "margin": "denied",
        "transfer": "denied",
        "withdraw": "denied",
    }
    assert paths(futures) == [CHECK, ACCOUNTS]


@pytest.mark.parametrize(
    ("level", "reading", "trading"),
    [
        ("NO_ACCESS", OFF, OFF),
        ("READ_ONLY", READ_ONLY, OFF),
        ("FULL_ACCESS", FULL, FULL),
        ("SOME_ACCESS", UNKNOWABLE, UNKNOWABLE),
        (None, UNKNOWABLE, UNKNOWABLE),
    ],
)
async def test_each_general_level_says_what_may_be_read_and_traded(
    futures: KrakenFuturesSimulator, trader: Trader, level: str | None, reading: Finding, trading: Finding
) -> None:
    futures.faults.error(200, checked(permissions={"general": level, "transfer": "NO_ACCESS"}), path=CHECK)

    report = await trader.probes(futures.account("k1"), LINEAR)

    assert (report.of(Permission.READ), report.of(Permission.FUTURES_TRADE)) == (reading, trading)


@pytest.mark.parametrize(
    ("level", "moving"),
    [("NO_ACCESS", OFF), ("FULL_ACCESS", MOVES), ("READ_ONLY", UNKNOWABLE), (None, UNKNOWABLE), (False, UNKNOWABLE)],
)
async def test_one_level_is_for_withdrawals_and_transfers_and_never_read_as_off(
    futures: KrakenFuturesSimulator, trader: Trader, level: object, moving: Finding
) -> None:
    futures.faults.error(200, checked(permissions={"general": "FULL_ACCESS", "transfer": level}), path=CHECK)

    report = await trader.probes(futures.account("k1"), LINEAR)

    assert (report.of(Permission.TRANSFER), report.of(Permission.WITHDRAW)) == (moving, moving)


@pytest.mark.parametrize(
    "body",
    [b"[]", b"{}", b'{"permissions":null}', b'{"permissions":{}}', b'{"permissions":{"general":"FULL_ACCESS"}}'],
)
async def test_an_answer_of_another_shape_is_not_a_key_without_rights(
    futures: KrakenFuturesSimulator, trader: Trader, body: bytes
) -> None:
    futures.faults.error(200, body, path=CHECK)

    trouble = await trader.trouble_probing(futures.account("k1"), LINEAR)

    assert (trouble.failure, trouble.code) == (Failure.UNEXPECTED, "TypeError")


@pytest.mark.parametrize(
    ("told", "restricted", "listed"),
    [
        ({"allowedCidrBlocks": ["203.0.113.0/24", "2001:db8::/32"]}, True, ("203.0.113.0/24", "2001:db8::/32")),
        ({"allowedCidrBlocks": [], "allowedCidrBlock": "203.0.113.0/24"}, True, ("203.0.113.0/24",)),
        ({"allowedCidrBlocks": None, "allowedCidrBlock": "203.0.113.0/24"}, True, ("203.0.113.0/24",)),
        ({"allowedCidrBlocks": ["0.0.0.0/0"]}, False, ("0.0.0.0/0",)),
        ({"allowedCidrBlocks": []}, False, None),
        ({"allowedCidrBlocks": None}, None, None),
        ({"allowedCidrBlocks": [7]}, None, None),
    ],
)
async def test_the_blocks_a_key_is_bound_to_are_told_old_form_and_new(
    futures: KrakenFuturesSimulator,
    trader: Trader,
    told: dict[str, object],
    restricted: bool | None,  # noqa: FBT001 - a parameter of the table
    listed: tuple[str, ...] | None,
) -> None:
    futures.faults.error(200, checked(**told), path=CHECK)

    report = await trader.probes(futures.account("k1"), LINEAR)

    assert (report.ip_restricted, report.ip_list) == (restricted, listed)


async def test_a_list_of_addresses_arrives_as_blocks(futures: KrakenFuturesSimulator, trader: Trader) -> None:
    account = futures.account("k1")
    account.restrict_ips(["127.0.0.1", "2001:db8::7"])

    report = await trader.probes(account, LINEAR)

    assert (report.ip_restricted, report.ip_list) == (True, ("127.0.0.1/32", "2001:db8::7/128"))


# ----------------------------------------------------------------------------------------------------------- inspection


async def test_an_inspection_asks_the_time_the_rights_and_the_accounts(
    futures: KrakenFuturesSimulator, trader: Trader
) -> None:
    report = await trader.inspects(futures.account("k1"), LINEAR)

    assert paths(futures) == [TICKER, CHECK, ACCOUNTS]
    assert report.account_uid is not None
    for item in (CheckItem.CLOCK, CheckItem.SIGNATURE, CheckItem.PERMISSIONS, CheckItem.BALANCE):
        assert trader.checklist[item] is ItemState.PASSED


async def test_a_key_without_general_access_is_reported_as_such(
    futures: KrakenFuturesSimulator, trader: Trader
) -> None:
    account = futures.account("k1")
    account.forbid("general_read", "general_full")

    inspected, probed = await trader.inspects(account, LINEAR), await trader.probes(account, LINEAR)

    assert inspected.of(Permission.READ) == probed.of(Permission.READ) == OFF
    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.FAILED
    assert ACCOUNTS not in paths(futures)


async def test_an_account_that_is_not_in_order_is_noticed_by_the_next_probe(
    futures: KrakenFuturesSimulator, trader: Trader
) -> None:
    account = futures.account("k1")
    await trader.probes(account, LINEAR)

    account.suspend()

    trouble = await trader.trouble_probing(account, LINEAR)
    assert (trouble.failure, trouble.code) == (Failure.ACCOUNT_SUSPENDED, "accountInactive")


@pytest.mark.parametrize("code", ["permissionDenied", "Forbidden"])
async def test_accounts_that_are_refused_are_a_lack_of_reading(
    futures: KrakenFuturesSimulator, trader: Trader, code: str
) -> None:
    body = orjson.dumps({"result": "error", "error": code})
    futures.faults.error(403, body, path=ACCOUNTS)

    trouble = await trader.trouble_probing(futures.account("k1"), LINEAR)

    assert (trouble.failure, trouble.code) == (Failure.NO_READ_PERMISSION, code)


async def test_the_exchange_s_clock_is_read_from_a_public_answer(
    futures: KrakenFuturesSimulator, trader: Trader
) -> None:
    futures.faults.clock_skew(30)

    assert abs(await trader.gateway.clock_error(LINEAR) - 30) < 0.5


# ----------------------------------------------------------------------------------------------------------------- demo


async def test_on_demo_nobody_says_what_a_key_may_do(futures: KrakenFuturesSimulator, trader: Trader) -> None:
    report = await trader.inspects(futures.account("k1", "demo"), DEMO)

    assert report.of(Permission.READ) == Finding(Grant.GRANTED, Certainty.INFERRED)
    assert {report.of(p) for p in (Permission.FUTURES_TRADE, Permission.TRANSFER, Permission.WITHDRAW)} == {UNKNOWABLE}
    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.CAUTION


async def test_if_demo_has_the_check_after_all_its_word_counts(futures: KrakenFuturesSimulator, trader: Trader) -> None:
    futures.checks_demo_keys = True
    account = futures.account("k1", "demo")
    account.allow("withdrawal_full")

    assert (await trader.probes(account, DEMO)).of(Permission.WITHDRAW) == MOVES


@pytest.mark.parametrize("body", [b'{"error":"NOT_FOUND"}', b'{"result":"error","error":"notFound"}', b""])
async def test_a_check_that_is_not_there_is_told_from_one_that_is_down(
    futures: KrakenFuturesSimulator, trader: Trader, body: bytes
) -> None:
    futures.checks_demo_keys = True
    demo, live = futures.account("d", "demo"), futures.account("l")
    futures.faults.error(404, body, path=CHECK)
    assert (await trader.probes(demo, DEMO)).of(Permission.WITHDRAW) == UNKNOWABLE

    await trader.trouble_probing(live, LINEAR)  # on live it has to be there

    futures.faults.clear()
    futures.faults.down(path=CHECK)
    assert (await trader.trouble_probing(demo, DEMO)).failure is Failure.EXCHANGE_UNAVAILABLE


async def test_a_dead_demo_key_is_noticed_by_the_accounts(futures: KrakenFuturesSimulator, trader: Trader) -> None:
    account = futures.account("k1", "demo")
    account.revoke()

    trouble = await trader.trouble_probing(account, DEMO)

    assert (trouble.failure, trouble.code) == (Failure.AMBIGUOUS_AUTH, "authenticationError")


# --------------------------------------------------------------------------------------------------------------- limits


async def test_the_limit_of_our_address_keeps_everybody_away(futures: KrakenFuturesSimulator, trader: Trader) -> None:
    futures.faults.error(200, b'{"result":"error","error":"apiLimitExceeded"}', path=ACCOUNTS, times=1)
    first, second = futures.account("k1"), futures.account("k2")
    assert (await trader.trouble_probing(first, LINEAR)).failure is Failure.RATE_LIMITED
    asked = len(futures.calls)

    trouble = await trader.trouble_probing(second, INVERSE)

    assert (trouble.failure, len(futures.calls)) == (Failure.RATE_LIMITED, asked)


async def test_accounts_cost_two_as_the_exchange_counts(futures: KrakenFuturesSimulator, trader: Trader) -> None:
    now = futures.clock.now()
    futures.limits._now = lambda: now  # counted in windows of ten seconds

    await trader.probes(futures.account("k1"), LINEAR)

    assert futures.weight == {"derivatives": 2}
