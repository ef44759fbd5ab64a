"""Deribit: spot, linear (USDC-settled) and inverse (coin-settled); live and testnet.

What is known of it, and where it was read:

- ``public/auth`` gives out a token, and says in ``scope`` what it is good for (docs.deribit.com, "public/auth"). Any
  key may ask it. We ask with ``client_signature``, so that the secret does not travel, and for no scope: then the
  answer has all that the key may, and its name, as answers quoted in public code show. Only ``scope`` is looked at. The
  tokens beside it hold for one connection ("Access scope", ``connection``) and are dropped.
- A right is ``area:read``, ``area:read_write`` or ``area:none``. ``wallet:read_write`` withdraws and transfers;
  ``trade:read_write`` trades everything. ``account:read_write`` makes and edits keys, whose rights it chooses: as bad
  as withdrawing. An area we have never heard of, and custody, of which nothing is documented, may move money.
- "Access scope" warns that ``wallet:read_write`` may be shown as ``wallet:read``, depending on how one authenticates.
  Its example is not our way, and no such answer to our way has been seen; still, ``wallet:read`` is no proof that
  withdrawal is off: unknown.
- ``private/move_positions`` needs no more than ``trade:read_write``. It moves positions between a user's own
  sub-accounts, not money, and is not called a transfer here.
- ``list_api_keys`` would tell the IP list, but its answer holds the secret of every key of the account, and accounts
  with a security key do not get it: it is never asked. So nobody tells whether a key is bound to addresses.
- Whether the account is in order is asked with ``private/get_account_summary``, which wants ``account:read``.
- 13004 is a bad key as well as a bad secret. What an address that is not on the key's list is told, and a wrong
  timestamp, is documented nowhere: so 13004 and 13009 are taken for ambiguous, once the clock has been looked at.
- The list of errors ("Errors", RPC table) is contradicted by a shorter one above it, which calls 10001
  ``invalid_credentials`` and 13011 ``insufficient_scope``. The words then decide.
- Limits ("Rate limits", "Connection management"): by sub-account 20 requests a second; by address an unpublished
  number of requests without a token, and 32 connections, the next of which gets a 429.
- Keys have no end, with or without an IP list.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bot.domain.connection import Credential, Environment, Market
from bot.domain.exchange import ExchangeProfile, Unbound
from bot.domain.failures import ExchangeTrouble, Failure, Trouble
from bot.domain.pasting import CredentialShape
from bot.domain.pasting.shape import FieldShape
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, KeyReport, Permission
from bot.exchanges.adapter import Dialect, Endpoint, Refusal
from bot.exchanges.budget import Budget
from bot.exchanges.checklist import check_clock, running, told_rights
from bot.exchanges.conversation import Conversation
from bot.usecases.ports import CheckItem, ItemState, Progress

# ------------------------------------------------------------------------------------------------------ what we may ask


def _signature(credential: Credential, now_ms: int) -> dict[str, str | int]:
    """HMAC-SHA256 of time, nonce and data, a line each ("Authentication", client signature); we have no data."""
    nonce = secrets.token_hex(8)
    payload = f"{now_ms}\n{nonce}\n"
    return {
        "client_id": credential.api_key,
        "timestamp": now_ms,
        "nonce": nonce,
        "data": "",
        "signature": hmac.digest(credential.secret.encode(), payload.encode(), hashlib.sha256).hex(),
    }


TIME: Final = Endpoint("public", "get_time", "address")
AUTH: Final = Endpoint("public", "auth", "address", params={"grant_type": "client_signature"}, proof=_signature)
SUMMARY: Final = Endpoint("private", "get_account_summary", "account", params={"currency": "BTC"})
# Only so does it tell whose account it is; and more of the person than every probe has to see.
WHOSE: Final = replace(SUMMARY, params={"currency": "BTC", "extended": "true"})

# ----------------------------------------------------------------------------------------------------------- the scopes

_READ: Final = "account:read"
_READ_TRADES: Final = "trade:read"
_TRADE: Final = "trade:read_write"
_WALLET: Final = "wallet:read_write"
_ACCOUNT: Final = "account:read_write"

_AREAS: Final = frozenset({"account", "trade", "wallet", "block_trade", "block_rfq"})
"""Areas of which it is known what they may."""
_LEVELS: Final = ("none", "read", "read_write")
_OF_THE_TOKEN: Final = frozenset({"connection", "mainaccount", "session", "name", "expires", "ip"})
"""Words, or beginnings of words, that say something of the token or of whose it is, and grant nothing."""

# -------------------------------------------------------------------------------------------------------- how it speaks

_FAILURES: Final[Mapping[str, Failure]] = {
    "10000": Failure.AMBIGUOUS_AUTH,
    "13004": Failure.AMBIGUOUS_AUTH,
    "13009": Failure.AMBIGUOUS_AUTH,
    "10001 (invalid_credentials)": Failure.AMBIGUOUS_AUTH,
    # All that we ask is reading.
    "11042": Failure.NO_READ_PERMISSION,
    "13021": Failure.NO_READ_PERMISSION,
    "13011 (insufficient_scope)": Failure.NO_READ_PERMISSION,
    # About orders of main accounts, edits of keys, forms of requests: nothing that we ask, and no key is to blame.
    "13011": Failure.UNEXPECTED,
    "13012": Failure.UNEXPECTED,
    "13403": Failure.UNEXPECTED,
    "9999": Failure.ACCOUNT_SUSPENDED,
    "10019": Failure.ACCOUNT_SUSPENDED,
    "11098": Failure.ACCOUNT_SUSPENDED,
    "13001": Failure.ACCOUNT_SUSPENDED,
    "13002": Failure.ACCOUNT_SUSPENDED,
    # The account has to be verified, or given a security key, before anything else.
    "13031": Failure.ACCOUNT_SUSPENDED,
    "13904": Failure.ACCOUNT_SUSPENDED,
    "12005": Failure.REGION_BLOCKED,
    "10028": Failure.RATE_LIMITED,
    "10066": Failure.RATE_LIMITED,
    # Too many failed log-ins; whose is not said.
    "12003": Failure.RATE_LIMITED,
    "10041": Failure.MAINTENANCE,
    "11051": Failure.MAINTENANCE,
    "10040": Failure.EXCHANGE_UNAVAILABLE,
    "11056": Failure.EXCHANGE_UNAVAILABLE,
    "11094": Failure.EXCHANGE_UNAVAILABLE,
    "13025": Failure.EXCHANGE_UNAVAILABLE,
    "13028": Failure.EXCHANGE_UNAVAILABLE,
    "13503": Failure.EXCHANGE_UNAVAILABLE,
    "13888": Failure.EXCHANGE_UNAVAILABLE,
    "-32602 (timestamp)": Failure.CLOCK_SKEW,
}

_CONTRADICTED: Final = frozenset({("10001", "invalid_credentials"), ("13011", "insufficient_scope")})
_BAD_PARAMS: Final = "-32602"


def _read_refusal(data: Any) -> Refusal | None:
    """``{"error": {"code": 13009, "message": "unauthorized", "data": {"reason": "…", "param": "…"}}}``."""
    error = data.get("error") if isinstance(data, dict) else None
    if error is None:
        return None
    if not isinstance(error, dict) or error.get("code") is None:
        return Refusal(code=None, message=str(error))
    code, message = str(error["code"]), str(error.get("message") or "")
    details = error.get("data")
    details = details if isinstance(details, dict) else {}
    if (code, message) in _CONTRADICTED:
        code = f"{code} ({message})"
    elif code == _BAD_PARAMS and details.get("param") == "timestamp":
        code = f"{code} (timestamp)"  # how a wrong time is refused is not documented; this could be nothing else
    words = ": ".join(filter(None, (message, str(details.get("reason") or ""))))
    return Refusal(code=code, message=words or None)


def _settle_in(client: Any, environment: Environment) -> None:
    if environment is Environment.TESTNET:
        client.set_sandbox_mode(True)


DIALECT: Final = Dialect(
    ccxt_class="deribit",
    settle_in=_settle_in,
    # By address: what one account may ask, for lack of a number of its own. Signed questions are counted by account; no
    # limit by address is documented for them.
    budgets={"address": Budget(20, seconds=1, documented=False), "account": Budget(4_000, documented=False)},
    read_refusal=_read_refusal,
    failures=_FAILURES,
    clocks=dict.fromkeys(Market, TIME),
    read_time=lambda data: int(data["result"]),
    may_be_clock=frozenset({"13004", "13009"}),
    in_flight=16,
    probe=(AUTH, SUMMARY),
)

_WORLDS: Final = (Environment.LIVE, Environment.TESTNET)

PROFILE: Final = ExchangeProfile(
    id="deribit",
    title="Deribit",
    worlds=dict.fromkeys(Market, _WORLDS),
    settled_in={Market.LINEAR: ("USDC",)},
    shape=CredentialShape(
        # Client ids of 8 and 10 characters have been seen; secrets of 43 (32 bytes in base64), older ones of 32. Any
        # length between would take the word before a secret for a part of it.
        api_key=FieldShape.between("[A-Za-z0-9_-]", 8, 12),
        secret=FieldShape.of("[A-Za-z0-9_-]", 32, 43),
    ),
    boxes={
        Permission.READ: (_READ,),
        Permission.SPOT_TRADE: (_TRADE,),
        Permission.FUTURES_TRADE: (_TRADE,),
        Permission.MARGIN: (_TRADE,),
        Permission.TRANSFER: (_WALLET,),
        Permission.WITHDRAW: (_WALLET, _ACCOUNT),
    },
    watch_boxes=(_READ, _READ_TRADES),
    key_pages={
        Environment.LIVE: "https://www.deribit.com/account/BTC/api",
        Environment.TESTNET: "https://test.deribit.com/account/BTC/api",
    },
    # Not documented.
    max_ips=10,
    max_ips_documented=False,
    ip_separator=",",
    guide_steps=6,
    unbound=Unbound(),
    permissions_told=frozenset(_WORLDS),
    aliases=("дерибит",),
)

# -------------------------------------------------------------------------------------------------------------- looking


async def probe(exchange: Conversation) -> KeyReport:
    """Two questions: what the key may do, and whether its account is in order."""
    report = await _rights(exchange)
    if report.of(Permission.READ).grant is not Grant.DENIED:
        _result(await exchange.ask(SUMMARY))
    return report


async def inspect(exchange: Conversation, progress: Progress) -> KeyReport:
    """Clock, signature, permissions and balance. What follows from the report is the caller's to tell."""
    await check_clock(exchange, progress)
    async with running(progress, CheckItem.SIGNATURE):
        report = await _rights(exchange)
    if not await told_rights(progress, report):
        return report
    async with running(progress, CheckItem.BALANCE):
        uid = _result(await exchange.ask(WHOSE)).get("id")
    await progress(CheckItem.BALANCE, ItemState.PASSED)
    return replace(report, account_uid=None if uid is None else str(uid))


async def _rights(exchange: Conversation) -> KeyReport:
    answer, trouble = await exchange.attempt(AUTH)
    if trouble is not None:
        raise ExchangeTrouble(_about_any_right(trouble))
    return _stated(answer)


def _about_any_right(trouble: Trouble) -> Trouble:
    """Any right suffices to authenticate. A refusal for lack of one is about something else, perhaps the address."""
    if trouble.failure is Failure.NO_READ_PERMISSION:
        return replace(trouble, failure=Failure.AMBIGUOUS_AUTH)
    return trouble


# ---------------------------------------------------------------------------------------------- what is said of the key

_OFF: Final = Finding(Grant.DENIED, Certainty.STATED)
_SPACE: Final = re.compile(r"\s+")


def _result(answer: Any) -> dict[str, Any]:
    result = answer.get("result") if isinstance(answer, dict) else None
    if not isinstance(result, dict):
        raise TypeError("this is not an answer of Deribit's")
    return result


def _stated(answer: Any) -> KeyReport:
    """A report out of public/auth.

    Raises:
        TypeError: for an answer of another shape; nothing is ever read as off because it could not be read.
    """
    scope = _result(answer).get("scope")
    if not isinstance(scope, str):
        raise TypeError("this is not public/auth")
    words = frozenset(filter(None, _SPACE.split(scope)))
    name = next((word.partition(":")[2] for word in sorted(words) if word.startswith("name:")), "")
    return KeyReport(findings=_findings(words), label=name or None)


def _findings(words: frozenset[str]) -> dict[Permission, Finding]:
    rights = {word for word in words if word.partition(":")[0] not in _OF_THE_TOKEN}
    told = {word for word in rights if _is_known(word)}
    if not told:
        return dict.fromkeys(Permission, UNKNOWABLE)  # as in the example of the docs: nothing is said of any right
    trade = _granted(told, _TRADE)
    return {
        Permission.READ: _granted(told, _ACCOUNT, _READ, any_one=True),
        Permission.SPOT_TRADE: trade,
        Permission.FUTURES_TRADE: trade,
        Permission.MARGIN: trade,
        Permission.TRANSFER: _moves(rights, _WALLET),
        Permission.WITHDRAW: _moves(rights, _WALLET, _ACCOUNT),
    }


def _is_known(word: str) -> bool:
    area, _, level = word.partition(":")
    return area in _AREAS and level in _LEVELS


def _granted(told: set[str], *grants: str, any_one: bool = False) -> Finding:
    boxes = tuple(box for box in grants if box in told)
    return Finding(Grant.GRANTED, Certainty.STATED, boxes[:1] if any_one else boxes) if boxes else _OFF


def _moves(rights: set[str], *grants: str) -> Finding:
    """Whether the key moves money: any scope that does is enough; whatever we cannot be sure of leaves it open."""
    stated = _granted(rights, *grants)
    if stated is _OFF and any(map(_leaves_open, rights)):
        return UNKNOWABLE
    return stated


def _leaves_open(word: str) -> bool:
    """Whether a right may be more than it says, or more than we know of."""
    if _is_known(word):
        return word == "wallet:read"
    return word.partition(":")[2] not in ("none", "read")
