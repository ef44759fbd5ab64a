"""``/healthz`` and ``/metrics``, where ``HTTP_BIND`` asks for them. Meant for the operator's own network."""

from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.observability.metrics import PrometheusMetrics

Readiness = Callable[[], Awaitable[Mapping[str, bool]]]
"""Says of each part whether it is ready: ``store``, ``vault``, ``poller``."""


class HealthServer:
    """Serves both pages until closed."""

    def __init__(self, bind: str, metrics: PrometheusMetrics, readiness: Readiness) -> None:
        host, _, port = bind.rpartition(":")
        self._host, self._port = host.strip("[]") or "127.0.0.1", int(port)
        self._metrics = metrics
        self._readiness = readiness
        app = web.Application()
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/metrics", self._metrics_page)
        self._runner = web.AppRunner(app, access_log=None)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    @property
    def port(self) -> int:
        """The port it listens on, useful where ``HTTP_BIND`` ends in ``:0``."""
        address = self._runner.addresses[0]
        return int(address[1])

    async def _healthz(self, _: web.Request) -> web.Response:
        parts = dict(await self._readiness())
        ready = all(parts.values())
        return web.json_response({"ready": ready, **parts}, status=200 if ready else 503)

    async def _metrics_page(self, _: web.Request) -> web.Response:
        return web.Response(
            body=self._metrics.exposition(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}
        )
