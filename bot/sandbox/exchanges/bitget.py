"""A simulated Bitget: unified (v3) and classic (v2) accounts, live and demo, behind one origin.

Live and demo share their host in the world too; the header ``PAPTRADING`` tells them apart, and a key of the other
world is refused with 40099. The order of the checks is not published; codes and sentences are from Bitget's documents
and from bodies people have posted.

Unlike a real account, which is of one kind for all of its keys, a key here has a switch for it.
"""

import hashlib
import hmac
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qs

import orjson

from bot.sandbox.exchanges.account import Account, KeyStyle
from bot.sandbox.exchanges.faults import HTML, Said, Wording, gateway_page
from bot.sandbox.exchanges.simulator import Clock, Events
from bot.sandbox.exchanges.venue import READING, Refused, Request, Rules, Venue

UNIFIED: Final = "unified"
READ_WRITE: Final = "readWrite"
_UNIFIED_WORDS: Final = ("uta_mgt", "uta_trade", "withdraw", "copy_futures_position", "copy_futures_order")
_CLASSIC_READING: Final = ("coor", "cpor", "stor", "smor", "wtor")
_CLASSIC_WRITING: Final = ("coow", "cpow", "stow", "smow", "wtow", "wwow", "chow")

KEY_STYLE: Final = KeyStyle(
    switches={UNIFIED: True, READ_WRITE: True}
    | {word: word in {"uta_trade", "coow", "cpow", "stow"} for word in (*_UNIFIED_WORDS, *_CLASSIC_WRITING)},
    labels={
        UNIFIED: "The account is a unified one",
        READ_WRITE: "Read-write",
        "uta_mgt": "Unified account management",
        "uta_trade": "Unified account trade",
        "withdraw": "Withdraw",
        "coow": "Classic: Trade (futures orders)",
        "cpow": "Classic: Trade (futures positions)",
        "stow": "Classic: Trade (spot)",
        "smow": "Classic: Trade (margin)",
        "wtow": "Classic: Transfer",
        "wwow": "Classic: Withdraw",
        "chow": "Classic: Sub-account",
    },
    opening_balances={
        "unified": {"USDT": "8200.00000000", "BTC": "0.15000000"},
        "spot": {"USDT": "4100.00000000"},
        "USDT-FUTURES": {"USDT": "3300.00000000"},
        "COIN-FUTURES": {"BTC": "0.05000000"},
    },
    environments=("live", "demo"),
    poses={
        # Read-only keys may have every box ticked; this one reads the balance.
        "watch": {READ_WRITE: False, "uta_mgt": True},
        "withdraw": {"withdraw": True, "wwow": True},
        "transfer": {"uta_mgt": True, "wtow": True},
        "spot only": {UNIFIED: False, "coow": False, "cpow": False},
        "futures only": {UNIFIED: False, "stow": False},
    },
    max_ips=30,
    characters="0123456789abcdef",
    key_length=32,
    secret_length=64,
    key_form=lambda characters: f"bg_{characters}",
    passphrase=True,
)

_STALE_MS: Final = 30_000
"""Milliseconds by which a timestamp may be off (api-doc/common/signature)."""


def _body(code: str, message: str, data: Any = None) -> bytes:
    return orjson.dumps({"code": code, "msg": message, "requestTime": int(time.time() * 1000), "data": data})


def refusal(code: str, message: str, status: int = 400) -> Refused:
    """The exchange says no."""
    return Refused(status, _body(code, message))


_TOO_MANY: Final = _body("429", "Too Many Requests")

WORDING: Final = Wording(
    server_error=_body("40725", "service return an error"),
    maintenance=Said(400, _body("40200", "Server upgrade, please try again later")),
    # No code is known for a country that is not served: the wall in front of the exchange turns it away.
    restricted_location=Said(403, gateway_page(403), HTML),
    too_many_requests=Said(429, _TOO_MANY, tells_wait=False),
    banned=lambda _seconds: Said(429, _TOO_MANY, tells_wait=False),
)


class _Asked(NamedTuple):
    account: Account
    form: Mapping[str, list[str]]


def _unified_info(asked: _Asked) -> dict[str, Any]:
    on = asked.account.permissions
    return {
        "userId": str(asked.account.uid),
        "inviterId": "",
        "parentId": "",
        "channelCode": "",
        "channel": "",
        "ips": _ips(asked.account),
        "permType": "read-and-write" if on[READ_WRITE] else "read-only",
        "permissions": [word for word in _UNIFIED_WORDS if on[word]],
        "regisTime": str(int(asked.account.created_at * 1000)),
    }


def _classic_info(asked: _Asked) -> dict[str, Any]:
    on = asked.account.permissions
    writing = [word for word in _CLASSIC_WRITING if on[word] and on[READ_WRITE]]
    return {
        "userId": str(asked.account.uid),
        "inviterId": "",
        "ips": _ips(asked.account),
        "authorities": [*_CLASSIC_READING, *writing],
        "parentId": 0,
        "traderType": "",
        "channelCode": "",
        "channel": "",
        "regisTime": str(int(asked.account.created_at * 1000)),
    }


def _ips(account: Account) -> str:
    return ",".join(sorted(account.ips or ()))


def _unified_balance(asked: _Asked) -> dict[str, Any]:
    if not asked.account.permissions["uta_mgt"]:
        raise refusal("40014", "Incorrect permissions, need uta_mgt read permissions")
    assets = asked.account.balances["unified"]
    return {
        "accountEquity": "0",
        "assets": [
            {"coin": coin, "equity": amount, "balance": amount, "available": amount, "debt": "0", "locked": "0"}
            for coin, amount in assets.items()
        ],
    }


def _classic_spot_balance(asked: _Asked) -> list[dict[str, Any]]:
    return [
        {"coin": coin, "available": amount, "frozen": "0", "locked": "0", "limitAvailable": "0", "uTime": "0"}
        for coin, amount in asked.account.balances["spot"].items()
    ]


def _classic_futures_balance(asked: _Asked) -> list[dict[str, Any]]:
    kind = "".join(asked.form.get("productType", []))
    if kind not in {"USDT-FUTURES", "COIN-FUTURES"}:
        raise refusal("400172", "Parameter verification failed")
    return [
        {"marginCoin": coin, "available": amount, "accountEquity": amount, "locked": "0", "unrealizedPL": "0"}
        for coin, amount in asked.account.balances[kind].items()
    ]


class _Path(NamedTuple):
    answer: Callable[[_Asked], Any]
    unified: bool


_PATHS: Final[Mapping[str, _Path]] = {
    "/api/v3/account/info": _Path(_unified_info, unified=True),
    "/api/v3/account/assets": _Path(_unified_balance, unified=True),
    "/api/v2/spot/account/info": _Path(_classic_info, unified=False),
    "/api/v2/spot/account/assets": _Path(_classic_spot_balance, unified=False),
    "/api/v2/mix/account/accounts": _Path(_classic_futures_balance, unified=False),
}

RULES: Final = Rules(
    id="bitget",
    title="Bitget",
    key_style=KEY_STYLE,
    wording=WORDING,
    weight_a_minute={"address": 6_000},
    paths=frozenset(("GET", path) for path in _PATHS),
    api_key_of=lambda headers, _query: headers.get("ACCESS-KEY", ""),
)


class BitgetSimulator(Venue):
    """The exchange.

    Attributes:
        states_permissions_on_demo: whether demo has ``v3/account/info``, as people have seen it; no document says so.
    """

    def __init__(
        self, clock: Clock, events: Events, *, seed: int = 1, real_time: Callable[[], float] = time.time
    ) -> None:
        super().__init__(RULES, self._answer, clock, events, seed=seed, real_time=real_time)
        self.states_permissions_on_demo = True

    def _answer(self, request: Request, headers: dict[str, str]) -> bytes:  # noqa: ARG002 - it tells nothing there
        _, exceeded = self.limits.charge("address", 1, self.caller_ip)
        if exceeded is not None:
            raise Refused(429, _TOO_MANY)
        demo = request.headers.get("PAPTRADING") == "1"
        if request.method == "GET" and request.path == "/api/v2/public/time" and not demo:
            return _body("00000", "success", {"serverTime": str(self.now_ms())})
        path = _PATHS.get(request.path)
        if request.method in READING and path is None:
            raise refusal("40404", "Request URL NOT FOUND", 404)
        account = self._recognise(request, demo=demo)
        if path is None or request.method not in READING:
            raise refusal("40014", "Incorrect permissions")
        if demo and path.answer is _unified_info and not self.states_permissions_on_demo:
            raise refusal("40404", "Request URL NOT FOUND", 404)
        if path.unified is not account.permissions[UNIFIED]:
            if path.unified:
                raise refusal("40084", "You are in Classic Account mode, and the Unified Account API is not supported")
            raise refusal("40085", "You are in Unified Account mode, and the Classic Account API is not supported")
        return _body("00000", "success", path.answer(_Asked(account, parse_qs(request.query))))

    def _recognise(self, request: Request, *, demo: bool) -> Account:
        """The account a request is signed for.

        Raises:
            Refused: for whatever is wrong with the key, the time, the passphrase, the signature, the world or the
                address.
        """
        sent = self._headers(request)
        account = self.accounts.with_key(sent["KEY"])
        if account is None or account.revoked:
            raise refusal("40037", "Apikey does not exist")
        if sent["PASSPHRASE"] != account.passphrase:
            raise refusal("40012", "apikey/password is incorrect")
        target = f"{request.path}?{request.query}" if request.query else request.path
        payload = f"{sent['TIMESTAMP']}{request.method}{target}{request.body}"
        if not _signed(payload, sent["SIGN"], account.secret):
            raise refusal("40009", "sign signature error")
        if demo is not (account.environment == "demo"):
            raise refusal("40099", "exchange environment is incorrect")
        if account.suspended:
            raise refusal("40024", "The account is frozen, please contact the customer service")
        if account.ips is not None and self.caller_ip not in account.ips:
            raise refusal("40018", f"invalid ip,current request ip {self.caller_ip}")
        return account

    def _headers(self, request: Request) -> Mapping[str, str]:
        """The headers of a signed request, by the ends of their names. Raises ``Refused`` for one that will not do."""
        sent = {name: request.headers.get(f"ACCESS-{name}", "") for name in _HEADERS}
        for name, (code, words) in _HEADERS.items():
            if not sent[name]:
                raise refusal(code, words)
        stamp = sent["TIMESTAMP"]
        if not stamp.isdecimal():
            raise refusal("40005", "Invalid ACCESS_TIMESTAMP")
        if abs(int(stamp) - self.now_ms()) > _STALE_MS:
            raise refusal("40008", "Request timestamp expired")
        return sent


_HEADERS: Final[Mapping[str, tuple[str, str]]] = {
    "KEY": ("40001", "ACCESS_KEY cannot be empty"),
    "SIGN": ("40002", "ACCESS_SIGN cannot be empty"),
    "TIMESTAMP": ("40003", "ACCESS_TIMESTAMP cannot be empty"),
    "PASSPHRASE": ("40011", "ACCESS_PASSPHRASE cannot be empty"),
}


def _signed(payload: str, signature: str, secret: str) -> bool:
    expected = b64encode(hmac.digest(secret.encode(), payload.encode(), hashlib.sha256))
    return hmac.compare_digest(expected, signature.encode())
