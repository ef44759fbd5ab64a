"""A part that ends by itself is noticed: nothing goes on half deaf."""

import asyncio

import pytest

from bot.lifecycle import PartEnded
from tests.acceptance.conftest import PATIENCE, Service


@pytest.mark.parametrize("part", ["relay", "source", "pulse"])
async def test_the_service_stops_in_order_when_a_part_of_it_ends(
    unstarted: Service, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    await unstarted.start()
    app = unstarted.app
    await unstarted.stop()

    async def gives_up(_: object) -> None:
        raise LookupError

    monkeypatch.setattr(type(getattr(app, part)), "run", gives_up)
    await unstarted.start()
    assert unstarted._running is not None
    await asyncio.wait([unstarted._running], timeout=PATIENCE)
    assert isinstance(unstarted._running.exception(), PartEnded)
    await unstarted._close()


async def test_a_stop_with_a_full_disk_takes_no_longer(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    await service.person("Alice").says("/start")
    never: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def settled(_: object) -> None:
        await never

    monkeypatch.setattr(type(service.app.ledger), "settled", settled)
    async with asyncio.timeout(10):
        await service.stop()
