"""Somebody who talks to the simulated Binance by hand: signs with the standard library and reads what comes back."""

import hashlib
import hmac
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import orjson
from aiohttp import ClientSession

from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.binance import BinanceSimulator

RESTRICTIONS = "/sapi/v1/account/apiRestrictions"


@dataclass
class StillClock:
    """Sandbox time that moves only when told to. It starts at the beginning of a minute."""

    time: float = 1_790_000_040.0

    def now(self) -> float:
        return self.time


@dataclass
class Told:
    """The events a page would have seen."""

    events: list[dict[str, Any]] = field(default_factory=list)

    def append(self, kind: str, **fields: Any) -> None:
        self.events.append({"kind": kind, **fields})


@dataclass(frozen=True)
class Reply:
    status: int
    text: str
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        return orjson.loads(self.text)

    @property
    def refusal(self) -> tuple[int, int, str]:
        """Status, Binance's code, Binance's sentence."""
        body = self.json
        return self.status, body["code"], body["msg"]


@dataclass
class Trader:
    """Signs as Binance's documentation says, or wrongly where a test asks for it."""

    session: ClientSession
    exchange: BinanceSimulator

    async def asks(
        self,
        account: Account,
        path: str = RESTRICTIONS,
        form: Mapping[str, str | int] = {},
        *,
        method: str | None = None,
        at_ms: int | None = None,
        secret: str | None = None,
        signature: str | None = None,
    ) -> Reply:
        """A signed request: a POST with its form as a body when it tests an order, else a GET with a query."""
        method = method or ("POST" if path.endswith("/test") else "GET")
        stamp = int(time.time() * 1000) if at_ms is None else at_ms
        payload = urlencode({**form, "timestamp": stamp})
        key = (secret or account.secret).encode()
        good = hmac.new(key, payload.encode(), hashlib.sha256).hexdigest()
        return await self.sends(f"{payload}&signature={signature or good}", path, method=method, key=account.api_key)

    async def sends(self, payload: str, path: str, *, method: str = "GET", key: str | None = None) -> Reply:
        """A request with a payload as it stands."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"} | ({"X-MBX-APIKEY": key} if key else {})
        url = self.exchange.origin + path
        body = None
        if method == "GET":
            url = f"{url}?{payload}" if payload else url
        else:
            body = payload
        async with self.session.request(method, url, data=body, headers=headers, allow_redirects=False) as response:
            return Reply(response.status, await response.text(), dict(response.headers))
