"""How punctual the watch is with 5,000 connections, and who waits when an exchange hangs.

By itself: `python -m tests.benchmarks.watching`. The real dispatcher, on APScheduler, over the real store and vault,
against the simulated Binance; 4,900 keys are of its live environment and 100 of its testnet, which are two exchanges as
far as pace and slots go.
"""

import asyncio
import contextlib
import sys

import uvloop
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.domain.connection import ConnectionId
from bot.observability.collector import pace_collector
from bot.scheduler.dispatcher import Dispatcher
from tests.benchmarks.figures import Figure, at_most, percentile
from tests.benchmarks.installation import LIVE, TESTNET, installation
from tests.benchmarks.parts import Checking, Stalls, checking
from tests.benchmarks.stage import stage

INTERVAL = 60.0
LIVE_KEYS, TESTNET_KEYS = 4_900, 100
SECONDS = 122.0
"""Two turns of every connection: the second tells the time between starts."""
HANGING = 32.0
"""Seconds of a run in which the testnet takes requests and answers none."""


class Starts:
    """Notes when each connection is started, on the way from the dispatcher to the checks."""

    def __init__(self, parts: Checking) -> None:
        self._parts = parts
        self._last: dict[ConnectionId, float] = {}
        self.apart: list[float] = []

    def start(self, ids: list[ConnectionId]) -> None:
        now = self._parts.clock.monotonic()
        self.apart += [now - self._last[one] for one in ids if one in self._last]
        self._last.update(dict.fromkeys(ids, now))
        self._parts.checks.start(ids)

    @property
    def seen(self) -> int:
        return len(self._last)


async def figures() -> list[Figure]:
    """Lateness, gaps, stalls; then the same exchange with its testnet hanging."""
    async with stage() as sandbox, installation() as installed:
        live = await installed.fill(await sandbox.ask("accounts", count=LIVE_KEYS, environment="live"), LIVE, LIVE_KEYS)
        keys = await sandbox.ask("accounts", count=TESTNET_KEYS, environment="testnet")
        testnet = await installed.fill(keys, TESTNET, TESTNET_KEYS)
        async with checking(sandbox, installed, interval=INTERVAL) as parts:
            parts.watch.load([*live, *testnet])
            starts = Starts(parts)
            longest_stall = await watch_for(parts, starts, SECONDS)
            assert starts.seen == LIVE_KEYS + TESTNET_KEYS, starts.seen
            late = parts.notes.late[:]
            calm = parts.notes.took["ok"][:]
            parts.notes.took.clear()
            await sandbox.ask("exchange", path="faults", body={"name": "hang", "path": "/api/v3"})
            await watch_for(parts, starts, HANGING)
            hung = parts.notes.took.pop("ok")
            failed = {outcome: len(times) for outcome, times in parts.notes.took.items()}
            await sandbox.ask("exchange", path="faults", body={"clear": True})
    assert failed, "the testnet was to hang"
    return [
        Figure("start lateness, p50", percentile(late, 50) * 1000, "ms"),
        Figure("start lateness, p99", percentile(late, 99) * 1000, "ms", target=at_most(1000)),
        Figure("start lateness, longest", max(late) * 1000, "ms"),
        Figure("between two starts of one key, longest", max(starts.apart), "s", target=at_most(90)),
        Figure("event loop stall, longest", longest_stall * 1000, "ms", target=at_most(100)),
        Figure("from start to record, p99", percentile(calm, 99) * 1000, "ms"),
        Figure(
            "the same while the testnet hangs, live keys, p99", percentile(hung, 99) * 1000, "ms", target=at_most(1000)
        ),
        Figure("probes that ended badly meanwhile, all of the testnet", sum(failed.values()), "probes"),
    ]


async def watch_for(parts: Checking, starts: Starts, seconds: float) -> float:
    """Lets the schedule run; returns the event loop's longest stall."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    Dispatcher(parts.watch, starts, parts.clock, parts.notes).schedule(scheduler)  # type: ignore[arg-type]
    stalls = Stalls()
    scheduler.start()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stalls.watch()
    scheduler.shutdown(wait=False)
    return stalls.longest


async def _print() -> None:
    for figure in await figures():
        sys.stdout.write(f"{figure}\n")


if __name__ == "__main__":
    pace_collector()
    uvloop.run(_print())
