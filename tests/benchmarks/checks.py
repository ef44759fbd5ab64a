"""Whole checks a second: load, unseal, sign, send, judge, record. By itself: `python -m tests.benchmarks.checks`.

Three ways of asking the simulated Binance take turns in short rounds, so that whatever else the machine does slows all
of them alike:

- bare: aiohttp GET + JSON of the very answer a check gets, each URL signed beforehand: the least there is to do
- check: ``CheckConnections.start`` in the portions in which the dispatcher starts them, over the real store and vault
- instance: a ccxt instance per check, as its documentation has it, and nothing recorded
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable

import aiohttp
import orjson
import uvloop
from yarl import URL

from bot.domain.connection import ConnectionId, Credential
from bot.observability.collector import pace_collector
from bot.scheduler.dispatcher import BATCH
from tests.benchmarks.exchange import IN_FLIGHT, _ask_with_an_instance, _signed
from tests.benchmarks.figures import Figure, at_least
from tests.benchmarks.installation import LIVE, batches, installation
from tests.benchmarks.parts import Checking, checking
from tests.benchmarks.stage import Stage, stage

CONNECTIONS = 2_000
ROUNDS = 8
INSTANCES = 96
UNLIMITED = 1_000.0
"""The share of the exchange's budget: the benchmark asks more than Binance would take."""


async def figures() -> list[Figure]:
    """Rates (medians over the rounds) and the ratios of paired rounds."""
    async with stage() as sandbox, installation() as installed:
        keys = await sandbox.ask("accounts", count=IN_FLIGHT, environment="live")
        ids = await installed.fill(keys, LIVE, CONNECTIONS)
        async with checking(sandbox, installed, budget_share=UNLIMITED) as parts:
            return await _compare(sandbox, [Credential(*key) for key in keys], parts, ids)


async def _compare(sandbox: Stage, keys: list[Credential], parts: Checking, ids: list[ConnectionId]) -> list[Figure]:
    origin = sandbox.exchange_urls["binance"]
    bare_rates, check_rates = [], []
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        for _ in range(1 + ROUNDS):
            requests = [_signed(origin, keys[number % len(keys)], number) for number in range(CONNECTIONS)]

            async def bare(number: int, requests: list[tuple[str, dict[str, str]]] = requests) -> None:
                url, headers = requests[number]
                async with session.get(URL(url, encoded=True), headers=headers) as response:
                    await response.json(loads=orjson.loads)

            bare_rates.append(await _rate(bare, CONNECTIONS))
            check_rates.append(await _check_all(parts, ids))
    bad = {outcome: len(times) for outcome, times in parts.notes.took.items() if outcome != "ok"}
    assert not bad, bad

    async def instance(number: int) -> None:
        await _ask_with_an_instance(origin, keys[number % len(keys)])

    instance_rate = await _rate(instance, INSTANCES)
    del bare_rates[0], check_rates[0]  # the warm-up
    to_bare = statistics.median(check / bare for check, bare in zip(check_rates, bare_rates, strict=True))
    check_rate, bare_rate = statistics.median(check_rates), statistics.median(bare_rates)
    return [
        Figure("bare aiohttp GET + JSON of the same answer", bare_rate, "/s", 1.0),
        Figure("whole checks, 64 in flight", check_rate, "/s", to_bare, at_least(0.5)),
        Figure("a ccxt instance per check, nothing recorded", instance_rate, "/s", instance_rate / bare_rate),
        Figure("whole check : a ccxt instance per check", check_rate / instance_rate, "x"),
    ]


async def _check_all(parts: Checking, ids: list[ConnectionId]) -> float:
    started = time.perf_counter()
    for some in batches(ids, BATCH):
        parts.checks.start(some)
    await parts.idle()
    return len(ids) / (time.perf_counter() - started)


async def _rate(ask: Callable[[int], Awaitable[None]], count: int) -> float:
    numbers = iter(range(count))

    async def worker() -> None:
        for number in numbers:
            await ask(number)

    started = time.perf_counter()
    async with asyncio.TaskGroup() as workers:
        for _ in range(IN_FLIGHT):
            workers.create_task(worker())
    return count / (time.perf_counter() - started)


async def _print() -> None:
    for figure in await figures():
        sys.stdout.write(f"{figure}\n")


if __name__ == "__main__":
    pace_collector()
    uvloop.run(_print())
