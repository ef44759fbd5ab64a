"""A simulated Kraken Futures: the part of its API that reads, live and demo, behind one origin.

Live and demo have different hosts in the world and one origin here, so the environment is the key's own. Errors are
from docs.kraken.com and are mostly status 200; the order of the checks is not published. What it says to an address
that is not on a key's list, and whether demo has the check of a key, is documented nowhere: here it says what it says
to a stranger, and ``checks_demo_keys`` is off.
"""

import base64
import hashlib
import hmac
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import orjson

from bot.sandbox.exchanges.account import Account, KeyStyle
from bot.sandbox.exchanges.faults import HTML, Said, Wording, gateway_page
from bot.sandbox.exchanges.kraken import base64_of
from bot.sandbox.exchanges.simulator import Clock, Events
from bot.sandbox.exchanges.venue import Refused, Request, Rules, Venue

CHECK: Final = "/api/auth/v1/api-keys/v3/check"
ACCOUNTS: Final = "/derivatives/api/v3/accounts"
TICKER: Final = "/derivatives/api/v3/tickers/PF_XBTUSD"

READ: Final = "general_read"
FULL: Final = "general_full"
WITHDRAWAL: Final = "withdrawal_full"

KEY_STYLE: Final = KeyStyle(
    # Two choices on the key page; Full Access takes in Read Only.
    switches={READ: True, FULL: True, WITHDRAWAL: False},
    labels={
        READ: "General API: Read Only",
        FULL: "General API: Full Access",
        WITHDRAWAL: "Withdrawal API: Full Access",
    },
    opening_balances={"cash": {"usd": "6000.0", "xbt": "0.12"}},
    environments=("live", "demo"),
    poses={
        "watch": {FULL: False},
        "withdraw": {WITHDRAWAL: True},
        "transfer": {WITHDRAWAL: True},
    },
    max_ips=32,
    key_length=56,
    key_form=base64_of(42),
    secret_form=base64_of(64),
)

_COST_A_MINUTE: Final = 500 * 6
_COST_OF_ACCOUNTS: Final = 2


def _moment(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _error(code: str) -> bytes:
    return orjson.dumps({"result": "error", "serverTime": _moment(int(time.time() * 1000)), "error": code})


WORDING: Final = Wording(
    server_error=_error("Unavailable"),
    maintenance=Said(503, _error("Unavailable")),
    # It has no words for it: the content network before it turns people away.
    restricted_location=Said(403, gateway_page(403), HTML),
    too_many_requests=Said(200, _error("apiLimitExceeded"), tells_wait=False),
    banned=lambda _seconds: Said(429, _error("apiLimitExceeded"), tells_wait=False),
)


def _level(account: Account) -> str:
    if account.permissions[FULL]:
        return "FULL_ACCESS"
    return "READ_ONLY" if account.permissions[READ] else "NO_ACCESS"


def _check(account: Account, _: int) -> dict[str, Any]:
    blocks = [f"{ip}/128" if ":" in ip else f"{ip}/32" for ip in sorted(account.ips or ())]
    return {
        "apiKey": account.api_key,
        "accountUid": str(UUID(int=account.uid)),
        "iiban": f"AA{account.uid % 100:02} N84G {account.uid // 100 % 10_000:04} {account.uid // 1_000_000:04}",
        "createdAt": _moment(int(account.created_at * 1000)),
        "permissions": {
            "general": _level(account),
            "transfer": "FULL_ACCESS" if account.permissions[WITHDRAWAL] else "NO_ACCESS",
        },
        "allowedCidrBlock": blocks[0] if blocks else None,
        "allowedCidrBlocks": blocks,
    }


def _accounts(account: Account, now_ms: int) -> dict[str, Any]:
    if account.suspended:
        raise Refused(200, _error("accountInactive"))
    if _level(account) == "NO_ACCESS":
        raise Refused(403, _error("permissionDenied"))
    cash = {"type": "cashAccount", "balances": account.balances.get("cash", {})}
    return {"result": "success", "serverTime": _moment(now_ms), "accounts": {"cash": cash}}


_ANSWERS: Final[Mapping[str, Callable[[Account, int], dict[str, Any]]]] = {CHECK: _check, ACCOUNTS: _accounts}

RULES: Final = Rules(
    id="krakenfutures",
    title="Kraken Futures",
    key_style=KEY_STYLE,
    wording=WORDING,
    weight_a_minute={"derivatives": _COST_A_MINUTE},
    counted_in={"derivatives": 10},
    paths=frozenset(("GET", path) for path in (*_ANSWERS, TICKER)),
    api_key_of=lambda headers, _query: headers.get("APIKey", ""),
)


class KrakenFuturesSimulator(Venue):
    """The exchange.

    Attributes:
        checks_demo_keys: whether demo has the check of a key.
    """

    def __init__(
        self, clock: Clock, events: Events, *, seed: int = 1, real_time: Callable[[], float] = time.time
    ) -> None:
        super().__init__(RULES, self._answer, clock, events, seed=seed, real_time=real_time)
        self.checks_demo_keys = False

    def _answer(self, request: Request, headers: dict[str, str]) -> bytes:  # noqa: ARG002 - it adds none
        now_ms = self.now_ms()
        if (request.method, request.path) == ("GET", TICKER):
            ticker = {"symbol": "PF_XBTUSD", "last": 64_000.0, "suspended": False}
            return orjson.dumps({"result": "success", "serverTime": _moment(now_ms), "ticker": ticker})
        answer = _ANSWERS.get(request.path)
        if request.method == "GET" and answer is None:
            raise Refused(404, gateway_page(404), HTML)
        if request.path == ACCOUNTS:
            _, exceeded = self.limits.charge("derivatives", _COST_OF_ACCOUNTS, self.caller_ip)
            if exceeded is not None:
                raise Refused(exceeded.status, _error("apiLimitExceeded"))
        account = self._recognise(request)
        if answer is None:
            raise Refused(403, _error("permissionDenied"))
        return orjson.dumps(answer(account, now_ms))

    def _recognise(self, request: Request) -> Account:
        """The account a request is signed for.

        Raises:
            Refused: for whatever is wrong with the key, the signature or the address; it does not say which.
        """
        stranger = Refused(401, b'{"error":"UNAUTHORIZED"}')
        if request.path != CHECK:
            stranger = Refused(200, _error("authenticationError"))
        account = self.accounts.with_key(request.headers.get("APIKey", ""))
        if not self._has(request.path, account):
            raise Refused(404, gateway_page(404), HTML)
        if account is None or account.revoked or not _signed(request, account.secret):
            raise stranger
        if account.ips is not None and self.caller_ip not in account.ips:
            raise stranger
        return account

    def _has(self, path: str, account: Account | None) -> bool:
        """Whether a path exists where an account is."""
        return path != CHECK or account is None or account.environment == "live" or self.checks_demo_keys


def _signed(request: Request, secret: str) -> bool:
    """HMAC-SHA512 over the SHA-256 of data, nonce and path, by the decoded secret (docs, "Futures REST").

    The path is signed without ``/derivatives``.
    """
    nonce = request.headers.get("Nonce", "")
    path = request.path.removeprefix("/derivatives")
    digest = hashlib.sha256(f"{request.query}{request.body}{nonce}{path}".encode()).digest()
    expected = base64.b64encode(hmac.digest(base64.b64decode(secret), digest, hashlib.sha512))
    return hmac.compare_digest(expected, request.headers.get("Authent", "").encode())
