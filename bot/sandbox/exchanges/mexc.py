"""A simulated MEXC: spot and futures, live, behind one origin as in the world.

Codes and sentences are those of the docs and of bodies that people have posted; the order of the checks is not
published. Futures answer with HTTP 200 whatever they say. Of ``apiKeyInfo`` only a third party's copy is known.
"""

import hashlib
import hmac
import re
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qsl

import orjson

from bot.sandbox.exchanges.account import Account, KeyStyle
from bot.sandbox.exchanges.faults import HTML, Said, Wording, gateway_page
from bot.sandbox.exchanges.simulator import Clock, Events
from bot.sandbox.exchanges.venue import Refused, Request, Rules, Venue

_DAY_MS: Final = 86_400_000
_LONGEST_WINDOW_MS: Final = 60_000
_AHEAD_MS: Final = 1_000
_FUTURES_WINDOW_MS: Final = 10_000
_KEY_FORMAT: Final = re.compile(r"mx0[A-Za-z0-9]{15}")
_NUMBER: Final = re.compile(r"[0-9]{1,16}")

# The words of apiKeyInfo. A new key of the sandbox may read and trade both markets.
KEY_STYLE: Final = KeyStyle(
    switches={
        "SPOT_ACCOUNT_READ": True,
        "SPOT_ACCOUNT_WRITE": False,
        "SPOT_DEAL_READ": True,
        "SPOT_DEAL_WRITE": True,
        "CONTRACT_ACCOUNT_READ": True,
        "CONTRACT_ACCOUNT_WRITE": False,
        "CONTRACT_DEAL_READ": True,
        "CONTRACT_DEAL_WRITE": True,
        "SPOT_TRANSFER_READ": False,
        "SPOT_TRANSFER_WRITE": False,
        "SPOT_WITHDRAW_READ": False,
        "SPOT_WITHDRAW_WRITE": False,
        "SPOT_DEPOSIT_READ": False,
        "SPOT_DEPOSIT_WRITE": False,
    },
    labels={
        "SPOT_ACCOUNT_READ": "Account: Read",
        "SPOT_DEAL_WRITE": "Spot: Trade",
        "CONTRACT_ACCOUNT_READ": "Futures: Read",
        "CONTRACT_DEAL_WRITE": "Futures: Trade",
        "SPOT_TRANSFER_WRITE": "Transfer",
        "SPOT_WITHDRAW_WRITE": "Withdraw",
    },
    opening_balances={"spot": {"USDT": "8000", "MX": "150"}, "contract": {"USDT": "2500"}},
    environments=("live",),
    poses={
        "watch": {"SPOT_DEAL_WRITE": False, "CONTRACT_DEAL_WRITE": False},
        "withdraw": {"SPOT_WITHDRAW_WRITE": True},
        "transfer": {"SPOT_TRANSFER_WRITE": True},
        "spot only": {"CONTRACT_DEAL_WRITE": False},
        "futures only": {"SPOT_DEAL_WRITE": False},
    },
    ends=True,
    max_ips=10,
    key_length=15,
    key_form="mx0{}".format,
    secret_length=32,
    # Secrets are hexadecimal.
    secret_form=lambda letters: hashlib.md5(letters.encode(), usedforsecurity=False).hexdigest(),
)


def _spot_body(code: int, words: str) -> bytes:
    return orjson.dumps({"code": code, "msg": words})


def _spot_says(status: int, code: int, words: str) -> Refused:
    return Refused(status, _spot_body(code, words))


def _futures_say(code: int, words: str) -> Refused:
    return Refused(200, orjson.dumps({"success": False, "code": code, "message": words}))


WORDING: Final = Wording(
    server_error=_spot_body(500, "Internal error"),
    maintenance=Said(
        503,
        orjson.dumps(
            {
                "code": 500,
                "message": "Under maintenance, please try again later",
                "announcement": "https://www.mexc.com/support/articles/17827791510263",
            }
        ),
    ),
    restricted_location=Said(403, _spot_body(403, "Access Denied")),
    too_many_requests=Said(429, _spot_body(429, "Too Many Requests")),
    banned=lambda _seconds: Said(418, _spot_body(429, "Too Many Requests")),
)


class _Path(NamedTuple):
    """One path: what it costs, the switch it needs, and what it answers."""

    weight: int
    right: str
    answer: Callable[[Account, float], Any]
    """From the account and the sandbox's time, epoch seconds."""


def _key_info(account: Account, now: float) -> dict[str, Any]:
    ends = account.expires_ms
    info: dict[str, Any] = {
        "note": account.name,
        "accessKey": account.api_key,
        "createTime": datetime.fromtimestamp(account.created_at, UTC).isoformat(timespec="milliseconds"),
        "permissions": ",".join(word for word, on in account.permissions.items() if on),
        "ipWhiteList": "" if account.ips is None else ",".join(sorted(account.ips)),
        "status": "VALID",
    }
    if ends is not None:
        info["remainingValidity"] = int(ends - now * 1000) // _DAY_MS
    return info


def _uid(account: Account, _: float) -> dict[str, str]:
    return {"uid": str(account.uid)}


def _spot_account(account: Account, _: float) -> dict[str, Any]:
    # canTrade and canWithdraw are the account's, not the key's: bait for a careless reader.
    coins = account.balances.get("spot", {})
    return {
        "canTrade": True,
        "canWithdraw": True,
        "canDeposit": True,
        "updateTime": None,
        "accountType": "SPOT",
        "balances": [{"asset": coin, "free": amount, "locked": "0"} for coin, amount in coins.items()],
        "permissions": ["SPOT"],
    }


def _futures_assets(account: Account, _: float) -> dict[str, Any]:
    return {
        "success": True,
        "code": 0,
        "data": [
            {
                "currency": coin,
                "positionMargin": 0,
                "availableBalance": float(amount),
                "cashBalance": float(amount),
                "frozenBalance": 0,
                "equity": float(amount),
                "unrealized": 0,
                "bonus": 0,
            }
            for coin, amount in account.balances.get("contract", {}).items()
        ],
    }


_SPOT: Final[Mapping[str, _Path]] = {
    "/api/v3/apiKeyInfo": _Path(1, "SPOT_ACCOUNT_READ", _key_info),
    "/api/v3/uid": _Path(1, "SPOT_ACCOUNT_READ", _uid),
    "/api/v3/account": _Path(10, "SPOT_ACCOUNT_READ", _spot_account),
}
_FUTURES: Final[Mapping[str, _Path]] = {
    "/api/v1/private/account/assets": _Path(2, "CONTRACT_ACCOUNT_READ", _futures_assets),
}

RULES: Final = Rules(
    id="mexc",
    title="MEXC",
    key_style=KEY_STYLE,
    wording=WORDING,
    weight_a_minute={"spot": 1_800, "contract": 600},
    counted_in={"spot": 10, "contract": 2},
    paths=frozenset(("GET", path) for path in (*_SPOT, *_FUTURES)),
    api_key_of=lambda headers, _query: headers.get("X-MEXC-APIKEY") or headers.get("ApiKey", ""),
)


class MexcSimulator(Venue):
    """The exchange.

    Attributes:
        tells_status: whether ``apiKeyInfo`` still answers about a key that has ended, with a status that says so; else
            spot says of such a key what it says of a wrong signature.
    """

    def __init__(
        self, clock: Clock, events: Events, *, seed: int = 1, real_time: Callable[[], float] = time.time
    ) -> None:
        super().__init__(RULES, self._answer, clock, events, seed=seed, real_time=real_time)
        self.tells_status = False

    def _answer(self, request: Request, headers: dict[str, str]) -> bytes:
        futures = request.path.startswith("/api/v1/")
        path = (_FUTURES if futures else _SPOT).get(request.path)
        self._weigh("contract" if futures else "spot", path.weight if path else 1, headers)
        if request.method == "GET" and request.path == "/api/v3/time":
            return orjson.dumps({"serverTime": self.now_ms()})
        if request.method == "GET" and path is None:
            raise Refused(404, gateway_page(404), HTML)
        account = self._recognise_futures(request) if futures else self._recognise_spot(request)
        right = path.right if path is not None and request.method == "GET" else None
        if right is None or not account.permissions[right]:
            raise (
                _futures_say(701, "Please enable API Key read access")
                if futures
                else _spot_says(400, 700007, "No permission to access the endpoint.")
            )
        assert path is not None
        answer = path.answer(account, self.clock.now())
        if path.answer is _key_info and self._ended(account):
            answer["status"] = "EXPIRED"
        return orjson.dumps(answer)

    def _weigh(self, bucket: str, weight: int, headers: dict[str, str]) -> None:
        _, exceeded = self.limits.charge(bucket, weight, self.caller_ip)
        if exceeded is None:
            return
        headers["Retry-After"] = str(exceeded.retry_after)
        status = exceeded.status if exceeded.status == HTTPStatus.IM_A_TEAPOT else HTTPStatus.TOO_MANY_REQUESTS
        raise _spot_says(status, 429, "Too Many Requests")

    def _ended(self, account: Account) -> bool:
        return account.expires_ms is not None and account.expires_ms <= self.clock.now() * 1000

    def _may_come_from_here(self, account: Account) -> bool:
        return account.ips is None or self.caller_ip in account.ips

    # ------------------------------------------------------------------------------------------------------------ spot

    def _recognise_spot(self, request: Request) -> Account:
        """The account a request is signed for.

        Raises:
            Refused: for whatever is wrong with the key, the time, the signature or the address.
        """
        api_key = request.headers.get("X-MEXC-APIKEY", "")
        if not api_key:
            raise _spot_says(400, 400, "api key required")
        if not _KEY_FORMAT.fullmatch(api_key):
            raise _spot_says(400, 700001, "API-key format invalid")
        account = self.accounts.with_key(api_key)
        if account is None or account.revoked:
            raise _spot_says(400, 10072, "Api key info invalid")
        signed, _, signature = request.query.rpartition("&signature=")
        form = dict(parse_qsl(signed))
        self._check_time(form)
        if not _is_signed(signed + request.body, signature, account.secret):
            raise _spot_says(400, 700002, "Signature for this request is not valid.")
        if self._ended(account) and not self.tells_status:
            # Seen by others: an expired key gets the sentence of a wrong signature.
            raise _spot_says(400, 700002, "Signature for this request is not valid.")
        if not self._may_come_from_here(account):
            raise _spot_says(400, 700006, f"IP [{self.caller_ip}] not in the ip white list")
        if account.suspended:
            raise _spot_says(400, 60005, "your account is abnormal")
        if request.path == "/api/v3/apiKeyInfo" and form.get("accessKey") != api_key:
            if "accessKey" not in form:
                raise _spot_says(400, 730707, "accessKey cannot be null")
            raise _spot_says(400, 730706, "API KEY information does not exist")
        return account

    def _check_time(self, form: Mapping[str, str]) -> None:
        stamp, window = form.get("timestamp", ""), form.get("recvWindow", "5000")
        if not _NUMBER.fullmatch(stamp) or not _NUMBER.fullmatch(window):
            raise _spot_says(400, 700008, "Illegal characters found in parameter")
        if int(window) > _LONGEST_WINDOW_MS:
            raise _spot_says(400, 700005, "recvWindow must less than 60000")
        behind = self.now_ms() - int(stamp)
        if behind > int(window) or -behind >= _AHEAD_MS:
            raise _spot_says(400, 700003, "Timestamp for this request is outside of the recvWindow.")

    # --------------------------------------------------------------------------------------------------------- futures

    def _recognise_futures(self, request: Request) -> Account:
        """As for spot, in the words of futures."""
        sent = request.headers
        api_key, stamp = sent.get("ApiKey", ""), sent.get("Request-Time", "")
        account = self.accounts.with_key(api_key)
        if account is None or account.revoked:
            raise _futures_say(401, "Not logged in or login has expired")
        if not _NUMBER.fullmatch(stamp) or abs(self.now_ms() - int(stamp)) > _FUTURES_WINDOW_MS:
            raise _futures_say(513, "Invalid request")
        if self._ended(account):
            raise _futures_say(402, "API Key expired, please apply again")
        payload = api_key + stamp + (request.query if request.method == "GET" else request.body)
        if not _is_signed(payload, sent.get("Signature", ""), account.secret):
            raise _futures_say(602, "Signature verification failed")
        if not self._may_come_from_here(account):
            raise _futures_say(406, "Accessing IP is not in the whitelist")
        if account.suspended:
            raise _futures_say(1000, "Account does not exist")
        return account


def _is_signed(payload: str, signature: str, secret: str) -> bool:
    """HMAC-SHA256 in hexadecimal; MEXC takes small letters only."""
    expected = hmac.digest(secret.encode(), payload.encode(), hashlib.sha256).hex()
    return hmac.compare_digest(expected.encode(), signature.encode())
