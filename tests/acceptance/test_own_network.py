"""Our own network goes, or an exchange does: a beacon tells which, and each is told for what it is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from aiohttp import web

from bot.sandbox.control.person import Person
from bot.sandbox.serving import serving
from tests.acceptance.conftest import Service
from tests.acceptance.owning import owning, until
from tests.acceptance.test_outages import saying


class Cable:
    """The way to a server. While it is pulled, nobody is there."""

    def __init__(self, origin: str) -> None:
        self._there = urlsplit(origin)
        self._server: asyncio.Server | None = None
        self._port = 0
        self._lines: set[asyncio.StreamWriter] = set()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def plug(self) -> None:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def pull(self) -> None:
        if self._server is not None:
            self._server.close()
        for line in tuple(self._lines):
            line.transport.abort()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection(self._there.hostname, self._there.port)
        self._lines |= {writer, there_writer}
        await asyncio.gather(_carry(reader, there_writer), _carry(there_reader, writer))
        self._lines -= {writer, there_writer}


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


class Landmark:
    """A server that is up whenever the network is."""

    def __init__(self) -> None:
        self.asked = 0
        self.app = web.Application()
        self.app.router.add_route("*", "/{path:.*}", self._answer)

    async def _answer(self, _: web.Request) -> web.Response:
        self.asked += 1
        return web.Response(status=404)


class Way:
    """The exchange and the beacon, each at the end of a cable."""

    def __init__(self, landmark: Landmark, exchange: Cable, beacon: Cable) -> None:
        self.landmark, self.exchange, self.beacon = landmark, exchange, beacon


@pytest.fixture
async def way(unstarted: Service) -> AsyncIterator[Way]:
    """The service, running, with one exchange and one beacon."""
    landmark = Landmark()
    async with serving(landmark.app) as origin:
        way = Way(landmark, Cable(unstarted.binance.origin), Cable(origin))
        await way.exchange.plug()
        await way.beacon.plug()
        await unstarted.start(exchange_urls={"binance": way.exchange.origin}, beacon_url=f"{way.beacon.origin}/")
        yield way
        await unstarted.stop()
        await way.exchange.pull()
        await way.beacon.pull()


async def watched(service: Service, person: Person) -> None:
    """Somebody whose key has been looked at."""
    await owning(service, person)
    asked = len(service.binance.calls)
    await until(lambda: len(service.binance.calls) > asked + 1, 20)


async def test_with_the_beacon_out_of_reach_too_it_is_us_and_is_told_once_when_it_is_over(
    unstarted: Service, way: Way
) -> None:
    service, alice = unstarted, unstarted.person("Alice")
    await watched(service, alice)
    assert way.landmark.asked == 0, "nobody asks it while all is well"

    await way.exchange.pull()
    await way.beacon.pull()
    await until(lambda: service.app.network.down, 20)
    service.clock.advance(300)
    await asyncio.sleep(4)  # as long as an outage would need to be told
    assert saying(alice, "is down") == saying(alice, "stopped working") == []

    await way.exchange.plug()
    await way.beacon.plug()
    told = await alice.sees("I did not watch", timeout=20)
    assert "5 min" in told.text
    await asyncio.sleep(4)
    assert len(saying(alice, "I did not watch")) == 1
    assert saying(alice, "is down") == []


async def test_with_the_beacon_in_reach_it_is_the_exchange(unstarted: Service, way: Way) -> None:
    service, alice = unstarted, unstarted.person("Alice")
    await owning(service, alice)

    await way.exchange.pull()

    await alice.sees("Binance is down", timeout=20)
    assert way.landmark.asked > 0
    assert not service.app.network.down
    await way.exchange.plug()
    await until(lambda: saying(alice, "Binance is back") != [], 20)
    assert saying(alice, "I did not watch") == []


async def test_a_beacon_that_comes_back_before_the_exchange_makes_it_the_exchange_s(
    unstarted: Service, way: Way
) -> None:
    service, alice = unstarted, unstarted.person("Alice")
    await watched(service, alice)
    await way.exchange.pull()
    await way.beacon.pull()
    await until(lambda: service.app.network.down, 20)

    service.clock.advance(120)
    await way.beacon.plug()

    await alice.sees("Binance is down", timeout=20)
    assert not service.app.network.down
    await until(lambda: saying(alice, "I did not watch") != [], 20)
