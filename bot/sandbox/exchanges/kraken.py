"""A simulated Kraken: the signed part of its spot REST API that reads, live only.

Every answer has status 200, errors too, as in the world. Sentences are from docs.kraken.com ("Error messages"); the
order of its checks is not published. What it says to an address that is not on a key's list is documented nowhere: so
``refuses_addresses_with`` is a guess, and tests change it.
"""

import base64
import hashlib
import hmac
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson

from bot.sandbox.exchanges.account import Account, KeyStyle
from bot.sandbox.exchanges.faults import HTML, Said, Wording, gateway_page
from bot.sandbox.exchanges.simulator import Clock, Events
from bot.sandbox.exchanges.venue import Refused, Request, Rules, Venue

READ: Final = "query-funds"
TRADE: Final = "modify-trades"
_NONCE: Final = re.compile(r"[1-9][0-9]{0,18}\Z")


def base64_of(size: int) -> Callable[[str], str]:
    """Writes so many bytes, drawn from a word, as Kraken writes its keys."""
    return lambda word: base64.b64encode(hashlib.sha512(word.encode()).digest()[:size]).decode()


KEY_STYLE: Final = KeyStyle(
    switches={
        READ: True,
        "add-funds": False,
        "withdraw-funds": False,
        "earn-funds": False,
        "query-open-trades": True,
        "query-closed-trades": True,
        TRADE: True,
        "close-trades": True,
        "query-ledger": False,
        "export-data": False,
        "create-ws-token": False,
        "add-withdraw-address": False,
        "update-withdraw-address": False,
    },
    labels={
        READ: "Funds: Query",
        "add-funds": "Funds: Deposit",
        "withdraw-funds": "Funds: Withdraw",
        "earn-funds": "Funds: Earn",
        "query-open-trades": "Query open orders & trades",
        "query-closed-trades": "Query closed orders & trades",
        TRADE: "Create & modify orders",
        "close-trades": "Cancel & close orders",
        "query-ledger": "Query ledger entries",
        "export-data": "Export data",
        "create-ws-token": "WebSocket interface",
        "add-withdraw-address": "Add withdrawal addresses",
        "update-withdraw-address": "Update withdrawal addresses",
    },
    opening_balances={"spot": {"ZUSD": "8000.0000", "XXBT": "0.3100000000"}},
    environments=("live",),
    poses={
        "watch": {TRADE: False, "close-trades": False},
        "withdraw": {"withdraw-funds": True},
    },
    ends=True,
    max_ips=32,
    key_length=56,
    key_form=base64_of(42),
    secret_form=base64_of(64),
)


def _body(*errors: str, result: Any = None) -> bytes:
    return orjson.dumps({"error": errors} if errors else {"error": [], "result": result})


def refusal(error: str) -> Refused:
    """The exchange says no."""
    return Refused(200, _body(error))


WORDING: Final = Wording(
    server_error=_body("EGeneral:Internal error"),
    maintenance=Said(200, _body("EService:Market in cancel_only mode")),
    # It has no words for it: the content network before it turns people away.
    restricted_location=Said(403, gateway_page(403), HTML),
    too_many_requests=Said(200, _body("EGeneral:Too many requests"), tells_wait=False),
    banned=lambda _seconds: Said(200, _body("EGeneral:Temporary lockout"), tells_wait=False),
)


def _key_info(account: Account) -> dict[str, Any]:
    ends = account.expires_ms
    created = str(int(account.created_at))
    return {
        "apiKeyName": account.name,
        "apiKey": account.api_key,
        "nonce": str(int(account.created_at * 1000)),
        "nonceWindow": 0,
        "permissions": [right for right, on in account.permissions.items() if on],
        "iban": f"AA{account.uid % 100:02} N84G {account.uid // 100 % 10_000:04} {account.uid // 1_000_000:04}",
        "validUntil": "0" if ends is None else str(ends // 1000),
        "queryFrom": "0",
        "queryTo": "0",
        "createdTime": created,
        "modifiedTime": created,
        "ipAllowlist": [] if account.ips is None else sorted(account.ips),
        "lastUsed": created,
    }


def _balance(account: Account) -> dict[str, Any]:
    if not account.permissions[READ]:
        raise refusal("EGeneral:Permission denied")
    return dict(account.balances.get("spot", {}))


_ANSWERS: Final[Mapping[str, Callable[[Account], dict[str, Any]]]] = {
    "/0/private/GetApiKeyInfo": _key_info,
    "/0/private/Balance": _balance,
}

RULES: Final = Rules(
    id="kraken",
    title="Kraken",
    key_style=KEY_STYLE,
    wording=WORDING,
    weight_a_minute={"private": 1_500, "public": 60},
    counted_in={"public": 1},
    paths=frozenset(("POST", path) for path in _ANSWERS),
    api_key_of=lambda headers, _query: headers.get("API-Key", ""),
)


@dataclass(slots=True)
class Counter:
    """What one key has spent: each call adds 1, and the seconds take it away again (docs, "Spot REST Rate Limits")."""

    most: float = 15.0
    regained_a_second: float = 0.33
    used: float = 0.0
    at: float = 0.0

    def spend(self, now: float) -> bool:
        """Whether one more call is allowed at an instant, in epoch seconds."""
        self.used = max(0.0, self.used - (now - self.at) * self.regained_a_second)
        self.at = now
        if self.used + 1 > self.most:
            return False
        self.used += 1
        return True


class KrakenSimulator(Venue):
    """The exchange.

    Attributes:
        refuses_addresses_with: the error for an address that is not on a key's list.
        nonces: the last nonce that each key was used with, by API key.
    """

    BAD_KEYS_FORGIVEN: Final = 10
    """How many unknown keys an address may show in a row; the real number is not published."""
    LOCKOUT_SECONDS: Final = 900

    def __init__(
        self, clock: Clock, events: Events, *, seed: int = 1, real_time: Callable[[], float] = time.time
    ) -> None:
        super().__init__(RULES, self._answer, clock, events, seed=seed, real_time=real_time)
        self.refuses_addresses_with = "EGeneral:Permission denied"
        self.nonces: dict[str, int] = {}
        self._counters: dict[str, Counter] = {}
        self._bad_keys = 0
        self._locked_until = 0.0

    def _answer(self, request: Request, headers: dict[str, str]) -> bytes:  # noqa: ARG002 - it adds none
        family = "public" if request.path.startswith("/0/public/") else "private"
        if self.limits.charge(family, 1, self.caller_ip)[1] is not None:
            raise refusal("EGeneral:Too many requests")
        if request.path == "/0/public/Time":
            seconds = self.now_ms() // 1000
            rfc1123 = time.strftime("%a, %d %b %y %H:%M:%S +0000", time.gmtime(seconds))
            return _body(result={"unixtime": seconds, "rfc1123": rfc1123})
        if request.method != "POST" or family == "public":
            raise refusal("EGeneral:Unknown method")
        account = self._recognise(request)
        answer = _ANSWERS.get(request.path)
        if answer is None:
            raise refusal("EGeneral:Permission denied")
        return _body(result=answer(account))

    def _recognise(self, request: Request) -> Account:
        """The account a request is signed for.

        Raises:
            Refused: for whatever is wrong with the key, the signature, the nonce or the address.
        """
        now = self.clock.now()
        key = request.headers.get("API-Key", "")
        account = self.accounts.with_key(key)
        if self.enforce_limits and now < self._locked_until:
            raise refusal("EGeneral:Temporary lockout")
        if account is None or account.revoked or _ended(account, now):
            raise self._stranger(now)
        self._bad_keys = 0
        nonce = dict(parse_qsl(request.body)).get("nonce", "")
        if not _signed(request, nonce, account.secret):
            raise refusal("EAPI:Invalid signature")
        if not _NONCE.match(nonce) or int(nonce) <= self.nonces.get(key, 0):
            raise refusal("EAPI:Invalid nonce")
        self.nonces[key] = int(nonce)
        if account.suspended:
            raise refusal("ETrade:User Locked")
        if account.ips is not None and self.caller_ip not in account.ips:
            raise refusal(self.refuses_addresses_with)
        if not self._counters.setdefault(key, Counter()).spend(now) and self.enforce_limits:
            raise refusal("EAPI:Rate limit exceeded")
        return account

    def _stranger(self, now: float) -> Refused:
        self._bad_keys += 1
        if self._bad_keys > self.BAD_KEYS_FORGIVEN:
            self._bad_keys = 0
            self._locked_until = now + self.LOCKOUT_SECONDS
        return refusal("EAPI:Invalid key")


def _ended(account: Account, now: float) -> bool:
    return account.expires_ms is not None and account.expires_ms <= now * 1000


def _signed(request: Request, nonce: str, secret: str) -> bool:
    """HMAC-SHA512 over the path and the SHA-256 of nonce and body, by the decoded secret ("Authentication")."""
    digest = hashlib.sha256((nonce + request.body).encode()).digest()
    expected = hmac.digest(base64.b64decode(secret), request.path.encode() + digest, hashlib.sha512)
    return hmac.compare_digest(base64.b64encode(expected), request.headers.get("API-Sign", "").encode())
