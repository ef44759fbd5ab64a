"""``/healthz`` of the whole service: ready only while each part that it names is."""

import asyncio
import socket
from collections.abc import Mapping

import aiohttp
import pytest

from bot.store import SqlStore
from bot.vault.sealing import Vault
from tests.acceptance.conftest import Service
from tests.acceptance.owning import until


def free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


class Page:
    def __init__(self, service: Service, bind: str) -> None:
        self.service = service
        self.url = f"http://{bind}/healthz"

    async def says(self) -> tuple[int, Mapping[str, bool]]:
        async with aiohttp.ClientSession() as http, http.get(self.url) as answer:
            return answer.status, await answer.json()

    async def is_ready(self) -> None:
        async with asyncio.timeout(15):
            while (await self.says())[0] != 200:  # noqa: ASYNC110 - a page has no bell to wait for
                await asyncio.sleep(0.05)

    async def lacks(self, *parts: str) -> None:
        """Waits until it is not ready, because of these parts and no other."""
        async with asyncio.timeout(15):
            while True:
                status, body = await self.says()
                lacking = {name for name, ready in body.items() if not ready} - {"ready"}
                if lacking == set(parts):
                    assert (503, False) == (status, body["ready"])
                    return
                await asyncio.sleep(0.05)


@pytest.fixture
async def page(unstarted: Service) -> Page:
    bind = free_address()
    await unstarted.start(http_bind=bind)
    page = Page(unstarted, bind)
    await page.is_ready()
    return page


async def test_without_a_word_from_telegram_it_is_not_ready(page: Page) -> None:
    telegram = page.service.sandbox.telegram
    telegram.faults.once("getUpdates", drop=True, times=None)
    await page.service.person("Alice").says("wake up")  # the call that waits comes back
    await page.lacks("poller")
    telegram.faults.clear()
    await page.is_ready()


async def test_while_somebody_else_takes_the_updates_it_is_not_ready(page: Page) -> None:
    conflict = "Conflict: terminated by other getUpdates request"
    page.service.sandbox.telegram.faults.once("getUpdates", 409, conflict, times=None)
    await page.service.person("Alice").says("wake up")
    await asyncio.sleep(0.3)
    page.service.clock.advance(91)
    await until(page.service.app.contact.seems_up, 15)  # the next refusal came: our network works
    await page.lacks("poller")
    assert page.service.app.contact.seems_up()


async def test_with_a_store_that_keeps_nothing_it_is_not_ready(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(_: SqlStore) -> bool:
        return False

    with monkeypatch.context() as patch:
        patch.setattr(SqlStore, "healthy", full)
        await page.lacks("store")
    await page.is_ready()


async def test_with_a_vault_that_does_not_open_it_is_not_ready(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Vault, "unbox", lambda *_: b"something else")
        await page.lacks("vault")
    await page.is_ready()
