"""Phemex: nothing is ever said of a key's rights, one code has four causes, and an address is shut out for minutes."""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import orjson
import pytest

from bot.domain.connection import Credential, Environment, Market, Place, Purpose
from bot.domain.failures import Failure
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, Permission
from bot.domain.verdict import Caution, judge
from bot.exchanges import phemex as adapter
from bot.exchanges.adapter import Endpoint
from bot.exchanges.client import ExchangeClient, Signed
from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.phemex import PhemexSimulator
from bot.usecases.ports import CheckItem, ItemState
from tests.integration.exchanges.known.phemex import INVERSE, LINEAR, SPOT, TESTNET, says
from tests.integration.exchanges.trader import ShiftedClock, Trader, simulated, trading_at

TIME = "/public/time"
PATHS = {
    Market.SPOT: "/spot/wallets",
    Market.LINEAR: "/g-accounts/accountPositions",
    Market.INVERSE: "/accounts/accountPositions",
}
everywhere = pytest.mark.parametrize(
    "place", [SPOT, LINEAR, INVERSE, TESTNET], ids=lambda place: f"{place.market} {place.environment}"
)


@pytest.fixture
async def phemex() -> AsyncIterator[PhemexSimulator]:
    async with simulated(PhemexSimulator) as simulator:
        yield simulator


@pytest.fixture
async def trader(phemex: PhemexSimulator, clock: ShiftedClock) -> AsyncIterator[Trader]:
    async with trading_at(phemex, clock) as trader:
        yield trader


@pytest.fixture
def account(phemex: PhemexSimulator) -> Account:
    return phemex.account("k1")


def paths(phemex: PhemexSimulator) -> list[str]:
    return [call.path for call in phemex.calls]


def at(phemex: PhemexSimulator, place: Place) -> Account:
    return phemex.account(place.environment.value, place.environment.value)


# ------------------------------------------------------------------------------------------------------ what is known


@everywhere
@pytest.mark.parametrize("pose", [None, "watch", "withdraw"])
async def test_of_a_key_that_answers_only_reading_is_known(
    phemex: PhemexSimulator, trader: Trader, place: Place, pose: str | None
) -> None:
    account = at(phemex, place)
    if pose:
        account.pose(pose)

    report = await trader.probes(account, place)

    assert paths(phemex) == [PATHS[place.market]]
    assert report.of(Permission.READ) == Finding(Grant.GRANTED, Certainty.INFERRED)
    assert {report.of(right) for right in Permission if right is not Permission.READ} == {UNKNOWABLE}
    assert (report.ip_restricted, report.ip_list, report.expires_at) == (None, None, None)


async def test_on_live_somebody_has_to_vouch_and_the_card_goes_on_saying_so(trader: Trader, account: Account) -> None:
    report = await trader.inspects(account, LINEAR)

    said = judge(report, market=Market.LINEAR, environment=Environment.LIVE, purpose=Purpose.TRADE)
    vouched = judge(report, market=Market.LINEAR, environment=Environment.LIVE, purpose=Purpose.TRADE, vouched=True)

    assert [refusal.failure for refusal in said.refusals] == [Failure.PERMISSIONS_UNKNOWN]
    assert vouched.accepted
    assert {Caution.WITHDRAWAL_UNVERIFIED, Caution.TRANSFER_UNVERIFIED, Caution.IP_WHITELIST_UNKNOWN} == set(
        vouched.cautions
    )


@everywhere
async def test_an_inspection_knows_the_account_again(phemex: PhemexSimulator, trader: Trader, place: Place) -> None:
    account = at(phemex, place)

    report = await trader.inspects(account, place)

    assert report.account_uid == str(account.uid)
    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.CAUTION
    for item in (CheckItem.CLOCK, CheckItem.SIGNATURE, CheckItem.BALANCE):
        assert trader.checklist[item] is ItemState.PASSED


async def test_who_has_no_contracts_is_not_turned_away_from_spot(
    phemex: PhemexSimulator, trader: Trader, account: Account
) -> None:
    phemex.faults.error(200, says(34003, "Access forbidden"), path=PATHS[Market.LINEAR])

    report = await trader.inspects(account, SPOT)

    assert (report.account_uid, report.grants(Permission.READ)) == (None, True)


@pytest.mark.parametrize("data", [None, 7, [], {}, {"account": None}])
async def test_an_answer_of_another_shape_shows_nothing(
    phemex: PhemexSimulator, trader: Trader, account: Account, data: object
) -> None:
    phemex.faults.error(200, orjson.dumps({"code": 0, "msg": "", "data": data}))

    assert (await trader.trouble_probing(account, LINEAR)).code == "TypeError"


async def test_a_key_that_may_not_read_is_told_the_least_choice_that_may(trader: Trader, account: Account) -> None:
    account.forbid("read")

    trouble = await trader.trouble_inspecting(account, SPOT)

    assert (trouble.failure, trouble.code, trouble.boxes) == (
        Failure.NO_READ_PERMISSION,
        "401 (permission)",
        ("Read",),
    )
    assert trader.checklist[CheckItem.SIGNATURE] is ItemState.PASSED
    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.FAILED


# ---------------------------------------------------------------------------------------------- one code, four causes


@pytest.mark.parametrize("code", ["401", 401, "10500", 10500])
@pytest.mark.parametrize(
    ("words", "cause", "failure"),
    [
        ("401 Failed to load API KEY.", "key", Failure.INVALID_KEY),
        ("failed to find API-KEY", "key", Failure.INVALID_KEY),
        ("API Signature Verification failed", "signature", Failure.BAD_SIGNATURE),
        ("401 Request IP Mismatch", "IP", Failure.IP_NOT_ALLOWED),
        ("401 Request Expired at 1", "clock", Failure.CLOCK_SKEW),
        ("401 Insufficient privilege", "permission", Failure.NO_READ_PERMISSION),
    ],
)
async def test_only_the_words_tell_whatever_the_code(
    phemex: PhemexSimulator,
    trader: Trader,
    account: Account,
    code: str | int,
    words: str,
    cause: str,
    failure: Failure,
) -> None:
    phemex.faults.error(200, says(code, words), path=PATHS[Market.LINEAR])

    trouble = await trader.trouble_probing(account, LINEAR)

    assert (trouble.failure, trouble.code) == (failure, f"{code} ({cause})")


async def test_the_same_words_with_another_code_tell_nothing(
    phemex: PhemexSimulator, trader: Trader, account: Account
) -> None:
    phemex.faults.error(200, says(30000, "Request IP mismatch"))

    assert (await trader.trouble_probing(account, LINEAR)).failure is Failure.UNEXPECTED


async def test_nothing_of_the_key_s_is_in_the_reason(phemex: PhemexSimulator, trader: Trader, account: Account) -> None:
    phemex.faults.error(200, says(10500, f"Failed to find api-key {account.api_key} of {account.secret}"))

    reason = (await trader.trouble_probing(account, LINEAR)).reason or ""

    assert reason.startswith("Failed to find api-key …")
    assert account.api_key[:8] not in reason
    assert account.secret[:8] not in reason


# ------------------------------------------------------------------------------------------------------------ the clock


async def test_a_late_request_is_corrected_by_the_exchange_s_clock(
    phemex: PhemexSimulator, trader: Trader, account: Account, clock: ShiftedClock
) -> None:
    clock.wrong_by = -90.0

    await trader.probes(account, LINEAR)
    await trader.probes(account, LINEAR)

    asked = PATHS[Market.LINEAR]
    assert paths(phemex) == [asked, TIME, asked, asked]


async def test_a_testnet_that_does_not_tell_the_time_keeps_nobody_out(
    phemex: PhemexSimulator, trader: Trader, clock: ShiftedClock
) -> None:
    phemex.testnet_tells_time = False
    clock.wrong_by = -30.0

    await trader.inspects(at(phemex, TESTNET), TESTNET)

    assert trader.checklist[CheckItem.CLOCK] is ItemState.PASSED
    assert TIME not in paths(phemex)


async def test_a_late_request_is_late_where_nobody_tells_the_time(
    phemex: PhemexSimulator, trader: Trader, clock: ShiftedClock
) -> None:
    phemex.testnet_tells_time = False
    clock.wrong_by = -90.0

    assert (await trader.trouble_probing(at(phemex, TESTNET), TESTNET)).failure is Failure.CLOCK_SKEW


# ------------------------------------------------------------------------------------------------- limits, what is sent


async def test_an_address_that_asked_too_much_stays_away_for_five_minutes(
    phemex: PhemexSimulator, trader: Trader, clock: ShiftedClock
) -> None:
    phemex.capacity, phemex.enforce_limits = 1, True
    await trader.probes(phemex.account("first"), SPOT)

    trouble = await trader.trouble_probing(phemex.account("second"), SPOT)
    assert (trouble.failure, trouble.code) == (Failure.RATE_LIMITED, "HTTP 429")
    clock.passed += 299
    assert (await trader.trouble_probing(phemex.account("first"), LINEAR)).failure is Failure.RATE_LIMITED
    assert len(phemex.calls) == 2

    phemex.enforce_limits = False
    clock.passed += 2
    assert (await trader.probes(phemex.account("first"), LINEAR)).grants(Permission.READ)


async def test_one_user_s_limit_holds_up_nobody_else(phemex: PhemexSimulator, trader: Trader) -> None:
    busy, idle = phemex.account("busy"), phemex.account("idle")
    phemex.faults.rate_limit(account="busy")

    trouble = await trader.trouble_probing(busy, SPOT)

    assert (trouble.failure, trouble.code) == (Failure.RATE_LIMITED, "39995")
    assert (await trader.probes(idle, SPOT)).grants(Permission.READ)


def test_we_ask_less_than_an_address_may_also_on_the_testnet() -> None:
    spent = {bucket: budget.a_minute for bucket, budget in adapter.DIALECT.budgets.items()}

    assert spent == {"address": 5_000 / 5 * 0.75, "testnet": 500 / 5 * 0.75}


@pytest.mark.parametrize(("place", "bucket"), [(LINEAR, "address"), (TESTNET, "testnet")], ids=["live", "testnet"])
async def test_the_testnet_has_a_smaller_budget_of_its_own(
    phemex: PhemexSimulator, trader: Trader, place: Place, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Endpoint] = []
    sign = ExchangeClient.sign

    def noted(client: ExchangeClient, endpoint: Endpoint, credential: Credential | None) -> Signed:
        asked.append(endpoint)
        return sign(client, endpoint, credential)

    monkeypatch.setattr(ExchangeClient, "sign", noted)

    await trader.probes(at(phemex, place), place)

    assert [each.bucket for each in asked] == [bucket]


def test_all_that_can_be_asked_is_read() -> None:
    asked = [each for each in vars(adapter).values() if isinstance(each, Endpoint)]

    assert {(each.method, each.path) for each in asked} == {
        ("GET", "public/time"),
        ("GET", "spot/wallets"),
        ("GET", "g-accounts/accountPositions"),
        ("GET", "accounts/accountPositions"),
    }


def test_there_is_no_demo() -> None:
    with pytest.raises(RuntimeError, match="keeps production URLs"):
        ExchangeClient(adapter.DIALECT, Environment.DEMO, None, ShiftedClock())


def test_the_testnet_has_a_host_of_its_own() -> None:
    client = ExchangeClient(adapter.DIALECT, Environment.TESTNET, None, ShiftedClock())

    for endpoint in (adapter.TIME, adapter.SPOT_WALLETS):
        signed = client.sign(endpoint, Credential("k" * 36, "s" * 86))
        assert urlsplit(signed.url).hostname == "testnet-api.phemex.com"


@pytest.mark.parametrize(
    "key", ["1c5ec63f-660d-43ea-847a-0d3ba69e106e", "1c5ec63f-660d-43ea-847a-0d3ba69e106e-4200013"]
)
def test_keys_as_they_were_seen_have_the_shape(key: str) -> None:
    assert adapter.PROFILE.shape.api_key.fits(key)
    assert not adapter.PROFILE.shape.secret.fits(key)
