"""Gemini: spot, and perpetuals of accounts that have them; live and testnet, which Gemini calls its sandbox.

What is known of it, and where it was read:

- ``POST /v1/roles`` states which roles the key that asks has, and needs none in particular (docs.gemini.com, "Roles"
  and "Account Administration"). It costs what a ping would, so it is the ping. Every signed request is a POST there,
  reading ones too.
- Trader places orders, Fund Manager withdraws and moves money between accounts of its group, Auditor only reads and
  stands alone. Each of them reads balances ("Roles"). A role of another name may be any.
- Which account may trade perpetuals, or with margin, depends on the account and not on the key, and nothing that we
  ask tells it: for Trader both are inferred.
- A ``master-`` key reaches every account of its group, and ccxt does not sign with one: only ``account-`` keys come in.
- A nonce must be larger than the last one that the key was used with; if "Uses a time based nonce" is ticked it must be
  in seconds and within 30 s of Gemini's clock ("Private API Invocation"). Seconds with a fraction are both, and what
  the docs' own samples send. So we never spoil a key for software that counts in milliseconds, as ccxt does; the other
  way round, such a key is refused to us for good.
- Whether "Requires Heartbeat" is ticked nothing tells. Any signed request counts as a heartbeat ("Sessions"): our
  checks would keep the orders of a program alive that has died.
- No endpoint tells the time. The header ``Date`` does, in whole seconds (RFC 9110, 6.6.1).
- IP lists are shown on the key page only. ``RemoteAddressForbidden`` is documented ("Error Codes");
  ``ApiKeyIpFilteringFailure`` is in no document, but in public programs that met it.
- ``InvalidApiKey`` is in ccxt's table and no longer in Gemini's; a deleted key may get ``InvalidSignature`` instead.
- Public requests are limited to 120 a minute, private ones to 600, and more than 5 a second is advised against ("Rate
  Limits"). Whether per address or per key is not said.
- ``users`` in the account's details are people's names: never read here.
- Perpetuals settle in GUSD (contract specifications; ccxt's example of an answer); of others nothing was found.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bot.domain.connection import Environment, Market
from bot.domain.exchange import ExchangeProfile
from bot.domain.failures import Failure
from bot.domain.pasting import CredentialShape
from bot.domain.pasting.shape import FieldShape
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, KeyReport, Permission
from bot.exchanges.adapter import Dialect, Endpoint, Refusal
from bot.exchanges.budget import Budget
from bot.exchanges.checklist import check_clock, running
from bot.exchanges.conversation import Conversation
from bot.usecases.ports import CheckItem, ItemState, Progress

# ------------------------------------------------------------------------------------------------------ what we may ask

# Nothing only tells the time; this is a small answer, and the time is in its header.
TICKER: Final = Endpoint("public", "v1/pubticker/btcusd", "public")
ROLES: Final = Endpoint("private", "v1/roles", "private", method="POST")
ACCOUNT: Final = Endpoint("private", "v1/account", "private", method="POST")
BALANCES: Final = Endpoint("private", "v1/balances", "private", method="POST")

# ------------------------------------------------------------------------------------------------------- the tick boxes

_TRADING: Final = "Trading"
_FUNDS: Final = "Fund Management"
_AUDITOR: Final = "Auditor"
_ROLES: Final = ("isTrader", "isFundManager", "isAuditor")

# -------------------------------------------------------------------------------------------------------- how it speaks

_FAILURES: Final[Mapping[str, Failure]] = {
    "InvalidApiKey": Failure.INVALID_KEY,
    "InvalidSignature": Failure.BAD_SIGNATURE,
    "InvalidNonce": Failure.CLOCK_SKEW,
    # All that we ask is reading.
    "MissingRole": Failure.NO_READ_PERMISSION,
    "RemoteAddressForbidden": Failure.IP_NOT_ALLOWED,
    "ApiKeyIpFilteringFailure": Failure.IP_NOT_ALLOWED,
    "AccountClosed": Failure.ACCOUNT_SUSPENDED,
    "RateLimit": Failure.RATE_LIMITED,
    "Too Many Requests": Failure.RATE_LIMITED,
    "Maintenance": Failure.MAINTENANCE,
    "System": Failure.EXCHANGE_UNAVAILABLE,
    # Something in between took our headers away: no key is to blame.
    "MissingApikeyHeader": Failure.UNEXPECTED,
    "MissingPayloadHeader": Failure.UNEXPECTED,
    "MissingSignatureHeader": Failure.UNEXPECTED,
}

_CODE: Final = re.compile(r"(?:[A-Z][a-z]{1,15}){1,6}")
"""A word of its table; no key or secret is written so."""


def _read_refusal(data: Any) -> Refusal | None:
    """``{"result": "error", "reason": "InvalidNonce", "message": "Nonce '1' has not increased since …"}``."""
    if not isinstance(data, dict) or data.get("result") != "error":
        return None
    reason, message = data.get("reason"), data.get("message")
    words = [word for word in (reason, message) if isinstance(word, str) and word]
    if isinstance(reason, str) and (reason in _FAILURES or _CODE.fullmatch(reason)):
        return Refusal(code=reason, message=message if isinstance(message, str) and message != reason else None)
    return Refusal(code=None, message=": ".join(words) or None)


_SECOND: Final = 1_000_000
_UNSURE: Final = 2 * _SECOND
"""Microseconds by which two readings of a clock that tells whole seconds may differ, with the way to it and back."""


class _Nonces:
    """Seconds, with a fraction that makes each larger than the one before; smaller only if the clock was put right.

    ccxt's own are milliseconds, and stay ahead for good once the clock was.
    """

    def __init__(self, client: Any) -> None:
        self._client = client
        self._last = 0

    def __call__(self) -> str:
        now: int = self._client.microseconds()
        self._last = self._last + 1 if self._last - _UNSURE < now <= self._last else now
        seconds, fraction = divmod(self._last, _SECOND)
        return f"{seconds}.{fraction:06}"


def _settle_in(client: Any, environment: Environment) -> None:
    if environment is Environment.TESTNET:
        client.set_sandbox_mode(True)
        # Web pages that ccxt reads market lists from, the same in both worlds.
        del client.urls["api"]["web"], client.urls["api"]["webExchange"]
    client.incrementing_nonce = _Nonces(client)
    # A page from somebody in between is not Gemini's word that it is being maintained, or that an order is missing.
    client.httpExceptions["503"] = client.httpExceptions["404"] = client.httpExceptions["502"]


DIALECT: Final = Dialect(
    ccxt_class="gemini",
    settle_in=_settle_in,
    # 600 and 120 a minute, read as what that is in a second: it tells of no more than five that it lets wait.
    budgets={"private": Budget(10, seconds=1, advised=300), "public": Budget(2, seconds=1, advised=60)},
    read_refusal=_read_refusal,
    failures=_FAILURES,
    clocks={Market.SPOT: TICKER, Market.LINEAR: TICKER},
    read_time=None,
    probe=(ROLES,),
)

PROFILE: Final = ExchangeProfile(
    id="gemini",
    title="Gemini",
    worlds={
        Market.SPOT: (Environment.LIVE, Environment.TESTNET),
        # Whether the sandbox has perpetuals is not documented.
        Market.LINEAR: (Environment.LIVE,),
    },
    settled_in={Market.LINEAR: ("GUSD",)},
    shape=CredentialShape(
        # Of 20 and of 27 or 28 characters by all that was seen; how long they may get is not documented.
        api_key=FieldShape(re.compile(r"account-[0-9A-Za-z]{16,24}"), re.compile(r"[0-9A-Za-z-]"), (28,)),
        secret=FieldShape(re.compile(r"[0-9A-Za-z]{24,32}"), re.compile(r"[0-9A-Za-z]"), (28,)),
        refused_kind=re.compile(r"\bmaster-[0-9A-Za-z]{16,24}\b"),
    ),
    boxes={
        Permission.READ: (_TRADING,),
        Permission.SPOT_TRADE: (_TRADING,),
        Permission.FUTURES_TRADE: (_TRADING,),
        # Part of Trading: there is no box to leave off.
        Permission.MARGIN: (),
        Permission.TRANSFER: (_FUNDS,),
        Permission.WITHDRAW: (_FUNDS,),
    },
    watch_boxes=(_AUDITOR,),
    key_pages={
        Environment.LIVE: "https://exchange.gemini.com/settings/api",
        Environment.TESTNET: "https://exchange.sandbox.gemini.com/settings/api",
    },
    # Not documented; as many as others take at least.
    max_ips=10,
    max_ips_documented=False,
    guide_steps=6,
    permissions_told=frozenset({Environment.LIVE, Environment.TESTNET}),
    aliases=("джемини", "双子星"),
    trading_remark=True,
)

# -------------------------------------------------------------------------------------------------------------- looking


async def probe(exchange: Conversation) -> KeyReport:
    """One question, everywhere."""
    return _stated(await exchange.ask(ROLES))


async def inspect(exchange: Conversation, progress: Progress) -> KeyReport:
    """Clock, signature, permissions and balance. What follows from the report is the caller's to tell."""
    await check_clock(exchange, progress)
    async with running(progress, CheckItem.SIGNATURE):
        report = _stated(await exchange.ask(ROLES))
    await progress(CheckItem.SIGNATURE, ItemState.PASSED)
    if not report.grants(Permission.READ):
        await progress(CheckItem.PERMISSIONS, ItemState.FAILED)
        await progress(CheckItem.BALANCE, ItemState.FAILED)
        return report
    moves = report.of(Permission.WITHDRAW).grant
    await progress(CheckItem.PERMISSIONS, ItemState.CAUTION if moves is Grant.UNKNOWN else ItemState.PASSED)
    async with running(progress, CheckItem.BALANCE):
        uid = _account_uid(await exchange.ask(ACCOUNT))
        await exchange.ask(BALANCES)
    await progress(CheckItem.BALANCE, ItemState.PASSED)
    return replace(report, account_uid=uid)


# ---------------------------------------------------------------------------------------------- what is said of the key

_OFF: Final = Finding(Grant.DENIED, Certainty.STATED)


def _stated(answer: Any) -> KeyReport:
    """A report out of the roles.

    Raises:
        TypeError: for an answer of another shape; nothing is ever read as off because it could not be read.
    """
    if not isinstance(answer, dict) or not all(isinstance(answer.get(role), bool) for role in _ROLES):
        raise TypeError("this is not the roles of a key")
    trader, funds, auditor = (answer[role] for role in _ROLES)
    # A role we have never heard of: it may be any.
    strange = any(word.startswith("is") and value is not False for word, value in answer.items() if word not in _ROLES)
    moving = _said(funds, _FUNDS) if funds or not strange else UNKNOWABLE
    inferred = Finding(Grant.GRANTED, Certainty.INFERRED, (_TRADING,)) if trader else _OFF
    return KeyReport(
        findings={
            Permission.READ: _reads(trader=trader, auditor=auditor, other=funds or strange),
            Permission.SPOT_TRADE: _said(trader, _TRADING),
            Permission.FUTURES_TRADE: inferred,
            Permission.MARGIN: inferred,
            Permission.TRANSFER: moving,
            Permission.WITHDRAW: moving,
        },
    )


def _reads(*, trader: bool, auditor: bool, other: bool) -> Finding:
    """Every role reads.

    The box of Fund Manager is not named: what it moves would pass for a part of reading that cannot be switched off.
    """
    boxes = tuple(box for box, on in ((_TRADING, trader), (_AUDITOR, auditor)) if on)
    return Finding(Grant.GRANTED, Certainty.STATED, boxes) if boxes or other else _OFF


def _said(on: bool, box: str) -> Finding:  # noqa: FBT001 - its one fact
    return Finding(Grant.GRANTED, Certainty.STATED, (box,)) if on else _OFF


def _account_uid(answer: Any) -> str | None:
    """Its short name ("primary" is everybody's first) and the moment it was made; Gemini has no number for it."""
    account = answer.get("account") if isinstance(answer, dict) else None
    if not isinstance(account, dict):
        return None
    name, created = account.get("shortName"), account.get("created")
    return f"{name}/{created}" if isinstance(name, str) and name and created else None
