"""The ways out that are not Telegram: whether they are set, and whether somebody answers there. Nothing is sent."""

from collections.abc import AsyncIterator
from typing import Final
from urllib.parse import urlsplit

import aiohttp
from pydantic import SecretStr

from bot.commands.checkup.finding import Finding, bad, caution, good
from bot.settings import PREFIX, Settings

_PATIENCE: Final = 10
"""Seconds for one question."""


async def outbound(settings: Settings) -> AsyncIterator[Finding]:
    """The dead-man's switch, second channel, beacon. Of an address only the host is shown: the rest may be a token."""
    yield await _look(
        "heartbeat",
        settings.heartbeat_url,
        "HEARTBEAT_URL",
        "is not set: if the service falls silent, nobody outside raises an alarm",
    )
    yield await _look(
        "second channel",
        settings.fallback_url,
        "FALLBACK_URL",
        "is not set: if Telegram fails, nobody hears that urgent messages do not get out",
    )
    yield await _look(
        "beacon",
        settings.beacon_url,
        "BEACON_URL",
        "is not set: with one exchange alone, only Telegram tells its silence from our own network's",
    )


async def _look(about: str, url: SecretStr | None, setting: str, unset: str) -> Finding:
    if url is None:
        return caution(about, unset, f"Set {PREFIX}{setting}; .env.example explains it.")
    parts = urlsplit(url.get_secret_value())
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_PATIENCE)) as session,
            session.head(f"{parts.scheme}://{parts.netloc}/", allow_redirects=False),
        ):
            return good(about, f"somebody answers at {parts.hostname}")
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        return bad(about, f"nobody answers at {parts.hostname}", f"Look at the network and {PREFIX}{setting}.")
