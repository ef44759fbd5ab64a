"""A simulated OKX: API v5, live and demo, behind one origin as in the world.

A header tells demo from live, and neither knows the other's keys. Codes, statuses and sentences are those of the docs
("Error Code", API class); the order of the checks is not published.
"""

import hashlib
import hmac
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson

from bot.sandbox.exchanges.account import Account, KeyStyle
from bot.sandbox.exchanges.announcements import Maintenance
from bot.sandbox.exchanges.faults import HTML, Said, Wording, gateway_page
from bot.sandbox.exchanges.simulator import Clock, Events
from bot.sandbox.exchanges.venue import Refused, Request, Rules, Venue

_WINDOW_MS: Final = 30_000
"""By how much a timestamp may differ, either way."""


def _as_uuid(digits: str) -> str:
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


KEY_STYLE: Final = KeyStyle(
    # spot_mode belongs to the account and is no box of the key page; it decides whether futures can be traded.
    switches={"read_only": True, "trade": True, "withdraw": False, "spot_mode": False},
    labels={"read_only": "Read", "trade": "Trade", "withdraw": "Withdraw", "spot_mode": "Account mode: Spot"},
    opening_balances={"trading": {"USDT": "9000", "ETH": "2.5"}},
    environments=("live", "demo"),
    poses={
        "watch": {"trade": False},
        "withdraw": {"withdraw": True},
        "spot only": {"spot_mode": True},
    },
    max_ips=20,
    characters="0123456789abcdef",
    key_length=32,
    key_form=_as_uuid,
    secret_length=32,
    secret_form=str.upper,
    passphrase=True,
)


def _body(code: int, message: str, *data: Any) -> bytes:
    return orjson.dumps({"code": str(code), "data": data, "msg": message})


def refusal(status: int, code: int, message: str) -> Refused:
    """The exchange says no: HTTP status, its code, and its sentence."""
    return Refused(status, _body(code, message))


WORDING: Final = Wording(
    server_error=_body(50026, "System error. Try again later"),
    maintenance=Said(503, _body(50001, "Service temporarily unavailable. Try again later")),
    restricted_location=Said(200, _body(50121, "You can't access our services through the IP address (203.0.113.10)")),
    too_many_requests=Said(
        429,
        _body(50011, "Rate limit reached. Please refer to API documentation and throttle requests accordingly"),
        tells_wait=False,
    ),
    # What stands in front of it has no code to give.
    banned=lambda _seconds: Said(429, gateway_page(429), HTML, tells_wait=False),
)


def _config(account: Account) -> dict[str, Any]:
    perm = [word for word in ("read_only", "withdraw", "trade") if account.permissions[word]]
    if account.environment == "demo" and "withdraw" not in perm:
        perm.insert(1, "withdraw")  # seen on a demo key that nobody had given it
    uid = str(account.uid)
    return {
        "acctLv": "1" if account.permissions["spot_mode"] else "2",
        "acctStpMode": "cancel_maker",
        "autoLoan": False,
        "enableSpotBorrow": False,
        "ip": "" if account.ips is None else ",".join(sorted(account.ips)),
        "type": "0",
        "kycLv": "3",
        "label": account.name,
        "level": "Lv1",
        "mainUid": uid,
        "opAuth": "1",
        "perm": ",".join(perm),
        "posMode": "long_short_mode",
        "roleType": "0",
        "uid": uid,
    }


def _balance(account: Account) -> dict[str, Any]:
    coins = account.balances.get("trading", {})
    return {"totalEq": "9000", "details": [{"ccy": coin, "eq": amount} for coin, amount in coins.items()]}


_ANSWERS: Final[Mapping[str, Callable[[Account], dict[str, Any]]]] = {
    "/api/v5/account/config": _config,
    "/api/v5/account/balance": _balance,
}

_STATES: Final = frozenset({"scheduled", "ongoing", "pre_open", "completed", "canceled"})
_STATUS: Final = "/api/v5/system/status"


def _status(one: Maintenance, now_ms: int) -> dict[str, str]:
    return {
        "begin": str(one.begin_ms),
        "end": str(one.end_ms),
        "env": "2" if one.environment == "demo" else "1",
        "href": "",
        "maintType": "3" if one.disruption else "1",
        "preOpenBegin": "",
        "scheDesc": "",
        "serviceType": "5",
        "state": one.state(now_ms),
        "system": "unified",
        "title": f"Trading service upgrade {one.number}",
    }


RULES: Final = Rules(
    id="okx",
    title="OKX",
    key_style=KEY_STYLE,
    wording=WORDING,
    # Of the status one may ask once in five seconds.
    weight_a_minute={"address": 60_000, "status": 12},
    counted_in={"status": 5},
    paths=frozenset(("GET", path) for path in _ANSWERS),
    api_key_of=lambda headers, _query: headers.get("OK-ACCESS-KEY", ""),
    announces_of=("live", "demo"),
)


class OkxSimulator(Venue):
    """The exchange."""

    def __init__(
        self, clock: Clock, events: Events, *, seed: int = 1, real_time: Callable[[], float] = time.time
    ) -> None:
        super().__init__(RULES, self._answer, clock, events, seed=seed, real_time=real_time)

    def _answer(self, request: Request, headers: dict[str, str]) -> bytes:
        _, exceeded = self.limits.charge("address", 1, self.caller_ip)
        if exceeded is not None:
            raise Refused(429, gateway_page(429), HTML)
        if request.method == "GET" and request.path == "/api/v5/public/time":
            return _body(0, "", {"ts": str(self.now_ms())})
        if request.method == "GET" and request.path == _STATUS:
            return self._announced(request.query)
        answer = _ANSWERS.get(request.path)
        if request.method == "GET" and answer is None:
            raise Refused(404, gateway_page(404), HTML)
        account = self._recognise(request)
        if answer is None or not account.permissions["read_only"]:
            raise refusal(200, 50120, "This API key doesn't have permission to use this function")
        headers["Vary"] = "x-simulated-trading"
        return _body(0, "", answer(account))

    def _announced(self, query: str) -> bytes:
        """To anybody, live and demo together; what is ahead, unless it is asked for something else."""
        _, exceeded = self.limits.charge("status", 1, self.caller_ip)
        if exceeded is not None:
            raise refusal(429, 50011, "Rate limit reached. Please refer to API documentation and throttle requests")
        asked = dict(parse_qsl(query, keep_blank_values=True))
        if asked.keys() - {"state"} or asked.get("state", "scheduled") not in _STATES:
            raise refusal(400, 51000, "Parameter state error")
        wanted = {asked["state"]} if asked else {"scheduled", "ongoing", "pre_open"}
        now = self.now_ms()
        return _body(0, "", *(_status(one, now) for one in self.announcements if one.state(now) in wanted))

    def _recognise(self, request: Request) -> Account:
        """The account a request is signed for.

        Raises:
            Refused: for whatever is wrong with the key, the time, the passphrase, the signature or the address.
        """
        sent = request.headers
        for name in ("KEY", "PASSPHRASE", "SIGN", "TIMESTAMP"):
            if not sent.get(f"OK-ACCESS-{name}"):
                code = {"KEY": 50103, "PASSPHRASE": 50104, "SIGN": 50106, "TIMESTAMP": 50107}[name]
                raise refusal(401, code, f'Request header "OK-ACCESS-{name}" cannot be empty.')
        stamp = sent["OK-ACCESS-TIMESTAMP"]
        if abs(_milliseconds(stamp) - self.now_ms()) > _WINDOW_MS:
            raise refusal(401, 50102, "Timestamp request expired.")
        account = self.accounts.with_key(sent["OK-ACCESS-KEY"])
        if account is None or account.revoked:
            raise refusal(401, 50119, "API key doesn't exist")
        if (account.environment == "demo") != (sent.get("x-simulated-trading") == "1"):
            raise refusal(401, 50101, "APIKey does not match current environment.")
        if sent["OK-ACCESS-PASSPHRASE"] != account.passphrase:
            raise refusal(401, 50105, 'Request header "OK-ACCESS-PASSPHRASE" incorrect.')
        query = f"?{request.query}" if request.query else ""
        payload = f"{stamp}{request.method}{request.path}{query}{request.body}"
        if not _signed(payload, sent["OK-ACCESS-SIGN"], account.secret):
            raise refusal(401, 50113, "Invalid signature.")
        if account.suspended:
            raise refusal(200, 50007, "User blocked.")
        if account.ips is not None and self.caller_ip not in account.ips:
            raise refusal(401, 50110, f"Your IP {self.caller_ip} is not included in your API key's IP whitelist.")
        return account


def _milliseconds(stamp: str) -> int:
    try:
        return int(datetime.fromisoformat(stamp).timestamp() * 1000)
    except ValueError:
        raise refusal(401, 50112, "Invalid OK-ACCESS-TIMESTAMP.") from None


def _signed(payload: str, signature: str, secret: str) -> bool:
    expected = b64encode(hmac.digest(secret.encode(), payload.encode(), hashlib.sha256))
    return hmac.compare_digest(expected, signature.encode())
