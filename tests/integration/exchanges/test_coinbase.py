"""Coinbase: what is special about it."""

import base64
import time
from collections.abc import AsyncIterator

import orjson
import pytest

from bot.domain.connection import Credential, Environment, Market, Place
from bot.domain.failures import Failure
from bot.domain.pasting import Field, PasteProblem, read_paste
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, Permission
from bot.exchanges import coinbase as adapter
from bot.exchanges.adapter import Endpoint
from bot.exchanges.client import ExchangeClient
from bot.exchanges.coinbase import DIALECT, PROFILE
from bot.exchanges.coinbase import KEY_PERMISSIONS as PING
from bot.exchanges.gateway import CcxtGateway
from bot.sandbox.exchanges.coinbase import ACCOUNTS, KEY_PERMISSIONS, TIME, CoinbaseSimulator, ecdsa_key, ed25519_key
from bot.sandbox.exchanges.venue import Refused, Request
from bot.usecases.ports import CheckItem, ItemState
from tests.integration.exchanges.trader import ShiftedClock, Trader, grants, simulated
from tests.unit.domain.private_keys import BARE_PKCS8, BARE_SEC1, OF_OTHER_KINDS, PKCS8, SEC1

SPOT = Place("coinbase", Market.SPOT, Environment.LIVE)
LINEAR = Place("coinbase", Market.LINEAR, Environment.LIVE)

ON = {box: Finding(Grant.GRANTED, Certainty.STATED, (box,)) for box in ("View", "Trade", "Transfer")}
OFF = Finding(Grant.DENIED, Certainty.STATED)
PERHAPS = Finding(Grant.UNKNOWN, Certainty.UNKNOWABLE, ("Trade",))


@pytest.fixture
async def coinbase() -> AsyncIterator[CoinbaseSimulator]:
    async with simulated(CoinbaseSimulator) as simulator:
        yield simulator


@pytest.fixture
async def gateway(coinbase: CoinbaseSimulator, clock: ShiftedClock) -> AsyncIterator[CcxtGateway]:
    gateway = CcxtGateway({"coinbase": coinbase.origin}, clock, ["203.0.113.7"], budget_share=1_000.0)
    yield gateway
    await gateway.close()


def paths(coinbase: CoinbaseSimulator) -> list[str]:
    return [call.path for call in coinbase.calls]


def told(**answer: object) -> bytes:
    rights = {"can_view": True, "can_trade": True, "can_transfer": False, "can_receive": False}
    return orjson.dumps(rights | {"portfolio_uuid": "p", "portfolio_type": "DEFAULT"} | answer)


# ------------------------------------------------------------------------------------------------------- what is stated


def test_all_that_it_may_ask_only_reads() -> None:
    endpoints = [each for each in vars(adapter).values() if isinstance(each, Endpoint)]

    assert {(each.method, each.path) for each in endpoints} == {
        ("GET", "brokerage/time"),
        ("GET", "brokerage/key_permissions"),
        ("GET", "brokerage/accounts"),
    }


async def test_a_probe_asks_one_question(coinbase: CoinbaseSimulator, trader: Trader) -> None:
    report = await trader.probes(coinbase.account("k1"), SPOT)

    assert grants(report) == {
        "read": "granted",
        "spot_trade": "granted",
        "futures_trade": "unknown",
        "margin": "granted",
        "transfer": "denied",
        "withdraw": "denied",
    }
    assert (report.ip_restricted, report.ip_list, report.expires_at) == (None, None, None)
    assert paths(coinbase) == [KEY_PERMISSIONS]


async def test_an_inspection_asks_the_time_the_rights_and_an_account(
    coinbase: CoinbaseSimulator, trader: Trader
) -> None:
    report = await trader.inspects(coinbase.account("k1"), SPOT)

    assert paths(coinbase) == [TIME, KEY_PERMISSIONS, ACCOUNTS]
    assert report.account_uid is not None
    for item in (CheckItem.CLOCK, CheckItem.SIGNATURE, CheckItem.PERMISSIONS, CheckItem.BALANCE):
        assert trader.checklist[item] is ItemState.PASSED


@pytest.mark.parametrize(
    ("answer", "moving"),
    [
        ({"can_transfer": False}, OFF),
        ({"can_transfer": True}, ON["Transfer"]),
        ({"can_transfer": None}, UNKNOWABLE),
        ({"can_transfer": "false"}, UNKNOWABLE),
        ({"can_transfer": 0}, UNKNOWABLE),
        ({"can_receive": True}, OFF),
        # Rights nobody has heard of: off they are harmless, on they may be any.
        ({"can_withdraw": False}, OFF),
        ({"can_withdraw": True}, UNKNOWABLE),
        ({"can_send": "yes", "can_transfer": True}, ON["Transfer"]),
    ],
    ids=str,
)
async def test_one_box_is_for_withdrawals_and_transfers_and_nothing_is_read_as_off(
    coinbase: CoinbaseSimulator, trader: Trader, answer: dict[str, object], moving: Finding
) -> None:
    coinbase.faults.error(200, told(**answer), path=KEY_PERMISSIONS)

    report = await trader.probes(coinbase.account("k1"), SPOT)

    assert (report.of(Permission.TRANSFER), report.of(Permission.WITHDRAW)) == (moving, moving)


@pytest.mark.parametrize(
    ("answer", "spot", "futures"),
    [
        ({}, ON["Trade"], PERHAPS),
        ({"portfolio_type": "CONSUMER"}, ON["Trade"], PERHAPS),
        ({"portfolio_type": "INTX"}, PERHAPS, ON["Trade"]),
        ({"portfolio_type": "SOMETHING"}, ON["Trade"], PERHAPS),
        ({"portfolio_type": "INTX", "can_trade": False}, OFF, OFF),
        ({"can_trade": False}, OFF, OFF),
        ({"can_trade": None}, UNKNOWABLE, UNKNOWABLE),
    ],
    ids=str,
)
async def test_perpetuals_are_sure_in_their_portfolio_and_spot_in_the_others(
    coinbase: CoinbaseSimulator, trader: Trader, answer: dict[str, object], spot: Finding, futures: Finding
) -> None:
    coinbase.faults.error(200, told(**answer), path=KEY_PERMISSIONS)

    report = await trader.probes(coinbase.account("k1"), LINEAR)

    assert (report.of(Permission.SPOT_TRADE), report.of(Permission.FUTURES_TRADE)) == (spot, futures)


@pytest.mark.parametrize("body", [b"[]", b"{}", b'"yes"', b"null", b'{"can_trade":true}', b'{"data":{}}'])
async def test_an_answer_of_another_shape_is_not_a_key_without_rights(
    coinbase: CoinbaseSimulator, trader: Trader, body: bytes
) -> None:
    coinbase.faults.error(200, body, path=KEY_PERMISSIONS)

    trouble = await trader.trouble_probing(coinbase.account("k1"), SPOT)

    assert trouble.failure in {Failure.UNEXPECTED, Failure.EXCHANGE_UNAVAILABLE}


async def test_a_key_that_may_not_view_is_told_so(coinbase: CoinbaseSimulator, trader: Trader) -> None:
    account = coinbase.account("k1")
    account.forbid("can_view")

    trouble = await trader.trouble_inspecting(account, SPOT)

    assert (trouble.failure, trouble.code) == (
        Failure.NO_READ_PERMISSION,
        "PERMISSION_DENIED: Missing required scopes",
    )
    assert trader.checklist[CheckItem.SIGNATURE] is ItemState.PASSED
    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.FAILED


async def test_a_key_that_says_it_may_not_view_is_believed(coinbase: CoinbaseSimulator, trader: Trader) -> None:
    coinbase.faults.error(200, told(can_view=False), path=KEY_PERMISSIONS)

    report = await trader.inspects(coinbase.account("k1"), SPOT)

    assert report.of(Permission.READ) == OFF
    assert ACCOUNTS not in paths(coinbase)


# ----------------------------------------------------------------------------------------------------------- signatures


SECRETS = {
    "sec1": SEC1,
    "pkcs8": PKCS8,
    "sec1 without the public half": BARE_SEC1,
    "pkcs8 without the public half": BARE_PKCS8,
    "ed25519": ed25519_key("e"),
    "ed25519, half of it": base64.b64encode(base64.b64decode(ed25519_key("e"))[:32]).decode(),
}


@pytest.mark.parametrize("kind", SECRETS)
@pytest.mark.parametrize("short", [False, True], ids=["name", "id"])
async def test_ccxt_signs_with_every_secret_that_a_paste_may_hold(
    coinbase: CoinbaseSimulator,
    trader: Trader,
    kind: str,
    short: bool,  # noqa: FBT001 - a parameter of the table
) -> None:
    """With an id instead of a name, only the secret tells ccxt the kind of key."""
    name, secret = coinbase.account("other").api_key, SECRETS[kind]
    key = name.rpartition("/")[2] if short else name[:-1] + ("0" if name[-1] != "0" else "1")
    account = coinbase.account("k1", api_key=key, secret=secret)
    read = read_paste(f"{key}\n{secret}", PROFILE.shape, Field.API_KEY, {}).found

    assert read == {Field.API_KEY: account.api_key, Field.SECRET: secret}
    assert (await trader.inspects(account, SPOT)).grants(Permission.READ)


@pytest.mark.parametrize("instead", ["\\n", "", " "], ids=["as letters", "lost", "as spaces"])
async def test_a_bent_key_that_ccxt_would_not_sign_with_is_read_into_one_that_it_does(
    coinbase: CoinbaseSimulator, trader: Trader, instead: str
) -> None:
    account = coinbase.account("k1")
    pasted = orjson.dumps({"name": account.api_key, "privateKey": account.secret.replace("\n", instead)}).decode()

    read = read_paste(pasted, PROFILE.shape, Field.API_KEY, {})

    credential = Credential(read.found[Field.API_KEY], read.found[Field.SECRET])
    assert (await trader.probes(credential, SPOT)).grants(Permission.READ)


@pytest.mark.parametrize("kind", OF_OTHER_KINDS)
async def test_a_key_of_another_kind_is_refused_before_any_call(
    coinbase: CoinbaseSimulator, trader: Trader, kind: str
) -> None:
    pem = OF_OTHER_KINDS[kind]
    read = read_paste(pem, PROFILE.shape, Field.SECRET, {})
    assert read.problem is PasteProblem.PEM_OF_ANOTHER_KIND

    # Even if it came that far, nothing would be sent with it, or nothing that Coinbase takes for a signature.
    trouble = await trader.trouble_probing(Credential(coinbase.account("k1").api_key, pem), SPOT)
    assert trouble.failure in {Failure.MALFORMED_CREDENTIAL, Failure.AMBIGUOUS_AUTH}


@pytest.mark.parametrize("secret", ["s" * 32, "AbCdEf0123456789" * 2, "A" * 88, "A" * 64])
def test_secrets_of_the_former_kind_of_keys_do_not_fit(secret: str) -> None:
    assert not PROFILE.shape.secret.fits(secret)
    assert not PROFILE.shape.api_key.fits("AbCdEf0123456789")


async def test_a_token_is_for_one_question_one_key_and_two_minutes(coinbase: CoinbaseSimulator) -> None:
    one, other = coinbase.account("k1"), coinbase.account("k2")
    client = ExchangeClient(DIALECT, Environment.LIVE, None, ShiftedClock())
    signed = client.sign(PING, Credential(one.api_key, one.secret))
    foreign = client.sign(PING, Credential(one.api_key, other.secret))
    assert signed.headers
    assert foreign.headers

    def status(path: str, headers: dict[str, str]) -> int:
        try:
            coinbase._answer(Request("GET", path, "", "", headers), {})
        except Refused as refused:
            return refused.status
        return 200

    assert status(KEY_PERMISSIONS, signed.headers) == 200
    assert status(ACCOUNTS, signed.headers) == 401
    assert status(KEY_PERMISSIONS, foreign.headers) == 401
    assert status(KEY_PERMISSIONS, {"Authorization": signed.headers["Authorization"][:-4] + "AAAA"}) == 401
    assert status(KEY_PERMISSIONS, {}) == 401
    coinbase.faults.clock_skew(121)
    assert status(KEY_PERMISSIONS, signed.headers) == 401


def test_signing_is_cheap_enough_for_a_watch() -> None:
    client = ExchangeClient(DIALECT, Environment.LIVE, None, ShiftedClock())
    credential = Credential("organizations/o/apiKeys/k", ecdsa_key("k"))
    client.sign(PING, credential)

    began = time.process_time()
    for _ in range(50):
        client.sign(PING, credential)

    assert (time.process_time() - began) / 50 < 0.01


# ------------------------------------------------------------------------------------------------------------ the clock


@pytest.mark.parametrize("wrong_by", [-3600.0, -130.0, 2.0, 3600.0])
async def test_a_wrong_clock_of_ours_is_no_bad_key_though_the_answer_is_the_same(
    coinbase: CoinbaseSimulator, trader: Trader, clock: ShiftedClock, wrong_by: float
) -> None:
    clock.wrong_by = wrong_by
    account = coinbase.account("k1")

    await trader.probes(account, SPOT)
    await trader.probes(account, SPOT)

    assert paths(coinbase) == [KEY_PERMISSIONS, TIME, KEY_PERMISSIONS, KEY_PERMISSIONS]


async def test_a_dead_key_asks_for_the_time_once_a_minute_and_not_at_each_check(
    coinbase: CoinbaseSimulator, trader: Trader, clock: ShiftedClock
) -> None:
    account = coinbase.account("k1")
    account.revoke()

    for _ in range(3):
        trouble = await trader.trouble_probing(account, SPOT)
        assert (trouble.failure, trouble.code) == (Failure.AMBIGUOUS_AUTH, "HTTP 401")

    assert paths(coinbase) == [KEY_PERMISSIONS, TIME, KEY_PERMISSIONS, KEY_PERMISSIONS]
    clock.passed += 61
    await trader.trouble_probing(account, SPOT)
    assert paths(coinbase).count(TIME) == 2


async def test_a_clock_that_goes_wrong_later_is_noticed_a_minute_after_the_last_comparison(
    coinbase: CoinbaseSimulator, trader: Trader, clock: ShiftedClock
) -> None:
    account = coinbase.account("k1")
    await trader.inspects(account, SPOT)
    clock.wrong_by = 40.0
    assert (await trader.trouble_probing(account, SPOT)).failure is Failure.AMBIGUOUS_AUTH

    clock.passed += 61

    await trader.probes(account, SPOT)


async def test_without_the_exchange_s_time_its_word_stands(coinbase: CoinbaseSimulator, trader: Trader) -> None:
    coinbase.faults.clock_skew(-30)
    coinbase.faults.down(path=TIME)

    assert (await trader.trouble_probing(coinbase.account("k1"), SPOT)).failure is Failure.AMBIGUOUS_AUTH


async def test_the_exchange_s_clock_is_read(coinbase: CoinbaseSimulator, trader: Trader) -> None:
    coinbase.faults.clock_skew(30)

    assert abs(await trader.gateway.clock_error(SPOT) - 30) < 0.5


# --------------------------------------------------------------------------------------------------------------- limits


async def test_a_limit_of_one_user_keeps_nobody_else_away(coinbase: CoinbaseSimulator, trader: Trader) -> None:
    body = b'{"errors":[{"id":"rate_limit_exceeded","message":"Too many requests"}]}'
    coinbase.faults.error(429, body, account="k1")

    trouble = await trader.trouble_probing(coinbase.account("k1"), SPOT)

    assert trouble.failure is Failure.RATE_LIMITED
    await trader.probes(coinbase.account("k2"), SPOT)


async def test_a_429_without_a_word_of_coinbase_keeps_everybody_away(
    coinbase: CoinbaseSimulator, trader: Trader
) -> None:
    coinbase.faults.error(429, b"Too Many Requests", account="k1")
    await trader.trouble_probing(coinbase.account("k1"), SPOT)
    asked = len(coinbase.calls)

    trouble = await trader.trouble_probing(coinbase.account("k2"), LINEAR)

    assert (trouble.failure, len(coinbase.calls)) == (Failure.RATE_LIMITED, asked)


async def test_too_much_is_counted_and_refused_where_limits_are_enforced(
    coinbase: CoinbaseSimulator, trader: Trader
) -> None:
    account = coinbase.account("k1")
    await trader.inspects(account, SPOT)
    assert coinbase.weight == {"public": 1, "private": 2}

    coinbase.enforce_limits = True
    for _ in range(30 * 60):
        coinbase.limits.charge("private", 1, coinbase.caller_ip)

    assert (await trader.trouble_probing(account, SPOT)).code == "rate_limit_exceeded"


# --------------------------------------------------------------------------------------------------- no other worlds


@pytest.mark.parametrize("environment", [Environment.TESTNET, Environment.DEMO])
async def test_no_other_environment_is_ever_asked(environment: Environment, clock: ShiftedClock) -> None:
    with pytest.raises(RuntimeError, match="keeps production URLs"):
        ExchangeClient(DIALECT, environment, None, clock)


async def test_an_echo_of_the_private_key_is_not_repeated(coinbase: CoinbaseSimulator, trader: Trader) -> None:
    account = coinbase.account("k1")
    flat = account.secret.replace("\n", "")
    body = orjson.dumps({"error": "PERMISSION_DENIED", "error_details": f"no {account.api_key} with {flat}"})
    coinbase.faults.error(403, body, path=KEY_PERMISSIONS)

    reason = (await trader.trouble_probing(account, SPOT)).reason or ""

    assert not [line for line in (*account.secret.split("\n")[1:-1], account.api_key[-36:]) if line[:12] in reason]
