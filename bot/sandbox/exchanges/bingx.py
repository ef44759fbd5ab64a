"""A simulated BingX: the part of its API that reads, live and demo, behind one origin.

Live and demo have different hosts in the world and the same keys; an account's environment says here which host its
requests are meant for. Codes and sentences are from BingX's documents, from bodies that people have posted and from
ccxt's comments; statuses are mostly 200. The order of the checks is not published, nor what is said to an account that
is locked; a firewall's page stands for what too many requests end in.
"""

import time
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson

from bot.sandbox.exchanges.account import Account, KeyStyle
from bot.sandbox.exchanges.faults import HTML, Said, Wording, gateway_page
from bot.sandbox.exchanges.signature import signed_with_secret
from bot.sandbox.exchanges.simulator import Clock, Events
from bot.sandbox.exchanges.venue import Refused, Request, Rules, Venue

PERMISSIONS: Final = "/openApi/v1/account/apiPermissions"
UID: Final = "/openApi/account/v1/uid"
TIME: Final = "/openApi/swap/v2/server/time"

_NUMBERS: Final = {"spot": 1, "read": 2, "futures": 3, "universal_transfer": 4, "withdraw": 5, "internal_transfer": 7}
_FLAGS: Final = {
    "read": "enableReading",
    "spot": "enableSpotAndMarginTrading",
    "withdraw": "enableWithdrawals",
    "internal_transfer": "enableInternalTransfer",
    "futures": "enableFutures",
    "universal_transfer": "permitsUniversalTransfer",
}
_NOT_RESTRICTIONS: Final = frozenset({"withdraw", "internal_transfer"})
"""What the form of apiRestrictions says nothing of."""

KEY_STYLE: Final = KeyStyle(
    switches={
        "read": True,
        "spot": True,
        "futures": True,
        "universal_transfer": False,
        "internal_transfer": False,
        "withdraw": False,
    },
    labels={
        "read": "Read",
        "spot": "Spot Trading",
        "futures": "Perpetual Futures Trading",
        "universal_transfer": "Universal Transfer",
        "internal_transfer": "Internal Transfer of Sub-accounts",
        "withdraw": "Withdraw",
    },
    opening_balances={"spot": {"USDT": "2400", "BTC": "0.04"}, "linear": {"USDT": "1800"}, "inverse": {"BTC": "0.03"}},
    environments=("live", "demo"),
    poses={
        "watch": {"spot": False, "futures": False},
        "withdraw": {"withdraw": True},
        "transfer": {"universal_transfer": True},
        "spot only": {"futures": False},
        "futures only": {"spot": False},
    },
    max_ips=20,
    key_length=83,
)

_WINDOW_MS: Final = 5_000
"""Milliseconds by which a timestamp may be off, unless the request says otherwise."""
_IDLE: Final = 14 * 86_400
"""Seconds without use after which a key without addresses that may do more than read is deleted."""


class Shape(StrEnum):
    """How ``apiPermissions`` answers: its documents contradict each other."""

    NUMBERS = "numbers"
    FLAGS = "flags"
    RESTRICTIONS = "restrictions"
    """Flags without withdrawal, as documented for ``apiRestrictions``."""


def _body(code: int, words: str) -> bytes:
    return orjson.dumps({"success": False, "code": code, "msg": words, "timestamp": 1_705_274_099_347})


def refusal(code: int, words: str, status: int = 200) -> Refused:
    """The exchange says no: its code, its sentence, and the HTTP status."""
    return Refused(status, _body(code, words))


WORDING: Final = Wording(
    server_error=_body(100_500, "The current system is busy, please try again later"),
    maintenance=Said(200, _body(100_500, "The current system is busy, please try again later")),
    # No code of BingX's is known for it; what stands in front answers.
    restricted_location=Said(403, gateway_page(403), HTML),
    too_many_requests=Said(200, _body(100_410, "rate limited"), tells_wait=False),
    banned=lambda _seconds: Said(418, _body(418, "banned"), tells_wait=False),
)


def _good(data: Any) -> dict[str, Any]:
    return {"code": 0, "msg": "", "timestamp": 1_702_558_965_648, "data": data}


def _spot(account: Account) -> dict[str, Any]:
    coins = account.balances["spot"].items()
    return _good({"balances": [{"asset": coin, "free": amount, "locked": "0"} for coin, amount in coins]})


def _futures(wallet: str) -> Callable[[Account], dict[str, Any]]:
    def answer(account: Account) -> dict[str, Any]:
        demo = account.environment == "demo"
        coins = account.balances[wallet].items()
        return _good(
            [{"asset": "VST" if demo else coin, "balance": amount, "equity": amount} for coin, amount in coins]
        )

    return answer


def _uid(account: Account) -> dict[str, Any]:
    return _good({"uid": account.uid})


_ANSWERS: Final[Mapping[str, Callable[[Account], dict[str, Any]]]] = {
    UID: _uid,
    "/openApi/spot/v1/account/balance": _spot,
    "/openApi/swap/v3/user/balance": _futures("linear"),
    "/openApi/cswap/v1/user/balance": _futures("inverse"),
}

RULES: Final = Rules(
    id="bingx",
    title="BingX",
    key_style=KEY_STYLE,
    wording=WORDING,
    weight_a_minute={"address": 1_800},
    counted_in={"address": 10},
    paths=frozenset(("GET", path) for path in (*_ANSWERS, PERMISSIONS, TIME)),
    api_key_of=lambda headers, _query: headers.get("X-BX-APIKEY", ""),
)


class BingxSimulator(Venue):
    """The exchange.

    Attributes:
        shape: how ``apiPermissions`` answers.
        wrapped: whether that answer has the envelope that all others have.
        demo_tells_rights: whether demo serves the questions about a key; that is not documented.
        for_main_accounts: whether ``apiPermissions`` is refused to every key, as it may be to a sub-account's.
    """

    def __init__(
        self, clock: Clock, events: Events, *, seed: int = 1, real_time: Callable[[], float] = time.time
    ) -> None:
        super().__init__(RULES, self._answer, clock, events, seed=seed, real_time=real_time)
        self.shape = Shape.NUMBERS
        self.wrapped = False
        self.demo_tells_rights = False
        self.for_main_accounts = False
        self._used: dict[str, float] = {}

    def _answer(self, request: Request, headers: dict[str, str]) -> bytes:
        used, exceeded = self.limits.charge("address", 1, self.caller_ip)
        headers["X-RateLimit-Requests-Remain"] = str(max(0, self.limits.limit("address") - used))
        headers["X-RateLimit-Requests-Expire"] = "10000"
        if exceeded is not None and exceeded.status == 418:  # noqa: PLR2004 - a ban
            raise Refused(403, gateway_page(403), HTML)
        if exceeded is not None:
            raise refusal(100_410, "rate limited")
        if (request.method, request.path) == ("GET", TIME):
            return orjson.dumps(_good({"serverTime": self.now_ms()}))
        if (request.method, request.path) not in self.rules.paths:
            raise refusal(100_404, "api is not exist")
        account = self._recognise(request)
        if account.environment == "demo" and request.path in (PERMISSIONS, UID) and not self.demo_tells_rights:
            raise refusal(100_404, "api is not exist")
        if not account.permissions["read"]:
            words = "Permission denied as the API key was created without the permission，"  # noqa: RUF001 - BingX's
            raise refusal(100_004, f"{words}this api need Read permission, please config it in your api page")
        if request.path != PERMISSIONS:
            return orjson.dumps(_ANSWERS[request.path](account))
        if self.for_main_accounts:
            raise refusal(100_403, "The current account is not the main account")
        rights = self._rights(account)
        return orjson.dumps(_good(rights) if self.wrapped else rights)

    def _rights(self, account: Account) -> dict[str, Any]:
        on = account.permissions
        if self.shape is Shape.NUMBERS:
            return {
                "apiKey": account.api_key,
                "permissions": sorted(number for switch, number in _NUMBERS.items() if on[switch]),
                "ipAddresses": sorted(account.ips or ()),
                "note": account.name,
            }
        left_out = _NOT_RESTRICTIONS if self.shape is Shape.RESTRICTIONS else frozenset()
        return {
            "ipRestrict": account.ips is not None,
            "createTime": int(account.created_at * 1000),
            **{flag: on[switch] for switch, flag in _FLAGS.items() if switch not in left_out},
        }

    def _recognise(self, request: Request) -> Account:
        """The account a request is signed for.

        Raises:
            Refused: for whatever is wrong with the time, the key, the signature or the address.
        """
        form = dict(parse_qsl(request.query, keep_blank_values=True))
        if not _in_time(form, self.now_ms()):
            raise refusal(100_421, "Null timestamp or timestamp mismatch, try to run our sample code")
        account = self.accounts.with_key(request.headers.get("X-BX-APIKEY", ""))
        if account is None or self._is_gone(account):
            raise refusal(100_413, "Incorrect apiKey")
        signature = form.pop("signature", "")
        if not signature:
            raise refusal(100_412, "Null signature")
        # What is signed are the values themselves; only on their way they are encoded.
        payload = "&".join(f"{name}={value}" for name, value in form.items())
        if not signed_with_secret(payload.encode(), signature, account.secret):
            raise refusal(100_001, "Signature verification failed due to signature mismatch")
        if account.ips is not None and self.caller_ip not in account.ips:
            raise refusal(100_419, f"your current request IP is {self.caller_ip} does not match IP whitelist")
        if account.suspended:
            raise refusal(100_441, "Account is abnormal")
        self._used[account.api_key] = self.clock.now()
        return account

    def _is_gone(self, account: Account) -> bool:
        """Whether a key was deleted: by its owner, or because nobody used it for too long."""
        more_than_reading = any(on for switch, on in account.permissions.items() if switch != "read")
        idle = self.clock.now() - self._used.get(account.api_key, account.created_at)
        if account.ips is None and more_than_reading and idle > _IDLE:
            account.revoke()
        return account.revoked


def _in_time(form: Mapping[str, str], now_ms: int) -> bool:
    stamp, window = form.get("timestamp", ""), form.get("recvWindow", "")
    allowed = int(window) if window.isdecimal() and int(window) else _WINDOW_MS
    return stamp.isdecimal() and abs(int(stamp) - now_ms) <= allowed
