"""No test reaches beyond this machine: an exchange, or Telegram, must never hear from a test."""

import socket

import aiohttp
import pytest
from pytest_socket import SocketConnectBlockedError

ELSEWHERE = "192.0.2.1"
"""TEST-NET-1 of RFC 5737: nobody's, so that nothing happens even where the block fails."""

BLOCKED = (SocketConnectBlockedError, UserWarning)
"""pytest-socket warns as it raises, and a warning is an error here."""


def test_a_plain_socket_is_blocked() -> None:
    with pytest.raises(BLOCKED, match=ELSEWHERE):
        socket.create_connection((ELSEWHERE, 443), timeout=0.5)


async def test_a_request_of_aiohttp_is_blocked() -> None:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.5)) as session:
        with pytest.raises(BLOCKED, match=ELSEWHERE):
            await session.get(f"http://{ELSEWHERE}/")
