"""Where the service listens, if it is told to: for Telegram's webhook, and for whoever asks about its health."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from urllib.parse import urlsplit

from aiohttp import web

from bot.lifecycle import Latchkey
from bot.observability.http import HealthServer
from bot.observability.metrics import PrometheusMetrics
from bot.opening import CannotStart
from bot.settings import PREFIX, Settings
from bot.telegram.webhook import WebhookEndpoint
from bot.usecases.ports import CredentialVault


async def nothing_to_listen_to() -> None:
    """Long polling asks; nobody calls."""


async def webhook_listener(
    endpoint: WebhookEndpoint, settings: Settings, stack: AsyncExitStack
) -> Callable[[], Awaitable[None]]:
    """What starts to listen for Telegram; called only when the guard knows which questions are open."""
    runner = web.AppRunner(endpoint.routes(urlsplit(settings.webhook_url or "").path or "/"), access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    host, _, port = settings.webhook_bind.rpartition(":")

    async def listen() -> None:
        with _bound("WEBHOOK_BIND"):
            await web.TCPSite(runner, host.strip("[]"), int(port)).start()

    return listen


@contextmanager
def _bound(setting: str) -> Iterator[None]:
    """An address that cannot be listened on is the operator's to mend, and no crash."""
    try:
        yield
    except OSError as refused:
        reason = os.strerror(refused.errno) if refused.errno else type(refused).__name__
        raise CannotStart(f"{PREFIX}{setting} cannot be listened on ({reason}): choose another address.") from None


def _opens(vault: CredentialVault) -> bool:
    """Whether what is sealed can be opened: something is, each time."""
    return vault.unbox("health", vault.box("health", b"well", b""), b"") == b"well"


@asynccontextmanager
async def health_page(
    settings: Settings, metrics: PrometheusMetrics, vault: CredentialVault, app: Latchkey
) -> AsyncIterator[None]:
    """Whether the service is ready, and its metrics; nothing without ``HTTP_BIND``.

    Raises:
        CannotStart: the address cannot be listened on.
    """
    if settings.http_bind is None:
        yield
        return

    async def readiness() -> Mapping[str, bool]:
        return {
            "store": await app.store.healthy(),
            "vault": _opens(vault),
            "poller": app.contact.is_served(),
            "watch": app.dispatcher.ticks(),
        }

    async with AsyncExitStack() as stack:
        with _bound("HTTP_BIND"):
            await stack.enter_async_context(HealthServer(settings.http_bind, metrics, readiness))
        yield
