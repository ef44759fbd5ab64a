"""A simulated WOO X: the part of its API (v3) that reads, live and staging, behind one origin.

Live and staging have different hosts in the world and one origin here, so the environment is the key's own; staging is
called testnet. Codes and sentences are those of the documents and of bodies that ccxt quotes; the order of the checks
is not published. What WOO X says to an address off the list and to a stale timestamp is documented nowhere: here it is
``-1002``, which it says of nearly everything.
"""

import time
from base64 import b64encode
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, Final
from urllib.parse import parse_qs

import orjson

from bot.sandbox.exchanges.account import Account, KeyStyle
from bot.sandbox.exchanges.faults import HTML, Said, Wording, gateway_page
from bot.sandbox.exchanges.signature import signed_with_secret
from bot.sandbox.exchanges.simulator import Clock, Events
from bot.sandbox.exchanges.venue import Refused, Request, Rules, Venue
from bot.sandbox.exchanges.weight import MINUTE

TIME: Final = "/v3/public/systemInfo"
CREDENTIALS: Final = "/v3/account/credentials"
BALANCES: Final = "/v3/asset/balances"

_WINDOW_MS: Final = 300_000
"""By how much a timestamp may differ, either way."""
_SHOWN: Final = 25
_MOST_SHOWN: Final = 1000
"""Keys on a page of the list, unless said otherwise and at most."""

_LIMITS: Final[Mapping[str, int]] = {TIME: 600, CREDENTIALS: 10, BALANCES: 600}
"""Requests a minute: of an address where the path is public, of an account where it is signed."""


def _key(word: str) -> str:
    """16 bytes, drawn from a word, as WOO X writes its keys."""
    return b64encode(sha256(word.encode()).digest()[:16]).decode()


KEY_STYLE: Final = KeyStyle(
    switches={"READ": True, "TRADE": True, "WITHDRAWAL": False},
    labels={"READ": "Read", "TRADE": "Trade", "WITHDRAWAL": "Withdrawal"},
    opening_balances={"trading": {"USDT": "8000", "WOO": "1200"}},
    environments=("live", "testnet"),
    poses={"watch": {"TRADE": False}, "withdraw": {"WITHDRAWAL": True}},
    max_ips=10,
    characters="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
    key_length=28,
    key_form=_key,
)


def _error(code: int | str, message: str) -> bytes:
    return orjson.dumps({"success": False, "code": code, "message": message})


def refusal(status: int, code: int, message: str) -> Refused:
    """The exchange says no: HTTP status, its code, and its sentence."""
    return Refused(status, _error(code, message))


_TOO_MANY: Final = Said(429, _error(-1003, "Rate limit exceed."), tells_wait=False)

WORDING: Final = Wording(
    server_error=_error(-1000, "An unknown error occurred while processing the request"),
    maintenance=Said(400, _error("-1011", "The system is under maintenance.")),
    # It has no code for it: what stands in front turns people away.
    restricted_location=Said(403, gateway_page(403), HTML),
    too_many_requests=_TOO_MANY,
    banned=lambda _seconds: Said(429, gateway_page(429), HTML, tells_wait=False),
)

RULES: Final = Rules(
    id="woo",
    title="WOO X",
    key_style=KEY_STYLE,
    wording=WORDING,
    weight_a_minute=_LIMITS,
    counted_in={TIME: 1},
    paths=frozenset(("GET", path) for path in _LIMITS),
    api_key_of=lambda headers, _query: headers.get("x-api-key", ""),
)


class WooSimulator(Venue):
    """The exchange.

    Attributes:
        lists_keys: whether the key that asks may see the list of keys; whether a sub-account's may is not documented.
        masks_keys: whether the list shows keys as the documents' example does, which is not documented either.
    """

    def __init__(
        self, clock: Clock, events: Events, *, seed: int = 1, real_time: Callable[[], float] = time.time
    ) -> None:
        super().__init__(RULES, self._answer, clock, events, seed=seed, real_time=real_time)
        self.lists_keys = True
        self.masks_keys = False
        self._listed: defaultdict[int, deque[float]] = defaultdict(deque)
        """When each account was asked for the list of its keys in the last minute, wherever that minute begins."""

    def _answer(self, request: Request, headers: dict[str, str]) -> bytes:  # noqa: ARG002 - it adds none
        if request.method == "GET" and request.path not in _LIMITS:
            raise Refused(404, gateway_page(404), HTML)
        if request.path == TIME:
            self._charge(TIME, self.caller_ip)
            return self._good({"status": 0, "msg": "System is functioning properly."})
        account = self._recognise(request)
        if request.method != "GET":
            raise _unauthorised()
        self._charge(request.path, f"account {account.uid}")
        if request.path == CREDENTIALS:
            self._count_list(account)
        if not account.permissions["READ"]:
            raise _unauthorised()
        if request.path == BALANCES:
            coins = account.balances.get("trading", {})
            return self._good({"holding": [{"token": coin, "holding": amount} for coin, amount in coins.items()]})
        if not self.lists_keys:
            raise _unauthorised()
        return self._good(self._page(account, parse_qs(request.query)))

    def _good(self, data: Mapping[str, Any]) -> bytes:
        return orjson.dumps({"success": True, "data": data, "timestamp": self.now_ms()})

    def _charge(self, path: str, whose: str) -> None:
        _, exceeded = self.limits.charge(path, 1, whose)
        if exceeded is not None:
            raise Refused(_TOO_MANY.status, _TOO_MANY.body)

    def _count_list(self, account: Account) -> None:
        """Counted always and in every window, refused only while limits are enforced. What is refused counts too."""
        listed, now = self._listed[account.uid], self.clock.now()
        while listed and listed[0] <= now - MINUTE:
            listed.popleft()
        listed.append(now)
        if self.enforce_limits and len(listed) > _LIMITS[CREDENTIALS]:
            self.limits.refusals += 1
            raise Refused(_TOO_MANY.status, _TOO_MANY.body)

    def _page(self, account: Account, asked: Mapping[str, list[str]]) -> dict[str, Any]:
        page, size = (int(asked.get(name, [str(usual)])[0]) for name, usual in (("page", 1), ("size", _SHOWN)))
        size = min(size, _MOST_SHOWN)
        ours = [each for each in self.accounts if each.holder is account.holder and not each.revoked]
        rows = [self._row(each) for each in ours[(page - 1) * size : page * size]]
        return {"rows": rows, "meta": {"total": len(ours), "recordsPerPage": size, "currentPage": page}}

    def _row(self, account: Account) -> dict[str, Any]:
        shown = account.api_key
        if self.masks_keys:
            shown = f"{shown[:2]}{'x' * 20}=="
        row = {
            "accountName": "Main",
            "userId": account.uid,
            "apiKey": shown,
            "permissions": [word for word, on in account.permissions.items() if on],
        }
        return row if account.ips is None else row | {"allowedIPs": sorted(account.ips)}

    def _recognise(self, request: Request) -> Account:
        """The account a request is signed for.

        Raises:
            Refused: for whatever is wrong with the key, the time, the signature or the address; it seldom says which.
        """
        sent = request.headers
        stamp, signature = sent.get("x-api-timestamp", ""), sent.get("x-api-signature", "")
        account = self.accounts.with_key(sent.get("x-api-key", ""))
        if account is None or account.revoked:
            raise _unauthorised()
        if not stamp.isdecimal() or abs(int(stamp) - self.now_ms()) > _WINDOW_MS:
            raise _unauthorised()
        query = f"?{request.query}" if request.query else ""
        payload = f"{stamp}{request.method}{request.path}{query}{request.body}"
        if not signed_with_secret(payload.encode(), signature, account.secret):
            raise refusal(401, -1001, "The api key or secret is in wrong format.")
        if account.ips is not None and self.caller_ip not in account.ips:
            raise _unauthorised()
        if account.suspended:
            raise refusal(400, 302307, "The account has been suspended")
        return account


def _unauthorised() -> Refused:
    return refusal(
        401,
        -1002,
        "API key or secret is invalid, it may because key have insufficient permission or the key is expired/revoked.",
    )
