"""A client of the Bot API as plain as can be: what goes over the wire is what the test says."""

from typing import Any

import aiohttp


class Api:
    def __init__(self, session: aiohttp.ClientSession, base: str, token: str) -> None:
        self.session = session
        self.base = base
        self.token = token

    def url(self, method: str) -> str:
        return f"{self.base}/bot{self.token}/{method}"

    async def answer(self, method: str, **params: Any) -> tuple[int, dict[str, Any]]:
        async with self.session.post(self.url(method), json=params) as response:
            return response.status, await response.json()

    async def call(self, method: str, **params: Any) -> Any:
        status, body = await self.answer(method, **params)
        assert (status, body.get("description")) == (200, None)
        return body["result"]

    async def refused(self, method: str, **params: Any) -> str:
        """The error's words; its code has to be the HTTP status."""
        status, body = await self.answer(method, **params)
        assert (body["ok"], body["error_code"]) == (False, status)
        return str(body["description"])

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        """What waits, confirmed at once."""
        waiting: list[dict[str, Any]] = await self.call("getUpdates", **params)
        if waiting:
            await self.call("getUpdates", offset=waiting[-1]["update_id"] + 1)
        return waiting
