"""The whole service against the sandbox, in this process: Telegram and exchanges over real HTTP, data thrown away."""

import asyncio
import base64
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.app import assemble
from bot.lifecycle import Latchkey, SystemClock
from bot.sandbox.control.person import Person
from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.binance import BinanceSimulator
from bot.sandbox.world import Sandbox
from bot.settings import Settings

EGRESS_IPS = ("203.0.113.7", "203.0.113.8")
PATIENCE = 20.0
"""Seconds a stop may take before it counts as hanging."""


class HurriedClock(SystemClock):
    """The system's clock, and hours that pass at a word."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> float:
        return super().now() + self._ahead

    def monotonic(self) -> float:
        return super().monotonic() + self._ahead

    def advance(self, seconds: float) -> None:
        self._ahead += seconds


@dataclass
class Service:
    """The service and the world around it. ``settings`` may be changed before a ``start``."""

    sandbox: Sandbox
    settings: dict[str, Any]
    clock: HurriedClock = field(default_factory=HurriedClock)
    _app: Latchkey | None = None
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _running: asyncio.Task[None] | None = None
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def app(self) -> Latchkey:
        """The service itself, while it runs."""
        assert self._app is not None
        return self._app

    @property
    def binance(self) -> BinanceSimulator:
        return self.sandbox.binance

    def person(self, name: str, language: str = "en") -> Person:
        return self.sandbox.person(name, language)

    def key(self, name: str = "k1", environment: str = "live") -> Account:
        """An account at Binance with a key that is fit to be connected: restricted to our address."""
        account = self.binance.account(name, environment=environment)
        account.restrict_ips([self.binance.caller_ip])
        return account

    async def start(self, **settings: Any) -> None:
        """Starts the service on the same data."""
        self.settings |= settings
        self._stop = asyncio.Event()
        self._app = await self._stack.enter_async_context(
            assemble(Settings(_env_file=None, **self.settings), self.clock)
        )
        self._running = asyncio.create_task(self._app.run(self._stop))  # noqa: TID251 - held right here

    async def stop(self) -> None:
        """An orderly stop."""
        self._stop.set()
        if self._running is not None:
            await asyncio.wait_for(self._running, PATIENCE)
        await self._close()

    async def crash(self) -> None:
        """Ends in the middle of everything: nothing is drained, nothing is said."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait([self._running])
        if self.app.scheduler.running:
            self.app.scheduler.shutdown(wait=False)  # nobody who is dead looks at a clock
        await self._close()

    async def _close(self) -> None:
        self._running = self._app = None
        await self._stack.aclose()
        self._stack = AsyncExitStack()

    async def wipe_old_drafts(self) -> None:
        """What housekeeping does every few seconds."""
        for draft in self.app.services.drafts.sweep():
            await self.app.front.on_wiped(draft)


@pytest.fixture
async def unstarted(tmp_path: Path) -> AsyncIterator[Service]:
    """The world, with a service that has not been started."""
    async with Sandbox(page=False) as sandbox:
        service = Service(
            sandbox,
            {
                "bot_token": sandbox.token,
                "telegram_api_url": sandbox.telegram_url,
                "data_dir": tmp_path / "data",
                "master_key": base64.b64encode(secrets.token_bytes(32)).decode(),
                "exchange_urls": sandbox.exchange_urls,
                "check_interval": 1,
                "egress_ips": EGRESS_IPS,
            },
        )
        try:
            yield service
        finally:
            await service.stop()
        assert sandbox.telegram.violations == []
        assert service.binance.mutations == []


@pytest.fixture
async def service(unstarted: Service) -> Service:
    """The whole service, running: connections are checked every second."""
    await unstarted.start()
    return unstarted


@pytest.fixture
def alice(service: Service) -> Person:
    return service.person("Alice")
