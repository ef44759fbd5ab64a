"""The one HTTP session to addresses that the operator chose. Their paths often hold a token: nothing of them is said.

It follows no redirect, keeps no cookie, reads no proxy from the environment and no body of an answer.
"""

import aiohttp

TIMEOUT = 10.0
"""Seconds for everything: DNS, connection, answer."""
_HEADERS = {"User-Agent": "Latchkey"}


class Outbound:
    """Posts, and looks whether anybody is there. Made on first use, inside the running loop."""

    def __init__(self, timeout: float = TIMEOUT) -> None:
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._session: aiohttp.ClientSession | None = None

    async def post(self, url: str, text: str = "") -> bool:
        """True if it was answered with success. aiohttp's errors, which name the address, go no further."""
        headers = {"Content-Type": "text/plain; charset=utf-8"}
        try:
            async with self._open().post(url, data=text.encode(), headers=headers, allow_redirects=False) as answer:
                return 200 <= answer.status < 300  # noqa: PLR2004 - RFC 9110, 15.3: successful
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            return False

    async def answers(self, url: str, seconds: float) -> bool:
        """Whether anybody answers a HEAD within so many seconds, whatever they say."""
        limit = aiohttp.ClientTimeout(total=seconds)
        try:
            async with self._open().head(url, allow_redirects=False, timeout=limit):
                return True
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            return False

    async def close(self) -> None:
        """Closes all connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=self._timeout, headers=_HEADERS, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False
            )
        return self._session
