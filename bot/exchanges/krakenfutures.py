"""Kraken Futures (Kraken Derivatives): linear and inverse; live and demo. Its keys are not those of Kraken.

What is known of it, and where it was read:

- ``GET /api/auth/v1/api-keys/v3/check`` states what the key that asks may do (docs.kraken.com, "Check v3 API key"). Any
  right suffices to ask it. ccxt does not have the path, but signs it once it is told of it. The path that is signed is
  our reading of the docs. Whether demo has it is not documented: if it does not, nobody says what a demo key may do.
- A key has two levels: ``general`` is "General API" on the key page, and Full Access there is all but withdrawals;
  ``transfer`` is "Withdrawal API", and moves money to the spot wallet, from where it can go on
  (support.kraken.com 360022839451). So that level counts as both, transfer and withdrawal.
- Whether the account is in order only an endpoint of trading says: so a probe asks for the accounts too. They cost 2 of
  the 500 in 10 s that all under ``/derivatives`` may cost one address ("Derivatives Rate Limits", "Get tickers"). What
  the check may cost is not documented.
- A bad key and a bad signature get the same answer. What it says to an address that is not on the key's list is
  documented nowhere.
- Requests carry no time and no nonce, so no clock can be wrong; every answer tells the time all the same.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from bot.domain.connection import Environment, Market
from bot.domain.exchange import ExchangeProfile
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

# Nothing only tells the time; this is the smallest answer with the time in it, and costs nothing.
TIME: Final = Endpoint("public", "tickers/PF_XBTUSD", "public")
KEY_CHECK: Final = Endpoint("auth", "api-keys/v3/check", "auth")
ACCOUNTS: Final = Endpoint("private", "accounts", "derivatives", weight=2)

# ------------------------------------------------------------------------------------------------------- the tick boxes

_READ_ONLY: Final = "General API: Read Only"
_FULL: Final = "General API: Full Access"
_WITHDRAWAL: Final = "Withdrawal API: Full Access"

# -------------------------------------------------------------------------------------------------------- how it speaks

_FAILURES: Final[Mapping[str, Failure]] = {
    "authenticationError": Failure.AMBIGUOUS_AUTH,
    "UNAUTHORIZED": Failure.AMBIGUOUS_AUTH,
    # All that we ask is reading.
    "permissionDenied": Failure.NO_READ_PERMISSION,
    "Forbidden": Failure.NO_READ_PERMISSION,
    "accountInactive": Failure.ACCOUNT_SUSPENDED,
    "apiLimitExceeded": Failure.RATE_LIMITED,
    "nonceBelowThreshold": Failure.CLOCK_SKEW,
    "nonceDuplicate": Failure.CLOCK_SKEW,
    "Unavailable": Failure.EXCHANGE_UNAVAILABLE,
    "unavailable": Failure.EXCHANGE_UNAVAILABLE,
    "Server Error": Failure.EXCHANGE_UNAVAILABLE,
}
_NOT_THERE: Final = frozenset({"HTTP 404", "notFound", "Not Found", "NOT_FOUND"})

_CODE: Final = re.compile(r"[A-Za-z_ ]{1,40}")


def _read_refusal(data: Any) -> Refusal | None:
    """``{"result": "error", "error": "authenticationError"}``; elsewhere ``{"errors": [{"message": "…"}]}``."""
    if not isinstance(data, dict):
        return None
    errors = data.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    words = data.get("error") or (first.get("message") if isinstance(first, dict) else first)
    if not words:
        return Refusal(code=None) if data.get("result") == "error" else None
    if isinstance(words, str) and _CODE.fullmatch(words):
        return Refusal(code=words)
    return Refusal(code=None, message=str(words))


_AUTH: Final[Mapping[Environment, str]] = {
    Environment.LIVE: "https://futures.kraken.com/api/auth/",
    Environment.DEMO: "https://demo-futures.kraken.com/api/auth/",
}


def _settle_in(client: Any, environment: Environment) -> None:
    if environment is Environment.DEMO:
        client.set_sandbox_mode(True)
    client.urls["api"]["auth"] = _AUTH[environment]


def _read_time(data: Any) -> int:
    return int(datetime.fromisoformat(data["serverTime"]).timestamp() * 1000)


DIALECT: Final = Dialect(
    ccxt_class="krakenfutures",
    options={
        "versions": {"auth": {"GET": {KEY_CHECK.path: "v1"}}},
        "access": {"auth": {"GET": {KEY_CHECK.path: "private"}}},
    },
    settle_in=_settle_in,
    # What the check may cost is not documented, and tickers cost nothing: for both, what seems modest.
    budgets={
        "derivatives": Budget(500, seconds=10),
        "auth": Budget(800, documented=False),
        "public": Budget(80, documented=False),
    },
    read_refusal=_read_refusal,
    failures=_FAILURES,
    clocks={Market.LINEAR: TIME, Market.INVERSE: TIME},
    read_time=_read_time,
    probe=(KEY_CHECK, ACCOUNTS),
)

_WORLDS: Final = (Environment.LIVE, Environment.DEMO)

PROFILE: Final = ExchangeProfile(
    id="krakenfutures",
    title="Kraken Futures",
    worlds={Market.LINEAR: _WORLDS, Market.INVERSE: _WORLDS},
    settled_in={Market.LINEAR: ("USD",)},
    shape=CredentialShape(
        api_key=FieldShape.of("[A-Za-z0-9+/]", 56),
        # 64 bytes in base64.
        secret=FieldShape(re.compile(r"[A-Za-z0-9+/]{86}=="), re.compile(r"[A-Za-z0-9+/=]"), (88,)),
    ),
    boxes={
        Permission.READ: (_FULL,),
        Permission.SPOT_TRADE: (),
        Permission.FUTURES_TRADE: (_FULL,),
        Permission.MARGIN: (),
        Permission.TRANSFER: (_WITHDRAWAL,),
        Permission.WITHDRAW: (_WITHDRAWAL,),
    },
    watch_boxes=(_READ_ONLY,),
    key_pages={
        Environment.LIVE: "https://futures.kraken.com/",
        Environment.DEMO: "https://demo-futures.kraken.com/",
    },
    # Not documented; as many as Kraken takes.
    max_ips=32,
    max_ips_documented=False,
    guide_steps=5,
    aliases=("kraken derivatives", "kraken pro futures", "cryptofacilities"),
)

# -------------------------------------------------------------------------------------------------------------- looking


async def probe(exchange: Conversation) -> KeyReport:
    """Two questions: what the key may do, and whether its account is in order."""
    report = await _rights(exchange)
    if report.of(Permission.READ).grant is not Grant.DENIED:
        await exchange.ask(ACCOUNTS)
    return report


async def inspect(exchange: Conversation, progress: Progress) -> KeyReport:
    """Clock, signature, permissions and balance. What follows from the report is the caller's to tell."""
    await check_clock(exchange, progress)
    async with running(progress, CheckItem.SIGNATURE):
        report = await _rights(exchange)
        if report is _SILENT:
            await exchange.ask(ACCOUNTS)
    if not await told_rights(progress, report):
        return report
    async with running(progress, CheckItem.BALANCE):
        await exchange.ask(ACCOUNTS)
    await progress(CheckItem.BALANCE, ItemState.PASSED)
    return report


async def _rights(exchange: Conversation) -> KeyReport:
    answer, trouble = await exchange.attempt(KEY_CHECK)
    if trouble is None:
        return _stated(answer)
    if exchange.place.environment is Environment.DEMO and trouble.code in _NOT_THERE:
        return _SILENT
    raise ExchangeTrouble(_about_any_right(trouble))


def _about_any_right(trouble: Trouble) -> Trouble:
    """Any right suffices for the check. So a refusal for lack of one is about something else, perhaps the address."""
    if trouble.failure is Failure.NO_READ_PERMISSION:
        return replace(trouble, failure=Failure.AMBIGUOUS_AUTH)
    return trouble


# ---------------------------------------------------------------------------------------------- what is said of the key

_OFF: Final = Finding(Grant.DENIED, Certainty.STATED)

_SILENT: Final = KeyReport(
    findings={
        Permission.READ: Finding(Grant.GRANTED, Certainty.INFERRED),
        Permission.FUTURES_TRADE: UNKNOWABLE,
        Permission.TRANSFER: UNKNOWABLE,
        Permission.WITHDRAW: UNKNOWABLE,
    }
)
"""All that is known of a demo key that reads the accounts, if demo has no check."""

_GENERAL: Final[Mapping[Any, tuple[Finding, Finding]]] = {
    "NO_ACCESS": (_OFF, _OFF),
    "READ_ONLY": (Finding(Grant.GRANTED, Certainty.STATED, (_READ_ONLY,)), _OFF),
    "FULL_ACCESS": (Finding(Grant.GRANTED, Certainty.STATED, (_FULL,)),) * 2,
}
"""Level → reading and trading."""

_TRANSFER: Final[Mapping[Any, Finding]] = {
    "NO_ACCESS": _OFF,
    "FULL_ACCESS": Finding(Grant.GRANTED, Certainty.STATED, (_WITHDRAWAL,)),
}

_EVERYWHERE: Final = frozenset({"0.0.0.0/0", "::/0"})


def _stated(answer: Any) -> KeyReport:
    """A report out of the check. A level of another name may be any: unknown.

    Raises:
        TypeError: for an answer of another shape; nothing is ever read as off because it could not be read.
    """
    levels = answer.get("permissions") if isinstance(answer, dict) else None
    if not isinstance(levels, dict) or not {"general", "transfer"} <= levels.keys():
        raise TypeError("this is not the check of a key")
    reading, trading = _GENERAL.get(levels["general"], (UNKNOWABLE, UNKNOWABLE))
    moving = _TRANSFER.get(levels["transfer"], UNKNOWABLE)
    blocks = _blocks(answer.get("allowedCidrBlocks"), answer.get("allowedCidrBlock"))
    uid = answer.get("accountUid")
    return KeyReport(
        findings={
            Permission.READ: reading,
            Permission.SPOT_TRADE: _OFF,
            Permission.FUTURES_TRADE: trading,
            Permission.MARGIN: _OFF,
            Permission.TRANSFER: moving,
            Permission.WITHDRAW: moving,
        },
        ip_restricted=None if blocks is None else bool(blocks) and not _EVERYWHERE & set(blocks),
        ip_list=blocks or None,
        account_uid=uid if isinstance(uid, str) and uid else None,
    )


def _blocks(several: Any, one: Any) -> tuple[str, ...] | None:
    """The address blocks the key is bound to; None if that cannot be read. Older keys have one block at most."""
    if several is None and one is None:
        return None
    listed = several if isinstance(several, list) and several else [one] if one is not None else []
    return tuple(listed) if all(isinstance(block, str) for block in listed) else None
