from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.control.person import Person
from bot.sandbox.world import Sandbox
from tests.integration.intake.house import House


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(page=False) as world:
        yield world


@pytest.fixture(autouse=True)
def every_event(caplog: pytest.LogCaptureFixture) -> None:
    """Our own events are made in every test: one that cannot be made is a fault."""
    caplog.set_level("DEBUG", logger="latchkey")


@pytest.fixture
async def house(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[House]:
    """Not yet started. At the end no call may have been one that a correct bot never makes."""
    house = House(sandbox, tmp_path)
    yield house
    await house.crash()
    assert sandbox.telegram.violations == []


@pytest.fixture
def alice(sandbox: Sandbox) -> Person:
    return sandbox.person("Alice")


@pytest.fixture
def bob(sandbox: Sandbox) -> Person:
    return sandbox.person("Bob")
