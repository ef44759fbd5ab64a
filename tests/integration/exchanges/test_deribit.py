"""What is special about Deribit: scopes beside a token, a secret that never travels, a clock that is not told."""

import asyncio
import logging
from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest

from bot.domain.connection import Credential, Environment, Market, Place
from bot.domain.failures import Failure
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, Permission
from bot.exchanges import deribit as adapter
from bot.exchanges.adapter import Endpoint
from bot.exchanges.client import ExchangeClient, Signed
from bot.exchanges.gateway import CcxtGateway
from bot.sandbox.exchanges.deribit import AUTH, SUMMARY, TIME, DeribitSimulator
from bot.usecases.ports import CheckItem, ItemState
from tests.integration.exchanges.known.deribit import says
from tests.integration.exchanges.trader import ShiftedClock, Trader, credential_of, grants, simulated, spend_everything

SPOT = Place("deribit", Market.SPOT, Environment.LIVE)
INVERSE = Place("deribit", Market.INVERSE, Environment.LIVE)
TESTNET = Place("deribit", Market.LINEAR, Environment.TESTNET)

OFF = Finding(Grant.DENIED, Certainty.STATED)
TOKEN = "1582628593469.1MbQ-J_4.CBP-OqOwm_FBdMYj4cRK2dMXyHPfBtXGpzLxhWg31nHu"


def on(*scopes: str) -> Finding:
    return Finding(Grant.GRANTED, Certainty.STATED, scopes)


@pytest.fixture
async def deribit() -> AsyncIterator[DeribitSimulator]:
    async with simulated(DeribitSimulator) as simulator:
        yield simulator


@pytest.fixture
async def gateway(deribit: DeribitSimulator, clock: ShiftedClock) -> AsyncIterator[CcxtGateway]:
    gateway = CcxtGateway({"deribit": deribit.origin}, clock, ["203.0.113.7"], budget_share=1_000.0)
    yield gateway
    await gateway.close()


def paths(deribit: DeribitSimulator) -> list[str]:
    return [call.path for call in deribit.calls]


def authenticated(scope: object) -> bytes:
    result = {"access_token": TOKEN, "refresh_token": TOKEN, "expires_in": 31_536_000, "token_type": "bearer"}
    return orjson.dumps({"jsonrpc": "2.0", "result": result | {"scope": scope}})


# ------------------------------------------------------------------------------------------------------- what is stated


@pytest.mark.parametrize("place", [SPOT, INVERSE, TESTNET], ids=["spot", "inverse", "testnet"])
async def test_a_probe_asks_for_the_scopes_and_whether_the_account_is_in_order(
    deribit: DeribitSimulator, trader: Trader, place: Place
) -> None:
    report = await trader.probes(deribit.account("k1", place.environment.value), place)

    assert grants(report) == {
        "read": "granted",
        "spot_trade": "granted",
        "futures_trade": "granted",
        "margin": "granted",
        "transfer": "denied",
        "withdraw": "denied",
    }
    assert paths(deribit) == [AUTH, SUMMARY]


@pytest.mark.parametrize(
    ("scope", "moving", "withdrawing"),
    [
        ("account:read trade:read_write", OFF, OFF),
        ("account:read trade:read_write wallet:none", OFF, OFF),
        ("account:read connection mainaccount name:Withdraw_1 session:x expires:60 ip:* trade:read", OFF, OFF),
        ("account:read block_trade:read_write block_rfq:read_write custody:read", OFF, OFF),
        ("account:read wallet:read_write", on("wallet:read_write"), on("wallet:read_write")),
        ("account:read_write trade:read", OFF, on("account:read_write")),
        (
            "account:read_write wallet:read_write",
            on("wallet:read_write"),
            on("wallet:read_write", "account:read_write"),
        ),
        # The docs warn that it may stand for wallet:read_write.
        ("account:read wallet:read", UNKNOWABLE, UNKNOWABLE),
        ("account:read_write wallet:read", UNKNOWABLE, on("account:read_write")),
        ("wallet:read wallet:read_write", on("wallet:read_write"), on("wallet:read_write")),
        # What we have never heard of may be anything.
        ("account:read custody:read_write", UNKNOWABLE, UNKNOWABLE),
        ("account:read vault:read_write", UNKNOWABLE, UNKNOWABLE),
        ("account:read wallet:write", UNKNOWABLE, UNKNOWABLE),
        ("account:read withdrawals", UNKNOWABLE, UNKNOWABLE),
    ],
)
async def test_each_scope_says_whether_money_may_move_and_none_that_we_do_not_know_is_read_as_off(
    deribit: DeribitSimulator, trader: Trader, scope: str, moving: Finding, withdrawing: Finding
) -> None:
    deribit.faults.error(200, authenticated(scope), path=AUTH)

    report = await trader.probes(deribit.account("k1"), INVERSE)

    assert (report.of(Permission.TRANSFER), report.of(Permission.WITHDRAW)) == (moving, withdrawing)


@pytest.mark.parametrize(
    ("scope", "reading", "trading"),
    [
        ("account:read trade:read_write", on("account:read"), on("trade:read_write")),
        ("account:read trade:read", on("account:read"), OFF),
        ("account:read trade:none", on("account:read"), OFF),
        ("account:read_write trade:read_write", on("account:read_write"), on("trade:read_write")),
        ("trade:read_write", OFF, on("trade:read_write")),
        ("account:read block_trade:read_write", on("account:read"), OFF),
        # The example of the docs, which names no right at all.
        ("connection mainaccount", UNKNOWABLE, UNKNOWABLE),
        ("", UNKNOWABLE, UNKNOWABLE),
        ("vault:read_write", UNKNOWABLE, UNKNOWABLE),
    ],
)
async def test_each_scope_says_what_may_be_read_and_traded(
    deribit: DeribitSimulator, trader: Trader, scope: str, reading: Finding, trading: Finding
) -> None:
    deribit.faults.error(200, authenticated(scope), path=AUTH)

    report = await trader.probes(deribit.account("k1"), SPOT)

    assert (report.of(Permission.READ), report.of(Permission.SPOT_TRADE)) == (reading, trading)
    assert report.of(Permission.FUTURES_TRADE) == trading


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"{}",
        b'{"result":null}',
        b'{"result":{}}',
        b'{"result":{"scope":null}}',
        b'{"result":{"scope":["account:read"]}}',
        # What list_api_keys and its kind answer to accounts with a security key.
        b'{"result":{"security_key_authorization_required":true,"challenge":"x","security_keys":[]}}',
    ],
)
async def test_an_answer_of_another_shape_is_not_a_key_without_rights(
    deribit: DeribitSimulator, trader: Trader, body: bytes
) -> None:
    deribit.faults.error(200, body, path=AUTH)

    trouble = await trader.trouble_probing(deribit.account("k1"), INVERSE)

    assert (trouble.failure, trouble.code) == (Failure.UNEXPECTED, "TypeError")


async def test_the_key_s_name_comes_with_the_scopes_and_its_addresses_do_not(
    deribit: DeribitSimulator, trader: Trader
) -> None:
    account = deribit.account("k1")
    account.restrict_ips([deribit.caller_ip])

    report = await trader.probes(account, SPOT)

    assert (report.label, report.ip_restricted, report.ip_list) == ("k1", None, None)


# ----------------------------------------------------------------------------------------------------------- inspection


async def test_an_inspection_asks_the_time_the_scopes_and_whose_account_it_is(
    deribit: DeribitSimulator, trader: Trader
) -> None:
    account = deribit.account("k1")
    report = await trader.inspects(account, INVERSE)

    assert paths(deribit) == [TIME, AUTH, SUMMARY]
    assert report.account_uid == str(account.uid)
    for item in (CheckItem.CLOCK, CheckItem.SIGNATURE, CheckItem.PERMISSIONS, CheckItem.BALANCE):
        assert trader.checklist[item] is ItemState.PASSED


async def test_a_key_that_may_not_read_the_account_is_reported_as_such(
    deribit: DeribitSimulator, trader: Trader
) -> None:
    account = deribit.account("k1")
    account.forbid("account:read")

    inspected, probed = await trader.inspects(account, INVERSE), await trader.probes(account, INVERSE)

    assert inspected.of(Permission.READ) == probed.of(Permission.READ) == OFF
    assert trader.checklist[CheckItem.PERMISSIONS] is ItemState.FAILED
    assert SUMMARY not in paths(deribit)


async def test_where_no_right_is_told_the_account_itself_shows_whether_it_may_be_read(
    deribit: DeribitSimulator, trader: Trader
) -> None:
    account = deribit.account("k1")
    account.forbid("account:read")
    deribit.faults.error(200, authenticated("connection mainaccount"), path=AUTH)

    trouble = await trader.trouble_inspecting(account, INVERSE)

    assert (trouble.failure, trouble.code) == (Failure.NO_READ_PERMISSION, "13021")


async def test_an_account_that_is_locked_is_noticed_by_the_next_probe(
    deribit: DeribitSimulator, trader: Trader
) -> None:
    account = deribit.account("k1")
    await trader.probes(account, INVERSE)

    account.suspend()

    trouble = await trader.trouble_probing(account, INVERSE)
    assert (trouble.failure, trouble.code) == (Failure.ACCOUNT_SUSPENDED, "11098")


# ----------------------------------------------------------------------------------------------- what goes, what stays


async def test_the_secret_never_travels_and_no_token_stays(
    deribit: DeribitSimulator,
    trader: Trader,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    sent: list[Signed] = []
    sign = ExchangeClient.sign

    def noted(client: ExchangeClient, endpoint: Endpoint, credential: Credential | None) -> Signed:
        sent.append(signed := sign(client, endpoint, credential))
        return signed

    monkeypatch.setattr(ExchangeClient, "sign", noted)
    account = deribit.account("k1")
    deribit.faults.error(200, authenticated("account:read trade:read_write"), path=AUTH)
    with caplog.at_level(logging.DEBUG):
        said = [repr(await trader.inspects(account, SPOT)), repr(await trader.probes(account, SPOT))]
        deribit.faults.clear()
        # A refusal that echoes what it should not.
        deribit.faults.error(400, says(13009, "invalid_token", reason=f"access_token={TOKEN}"), path=SUMMARY)
        said.append(repr(await trader.trouble_probing(account, SPOT)))
    line = trader.gateway._lines[SPOT]
    kept = "\n".join([*said, caplog.text, repr(vars(line.client._ccxt)), repr(vars(line.client))])

    asked = [parse_qs(urlsplit(each.url).query, keep_blank_values=True) for each in sent if AUTH in each.url]
    assert {tuple(sorted(query)) for query in asked} == {
        ("client_id", "data", "grant_type", "nonce", "signature", "timestamp")
    }
    assert {query["grant_type"][0] for query in asked} == {"client_signature"}
    assert len({query["nonce"][0] for query in asked}) == len(asked)
    assert not [each for each in sent if account.secret in f"{each.url}{each.headers}{each.body!r}"]
    assert not [piece for piece in TOKEN.split(".") if piece in kept]


async def test_a_token_and_a_signed_request_speak_for_their_own_key(deribit: DeribitSimulator, trader: Trader) -> None:
    accounts = [deribit.account(f"k{number}") for number in range(24)]
    accounts[7].allow("wallet:read_write")

    reports = await asyncio.gather(*(trader.inspects(account, SPOT) for account in accounts))

    assert [report.grants(Permission.WITHDRAW) for report in reports] == [number == 7 for number in range(24)]
    assert [report.account_uid for report in reports] == [str(account.uid) for account in accounts]


async def test_a_secret_that_cannot_sign_is_malformed(deribit: DeribitSimulator, trader: Trader) -> None:
    odd = credential_of(deribit.account("k1"))

    trouble = await trader.trouble_probing(Credential(odd.api_key, "\ud800" * 43), SPOT)

    assert trouble.failure is Failure.MALFORMED_CREDENTIAL
    assert paths(deribit) == []


def test_nothing_is_asked_that_changes_anything_or_shows_secrets_of_other_keys() -> None:
    """At Deribit an order is a GET too, so that only the list of paths shows it."""
    asked = {each.path for each in vars(adapter).values() if isinstance(each, Endpoint)}

    assert asked == {"get_time", "auth", "get_account_summary"}


async def test_the_simulator_counts_a_get_that_would_change_something(deribit: DeribitSimulator) -> None:
    client = ExchangeClient(adapter.DIALECT, Environment.LIVE, deribit.origin, ShiftedClock())
    gateway = CcxtGateway({"deribit": deribit.origin}, ShiftedClock(), [])
    signed = client.sign(Endpoint("private", "withdraw", "account"), credential_of(deribit.account("k1")))
    await gateway._http.send(signed.method, signed.url, signed.headers, signed.body)
    await gateway.close()

    assert [(call.method, call.path, call.status) for call in deribit.mutations] == [
        ("GET", "/api/v2/private/withdraw", 400)
    ]
    deribit.mutations.clear()


# ---------------------------------------------------------------------------------------------------------------- clock


async def test_a_wrong_clock_is_not_taken_for_a_bad_key(
    deribit: DeribitSimulator, trader: Trader, clock: ShiftedClock
) -> None:
    """Deribit says the same to both: so the clock is looked at, and the question asked once more."""
    account = deribit.account("k1")
    clock.wrong_by = -90.0

    report = await trader.probes(account, INVERSE)

    assert report.grants(Permission.READ)
    assert paths(deribit) == [AUTH, TIME, AUTH, SUMMARY]
    await trader.probes(account, INVERSE)
    assert paths(deribit)[4:] == [AUTH, SUMMARY]  # from now on it is allowed for


async def test_a_bad_key_is_one_where_the_clock_is_right(deribit: DeribitSimulator, trader: Trader) -> None:
    account = deribit.account("k1")
    account.revoke()

    trouble = await trader.trouble_probing(account, INVERSE)

    assert (trouble.failure, trouble.code) == (Failure.AMBIGUOUS_AUTH, "13004")
    assert paths(deribit) == [AUTH, TIME]


async def test_a_bad_key_stays_one_when_the_clock_was_wrong_too(
    deribit: DeribitSimulator, trader: Trader, clock: ShiftedClock
) -> None:
    account = deribit.account("k1")
    forged = Credential(account.api_key, "A" * 43)
    clock.wrong_by = 90.0

    trouble = await trader.trouble_probing(forged, INVERSE)

    assert (trouble.failure, trouble.code) == (Failure.AMBIGUOUS_AUTH, "13004")
    assert paths(deribit) == [AUTH, TIME, AUTH]


# --------------------------------------------------------------------------------------------------------------- limits


async def test_what_ccxt_calls_an_attack_is_a_limit_that_keeps_everybody_away(
    deribit: DeribitSimulator, trader: Trader
) -> None:
    deribit.faults.rate_limit(times=1)
    first, second = deribit.account("k1"), deribit.account("k2")
    assert (await trader.trouble_probing(first, INVERSE)).failure is Failure.RATE_LIMITED
    asked = len(deribit.calls)

    trouble = await trader.trouble_probing(second, SPOT)

    assert (trouble.failure, trouble.code, len(deribit.calls)) == (Failure.RATE_LIMITED, "10028", asked)


async def test_only_what_goes_without_a_token_counts_for_our_address(deribit: DeribitSimulator, trader: Trader) -> None:
    now = deribit.clock.now()
    deribit.limits._now = lambda: now  # counted by the second

    await trader.probes(deribit.account("k1"), INVERSE)

    assert deribit.weight == {"address": 1}


async def test_who_asks_beyond_the_budget_of_an_address_is_turned_away(
    deribit: DeribitSimulator, trader: Trader
) -> None:
    spend_everything(deribit, "address")
    deribit.enforce_limits = True

    assert (await trader.trouble_probing(deribit.account("k1"), INVERSE)).failure is Failure.RATE_LIMITED


async def test_probes_leave_room_below_the_32_connections_of_an_address(
    deribit: DeribitSimulator, trader: Trader
) -> None:
    hanging = deribit.faults.hang(path=AUTH)
    async with asyncio.TaskGroup() as probes:
        for number in range(40):
            probes.create_task(trader.probes(deribit.account(f"k{number}"), INVERSE))
        await asyncio.sleep(0.5)
        at_once = hanging.hits
        deribit.faults.clear()

    assert (at_once, len(deribit.calls)) == (16, 80)
