"""What a simulated exchange needs of the sandbox around it, and how it is served."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple, Protocol

from aiohttp import web

from bot.sandbox.serving import serving as serving_app


class Clock(Protocol):
    """The sandbox's time, which tests move."""

    def now(self) -> float:
        """Epoch seconds."""
        ...


class Events(Protocol):
    """Where the page hears that something changed."""

    def append(self, kind: str, **fields: Any) -> Any:
        """Adds an event."""
        ...


class Call(NamedTuple):
    """One request as it was answered. Of the API key only the last four characters are kept."""

    method: str
    path: str
    key_tail: str
    status: int
    """HTTP status, or 0 where the answer never went out whole (hung, reset, cut off)."""
    at: float
    """Sandbox time, epoch seconds."""


class Served(Protocol):
    """What can be served as an exchange."""

    app: web.Application
    origin: str
    """Scheme, host and port it is reachable at; set by whoever serves ``app``."""


@asynccontextmanager
async def serving(simulator: Served, port: int = 0) -> AsyncIterator[str]:
    """Serves a simulator on a loopback port of its own (0: any free one); yields its origin, without a final slash."""
    async with serving_app(simulator.app, port) as simulator.origin:
        yield simulator.origin
