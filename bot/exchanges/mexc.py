"""MEXC: spot, and futures settled in USDT, USDC or in the coin.

What is known of it, and where it was read:

- ``GET /api/v3/apiKeyInfo`` states what a key may do, its addresses and how many days it has left. It is not in MEXC's
  documents; the answer is known from a third party's tests, the words of its permissions from MEXC's own documents
  (``POST /api/v3/sub-account/apiKey``). So a word that we do not know makes withdrawal and transfer unknown, never off.
- ``POST`` on that same path changes the key's addresses. It is nowhere in this file, and must never be.
- It wants the API key in the query once more, though the header has it.
- ``canTrade`` and ``canWithdraw`` of ``/api/v3/account`` are flags of the account, not of the key: never read here.
- Futures say "error" with HTTP 200 and ``"success": false``.
- An expired key gets the sentence of a wrong signature from spot (ccxt's comment on 700002), and 402 from futures: that
  tells the two apart.
- ``x/api/v3`` gives an address 500 requests in ten seconds by older documents, 300 by newer ones: 300 is believed. What
  futures give is not known; 20 in two seconds is what most of their paths have.
- There is no testnet (ccxt's ``set_sandbox_mode`` fails and leaves the production hosts in place).
- There are USDT-M and USDC-M futures (MEXC's press release on Futures Earn, September 2025), and Coin-M ones.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from bot.domain.connection import Environment, Market
from bot.domain.exchange import ExchangeProfile, Unbound
from bot.domain.failures import ExchangeTrouble, Failure, Trouble
from bot.domain.pasting import CredentialShape
from bot.domain.pasting.shape import FieldShape
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, KeyReport, Permission
from bot.exchanges.adapter import Dialect, Endpoint, Refusal
from bot.exchanges.budget import Budget
from bot.exchanges.checklist import check_clock, running
from bot.exchanges.conversation import Conversation
from bot.usecases.ports import CheckItem, ItemState, Progress

# ------------------------------------------------------------------------------------------------------ what we may ask

KEY_INFO: Final = Endpoint("spot/private", "apiKeyInfo", "spot", key_param="accessKey")
UID: Final = Endpoint("spot/private", "uid", "spot")
SPOT_ACCOUNT: Final = Endpoint("spot/private", "account", "spot", weight=10)
FUTURES_ASSETS: Final = Endpoint("contract/private", "account/assets", "contract", weight=2)
TIME: Final = Endpoint("spot/public", "time", "spot")

# ------------------------------------------------------------------------------------------------------- the tick boxes

_ACCOUNT_READ: Final = "Account: Read"
_FUTURES_READ: Final = "Futures: Read"

_BOXES: Final[Mapping[str, tuple[Permission, str]]] = {
    "SPOT_DEAL_WRITE": (Permission.SPOT_TRADE, "Spot: Trade"),
    "CONTRACT_DEAL_WRITE": (Permission.FUTURES_TRADE, "Futures: Trade"),
    "ISOLATED_MARGIN_DEAL_WRITE": (Permission.MARGIN, "Margin: Trade"),
    "SPOT_TRANSFER_WRITE": (Permission.TRANSFER, "Transfer"),
    "SPOT_WITHDRAW_WRITE": (Permission.WITHDRAW, "Withdraw"),
}
"""Word of ``permissions`` → what it grants, and its name on the key page (seen by third parties)."""

_READING: Final[Mapping[Market, tuple[str, str]]] = {
    Market.SPOT: ("SPOT_ACCOUNT_READ", _ACCOUNT_READ),
    Market.LINEAR: ("CONTRACT_ACCOUNT_READ", _FUTURES_READ),
    Market.INVERSE: ("CONTRACT_ACCOUNT_READ", _FUTURES_READ),
}
_HARMLESS: Final = frozenset(
    # Paying fees in MX, futures settings, new deposit addresses, and margin, which MEXC has given up.
    {"SPOT_ACCOUNT_WRITE", "CONTRACT_ACCOUNT_WRITE", "SPOT_DEPOSIT_WRITE", "ISOLATED_MARGIN_ACCOUNT_WRITE"}
)

# -------------------------------------------------------------------------------------------------------- how it speaks

_FAILURES: Final[Mapping[str, Failure]] = {
    # spot
    "10001": Failure.INVALID_KEY,
    "10072": Failure.INVALID_KEY,
    "700001": Failure.INVALID_KEY,
    "730706": Failure.INVALID_KEY,
    "700002": Failure.BAD_SIGNATURE,
    "10073": Failure.CLOCK_SKEW,
    "700003": Failure.CLOCK_SKEW,
    "700006": Failure.IP_NOT_ALLOWED,
    "700007": Failure.NO_READ_PERMISSION,
    "60005": Failure.ACCOUNT_SUSPENDED,
    "730100": Failure.ACCOUNT_SUSPENDED,
    "140002": Failure.ACCOUNT_SUSPENDED,
    # futures
    "401": Failure.AMBIGUOUS_AUTH,
    "402": Failure.KEY_EXPIRED,
    "406": Failure.IP_NOT_ALLOWED,
    "510": Failure.RATE_LIMITED,
    "513": Failure.CLOCK_SKEW,
    "602": Failure.BAD_SIGNATURE,
    "604": Failure.MAINTENANCE,
    "701": Failure.NO_READ_PERMISSION,
    "702": Failure.NO_TRADE_PERMISSION,
    "703": Failure.NO_READ_PERMISSION,
    "704": Failure.NO_TRADE_PERMISSION,
    # No futures account, or none that was activated.
    "1000": Failure.WRONG_MARKET,
    "1002": Failure.WRONG_MARKET,
    # both; "Access Denied" is the wall's word, which knows no keys
    "403": Failure.REGION_BLOCKED,
    "429": Failure.RATE_LIMITED,
    "500": Failure.EXCHANGE_UNAVAILABLE,
    "500 maintenance": Failure.MAINTENANCE,
    "501": Failure.EXCHANGE_UNAVAILABLE,
    "503": Failure.EXCHANGE_UNAVAILABLE,
    "504": Failure.EXCHANGE_UNAVAILABLE,
}

_SEEN_IP: Final = re.compile(r"\bIP \[([0-9a-fA-F.:]{3,45})\]")
_GOOD_CODES: Final = frozenset({"0", "200"})


def _read_refusal(data: Any) -> Refusal | None:
    """``{"code": 10072, "msg": "…"}`` from spot, ``{"success": false, "code": 602, "message": "…"}`` from futures."""
    if not isinstance(data, dict):
        return None
    code = data.get("code")
    coded = isinstance(code, int | str) and str(code) not in _GOOD_CODES
    if not coded and data.get("success", True) is True:
        return None
    message = data.get("msg") or data.get("message")
    words = message if isinstance(message, str) else ""
    seen = _SEEN_IP.search(words)
    # Futures say 500 of their own mistakes and of maintenance alike.
    suffix = " maintenance" if str(code) == "500" and "maintenance" in words.lower() else ""
    return Refusal(
        code=f"{code}{suffix}" if coded else None,
        message=words or None,
        seen_ip=seen.group(1) if seen else None,
    )


def _settle_in(_client: Any, _environment: Environment) -> None:
    """There is nothing but live; a client for anything else keeps production hosts and is refused for that."""


DIALECT: Final = Dialect(
    ccxt_class="mexc",
    settle_in=_settle_in,
    # Three quarters of 1,800 and 600 a minute.
    budgets={"spot": Budget(300, seconds=10), "contract": Budget(20, seconds=2, documented=False)},
    read_refusal=_read_refusal,
    failures=_FAILURES,
    # One clock: futures live behind the same host, and every probe asks spot.
    clocks=dict.fromkeys((Market.SPOT, Market.LINEAR, Market.INVERSE), TIME),
    read_time=lambda data: int(data["serverTime"]),
    probe=(KEY_INFO,),
)


def _boxes_of(permission: Permission) -> tuple[str, ...]:
    return tuple(box for granted, box in _BOXES.values() if granted is permission)


PROFILE: Final = ExchangeProfile(
    id="mexc",
    title="MEXC",
    worlds=dict.fromkeys((Market.SPOT, Market.LINEAR, Market.INVERSE), (Environment.LIVE,)),
    settled_in={Market.LINEAR: ("USDT", "USDC")},
    shape=CredentialShape(
        # As in MEXC's documents: mx0aBYs33eIilxBWC5. Other lengths have been seen.
        api_key=FieldShape(re.compile("mx0[A-Za-z0-9]{12,24}"), re.compile("[A-Za-z0-9]"), (15, 18, 27)),
        secret=FieldShape.of("[A-Za-z0-9]", 32),
    ),
    boxes={permission: _boxes_of(permission) for permission in Permission}
    | {Permission.READ: (_ACCOUNT_READ, _FUTURES_READ)},
    key_pages={Environment.LIVE: "https://www.mexc.com/user/openapi"},
    # MEXC's FAQ and its error 730703 say 10; the page on sub-accounts says 20.
    max_ips=10,
    ip_separator=",",
    guide_steps=5,
    unbound=Unbound(ends_after=90),
    aliases=("mxc", "抹茶"),
)

# -------------------------------------------------------------------------------------------------------------- looking


async def probe(exchange: Conversation) -> KeyReport:
    """One question."""
    return _report(exchange, await _key_info(exchange))


async def inspect(exchange: Conversation, progress: Progress) -> KeyReport:
    """Clock, signature, permissions, balance and account. What follows from the report is the caller's to tell."""
    await check_clock(exchange, progress)
    async with running(progress, CheckItem.SIGNATURE):
        report = _report(exchange, await _key_info(exchange))
    await progress(CheckItem.SIGNATURE, ItemState.PASSED)
    if not report.grants(Permission.READ):
        # Reported whole: what else is wrong with the key is to be told together with this.
        await progress(CheckItem.PERMISSIONS, ItemState.FAILED)
        await progress(CheckItem.BALANCE, ItemState.FAILED)
        return report
    await progress(CheckItem.PERMISSIONS, ItemState.PASSED)
    async with running(progress, CheckItem.BALANCE):
        spot = exchange.place.market is Market.SPOT
        _, refused = await exchange.attempt(SPOT_ACCOUNT if spot else FUTURES_ASSETS)
        if refused is not None:
            raise ExchangeTrouble(_with_boxes(refused, exchange.place.market))
        uid = (await exchange.ask(UID)).get("uid")
    await progress(CheckItem.BALANCE, ItemState.PASSED)
    return replace(report, account_uid=None if uid is None else str(uid))


async def _key_info(exchange: Conversation) -> Any:
    info, trouble = await exchange.attempt(KEY_INFO)
    if trouble is None:
        return info
    if trouble.failure is Failure.NO_READ_PERMISSION:
        # Without this right MEXC says nothing of a key, so that futures need it too.
        trouble = replace(trouble, boxes=(_ACCOUNT_READ,))
    if trouble.failure is Failure.BAD_SIGNATURE:
        _, second = await exchange.attempt(FUTURES_ASSETS)
        if second is not None and second.failure is Failure.KEY_EXPIRED:
            trouble = second
    raise ExchangeTrouble(trouble)


def _with_boxes(refused: Trouble, market: Market) -> Trouble:
    """A refusal with the box that would mend it."""
    if refused.failure is Failure.NO_READ_PERMISSION:
        return replace(refused, boxes=(_READING[market][1],))
    if refused.failure is Failure.WRONG_MARKET:
        return replace(refused, boxes=_boxes_of(Permission.FUTURES_TRADE))
    return refused


# ----------------------------------------------------------------------------------------------------- what it says


def _report(exchange: Conversation, info: Any) -> KeyReport:
    """A report out of apiKeyInfo.

    Raises:
        ExchangeTrouble: if it says that the key is none any more.
        TypeError: for an answer of another shape; nothing is ever read as off because it could not be read.
    """
    if not isinstance(info, dict) or not isinstance(words := info.get("permissions"), str):
        raise TypeError("this is not apiKeyInfo")
    status = info.get("status")
    if status is not None and status != "VALID":
        raise ExchangeTrouble(_ended(status))
    addresses = _addresses(info.get("ipWhiteList"))
    note = info.get("note")
    return KeyReport(
        findings=_findings(words, exchange.place.market),
        ip_restricted=None if addresses is None else bool(addresses),
        ip_list=addresses or None,
        expires_at=_expiry(info.get("createTime"), info.get("remainingValidity"), exchange.now()),
        label=note if isinstance(note, str) and note else None,
    )


@lru_cache(maxsize=1024)
def _findings(permissions: str, market: Market) -> Mapping[Permission, Finding]:
    """Few combinations occur, and each probe needs one."""
    words = {word.strip() for word in permissions.split(",")} - {""}
    word, box = _READING[market]
    ticked: dict[Permission, tuple[str, ...]] = dict.fromkeys(Permission, ())
    if word in words:
        ticked[Permission.READ] = (box,)
    for each in words:
        if each in _BOXES:
            permission, box = _BOXES[each]
            ticked[permission] = (box,)
    findings = {
        permission: Finding(Grant.GRANTED if boxes else Grant.DENIED, Certainty.STATED, boxes)
        for permission, boxes in ticked.items()
    }
    strange = {each for each in words - _BOXES.keys() - _HARMLESS if not each.endswith("_READ")}
    for permission in (Permission.WITHDRAW, Permission.TRANSFER):
        if any(permission.value.upper() in each.upper() for each in strange):
            findings[permission] = Finding(Grant.GRANTED, Certainty.STATED, _boxes_of(permission))
        elif strange and not ticked[permission]:
            findings[permission] = UNKNOWABLE
    return findings


def _addresses(listed: Any) -> tuple[str, ...] | None:
    """``"1.2.3.4,5.6.7.8"``; empty for none. None for a shape that was never seen."""
    if not isinstance(listed, str):
        return None
    return tuple(address for part in listed.split(",") if (address := part.strip()))


_DAY: Final = 86_400.0


def _expiry(created: Any, days_left: Any, now: float) -> float | None:
    """When a key ends, epoch seconds; None if it does not, or if that is not said.

    MEXC tells whole days. A key ends at the time of day at which it was made: so the date stays the same from one probe
    to the next, and is never later than what is said. What keys bound to addresses are told is not known; nothing
    below one day is taken for an end.
    """
    if type(days_left) is not int or days_left <= 0:
        return None
    latest = now + days_left * _DAY
    try:
        made = datetime.fromisoformat(created).timestamp()
    except (TypeError, ValueError):
        return latest - latest % _DAY
    return made + (latest - made) // _DAY * _DAY


def _ended(status: Any) -> Trouble:
    """A key that is there and no longer good. Of the words of ``status`` only VALID is known."""
    word = status if isinstance(status, str) and re.fullmatch("[A-Z_]{1,32}", status) else "unknown"
    failure = Failure.KEY_EXPIRED if "EXPIRED" in word else Failure.INVALID_KEY
    return Trouble(failure, code=f"status {word}")
