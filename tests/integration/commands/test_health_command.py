import asyncio
from collections.abc import Mapping

from bot.commands.health import health
from bot.observability.http import HealthServer
from bot.observability.metrics import PrometheusMetrics


async def test_its_exit_status_says_what_the_page_says() -> None:
    ready = {"store": True}

    async def parts() -> Mapping[str, bool]:
        return ready

    async with HealthServer("127.0.0.1:0", PrometheusMetrics(), parts) as server:
        url = f"http://127.0.0.1:{server.port}/healthz"
        assert 0 == await asyncio.to_thread(health, url)
        ready["store"] = False
        assert 1 == await asyncio.to_thread(health, url)

    assert 1 == await asyncio.to_thread(health, url)
    assert 2 == await asyncio.to_thread(health, "file:///etc/hostname")
