"""KuCoin: spot, USDT, USDC and coin-settled futures; live only.

What is known of it, and where it was read:

- ``GET /api/v1/user/api-key`` on the spot host states what a key may do, for futures too (docs-new, "Get Apikey Info").
  It needs General, which every key has, and weighs 20 of the 2,000 that an account may spend in 30 s: it is the ping.
- ``permission`` is a list of words with commas. ``Transfer`` is the old name of withdrawal, and ``InnerTransfer`` the
  transfer between own accounts, "FlexTransfers" on the key page: whole words are compared. A word that nobody has told
  us of may be any right: then nothing is surely off.
- ``expiredAt`` (milliseconds or null) and others are answered by newer servers only (kucoin-api for Node, 2026).
- The documents' example masks the whitelist (``203.**.154``). Whether a key without one says so, or leaves the field
  out, is not documented: only an empty list is read as none.
- Limits of signed questions hold for one account (429000). 1015 is the wall's, for an address; how much that one
  allows is not documented, so we keep to what an address may spend on public questions in their lightest form.
- Sandbox and demo: none. ccxt's ``set_sandbox_mode`` raises there and keeps production's URLs.
- Linear futures settle in USDT or USDC (help centre, "USDT/USDC Futures Introduction").
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from bot.domain.connection import Environment, Market
from bot.domain.exchange import ExchangeProfile, Unbound
from bot.domain.failures import ExchangeTrouble, Failure
from bot.domain.pasting import CredentialShape
from bot.domain.pasting.shape import PASSPHRASE, FieldShape
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, KeyReport, Permission
from bot.domain.verdict import TRADE_PERMISSION
from bot.exchanges.adapter import Dialect, Endpoint, Refusal
from bot.exchanges.budget import Budget
from bot.exchanges.checklist import check_clock, running
from bot.exchanges.conversation import Conversation
from bot.usecases.ports import CheckItem, ItemState, Progress

# ------------------------------------------------------------------------------------------------------ what we may ask

TIME: Final = Endpoint("public", "timestamp", "address")
KEY_INFO: Final = Endpoint("private", "user/api-key", "address")
SPOT_BALANCE: Final = Endpoint("private", "accounts", "address")
LINEAR_BALANCE: Final = Endpoint("futuresPrivate", "account-overview", "address", params={"currency": "USDT"})
INVERSE_BALANCE: Final = Endpoint("futuresPrivate", "account-overview", "address", params={"currency": "XBT"})

_BALANCE: Final = {
    Market.SPOT: SPOT_BALANCE,
    Market.LINEAR: LINEAR_BALANCE,
    Market.INVERSE: INVERSE_BALANCE,
}

# ------------------------------------------------------------------------------------------------------- the tick boxes

_BOXES: Final[Mapping[str, tuple[Permission, str]]] = {
    "general": (Permission.READ, "General"),
    "spot": (Permission.SPOT_TRADE, "Spot"),
    "futures": (Permission.FUTURES_TRADE, "Futures"),
    "margin": (Permission.MARGIN, "Margin"),
    "innertransfer": (Permission.TRANSFER, "FlexTransfers"),
    "flextransfers": (Permission.TRANSFER, "FlexTransfers"),
    "transfer": (Permission.WITHDRAW, "Withdrawal"),
    "withdrawal": (Permission.WITHDRAW, "Withdrawal"),
}
"""Word of ``permission``, lower case → what it grants, and the name of its box on the key page."""

_HARMLESS: Final = frozenset({"earn"})
"""Moves coins between an account and its own savings."""

# -------------------------------------------------------------------------------------------------------- how it speaks

_NO_PERMISSION: Final = "400007"

_FAILURES: Final[Mapping[str, Failure]] = {
    # Headers are missing: we always send them, so it is no fault of the key, as ccxt has it.
    "400001": Failure.UNEXPECTED,
    "400002": Failure.CLOCK_SKEW,
    "400003": Failure.INVALID_KEY,
    "400004": Failure.WRONG_PASSPHRASE,
    "400005": Failure.BAD_SIGNATURE,
    "400006": Failure.IP_NOT_ALLOWED,
    # All that we ask is reading.
    _NO_PERMISSION: Failure.NO_READ_PERMISSION,
    # A key of a version that is not served any more: as good as none.
    "400008": Failure.INVALID_KEY,
    "411100": Failure.ACCOUNT_SUSPENDED,
    "400302": Failure.REGION_BLOCKED,
    "400303": Failure.REGION_BLOCKED,
    "400500": Failure.REGION_BLOCKED,
    "429": Failure.RATE_LIMITED,
    "429000": Failure.RATE_LIMITED,
    "1015": Failure.RATE_LIMITED,
    "1015000": Failure.RATE_LIMITED,
    # ccxt takes it for an order that is refused.
    "300000": Failure.EXCHANGE_UNAVAILABLE,
    "500": Failure.EXCHANGE_UNAVAILABLE,
    "503": Failure.EXCHANGE_UNAVAILABLE,
    "500000": Failure.EXCHANGE_UNAVAILABLE,
}

_GOOD_CODES: Final = frozenset({"200000", "200"})
_SEEN_IP: Final = re.compile(r"(?:clientIp is|\bIP): ?([0-9a-fA-F.:]{3,45}[0-9a-fA-F])")


def _read_refusal(data: Any) -> Refusal | None:
    """``{"code": "400006", "msg": "Invalid request ip, the current clientIp is:1.2.3.4"}``."""
    if not isinstance(data, dict) or (code := data.get("code")) is None or str(code) in _GOOD_CODES:
        return None
    message = data.get("msg")
    words = message if isinstance(message, str) else ""
    seen = _SEEN_IP.search(words)
    return Refusal(code=str(code), message=words or None, seen_ip=seen.group(1) if seen else None)


def _settle_in(_client: Any, _environment: Environment) -> None:
    """There is nothing but live, and the client itself refuses what leaves production's URLs in place."""


DIALECT: Final = Dialect(
    ccxt_class="kucoin",
    settle_in=_settle_in,
    # What an address may spend on public questions.
    budgets={"address": Budget(2_000, seconds=30, documented=False)},
    read_refusal=_read_refusal,
    failures=_FAILURES,
    clocks=dict.fromkeys(Market, TIME),
    read_time=lambda data: int(data["data"]),
    # ccxt signs each request a second time, in its own name as a partner; nothing that only reads needs that.
    options={"partner": {"spot": None, "future": None}},
    limits_of_one_key=frozenset({"429000"}),
    probe=(KEY_INFO,),
)

_HEX: Final = "[0-9a-fA-F]"

PROFILE: Final = ExchangeProfile(
    id="kucoin",
    title="KuCoin",
    worlds=dict.fromkeys(Market, (Environment.LIVE,)),
    settled_in={Market.LINEAR: ("USDT", "USDC")},
    shape=CredentialShape(
        api_key=FieldShape.of(_HEX, 24),
        secret=FieldShape(
            re.compile(f"{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}}"),
            re.compile("[0-9a-fA-F-]"),
            (36,),
        ),
        passphrase=PASSPHRASE,
    ),
    boxes={
        permission: tuple(dict.fromkeys(box for granted, box in _BOXES.values() if granted is permission))
        for permission in Permission
    },
    key_pages={Environment.LIVE: "https://www.kucoin.com/account/api"},
    max_ips=20,
    ip_separator=",",
    guide_steps=6,
    unbound=Unbound(idle_ends_after=30),
    aliases=("ku coin", "кукоин", "kucoinfutures"),
)

# -------------------------------------------------------------------------------------------------------------- looking


async def probe(exchange: Conversation) -> KeyReport:
    """One question, on every market."""
    return _stated(await exchange.ask(KEY_INFO))


async def inspect(exchange: Conversation, progress: Progress) -> KeyReport:
    """Clock, signature, permissions and balance. What follows from the report is the caller's to tell."""
    await check_clock(exchange, progress)
    async with running(progress, CheckItem.SIGNATURE):
        report = _stated(await exchange.ask(KEY_INFO))
    await progress(CheckItem.SIGNATURE, ItemState.PASSED)
    unknown = any(finding.grant is Grant.UNKNOWN for finding in report.findings.values())
    await progress(CheckItem.PERMISSIONS, ItemState.CAUTION if unknown else ItemState.PASSED)
    async with running(progress, CheckItem.BALANCE):
        _, refused = await exchange.attempt(_BALANCE[exchange.place.market])
        trades_here = report.grants(TRADE_PERMISSION[exchange.place.market])
        if refused is not None and (refused.code != _NO_PERMISSION or trades_here):
            raise ExchangeTrouble(refused)
    # A key without the market's box may be refused there, and be good to watch all the same: the verdict has the word.
    await progress(CheckItem.BALANCE, ItemState.PASSED if refused is None else ItemState.CAUTION)
    return report


def _stated(answer: Any) -> KeyReport:
    """A report out of ``user/api-key``.

    Raises:
        TypeError: for an answer of another shape; nothing is ever read as off because it could not be read.
    """
    info = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(info, dict) or not isinstance(info.get("permission"), str):
        raise TypeError("this is not user/api-key")
    ips = _ips(info.get("ipWhitelist"))
    ends = info.get("expiredAt")
    uid, label = info.get("uid"), info.get("remark") or info.get("subName")
    return KeyReport(
        findings=_findings(info["permission"]),
        ip_restricted=None if ips is None else bool(ips),
        ip_list=None if not ips or any("*" in ip for ip in ips) else ips,
        expires_at=ends / 1000 if isinstance(ends, int) and ends > 0 else None,
        account_uid=str(uid) if uid else None,
        label=label if isinstance(label, str) else None,
    )


def _findings(listed: str) -> dict[Permission, Finding]:
    words = {word.strip().casefold() for word in listed.split(",")} - {""}
    boxes: dict[Permission, dict[str, None]] = {permission: {} for permission in Permission}
    for word, (permission, box) in _BOXES.items():
        if word in words:
            boxes[permission][box] = None
    # Every key has General: a list without a word is no list of a key without rights.
    understood = bool(words) and words <= _BOXES.keys() | _HARMLESS
    off = Finding(Grant.DENIED, Certainty.STATED) if understood else UNKNOWABLE
    return {
        permission: Finding(Grant.GRANTED, Certainty.STATED, tuple(on)) if on else off
        for permission, on in boxes.items()
    }


def _ips(listed: Any) -> tuple[str, ...] | None:
    """The addresses of the whitelist; None if it is not told."""
    return tuple(ip.strip() for ip in listed.split(",") if ip.strip()) if isinstance(listed, str) else None
