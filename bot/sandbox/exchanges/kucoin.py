"""A simulated KuCoin: spot and futures, live, behind one origin.

Spot and futures have different hosts in the world; their paths do not meet, so one origin serves both. The order of the
checks is not published; codes and sentences are from KuCoin's documents and from bodies people have posted.
"""

import hashlib
import hmac
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qs
from uuid import UUID

import orjson

from bot.sandbox.exchanges.account import Account, KeyStyle
from bot.sandbox.exchanges.faults import Said, Wording
from bot.sandbox.exchanges.simulator import Clock, Events
from bot.sandbox.exchanges.venue import READING, Refused, Request, Rules, Venue

KEY_STYLE: Final = KeyStyle(
    switches={
        "General": True,
        "Spot": True,
        "Margin": False,
        "Futures": True,
        "Earn": False,
        "InnerTransfer": False,
        # The name that withdrawal has in the list.
        "Transfer": False,
    },
    labels={"InnerTransfer": "FlexTransfers", "Transfer": "Withdrawal"},
    opening_balances={"spot": {"USDT": "6400", "BTC": "0.12"}, "futures": {"USDT": "2800", "XBT": "0.08"}},
    environments=("live",),
    poses={
        "watch": {"Spot": False, "Futures": False},
        "withdraw": {"Transfer": True},
        "transfer": {"InnerTransfer": True},
        "spot only": {"Spot": True, "Futures": False},
        "futures only": {"Spot": False, "Futures": True},
    },
    max_ips=20,
    characters="0123456789abcdef",
    key_length=24,
    secret_length=32,
    secret_form=lambda characters: str(UUID(characters)),
    passphrase=True,
)

_STALE_MS: Final = 5_000
"""Milliseconds by which a timestamp may be off (docs-new, "Authentication")."""
_KEY_VERSION: Final = "2"
"""From this version on the passphrase is sent as its HMAC."""


def _body(code: str, message: str) -> bytes:
    return orjson.dumps({"code": code, "msg": message})


def _good(data: Any) -> bytes:
    return orjson.dumps({"code": "200000", "data": data})


def refusal(code: str, message: str, status: int = 401) -> Refused:
    """The exchange says no."""
    return Refused(status, _body(code, message))


_TOO_MANY: Final = _body("1015000", "Request is too frequent, please try again later")

WORDING: Final = Wording(
    server_error=_body("500000", "Internal Server Error"),
    maintenance=Said(503, _body("503", "Service Unavailable")),
    restricted_location=Said(
        403, _body("400302", "Sorry, the service is unavailable in your current area. IP: 203.0.113.50")
    ),
    too_many_requests=Said(429, _TOO_MANY, tells_wait=False),
    banned=lambda _seconds: Said(429, _TOO_MANY, tells_wait=False),
)


class _Asked(NamedTuple):
    account: Account
    form: Mapping[str, list[str]]


def _key_info(asked: _Asked) -> dict[str, Any]:
    account = asked.account
    return {
        "remark": account.name,
        "apiKey": account.api_key,
        "apiVersion": 3,
        "permission": ",".join(word for word, on in account.permissions.items() if on),
        "ipWhitelist": ",".join(sorted(account.ips or ())),
        "createdAt": int(account.created_at * 1000),
        "uid": account.uid,
        "isMaster": True,
    }


def _spot_balance(asked: _Asked) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{number:024x}",
            "currency": coin,
            "type": "trade",
            "balance": amount,
            "available": amount,
            "holds": "0",
        }
        for number, (coin, amount) in enumerate(asked.account.balances["spot"].items())
    ]


def _futures_balance(asked: _Asked) -> dict[str, Any]:
    currency = "".join(asked.form.get("currency", ["XBT"]))
    amount = float(asked.account.balances["futures"].get(currency, "0"))
    return {
        "accountEquity": amount,
        "unrealisedPNL": 0,
        "marginBalance": amount,
        "positionMargin": 0,
        "orderMargin": 0,
        "frozenFunds": 0,
        "availableBalance": amount,
        "currency": currency,
    }


_ANSWERS: Final[Mapping[str, Callable[[_Asked], Any]]] = {
    "/api/v1/user/api-key": _key_info,
    "/api/v1/accounts": _spot_balance,
    "/api/v1/account-overview": _futures_balance,
}

RULES: Final = Rules(
    id="kucoin",
    title="KuCoin",
    key_style=KEY_STYLE,
    wording=WORDING,
    # What an address may do is not documented for signed questions; this is what it may in public ones.
    weight_a_minute={"address": 4_000},
    counted_in={"address": 30},
    paths=frozenset(("GET", path) for path in _ANSWERS),
    api_key_of=lambda headers, _query: headers.get("KC-API-KEY", ""),
)


class KucoinSimulator(Venue):
    """The exchange."""

    def __init__(
        self, clock: Clock, events: Events, *, seed: int = 1, real_time: Callable[[], float] = time.time
    ) -> None:
        super().__init__(RULES, self._answer, clock, events, seed=seed, real_time=real_time)

    def _answer(self, request: Request, headers: dict[str, str]) -> bytes:  # noqa: ARG002 - it tells nothing there
        _, exceeded = self.limits.charge("address", 1, self.caller_ip)
        if exceeded is not None:
            raise Refused(429, _TOO_MANY)
        if request.method == "GET" and request.path == "/api/v1/timestamp":
            return _good(self.now_ms())
        answer = _ANSWERS.get(request.path)
        if request.method in READING and answer is None:
            raise refusal("404", "Not Found", 404)
        account = self._recognise(request)
        if answer is None or request.method not in READING or not account.permissions["General"]:
            raise refusal("400007", "Access denied --> Require more permission.", 403)
        return _good(answer(_Asked(account, parse_qs(request.query))))

    def _recognise(self, request: Request) -> Account:
        """The account a request is signed for.

        Raises:
            Refused: for whatever is wrong with the key, the time, the passphrase, the signature or the address.
        """
        sent = {name: request.headers.get(f"KC-API-{name}", "") for name in _HEADERS}
        missing = next((name for name, value in sent.items() if not value), None)
        if missing is not None:
            raise refusal("400001", f"Please check the header of your request for KC-API-{missing}")
        stamp = sent["TIMESTAMP"]
        if not stamp.isdecimal() or abs(int(stamp) - self.now_ms()) > _STALE_MS:
            raise refusal("400002", "KC-API-TIMESTAMP Invalid", 400)
        account = self.accounts.with_key(sent["KEY"])
        if account is None or account.revoked:
            raise refusal("400003", "KC-API-KEY not exists")
        if sent["KEY-VERSION"] != _KEY_VERSION:
            raise refusal("400008", "Invalid KC-API-KEY-VERSION")
        self._check_signed(request, sent, account)
        if account.suspended:
            raise refusal("411100", "User are frozen.", 403)
        if account.ips is not None and self.caller_ip not in account.ips:
            raise refusal("400006", f"Invalid request ip, the current clientIp is:{self.caller_ip}")
        return account

    def _check_signed(self, request: Request, sent: Mapping[str, str], account: Account) -> None:
        """Passphrase and signature; both are signed with the secret, so a wrong one shows in the passphrase first.

        The signature is looked at before, all the same: else nobody could be told which of the two is wrong.
        """
        target = f"{request.path}?{request.query}" if request.query else request.path
        payload = f"{sent['TIMESTAMP']}{request.method}{target}{request.body}"
        if not _signed(payload, sent["SIGN"], account.secret):
            raise refusal("400005", "Invalid KC-API-SIGN")
        if not _signed(account.passphrase or "", sent["PASSPHRASE"], account.secret):
            raise refusal("400004", "Invalid KC-API-PASSPHRASE")


_HEADERS: Final = ("KEY", "SIGN", "TIMESTAMP", "PASSPHRASE", "KEY-VERSION")


def _signed(payload: str, signature: str, secret: str) -> bool:
    expected = b64encode(hmac.digest(secret.encode(), payload.encode(), hashlib.sha256))
    return hmac.compare_digest(expected, signature.encode())
