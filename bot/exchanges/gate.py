"""Gate: spot, and perpetual futures settled in USDT or in BTC.

What is known of it, and where it was read (API v4.106, its SDKs, its command line tool):

- ``GET /account/main_keys`` states the products a key may use, each read-only or read-write. Gate's documents
  contradict themselves: their example is a list of all keys of the account, shown up to a star; their schema is one
  object. Both are read, and of a list only the entry that is surely ours.
- **Withdrawal is not among the documented products**, though the key page has it. So it is never off here: a product
  whose name speaks of withdrawing is on, all else is unknown, and the user must vouch.
- Whether a sub-account's key may ask there, and whether the testnet serves it, is not documented. Where it does not, a
  reading question shows the key alive, and nothing is known of its rights.
- ``FORBIDDEN`` is said of a missing right and, in bodies people have posted, of an address off the list: the words
  tell.
- Limits hold per account and endpoint (150 requests in ten seconds); for addresses none is documented. Ours is set as
  if the limit of public paths (200 in ten seconds) held for all.
- A key without an address list ends after 90 days (help page; from when they count is not said, so: from its making).
- ccxt's testnet has another host for all that is asked here. It takes ``REQUEST_EXPIRED`` for a wrong key, and has no
  class for three of the servers' own troubles.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from bot.domain.connection import Environment, Market
from bot.domain.exchange import ExchangeProfile, Unbound
from bot.domain.failures import ExchangeTrouble, Failure, Trouble
from bot.domain.pasting import CredentialShape
from bot.domain.pasting.shape import FieldShape
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, KeyReport, Permission
from bot.domain.verdict import TRADE_PERMISSION
from bot.exchanges.adapter import Dialect, Endpoint, Refusal
from bot.exchanges.budget import Budget
from bot.exchanges.checklist import check_clock, running
from bot.exchanges.conversation import Conversation
from bot.usecases.ports import CheckItem, ItemState, Progress

# ------------------------------------------------------------------------------------------------------ what we may ask

MAIN_KEYS: Final = Endpoint("private/account", "main_keys", "address")
DETAIL: Final = Endpoint("private/account", "detail", "address")
SPOT_ACCOUNTS: Final = Endpoint("private/spot", "accounts", "address")
LINEAR_ACCOUNT: Final = Endpoint("private/futures", "{settle}/accounts", "address", params={"settle": "usdt"})
INVERSE_ACCOUNT: Final = Endpoint("private/futures", "{settle}/accounts", "address", params={"settle": "btc"})
TIME: Final = Endpoint("public/spot", "time", "address")

_BALANCE: Final = {
    Market.SPOT: SPOT_ACCOUNTS,
    Market.LINEAR: LINEAR_ACCOUNT,
    Market.INVERSE: INVERSE_ACCOUNT,
}

# ------------------------------------------------------------------------------------------------------- the tick boxes

_ACCOUNT: Final = "Account: Read Only"
_SPOT: Final = "Spot/Margin: Read and Write"
_PERPETUAL: Final = "Perpetual: Read and Write"
_WALLET: Final = "Wallet: Read and Write"
_WITHDRAWAL: Final = "Withdrawal"

_READING: Final = {
    Market.SPOT: "Spot/Margin: Read Only",
    Market.LINEAR: "Perpetual: Read Only",
    Market.INVERSE: "Perpetual: Read Only",
}
_PRODUCTS: Final = {
    Market.SPOT: frozenset({"spot", "unified"}),
    Market.LINEAR: frozenset({"futures", "unified"}),
    Market.INVERSE: frozenset({"futures", "unified"}),
}
"""Products through which a market can be read."""
_FUTURES: Final = (Permission.FUTURES_TRADE,)
_GRANTS: Final[Mapping[str, tuple[tuple[Permission, ...], str]]] = {
    "spot": ((Permission.SPOT_TRADE, Permission.MARGIN), _SPOT),
    "futures": (_FUTURES, _PERPETUAL),
    "delivery": (_FUTURES, "Delivery: Read and Write"),
    "options": (_FUTURES, "Options: Read and Write"),
    "margin": ((Permission.MARGIN,), "Margin: Read and Write"),
    "loan": ((Permission.MARGIN,), "Loan: Read and Write"),
    "unified": ((Permission.SPOT_TRADE, *_FUTURES, Permission.MARGIN), "Unified: Read and Write"),
    "wallet": ((Permission.TRANSFER,), _WALLET),
}
"""Product that may be written to → what that grants, and its name on the key page (after its help page)."""
_HARMLESS: Final = frozenset({"account", "earn", "copy", "pilot", "alpha", "crossx"})
"""Custody and OTC are not here: what they may move is not documented, and OTC pays out to banks."""

# -------------------------------------------------------------------------------------------------------- how it speaks

_OFF_THE_LIST: Final = "FORBIDDEN (IP)"

_FAILURES: Final[Mapping[str, Failure]] = {
    "INVALID_KEY": Failure.INVALID_KEY,
    "INVALID_CREDENTIALS": Failure.AMBIGUOUS_AUTH,
    "INVALID_SIGNATURE": Failure.BAD_SIGNATURE,
    "IP_FORBIDDEN": Failure.IP_NOT_ALLOWED,
    _OFF_THE_LIST: Failure.IP_NOT_ALLOWED,
    # All that we ask is reading.
    "FORBIDDEN": Failure.NO_READ_PERMISSION,
    "READ_ONLY": Failure.NO_TRADE_PERMISSION,
    "REQUEST_EXPIRED": Failure.CLOCK_SKEW,
    "TOO_MANY_REQUESTS": Failure.RATE_LIMITED,
    "TOO_FAST": Failure.RATE_LIMITED,
    "ACCOUNT_LOCKED": Failure.ACCOUNT_SUSPENDED,
    "SUB_ACCOUNT_LOCKED": Failure.ACCOUNT_SUSPENDED,
    # "User has no futures account"
    "USER_NOT_FOUND": Failure.WRONG_MARKET,
    "SERVER_ERROR": Failure.EXCHANGE_UNAVAILABLE,
    "INTERNAL": Failure.EXCHANGE_UNAVAILABLE,
    "INTERNAL_SERVER_ERROR": Failure.EXCHANGE_UNAVAILABLE,
    "SERVER_TIMEOUT": Failure.EXCHANGE_UNAVAILABLE,
    "TOO_BUSY": Failure.EXCHANGE_UNAVAILABLE,
    # Whether it is the address, the country or the servers is not documented.
    "REQUEST_FORBIDDEN": Failure.UNEXPECTED,
}
_NOT_SERVED: Final = frozenset({"NOT_FOUND", "METHOD_NOT_ALLOWED", "HTTP 404"})

_OFF_LIST_WORDS: Final = re.compile(r"\bIP not in whitelist(?:: ?([0-9a-fA-F.:]{3,45}))?", re.IGNORECASE)


def _read_refusal(data: Any) -> Refusal | None:
    """``{"label": "INVALID_KEY", "message": "…"}``; some say ``detail``."""
    if not isinstance(data, dict) or not isinstance(label := data.get("label"), str):
        return None
    message = data.get("message") or data.get("detail")
    words = message if isinstance(message, str) else ""
    off_list = _OFF_LIST_WORDS.search(words)
    return Refusal(
        code=_OFF_THE_LIST if label == "FORBIDDEN" and off_list else label,
        message=words or None,
        seen_ip=off_list.group(1) if off_list else None,
    )


def _settle_in(client: Any, environment: Environment) -> None:
    if environment is Environment.TESTNET:
        client.set_sandbox_mode(True)


DIALECT: Final = Dialect(
    ccxt_class="gate",
    settle_in=_settle_in,
    budgets={"address": Budget(200, seconds=10, documented=False)},
    read_refusal=_read_refusal,
    failures=_FAILURES,
    clocks=dict.fromkeys(Market, TIME),
    read_time=lambda data: int(data["server_time"]),
    limits_of_one_key=frozenset({"TOO_MANY_REQUESTS", "TOO_FAST"}),
    probe=(MAIN_KEYS,),
)

_KEY_PAGE: Final = "https://www.gate.com/myaccount/profile/api-key/manage"

PROFILE: Final = ExchangeProfile(
    id="gate",
    title="Gate",
    worlds=dict.fromkeys(Market, (Environment.LIVE, Environment.TESTNET)),
    settled_in={Market.LINEAR: ("USDT",), Market.INVERSE: ("BTC",)},
    shape=CredentialShape(api_key=FieldShape.of("[0-9a-f]", 32), secret=FieldShape.of("[0-9a-f]", 64)),
    boxes={
        Permission.READ: (_ACCOUNT,),
        Permission.SPOT_TRADE: (_SPOT,),
        Permission.FUTURES_TRADE: (_PERPETUAL,),
        Permission.MARGIN: (),
        Permission.TRANSFER: (_WALLET,),
        Permission.WITHDRAW: (_WITHDRAWAL,),
    },
    watch_boxes=(_ACCOUNT, _READING[Market.SPOT], _READING[Market.LINEAR]),
    # The testnet's keys are made on the same page.
    key_pages={Environment.LIVE: _KEY_PAGE, Environment.TESTNET: _KEY_PAGE},
    max_ips=20,
    ip_separator=",",
    guide_steps=6,
    unbound=Unbound(ends_after=90),
    aliases=("gate.io", "gateio", "芝麻"),
)

# -------------------------------------------------------------------------------------------------------------- looking


async def probe(exchange: Conversation) -> KeyReport:
    """One question; a second where the first is not answered."""
    return await _look(exchange)


async def inspect(exchange: Conversation, progress: Progress) -> KeyReport:
    """Clock, signature, permissions and balance. What follows from the report is the caller's to tell."""
    await check_clock(exchange, progress)
    async with running(progress, CheckItem.SIGNATURE):
        report = await _look(exchange)
    await progress(CheckItem.SIGNATURE, ItemState.PASSED)
    await progress(CheckItem.PERMISSIONS, ItemState.CAUTION)  # of withdrawal nothing good is ever said
    async with running(progress, CheckItem.BALANCE):
        _, refused = await exchange.attempt(_BALANCE[exchange.place.market])
        if refused is not None and not _dangerous(report):
            raise ExchangeTrouble(_with_boxes(refused, exchange.place.market))
    # What is dangerous is to be told first, and not after the rest was mended.
    await progress(CheckItem.BALANCE, ItemState.FAILED if refused else ItemState.PASSED)
    return report


def _dangerous(report: KeyReport) -> bool:
    return report.grants(Permission.WITHDRAW) or report.grants(Permission.TRANSFER)


def _with_boxes(refused: Trouble, market: Market) -> Trouble:
    """A refusal with the box that would mend it."""
    if refused.failure is Failure.NO_READ_PERMISSION:
        return replace(refused, boxes=(_READING[market],))
    if refused.failure is Failure.WRONG_MARKET:
        return replace(refused, boxes=(_PERPETUAL,))
    return refused


async def _look(exchange: Conversation) -> KeyReport:
    keys, trouble = await exchange.attempt(MAIN_KEYS)
    if trouble is None:
        own = _own(exchange, keys)
        return _SILENT if own is None else _stated(own, exchange.place.market, exchange.now())
    testnet = exchange.place.environment is Environment.TESTNET
    if trouble.failure is Failure.NO_READ_PERMISSION:
        # Of a main account's key this is the right to read the account; a sub-account's may be refused for what it is.
        detail, second = await exchange.attempt(DETAIL)
        if second is not None:
            raise ExchangeTrouble(replace(trouble, boxes=(_ACCOUNT,)))
        return _detailed(detail)
    if testnet and trouble.code in _NOT_SERVED:
        await exchange.ask(_BALANCE[exchange.place.market])
        return _SILENT
    raise ExchangeTrouble(trouble)


# ------------------------------------------------------------------------------------------------------- what it says

_SILENT: Final = KeyReport(
    findings={
        Permission.READ: Finding(Grant.GRANTED, Certainty.INFERRED),
        Permission.SPOT_TRADE: UNKNOWABLE,
        Permission.FUTURES_TRADE: UNKNOWABLE,
        Permission.TRANSFER: UNKNOWABLE,
        Permission.WITHDRAW: UNKNOWABLE,
    }
)
"""All that is known of a key that answers, where nobody says what it may do."""


def _own(exchange: Conversation, keys: Any) -> Mapping[str, Any] | None:
    """Our key's entry; None if none is surely ours.

    Raises:
        TypeError: for an answer of another shape.
    """
    if isinstance(keys, dict):
        return keys
    if not isinstance(keys, list) or not all(isinstance(each, dict) for each in keys):
        raise TypeError("this is not main_keys")
    ours = [each for each in keys if isinstance(shown := each.get("key"), str) and exchange.shows_own_key(shown)]
    return ours[0] if len(ours) == 1 else None


def _stated(own: Mapping[str, Any], market: Market, now: float) -> KeyReport:
    """A report out of one entry of main_keys.

    Raises:
        ExchangeTrouble: if it says that the key is locked or frozen, or not made for this market.
        TypeError: for an entry of another shape; nothing is ever read as off because it could not be read.
    """
    perms = own.get("perms")
    if not isinstance(perms, list) or not all(isinstance(each, dict) for each in perms):
        raise TypeError("this is no entry of main_keys")
    state = _number(own.get("state"))
    if state not in (None, _NORMAL):
        # 2 is locked, 3 is frozen.
        raise ExchangeTrouble(Trouble(Failure.ACCOUNT_SUSPENDED, code=f"state {state}"))
    addresses = _addresses(own.get("ip_whitelist"))
    uid, name = own.get("user_id"), own.get("name")
    report = KeyReport(
        findings=_findings(perms),
        ip_restricted=None if addresses is None else bool(addresses),
        ip_list=addresses or None,
        expires_at=_expiry(_number(own.get("created_at")), now) if addresses == () else None,
        account_uid=str(uid) if uid else None,
        label=name if isinstance(name, str) and name else None,
    )
    if not _dangerous(report) and not any(each["name"] in _PRODUCTS[market] for each in perms):
        raise ExchangeTrouble(_without_market(report, market))
    return report


def _without_market(report: KeyReport, market: Market) -> Trouble:
    """A key that has no right in this market, not even to read."""
    if report.grants(Permission.SPOT_TRADE) or report.grants(Permission.FUTURES_TRADE):
        return Trouble(Failure.WRONG_MARKET, boxes=PROFILE.boxes[TRADE_PERMISSION[market]])
    return Trouble(Failure.NO_READ_PERMISSION, boxes=(_READING[market],))


def _detailed(detail: Any) -> KeyReport:
    """A report out of ``detail``: addresses and account, of rights nothing."""
    addresses = _addresses(detail.get("ip_whitelist"))
    uid = detail.get("user_id")
    return replace(
        _SILENT,
        ip_restricted=None if addresses is None else bool(addresses),
        ip_list=addresses or None,
        account_uid=str(uid) if uid else None,
    )


_NORMAL: Final = 1


def _findings(perms: Iterable[Mapping[str, Any]]) -> dict[Permission, Finding]:
    ticked: dict[Permission, tuple[str, ...]] = dict.fromkeys(Permission, ())
    unclear = False
    for each in perms:
        name, read_only = each.get("name"), each.get("read_only")
        if not isinstance(name, str) or not isinstance(read_only, bool):
            raise TypeError("a product of main_keys cannot be read")
        ticked[Permission.READ] = (_ACCOUNT,)
        if "withdraw" in name.lower():
            ticked[Permission.WITHDRAW] = (_WITHDRAWAL,)
        elif not read_only and name in _GRANTS:
            permissions, box = _GRANTS[name]
            for permission in permissions:
                ticked[permission] += (box,)
        elif not read_only and name not in _HARMLESS:
            unclear = True
    findings = {
        permission: Finding(Grant.GRANTED if boxes else Grant.DENIED, Certainty.STATED, boxes)
        for permission, boxes in ticked.items()
    }
    if not ticked[Permission.WITHDRAW]:
        findings[Permission.WITHDRAW] = UNKNOWABLE
    if unclear and not ticked[Permission.TRANSFER]:
        findings[Permission.TRANSFER] = UNKNOWABLE
    return findings


def _addresses(listed: Any) -> tuple[str, ...] | None:
    """The addresses of a key; None if that cannot be read."""
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        return None
    return tuple(each for each in listed if each)


def _number(value: Any) -> int | None:
    """Documents write numbers, SDKs strings."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    return value if type(value) is int else None


_WITHOUT_ADDRESSES: Final = 90 * 86_400
"""Seconds that a key without an address list lives."""


def _expiry(created: int | None, now: float) -> float | None:
    """Epoch seconds. A key that outlived its time shows that the rule does not hold for it."""
    if not created or created + _WITHOUT_ADDRESSES <= now:
        return None
    return float(created + _WITHOUT_ADDRESSES)
