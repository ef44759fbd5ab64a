"""Somebody with keys at a simulated Binance, and what the gateway says of them."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TypeVar

from bot.domain.connection import Credential, Environment, Market, Place
from bot.domain.failures import ExchangeTrouble, Trouble
from bot.domain.permissions import KeyReport
from bot.exchanges.gateway import CcxtGateway
from bot.sandbox.clock import SandboxClock
from bot.sandbox.events import EventLog
from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.simulator import serving
from bot.sandbox.exchanges.venue import Venue
from bot.usecases.ports import CheckItem, ItemState

V = TypeVar("V", bound=Venue)

SPOT = Place("binance", Market.SPOT, Environment.LIVE)
LINEAR = Place("binance", Market.LINEAR, Environment.LIVE)
SPOT_TESTNET = Place("binance", Market.SPOT, Environment.TESTNET)
SPOT_DEMO = Place("binance", Market.SPOT, Environment.DEMO)
LINEAR_DEMO = Place("binance", Market.LINEAR, Environment.DEMO)
PLACES = (SPOT, LINEAR, SPOT_TESTNET, SPOT_DEMO, LINEAR_DEMO)


class ShiftedClock:
    """Real time, moved by hand. The simulated exchange lives in real time and judges timestamps by it."""

    def __init__(self) -> None:
        self.wrong_by = 0.0
        self.passed = 0.0

    def now(self) -> float:
        return time.time() + self.wrong_by

    def monotonic(self) -> float:
        return time.monotonic() + self.passed

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Checklist:
    """What a person sees while a key is looked at: the last state of each line, and every change."""

    def __init__(self) -> None:
        self.changes: list[tuple[CheckItem, ItemState]] = []

    async def __call__(self, item: CheckItem, state: ItemState) -> None:
        self.changes.append((item, state))

    def __getitem__(self, item: CheckItem) -> ItemState:
        return dict(self.changes).get(item, ItemState.WAITING)


class Trader:
    """Uses the gateway as the use cases do."""

    def __init__(self, gateway: CcxtGateway) -> None:
        self.gateway = gateway
        self.checklist = Checklist()

    async def probes(self, account: Account | Credential, place: Place = SPOT) -> KeyReport:
        return await self.gateway.probe(place, credential_of(account))

    async def inspects(self, account: Account | Credential, place: Place = SPOT) -> KeyReport:
        self.checklist = Checklist()
        return await self.gateway.inspect(place, credential_of(account), self.checklist)

    async def trouble_probing(self, account: Account | Credential, place: Place = SPOT) -> Trouble:
        try:
            report = await self.probes(account, place)
        except ExchangeTrouble as failed:
            return trouble_of(failed)
        raise AssertionError(f"the probe found nothing wrong: {report}")

    async def trouble_inspecting(self, account: Account | Credential, place: Place = SPOT) -> Trouble:
        try:
            report = await self.inspects(account, place)
        except ExchangeTrouble as failed:
            return trouble_of(failed)
        raise AssertionError(f"the inspection found nothing wrong: {report}")


@asynccontextmanager
async def simulated(exchange: Callable[[SandboxClock, EventLog], V]) -> AsyncIterator[V]:
    """The exchange; whatever a test did, nothing was ever changed at it."""
    simulator = exchange(SandboxClock(), EventLog())
    async with serving(simulator):
        yield simulator
    assert simulator.mutations == []


@asynccontextmanager
async def trading_at(exchange: Venue, clock: ShiftedClock, ips: Sequence[str] = ()) -> AsyncIterator[Trader]:
    """Somebody with keys there. The budget is lifted: tests ask more in a second than a service may in a minute."""
    gateway = CcxtGateway({exchange.rules.id: exchange.origin}, clock, ips, budget_share=1_000.0)
    try:
        yield Trader(gateway)
    finally:
        await gateway.close()


def spend_everything(venue: Venue, bucket: str) -> None:
    """Somebody else spends what our address may in this window, which does not end before the test."""
    now = venue.clock.now()
    venue.limits._now = lambda: now
    venue.limits.charge(bucket, venue.limits.limit(bucket), venue.caller_ip)


def credential_of(account: Account | Credential) -> Credential:
    if isinstance(account, Credential):
        return account
    return Credential(account.api_key, account.secret, account.passphrase)


def trouble_of(failed: ExchangeTrouble) -> Trouble:
    """The trouble; an exception of ours stands alone, with nothing foreign behind it."""
    assert (failed.__cause__, failed.__context__) == (None, None)
    return failed.trouble


def grants(report: KeyReport) -> dict[str, str]:
    return {permission.value: finding.grant.value for permission, finding in report.findings.items()}
