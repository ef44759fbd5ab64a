import asyncio
from collections.abc import Mapping

import pytest

from bot.commands.health import health, page_at
from bot.observability.http import HealthServer
from bot.observability.metrics import PrometheusMetrics
from tests.integration.commands.conftest import Operator


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


@pytest.mark.parametrize(
    ("bind", "page"),
    [
        ("127.0.0.1:8080", "http://127.0.0.1:8080/healthz"),
        ("0.0.0.0:9090", "http://127.0.0.1:9090/healthz"),
        ("[::]:9090", "http://[::1]:9090/healthz"),
        ("health.internal:80", "http://health.internal:80/healthz"),
    ],
)
def test_it_asks_where_the_service_listens(bind: str, page: str) -> None:
    assert page == page_at(bind)


async def test_a_container_that_listens_elsewhere_is_not_called_unhealthy(newcomer: Operator) -> None:
    async def parts() -> Mapping[str, bool]:
        return {"store": True}

    async with HealthServer("127.0.0.1:0", PrometheusMetrics(), parts) as server:
        newcomer.environment["LATCHKEY_HTTP_BIND"] = f"0.0.0.0:{server.port}"
        assert 0 == (await newcomer.runs("health")).status
    assert 1 == (await newcomer.runs("health")).status
