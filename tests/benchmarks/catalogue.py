"""How punctual the watch is with connections at every exchange of the catalogue, and whether any exchange minds.

By itself, and smaller: `python -m tests.benchmarks.catalogue 20 30` (connections at each, seconds). The real
dispatcher, store, vault and gateway, as in `watching`, against all simulated exchanges; they enforce their limits and
would ban. Then the service as a process of its own, over the same connections, for its memory with all of them in use.
"""

import asyncio
import sys

import uvloop

from bot.domain.connection import ConnectionId, Environment, Place
from bot.exchanges.registry import ADAPTERS, adapter_of
from bot.observability.collector import pace_collector
from tests.benchmarks.figures import Figure, at_most, percentile
from tests.benchmarks.installation import installation
from tests.benchmarks.parts import checking
from tests.benchmarks.service import resident_megabytes, service
from tests.benchmarks.stage import stage
from tests.benchmarks.watching import Starts, watch_for

EACH = 300
INTERVAL = 60.0
SECONDS = 122.0
"""Two turns of every connection: the second tells the time between starts."""


async def figures(each: int = EACH, seconds: float = SECONDS) -> list[Figure]:
    """Lateness, gaps, stalls, refusals, memory."""
    interval = INTERVAL if seconds >= 2 * INTERVAL else seconds / 2
    async with stage() as sandbox, installation() as installed:
        ids: list[ConnectionId] = []
        for exchange in ADAPTERS:
            market = next(iter(adapter_of(exchange).PROFILE.worlds))
            keys = await sandbox.ask("accounts", count=each, environment="live", exchange=exchange)
            ids += await installed.fill(keys, Place(exchange, market, Environment.LIVE), each, vouched=True)
        await sandbox.ask("enforce")
        async with checking(sandbox, installed, interval=interval) as parts:
            parts.watch.load(ids)
            starts = Starts(parts)
            longest_stall = await watch_for(parts, starts, seconds)
            while parts.checks.in_flight:  # noqa: ASYNC110 - no event tells it
                await asyncio.sleep(0.01)
            assert starts.seen == len(ids), starts.seen
            late, took = parts.notes.late[:], parts.notes.took
        async with service(sandbox, installed, CHECK_INTERVAL=str(interval)) as process:
            await asyncio.sleep(min(interval, seconds) + 5)
            memory = resident_megabytes(process.pid)
        refusals: dict[str, int] = await sandbox.ask("refusals")
    bad = {outcome: len(times) for outcome, times in took.items() if outcome != "ok"}
    minded = {exchange: count for exchange, count in refusals.items() if count}
    sys.stderr.write(f"ended badly: {bad or 'none'}; refused by: {minded or 'none'}\n")
    return [
        Figure(f"connections, at {len(ADAPTERS)} exchanges", len(ids), "connections"),
        Figure("start lateness, p50", percentile(late, 50) * 1000, "ms"),
        Figure("start lateness, p99", percentile(late, 99) * 1000, "ms", target=at_most(1000)),
        Figure("start lateness, longest", max(late) * 1000, "ms"),
        Figure("between two starts of one key, longest", max(starts.apart), "s", target=at_most(90)),
        Figure("event loop stall, longest", longest_stall * 1000, "ms", target=at_most(100)),
        Figure("from start to record, p99", percentile(took["ok"], 99) * 1000, "ms"),
        Figure("probes that ended badly", sum(bad.values()), "probes", target=at_most(0)),
        Figure("refused as too many, or banned", sum(minded.values()), "requests", target=at_most(0)),
        Figure("memory, every exchange in use", memory, "MB", target=at_most(400)),
    ]


async def _print(each: int, seconds: float) -> None:
    for figure in await figures(each, seconds):
        sys.stdout.write(f"{figure}\n")


if __name__ == "__main__":
    pace_collector()
    wished = [float(word) for word in sys.argv[1:3]]
    uvloop.run(_print(int(wished[0]) if wished else EACH, wished[1] if len(wished) > 1 else SECONDS))
