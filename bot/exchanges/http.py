"""The one HTTP session to all exchanges.

It follows no redirect (a signed query would travel along), keeps no cookie, reads no proxy from the environment,
takes no body over a cap and logs nothing. What goes wrong on the way comes back as ``NoAnswer``, a value: an aiohttp
exception carries the signed URL in its text and in its traceback.
"""

import socket
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import StrEnum
from ipaddress import ip_address
from typing import Final, NamedTuple

import aiohttp
from yarl import URL

BODY_CAP: Final = 1_048_576
"""Bytes of a body, decompressed. The largest answer we ask for is an account with all its balances, some 100 kB."""

_HEADERS: Final = {"User-Agent": "Latchkey/0.1", "Accept": "application/json"}
_KEEP_ALIVE: Final = 75.0
"""Seconds; over the check interval, so that a connection lives from one round of checks to the next."""


class Way(StrEnum):
    """How far a request came that got no answer. The values are shown as a trouble's code."""

    NO_CONNECTION = "no connection"
    """DNS, refused, no route, TLS, or nobody there in time: perhaps our own network."""
    CONNECTION_LOST = "connection lost"
    """The exchange was reached and broke off."""
    TIMEOUT = "timeout"
    TOO_LARGE = "answer too large"


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Nothing usable came back."""

    way: Way


class Answer(NamedTuple):
    """What came back, whatever it says."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def __repr__(self) -> str:
        return f"Answer({self.status}, …)"


class HttpSession:
    """The way out. Made on first use, inside the running loop.

    Args:
        egress_ips: our public addresses, as users put them on their keys' lists. If all are IPv4, exchanges are only
            spoken to over IPv4: over IPv6 they would see an address that is on nobody's list.
        connect_timeout: seconds to reach an exchange. The time for a whole check is the gateway's to keep.
    """

    def __init__(self, egress_ips: Sequence[str], connect_timeout: float) -> None:
        self._family = _family_of(egress_ips)
        # No total: one timer per check, in the gateway, instead of one per request.
        self._timeout = aiohttp.ClientTimeout(total=None, connect=connect_timeout)
        self._session: aiohttp.ClientSession | None = None

    async def send(
        self, method: str, url: str, headers: Mapping[str, str] | None, body: bytes | None
    ) -> Answer | NoAnswer:
        """One request, one answer; no retry of ours, no exception of aiohttp's."""
        session = self._session or self._open()
        # encoded=True: the signature covers the query byte for byte.
        request = session.request(method, URL(url, encoded=True), headers=headers, data=body, allow_redirects=False)
        try:
            async with request as response:
                content = await _read_up_to_cap(response)
                if content is None:
                    return NoAnswer(Way.TOO_LARGE)
                return Answer(response.status, response.headers, content)
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError, aiohttp.ClientSSLError, ssl.SSLError):
            return NoAnswer(Way.NO_CONNECTION)
        except TimeoutError:
            return NoAnswer(Way.TIMEOUT)
        except (aiohttp.ClientError, OSError):
            return NoAnswer(Way.CONNECTION_LOST)

    async def close(self) -> None:
        """Closes all connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _open(self) -> aiohttp.ClientSession:
        self._session = aiohttp.ClientSession(
            # How many are in flight is the gateway's to keep; a second limit here would only hide a queue.
            connector=aiohttp.TCPConnector(
                limit=0, family=self._family, keepalive_timeout=_KEEP_ALIVE, ttl_dns_cache=60
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=_HEADERS,
            timeout=self._timeout,
            trust_env=False,
        )
        return self._session


def date_ms(answer: Answer | None) -> int | None:
    """When an answer was given, in epoch milliseconds, by its header ``Date`` (RFC 9110, 6.6.1); None if it says not.

    It tells whole seconds, cut off: half a second is added, which it is later on average.
    """
    if answer is None:
        return None
    try:
        written = parsedate_to_datetime(answer.headers.get("Date", "")).timestamp()
        # Seconds that a cache in between has kept it (RFC 9111, 5.1).
        kept = int(answer.headers.get("Age", "0"))
    except ValueError:
        return None
    return int((written + kept) * 1000) + 500


async def _read_up_to_cap(response: aiohttp.ClientResponse) -> bytes | None:
    length = response.content_length
    if length is not None and length <= BODY_CAP and "Content-Encoding" not in response.headers:
        return await response.read()
    chunks = bytearray()
    async for chunk in response.content.iter_any():
        chunks += chunk
        if len(chunks) > BODY_CAP:
            response.close()
            return None
    return bytes(chunks)


def _family_of(egress_ips: Sequence[str]) -> socket.AddressFamily:
    versions = {ip_address(ip).version for ip in egress_ips}
    return socket.AF_INET if versions == {4} else socket.AF_UNSPEC
