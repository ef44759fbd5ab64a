"""A simulated Coinbase: the part of the Advanced Trade API that reads, live.

It knows the public half of each key and checks the token of every request with it (docs, "API Key Authentication"):
ES256 for a key in PEM, EdDSA for one in base64. The order of the checks is not published. To a wrong key, signature or
time it says the one word it is known to say; so it does here to a strange address and for a suspended account, of which
nothing is known.
"""

import base64
import binascii
import hashlib
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from bot.sandbox.exchanges.account import Account, KeyStyle
from bot.sandbox.exchanges.faults import HTML, Said, Wording, gateway_page
from bot.sandbox.exchanges.simulator import Clock, Events
from bot.sandbox.exchanges.venue import READING, Refused, Request, Rules, Venue

TIME: Final = "/api/v3/brokerage/time"
KEY_PERMISSIONS: Final = "/api/v3/brokerage/key_permissions"
ACCOUNTS: Final = "/api/v3/brokerage/accounts"

_HOST: Final = "api.coinbase.com"
"""What tokens name, wherever they are sent."""
_LONGEST_LIFE: Final = 120
"""Seconds between a token's beginning and its end."""

_P256_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def _name(characters: str) -> str:
    return f"organizations/{UUID(characters[:32])}/apiKeys/{UUID(characters[32:])}"


def ecdsa_key(word: str) -> str:
    """A private key on P-256 drawn from a word, as the key page shows it."""
    number = int.from_bytes(hashlib.sha512(word.encode()).digest(), "big") % (_P256_ORDER - 1) + 1
    key = ec.derive_private_key(number, ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()).decode().strip()


def ed25519_key(word: str) -> str:
    """An Ed25519 key drawn from a word, as the key page shows it: the private half, then the public one."""
    seed = hashlib.sha256(word.encode()).digest()
    public = ed25519.Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return base64.b64encode(seed + public).decode()


KEY_STYLE: Final = KeyStyle(
    switches={"can_view": True, "can_trade": True, "can_transfer": False, "can_receive": False},
    labels={"can_view": "View", "can_trade": "Trade", "can_transfer": "Transfer", "can_receive": "Receive"},
    opening_balances={"spot": {"USD": "5200.00", "BTC": "0.11"}},
    environments=("live",),
    poses={"watch": {"can_trade": False}, "withdraw": {"can_transfer": True}, "transfer": {"can_transfer": True}},
    max_ips=10,
    characters="0123456789abcdef",
    key_length=64,
    key_form=_name,
    secret_form=ecdsa_key,
)


def _denied(details: str) -> bytes:
    return orjson.dumps({"error": "PERMISSION_DENIED", "error_details": details, "message": details})


def _stranger() -> Refused:
    return Refused(401, b"Unauthorized", "text/plain; charset=utf-8")


_TOO_MANY: Final = orjson.dumps({"errors": [{"id": "rate_limit_exceeded", "message": "Too many requests"}]})

WORDING: Final = Wording(
    server_error=orjson.dumps({"error": "internal_server_error", "message": "Internal server error"}),
    # It has no words for these: the content network before it speaks.
    maintenance=Said(503, gateway_page(503), HTML),
    restricted_location=Said(403, gateway_page(403), HTML),
    too_many_requests=Said(429, gateway_page(429), HTML, tells_wait=False),
    banned=lambda _seconds: Said(429, gateway_page(429), HTML, tells_wait=False),
)


def _key_permissions(account: Account) -> dict[str, Any]:
    rights = {right: on for right, on in account.permissions.items() if right.startswith("can_")}
    return rights | {"portfolio_uuid": str(UUID(int=account.uid)), "portfolio_type": "DEFAULT"}


def _accounts(account: Account) -> dict[str, Any]:
    listed = [
        {
            "uuid": str(UUID(int=account.uid + place)),
            "name": f"{asset} Wallet",
            "currency": asset,
            "available_balance": {"value": amount, "currency": asset},
            "retail_portfolio_id": str(UUID(int=account.uid)),
        }
        for place, (asset, amount) in enumerate(account.balances.get("spot", {}).items(), start=1)
    ]
    return {"accounts": listed[:1], "has_next": len(listed) > 1, "cursor": "", "size": 1}


_ANSWERS: Final[Mapping[str, Callable[[Account], dict[str, Any]]]] = {
    KEY_PERMISSIONS: _key_permissions,
    ACCOUNTS: _accounts,
}


def _token(headers: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, Any], bytes, bytes] | None:
    """Head, claims, signature and what was signed of a request's token; None if there is none."""
    scheme, _, token = headers.get("Authorization", "").partition(" ")
    parts = token.split(".")
    try:
        head, claims, signature = (base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in parts)
        told = orjson.loads(head), orjson.loads(claims)
    except (ValueError, binascii.Error, orjson.JSONDecodeError):
        return None
    if scheme != "Bearer" or not all(isinstance(each, dict) for each in told):
        return None
    return *told, signature, f"{parts[0]}.{parts[1]}".encode()


def _api_key_of(headers: Mapping[str, str], _query: str) -> str:
    token = _token(headers)
    return str(token[0].get("kid", "")) if token else ""


RULES: Final = Rules(
    id="coinbase",
    title="Coinbase",
    key_style=KEY_STYLE,
    wording=WORDING,
    # The real limit of signed questions is by user, 30 a second.
    weight_a_minute={"public": 10 * 60, "private": 30 * 60},
    paths=frozenset(("GET", path) for path in (*_ANSWERS, TIME)),
    api_key_of=_api_key_of,
)


class CoinbaseSimulator(Venue):
    """The exchange."""

    def __init__(
        self, clock: Clock, events: Events, *, seed: int = 1, real_time: Callable[[], float] = time.time
    ) -> None:
        super().__init__(RULES, self._answer, clock, events, seed=seed, real_time=real_time)

    def _answer(self, request: Request, headers: dict[str, str]) -> bytes:  # noqa: ARG002 - it adds none
        now_ms = self.now_ms()
        answer = _ANSWERS.get(request.path)
        is_time = request.method == "GET" and request.path == TIME
        if request.method in READING and answer is None and not is_time:
            raise Refused(404, gateway_page(404), HTML)
        _, exceeded = self.limits.charge("public" if is_time else "private", 1, self.caller_ip)
        if exceeded is not None:
            # It has no other word for those who go on.
            raise Refused(429, _TOO_MANY)
        if is_time:
            moment = datetime.fromtimestamp(now_ms // 1000, UTC).isoformat().replace("+00:00", "Z")
            return orjson.dumps({"iso": moment, "epochSeconds": str(now_ms // 1000), "epochMillis": str(now_ms)})
        account = self._recognise(request, now_ms // 1000)
        if answer is None or not account.permissions["can_view"]:
            raise Refused(403, _denied("Missing required scopes"))
        return orjson.dumps(answer(account))

    def _recognise(self, request: Request, now: int) -> Account:
        """The account a request is signed for.

        Raises:
            Refused: for whatever is wrong with the key, the token or the address; it does not say which.
        """
        token = _token(request.headers)
        account = self.accounts.with_key(_api_key_of(request.headers, ""))
        if token is None or account is None or account.revoked or account.suspended:
            raise _stranger()
        head, claims, signature, signed = token
        if not _covers(claims, account, request, now) or not head.get("nonce"):
            raise _stranger()
        if not _genuine(str(head.get("alg")), signature, signed, account.secret):
            raise _stranger()
        if account.ips is not None and self.caller_ip not in account.ips:
            raise _stranger()
        return account


def _covers(claims: Mapping[str, Any], account: Account, request: Request, now: int) -> bool:
    """Whether a token is this key's, for this question, and for now. Old ones name one question, new ones a list."""
    begins, ends = claims.get("nbf"), claims.get("exp")
    if not isinstance(begins, int) or not isinstance(ends, int):
        return False
    named = claims.get("uris") or [claims.get("uri")]
    return (
        claims.get("sub") == account.api_key
        and claims.get("iss") in ("cdp", "coinbase-cloud")
        and named == [f"{request.method} {_HOST}{request.path}"]
        and begins <= now < ends <= begins + _LONGEST_LIFE
    )


def _genuine(algorithm: str, signature: bytes, signed: bytes, secret: str) -> bool:
    """Whether a token was signed by the owner of a private key, of which only the public half is used."""
    public = _public_half(secret)
    try:
        if isinstance(public, ed25519.Ed25519PublicKey):
            public.verify(signature, signed)
            return algorithm == "EdDSA"
        if len(signature) != 64:  # noqa: PLR2004 - two numbers of 32 bytes (RFC 7518, 3.4)
            return False
        numbers = (int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
        public.verify(encode_dss_signature(*numbers), signed, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return algorithm == "ES256"


@lru_cache(maxsize=1024)
def _public_half(secret: str) -> ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey:
    """What the exchange keeps of a key it made.

    Raises:
        TypeError: for a key of another kind; the sandbox was then set up wrongly.
    """
    if not secret.startswith("-----BEGIN"):
        return ed25519.Ed25519PrivateKey.from_private_bytes(base64.b64decode(secret)[:32]).public_key()
    key = load_pem_private_key(secret.encode(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("Coinbase makes no keys of that kind")
    return key.public_key()
