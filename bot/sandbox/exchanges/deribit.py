"""A simulated Deribit: the part of its API v2 that reads, live and testnet, behind one origin.

Live and testnet have different hosts in the world and one origin here, so the environment is the key's own. Codes and
messages are those of docs.deribit.com ("Errors", RPC table); HTTP statuses are from answers in public reports. What it
says to an address that is not on a key's list, to a wrong timestamp and to a key of a locked account is documented
nowhere: here the first two hear what a stranger hears, and the last is let in and then told that it is locked. How much
an address may ask without a token is not published either.

Everything is a GET at Deribit, an order and a withdrawal too. So each private path that is not known here counts as an
attempt to change something.
"""

import hashlib
import re
import time
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson

from bot.sandbox.exchanges.account import Account, KeyStyle
from bot.sandbox.exchanges.faults import HTML, Said, Wording, gateway_page
from bot.sandbox.exchanges.signature import signed_with_secret
from bot.sandbox.exchanges.simulator import Call, Clock, Events
from bot.sandbox.exchanges.venue import Refused, Request, Rules, Venue

TIME: Final = "/api/v2/public/get_time"
AUTH: Final = "/api/v2/public/auth"
SUMMARY: Final = "/api/v2/private/get_account_summary"
_PRIVATE: Final = "/api/v2/private/"

_AREAS: Final = ("account", "block_trade", "trade", "wallet")
_WINDOW_MS: Final = 30_000
"""By how much a timestamp may differ, either way. Not published."""
_A_MINUTE: Final = 1_200
"""What an address may ask without a token: as much as an account may with one."""

KEY_STYLE: Final = KeyStyle(
    # Of each area the key page lets choose none, read or read_write; the last takes in the second.
    switches={
        **dict.fromkeys(("account:read", "trade:read", "trade:read_write"), True),
        **dict.fromkeys(("account:read_write", "wallet:read", "wallet:read_write"), False),
        **dict.fromkeys(("block_trade:read", "block_trade:read_write"), False),
    },
    opening_balances={"summary": {"BTC": "0.25", "USDC": "4000"}},
    environments=("live", "testnet"),
    poses={
        "watch": {"trade:read_write": False},
        "withdraw": {"wallet:read_write": True},
        "transfer": {"wallet:read_write": True},
    },
    max_ips=10,
    key_length=8,
    secret_length=43,
)


def _error(code: int, message: str, **details: str) -> bytes:
    error = {"message": message, "code": code} | ({"data": details} if details else {})
    return orjson.dumps({"jsonrpc": "2.0", "error": error, "testnet": False, "usIn": 1, "usOut": 2, "usDiff": 1})


_STRANGER: Final = (400, _error(13004, "invalid_credentials"))
_UNAUTHORIZED: Final = (401, _error(13009, "unauthorized"))
"""What somebody hears who is not recognised: when authenticating, and with a signed request."""

WORDING: Final = Wording(
    server_error=_error(11094, "internal_server_error"),
    maintenance=Said(400, _error(11051, "system_maintenance")),
    restricted_location=Said(400, _error(12005, "country_is_banned")),
    too_many_requests=Said(400, _error(10028, "too_many_requests"), tells_wait=False),
    # The 33rd connection of an address.
    banned=lambda _seconds: Said(429, gateway_page(429), HTML, tells_wait=False),
)


def _scope(account: Account) -> str:
    rights = []
    for area in _AREAS:
        level = next((level for level in ("read_write", "read") if account.permissions[f"{area}:{level}"]), None)
        rights += [f"{area}:{level}"] if level else []
    return " ".join(sorted([*rights, "connection", "mainaccount", f"name:{account.name.replace('-', '_')}"]))


def _token(account: Account, kind: str, now_ms: int) -> str:
    """As opaque as the real ones, and never the same."""
    noise = hashlib.sha512(f"{kind}/{account.secret}/{now_ms}".encode()).hexdigest()
    return f"{now_ms}.1{noise[:7]}.{noise[7:]}"


def _summary(account: Account, *, extended: bool) -> dict[str, Any]:
    amount = float(account.balances.get("summary", {}).get("BTC", "0"))
    summary: dict[str, Any] = {"currency": "BTC", "equity": amount, "balance": amount, "available_funds": amount}
    if not extended:
        return summary
    return summary | {
        "id": account.uid,
        "type": "main",
        "username": account.name,
        "system_name": account.name,
        "email": f"{account.name}@example.com",
        "security_keys_enabled": False,
        "interuser_transfers_enabled": False,
    }


_SIGNED: Final = re.compile(r"deri-hmac-sha256 id=([^,]*),ts=(\d+),sig=([0-9a-fA-F]*),nonce=([^,]*)")


def _api_key_of(headers: Mapping[str, str], query: str) -> str:
    signed = _SIGNED.fullmatch(headers.get("Authorization", ""))
    return signed.group(1) if signed else dict(parse_qsl(query)).get("client_id", "")


RULES: Final = Rules(
    id="deribit",
    title="Deribit",
    key_style=KEY_STYLE,
    wording=WORDING,
    weight_a_minute={"address": _A_MINUTE},
    counted_in={"address": 1},
    paths=frozenset(("GET", path) for path in (TIME, AUTH, SUMMARY)),
    api_key_of=_api_key_of,
)


class DeribitSimulator(Venue):
    """The exchange."""

    def __init__(
        self, clock: Clock, events: Events, *, seed: int = 1, real_time: Callable[[], float] = time.time
    ) -> None:
        super().__init__(RULES, self._answer, clock, events, seed=seed, real_time=real_time)

    def _answer(self, request: Request, headers: dict[str, str]) -> bytes:  # noqa: ARG002 - it adds none
        if request.path == SUMMARY and request.method == "GET":
            return self._summarise(self._signer_of(request), request)
        if request.path.startswith(_PRIVATE):
            if request.method == "GET":  # of anything else the venue has taken note
                tail = self.rules.api_key_of(request.headers, request.query)[-4:]
                self.mutations.append(Call(request.method, request.path, tail, 400, self.clock.now()))
            self._signer_of(request)
            raise Refused(400, _error(13021, "forbidden"))
        _, exceeded = self.limits.charge("address", 1, self.caller_ip)
        if exceeded is not None:
            raise Refused(429, _error(10028, "too_many_requests"))
        if (request.method, request.path) == ("GET", TIME):
            return self._result(self.now_ms(), testnet=False)
        if (request.method, request.path) == ("GET", AUTH):
            return self._authenticate(dict(parse_qsl(request.query, keep_blank_values=True)))
        raise Refused(400, _error(-32601, "Method not found"))

    def _authenticate(self, sent: Mapping[str, str]) -> bytes:
        """A token for whoever signed time, nonce and data, a line each ("Authentication", client signature)."""
        if sent.get("grant_type") != "client_signature":
            raise Refused(400, _error(-32602, "Invalid params", reason="unsupported here", param="grant_type"))
        payload = "\n".join(sent.get(name, "") for name in ("timestamp", "nonce", "data"))
        account = self._recognise(
            sent.get("client_id", ""), sent.get("timestamp", ""), payload, sent.get("signature", ""), _STRANGER
        )
        now_ms = self.now_ms()
        return self._result(
            {
                "access_token": _token(account, "access", now_ms),
                "expires_in": 31_536_000,
                "refresh_token": _token(account, "refresh", now_ms),
                "scope": _scope(account),
                "enabled_features": [],
                "token_type": "bearer",
                "mandatory_tfa_status": "enabled",
            },
            testnet=account.environment == "testnet",
        )

    def _summarise(self, account: Account, request: Request) -> bytes:
        if account.suspended:
            raise Refused(400, _error(11098, "account_locked"))
        if not (account.permissions["account:read"] or account.permissions["account:read_write"]):
            raise Refused(400, _error(13021, "forbidden"))
        sent = dict(parse_qsl(request.query))
        if not sent.get("currency"):
            raise Refused(400, _error(-32602, "Invalid params", reason="value required", param="currency"))
        summary = _summary(account, extended=sent.get("extended") == "true")
        return self._result(summary, testnet=account.environment == "testnet")

    def _signer_of(self, request: Request) -> Account:
        """The account of a request with a ``deri-hmac-sha256`` header ("Authentication", HTTP signature)."""
        signed = _SIGNED.fullmatch(request.headers.get("Authorization", ""))
        if signed is None:
            raise Refused(400, _error(10000, "authorization_required"))
        api_key, stamp, signature, nonce = signed.groups()
        uri = f"{request.path}?{request.query}" if request.query else request.path
        payload = f"{stamp}\n{nonce}\n{request.method}\n{uri}\n{request.body}\n"
        return self._recognise(api_key, stamp, payload, signature, _UNAUTHORIZED)

    def _recognise(
        self, api_key: str, stamp: str, payload: str, signature: str, stranger: tuple[int, bytes]
    ) -> Account:
        """The account a payload is signed for.

        Raises:
            Refused: for whatever is wrong with the key, the time, the signature or the address; it does not say which.
        """
        account = self.accounts.with_key(api_key)
        if account is None or account.revoked or not signed_with_secret(payload.encode(), signature, account.secret):
            raise Refused(*stranger)
        if not stamp.isdigit() or abs(int(stamp) - self.now_ms()) > _WINDOW_MS:
            raise Refused(*stranger)
        if account.ips is not None and self.caller_ip not in account.ips:
            raise Refused(*stranger)
        return account

    def _result(self, result: Any, *, testnet: bool) -> bytes:
        now_us = self.now_ms() * 1000
        envelope = {"jsonrpc": "2.0", "result": result, "testnet": testnet}
        return orjson.dumps(envelope | {"usIn": now_us, "usOut": now_us + 90, "usDiff": 90})
