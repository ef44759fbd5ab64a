"""BingX: spot, USDT and coin-settled perpetuals; live, and demo (VST) for USDT-settled ones.

What is known of it, and where it was read:

- ``GET /openApi/v1/account/apiPermissions`` states what the key that asks may do. Its answer is documented in two
  shapes: a list of numbers (docs-v3, "Query API KEY Permissions"; people have seen it) and flags (api-ai-skills,
  sub-account reference). Both are read, with and without the usual envelope. A right that a shape does not mention is
  unknown, as is withdrawal in the form without its flag (docs-v3, "apiRestrictions"). Where both shapes come in one
  answer and contradict each other a dangerous right is on, and any other unknown. A number that we do not know may be
  any right.
- **Demo has no keys of its own**: the live key opens it, on another host (seen by two people who tried; BingX documents
  only the host). So on demo real money is at stake, and what is unknown has to be vouched for there too. Whether demo
  serves apiPermissions is not documented; where it does not, a reading question shows the key alive. Only perpetuals
  are documented for demo, and only USDT-settled ones were seen there.
- 100421 is a wrong timestamp to the documents and a restricted pair to ccxt's comments; 109400 and 80014 are any wrong
  parameter, a timestamp among them: the words tell. ccxt takes the first for a bad symbol, a ban (418) for a missing
  permission, a rate limit (100410) for a server's trouble; and its exceptions quote URLs with signatures.
- 100410 is each limit, of an account as of an address, and may say until when. Whose it was it does not say, so
  everybody stays away. Its group of paths gives an address 300 requests in ten seconds to each path (docs-v3, IP group
  2; the skills read "2 a second" into the same line). After too many a firewall answers 403 for five minutes, which
  cannot be told from a country that is not served.
- A key without addresses that may do more than read is deleted after 14 days without activity; with addresses, or to
  read only, it stays (key page). That our checks count as activity is likely, and nowhere said. Deleted is 100413.
- Keys of main and sub-accounts look alike. 100403 is said to a sub-account's where only a main account may ask.
- One signature, HMAC-SHA256. A timestamp may be five seconds off.
- Perpetuals have USDT as their margin, or the coin (help centre); of others nothing was found.
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
from bot.exchanges.adapter import Dialect, Endpoint, Refusal
from bot.exchanges.budget import Budget
from bot.exchanges.checklist import check_clock, running, told_rights
from bot.exchanges.conversation import Conversation
from bot.usecases.ports import CheckItem, ItemState, Progress

# ------------------------------------------------------------------------------------------------------ what we may ask

TIME: Final = Endpoint("swap/v2/public", "server/time", "address")
PERMISSIONS: Final = Endpoint("account/v1/private", "account/apiPermissions", "address")
UID: Final = Endpoint("account/v1/private", "uid", "address")
SPOT_BALANCE: Final = Endpoint("spot/v1/private", "account/balance", "address")
LINEAR_BALANCE: Final = Endpoint("swap/v3/private", "user/balance", "address")
INVERSE_BALANCE: Final = Endpoint("cswap/v1/private", "user/balance", "address")

_BALANCE: Final = {
    Market.SPOT: SPOT_BALANCE,
    Market.LINEAR: LINEAR_BALANCE,
    Market.INVERSE: INVERSE_BALANCE,
}

# ------------------------------------------------------------------------------------------------------- the tick boxes

_READ: Final = "Read"
_SPOT: Final = "Spot Trading"
_FUTURES: Final = "Perpetual Futures Trading"
_TRANSFER: Final = "Universal Transfer"
_BETWEEN_SUBS: Final = "Internal Transfer of Sub-accounts"
_WITHDRAW: Final = "Withdraw"

_GRANTS: Final[Mapping[str, tuple[Permission, ...]]] = {
    _READ: (Permission.READ,),
    _SPOT: (Permission.SPOT_TRADE, Permission.MARGIN),
    _FUTURES: (Permission.FUTURES_TRADE,),
    _TRANSFER: (Permission.TRANSFER,),
    _BETWEEN_SUBS: (Permission.TRANSFER,),
    _WITHDRAW: (Permission.WITHDRAW,),
}
"""Box → what it grants."""
_NUMBERS: Final[Mapping[str, str]] = {
    "1": _SPOT,
    "2": _READ,
    "3": _FUTURES,
    "4": _TRANSFER,
    "5": _WITHDRAW,
    "7": _BETWEEN_SUBS,
}
"""Number in ``permissions`` → box."""
_FLAGS: Final[Mapping[str, str]] = {
    "enableReading": _READ,
    "enableSpotAndMarginTrading": _SPOT,
    "enableFutures": _FUTURES,
    "permitsUniversalTransfer": _TRANSFER,
    "enableInternalTransfer": _BETWEEN_SUBS,
    "enableWithdrawals": _WITHDRAW,
}
"""Flag → box."""
_HARMLESS_FLAGS: Final = frozenset({"enableVanillaOptions"})
_DANGERS: Final = frozenset({Permission.TRANSFER, Permission.WITHDRAW})

# -------------------------------------------------------------------------------------------------------- how it speaks

_NO_PERMISSION: Final = "100004"
_FAILURES: Final[Mapping[str, Failure]] = {
    "100413": Failure.INVALID_KEY,
    "100001": Failure.BAD_SIGNATURE,
    "100412": Failure.BAD_SIGNATURE,
    "100419": Failure.IP_NOT_ALLOWED,
    # All that we ask is reading.
    _NO_PERMISSION: Failure.NO_READ_PERMISSION,
    "100421": Failure.CLOCK_SKEW,
    "109400 (clock)": Failure.CLOCK_SKEW,
    "80014 (clock)": Failure.CLOCK_SKEW,
    "100421 (pair)": Failure.UNEXPECTED,
    "100410": Failure.RATE_LIMITED,
    "109429": Failure.RATE_LIMITED,
    "429": Failure.RATE_LIMITED,
    "418": Failure.BANNED,
    "403": Failure.REGION_BLOCKED,
    "100414": Failure.ACCOUNT_SUSPENDED,
    "100441": Failure.ACCOUNT_SUSPENDED,
    # "Advanced identity verification is required", and its neighbour.
    "101483": Failure.ACCOUNT_SUSPENDED,
    "101484": Failure.ACCOUNT_SUSPENDED,
    "500": Failure.EXCHANGE_UNAVAILABLE,
    "504": Failure.EXCHANGE_UNAVAILABLE,
    "100500": Failure.EXCHANGE_UNAVAILABLE,
    "100503": Failure.EXCHANGE_UNAVAILABLE,
    "109500": Failure.EXCHANGE_UNAVAILABLE,
    "110500": Failure.EXCHANGE_UNAVAILABLE,
    "100403": Failure.UNEXPECTED,
    "100404": Failure.UNEXPECTED,
}
_ANY_PARAMETER: Final = frozenset({"109400", "80014"})
_FOR_MAIN_ACCOUNTS: Final = "100403"
_NOT_SERVED: Final = frozenset({"100404", "HTTP 404"})

_SEEN_IP: Final = re.compile(r"request IP is ([0-9a-fA-F.:]{3,45})\b")
_UNTIL: Final = re.compile(r"(?:unblocked after|retry after time:?) ?(\d{13})\b")
_NEEDED: Final = re.compile(r"\bneed ([A-Za-z -]{4,40}) permission\b", re.IGNORECASE)


def _read_refusal(data: Any) -> Refusal | None:
    """``{"code": 100413, "msg": "Incorrect apiKey"}``, mostly with status 200; some add ``"success": false``."""
    if not isinstance(data, dict):
        return None
    number = data.get("code")
    coded = number is not None and str(number) != "0"
    if not coded and data.get("success", True) is not False:
        return None
    message = data.get("msg")
    words = message if isinstance(message, str) else ""
    seen, until = _SEEN_IP.search(words), _UNTIL.search(words)
    return Refusal(
        code=_told_apart(str(number), words.lower()) if coded else None,
        message=words or None,
        seen_ip=seen.group(1) if seen else None,
        retry_at=int(until.group(1)) / 1000 if until else None,
    )


def _told_apart(code: str, words: str) -> str:
    """A code, with what only the words tell of it."""
    if code in _ANY_PARAMETER and "timestamp" in words:
        return f"{code} (clock)"
    return f"{code} (pair)" if code == "100421" and "pair" in words else code


def _settle_in(client: Any, environment: Environment) -> None:
    if environment is Environment.DEMO:
        client.set_sandbox_mode(True)


_SHUT_OUT: Final = 300.0
"""Seconds for which the firewall turns an address away."""

DIALECT: Final = Dialect(
    ccxt_class="bingx",
    settle_in=_settle_in,
    budgets={"address": Budget(300, seconds=10)},  # as if all paths were one
    read_refusal=_read_refusal,
    failures=_FAILURES,
    # One clock: every market is behind the same host.
    clocks=dict.fromkeys(Market, TIME),
    read_time=lambda data: int(data["data"]["serverTime"]),
    # "Restricted due to risk control" is about what one account did.
    limits_of_one_key=frozenset({"109429"}),
    # The firewall's page, which may be about the country as well.
    waits={Failure.REGION_BLOCKED: _SHUT_OUT},
    probe=(PERMISSIONS,),
    # As if demo did not serve the first, which is not documented.
    probe_at={(Market.LINEAR, Environment.DEMO): (PERMISSIONS, LINEAR_BALANCE)},
)

# The documents' own example has 83 characters in both; 84 and 86 were seen.
_EITHER: Final = FieldShape.between("[A-Za-z0-9]", 64, 96)
_KEY_PAGE: Final = "https://bingx.com/en/accounts/api"

PROFILE: Final = ExchangeProfile(
    id="bingx",
    title="BingX",
    worlds={
        Market.SPOT: (Environment.LIVE,),
        Market.LINEAR: (Environment.LIVE, Environment.DEMO),
        Market.INVERSE: (Environment.LIVE,),
    },
    settled_in={Market.LINEAR: ("USDT",)},
    shape=CredentialShape(api_key=_EITHER, secret=_EITHER),
    boxes={
        permission: tuple(box for box, granted in _GRANTS.items() if permission in granted) for permission in Permission
    }
    | {Permission.MARGIN: ()},
    # One page: a key is for both.
    key_pages={Environment.LIVE: _KEY_PAGE, Environment.DEMO: _KEY_PAGE},
    max_ips=20,
    ip_separator=",",
    guide_steps=5,
    unbound=Unbound(idle_ends_after=14, if_trading=True),
    aliases=("bing x", "bingbon", "бингикс"),
)

# -------------------------------------------------------------------------------------------------------------- looking


async def probe(exchange: Conversation) -> KeyReport:
    """One question; a second where the first is not answered."""
    return await _look(exchange)


async def inspect(exchange: Conversation, progress: Progress) -> KeyReport:
    """Clock, signature, permissions, balance and account. What follows from the report is the caller's to tell."""
    await check_clock(exchange, progress)
    async with running(progress, CheckItem.SIGNATURE):
        report = await _look(exchange)
    if not await told_rights(progress, report, among=_DANGERS):
        return report
    async with running(progress, CheckItem.BALANCE):
        _, refused = await exchange.attempt(_BALANCE[exchange.place.market])
        if refused is not None and not any(map(report.grants, _DANGERS)):
            raise ExchangeTrouble(_with_box(refused))
        uid = await _uid(exchange)
    # What is dangerous is to be told first, and not after the rest was mended.
    await progress(CheckItem.BALANCE, ItemState.FAILED if refused else ItemState.PASSED)
    return replace(report, account_uid=uid)


async def _look(exchange: Conversation) -> KeyReport:
    demo = exchange.place.environment is Environment.DEMO
    answer, refused = await exchange.attempt(PERMISSIONS)
    if refused is None:
        return replace(_stated(answer), opens_live=demo)
    if refused.code != _FOR_MAIN_ACCOUNTS and not (demo and refused.code in _NOT_SERVED):
        raise ExchangeTrouble(_with_box(refused))
    _, trouble = await exchange.attempt(_BALANCE[exchange.place.market])
    if trouble is not None:
        raise ExchangeTrouble(_with_box(trouble))
    return replace(_UNTOLD, opens_live=demo)


async def _uid(exchange: Conversation) -> str | None:
    """The account's number; None where demo does not serve the question.

    Raises:
        ExchangeTrouble: if it could not be asked.
    """
    told, refused = await exchange.attempt(UID)
    if refused is None:
        uid = told["data"]["uid"]
        return str(uid) if uid else None
    if exchange.place.environment is Environment.DEMO and refused.code in _NOT_SERVED:
        return None
    raise ExchangeTrouble(_with_box(refused))


def _with_box(refused: Trouble) -> Trouble:
    """A refusal with the box that would mend it, as its words name it."""
    if refused.code != _NO_PERMISSION:
        return refused
    needed = _NEEDED.search(refused.reason or "")
    box = next((box for box in _GRANTS if needed and needed.group(1).casefold() == box.casefold()), _READ)
    return replace(refused, boxes=(box,))


# ------------------------------------------------------------------------------------------------------- what it says

_UNTOLD: Final = KeyReport(
    findings={
        **dict.fromkeys(Permission, UNKNOWABLE),
        Permission.READ: Finding(Grant.GRANTED, Certainty.INFERRED, (_READ,)),
    }
)
"""All that is known of a key that answers, where nobody says what it may do."""


def _stated(answer: Any) -> KeyReport:
    """A report out of apiPermissions, in either of its shapes or in both.

    Raises:
        TypeError: for an answer of another shape; nothing is ever read as off because it could not be read.
    """
    body = answer.get("data", answer) if isinstance(answer, dict) else None
    if not isinstance(body, dict):
        raise TypeError("this is not apiPermissions")
    numbers, flags = body.get("permissions"), body.keys() & _FLAGS.keys()
    if numbers is None and not flags:
        raise TypeError("this is not apiPermissions")
    ticked = _of_numbers(numbers) if numbers is not None else None
    flagged = _of_flags(body) if flags else None
    addresses, restricted = _addresses(body.get("ipAddresses")), body.get("ipRestrict")
    note = body.get("note")
    return KeyReport(
        findings=_agreed(ticked, flagged) if ticked and flagged else ticked or flagged or {},
        ip_restricted=_restricted(addresses, restricted),
        ip_list=addresses or None,
        label=note if isinstance(note, str) and note else None,
    )


def _of_numbers(listed: Any) -> dict[Permission, Finding]:
    """``[1, 2]``."""
    if not isinstance(listed, list) or not all(type(each) in (int, str) for each in listed):
        raise TypeError("these are no numbers of permissions")
    numbers = {str(each).strip() for each in listed}
    # Every key may read: an empty list is no list of a key without rights.
    understood = bool(numbers) and numbers <= _NUMBERS.keys()
    on = [_NUMBERS[each] for each in _NUMBERS if each in numbers]
    return _findings(on, set() if not understood else set(_GRANTS))


def _of_flags(body: Mapping[str, Any]) -> dict[Permission, Finding]:
    """``{"enableReading": true, "enableWithdrawals": false, …}``."""
    told = {flag: body[flag] for flag in _FLAGS if flag in body}
    if not all(type(on) is bool for on in told.values()):
        raise TypeError("a flag of apiPermissions is no boolean")
    strange = {
        flag
        for flag, on in body.items()
        if flag.startswith(("enable", "permits")) and on and flag not in _FLAGS.keys() | _HARMLESS_FLAGS
    }
    on = [_FLAGS[flag] for flag, on in told.items() if on]
    return _findings(on, set() if strange else {_FLAGS[flag] for flag in told})


def _findings(on: Iterable[str], known: set[str]) -> dict[Permission, Finding]:
    """Out of the boxes that are on. A permission is off if each of its boxes is known, and none is on."""
    findings = {}
    for permission in Permission:
        boxes = {box for box, granted in _GRANTS.items() if permission in granted}
        ticked = tuple(box for box in on if box in boxes)
        if ticked:
            findings[permission] = Finding(Grant.GRANTED, Certainty.STATED, ticked)
        else:
            findings[permission] = Finding(Grant.DENIED, Certainty.STATED) if boxes <= known else UNKNOWABLE
    return findings


def _agreed(one: Mapping[Permission, Finding], other: Mapping[Permission, Finding]) -> dict[Permission, Finding]:
    """What two shapes come to. Where they contradict each other a danger is on, and anything else unknown."""
    findings = {}
    for permission in Permission:
        said = {each.grant: each for each in (one[permission], other[permission])}
        if permission in _DANGERS and Grant.GRANTED in said:
            findings[permission] = said[Grant.GRANTED]
        else:
            findings[permission] = next(iter(said.values())) if len(said) == 1 else UNKNOWABLE
    return findings


def _addresses(listed: Any) -> tuple[str, ...] | None:
    """``["1.2.3.4"]``; ``[]`` and ``[""]`` for none. None for a shape that was never seen."""
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        return None
    return tuple(filter(None, map(str.strip, listed)))


def _restricted(addresses: tuple[str, ...] | None, flag: Any) -> bool | None:
    """Whether a key is bound to addresses; None where that is not said, or said both ways."""
    said = {each for each in (None if addresses is None else bool(addresses), flag) if isinstance(each, bool)}
    return said.pop() if len(said) == 1 else None
