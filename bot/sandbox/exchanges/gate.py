"""A simulated Gate: API v4, live and testnet, behind one origin.

Labels and sentences are those of the docs and of bodies that people have posted; statuses and the order of the checks
are not published. Live and testnet have hosts of their own in the world, so the environment is the key's own here.
"""

import hashlib
import hmac
import re
import time
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

import orjson

from bot.sandbox.exchanges.account import Account, Accounts, KeyStyle
from bot.sandbox.exchanges.faults import HTML, Said, Wording, gateway_page
from bot.sandbox.exchanges.simulator import Clock, Events
from bot.sandbox.exchanges.venue import Refused, Request, Rules, Venue

_WINDOW: Final = 60
"""Seconds by which a timestamp may differ, either way."""
_SHOWN: Final = 12
"""Characters of a key in the list of keys; stars stand for the rest."""
_NUMBER: Final = re.compile(r"[0-9]{1,12}")

# A product that is on may be written to, unless its second switch says "read only".
KEY_STYLE: Final = KeyStyle(
    switches={
        "account": True,
        "spot": True,
        "spot read only": False,
        "futures": True,
        "futures read only": False,
        "wallet": False,
        "withdrawal": False,
        "margin": False,
        "unified": False,
        "delivery": False,
        "options": False,
        "otc": False,
        "locked": False,
    },
    labels={
        "account": "Account: Read Only",
        "spot": "Spot/Margin: Read and Write",
        "spot read only": "Spot/Margin: Read Only",
        "futures": "Perpetual: Read and Write",
        "futures read only": "Perpetual: Read Only",
        "wallet": "Wallet: Read and Write",
        "withdrawal": "Withdrawal",
        "margin": "Margin: Read and Write",
        "unified": "Unified: Read and Write",
        "delivery": "Delivery: Read and Write",
        "options": "Options: Read and Write",
        "otc": "OTC: Read and Write",
        "locked": "Key locked by Gate",
    },
    opening_balances={"spot": {"USDT": "7000", "GT": "40"}, "usdt": {"USDT": "3000"}, "btc": {"BTC": "0.2"}},
    environments=("live", "testnet"),
    poses={
        "watch": {"spot read only": True, "futures read only": True},
        "withdraw": {"withdrawal": True},
        "transfer": {"wallet": True},
        "spot only": {"futures": False},
        "futures only": {"spot": False},
    },
    max_ips=20,
    characters="0123456789abcdef",
    key_length=32,
    secret_length=64,
)


def _body(label: str, words: str) -> bytes:
    return orjson.dumps({"label": label, "message": words})


def refusal(status: int, label: str, words: str) -> Refused:
    """The exchange says no: HTTP status, its label, and its sentence."""
    return Refused(status, _body(label, words))


WORDING: Final = Wording(
    server_error=_body("SERVER_ERROR", "Internal server error"),
    maintenance=Said(503, _body("TOO_BUSY", "System is busy, please try again later")),
    # No label of Gate's is known for it; what stands in front answers.
    restricted_location=Said(403, gateway_page(403), HTML),
    too_many_requests=Said(429, _body("TOO_MANY_REQUESTS", "Request rate limit exceeded"), tells_wait=False),
    banned=lambda _seconds: Said(429, gateway_page(429), HTML, tells_wait=False),
)


def _perms(account: Account) -> list[dict[str, Any]]:
    """As the key page lists them; only what is read and written has a second way."""
    on = account.permissions
    return [
        {"name": name, "read_only": name == "account" or on.get(f"{name} read only", False)}
        for name in on
        if on[name] and not name.endswith("read only") and name != "locked"
    ]


def _entry(account: Account) -> dict[str, Any]:
    return {
        "state": 2 if account.permissions["locked"] else 1,
        "mode": 1,
        "name": account.name,
        "user_id": account.uid,
        "perms": _perms(account),
        "ip_whitelist": sorted(account.ips or ()),
        "currency_pairs": [],
        "key": account.api_key[:_SHOWN] + "*****",
        "created_at": int(account.created_at),
        "update_at": int(account.created_at),
        "last_access": int(account.created_at),
    }


def _main_keys(account: Account, books: Accounts) -> Any:
    return [_entry(each) for each in books if each.holder is account.holder and not each.revoked]


def _detail(account: Account, _: Accounts) -> Any:
    return {
        "user_id": account.uid,
        "ip_whitelist": sorted(account.ips or ()),
        "currency_pairs": [],
        "key": {"mode": 1},
        "tier": 2,
        "copy_trading_role": 1,
    }


def _spot_accounts(account: Account, _: Accounts) -> Any:
    coins = account.balances.get("spot", {})
    return [{"currency": coin, "available": amount, "locked": "0"} for coin, amount in coins.items()]


def _futures_account(settle: str) -> Callable[[Account, Accounts], Any]:
    def answer(account: Account, _: Accounts) -> Any:
        coins = account.balances.get(settle)
        if not coins:
            raise refusal(400, "USER_NOT_FOUND", "please transfer funds first to create futures account")
        coin, amount = next(iter(coins.items()))
        return {"user": account.uid, "currency": coin, "total": amount, "available": amount, "in_dual_mode": False}

    return answer


class _Path(NamedTuple):
    """One path: the product whose right it needs, and what it answers."""

    product: str
    answer: Callable[[Account, Accounts], Any]


_MAIN_KEYS: Final = "/api/v4/account/main_keys"
_PATHS: Final[Mapping[str, _Path]] = {
    _MAIN_KEYS: _Path("account", _main_keys),
    "/api/v4/account/detail": _Path("account", _detail),
    "/api/v4/spot/accounts": _Path("spot", _spot_accounts),
    "/api/v4/futures/usdt/accounts": _Path("futures", _futures_account("usdt")),
    "/api/v4/futures/btc/accounts": _Path("futures", _futures_account("btc")),
}

RULES: Final = Rules(
    id="gate",
    title="Gate",
    key_style=KEY_STYLE,
    wording=WORDING,
    weight_a_minute={"address": 1_200},
    counted_in={"address": 10},
    paths=frozenset(("GET", path) for path in _PATHS),
    api_key_of=lambda headers, _query: headers.get("KEY", ""),
)


class GateSimulator(Venue):
    """The exchange.

    Attributes:
        lists_keys: whether ``main_keys`` is a list, as in the example of Gate's documents, or one object, as in their
            schema.
        names_address: whether an address off the list is ``FORBIDDEN`` and named, as people have seen, or
            ``IP_FORBIDDEN`` as documented.
        testnet_has_keys: whether the testnet serves ``main_keys``; that is not documented.
        for_main_accounts: whether ``main_keys`` is refused to every key, as it may be to a sub-account's.
    """

    def __init__(
        self, clock: Clock, events: Events, *, seed: int = 1, real_time: Callable[[], float] = time.time
    ) -> None:
        super().__init__(RULES, self._answer, clock, events, seed=seed, real_time=real_time)
        self.lists_keys = True
        self.names_address = True
        self.testnet_has_keys = True
        self.for_main_accounts = False

    def _answer(self, request: Request, headers: dict[str, str]) -> bytes:
        _, exceeded = self.limits.charge("address", 1, self.caller_ip)
        if exceeded is not None:
            # Its code for too much is said of one account's; what is before it has none.
            raise Refused(429, gateway_page(429), HTML)
        headers["X-Gate-RateLimit-Limit"] = "150"
        if request.method == "GET" and request.path == "/api/v4/spot/time":
            return orjson.dumps({"server_time": self.now_ms()})
        path = _PATHS.get(request.path)
        if request.method == "GET" and path is None:
            raise refusal(404, "NOT_FOUND", "The requested URL does not exist")
        account = self._recognise(request)
        if path is None or request.method != "GET":
            raise refusal(403, "FORBIDDEN", "Account has no permission to request operation")
        self._check_rights(account, request.path, path.product)
        answer = path.answer(account, self.accounts)
        if request.path == _MAIN_KEYS and not self.lists_keys:
            answer = _entry(account) | {"key": {"mode": 1}}
        return orjson.dumps(answer)

    def _check_rights(self, account: Account, path: str, product: str) -> None:
        if path == _MAIN_KEYS and account.environment == "testnet" and not self.testnet_has_keys:
            raise refusal(404, "NOT_FOUND", "The requested URL does not exist")
        refused = path == _MAIN_KEYS and self.for_main_accounts
        if refused or not (account.permissions[product] or (account.permissions["unified"] and product != "account")):
            raise refusal(403, "FORBIDDEN", "Account has no permission to request operation")

    def _recognise(self, request: Request) -> Account:
        """The account a request is signed for.

        Raises:
            Refused: for whatever is wrong with the key, the time, the signature or the address.
        """
        sent = request.headers
        for name in ("KEY", "SIGN", "Timestamp"):
            if not sent.get(name):
                raise refusal(401, "MISSING_REQUIRED_HEADER", f"Missing required header: {name}")
        stamp = sent["Timestamp"]
        if not _NUMBER.fullmatch(stamp) or abs(int(stamp) - self.now_ms() / 1000) > _WINDOW:
            raise refusal(403, "REQUEST_EXPIRED", "gap between request Timestamp and server time exceeds 60")
        account = self.accounts.with_key(sent["KEY"])
        if account is None or account.revoked:
            raise refusal(401, "INVALID_KEY", "Invalid key provided")
        digest = hashlib.sha512(request.body.encode()).hexdigest()
        payload = f"{request.method}\n{request.path}\n{request.query}\n{digest}\n{stamp}"
        expected = hmac.digest(account.secret.encode(), payload.encode(), hashlib.sha512).hex()
        if not hmac.compare_digest(expected.encode(), sent["SIGN"].encode()):
            raise refusal(401, "INVALID_SIGNATURE", "Signature mismatch")
        if account.suspended:
            raise refusal(403, "ACCOUNT_LOCKED", "Account is locked")
        if account.ips is not None and self.caller_ip not in account.ips:
            if self.names_address:
                raise refusal(403, "FORBIDDEN", f"Request IP not in whitelist: {self.caller_ip}")
            raise refusal(403, "IP_FORBIDDEN", "Request IP not in whitelist")
        return account
