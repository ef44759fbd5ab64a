"""A simulated Gemini: the part of its REST API that reads, live and sandbox, behind one origin.

The two have different hosts in the world and one origin here, so the environment is the key's own. Statuses and reasons
are those of docs.gemini.com ("Error Codes"); sentences are as seen in public reports, or ours where none was seen; the
order of the checks is not published. No endpoint tells the time: the header ``Date`` does.
"""

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from email.utils import formatdate
from typing import Any, Final

import orjson

from bot.sandbox.exchanges.account import Account, KeyStyle
from bot.sandbox.exchanges.faults import HTML, Said, Wording, gateway_page
from bot.sandbox.exchanges.simulator import Clock, Events
from bot.sandbox.exchanges.venue import Refused, Request, Rules, Venue

ROLES: Final = "/v1/roles"
ACCOUNT: Final = "/v1/account"
BALANCES: Final = "/v1/balances"
TICKER: Final = "/v1/pubticker/btcusd"

TRADING: Final = "trading"
FUNDS: Final = "fund_management"
AUDITOR: Final = "auditor"
HEARTBEAT: Final = "requires_heartbeat"
TIME_BASED: Final = "time_based_nonce"

_WINDOW_SECONDS: Final = 30
"""By how much a time based nonce may differ, either way."""

KEY_STYLE: Final = KeyStyle(
    switches={TRADING: True, FUNDS: False, AUDITOR: False, HEARTBEAT: False, TIME_BASED: False},
    labels={
        TRADING: "Trading",
        FUNDS: "Fund Management",
        AUDITOR: "Auditor",
        HEARTBEAT: "Requires Heartbeat",
        TIME_BASED: "Uses a time based nonce",
    },
    opening_balances={"exchange": {"USD": "5000.00", "BTC": "0.42"}},
    environments=("live", "testnet"),
    poses={
        # The key page unticks the others for Auditor.
        "watch": {TRADING: False, AUDITOR: True},
        "withdraw": {FUNDS: True},
        "transfer": {FUNDS: True},
    },
    max_ips=10,
    key_length=20,
    key_form=lambda characters: f"account-{characters}",
    secret_length=28,
)


def _error(reason: str, message: str) -> bytes:
    return orjson.dumps({"result": "error", "reason": reason, "message": message})


def refusal(status: int, reason: str, message: str) -> Refused:
    """The exchange says no."""
    return Refused(status, _error(reason, message))


_TOO_MANY: Final = _error("RateLimit", "Requests were made too frequently")

WORDING: Final = Wording(
    server_error=_error("System", "We are experiencing technical issues"),
    maintenance=Said(503, _error("Maintenance", "The Gemini Exchange is currently undergoing maintenance.")),
    # It has no words for it: the content network before it turns people away.
    restricted_location=Said(403, gateway_page(403), HTML),
    too_many_requests=Said(429, _TOO_MANY, tells_wait=False),
    banned=lambda _seconds: Said(429, _TOO_MANY, tells_wait=False),
)


def _roles(account: Account) -> dict[str, bool]:
    has = account.permissions
    return {"isAuditor": has[AUDITOR], "isFundManager": has[FUNDS], "isTrader": has[TRADING]}


def _account(account: Account) -> dict[str, Any]:
    # Everybody's first account has the same name.
    opened_ms = 1_500_000_000_000 + account.uid
    person = {"name": "Satoshi Nakamoto", "status": "Active", "countryCode": "US", "isVerified": True}
    return {
        "account": {
            "accountName": "Primary",
            "shortName": "primary",
            "type": "exchange",
            "created": str(opened_ms),
        },
        "users": [person],
        "memo_reference_code": "GEMPJBRDZ",
    }


def _balances(account: Account) -> list[dict[str, str]]:
    return [
        {"type": "exchange", "currency": coin, "amount": amount, "available": amount, "availableForWithdrawal": amount}
        for coin, amount in account.balances.get("exchange", {}).items()
    ]


_ANSWERS: Final[Mapping[str, Callable[[Account], Any]]] = {ROLES: _roles, ACCOUNT: _account, BALANCES: _balances}

RULES: Final = Rules(
    id="gemini",
    title="Gemini",
    key_style=KEY_STYLE,
    wording=WORDING,
    weight_a_minute={"private": 600, "public": 120},
    counted_in={"private": 1, "public": 1},
    paths=frozenset(("POST", path) for path in _ANSWERS),
    api_key_of=lambda headers, _query: headers.get("X-GEMINI-APIKEY", ""),
)


class GeminiSimulator(Venue):
    """The exchange.

    Attributes:
        nonces: the last nonce that each key was used with, by API key.
        heartbeats: the last sign of life of each key with ``requires_heartbeat``, by API key, in epoch seconds. Were it
            30 seconds old, Gemini would cancel the key's orders. Any signed request is one.
    """

    def __init__(
        self, clock: Clock, events: Events, *, seed: int = 1, real_time: Callable[[], float] = time.time
    ) -> None:
        super().__init__(RULES, self._answer, clock, events, seed=seed, real_time=real_time)
        self.nonces: dict[str, Decimal] = {}
        self.heartbeats: dict[str, float] = {}

    def _answer(self, request: Request, headers: dict[str, str]) -> bytes:
        now_ms = self.now_ms()
        headers["Date"] = formatdate(now_ms / 1000, usegmt=True)
        public = request.method == "GET"
        if self.limits.charge("public" if public else "private", 1, self.caller_ip)[1] is not None:
            raise Refused(429, _TOO_MANY)
        if public and request.path == TICKER:
            # The time in it is the end of the period that the volume was measured in.
            volume = {"BTC": "2210.505328803", "USD": "139262000.12", "timestamp": now_ms - now_ms % 300_000}
            return orjson.dumps({"bid": "63000.01", "ask": "63000.02", "volume": volume, "last": "63000.01"})
        if public:
            raise refusal(404, "EndpointNotFound", f"API entry point `{request.path}` not found")
        account = self._recognise(request, now_ms)
        answer = _ANSWERS.get(request.path)
        if answer is None or not any(account.permissions[role] for role in (TRADING, FUNDS, AUDITOR)):
            raise refusal(403, "MissingRole", f"To access this endpoint, the API key needs another role: {TRADING}")
        return orjson.dumps(answer(account))

    def _recognise(self, request: Request, now_ms: int) -> Account:
        """The account a request is signed for.

        Raises:
            Refused: for whatever is wrong with the key, the signature, the payload, the nonce or the address.
        """
        sent = request.headers
        for name in ("Apikey", "Payload", "Signature"):
            if not sent.get(f"X-GEMINI-{name.upper()}"):
                raise refusal(400, f"Missing{name}Header", f"Must provide 'X-GEMINI-{name.upper()}' header")
        account = self.accounts.with_key(sent["X-GEMINI-APIKEY"])
        if account is None or account.revoked:
            raise refusal(400, "InvalidApiKey", "Invalid API key")
        payload = sent["X-GEMINI-PAYLOAD"]
        # HMAC-SHA384 over the base64 text itself ("Private API Invocation").
        expected = hmac.digest(account.secret.encode(), payload.encode(), hashlib.sha384).hex()
        if not hmac.compare_digest(expected.encode(), sent["X-GEMINI-SIGNATURE"].encode()):
            raise refusal(400, "InvalidSignature", "InvalidSignature")
        asked = _opened(payload)
        if asked.get("request") != request.path:
            raise refusal(400, "EndpointMismatch", "EndpointMismatch")
        self._take_nonce(account, asked.get("nonce"), now_ms)
        if account.ips is not None and self.caller_ip not in account.ips:
            raise refusal(403, "RemoteAddressForbidden", "Requests from this IP address are not allowed")
        if account.suspended:
            raise refusal(400, "AccountClosed", "Account primary is closed and cannot be used for this operation.")
        if account.permissions[HEARTBEAT]:
            self.heartbeats[account.api_key] = now_ms / 1000
        return account

    def _take_nonce(self, account: Account, nonce: Any, now_ms: int) -> None:
        try:
            number = Decimal(str(nonce))
        except InvalidOperation:
            raise refusal(400, "MissingNonce", "Must provide 'nonce' in payload") from None
        if account.permissions[TIME_BASED]:
            seconds = now_ms // 1000
            if abs(number - seconds) > _WINDOW_SECONDS:
                words = f"Nonce '{nonce}' is not within {_WINDOW_SECONDS} seconds of server time '{seconds}'"
                raise refusal(400, "InvalidNonce", words)
        elif number <= self.nonces.get(account.api_key, 0):
            words = f"Nonce '{nonce}' has not increased since your last call to the Gemini API."
            raise refusal(400, "InvalidNonce", words)
        self.nonces[account.api_key] = number


def _opened(payload: str) -> Mapping[str, Any]:
    try:
        asked = orjson.loads(base64.b64decode(payload, validate=True))
    except (binascii.Error, ValueError):
        raise refusal(400, "InvalidJson", "The JSON provided is invalid") from None
    if not isinstance(asked, dict):
        raise refusal(400, "InvalidJson", "The JSON provided is invalid")
    return asked
