"""From the moment a key lies in a chat to the deleteMessage that takes it away, 100 updates a second, all else running.

By itself: `python -m tests.benchmarks.deleting`. The service is a process of its own and watches 5,000 connections; 200
people write to it, and every fourth message holds a key. Times are the sandbox's: it saw both ends.
"""

import asyncio
import sys

import uvloop

from tests.benchmarks.figures import Figure, at_most, percentile
from tests.benchmarks.installation import LIVE, installation
from tests.benchmarks.service import service
from tests.benchmarks.stage import stage

CONNECTIONS = 5_000
UPDATES_PER_SECOND = 100
SECONDS = 20
WARMING_UP = 8.0
"""Seconds until ccxt is imported and the checks are in their stride."""


async def figures() -> list[Figure]:
    """How long keys lay in the chat."""
    async with stage() as sandbox, installation() as installed:
        await installed.fill(await sandbox.ask("accounts", count=64, environment="live"), LIVE, CONNECTIONS)
        async with service(sandbox, installed):
            await asyncio.sleep(WARMING_UP)
            told = await sandbox.ask("talk", per_second=UPDATES_PER_SECOND, seconds=SECONDS)
    assert told["violations"] == [], told["violations"]
    lay = told["after_ms"]
    return [
        Figure("sent to deleted, p50", percentile(lay, 50), "ms"),
        Figure("sent to deleted, p99", percentile(lay, 99), "ms", target=at_most(300)),
        Figure("sent to deleted, longest", max(lay), "ms"),
        Figure(f"keys left in chats, of {told['pasted']}", told["pasted"] - len(lay), "keys", target=at_most(0)),
    ]


async def _print() -> None:
    for figure in await figures():
        sys.stdout.write(f"{figure}\n")


if __name__ == "__main__":
    uvloop.run(_print())
