"""A simulated Phemex: spot and perpetuals, live and testnet, behind one origin.

Codes and sentences are from the documents ("Error codes"), from the comments in ccxt and from bodies that people have
posted; the order of the checks is not published, nor what reading says to the holder of a banned account, nor how an
address that asked too much is turned away. Live and testnet have hosts of their own in the world, so the environment is
the key's own here.
"""

import re
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

import orjson

from bot.sandbox.exchanges.account import Account, KeyStyle
from bot.sandbox.exchanges.faults import HTML, Said, Wording, gateway_page
from bot.sandbox.exchanges.signature import signed_with_secret
from bot.sandbox.exchanges.simulator import Clock, Events
from bot.sandbox.exchanges.venue import Refused, Request, Rules, Venue

_NUMBER: Final = re.compile(r"[0-9]{1,12}")
_WINDOW: Final = 300.0
"""Seconds in which an address has its requests, and for which one that had more is shut out."""


def _as_uuid(characters: str) -> str:
    """Key and secret have the same alphabet here, so the dashes and the digits of a UUID are made of it."""
    digits = "".join(f"{ord(each) % 16:x}" for each in characters)
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


KEY_STYLE: Final = KeyStyle(
    # The key page has one choice of three; each takes the one before in.
    switches={"read": True, "trade": True, "withdraw": False},
    labels={"read": "Read", "trade": "Read & Trade", "withdraw": "Read & Trade & Withdraw"},
    opening_balances={"spot": {"USDT": "250000000000"}, "USDT": {"USDT": "4100.5"}, "BTC": {"BTC": "30000000"}},
    environments=("live", "testnet"),
    poses={"watch": {"trade": False}, "withdraw": {"withdraw": True}},
    max_ips=20,
    characters="ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
    key_length=32,
    key_form=_as_uuid,
    secret_length=86,
)


def _body(code: int | str, words: str, data: Any = None) -> bytes:
    return orjson.dumps({"code": code, "msg": words, "data": data})


def refusal(status: int, code: int | str, words: str) -> Refused:
    """The exchange says no: HTTP status, its code, and its sentence."""
    return Refused(status, orjson.dumps({"code": code, "msg": words}))


_SHUT_OUT: Final = Said(429, gateway_page(429), HTML, tells_wait=False)

WORDING: Final = Wording(
    server_error=_body(10500, "Internal server error"),
    # No code of Phemex's is known for these two; what stands in front answers.
    maintenance=Said(503, gateway_page(503), HTML),
    restricted_location=Said(403, gateway_page(403), HTML),
    too_many_requests=Said(429, orjson.dumps({"code": "39995", "msg": "Too many requests."}), tells_wait=False),
    banned=lambda _seconds: _SHUT_OUT,
)


def _wallets(account: Account) -> Any:
    coins = account.balances["spot"].items()
    return [
        {"currency": coin, "balanceEv": int(amount), "lockedTradingBalanceEv": 0, "lockedWithdrawEv": 0}
        for coin, amount in coins
    ]


def _contracts(currency: str, suffix: str) -> Callable[[Account], Any]:
    def answer(account: Account) -> Any:
        amount = account.balances[currency][currency]
        return {
            "account": {
                "userID": account.uid,
                "accountId": account.uid * 10_000 + (3 if suffix == "Rv" else 1),
                "currency": currency,
                f"accountBalance{suffix}": amount if suffix == "Rv" else int(amount),
                f"totalUsedBalance{suffix}": "0" if suffix == "Rv" else 0,
            },
            "positions": [],
        }

    return answer


_ANSWERS: Final[Mapping[tuple[str, str], Callable[[Account], Any]]] = {
    ("/spot/wallets", ""): _wallets,
    ("/g-accounts/accountPositions", "currency=USDT"): _contracts("USDT", "Rv"),
    ("/accounts/accountPositions", "currency=BTC"): _contracts("BTC", "Ev"),
}
"""By path and query."""
_PATHS: Final = frozenset(path for path, _ in _ANSWERS)
_TIME: Final = "/public/time"

RULES: Final = Rules(
    id="phemex",
    title="Phemex",
    key_style=KEY_STYLE,
    wording=WORDING,
    weight_a_minute={"address": 1_000},
    paths=frozenset(("GET", path) for path in _PATHS),
    api_key_of=lambda headers, _query: headers.get("x-phemex-access-token", ""),
)


class PhemexSimulator(Venue):
    """The exchange.

    Attributes:
        capacity: requests that an address has in five minutes, while limits are enforced; one more, and it is shut out
            for the next five.
        testnet_tells_time: whether the testnet serves ``/public/time``; that is not documented. Here, where both share
            an origin, nobody does while it is False.
    """

    def __init__(
        self, clock: Clock, events: Events, *, seed: int = 1, real_time: Callable[[], float] = time.time
    ) -> None:
        super().__init__(RULES, self._answer, clock, events, seed=seed, real_time=real_time)
        self.capacity = 5_000
        self.testnet_tells_time = True
        self._asked: dict[tuple[str, int], int] = {}
        self._shut_until: dict[str, float] = {}

    def _answer(self, request: Request, headers: dict[str, str]) -> bytes:
        self._count()
        headers["x-ratelimit-capacity"] = "100"
        if (request.method, request.path) == ("GET", _TIME):
            if not self.testnet_tells_time:
                raise Refused(404, gateway_page(404), HTML)
            return _body(0, "", {"serverTime": self.now_ms()})
        if request.method == "GET" and request.path not in _PATHS:
            raise Refused(404, gateway_page(404), HTML)
        account = self._recognise(request)
        if request.method != "GET" or not account.permissions["read"]:
            raise refusal(401, "401", "401 Insufficient privilege.")
        answer = _ANSWERS.get((request.path, request.query))
        if answer is None:
            raise refusal(200, 10500, "Missing required parameter")
        return _body(0, "", answer(account))

    def _count(self) -> None:
        """Raises ``Refused`` for an address that asked too much."""
        now, address = self.clock.now(), self.caller_ip
        self.limits.charge("address", 1, address)
        window = (address, int(now // _WINDOW))
        self._asked[window] = self._asked.get(window, 0) + 1
        if not self.enforce_limits:
            return
        if self._asked[window] > self.capacity and now >= self._shut_until.get(address, 0.0):
            self._shut_until[address] = now + _WINDOW
        if now < self._shut_until.get(address, 0.0):
            raise Refused(_SHUT_OUT.status, _SHUT_OUT.body, _SHUT_OUT.content_type)

    def _recognise(self, request: Request) -> Account:
        """The account a request is signed for.

        Raises:
            Refused: for whatever is wrong with the key, the time, the signature or the address.
        """
        sent = request.headers
        account = self.accounts.with_key(sent.get("x-phemex-access-token", ""))
        if account is None or account.revoked:
            raise refusal(401, "401", "401 Failed to load API KEY.")
        ends = sent.get("x-phemex-request-expiry", "")
        if not _NUMBER.fullmatch(ends) or int(ends) * 1000 < self.now_ms():
            raise refusal(401, "401", f"401 Request Expired at {ends}")
        payload = f"{request.path}{request.query}{ends}{request.body}"
        if not signed_with_secret(payload.encode(), sent.get("x-phemex-request-signature", ""), account.secret):
            raise refusal(200, 10500, "API Signature verification failed.")
        if account.ips is not None and self.caller_ip not in account.ips:
            raise refusal(401, "401", "401 Request IP mismatch.")
        if account.suspended:
            raise refusal(200, 11022, "TE_REJECT_DUE_TO_BANNED")
        return account
