"""Delivers updates to the bot's webhook, again and again until it answers 2xx."""

import asyncio
import ipaddress
import json

import aiohttp
from yarl import URL

from bot.sandbox.clock import SandboxClock
from bot.sandbox.events import Signal
from bot.sandbox.telegram.errors import violation
from bot.sandbox.telegram.updates import UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_DELAY = 60.0
ANSWER_TIMEOUT = 60.0


class Webhook:
    """One update at a time, oldest first; a real server sends up to max_connections at once.

    Attributes:
        url: empty while the bot polls.
        first_delay: seconds before the first retry; each further one waits twice as long, up to a minute.
        violations: where to report a method call in the bot's answer, which the sandbox does not perform.
    """

    def __init__(self, updates: UpdateQueue, clock: SandboxClock, violations: list[str]) -> None:
        self.violations = violations
        self._updates = updates
        self._clock = clock
        self._changed = Signal()
        self.url = ""
        self.secret: str | None = None
        self.max_connections = 40
        self.last_error: tuple[float, str] | None = None
        self.first_delay = 1.0

    def set(self, url: str, secret: str | None = None, max_connections: int = 40) -> None:
        """Sends updates to this address from now on.

        Raises:
            BotApiError: 400, for an address that is neither https nor on loopback.
        """
        target = URL(url)
        if target.scheme != "https" and not (target.scheme == "http" and _is_loopback(target.host)):
            raise violation("bad webhook: An HTTPS URL must be provided for webhook")
        self.url, self.secret, self.max_connections, self.last_error = url, secret, max_connections, None
        self._changed.notify()
        self._updates.end_poll("terminated by setWebhook request")
        self._updates.arrival.notify()

    def remove(self) -> None:
        """Goes back to polling."""
        self.url, self.secret, self.last_error = "", None, None
        self._changed.notify()

    async def run(self) -> None:
        """Delivers until cancelled."""
        timeout = aiohttp.ClientTimeout(total=ANSWER_TIMEOUT)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            delay = self.first_delay
            while True:
                waiting = self._updates.pending(1) if self.url else []
                if not waiting:
                    await self._updates.arrival.wait()
                    delay = self.first_delay
                elif await self._deliver(session, waiting[0].to_json()):
                    self._updates.confirm(waiting[0].update_id + 1)
                    delay = self.first_delay
                else:
                    await self._pause(delay)
                    delay = min(delay * 2, LONGEST_DELAY)

    async def _deliver(self, session: aiohttp.ClientSession, update: dict[str, object]) -> bool:
        headers = {SECRET_HEADER: self.secret} if self.secret else {}
        try:
            async with session.post(self.url, json=update, headers=headers, allow_redirects=False) as response:
                answer = await response.text(errors="replace")
        except (aiohttp.ClientError, TimeoutError) as error:
            self.last_error = (self._clock.now(), type(error).__name__)
            return False
        if not 200 <= response.status < 300:  # noqa: PLR2004 - 2xx is the rule's own name
            self.last_error = (self._clock.now(), f"Wrong response from the webhook: {response.status}")
            return False
        if _is_method_call(answer, response.content_type):
            self.violations.append("webhook: a method call in the answer is not performed by the sandbox")
        return True

    async def _pause(self, seconds: float) -> None:
        """Waits before the next try; a changed webhook ends the wait."""
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            return


def _is_loopback(host: str | None) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def _is_method_call(answer: str, content_type: str) -> bool:
    if content_type.startswith("multipart/"):
        return 'name="method"' in answer
    try:
        body = json.loads(answer)
    except ValueError:
        return False
    return isinstance(body, dict) and "method" in body
