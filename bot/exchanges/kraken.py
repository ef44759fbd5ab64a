"""Kraken: spot, with margin; live only. Kraken Futures is an exchange of its own, with keys of its own.

What is known of it, and where it was read:

- ``POST /0/private/GetApiKeyInfo`` states what the key that asks may do (docs.kraken.com, "Get API Key Info"). It needs
  no right and costs what a ping would, 1 of the 15 to 20 that one key may spend and regains at 20 to 60 a minute: so it
  is the ping. Reading is a POST there, since every signed request is one.
- Every answer has status 200; what is wrong stands in its list ``error`` ("Error messages"). What begins with W is a
  warning.
- A nonce must be larger than the last one that the key was used with, by whomever. Ours are milliseconds; software that
  counts in microseconds locks its key for us for good. The exchange's clock only helps after ours was ahead.
- Each right is a box. ``modify-trades`` takes in margin orders: there is no box for them.
- Moving money from the spot to the user's own futures wallet needs no more than ``query-funds`` ("Request Wallet
  Transfer"). It cannot be split off from reading.
- ``add-withdraw-address`` and ``update-withdraw-address`` prepare a withdrawal: as bad as one.
- What it says to an address that is not on the key's list is documented nowhere. ``GetApiKeyInfo`` needs no right, so a
  refusal for lack of one may be about the address.
- Repeated bad keys end in a lockout of our address, a few minutes long by the docs, a quarter of an hour by those who
  met it: everybody stays away.
- It has no testnet and no demo, and ccxt's switch for one raises and keeps the production URLs.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bot.domain.connection import Environment, Market
from bot.domain.exchange import ExchangeProfile
from bot.domain.failures import ExchangeTrouble, Failure
from bot.domain.pasting import CredentialShape
from bot.domain.pasting.shape import FieldShape
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, KeyReport, Permission
from bot.exchanges.adapter import Dialect, Endpoint, Refusal
from bot.exchanges.budget import Budget
from bot.exchanges.checklist import check_clock, running
from bot.exchanges.conversation import Conversation
from bot.usecases.ports import CheckItem, ItemState, Progress

# ------------------------------------------------------------------------------------------------------ what we may ask

TIME: Final = Endpoint("public", "Time", "public")
KEY_INFO: Final = Endpoint("private", "GetApiKeyInfo", "private", method="POST")
BALANCE: Final = Endpoint("private", "Balance", "private", method="POST")

# ------------------------------------------------------------------------------------------------------- the tick boxes

_QUERY: Final = "Funds: Query"
_TRADE: Final = "Create & modify orders"

_WITHDRAWING: Final[Mapping[str, str]] = {
    "withdraw-funds": "Funds: Withdraw",
    "add-withdraw-address": "Add withdrawal addresses",
    "update-withdraw-address": "Update withdrawal addresses",
}
"""Right → its box on the key page."""

_HARMLESS: Final = frozenset(
    {
        *("query-funds", "add-funds", "earn-funds", "query-open-trades", "query-closed-trades"),
        *("modify-trades", "close-trades", "query-ledger", "export-data", "create-ws-token"),
    }
)
"""Rights that take no money out of the account."""

# -------------------------------------------------------------------------------------------------------- how it speaks

_DENIED: Final = "EGeneral:Permission denied"

_FAILURES: Final[Mapping[str, Failure]] = {
    "EAPI:Invalid key": Failure.INVALID_KEY,
    "EAPI:Invalid signature": Failure.BAD_SIGNATURE,
    # All that we ask is reading.
    _DENIED: Failure.NO_READ_PERMISSION,
    "EAPI:Invalid nonce": Failure.CLOCK_SKEW,
    "EAPI:Rate limit exceeded": Failure.RATE_LIMITED,
    "EGeneral:Too many requests": Failure.RATE_LIMITED,
    "EService:Throttled": Failure.RATE_LIMITED,
    "EGeneral:Temporary lockout": Failure.BANNED,
    "EService:Unavailable": Failure.EXCHANGE_UNAVAILABLE,
    "EService:Busy": Failure.EXCHANGE_UNAVAILABLE,
    "EGeneral:Internal error": Failure.EXCHANGE_UNAVAILABLE,
    "EAPI:Feature disabled": Failure.EXCHANGE_UNAVAILABLE,
    "EService:Market in cancel_only mode": Failure.MAINTENANCE,
    "EService:Market in post_only mode": Failure.MAINTENANCE,
    # The key has a second factor of its own, which no service can give.
    "EGeneral:Invalid arguments:otp": Failure.AMBIGUOUS_AUTH,
    "ETrade:User Locked": Failure.ACCOUNT_SUSPENDED,
}

_CODE: Final = re.compile(r"(E[A-Z][A-Za-z]{0,15}:[A-Za-z_ ]{1,40})(?::.*)?", re.DOTALL)
"""Category and sentence. What may follow, after another colon, is about the request and may quote it."""

_LOCKOUT_SECONDS: Final = 900.0


def _read_refusal(data: Any) -> Refusal | None:
    """``{"error": ["EAPI:Invalid key"]}``."""
    said = data.get("error") if isinstance(data, dict) else None
    errors = [str(each) for each in said if not str(each).startswith("W")] if isinstance(said, list) else []
    if not errors:
        return None
    words = errors[0]
    parted = _CODE.fullmatch(words)
    code = words if words in _FAILURES else parted.group(1) if parted else None
    return Refusal(code=code, message=None if words == code else words)


def _settle_in(client: Any, environment: Environment) -> None:
    """Nothing to do: there is no other environment, and the gateway refuses one that has production's hosts."""


DIALECT: Final = Dialect(
    ccxt_class="kraken",
    settle_in=_settle_in,
    # Signed requests are counted by key, one a minute of at least twenty; no limit by address is documented for them.
    budgets={"private": Budget(1_500, documented=False), "public": Budget(1, seconds=1)},
    read_refusal=_read_refusal,
    failures=_FAILURES,
    clocks={Market.SPOT: TIME},
    # Whole seconds, cut off: on average it is half a second later.
    read_time=lambda data: int(data["result"]["unixtime"]) * 1000 + 500,
    limits_of_one_key=frozenset({"EAPI:Rate limit exceeded"}),
    waits={Failure.BANNED: _LOCKOUT_SECONDS},
    probe=(KEY_INFO,),
)

PROFILE: Final = ExchangeProfile(
    id="kraken",
    title="Kraken",
    worlds={Market.SPOT: (Environment.LIVE,)},
    shape=CredentialShape(
        api_key=FieldShape.of("[A-Za-z0-9+/]", 56),
        # 64 bytes in base64.
        secret=FieldShape(re.compile(r"[A-Za-z0-9+/]{86}=="), re.compile(r"[A-Za-z0-9+/=]"), (88,)),
    ),
    boxes={
        Permission.READ: (_QUERY,),
        Permission.SPOT_TRADE: (_TRADE,),
        Permission.FUTURES_TRADE: (),
        # Part of creating orders, and of reading: there are no boxes to leave off.
        Permission.MARGIN: (),
        Permission.TRANSFER: (),
        Permission.WITHDRAW: tuple(_WITHDRAWING.values()),
    },
    key_pages={Environment.LIVE: "https://pro.kraken.com/app/settings/api"},
    max_ips=32,
    guide_steps=6,
    aliases=("kraken pro", "кракен"),
)

# -------------------------------------------------------------------------------------------------------------- looking


async def probe(exchange: Conversation) -> KeyReport:
    """One question."""
    return await _key_info(exchange)


async def inspect(exchange: Conversation, progress: Progress) -> KeyReport:
    """Clock, signature, permissions and balance. What follows from the report is the caller's to tell."""
    await check_clock(exchange, progress)
    async with running(progress, CheckItem.SIGNATURE):
        report = await _key_info(exchange)
    await progress(CheckItem.SIGNATURE, ItemState.PASSED)
    readable = report.grants(Permission.READ)
    await progress(CheckItem.PERMISSIONS, ItemState.PASSED if readable else ItemState.FAILED)
    if not readable:
        await progress(CheckItem.BALANCE, ItemState.FAILED)
        return report
    async with running(progress, CheckItem.BALANCE):
        await exchange.ask(BALANCE)
    await progress(CheckItem.BALANCE, ItemState.PASSED)
    return report


async def _key_info(exchange: Conversation) -> KeyReport:
    answer, trouble = await exchange.attempt(KEY_INFO)
    if trouble is None:
        return _stated(answer)
    if trouble.code == _DENIED:
        # The one question that needs no right. So it is something else, perhaps the address.
        trouble = replace(trouble, failure=Failure.AMBIGUOUS_AUTH)
    raise ExchangeTrouble(trouble)


# ---------------------------------------------------------------------------------------------- what is said of the key

_OFF: Final = Finding(Grant.DENIED, Certainty.STATED)


def _stated(answer: Any) -> KeyReport:
    """A report out of GetApiKeyInfo.

    Raises:
        TypeError: for an answer of another shape; nothing is ever read as off because it could not be read.
        ValueError: for a date that is none.
    """
    info = answer.get("result") if isinstance(answer, dict) else None
    rights = _words(info.get("permissions")) if isinstance(info, dict) else None
    if info is None or rights is None:
        raise TypeError("this is not GetApiKeyInfo")
    ips = _words(info.get("ipAllowlist"))
    uid, label = info.get("iban"), info.get("apiKeyName")
    # Epoch seconds, as text; "0" for never.
    until = int(info.get("validUntil") or 0)
    return KeyReport(
        findings=_findings(frozenset(rights)),
        ip_restricted=None if ips is None else bool(ips),
        ip_list=ips or None,
        expires_at=float(until) if until > 0 else None,
        account_uid=uid if isinstance(uid, str) and uid else None,
        label=label if isinstance(label, str) and label else None,
    )


def _words(listed: Any) -> tuple[str, ...] | None:
    """A list of words; None if it is no such list."""
    return tuple(listed) if isinstance(listed, list) and all(isinstance(word, str) for word in listed) else None


def _findings(rights: frozenset[str]) -> dict[Permission, Finding]:
    reading, trading = _said("query-funds" in rights, _QUERY), _said("modify-trades" in rights, _TRADE)
    return {
        Permission.READ: reading,
        Permission.SPOT_TRADE: trading,
        Permission.FUTURES_TRADE: _OFF,
        Permission.MARGIN: trading,
        Permission.TRANSFER: reading,
        Permission.WITHDRAW: _withdraws(rights),
    }


def _withdraws(rights: frozenset[str]) -> Finding:
    boxes = tuple(box for right, box in _WITHDRAWING.items() if right in rights)
    if not boxes and rights - _HARMLESS:
        return UNKNOWABLE  # a right we have never heard of: it may be any
    return _said(bool(boxes), *boxes)


def _said(on: bool, *boxes: str) -> Finding:  # noqa: FBT001 - its one fact
    return Finding(Grant.GRANTED, Certainty.STATED, boxes) if on else _OFF
