"""``DeadMansSwitch``, ``SecondChannel`` and ``Beacon`` over HTTP, the first two as healthchecks and ntfy take them."""

import logging
from urllib.parse import urlsplit, urlunsplit

from bot.outbound.http import Outbound
from bot.usecases.outbound import OutboundMetrics

log = logging.getLogger("latchkey.outbound")


class Heartbeat:
    """``DeadMansSwitch``: a POST to an address, or to the same with ``/fail`` at the end of its path."""

    def __init__(self, url: str, outbound: Outbound, metrics: OutboundMetrics) -> None:
        parts = urlsplit(url)
        self._well = url
        self._unwell = urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/fail"))
        self._outbound = outbound
        self._metrics = metrics

    async def signal(self, *, well: bool) -> bool:
        """Says that a sweep is over, and whether it was complete. False if it did not arrive."""
        arrived = await self._outbound.post(self._well if well else self._unwell)
        self._metrics.outbound("heartbeat", "ok" if arrived else "failed")
        if not arrived:
            log.warning("outbound.heartbeat_failed")
        return arrived


class PlainPost:
    """``SecondChannel``: a POST of the text."""

    def __init__(self, url: str, outbound: Outbound, metrics: OutboundMetrics) -> None:
        self._url = url
        self._outbound = outbound
        self._metrics = metrics

    async def say(self, text: str) -> bool:
        """Sends a short plain text. False if it did not arrive."""
        arrived = await self._outbound.post(self._url, text)
        self._metrics.outbound("fallback", "ok" if arrived else "failed")
        if not arrived:
            log.warning("outbound.fallback_failed")
        return arrived


class BeaconAt:
    """``Beacon``: a HEAD to an address. That somebody answers is all that counts."""

    SECONDS = 5.0
    """How long it may take: meanwhile whoever asked does not know whose trouble it has."""

    def __init__(self, url: str, outbound: Outbound, metrics: OutboundMetrics) -> None:
        self._url = url
        self._outbound = outbound
        self._metrics = metrics

    async def answers(self) -> bool:
        """Whether anybody answers there now."""
        answered = await self._outbound.answers(self._url, self.SECONDS)
        self._metrics.outbound("beacon", "ok" if answered else "failed")
        return answered
