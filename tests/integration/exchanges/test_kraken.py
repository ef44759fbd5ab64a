"""What is special about Kraken: rights as a list of words, rising nonces, limits by key, and a lockout."""

from collections.abc import AsyncIterator

import orjson
import pytest

from bot.domain.connection import Credential, Environment, Market, Place
from bot.domain.failures import Failure
from bot.domain.pasting import read_paste
from bot.domain.pasting.shape import Field
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, Permission
from bot.exchanges.gateway import CcxtGateway
from bot.exchanges.kraken import PROFILE
from bot.sandbox.exchanges.kraken import KrakenSimulator
from bot.usecases.ports import CheckItem, ItemState
from tests.integration.exchanges.trader import ShiftedClock, Trader, credential_of, grants, simulated

PLACE = Place("kraken", Market.SPOT, Environment.LIVE)
KEY_INFO, BALANCE, TIME = "/0/private/GetApiKeyInfo", "/0/private/Balance", "/0/public/Time"
OFF = Finding(Grant.DENIED, Certainty.STATED)
YEAR_2100 = 4_102_444_800


@pytest.fixture
async def kraken() -> AsyncIterator[KrakenSimulator]:
    async with simulated(KrakenSimulator) as simulator:
        yield simulator


@pytest.fixture
async def gateway(kraken: KrakenSimulator, clock: ShiftedClock) -> AsyncIterator[CcxtGateway]:
    gateway = CcxtGateway({"kraken": kraken.origin}, clock, ["203.0.113.7"], budget_share=1_000.0)
    yield gateway
    await gateway.close()


def paths(kraken: KrakenSimulator) -> list[str]:
    return [call.path for call in kraken.calls]


# ------------------------------------------------------------------------------------------------------- what is stated


async def test_a_probe_is_one_question_and_tells_every_permission(kraken: KrakenSimulator, trader: Trader) -> None:
    report = await trader.probes(kraken.account("k1"), PLACE)

    assert grants(report) == {
        "read": "granted",
        "spot_trade": "granted",
        "futures_trade": "denied",
        "margin": "granted",
        "transfer": "granted",
        "withdraw": "denied",
    }
    assert paths(kraken) == [KEY_INFO]


@pytest.mark.parametrize(
    ("right", "box"),
    [
        ("withdraw-funds", "Funds: Withdraw"),
        ("add-withdraw-address", "Add withdrawal addresses"),
        ("update-withdraw-address", "Update withdrawal addresses"),
    ],
)
async def test_whatever_prepares_a_withdrawal_counts_as_one(
    kraken: KrakenSimulator, trader: Trader, right: str, box: str
) -> None:
    account = kraken.account("k1")
    account.allow(right)

    report = await trader.probes(account, PLACE)

    assert report.of(Permission.WITHDRAW) == Finding(Grant.GRANTED, Certainty.STATED, (box,))
    assert box in PROFILE.boxes[Permission.WITHDRAW]


async def test_rights_that_move_nothing_out_are_no_danger(kraken: KrakenSimulator, trader: Trader) -> None:
    account = kraken.account("k1")
    account.allow("add-funds", "earn-funds", "query-ledger", "export-data", "create-ws-token")

    assert (await trader.probes(account, PLACE)).of(Permission.WITHDRAW) == OFF


async def test_a_right_nobody_has_heard_of_may_be_any(kraken: KrakenSimulator, trader: Trader) -> None:
    body = b'{"error":[],"result":{"permissions":["query-funds","move-funds-elsewhere"],"validUntil":"0"}}'
    kraken.faults.error(200, body)

    assert (await trader.probes(kraken.account("k1"), PLACE)).of(Permission.WITHDRAW) == UNKNOWABLE


async def test_transfers_to_the_own_futures_wallet_come_with_reading(kraken: KrakenSimulator, trader: Trader) -> None:
    account = kraken.account("k1")
    account.pose("watch")
    watches = await trader.probes(account, PLACE)
    account.forbid("query-funds")
    blind = await trader.probes(account, PLACE)

    assert watches.transfers_with_trading
    assert (blind.of(Permission.READ), blind.of(Permission.TRANSFER)) == (OFF, OFF)


async def test_addresses_end_name_and_account_are_told(kraken: KrakenSimulator, trader: Trader) -> None:
    account = kraken.account("k1")
    bare = await trader.probes(account, PLACE)
    account.restrict_ips(["127.0.0.1", "203.0.113.7"])
    account.expires(YEAR_2100 * 1000)
    full = await trader.probes(account, PLACE)

    assert (bare.ip_restricted, bare.ip_list, bare.expires_at) == (False, None, None)
    assert (full.ip_restricted, full.ip_list, full.expires_at) == (True, ("127.0.0.1", "203.0.113.7"), YEAR_2100)
    assert full.label == "k1"
    assert full.account_uid is not None
    assert full.account_uid.startswith("AA")


@pytest.mark.parametrize(
    "result",
    [None, [], {}, {"permissions": None}, {"permissions": "query-funds"}, {"permissions": ["query-funds", 1]}],
    ids=repr,
)
async def test_an_answer_of_another_shape_is_not_a_key_without_rights(
    kraken: KrakenSimulator, trader: Trader, result: object
) -> None:
    kraken.faults.error(200, orjson.dumps({"error": [], "result": result}))

    trouble = await trader.trouble_probing(kraken.account("k1"), PLACE)

    assert (trouble.failure, trouble.code) == (Failure.UNEXPECTED, "TypeError")


async def test_a_warning_is_no_error(kraken: KrakenSimulator, trader: Trader) -> None:
    kraken.faults.error(200, b'{"error":["WGeneral:Careful"],"result":{"permissions":["query-funds"]}}')

    assert (await trader.probes(kraken.account("k1"), PLACE)).grants(Permission.READ)


# ----------------------------------------------------------------------------------------------------------- inspection


async def test_an_inspection_asks_the_time_the_rights_and_the_balance(kraken: KrakenSimulator, trader: Trader) -> None:
    await trader.inspects(kraken.account("k1"), PLACE)

    assert paths(kraken) == [TIME, KEY_INFO, BALANCE]
    for item in (CheckItem.CLOCK, CheckItem.SIGNATURE, CheckItem.PERMISSIONS, CheckItem.BALANCE):
        assert trader.checklist[item] is ItemState.PASSED


async def test_a_key_that_may_not_read_is_reported_as_such(kraken: KrakenSimulator, trader: Trader) -> None:
    account = kraken.account("k1")
    account.forbid("query-funds")

    report = await trader.inspects(account, PLACE)

    assert report.of(Permission.READ).grant is Grant.DENIED
    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.FAILED
    assert trader.checklist[CheckItem.BALANCE] is ItemState.FAILED


async def test_a_balance_that_is_refused_is_a_lack_of_reading(kraken: KrakenSimulator, trader: Trader) -> None:
    kraken.faults.error(200, b'{"error":["EGeneral:Permission denied"]}', path=BALANCE)

    trouble = await trader.trouble_inspecting(kraken.account("k1"), PLACE)

    assert (trouble.failure, trouble.code) == (Failure.NO_READ_PERMISSION, "EGeneral:Permission denied")


@pytest.mark.parametrize(
    ("words", "failure"),
    [("EGeneral:Permission denied", Failure.AMBIGUOUS_AUTH), ("EAPI:Invalid key", Failure.INVALID_KEY)],
)
async def test_an_address_that_is_not_on_the_list_is_told_as_far_as_the_exchange_tells(
    kraken: KrakenSimulator, trader: Trader, words: str, failure: Failure
) -> None:
    kraken.refuses_addresses_with = words
    account = kraken.account("k1")
    account.restrict_ips(["198.51.100.4"])

    assert (await trader.trouble_probing(account, PLACE)).failure is failure


# --------------------------------------------------------------------------------------------------------------- nonces


async def test_every_question_has_a_larger_nonce_than_the_one_before(kraken: KrakenSimulator, trader: Trader) -> None:
    account = kraken.account("k1")
    for _ in range(20):
        await trader.inspects(account, PLACE)

    # Had one been refused, it would have been asked again.
    assert paths(kraken) == [TIME, KEY_INFO, BALANCE] * 20


async def test_a_nonce_refused_because_our_clock_is_behind_is_put_right(
    kraken: KrakenSimulator, trader: Trader, clock: ShiftedClock
) -> None:
    account = kraken.account("k1")
    kraken.nonces[account.api_key] = kraken.now_ms() - 60_000
    clock.wrong_by = -3600.0

    await trader.probes(account, PLACE)

    assert paths(kraken) == [KEY_INFO, TIME, KEY_INFO]


async def test_a_key_that_others_use_with_larger_nonces_stays_refused(kraken: KrakenSimulator, trader: Trader) -> None:
    account = kraken.account("k1")
    kraken.nonces[account.api_key] = kraken.now_ms() * 1000

    trouble = await trader.trouble_probing(account, PLACE)

    assert (trouble.failure, trouble.code) == (Failure.CLOCK_SKEW, "EAPI:Invalid nonce")
    assert paths(kraken) == [KEY_INFO, TIME, KEY_INFO]


async def test_a_clock_that_tells_whole_seconds_is_read_to_half_a_second(
    kraken: KrakenSimulator, trader: Trader
) -> None:
    kraken.faults.clock_skew(30)

    assert abs(await trader.gateway.clock_error(PLACE) - 30) <= 0.6


# --------------------------------------------------------------------------------------------------------------- limits


async def test_a_limit_of_one_key_holds_nobody_else_back(kraken: KrakenSimulator, trader: Trader) -> None:
    kraken.enforce_limits = True
    busy, calm = kraken.account("busy"), kraken.account("calm")
    for _ in range(15):
        await trader.probes(busy, PLACE)

    trouble = await trader.trouble_probing(busy, PLACE)

    assert (trouble.failure, trouble.code) == (Failure.RATE_LIMITED, "EAPI:Rate limit exceeded")
    await trader.probes(calm, PLACE)


async def test_a_lockout_keeps_everybody_away_for_a_quarter_of_an_hour(
    kraken: KrakenSimulator, trader: Trader, clock: ShiftedClock
) -> None:
    kraken.enforce_limits = True
    dead, good = kraken.account("dead"), kraken.account("good")
    dead.revoke()
    for _ in range(kraken.BAD_KEYS_FORGIVEN + 1):
        assert (await trader.trouble_probing(dead, PLACE)).failure is Failure.INVALID_KEY

    trouble = await trader.trouble_probing(good, PLACE)
    asked = len(kraken.calls)
    again = await trader.trouble_probing(good, PLACE)

    assert (trouble.failure, trouble.code) == (Failure.BANNED, "EGeneral:Temporary lockout")
    assert (again.failure, len(kraken.calls)) == (Failure.BANNED, asked)
    assert again.retry_after == pytest.approx(900, abs=5)


# ---------------------------------------------------------------------------------------------------------- credentials


def test_key_and_secret_are_told_apart_by_their_looks(kraken: KrakenSimulator) -> None:
    account = kraken.account("k1")

    reading = read_paste(f"{account.secret}\n{account.api_key}", PROFILE.shape, Field.API_KEY, {})

    assert dict(reading.found) == {Field.API_KEY: account.api_key, Field.SECRET: account.secret}


async def test_a_secret_that_is_no_base64_is_never_sent(kraken: KrakenSimulator, trader: Trader) -> None:
    credential = Credential(kraken.account("k1").api_key, "s" * 87)

    assert (await trader.trouble_probing(credential, PLACE)).failure is Failure.MALFORMED_CREDENTIAL
    assert paths(kraken) == []


@pytest.mark.parametrize("words", ["EGeneral:Invalid arguments:{0}", "EAPI:{0}", "{0}", "EAPI:Bad key {0} there"])
async def test_an_error_that_quotes_the_key_is_not_repeated(
    kraken: KrakenSimulator, trader: Trader, words: str
) -> None:
    account = kraken.account("k1")
    for value in (account.api_key, account.secret):
        kraken.faults.error(200, orjson.dumps({"error": [words.format(value)]}), times=1)

        trouble = await trader.trouble_probing(credential_of(account), PLACE)

        pieces = {value[start : start + 8] for start in range(len(value) - 7)}
        assert [piece for piece in pieces if piece in repr(trouble)] == []
