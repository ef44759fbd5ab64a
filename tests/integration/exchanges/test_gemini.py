"""What is special about Gemini: roles, nonces in seconds, a clock in a header, heartbeats, and master keys."""

from collections.abc import AsyncIterator
from decimal import Decimal

import orjson
import pytest

from bot.domain.connection import Credential, Environment, Market, Place, Purpose
from bot.domain.failures import Failure
from bot.domain.pasting import Field, PasteProblem, read_paste
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, Permission
from bot.domain.verdict import Caution, judge
from bot.exchanges import gemini as adapter
from bot.exchanges.adapter import Endpoint
from bot.exchanges.client import ExchangeClient
from bot.exchanges.gateway import CcxtGateway
from bot.exchanges.gemini import PROFILE
from bot.sandbox.exchanges.gemini import ACCOUNT, BALANCES, ROLES, TICKER, GeminiSimulator
from bot.usecases.ports import CheckItem, ItemState
from tests.integration.exchanges.trader import ShiftedClock, Trader, credential_of, grants, simulated, spend_everything

SPOT = Place("gemini", Market.SPOT, Environment.LIVE)
LINEAR = Place("gemini", Market.LINEAR, Environment.LIVE)
TESTNET = Place("gemini", Market.SPOT, Environment.TESTNET)

OFF = Finding(Grant.DENIED, Certainty.STATED)
TRADES = Finding(Grant.GRANTED, Certainty.STATED, ("Trading",))
PERHAPS = Finding(Grant.GRANTED, Certainty.INFERRED, ("Trading",))
MOVES = Finding(Grant.GRANTED, Certainty.STATED, ("Fund Management",))


@pytest.fixture
async def gemini() -> AsyncIterator[GeminiSimulator]:
    async with simulated(GeminiSimulator) as simulator:
        yield simulator


@pytest.fixture
async def gateway(gemini: GeminiSimulator, clock: ShiftedClock) -> AsyncIterator[CcxtGateway]:
    gateway = CcxtGateway({"gemini": gemini.origin}, clock, ["203.0.113.7"], budget_share=1_000.0)
    yield gateway
    await gateway.close()


def paths(gemini: GeminiSimulator) -> list[str]:
    return [call.path for call in gemini.calls]


def roles(**told: object) -> bytes:
    return orjson.dumps({"isAuditor": False, "isFundManager": False, "isTrader": True} | told)


# ------------------------------------------------------------------------------------------------------- what is stated


@pytest.mark.parametrize("place", [SPOT, LINEAR, TESTNET], ids=["spot", "linear", "testnet"])
async def test_a_probe_is_one_question_and_tells_every_permission(
    gemini: GeminiSimulator, trader: Trader, place: Place
) -> None:
    report = await trader.probes(gemini.account("k1", place.environment.value), place)

    assert grants(report) == {
        "read": "granted",
        "spot_trade": "granted",
        "futures_trade": "granted",
        "margin": "granted",
        "transfer": "denied",
        "withdraw": "denied",
    }
    assert paths(gemini) == [ROLES]


async def test_what_depends_on_the_account_is_inferred_and_not_called_stated(
    gemini: GeminiSimulator, trader: Trader
) -> None:
    report = await trader.probes(gemini.account("k1"), LINEAR)

    assert report.of(Permission.SPOT_TRADE) == TRADES
    assert (report.of(Permission.FUTURES_TRADE), report.of(Permission.MARGIN)) == (PERHAPS, PERHAPS)


@pytest.mark.parametrize("market", [Market.SPOT, Market.LINEAR])
async def test_nobody_is_told_to_turn_off_what_the_one_box_for_trading_takes_in(
    gemini: GeminiSimulator, trader: Trader, market: Market
) -> None:
    report = await trader.probes(gemini.account("k1"), Place("gemini", market, Environment.LIVE))

    verdict = judge(report, market=market, environment=Environment.LIVE, purpose=Purpose.TRADE)

    assert (verdict.refusals, verdict.cautions) == ((), (Caution.IP_WHITELIST_UNKNOWN,))


async def test_an_auditor_reads_and_nothing_else(gemini: GeminiSimulator, trader: Trader) -> None:
    account = gemini.account("k1")
    account.pose("watch")

    report = await trader.probes(account, SPOT)

    assert report.of(Permission.READ) == Finding(Grant.GRANTED, Certainty.STATED, ("Auditor",))
    assert {permission for permission in Permission if report.of(permission) != OFF} == {Permission.READ}


@pytest.mark.parametrize("others", [(), ("trading",)], ids=["alone", "with trading"])
async def test_what_a_fund_manager_moves_never_passes_for_a_part_of_reading_or_trading(
    gemini: GeminiSimulator, trader: Trader, others: tuple[str, ...]
) -> None:
    account = gemini.account("k1")
    account.forbid("trading")
    account.allow("fund_management", *others)

    report = await trader.probes(account, SPOT)
    verdict = judge(report, market=Market.SPOT, environment=Environment.LIVE, purpose=Purpose.WATCH, vouched=True)

    assert (report.of(Permission.TRANSFER), report.of(Permission.WITHDRAW)) == (MOVES, MOVES)
    assert report.grants(Permission.READ)
    assert not report.transfers_with_trading
    assert [each.failure for each in verdict.refusals] == [Failure.WITHDRAW_ENABLED, Failure.TRANSFER_ENABLED]


@pytest.mark.parametrize("told", [{"isAccountAdmin": True}, {"isSuperTrader": True}, {"isSomething": "yes"}], ids=str)
async def test_a_role_nobody_has_heard_of_may_be_any(
    gemini: GeminiSimulator, trader: Trader, told: dict[str, object]
) -> None:
    gemini.faults.error(200, roles(**told))

    report = await trader.probes(gemini.account("k1"), SPOT)

    assert (report.of(Permission.TRANSFER), report.of(Permission.WITHDRAW)) == (UNKNOWABLE, UNKNOWABLE)


async def test_a_role_nobody_has_heard_of_hides_no_danger_and_is_marked(
    gemini: GeminiSimulator, trader: Trader
) -> None:
    gemini.faults.error(200, roles(isFundManager=True, isOther=True), path=ROLES, times=1)
    assert (await trader.probes(gemini.account("k1"), SPOT)).of(Permission.WITHDRAW) == MOVES

    gemini.faults.error(200, roles(isOther=True), path=ROLES)
    await trader.inspects(gemini.account("k1"), SPOT)
    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.CAUTION


async def test_words_beside_the_roles_change_nothing(gemini: GeminiSimulator, trader: Trader) -> None:
    gemini.faults.error(200, roles(counterparty_id="EMONNYXJ", isAccountAdmin=False))

    assert (await trader.probes(gemini.account("k1"), SPOT)).of(Permission.WITHDRAW) == OFF


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"{}",
        b"null",
        b'{"isTrader":true}',
        b'{"isTrader":true,"isAuditor":false}',
        roles(isFundManager=None),
        roles(isFundManager="false"),
        roles(isFundManager=0),
    ],
)
async def test_an_answer_of_another_shape_is_not_a_key_without_rights(
    gemini: GeminiSimulator, trader: Trader, body: bytes
) -> None:
    gemini.faults.error(200, body)

    trouble = await trader.trouble_probing(gemini.account("k1"), SPOT)

    unreadable = (Failure.EXCHANGE_UNAVAILABLE, "unreadable answer")
    assert (trouble.failure, trouble.code) == (unreadable if body == b"null" else (Failure.UNEXPECTED, "TypeError"))


async def test_what_gemini_does_not_tell_stays_untold(gemini: GeminiSimulator, trader: Trader) -> None:
    account = gemini.account("k1")
    account.restrict_ips([gemini.caller_ip])

    report = await trader.inspects(account, SPOT)

    assert (report.ip_restricted, report.ip_list, report.expires_at, report.label) == (None, None, None, None)
    assert "Satoshi" not in f"{report} {report.account_uid}"  # nor is anything of the people behind the account kept


async def test_accounts_of_two_people_are_two_though_both_are_called_primary(
    gemini: GeminiSimulator, trader: Trader
) -> None:
    ours, theirs = gemini.account("ours"), gemini.account("theirs")

    uids = [(await trader.inspects(each, SPOT)).account_uid for each in (ours, ours.new_key(), theirs)]

    assert uids[0] == uids[1] != uids[2]
    assert all(uid is not None and uid.startswith("primary/") for uid in uids)


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"account":{"shortName":"primary"}}', b'{"account":[]}'])
async def test_an_account_that_cannot_be_read_is_an_account_not_told(
    gemini: GeminiSimulator, trader: Trader, body: bytes
) -> None:
    gemini.faults.error(200, body, path=ACCOUNT)

    assert (await trader.inspects(gemini.account("k1"), SPOT)).account_uid is None


# ----------------------------------------------------------------------------------------------------------- inspection


async def test_an_inspection_asks_the_time_the_roles_the_account_and_the_balances(
    gemini: GeminiSimulator, trader: Trader
) -> None:
    await trader.inspects(gemini.account("k1"), SPOT)

    assert paths(gemini) == [TICKER, ROLES, ACCOUNT, BALANCES]
    for item in (CheckItem.CLOCK, CheckItem.SIGNATURE, CheckItem.PERMISSIONS, CheckItem.BALANCE):
        assert trader.checklist[item] is ItemState.PASSED


async def test_a_key_without_any_role_is_told_to_lack_reading(gemini: GeminiSimulator, trader: Trader) -> None:
    account = gemini.account("k1")
    account.forbid("trading")
    assert (await trader.trouble_inspecting(account, SPOT)).failure is Failure.NO_READ_PERMISSION
    assert trader.checklist[CheckItem.SIGNATURE] is ItemState.PASSED
    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.FAILED

    gemini.faults.error(200, roles(isTrader=False), path=ROLES)
    report = await trader.inspects(account, SPOT)
    assert report.of(Permission.READ) == OFF
    assert trader.checklist[CheckItem.BALANCE] is ItemState.FAILED


def test_all_that_is_ever_posted_only_reads() -> None:
    endpoints = [each for each in vars(adapter).values() if isinstance(each, Endpoint)]

    assert {each.path for each in endpoints if each.method == "POST"} == {"v1/roles", "v1/account", "v1/balances"}


# --------------------------------------------------------------------------------------------------------------- nonces


async def test_every_question_has_a_larger_nonce_than_the_one_before(gemini: GeminiSimulator, trader: Trader) -> None:
    account = gemini.account("k1")
    for _ in range(20):
        await trader.inspects(account, SPOT)

    # Had one been refused, it would have been asked again.
    assert paths(gemini) == [TICKER, ROLES, ACCOUNT, BALANCES] * 20


async def test_a_clock_that_seems_a_second_back_makes_no_nonce_smaller(
    gemini: GeminiSimulator, trader: Trader, clock: ShiftedClock
) -> None:
    account = gemini.account("k1")
    await trader.probes(account, SPOT)
    clock.wrong_by = -1.0

    await trader.probes(account, SPOT)

    assert paths(gemini) == [ROLES, ROLES]


async def test_a_key_with_a_time_based_nonce_is_as_good_as_any(gemini: GeminiSimulator, trader: Trader) -> None:
    account = gemini.account("k1")
    account.allow("time_based_nonce")

    await trader.inspects(account, SPOT)

    assert paths(gemini) == [TICKER, ROLES, ACCOUNT, BALANCES]


@pytest.mark.parametrize("wrong_by", [-3600.0, 45.0, 3600.0])
async def test_a_clock_of_ours_that_is_wrong_is_put_right_from_the_header(
    gemini: GeminiSimulator, trader: Trader, clock: ShiftedClock, wrong_by: float
) -> None:
    account = gemini.account("k1")
    account.allow("time_based_nonce")
    clock.wrong_by = wrong_by

    await trader.probes(account, SPOT)
    await trader.probes(account, SPOT)

    assert paths(gemini) == [ROLES, TICKER, ROLES, ROLES]  # the correction is remembered, also backwards


async def test_our_nonces_are_seconds_so_that_software_counting_milliseconds_goes_on(
    gemini: GeminiSimulator, trader: Trader
) -> None:
    account = gemini.account("k1")

    await trader.probes(account, SPOT)

    assert abs(gemini.nonces[account.api_key] - gemini.now_ms() // 1000) < 60


async def test_a_key_that_others_use_with_larger_nonces_stays_refused_in_gemini_s_words(
    gemini: GeminiSimulator, trader: Trader
) -> None:
    account = gemini.account("k1")
    gemini.nonces[account.api_key] = Decimal(gemini.now_ms())

    trouble = await trader.trouble_probing(account, SPOT)

    assert (trouble.failure, trouble.code) == (Failure.CLOCK_SKEW, "InvalidNonce")
    assert "has not increased since your last call" in (trouble.reason or "")
    assert paths(gemini) == [ROLES, TICKER, ROLES]


# ----------------------------------------------------------------------------------------------------------- heartbeats


async def test_any_look_of_ours_is_a_sign_of_life_to_a_key_that_needs_one_and_nothing_tells_which_does(
    gemini: GeminiSimulator, trader: Trader
) -> None:
    """Why the guide wants "Requires Heartbeat" off: we cannot help it, and we cannot see it."""
    plain, needy = gemini.account("plain"), gemini.account("needy")
    needy.allow("requires_heartbeat")

    reports = [await trader.inspects(each, SPOT) for each in (plain, needy)]

    assert set(gemini.heartbeats) == {needy.api_key}
    assert reports[0].findings == reports[1].findings
    assert PROFILE.trading_remark


# --------------------------------------------------------------------------------------------------------------- limits


async def test_too_much_is_refused_by_gemini_s_limit_and_everybody_waits(
    gemini: GeminiSimulator, trader: Trader
) -> None:
    gemini.enforce_limits = True
    spend_everything(gemini, "private")

    trouble = await trader.trouble_probing(gemini.account("k1"), SPOT)
    asked = len(gemini.calls)
    again = await trader.trouble_probing(gemini.account("k2"), SPOT)

    assert (trouble.failure, trouble.code) == (Failure.RATE_LIMITED, "HTTP 429")
    assert (again.failure, len(gemini.calls)) == (Failure.RATE_LIMITED, asked)


# ---------------------------------------------------------------------------------------------------------- credentials


@pytest.mark.parametrize("with_secret", [False, True])
def test_a_master_key_is_refused_as_such_and_nothing_of_it_is_kept(gemini: GeminiSimulator, with_secret: bool) -> None:  # noqa: FBT001
    account = gemini.account("k1")
    master = account.api_key.replace("account-", "master-")

    reading = read_paste(f"{master}\n{account.secret}" if with_secret else master, PROFILE.shape, Field.API_KEY, {})

    assert (reading.problem, reading.about) == (PasteProblem.REFUSED_KIND, Field.API_KEY)
    assert dict(reading.found) == {}


async def test_a_master_key_that_got_past_is_never_sent(gemini: GeminiSimulator, trader: Trader) -> None:
    account = gemini.account("k1")
    credential = Credential(account.api_key.replace("account-", "master-"), account.secret)

    assert (await trader.trouble_probing(credential, SPOT)).failure is Failure.MALFORMED_CREDENTIAL
    assert paths(gemini) == []


def test_key_and_secret_are_told_apart_by_their_looks(gemini: GeminiSimulator) -> None:
    account = gemini.account("k1")

    reading = read_paste(f"{account.secret}\n{account.api_key}", PROFILE.shape, Field.API_KEY, {})

    assert dict(reading.found) == {Field.API_KEY: account.api_key, Field.SECRET: account.secret}


@pytest.mark.parametrize("reason", ["{0}", "Invalid{0}", "Invalid key {0}"])
async def test_an_error_that_quotes_the_key_is_not_repeated(
    gemini: GeminiSimulator, trader: Trader, reason: str
) -> None:
    account = gemini.account("k1")
    for value in (account.api_key, account.secret):
        said = {"result": "error", "reason": reason.format(value), "message": f"No such key: {value}"}
        gemini.faults.error(400, orjson.dumps(said), times=1)

        trouble = await trader.trouble_probing(credential_of(account), SPOT)

        pieces = {value[start : start + 8] for start in range(len(value) - 7)}
        assert [piece for piece in pieces if piece in repr(trouble)] == []


def test_the_sandbox_keeps_nothing_of_production(clock: ShiftedClock) -> None:
    """ccxt's own switch leaves production's web pages in place."""
    client = ExchangeClient(adapter.DIALECT, Environment.TESTNET, None, clock)
    key = Credential("account-" + "k" * 20, "s" * 28)

    urls = [client.sign(each, key).url for each in (adapter.TICKER, adapter.ROLES, adapter.ACCOUNT, adapter.BALANCES)]

    assert {url.split("/v1/")[0] for url in urls} == {"https://api.sandbox.gemini.com"}
