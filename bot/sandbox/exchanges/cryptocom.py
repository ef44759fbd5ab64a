"""A simulated Crypto.com Exchange: API v1, live and UAT, behind one origin.

Codes, statuses and message codes are those of the docs ("Response and Reason Codes"); the order of the checks is not
published, nor what is said for want of the right to read, nor to a sub-account's key that asks for accounts. Live and
UAT have hosts of their own in the world, so the environment is the key's own here.
"""

import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Final

import orjson

from bot.sandbox.exchanges.account import Account, KeyStyle
from bot.sandbox.exchanges.faults import HTML, Said, Wording, gateway_page
from bot.sandbox.exchanges.signature import signed_with_secret
from bot.sandbox.exchanges.simulator import Clock, Events
from bot.sandbox.exchanges.venue import Refused, Request, Rules, Venue

_WINDOW_MS: Final = 60_000
"""By how much a time may differ, either way."""
_ROOT: Final = "/exchange/v1/"

KEY_STYLE: Final = KeyStyle(
    # "derivatives" belongs to the account and is no box of the key page.
    switches={"read": True, "trade": True, "withdraw": False, "derivatives": True},
    labels={
        "read": "Can Read",
        "trade": "Enable Trading",
        "withdraw": "Enable Withdrawal",
        "derivatives": "Account: derivatives",
    },
    opening_balances={"unified": {"USD": "3100.50", "CRO": "24000"}},
    environments=("live", "testnet"),
    poses={
        "watch": {"trade": False},
        "withdraw": {"withdraw": True},
        "spot only": {"derivatives": False},
    },
    max_ips=20,
    key_length=22,
    secret_form="cxakp_{}".format,
)


def _body(code: int, words: str) -> bytes:
    return orjson.dumps({"id": -1, "method": "ERROR", "code": code, "message": words})


def refusal(status: int, code: int, words: str) -> Refused:
    """The exchange says no: HTTP status, its code, and its word."""
    return Refused(status, _body(code, words))


WORDING: Final = Wording(
    server_error=_body(50001, "ERR_INTERNAL"),
    maintenance=Said(503, _body(9010001, "SYSTEM_MAINTENANCE")),
    # No code of Crypto.com's is known for it; what stands in front answers.
    restricted_location=Said(403, gateway_page(403), HTML),
    too_many_requests=Said(429, _body(42901, "TOO_MANY_REQUESTS"), tells_wait=False),
    banned=lambda _seconds: Said(429, gateway_page(429), HTML, tells_wait=False),
)


def _balance(account: Account) -> Any:
    coins = account.balances["unified"].items()
    positions = [{"instrument_name": coin, "quantity": amount, "reserved_qty": "0"} for coin, amount in coins]
    return {"data": [{"instrument_name": "USD", "is_liquidating": False, "position_balances": positions}]}


def _accounts(account: Account) -> Any:
    own = str(uuid.UUID(int=account.uid))
    master = {
        "uuid": own,
        "master_account_uuid": own,
        "enabled": True,
        "tradable": True,
        "name": "A Person",
        "email": "person@example.org",
        "margin_access": "DEFAULT",
        "derivatives_access": "DEFAULT" if account.permissions["derivatives"] else "DISABLED",
        "two_fa_enabled": True,
        "kyc_level": "ADVANCED",
        "suspended": False,
        "terminated": False,
    }
    return {"master_account": master, "sub_account_list": []}


_ANSWERS: Final[Mapping[str, Callable[[Account], Any]]] = {
    "private/user-balance": _balance,
    "private/get-accounts": _accounts,
}
_TICKERS: Final = "public/get-tickers"


def _parsed(body: str) -> Mapping[str, Any]:
    try:
        sent = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return sent if isinstance(sent, dict) else {}


RULES: Final = Rules(
    id="cryptocom",
    title="Crypto.com",
    key_style=KEY_STYLE,
    wording=WORDING,
    # What one path of public questions allows an address; for signed ones none is documented.
    weight_a_minute={"address": 6_000},
    counted_in={"address": 1},
    paths=frozenset(("POST", f"{_ROOT}{method}") for method in _ANSWERS),
    api_key_of=lambda _headers, _query: "",
    api_key_in=lambda body: str(_parsed(body).get("api_key", "")),
)


class CryptocomSimulator(Venue):
    """The exchange.

    Attributes:
        ticker_age: seconds since the newest ticker was published; sandboxes are quiet.
    """

    def __init__(
        self, clock: Clock, events: Events, *, seed: int = 1, real_time: Callable[[], float] = time.time
    ) -> None:
        super().__init__(RULES, self._answer, clock, events, seed=seed, real_time=real_time)
        self.ticker_age = 0.0

    def _answer(self, request: Request, headers: dict[str, str]) -> bytes:  # noqa: ARG002 - it tells nothing there
        _, exceeded = self.limits.charge("address", 1, self.caller_ip)
        if exceeded is not None:
            raise Refused(429, gateway_page(429), HTML)
        method = request.path.removeprefix(_ROOT)
        if request.method == "GET" and request.path == f"{_ROOT}{_TICKERS}":
            return _said(-1, _TICKERS, {"data": self._tickers()})
        if request.method == "GET":
            raise Refused(404, gateway_page(404), HTML)
        sent = _parsed(request.body)
        account = self._recognise(method, sent)
        answer = _ANSWERS.get(method) if request.path.startswith(_ROOT) else None
        if answer is None or not account.permissions["read"]:
            raise refusal(401, 40101, "UNAUTHORIZED")
        return _said(sent.get("id"), method, answer(account))

    def _tickers(self) -> list[dict[str, Any]]:
        newest = self.now_ms() - int(self.ticker_age * 1000)
        return [{"i": "CRO_USD", "a": "0.19", "t": newest - 7_200_000}, {"i": "BTCUSD-PERP", "a": "91000", "t": newest}]

    def _recognise(self, method: str, sent: Mapping[str, Any]) -> Account:
        """The account a request is signed for.

        Raises:
            Refused: for whatever is wrong with the key, the time, the signature or the address.
        """
        if sent.get("method") != method or not isinstance(sent.get("params"), dict):
            raise refusal(400, 40003, "INVALID_REQUEST")
        number, key, nonce = (str(sent.get(name, "")) for name in ("id", "api_key", "nonce"))
        if not nonce.isdecimal() or abs(int(nonce) - self.now_ms()) > _WINDOW_MS:
            raise refusal(400, 40102, "INVALID_NONCE")
        account = self.accounts.with_key(key)
        if account is None or account.revoked:
            raise refusal(401, 40101, "UNAUTHORIZED")
        payload = f"{method}{number}{key}{_strung(sent['params'])}{nonce}"
        if not signed_with_secret(payload.encode(), str(sent.get("sig", "")), account.secret):
            raise refusal(401, 40101, "UNAUTHORIZED")
        if account.ips is not None and self.caller_ip not in account.ips:
            raise refusal(401, 40103, "IP_ILLEGAL")
        if account.suspended:
            raise refusal(400, 202, "ACCOUNT_IS_SUSPENDED")
        return account


def _said(number: Any, method: str, result: Any) -> bytes:
    return orjson.dumps({"id": number, "method": method, "code": 0, "result": result})


def _strung(value: Any) -> str:
    """Parameters as the signature has them: keys in the order of the alphabet, each with its value behind it."""
    if isinstance(value, dict):
        return "".join(f"{name}{_strung(value[name])}" for name in sorted(value))
    if isinstance(value, list):
        return "".join(map(_strung, value))
    return str(value)
