"""One aiohttp application on one loopback port."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

LOOPBACK = "127.0.0.1"
BACKLOG = 4096
"""Connections that may wait: a benchmark opens thousands at once."""
SHUTDOWN_SECONDS = 0.2
"""Long polls and event streams are released before the servers stop; what is left then may be cut."""


@asynccontextmanager
async def serving(app: web.Application, port: int = 0) -> AsyncIterator[str]:
    """Serves `app` on 127.0.0.1 and yields its origin; port 0 takes a free one.

    There is no access log: paths of the Bot API hold the bot's token.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, LOOPBACK, port, backlog=BACKLOG).start()
        yield f"http://{LOOPBACK}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
