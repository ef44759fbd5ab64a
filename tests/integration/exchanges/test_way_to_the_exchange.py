"""Whatever happens between us and an exchange: an answer in time, nobody's key blamed, no other key late."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from email.utils import formatdate

import pytest

from bot.domain.connection import Credential
from bot.domain.failures import Failure
from bot.exchanges import library
from bot.exchanges.gateway import CcxtGateway
from bot.sandbox.clock import SandboxClock
from bot.sandbox.events import EventLog
from bot.sandbox.exchanges.binance import BinanceSimulator
from bot.sandbox.exchanges.simulator import serving
from tests.integration.exchanges.trader import SPOT, SPOT_TESTNET, ShiftedClock, Trader, credential_of

KEY = Credential("k" * 64, "s" * 64)


@pytest.fixture
async def hurried(binance: BinanceSimulator, clock: ShiftedClock) -> AsyncIterator[Trader]:
    """A gateway that waits for a third of a second, with four probes in flight."""
    gateway = CcxtGateway({"binance": binance.origin}, clock, [], probes_in_flight=4, timeout=0.3)
    await Trader(gateway).probes(binance.account("warm-up"))
    yield Trader(gateway)
    await gateway.close()


@pytest.mark.parametrize(
    ("fault", "code"),
    [("garbage", "unreadable answer"), ("reset", "connection lost"), ("truncated", "connection lost")],
)
async def test_a_broken_answer_is_an_outage(binance: BinanceSimulator, trader: Trader, fault: str, code: str) -> None:
    getattr(binance.faults, fault)()

    trouble = await trader.trouble_probing(binance.account("k1"))

    assert (trouble.failure, trouble.code) == (Failure.EXCHANGE_UNAVAILABLE, code)


async def test_a_redirect_is_an_outage_and_is_not_followed(
    binance: BinanceSimulator, trader: Trader, clock: ShiftedClock
) -> None:
    elsewhere = BinanceSimulator(SandboxClock(), EventLog())
    async with serving(elsewhere) as origin:
        for status in (301, 302, 307, 308):
            binance.faults.redirect(f"{origin}/sapi/v1/account/apiRestrictions", status, times=1)
            trouble = await trader.trouble_probing(binance.account("k1"))
            assert (trouble.failure, trouble.code) == (Failure.EXCHANGE_UNAVAILABLE, f"HTTP {status}")

        assert list(elsewhere.calls) == []


async def test_an_answer_without_end_is_cut_off(binance: BinanceSimulator, trader: Trader) -> None:
    binance.faults.error(200, b"[" + b"0," * 1_000_000 + b"0]")

    trouble = await trader.trouble_probing(binance.account("k1"))

    assert (trouble.failure, trouble.code) == (Failure.EXCHANGE_UNAVAILABLE, "answer too large")


async def test_nobody_at_the_door_may_be_our_own_network(clock: ShiftedClock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for origin in (f"http://127.0.0.1:{port}", f"https://127.0.0.1:{port}"):
        gateway = CcxtGateway({"binance": origin}, clock, [])

        trouble = await Trader(gateway).trouble_probing(KEY)

        assert (trouble.failure, trouble.code) == (Failure.EXCHANGE_UNAVAILABLE, "no connection")
        await gateway.close()


async def test_a_network_that_swallows_everything_may_be_our_own(clock: ShiftedClock) -> None:
    """A listener whose queue is full: the kernel drops whoever knocks, as a dead uplink does."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, socket.socket() as first, socket.socket() as second:
        for knocking in (first, second):
            knocking.settimeout(0)
            knocking.connect_ex(full.getsockname())
        gateway = CcxtGateway({"binance": f"http://127.0.0.1:{full.getsockname()[1]}"}, clock, [], timeout=0.5)
        await asyncio.to_thread(library.load, "binance")

        trouble = await Trader(gateway).trouble_probing(KEY)

        assert (trouble.failure, trouble.code) == (Failure.EXCHANGE_UNAVAILABLE, "no connection")
        await gateway.close()


async def test_a_certificate_that_is_none_may_be_our_own_network(
    binance: BinanceSimulator, clock: ShiftedClock
) -> None:
    gateway = CcxtGateway({"binance": binance.origin.replace("http:", "https:")}, clock, [])

    trouble = await Trader(gateway).trouble_probing(KEY)

    assert (trouble.failure, trouble.code) == (Failure.EXCHANGE_UNAVAILABLE, "no connection")
    await gateway.close()


async def test_an_exchange_that_hangs_is_given_up_in_time(binance: BinanceSimulator, hurried: Trader) -> None:
    binance.faults.hang()
    started = time.monotonic()

    trouble = await hurried.trouble_probing(binance.account("k1"))

    assert (trouble.failure, trouble.code) == (Failure.EXCHANGE_UNAVAILABLE, "timeout")
    assert time.monotonic() - started < 1.0


async def test_an_exchange_that_drips_is_given_up_in_time(binance: BinanceSimulator, hurried: Trader) -> None:
    binance.faults.latency(seconds=5)

    assert (await hurried.trouble_inspecting(binance.account("k1"))).code == "timeout"


async def test_only_the_environment_that_hangs_is_late(binance: BinanceSimulator, hurried: Trader) -> None:
    stuck = binance.account("stuck")
    well = binance.account("well", "testnet")
    binance.faults.hang(account="stuck")
    async with asyncio.TaskGroup() as checks:
        hanging = [checks.create_task(hurried.trouble_probing(stuck, SPOT)) for _ in range(8)]
        await asyncio.sleep(0.05)
        started = time.monotonic()
        await hurried.probes(well, SPOT_TESTNET)
        took = time.monotonic() - started

    assert {task.result().code for task in hanging} == {"timeout"}
    assert took < 0.2


async def test_somebody_who_waits_does_not_queue_behind_probes(binance: BinanceSimulator, hurried: Trader) -> None:
    binance.faults.hang(account="stuck")
    async with asyncio.TaskGroup() as checks:
        for _ in range(8):
            checks.create_task(hurried.trouble_probing(binance.account("stuck")))
        await asyncio.sleep(0.05)
        report = await hurried.inspects(binance.account("k1"))

    assert report.account_uid is not None


async def test_a_check_that_is_cancelled_is_cancelled(binance: BinanceSimulator, trader: Trader) -> None:
    binance.faults.hang()
    async with asyncio.TaskGroup() as checks:
        check = checks.create_task(trader.gateway.probe(SPOT, credential_of(binance.account("k1"))))
        await asyncio.sleep(0.1)
        check.cancel()

    assert check.cancelled()


# -------------------------------------------------------------------------------------------------- too many questions


@pytest.mark.parametrize(("fault", "failure"), [("rate_limit", Failure.RATE_LIMITED), ("ban", Failure.BANNED)])
async def test_after_a_429_or_418_to_one_key_nobody_asks_until_it_is_over(
    binance: BinanceSimulator, trader: Trader, clock: ShiftedClock, fault: str, failure: Failure
) -> None:
    getattr(binance.faults, fault)(retry_after=90, account="k1", times=1)
    other = binance.account("other")

    first = await trader.trouble_probing(binance.account("k1"))
    asked = len(binance.calls)
    second = await trader.trouble_probing(other)
    third = await trader.trouble_inspecting(other)

    assert (first.failure, first.retry_after) == (failure, 90.0)
    assert (second.failure, third.failure) == (failure, failure)
    assert second.retry_after is not None
    assert 80.0 < second.retry_after <= 90.0
    assert len(binance.calls) == asked

    clock.passed = 91.0
    await trader.probes(other)


async def test_the_back_off_is_of_one_environment(binance: BinanceSimulator, trader: Trader) -> None:
    binance.faults.ban(account="k1")
    await trader.trouble_probing(binance.account("k1"))

    await trader.probes(binance.account("t1", "testnet"), SPOT_TESTNET)


async def test_a_late_429_does_not_shorten_a_ban(
    binance: BinanceSimulator, trader: Trader, clock: ShiftedClock
) -> None:
    binance.faults.latency(seconds=0.2, account="slow")
    binance.faults.rate_limit(retry_after=1, account="slow")
    binance.faults.ban(retry_after=120, account="k1")
    async with asyncio.TaskGroup() as checks:
        checks.create_task(trader.trouble_probing(binance.account("slow")))
        checks.create_task(trader.trouble_probing(binance.account("k1")))
    clock.passed = 60.0

    assert (await trader.trouble_probing(binance.account("k2"))).failure is Failure.BANNED


async def test_retry_after_may_be_a_date(binance: BinanceSimulator, trader: Trader) -> None:
    in_a_minute = formatdate(time.time() + 60, usegmt=True)
    binance.faults._answering("rate_limit", 429, b"", "text/html", {}, {"Retry-After": in_a_minute})

    trouble = await trader.trouble_probing(binance.account("k1"))

    assert trouble.retry_after == pytest.approx(60.0, abs=2.0)


async def test_our_own_budget_holds_back_before_the_exchange_s_does(
    binance: BinanceSimulator, clock: ShiftedClock
) -> None:
    """One question a minute; the first may come at once."""
    gateway = CcxtGateway({"binance": binance.origin}, clock, [], timeout=0.3, budget_share=1 / 9_000)
    trader = Trader(gateway)
    account = binance.account("k1")
    await trader.gateway.clock_error(SPOT)  # ccxt is loaded, and another budget pays for it
    await trader.probes(account)

    trouble = await trader.trouble_probing(account)

    assert (trouble.failure, trouble.code) == (Failure.RATE_LIMITED, "own pace")
    assert [call.path for call in binance.calls] == ["/api/v3/time", "/sapi/v1/account/apiRestrictions"]
    await gateway.close()


async def test_an_exchange_that_nobody_knows_is_refused_when_it_is_configured(clock: ShiftedClock) -> None:
    with pytest.raises(KeyError, match="no such exchange: binnance"):
        CcxtGateway({"binnance": "http://127.0.0.1"}, clock, [])


async def test_a_closed_gateway_says_that_it_asks_no_more(binance: BinanceSimulator, trader: Trader) -> None:
    binance.faults.hang()
    async with asyncio.TaskGroup() as checks:
        check = checks.create_task(trader.trouble_probing(binance.account("k1")))
        await asyncio.sleep(0.1)
        await trader.gateway.close()

    assert check.result().failure is Failure.EXCHANGE_UNAVAILABLE
