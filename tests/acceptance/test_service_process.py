"""Whoever types to a service that has only just been started waits for it to listen first."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from bot.commands.service_process import takes_updates
from bot.sandbox.world import Sandbox


@asynccontextmanager
async def python(program: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", program)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_a_service_is_there_once_it_has_asked_for_updates() -> None:
    async with (
        Sandbox(page=False) as sandbox,
        python("import time; time.sleep(600)") as service,
        asyncio.TaskGroup() as tasks,
        aiohttp.ClientSession() as http,
    ):
        waiting = tasks.create_task(takes_updates(service, sandbox))
        for method in ("getMe", "getUpdates"):
            await asyncio.sleep(0.05)
            assert not waiting.done()
            await http.post(f"{sandbox.telegram_url}/bot{sandbox.token}/{method}")
        assert await asyncio.wait_for(waiting, 10)


async def test_a_service_that_ends_before_is_not_waited_for() -> None:
    async with Sandbox(page=False) as sandbox, python("pass") as service:
        assert not await takes_updates(service, sandbox)
