"""What is special about Hyperliquid: an address and an agent's key, and nothing that ever exercises the key."""

import asyncio
import math
from collections.abc import AsyncIterator

import orjson
import pytest

from bot.domain.connection import Credential, Environment, Market, Place, Purpose
from bot.domain.failures import ExchangeTrouble, Failure, Trouble
from bot.domain.permissions import Certainty, Finding, Grant, KeyReport, Permission
from bot.domain.verdict import Caution, judge
from bot.exchanges.adapter import Endpoint
from bot.exchanges.capacity import connections_per_address
from bot.exchanges.client import ExchangeClient, Signed
from bot.exchanges.gateway import CcxtGateway
from bot.exchanges.hyperliquid import LOOK_AGAIN, address_of
from bot.exchanges.pace import Pace
from bot.sandbox.clock import SandboxClock
from bot.sandbox.events import EventLog
from bot.sandbox.exchanges import ethereum
from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.hyperliquid import HyperliquidSimulator
from bot.sandbox.exchanges.simulator import serving
from bot.usecases.ports import CheckItem, ItemState
from tests.integration.exchanges.trader import ShiftedClock, Trader, credential_of, grants

LINEAR = Place("hyperliquid", Market.LINEAR, Environment.LIVE)
SPOT = Place("hyperliquid", Market.SPOT, Environment.LIVE)

ROLE, AGENTS, STATE, TIME = 60, 20, 2, 2
"""What the questions weigh. All have one path, so that weight is what tells them apart."""

WALLET_KEY = "0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318"
WALLET = "0x2c7536e3605d9c16a7a3d7b1898e529396a65c23"
"""A private key and its address as the documentation of web3.js prints them."""


@pytest.fixture
async def hyperliquid() -> AsyncIterator[HyperliquidSimulator]:
    simulator = HyperliquidSimulator(SandboxClock(), EventLog())
    async with serving(simulator):
        yield simulator
    assert simulator.mutations == []


@pytest.fixture
async def gateway(hyperliquid: HyperliquidSimulator, clock: ShiftedClock) -> AsyncIterator[CcxtGateway]:
    gateway = CcxtGateway({"hyperliquid": hyperliquid.origin}, clock, ["203.0.113.7"], budget_share=1_000.0)
    yield gateway
    await gateway.close()


@pytest.fixture(autouse=True)
def crowded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is to spare: agents are looked at as seldom as may be. Other times are in ``test_dear_questions``."""
    monkeypatch.setattr(Pace, "spent", lambda *_: math.inf)


class Spent:
    """What questions cost since they were last counted."""

    def __init__(self, venue: HyperliquidSimulator) -> None:
        self._venue = venue
        self._before = 0

    def since(self) -> int:
        now = self._venue.weight.get("address", 0)
        spent, self._before = now - self._before, now
        return spent


@pytest.fixture
def spent(hyperliquid: HyperliquidSimulator) -> Spent:
    return Spent(hyperliquid)


# --------------------------------------------------------------------------------------------------- address and key


def test_a_private_key_has_the_address_that_others_find_for_it() -> None:
    assert address_of(WALLET_KEY) == address_of(WALLET_KEY[2:].upper()) == ethereum.address_of(WALLET_KEY) == WALLET


@pytest.mark.parametrize("private_key", ["0x12", "", "0x" + "0" * 64, "f" * 64, "0x" + "g" * 64, "1" * 63, "1" * 65])
def test_what_is_no_private_key_has_no_address(private_key: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        address_of(private_key)


@pytest.mark.parametrize(
    ("address", "private_key"),
    [
        ("0x12", WALLET_KEY),
        (WALLET[2:], WALLET_KEY),
        ("0x" + "1" * 64, WALLET_KEY),
        (WALLET, "0x12"),
        (WALLET, "0x" + "0" * 64),
        (WALLET, "secret"),
    ],
)
async def test_what_is_no_address_or_no_private_key_is_never_asked_about(
    hyperliquid: HyperliquidSimulator, trader: Trader, address: str, private_key: str
) -> None:
    for look in (trader.trouble_probing, trader.trouble_inspecting):
        assert (await look(Credential(address, private_key), LINEAR)).failure is Failure.MALFORMED_CREDENTIAL
    assert trader.checklist.changes == [(CheckItem.SIGNATURE, ItemState.FAILED)]
    assert not hyperliquid.calls


async def test_the_wallet_s_own_key_is_refused_before_anything_is_asked(
    hyperliquid: HyperliquidSimulator, trader: Trader
) -> None:
    hyperliquid.faults.down()
    for address in (WALLET, WALLET.upper().replace("X", "x")):
        for look in (trader.trouble_probing, trader.trouble_inspecting):
            trouble = await look(Credential(address, WALLET_KEY), LINEAR)

            assert trouble == Trouble(Failure.WITHDRAW_ENABLED)
    assert trader.checklist.changes == [(CheckItem.WITHDRAWAL_OFF, ItemState.FAILED)]
    assert not hyperliquid.calls


async def test_the_key_of_another_wallet_with_an_account_is_dangerous_too(
    hyperliquid: HyperliquidSimulator, trader: Trader
) -> None:
    account = hyperliquid.account("k1")
    account.allow("own_wallet")

    trouble = await trader.trouble_inspecting(account, LINEAR)

    assert (trouble.failure, trouble.code) == (Failure.WITHDRAW_ENABLED, "role user")


async def test_nothing_of_the_private_key_ever_leaves(
    hyperliquid: HyperliquidSimulator, trader: Trader, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    sign = ExchangeClient.sign

    def noted(client: ExchangeClient, endpoint: Endpoint, credential: Credential | None) -> Signed:
        signed = sign(client, endpoint, credential)
        sent.append(f"{signed.url} {signed.headers} {signed.body!r}")
        return signed

    monkeypatch.setattr(ExchangeClient, "sign", noted)
    account = hyperliquid.account("k1")
    account.allow("sub_account")
    await trader.inspects(account, LINEAR)
    await trader.probes(account, LINEAR)

    assert len(sent) == 7
    assert account.api_key in "".join(sent)
    assert account.secret[2:] not in "".join(sent).lower()


# ------------------------------------------------------------------------------------------------------- what is said


@pytest.mark.parametrize("place", [LINEAR, SPOT], ids=["linear", "spot"])
async def test_what_an_agent_may_do_is_concluded_from_its_being_one(
    hyperliquid: HyperliquidSimulator, trader: Trader, place: Place
) -> None:
    account = hyperliquid.account("k1")
    account.expires(2_000_000_000_000)

    report = await trader.inspects(account, place)

    others = {"read", "spot_trade", "futures_trade", "margin", "transfer"}
    assert grants(report) == dict.fromkeys(others, "granted") | {"withdraw": "denied"}
    assert {finding.certainty for finding in report.findings.values()} == {Certainty.INFERRED}
    assert report.of(Permission.WITHDRAW) == Finding(Grant.DENIED, Certainty.INFERRED)
    assert (report.expires_at, report.label, report.account_uid) == (2_000_000_000.0, "k1", account.api_key)
    for item in (CheckItem.CLOCK, CheckItem.SIGNATURE, CheckItem.PERMISSIONS, CheckItem.BALANCE):
        assert trader.checklist[item] is ItemState.PASSED


async def test_transfers_are_never_called_off_and_the_missing_ip_list_is_told(
    hyperliquid: HyperliquidSimulator, trader: Trader
) -> None:
    report = await trader.inspects(hyperliquid.account("k1"), SPOT)

    def verdict(purpose: Purpose) -> set[Caution]:
        judged = judge(report, market=Market.SPOT, environment=Environment.LIVE, purpose=purpose)
        assert judged.accepted
        return set(judged.cautions)

    assert report.transfers_with_trading
    assert verdict(Purpose.TRADE) == {Caution.TRANSFERS_WITH_TRADING, Caution.NO_IP_WHITELIST}
    assert verdict(Purpose.WATCH) == verdict(Purpose.TRADE) | {Caution.MORE_THAN_NEEDED}


async def test_an_agent_without_a_name_is_good_and_nobody_says_when_it_ends(
    hyperliquid: HyperliquidSimulator, trader: Trader
) -> None:
    account = hyperliquid.account("k1")
    account.forbid("named")

    for report in (await trader.inspects(account, LINEAR), await trader.probes(account, LINEAR)):
        assert (report.expires_at, report.label) == (None, None)


async def test_an_agent_serves_the_sub_accounts_of_whoever_approved_it(
    hyperliquid: HyperliquidSimulator, trader: Trader
) -> None:
    account = hyperliquid.account("k1")
    account.allow("sub_account")

    report = await trader.inspects(account, LINEAR)

    assert (report.account_uid, report.label) == (account.api_key, "k1")


async def test_an_agent_of_another_account_is_told_from_one_that_is_gone(
    hyperliquid: HyperliquidSimulator, trader: Trader
) -> None:
    mine, theirs = hyperliquid.account("k1"), hyperliquid.account("k2")
    agent = ethereum.address_of(theirs.secret)

    for address, code in ((mine.api_key, "API wallet of another account"), (agent, None)):
        trouble = await trader.trouble_probing(Credential(address, theirs.secret), LINEAR)
        expected = Failure.BAD_SIGNATURE if code else Failure.WITHDRAW_ENABLED
        assert (trouble.failure, trouble.code) == (expected, code)
    other_agent = ethereum.address_of(mine.secret)
    trouble = await trader.trouble_probing(Credential(other_agent, theirs.secret), LINEAR)
    assert (trouble.failure, trouble.code) == (Failure.BAD_SIGNATURE, "address of an API wallet")


@pytest.mark.parametrize("forgets", [False, True])
async def test_an_agent_that_has_ended_is_expired_or_unknown(
    hyperliquid: HyperliquidSimulator,
    trader: Trader,
    forgets: bool,  # noqa: FBT001 - a parameter of the table
) -> None:
    hyperliquid.forgets_ended = forgets
    account = hyperliquid.account("k1")
    account.expire()

    for look in (trader.trouble_inspecting, trader.trouble_probing):
        trouble = await look(account, LINEAR)
        assert trouble.failure is (Failure.INVALID_KEY if forgets else Failure.KEY_EXPIRED)


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b"[7]",
        b'"x"',
        b'[{"address":"%s","name":"k1"}]',
        b'[{"address":"%s","validUntil":"soon"}]',
        b'[{"address":"%s","validUntil":true}]',
    ],
)
async def test_a_list_of_another_shape_says_nothing_of_an_agent(
    hyperliquid: HyperliquidSimulator, trader: Trader, body: bytes
) -> None:
    account = hyperliquid.account("k1")
    hyperliquid.faults.error(200, body.replace(b"%s", ethereum.address_of(account.secret).encode()))

    trouble = await trader.trouble_probing(account, LINEAR)

    assert trouble.failure is Failure.UNEXPECTED


@pytest.mark.parametrize(
    "role",
    [{"role": "vault"}, {"role": "subAccount", "data": {"master": WALLET}}, {"role": "agent"}, {"role": None}, {}, []],
)
async def test_a_role_that_no_private_key_can_have_is_not_understood(
    hyperliquid: HyperliquidSimulator, trader: Trader, role: object
) -> None:
    account = hyperliquid.account("k1")
    account.forbid("named")
    hyperliquid._role = lambda _user: role  # type: ignore[method-assign, assignment, return-value]

    assert (await trader.trouble_probing(account, LINEAR)).failure is Failure.UNEXPECTED


@pytest.mark.parametrize("place", [LINEAR, SPOT], ids=["linear", "spot"])
async def test_a_state_of_another_shape_is_not_an_account_that_was_read(
    hyperliquid: HyperliquidSimulator, trader: Trader, place: Place
) -> None:
    account = hyperliquid.account("k1")
    await trader.probes(account, place)
    hyperliquid.faults.error(200, b"{}")

    assert (await trader.trouble_probing(account, place)).failure is Failure.UNEXPECTED


async def test_the_exchange_s_clock_is_read_from_its_status(hyperliquid: HyperliquidSimulator, trader: Trader) -> None:
    hyperliquid.faults.clock_skew(30)

    assert abs(await trader.gateway.clock_error(LINEAR) - 30) < 0.5


# --------------------------------------------------------------------------- a dead agent is noticed, and at what price


async def test_most_probes_only_read_the_account_and_every_five_minutes_one_looks_at_the_agent(
    hyperliquid: HyperliquidSimulator, trader: Trader, clock: ShiftedClock, spent: Spent
) -> None:
    account = hyperliquid.account("k1")
    asked = []
    for _ in range(12):
        await trader.probes(account, LINEAR)
        asked.append(spent.since())
        clock.passed += 60

    assert asked == [AGENTS, *[STATE] * 4, AGENTS, *[STATE] * 4, AGENTS, STATE]
    assert connections_per_address("hyperliquid", Market.LINEAR, Environment.LIVE, 60) == 150


async def test_an_inspection_asks_for_everything_however_short_ago_the_last_look_was(
    hyperliquid: HyperliquidSimulator, trader: Trader, spent: Spent
) -> None:
    account = hyperliquid.account("k1")
    for _ in range(2):
        await trader.inspects(account, LINEAR)
        assert spent.since() == TIME + AGENTS + ROLE + STATE
    await trader.probes(account, LINEAR)
    assert spent.since() == STATE


async def test_a_sub_account_s_agent_costs_no_more_than_any_other_once_its_master_is_known(
    hyperliquid: HyperliquidSimulator, trader: Trader, clock: ShiftedClock, spent: Spent
) -> None:
    account = hyperliquid.account("k1")
    account.allow("sub_account")
    await trader.probes(account, LINEAR)
    assert spent.since() == AGENTS + ROLE + ROLE + AGENTS
    clock.passed += LOOK_AGAIN

    await trader.probes(account, LINEAR)

    assert spent.since() == AGENTS


@pytest.mark.parametrize("switches", [{}, {"named": False}, {"sub_account": True}])
async def test_an_agent_that_was_taken_away_is_noticed_within_five_minutes(
    hyperliquid: HyperliquidSimulator, trader: Trader, clock: ShiftedClock, switches: dict[str, bool]
) -> None:
    account = hyperliquid.account("k1")
    account.set(**switches)
    await trader.inspects(account, LINEAR)
    account.revoke()
    clock.passed += LOOK_AGAIN - 1
    await trader.probes(account, LINEAR)
    clock.passed += 1

    trouble = await trader.trouble_probing(account, LINEAR)

    assert (trouble.failure, trouble.code) == (Failure.INVALID_KEY, "role missing")


async def test_an_agent_whose_time_is_up_is_noticed_by_the_next_probe(
    hyperliquid: HyperliquidSimulator, trader: Trader, clock: ShiftedClock, spent: Spent
) -> None:
    account = hyperliquid.account("k1")
    account.expires(int(clock.now() * 1000) + 1500)
    await trader.inspects(account, LINEAR)
    await trader.probes(account, LINEAR)
    await asyncio.sleep(1.6)

    assert (await trader.trouble_probing(account, LINEAR)).failure is Failure.KEY_EXPIRED

    account.expires(int(clock.now() * 1000) + 60_000)
    spent.since()
    await trader.probes(account, LINEAR)
    assert spent.since() == AGENTS


async def test_a_dead_agent_is_confirmed_at_once_and_then_asked_about_as_seldom_as_a_good_one(
    hyperliquid: HyperliquidSimulator, trader: Trader, clock: ShiftedClock, spent: Spent
) -> None:
    account = hyperliquid.account("k1")
    account.revoke()
    troubles = [await trader.trouble_probing(account, LINEAR) for _ in range(5)]

    assert {trouble.failure for trouble in troubles} == {Failure.INVALID_KEY}
    assert spent.since() == 2 * (AGENTS + ROLE)

    account.restore()
    clock.passed += LOOK_AGAIN
    await trader.probes(account, LINEAR)


async def test_an_outage_neither_clears_nor_blames_an_agent(
    hyperliquid: HyperliquidSimulator, trader: Trader, clock: ShiftedClock, spent: Spent
) -> None:
    account = hyperliquid.account("k1")
    await trader.probes(account, LINEAR)
    clock.passed += LOOK_AGAIN
    hyperliquid.faults.down()
    for _ in range(3):
        assert (await trader.trouble_probing(account, LINEAR)).failure is Failure.EXCHANGE_UNAVAILABLE
    hyperliquid.faults.clear()
    spent.since()

    await trader.probes(account, LINEAR)

    assert spent.since() == AGENTS


async def test_what_was_found_of_one_agent_is_not_believed_of_another_of_the_same_account(
    hyperliquid: HyperliquidSimulator, trader: Trader
) -> None:
    first = hyperliquid.account("k1")
    second = first.new_key()
    second.revoke()
    assert first.api_key == second.api_key
    await trader.probes(first, LINEAR)

    assert (await trader.trouble_probing(second, LINEAR)).failure is Failure.INVALID_KEY


# --------------------------------------------------------------------------------------------------------------- limits


async def test_too_much_weight_is_refused_to_the_address_and_everybody_stays_away(
    hyperliquid: HyperliquidSimulator, trader: Trader
) -> None:
    hyperliquid.enforce_limits = True
    accounts = [hyperliquid.account(f"k{number}") for number in range(70)]
    found = [await _looked(trader, account) for account in accounts]
    asked = len(hyperliquid.calls)

    assert found[0] is None
    assert found[-1] is Failure.RATE_LIMITED
    assert asked < len(accounts)


async def _looked(trader: Trader, account: Account) -> Failure | None:
    try:
        report = await trader.gateway.probe(LINEAR, credential_of(account))
    except ExchangeTrouble as failed:
        return failed.trouble.failure
    assert isinstance(report, KeyReport)
    return None


async def test_the_limit_of_one_account_s_actions_is_nobody_else_s(
    hyperliquid: HyperliquidSimulator, trader: Trader
) -> None:
    body = orjson.dumps({"status": "err", "response": "Too many cumulative requests sent (9 > 8)"})
    hyperliquid.faults.error(200, body, times=1)
    assert (await trader.trouble_probing(hyperliquid.account("k1"), LINEAR)).failure is Failure.RATE_LIMITED

    await trader.probes(hyperliquid.account("k2"), LINEAR)
