"""``/healthz`` and ``/metrics``, where ``HTTP_BIND`` asks for them. Meant for the operator's own network."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import Final, Self

from aiohttp import web

from bot.observability.exceptions import class_of, place_of
from bot.observability.metrics import PrometheusMetrics

log = logging.getLogger("latchkey.health")

Readiness = Callable[[], Awaitable[Mapping[str, bool]]]
"""Says of each part whether it is ready: ``store``, ``vault``, ``poller``."""

PATIENCE: Final = 4.0
"""Seconds the parts have to answer; a container's health check waits a little longer than that."""

_SHUTDOWN: Final = 1.0
_NOT_KEPT: Final = {"Cache-Control": "no-store"}


class HealthServer:
    """Serves both pages while it is entered.

    Args:
        bind: ``host:port``; ``[::1]:port`` for IPv6. Port 0 takes a free one.
        metrics: what ``/metrics`` shows.
        readiness: asked at every ``/healthz``; a part that raises or does not answer in time is not ready.
        patience: seconds it may take.

    Raises:
        OSError: on entering, if the port is taken or the host is not ours.
    """

    def __init__(
        self, bind: str, metrics: PrometheusMetrics, readiness: Readiness, *, patience: float = PATIENCE
    ) -> None:
        host, _, port = bind.rpartition(":")
        self._host, self._port = host.strip("[]") or "127.0.0.1", int(port)
        self._metrics = metrics
        self._readiness = readiness
        self._patience = patience
        app = web.Application()
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/metrics", self._metrics_page)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_SHUTDOWN)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except BaseException:
            await self._runner.cleanup()
            raise
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
        try:
            async with asyncio.timeout(self._patience):
                parts = dict(await self._readiness())
        except Exception as error:  # noqa: BLE001 - aiohttp would show a traceback to whoever asks, if asyncio debugs
            log.error("health.unknown", extra={"error": class_of(error), "where": place_of(error)})  # noqa: TRY400
            parts = {}
        ready = bool(parts) and all(parts.values())
        return web.json_response({"ready": ready, **parts}, status=200 if ready else 503, headers=_NOT_KEPT)

    async def _metrics_page(self, _: web.Request) -> web.Response:
        return web.Response(
            body=self._metrics.exposition(),
            headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8", **_NOT_KEPT},
        )
