"""How many checks a second go out, against bare requests. Run by itself: `python -m tests.benchmarks.exchange`.

Ways of asking the simulated Binance, 64 in flight, with the simulator in a process of its own. They take turns in short
rounds, so that whatever else the machine does slows all of them alike:

- bare: aiohttp GET + JSON of the very answer that a probe gets, each URL signed beforehand: the least there is to do
- bare, public: aiohttp GET + JSON of the exchange's time, the shortest answer there is
- probe: ``CcxtGateway.probe``, as the watch calls it
- instance: a ccxt instance per check, as its documentation has it
"""

import asyncio
import hashlib
import hmac
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
import ccxt.async_support
import orjson
import uvloop
from yarl import URL

from bot.domain.connection import Credential, Environment, Market, Place
from bot.exchanges.gateway import CcxtGateway
from bot.sandbox.clock import SandboxClock
from bot.sandbox.events import EventLog
from bot.sandbox.exchanges.binance import BinanceSimulator
from bot.sandbox.exchanges.simulator import serving
from tests.benchmarks.clock import WallClock

IN_FLIGHT = 64
ROUNDS = 8
CHECKS = 2_000
INSTANCE_CHECKS = 96
PLACE = Place("binance", Market.SPOT, Environment.LIVE)
PATH = "/sapi/v1/account/apiRestrictions"

Check = Callable[[int], Awaitable[object]]


async def figures() -> list[tuple[str, float, str]]:
    """Rates (medians over the rounds), processor time, and the ratios of paired rounds."""
    async with _exchange() as (origin, keys):
        gateway = CcxtGateway({"binance": origin}, WallClock(), [], IN_FLIGHT, budget_share=1_000.0)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            signed: list[tuple[str, dict[str, str]]] = []

            async def bare(number: int) -> object:
                url, headers = signed[number]
                async with session.get(URL(url, encoded=True), headers=headers) as response:
                    return await response.json(loads=orjson.loads)

            async def public(_: int) -> object:
                async with session.get(f"{origin}/api/v3/time") as response:
                    return await response.json(loads=orjson.loads)

            async def probe(number: int) -> object:
                return await gateway.probe(PLACE, keys[number % len(keys)])

            async def instance(number: int) -> object:
                return await _ask_with_an_instance(origin, keys[number % len(keys)])

            rounds: list[list[tuple[float, float]]] = []
            for _ in range(1 + ROUNDS):
                signed[:] = [_signed(origin, keys[number % len(keys)], number) for number in range(CHECKS)]
                rounds.append([await _rate(way, CHECKS) for way in (bare, public, probe)])
            instance_rate, _ = await _rate(instance, INSTANCE_CHECKS)
        await gateway.close()
    del rounds[0]  # the warm-up
    rates, times = ([statistics.median(each[way][fact] for each in rounds) for way in range(3)] for fact in (0, 1))
    to_bare, to_public = (statistics.median(each[2][0] / each[way][0] for each in rounds) for way in (0, 1))
    return [
        ("bare GET + JSON of the same answer", rates[0], "/s"),
        ("bare GET + JSON of a short public answer", rates[1], "/s"),
        ("gateway.probe", rates[2], "/s"),
        ("a ccxt instance per check", instance_rate, "/s"),
        ("gateway.probe : bare", to_bare, "x"),
        ("gateway.probe : bare, public", to_public, "x"),
        ("gateway.probe : instance per check", rates[2] / instance_rate, "x"),
        ("processor time of a bare GET", times[0] * 1e6, "µs"),
        ("processor time of a bare GET, public", times[1] * 1e6, "µs"),
        ("processor time of a gateway.probe", times[2] * 1e6, "µs"),
    ]


async def _rate(check: Check, count: int) -> tuple[float, float]:
    """Checks a second, and seconds of processor time each."""
    numbers = iter(range(count))

    async def worker() -> None:
        for number in numbers:
            await check(number)

    started, busy = time.perf_counter(), time.process_time()
    async with asyncio.TaskGroup() as workers:
        for _ in range(IN_FLIGHT):
            workers.create_task(worker())
    return count / (time.perf_counter() - started), (time.process_time() - busy) / count


def _signed(origin: str, key: Credential, number: int) -> tuple[str, dict[str, str]]:
    # No two alike: aiohttp remembers the URLs it has parsed.
    query = f"timestamp={int(time.time() * 1000) - number}&recvWindow=60000"
    signature = hmac.digest(key.secret.encode(), query.encode(), hashlib.sha256).hex()
    return f"{origin}{PATH}?{query}&signature={signature}", {"X-MBX-APIKEY": key.api_key}


async def _ask_with_an_instance(origin: str, key: Credential) -> object:
    exchange = ccxt.async_support.binance({"apiKey": key.api_key, "secret": key.secret, "enableRateLimit": False})
    exchange.urls["api"]["sapi"] = f"{origin}/sapi/v1"
    exchange.timeout_on_exit = 0  # milliseconds that ``close`` would sleep
    try:
        return await exchange.sapi_get_account_apirestrictions()
    finally:
        await exchange.close()


@asynccontextmanager
async def _exchange() -> AsyncIterator[tuple[str, list[Credential]]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __spec__.name, "serve", stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        facts = orjson.loads(await process.stdout.readline())
        yield facts["origin"], [Credential(*pair) for pair in facts["keys"]]
    finally:
        process.stdin.close()
        await process.wait()


async def _serve() -> None:
    """The other process: serves until its standard input ends."""
    simulator = BinanceSimulator(SandboxClock(), EventLog())
    accounts = [simulator.account(f"k{number}") for number in range(IN_FLIGHT)]
    async with serving(simulator) as origin:
        facts = {"origin": origin, "keys": [(account.api_key, account.secret) for account in accounts]}
        sys.stdout.write(orjson.dumps(facts).decode() + "\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


async def _print() -> None:
    for name, value, unit in await figures():
        sys.stdout.write(f"{name:42} {value:10,.2f} {unit}\n")


if __name__ == "__main__":
    uvloop.run(_serve() if sys.argv[1:] == ["serve"] else _print())
