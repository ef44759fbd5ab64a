"""A simulated HTX: spot and futures, live, behind one origin.

Spot and futures have different hosts in the world, and each signature covers the host; their paths do not meet, so one
origin serves both. The order of the checks is not published. Codes and sentences are from HTX's documents and from
bodies people have posted; what v2 says of a wrong key, address or time was never posted, so here it says the least that
it is documented to say: "invalid signature". How spot words a locked account is not known either.
"""

import hashlib
import hmac
import math
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qs, unquote

import orjson

from bot.sandbox.exchanges.account import Account, KeyStyle
from bot.sandbox.exchanges.faults import HTML, Said, Wording, gateway_page
from bot.sandbox.exchanges.simulator import Clock, Events
from bot.sandbox.exchanges.venue import READING, Refused, Request, Rules, Venue


def _dashed(characters: str) -> str:
    return f"{characters[:8]}-{characters[8:16]}-{characters[16:24]}-{characters[24:]}"


KEY_STYLE: Final = KeyStyle(
    switches={"readOnly": True, "trade": True, "withdraw": False},
    labels={"readOnly": "Read", "trade": "Trade", "withdraw": "Withdraw"},
    opening_balances={
        "spot": {"usdt": "5200", "btc": "0.11"},
        "linear": {"USDT": "3100"},
        "inverse": {"BTC": "0.07"},
    },
    environments=("live",),
    # Transfers cannot be had apart from trading, nor one market apart from another.
    poses={"watch": {"trade": False}, "withdraw": {"withdraw": True}},
    ends=True,
    max_ips=20,
    characters="0123456789abcdef",
    key_length=29,
    key_form=_dashed,
    secret_form=_dashed,
)

_SPOT_HOST: Final = "api.huobi.pro"
_FUTURES_HOST: Final = "api.hbdm.vn"
_STALE_MS: Final = 300_000
"""Milliseconds by which a timestamp may be off (docs v1, "Authentication": five minutes)."""
_IDLE_DAYS: Final = 90
"""Days after which a key without addresses ends; each use starts them anew."""
_DAY: Final = 86_400


def _v1(code: str, words: str) -> bytes:
    return orjson.dumps({"status": "error", "err-code": code, "err-msg": words, "data": None})


def _v2(code: int, words: str) -> bytes:
    return orjson.dumps({"code": code, "message": words})


def _futures(code: int, words: str) -> bytes:
    return orjson.dumps({"status": "error", "err_code": code, "err_msg": words, "ts": 1_700_000_000_000})


_BLOCKED: Final = Said(403, gateway_page(403), HTML)

WORDING: Final = Wording(
    server_error=_v1("gateway-internal-error", "Service unavailable, please retry later"),
    maintenance=Said(200, _v1("system-maintenance", "System is in maintenance!")),
    restricted_location=_BLOCKED,
    too_many_requests=Said(429, gateway_page(429), HTML, tells_wait=False),
    banned=lambda _seconds: Said(429, gateway_page(429), HTML, tells_wait=False),
)


class _Wrong(NamedTuple):
    """One reason to turn a key away, as spot's v1 and as futures say it; v2 has one sentence for all."""

    v1_code: str
    v1_words: str
    futures_code: int
    futures_words: str

    def told_by(self, path: str, seen_ip: str) -> Refused:
        """The answer of a path."""
        if path.startswith("/v2/"):
            return Refused(200, _v2(1003, "invalid signature"))
        if path.startswith("/v1/"):
            return Refused(200, _v1(self.v1_code, self.v1_words.format(seen_ip=seen_ip)))
        return Refused(200, _futures(self.futures_code, self.futures_words))


def _not_valid(words: str, futures_code: int, futures_words: str) -> _Wrong:
    return _Wrong("api-signature-not-valid", f"Signature not valid: {words}", futures_code, futures_words)


_WRONG_TIME: Final = _not_valid(
    "Invalid submission time or incorrect time format [无效的提交时间，或时间格式错误]",  # noqa: RUF001 - as HTX has it
    12001,
    "Invalid submission time.",
)
_WRONG_KEY: Final = _not_valid("Incorrect Access key [Access key错误]", 12007, "Incorrect public key.")
_ENDED: Final = _not_valid("Incorrect Access key [Access key错误]", 12004, "Private key is expired.")
_WRONG_SIGNATURE: Final = _not_valid("Verification failure [校验失败]", 12008, "Verification failed.")
_WRONG_ADDRESS: Final = _not_valid("Incorrect IP address [IP地址错误]:{seen_ip}", 12005, "Incorrect IP address.")
_LOCKED: Final = _Wrong("login-required", "Login is required.", 12009, "The user is locked or doesn't exist.")


class _Asked(NamedTuple):
    account: Account
    form: Mapping[str, list[str]]
    now: float


def _uid(asked: _Asked) -> dict[str, Any]:
    return {"code": 200, "data": asked.account.uid}


def _key_info(asked: _Asked) -> dict[str, Any]:
    account = asked.account
    wanted = "".join(asked.form.get("accessKey", []))
    if asked.form.get("uid") != [str(account.uid)]:
        raise Refused(200, _v2(2002, "invalid field value in `uid`"))
    row = {
        "accessKey": account.api_key,
        "status": "normal",
        "note": account.name,
        "permission": ",".join(word for word, on in account.permissions.items() if on),
        "ipAddresses": ",".join(sorted(account.ips or ())),
        "validDays": _days_left(account, asked.now),
        "createTime": int(account.created_at * 1000),
        "updateTime": int(account.created_at * 1000),
    }
    return {"code": 200, "message": "success", "ok": True, "data": [row] if wanted in ("", account.api_key) else []}


def _days_left(account: Account, now: float) -> int:
    if account.expires_ms is not None:
        return math.ceil((account.expires_ms / 1000 - now) / _DAY)
    idle = account.ips is None and (account.permissions["trade"] or account.permissions["withdraw"])
    return _IDLE_DAYS if idle else -1


def _accounts(asked: _Asked) -> dict[str, Any]:
    row = {"id": asked.account.uid + 1, "type": "spot", "subtype": "", "state": "working"}
    return {"status": "ok", "data": [row]}


def _spot_balance(asked: _Asked) -> dict[str, Any]:
    coins = asked.account.balances["spot"].items()
    rows = [{"currency": coin, "type": "trade", "balance": amount, "seq-num": "0"} for coin, amount in coins]
    return {"status": "ok", "data": {"id": asked.account.uid + 1, "type": "spot", "state": "working", "list": rows}}


def _linear_balance(asked: _Asked) -> dict[str, Any]:
    coins = asked.account.balances["linear"].items()
    details = [{"currency": coin, "equity": amount, "available": amount} for coin, amount in coins]
    return {"code": 200, "message": "Success", "data": {"state": "normal", "details": details}}


def _inverse_balance(asked: _Asked) -> dict[str, Any]:
    coins = asked.account.balances["inverse"].items()
    rows = [{"symbol": coin, "contract_code": f"{coin}-USD", "margin_balance": float(amount)} for coin, amount in coins]
    return {"status": "ok", "data": rows}


_ANSWERS: Final[Mapping[tuple[str, str], Callable[[_Asked], dict[str, Any]]]] = {
    ("GET", "/v2/user/uid"): _uid,
    ("GET", "/v2/user/api-key"): _key_info,
    ("GET", "/v1/account/accounts"): _accounts,
    ("GET", "/v5/account/balance"): _linear_balance,
    ("POST", "/swap-api/v1/swap_account_info"): _inverse_balance,
}

RULES: Final = Rules(
    id="htx",
    title="HTX",
    key_style=KEY_STYLE,
    wording=WORDING,
    # What an address may ask of futures in public questions, for want of a figure for signed ones.
    weight_a_minute={"address": 4_800},
    counted_in={"address": 3},
    paths=frozenset(_ANSWERS),
    api_key_of=lambda _headers, query: "".join(parse_qs(query).get("AccessKeyId", [])),
)


class HtxSimulator(Venue):
    """The exchange."""

    def __init__(
        self, clock: Clock, events: Events, *, seed: int = 1, real_time: Callable[[], float] = time.time
    ) -> None:
        super().__init__(RULES, self._answer, clock, events, seed=seed, real_time=real_time)

    def _answer(self, request: Request, headers: dict[str, str]) -> bytes:  # noqa: ARG002 - it tells nothing there
        _, exceeded = self.limits.charge("address", 1, self.caller_ip)
        if exceeded is not None:
            raise Refused(429, gateway_page(429), HTML)
        if (request.method, request.path) == ("GET", "/v1/common/timestamp"):
            return orjson.dumps({"status": "ok", "data": self.now_ms()})
        answer = _ANSWERS.get((request.method, request.path))
        if request.method in READING and answer is None:
            answer = self._balance_of(request.path)
        account = self._recognise(request)
        if answer is None or not account.permissions["readOnly"]:
            raise Refused(200, _v1("api-not-permitted", "API key has no permission"))
        return orjson.dumps(answer(_Asked(account, parse_qs(request.query), self.clock.now())))

    def _balance_of(self, path: str) -> Callable[[_Asked], dict[str, Any]]:
        number = path.removeprefix("/v1/account/accounts/").removesuffix("/balance")
        if not number.isdecimal():
            raise Refused(404, gateway_page(404), HTML)

        def balance(asked: _Asked) -> dict[str, Any]:
            if int(number) != asked.account.uid + 1:
                raise Refused(200, _v1("account-get-accounts-inexistent-error", "account for id does not exist"))
            return _spot_balance(asked)

        return balance

    def _recognise(self, request: Request) -> Account:
        """The account a request is signed for.

        Raises:
            Refused: for whatever is wrong with the key, the time, the signature or the address.
        """
        form = {name: "".join(values) for name, values in parse_qs(request.query).items()}
        account = self.accounts.with_key(form.get("AccessKeyId", ""))
        wrong: _Wrong | None = None
        if account is None or account.revoked:
            wrong = _WRONG_KEY
        elif abs(_milliseconds(form.get("Timestamp", "")) - self.now_ms()) > _STALE_MS:
            wrong = _WRONG_TIME
        elif account.expires_ms is not None and account.expires_ms <= self.clock.now() * 1000:
            wrong = _ENDED
        elif not _signed(request, account.secret):
            wrong = _WRONG_SIGNATURE
        elif account.suspended:
            wrong = _LOCKED
        elif account.ips is not None and self.caller_ip not in account.ips:
            wrong = _WRONG_ADDRESS
        if account is None or wrong is not None:
            raise (wrong or _WRONG_KEY).told_by(request.path, self.caller_ip)
        return account


def _milliseconds(stamp: str) -> float:
    """Epoch milliseconds; of what is no time, one that is always stale."""
    try:
        return datetime.fromisoformat(stamp).replace(tzinfo=UTC).timestamp() * 1000
    except ValueError:
        return math.inf


def _signed(request: Request, secret: str) -> bool:
    """Whether the query was signed: its parameters in the order of the alphabet, encoded as they came."""
    parameters = request.query.split("&")
    signature = next((each for each in parameters if each.startswith("Signature=")), "Signature=")
    query = "&".join(sorted(each for each in parameters if each is not signature))
    host = _SPOT_HOST if request.path.startswith(("/v1/", "/v2/")) else _FUTURES_HOST
    payload = f"{request.method}\n{host}\n{request.path}\n{query}"
    expected = b64encode(hmac.digest(secret.encode(), payload.encode(), hashlib.sha256)).decode()
    return hmac.compare_digest(expected.encode(), unquote(signature.removeprefix("Signature=")).encode())
