"""The commands as an operator runs them: processes of their own, against the sandbox."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from bot.sandbox.world import Sandbox
from bot.vault import new_keyring, save_keyring
from tests.prefork import Command, Prefork, prefork_server


@dataclass(frozen=True)
class Ended:
    """What a command left on the screen."""

    status: int
    screen: str

    def line(self, about: str) -> str:
        """The line about something; there must be exactly one."""
        found = [line for line in self.screen.splitlines() if line[2:].startswith(f"{about}:")]
        assert 1 == len(found), self.screen
        return found[0]

    def marked(self, mark: str) -> list[str]:
        return [line for line in self.screen.splitlines() if line.startswith(f"{mark} ")]


@dataclass
class Operator:
    """Somebody at a terminal, with a configuration."""

    folder: Path
    terminal: Prefork
    environment: dict[str, str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=count)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def key_file(self) -> Path:
        return self.folder / "keys" / "master-key.json"

    async def starts(self, *command: str) -> Command:
        """A command that goes on."""
        screen = self.folder / f"screen-{next(self._numbers)}"
        return await self.terminal.start(*command, environment=self.environment, folder=self.folder, output=screen)

    async def runs(self, *command: str) -> Ended:
        """A command that ends."""
        process = await self.starts(*command)
        return Ended(await process.ended(), process.screen)


@pytest.fixture(scope="session")
def terminal() -> Iterator[Prefork]:
    with prefork_server() as server:
        yield server


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(page=False) as world:
        yield world


@pytest.fixture
def newcomer(terminal: Prefork, tmp_path: Path) -> Operator:
    """Nothing configured yet."""
    return Operator(tmp_path, terminal)


@pytest.fixture
def operator(newcomer: Operator, sandbox: Sandbox) -> Operator:
    """Everything configured as it should be."""
    operator = newcomer
    operator.data.mkdir(mode=0o700)
    operator.key_file.parent.mkdir(mode=0o700)
    save_keyring(operator.key_file, new_keyring())
    operator.environment = {
        "LATCHKEY_BOT_TOKEN": sandbox.token,
        "LATCHKEY_TELEGRAM_API_URL": sandbox.telegram_url,
        "LATCHKEY_EXCHANGE_URLS": json.dumps(sandbox.exchange_urls),
        "LATCHKEY_DATA_DIR": str(operator.data),
        "LATCHKEY_MASTER_KEY_FILE": str(operator.key_file),
        "LATCHKEY_EGRESS_IPS": "203.0.113.7",
        "LATCHKEY_OPERATORS": "7",
        "LATCHKEY_HEARTBEAT_URL": f"{sandbox.telegram_url}/ping/a-token",
        "LATCHKEY_FALLBACK_URL": f"{sandbox.telegram_url}/a-topic",
        "LATCHKEY_BEACON_URL": sandbox.telegram_url,
    }
    return operator


@asynccontextmanager
async def running(operator: Operator, sandbox: Sandbox) -> AsyncIterator[Command]:
    """The service, once it has heard of Telegram; stopped in order at the end."""
    service = await operator.starts("run")
    try:
        async with asyncio.timeout(30):
            while not sandbox.telegram.calls.of("getUpdates"):  # noqa: ASYNC110
                await asyncio.sleep(0.02)  # the sandbox has no bell to wait for
        yield service
    finally:
        service.send(signal.SIGTERM)
        assert 0 == await service.ended(), service.screen


async def ready(operator: Operator, bind: str) -> None:
    """Until the service's health page says so."""
    async with asyncio.timeout(20):
        while (await operator.runs("health", "--url", f"http://{bind}/healthz")).status != 0:  # noqa: ASYNC110
            await asyncio.sleep(0.1)  # a page has no bell to wait for
