"""What an operator's monitor and a container's health check see, over HTTP."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping

import aiohttp
import pytest

from bot.observability.http import HealthServer
from bot.observability.metrics import PrometheusMetrics
from tests import canaries
from tests.unit.observability.conftest import Page


class Parts:
    """The service's parts, as a test wants them."""

    def __init__(self) -> None:
        self.ready = {"store": True, "vault": True, "poller": True}
        self.failure: Exception | None = None
        self.delay = 0.0

    async def __call__(self) -> Mapping[str, bool]:
        await asyncio.sleep(self.delay)
        if self.failure is not None:
            raise self.failure
        return self.ready


@pytest.fixture
def parts() -> Parts:
    return Parts()


@pytest.fixture
def metrics() -> PrometheusMetrics:
    return PrometheusMetrics()


@pytest.fixture
async def server(parts: Parts, metrics: PrometheusMetrics) -> AsyncIterator[HealthServer]:
    async with HealthServer("127.0.0.1:0", metrics, parts, patience=0.1) as running:
        yield running


@pytest.fixture
async def http(server: HealthServer) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(f"http://127.0.0.1:{server.port}") as session:
        yield session


async def test_it_is_ready_when_all_parts_are(http: aiohttp.ClientSession) -> None:
    async with http.get("/healthz") as answer:
        assert 200 == answer.status
        assert {"ready": True, "store": True, "vault": True, "poller": True} == await answer.json()


@pytest.mark.parametrize("part", ["store", "vault", "poller"])
async def test_it_is_not_ready_when_one_part_is_not(http: aiohttp.ClientSession, parts: Parts, part: str) -> None:
    parts.ready[part] = False

    async with http.get("/healthz") as answer:
        assert 503 == answer.status
        body = await answer.json()

    assert (False, False) == (body["ready"], body[part])


async def test_it_is_not_ready_when_it_cannot_say_and_shows_nothing_of_why(
    http: aiohttp.ClientSession, parts: Parts, page: Page
) -> None:
    asyncio.get_running_loop().set_debug(True)  # in which aiohttp shows tracebacks to whoever asks
    parts.failure = RuntimeError(canaries.secret("health"))

    async with http.get("/healthz") as answer:
        assert 503 == answer.status
        assert '{"ready": false}' == await answer.text()

    told = [event for event in page.events if event["event"] == "health.unknown"]
    assert ["RuntimeError"] == [event["error"] for event in told]


async def test_it_is_not_ready_when_a_part_does_not_answer_in_time(http: aiohttp.ClientSession, parts: Parts) -> None:
    parts.delay = 60.0

    async with asyncio.timeout(2), http.get("/healthz") as answer:
        assert 503 == answer.status


async def test_other_pages_are_not_there(http: aiohttp.ClientSession) -> None:
    for path in ("/", "/admin", "/metrics/x", "/healthz/../etc"):
        async with http.get(path) as answer:
            assert 404 == answer.status
    async with http.post("/healthz") as answer:
        assert 405 == answer.status


async def test_metrics_tell_what_happened(http: aiohttp.ClientSession, metrics: PrometheusMetrics) -> None:
    metrics.probe("binance", "ok", 0.02)
    metrics.probe("binance", "invalid_key", 0.4)
    metrics.lateness(0.001)
    metrics.deletion("retried", 0.1)
    metrics.deletion("deleted", 0.2)
    metrics.flip("status", "error")
    metrics.outbox(3, 12.5)
    metrics.update("accepted")

    async with http.get("/metrics") as answer:
        assert "text/plain; version=0.0.4; charset=utf-8" == answer.headers["Content-Type"]
        lines = (await answer.text()).splitlines()

    for line in (
        'latchkey_probes_total{exchange="binance",outcome="invalid_key"} 1.0',
        'latchkey_probe_seconds_count{exchange="binance"} 2.0',
        "latchkey_probe_lateness_seconds_count 1.0",
        'latchkey_deletions_total{outcome="retried"} 1.0',
        "latchkey_deletion_seconds_count 1.0",
        "latchkey_deletion_seconds_sum 0.2",
        'latchkey_flips_total{new="error",side="status"} 1.0',
        "latchkey_outbox_depth 3.0",
        "latchkey_outbox_age_seconds 12.5",
        'latchkey_updates_total{outcome="accepted"} 1.0',
    ):
        assert line in lines


async def test_two_services_in_one_process_count_apart() -> None:
    one, other = PrometheusMetrics(), PrometheusMetrics()

    one.update("accepted")

    assert b'latchkey_updates_total{outcome="accepted"}' not in other.exposition()


async def test_a_taken_port_is_said_at_once(server: HealthServer, metrics: PrometheusMetrics, parts: Parts) -> None:
    with pytest.raises(OSError, match="address already in use"):
        async with HealthServer(f"127.0.0.1:{server.port}", metrics, parts):
            pass


@pytest.mark.parametrize("bind", ["127.0.0.1:0", "[::1]:0", "0"])
async def test_it_binds_where_it_is_told(bind: str, metrics: PrometheusMetrics, parts: Parts) -> None:
    if bind.startswith("[") and not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    host = "[::1]" if bind.startswith("[") else "127.0.0.1"

    async with (
        HealthServer(bind, metrics, parts) as running,
        aiohttp.ClientSession() as session,
        session.get(f"http://{host}:{running.port}/healthz") as answer,
    ):
        assert 200 == answer.status
