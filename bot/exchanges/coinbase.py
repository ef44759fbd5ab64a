"""Coinbase (Advanced Trade): spot, and futures settled in US dollars or USDC; live only.

What is known of it, and where it was read:

- ``GET /api/v3/brokerage/key_permissions`` states what the key that asks may do, and the portfolio it is bound to (API
  reference, "Get API Key Permissions"). It needs the right to view, and is a tiny answer: so it is the ping.
- ``can_transfer`` is for deposits, withdrawals and moves between portfolios, all in one box: it counts as both,
  withdrawal and transfer. ``can_receive`` only makes addresses to receive at. What else may begin with ``can_`` one day
  may be any right.
- A key belongs to one portfolio. Its uuid is the nearest to an account's number that there is.
- ``can_trade`` holds for spot and for US futures, if the account has these. Perpetuals (INTX) are traded by keys of a
  portfolio of that type alone, and whether such a key trades spot is not documented: what is not sure is unknown.
- A credential is the key's name or id, and a private key that Coinbase made: on P-256 in PEM, or Ed25519, 64 bytes in
  base64. Each request carries a token signed with it, good for two minutes. Docs disagree on whether this API takes
  Ed25519 (docs, "API Key Authentication": no; SDK 1.8.3 of 2026: yes), so we take it and let Coinbase say.
- **One answer for everything**: a wrong, deleted or foreign key, a bad signature, a token out of its time: 401, the
  word "Unauthorized", no code. So our clock is compared before a key is doubted. What it says to an address that is not
  on a key's list was nowhere to be read: probably that too.
- Nothing tells a key's addresses, or an end.
- Signed questions are held to 30 a second and user, public ones to 10 a second and address ("Advanced Trade REST API
  rate limits"). None by address is documented for signed ones.
- It has no testnet: its sandbox answers everybody the same, and has no key_permissions. ccxt's switch for one raises
  and keeps the production URLs.
- ccxt calls "unknown" errors and a plain 403 an outage or a plain error; with a secret of the former kind of keys it
  would sign as for these: the shape of the secret is what keeps them out.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bot.domain.connection import Environment, Market
from bot.domain.exchange import ExchangeProfile
from bot.domain.failures import Failure
from bot.domain.pasting import CredentialShape, Field
from bot.domain.pasting.pem import KeyKind
from bot.domain.pasting.shape import FieldShape
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, KeyReport, Permission
from bot.exchanges.adapter import Dialect, Endpoint, Refusal
from bot.exchanges.budget import Budget
from bot.exchanges.checklist import check_clock, running, told_rights
from bot.exchanges.conversation import Conversation
from bot.usecases.ports import CheckItem, ItemState, Progress

# ------------------------------------------------------------------------------------------------------ what we may ask

TIME: Final = Endpoint("v3/public", "brokerage/time", "public")
KEY_PERMISSIONS: Final = Endpoint("v3/private", "brokerage/key_permissions", "private")
ACCOUNTS: Final = Endpoint("v3/private", "brokerage/accounts", "private", params={"limit": 1})

# ------------------------------------------------------------------------------------------------------- the tick boxes

_VIEW: Final = "View"
_TRADE: Final = "Trade"
_TRANSFER: Final = "Transfer"

_KNOWN_RIGHTS: Final = frozenset({"can_view", "can_trade", "can_transfer", "can_receive"})
_PERPETUALS: Final = "INTX"

# -------------------------------------------------------------------------------------------------------- how it speaks

_SCOPES: Final = "Missing required scopes"
_EXPIRED: Final = "request timestamp expired"

_FAILURES: Final[Mapping[str, Failure]] = {
    # All that we ask is reading.
    f"PERMISSION_DENIED: {_SCOPES}": Failure.NO_READ_PERMISSION,
    f"unknown: {_SCOPES}": Failure.NO_READ_PERMISSION,
    "invalid_scope": Failure.NO_READ_PERMISSION,
    # Of what, it does not say: of the key, or of our address.
    "PERMISSION_DENIED": Failure.AMBIGUOUS_AUTH,
    "UNAUTHENTICATED": Failure.AMBIGUOUS_AUTH,
    "unauthenticated": Failure.AMBIGUOUS_AUTH,
    "unauthorized": Failure.AMBIGUOUS_AUTH,
    "Unauthorized": Failure.AMBIGUOUS_AUTH,
    "authentication_error": Failure.AMBIGUOUS_AUTH,
    "invalid_signature": Failure.AMBIGUOUS_AUTH,
    "invalid_token": Failure.AMBIGUOUS_AUTH,
    "revoked_token": Failure.AMBIGUOUS_AUTH,
    "expired_token": Failure.AMBIGUOUS_AUTH,
    f"authentication_error: {_EXPIRED}": Failure.CLOCK_SKEW,
    # API access is blocked for deleted users, says the list of errors.
    "invalid_authentication_method": Failure.ACCOUNT_SUSPENDED,
    "personal_details_required": Failure.ACCOUNT_SUSPENDED,
    "identity_verification_required": Failure.ACCOUNT_SUSPENDED,
    "jumio_verification_required": Failure.ACCOUNT_SUSPENDED,
    "jumio_face_match_verification_required": Failure.ACCOUNT_SUSPENDED,
    "unverified_email": Failure.ACCOUNT_SUSPENDED,
    "rate_limit_exceeded": Failure.RATE_LIMITED,
    "resource_exhausted": Failure.RATE_LIMITED,
    "RESOURCE_EXHAUSTED": Failure.RATE_LIMITED,
    "internal_server_error": Failure.EXCHANGE_UNAVAILABLE,
    "INTERNAL": Failure.EXCHANGE_UNAVAILABLE,
    "UNAVAILABLE": Failure.EXCHANGE_UNAVAILABLE,
    "DEADLINE_EXCEEDED": Failure.EXCHANGE_UNAVAILABLE,
}

_NUMBERED: Final[Mapping[Any, str]] = {
    4: "DEADLINE_EXCEEDED",
    7: "PERMISSION_DENIED",
    8: "RESOURCE_EXHAUSTED",
    13: "INTERNAL",
    14: "UNAVAILABLE",
    16: "UNAUTHENTICATED",
}
"""gRPC's status codes, which the documented form of an error has as numbers."""

_CODE: Final = re.compile(r"[A-Za-z_]{3,60}")
_TELLING_WORDS: Final = frozenset({_SCOPES, _EXPIRED})
"""Sentences that say more than the code before them."""


def _read_refusal(data: Any) -> Refusal | None:
    """An error in one of three forms.

    ``{"error": "PERMISSION_DENIED", "error_details": "…"}``; gRPC's ``{"error": "…", "code": 7, "message": "…"}``; and
    the older ``{"errors": [{"id": "authentication_error", "message": "…"}]}``.
    """
    if not isinstance(data, dict):
        return None
    errors = data.get("errors")
    older = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    name = data.get("error") or older.get("id")
    number = _NUMBERED.get(data.get("code")) if isinstance(data.get("code"), int) else None
    if not name and not number and not errors:
        return None
    candidates = (data.get("error_details"), data.get("message"), data.get("error_description"), older.get("message"))
    words = next((each for each in (*candidates, name) if isinstance(each, str) and each), None)
    code = name if isinstance(name, str) and _CODE.fullmatch(name) else number
    if code is not None and words in _TELLING_WORDS:
        return Refusal(code=f"{code}: {words}")
    return Refusal(code=code, message=None if words == code else words)


def _settle_in(client: Any, environment: Environment) -> None:
    """Nothing to do: there is no other environment, and the gateway refuses one that has production's hosts."""


DIALECT: Final = Dialect(
    ccxt_class="coinbase",
    settle_in=_settle_in,
    # What one user may ask, a little less: no limit by address is documented for signed questions. Half of what an
    # address may for public ones.
    budgets={"private": Budget(30, seconds=1, documented=False), "public": Budget(10, seconds=1)},
    read_refusal=_read_refusal,
    failures=_FAILURES,
    clocks={Market.SPOT: TIME, Market.LINEAR: TIME},
    read_time=lambda data: int(data["epochMillis"]),
    limits_of_one_key=frozenset({"rate_limit_exceeded", "resource_exhausted", "RESOURCE_EXHAUSTED"}),
    may_be_clock=frozenset({"HTTP 401", "Unauthorized", "unauthorized", "UNAUTHENTICATED", "authentication_error"}),
    signs_with_pem=True,
    probe=(KEY_PERMISSIONS,),
)

_HEX: Final = "[0-9a-fA-F]"
_UUID: Final = rf"{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}}"

PROFILE: Final = ExchangeProfile(
    id="coinbase",
    title="Coinbase",
    worlds={Market.SPOT: (Environment.LIVE,), Market.LINEAR: (Environment.LIVE,)},
    settled_in={Market.LINEAR: ("USD", "USDC")},
    shape=CredentialShape(
        api_key=FieldShape(
            re.compile(rf"(?:organizations/{_UUID}/apiKeys/)?{_UUID}"), re.compile("[A-Za-z0-9/-]"), (36, 95)
        ),
        # 64 bytes in base64, or the first half of them; most keys are a PEM.
        secret=FieldShape(
            re.compile(r"[A-Za-z0-9+/]{86}==|[A-Za-z0-9+/]{43}="),
            re.compile("[A-Za-z0-9+/=]"),
            (44, 88),
            pem=frozenset({KeyKind.ECDSA}),
        ),
        download={Field.API_KEY: ("name", "id"), Field.SECRET: ("privateKey",)},
    ),
    boxes={
        Permission.READ: (_VIEW,),
        Permission.SPOT_TRADE: (_TRADE,),
        Permission.FUTURES_TRADE: (_TRADE,),
        Permission.MARGIN: (),
        Permission.TRANSFER: (_TRANSFER,),
        Permission.WITHDRAW: (_TRANSFER,),
    },
    key_pages={Environment.LIVE: "https://portal.cdp.coinbase.com/projects/api-keys"},
    # Not documented; few enough for any list.
    max_ips=10,
    ip_separator=",",
    guide_steps=7,
    max_ips_documented=False,
    aliases=("coinbase advanced", "coinbase pro", "cdp", "коинбейс"),
)

# -------------------------------------------------------------------------------------------------------------- looking


async def probe(exchange: Conversation) -> KeyReport:
    """One question."""
    return _stated(await exchange.ask(KEY_PERMISSIONS))


async def inspect(exchange: Conversation, progress: Progress) -> KeyReport:
    """Clock, signature, permissions and balance. What follows from the report is the caller's to tell."""
    await check_clock(exchange, progress)
    async with running(progress, CheckItem.SIGNATURE):
        report = _stated(await exchange.ask(KEY_PERMISSIONS))
    if not await told_rights(progress, report, among=(Permission.READ, Permission.WITHDRAW)):
        return report
    async with running(progress, CheckItem.BALANCE):
        await exchange.ask(ACCOUNTS)
    await progress(CheckItem.BALANCE, ItemState.PASSED)
    return report


# ---------------------------------------------------------------------------------------------- what is said of the key


def _stated(answer: Any) -> KeyReport:
    """A report out of key_permissions.

    Raises:
        TypeError: for an answer of another shape; nothing is ever read as off because it could not be read.
    """
    if not isinstance(answer, dict) or "can_view" not in answer:
        raise TypeError("this is not key_permissions")
    trading = _said(answer.get("can_trade"), _TRADE)
    moving = _said(answer.get("can_transfer"), _TRANSFER)
    strange = [right for right, on in answer.items() if right.startswith("can_") and right not in _KNOWN_RIGHTS and on]
    if strange and moving.grant is Grant.DENIED:
        moving = UNKNOWABLE  # a right we have never heard of: it may be any
    perpetuals = answer.get("portfolio_type") == _PERPETUALS
    # The same box, if any: so there is nothing to turn off beside it.
    elsewhere = trading if trading.grant is Grant.DENIED else replace(UNKNOWABLE, boxes=trading.boxes)
    portfolio = answer.get("portfolio_uuid")
    return KeyReport(
        findings={
            Permission.READ: _said(answer["can_view"], _VIEW),
            Permission.SPOT_TRADE: elsewhere if perpetuals else trading,
            Permission.FUTURES_TRADE: trading if perpetuals else elsewhere,
            Permission.MARGIN: trading,
            Permission.TRANSFER: moving,
            Permission.WITHDRAW: moving,
        },
        account_uid=portfolio if isinstance(portfolio, str) and portfolio else None,
    )


def _said(on: Any, box: str) -> Finding:
    if on is True:
        return Finding(Grant.GRANTED, Certainty.STATED, (box,))
    return Finding(Grant.DENIED, Certainty.STATED) if on is False else UNKNOWABLE
