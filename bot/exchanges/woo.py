"""WOO X: spot and USDT-settled perpetual futures; live and staging, which is offered as testnet.

What is known of it, and where it was read (developer.woox.io, its help centre, ccxt's source and the bodies quoted
there):

- ``GET /v3/account/credentials`` lists all keys of the account ("Get account api key permission"), each with some of
  ``READ``, ``TRADE`` and ``WITHDRAWAL`` and with its addresses; that field is left out where there are none. Whether
  keys are masked in the list is not documented: a row that is not surely ours is not ours, and then nothing is known.
- It may be asked 10 times in 60 seconds, and limits of signed questions hold per account, not per address. So one key
  asks for all keys of its account (``accounts``): while there are few, each of their probes asks; of more, one asks
  about every ten seconds, and the others prove with their balance that they are alive. A right that appears is seen
  at the first probe after the next list. After a start nobody knows whose key is whose: the first list tells.
- ``-1002`` is said of a wrong key, of one that has ended, and of a missing right; the help centre ("Why do I keep
  receiving the error code -1002?") adds a wrong timestamp, and what it says to an address off the list is documented
  nowhere. So before a key is blamed, the balance is asked for (perhaps only the list is closed to it, as it may be to
  a sub-account's key), and then the clock.
- Timestamps may be 300 seconds off. Codes about ``recvWindow`` concern what we do not send; they are read all the same.
- ``-1011`` is maintenance or an internal fault: only the words tell. A code that ccxt does not know comes with status
  200 and no exception at all, or with 400 as an outage.
- Which right takes in transfers between the user's own accounts is documented nowhere. There are three rights and no
  box for it, so it is taken for part of ``TRADE``, concluded and not stated. Only main accounts have ``WITHDRAWAL``
  (help centre, "API Trading Security Advice").
- How many addresses a key takes, and whether one without any ends, is not documented.
- WOO X Pro (wooxpro.com) is another platform, whose keys do not work here.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Final

from bot.domain.connection import Environment, Market
from bot.domain.exchange import ExchangeProfile
from bot.domain.failures import ExchangeTrouble, Failure, Trouble
from bot.domain.pasting import CredentialShape
from bot.domain.pasting.shape import FieldShape
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, KeyReport, Permission
from bot.exchanges.accounts import Account, Allowance
from bot.exchanges.adapter import Dialect, Endpoint, Refusal
from bot.exchanges.budget import Budget
from bot.exchanges.checklist import check_clock, running, told_rights
from bot.exchanges.conversation import Conversation
from bot.exchanges.pace import OWN_PACE
from bot.usecases.ports import CheckItem, ItemState, Progress

# ------------------------------------------------------------------------------------------------------ what we may ask

TIME: Final = Endpoint("v3/public", "systemInfo", "address")
# Of the account's keys 25 are shown unless more are asked for, 1,000 at most.
CREDENTIALS: Final = Endpoint("v3/private", "account/credentials", "address", params={"page": 1, "size": 1000})
BALANCES: Final = Endpoint("v3/private", "asset/balances", "address")

# ------------------------------------------------------------------------------------------------------- the tick boxes

_READ: Final = "Read"
_TRADE: Final = "Trade"
_WITHDRAWAL: Final = "Withdrawal"

_GRANTS: Final[Mapping[str, tuple[tuple[Permission, ...], str]]] = {
    "read": ((Permission.READ,), _READ),
    "trade": ((Permission.SPOT_TRADE, Permission.FUTURES_TRADE, Permission.MARGIN), _TRADE),
    "withdrawal": ((Permission.WITHDRAW,), _WITHDRAWAL),
}
"""Word of ``permissions``, lower case → what it grants, and the name of its box."""

# -------------------------------------------------------------------------------------------------------- how it speaks

_VAGUE: Final = "-1002"
_TOO_MANY: Final = "-1003"

ALLOWANCE: Final = Allowance(10, seconds=60.0)
"""How often an account may be asked for the list of its keys ("Get account api key permission")."""

_FAILURES: Final[Mapping[str, Failure]] = {
    "-1000": Failure.EXCHANGE_UNAVAILABLE,
    "-1001": Failure.BAD_SIGNATURE,
    _VAGUE: Failure.AMBIGUOUS_AUTH,
    _TOO_MANY: Failure.RATE_LIMITED,
    "-1005 (clock)": Failure.CLOCK_SKEW,
    "317178": Failure.CLOCK_SKEW,
    "317179": Failure.CLOCK_SKEW,
    "-1011": Failure.EXCHANGE_UNAVAILABLE,
    "-1011 (maintenance)": Failure.MAINTENANCE,
    "302307": Failure.ACCOUNT_SUSPENDED,
}

_CAUSES: Final[Mapping[str, tuple[str, str]]] = {
    "-1005": ("receive window", "clock"),
    "-1011": ("maintenance", "maintenance"),
}
"""Code that means two things → what it says when it means the second, and what that is."""


def _read_refusal(data: Any) -> Refusal | None:
    """``{"success": false, "code": -1002, "message": "…"}``, with any status; some codes are strings."""
    if not isinstance(data, dict) or data.get("success") is True:
        return None
    number, message = data.get("code"), data.get("message")
    words = message if isinstance(message, str) else ""
    if number is None:
        return Refusal(code=None, message=words or None) if "success" in data else None
    code = str(number)
    sign, cause = _CAUSES.get(code, ("", ""))
    if cause and sign in words.lower():
        code = f"{code} ({cause})"
    return Refusal(code=code, message=words or None)


def _settle_in(client: Any, environment: Environment) -> None:
    if environment is Environment.TESTNET:
        client.set_sandbox_mode(True)


DIALECT: Final = Dialect(
    ccxt_class="woo",
    settle_in=_settle_in,
    # Public questions have 10 in a second and address, signed ones a limit of their account. Whether signed ones count
    # for the address too is not documented: so all we ask stays under that.
    budgets={"address": Budget(10, seconds=1, documented=False)},
    read_refusal=_read_refusal,
    failures=_FAILURES,
    clocks={Market.SPOT: TIME, Market.LINEAR: TIME},
    read_time=lambda data: int(data["timestamp"]),
    limits_of_one_key=frozenset({_TOO_MANY}),
    probe=(CREDENTIALS,),
    by_account=ALLOWANCE,
)

_WORLDS: Final = (Environment.LIVE, Environment.TESTNET)

PROFILE: Final = ExchangeProfile(
    id="woo",
    title="WOO X",
    worlds={Market.SPOT: _WORLDS, Market.LINEAR: _WORLDS},
    settled_in={Market.LINEAR: ("USDT",)},
    shape=CredentialShape(
        # 16 bytes in base64.
        api_key=FieldShape(re.compile(r"[A-Za-z0-9+/]{22}=="), re.compile(r"[A-Za-z0-9+/=]"), (24,)),
        # Capitals and digits, 28 in the documents' example; nothing says that it stays so.
        secret=FieldShape.between("[A-Za-z0-9]", 24, 36),
    ),
    boxes={
        Permission.READ: (_READ,),
        Permission.SPOT_TRADE: (_TRADE,),
        Permission.FUTURES_TRADE: (_TRADE,),
        Permission.MARGIN: (),
        # Taken for part of Trade: there is no box to leave off.
        Permission.TRANSFER: (),
        Permission.WITHDRAW: (_WITHDRAWAL,),
    },
    key_pages={
        # The page's own address is not documented, only the way to it; of staging only what its API is.
        Environment.LIVE: "https://woox.io/",
        Environment.TESTNET: "https://developer.woox.io/api-reference/guide",
    },
    # Not documented; as few as the strictest exchange takes.
    max_ips=10,
    max_ips_documented=False,
    ip_separator=",",
    guide_steps=5,
    permissions_told=frozenset(_WORLDS),
    aliases=("woox", "wootrade", "woo network"),
)

# -------------------------------------------------------------------------------------------------------------- looking

_TIMESTAMP_WINDOW: Final = 300.0
"""Seconds by which the time of a request may differ from WOO X's."""

STANDS: Final = 300.0
"""Seconds for which the last list stands where no newer one is to be had: somebody else may use up the allowance."""

LOOK_AGAIN: Final = 300.0
"""Seconds until a key that was shown no list asks for it again. Its account is not known, so nobody counts for it."""


async def probe(exchange: Conversation) -> KeyReport:
    """One question; more where WOO X refuses and does not say why."""
    return await _look(exchange)


async def inspect(exchange: Conversation, progress: Progress) -> KeyReport:
    """Clock, signature, permissions and balance. What follows from the report is the caller's to tell."""
    await check_clock(exchange, progress)
    async with running(progress, CheckItem.SIGNATURE):
        report = await _look(exchange, by_hand=True)
    if not await told_rights(progress, report):
        return report
    async with running(progress, CheckItem.BALANCE):
        await exchange.ask(BALANCES)
    await progress(CheckItem.BALANCE, ItemState.PASSED)
    return report


async def _look(exchange: Conversation, *, by_hand: bool = False) -> KeyReport:
    """What the list of the account's keys says of this one: asked for, or as another key of the account was told it."""
    account = exchange.accounts.of(exchange.credential.api_key)
    if account is None:
        async with exchange.first_look():
            account = exchange.accounts.of(exchange.credential.api_key)
            if account is None:  # no other key has shown it meanwhile
                return await _first_look(exchange, by_hand=by_hand)
    if account.may_be_asked(by_hand=by_hand):
        return await _ask_list(exchange, account, by_hand=by_hand)
    if by_hand:
        raise ExchangeTrouble(OWN_PACE)
    return await _believe(exchange, account)


async def _first_look(exchange: Conversation, *, by_hand: bool) -> KeyReport:
    """As long as a key's account is not known nobody can ask for it: then it asks itself, and seldom."""
    last = exchange.recall()
    if last is not None and last.holds(LOOK_AGAIN) and not by_hand:
        await _prove_alive(exchange)
        return _UNTOLD
    return await _ask_list(exchange, None, by_hand=by_hand)


async def _ask_list(exchange: Conversation, account: Account | None, *, by_hand: bool) -> KeyReport:
    listed, refused = await _attempt_list(exchange, account)
    if refused is None:
        return _told(exchange, listed, account)
    if refused.code == _TOO_MANY and account is not None:
        account.stay_away()
        if not by_hand:
            return await _believe(exchange, account)
    if refused.code != _VAGUE:
        raise ExchangeTrouble(refused)
    _, refused = await exchange.attempt(BALANCES)
    if refused is None:
        exchange.remember(_UNTOLD)
        return _UNTOLD  # the key is good, and only the list is closed to it
    if not await _was_clock(exchange, refused):
        raise ExchangeTrouble(refused)
    listed, refused = await _attempt_list(exchange, account)  # by the right time, which is allowed for from now on
    if refused is not None:
        raise ExchangeTrouble(refused)
    return _told(exchange, listed, account)


async def _attempt_list(exchange: Conversation, account: Account | None) -> tuple[Any, Trouble | None]:
    with nullcontext() if account is None else account.asking():
        return await exchange.attempt(CREDENTIALS)


async def _believe(exchange: Conversation, account: Account) -> KeyReport:
    """What the last list says of the key, once the key has proved that it is alive."""
    await _prove_alive(exchange)
    rows: Sequence[_Row] | None = account.recall(STANDS)
    if rows is None:
        raise ExchangeTrouble(OWN_PACE)
    return _stated(exchange, rows)


async def _prove_alive(exchange: Conversation) -> None:
    """Reads the balance. Raises ``ExchangeTrouble``; a clock that is far off is not taken for a bad key."""
    _, refused = await exchange.attempt(BALANCES)
    if refused is None:
        return
    if not await _was_clock(exchange, refused):
        raise ExchangeTrouble(refused)
    await exchange.ask(BALANCES)


async def _was_clock(exchange: Conversation, refused: Trouble) -> bool:
    """Whether our clock is so far off that it may have been that; from now on it is allowed for."""
    return refused.code == _VAGUE and abs(await exchange.clock_error()) >= _TIMESTAMP_WINDOW


# ------------------------------------------------------------------------------------------------------- what it says

_UNTOLD: Final = KeyReport(
    findings={
        **dict.fromkeys(Permission, UNKNOWABLE),
        Permission.READ: Finding(Grant.GRANTED, Certainty.INFERRED, (_READ,)),
    }
)
"""A key that is alive, and no more is known of it. It was let to read, so it may."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A key in the list of its account's keys.

    Attributes:
        key: what stands for it: as it is shown if it is masked, else its tag.
        facts: the rest of the row.
    """

    key: str | bytes
    facts: Mapping[str, Any]

    def is_of(self, exchange: Conversation) -> bool:
        if isinstance(self.key, bytes):
            return self.key == exchange.accounts.tag(exchange.credential.api_key)
        return exchange.shows_own_key(self.key)


def _told(exchange: Conversation, answer: Any, asked: Account | None) -> KeyReport:
    """A report out of account/credentials, which is kept for all keys in it.

    Raises:
        TypeError: for an answer of another shape; nothing is ever read as off because it could not be read.
    """
    data = answer.get("data") if isinstance(answer, dict) else None
    listed = data.get("rows") if isinstance(data, dict) else None
    if not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
        raise TypeError("this is not account/credentials")
    rows = [_row(exchange, row) for row in listed]
    users = {str(row.facts["userId"]) for row in rows if row.facts.get("userId")}
    account = exchange.accounts.named("+".join(sorted(users)), ALLOWANCE) if users else asked
    if account is not None:
        if account is not asked:
            account.was_asked()
        account.keep(rows)
        named = {row.key for row in rows if isinstance(row.key, bytes)}
        exchange.accounts.belong({*named, exchange.accounts.tag(exchange.credential.api_key)}, account)
    return _stated(exchange, rows)


def _row(exchange: Conversation, row: Mapping[str, Any]) -> _Row:
    shown = str(row.get("apiKey"))
    facts = {name: fact for name, fact in row.items() if name != "apiKey"}
    return _Row(shown if "*" in shown else exchange.accounts.tag(shown), facts)


def _stated(exchange: Conversation, rows: Sequence[_Row]) -> KeyReport:
    """A report out of the list; of the keys in it, only the one that asks is believed.

    Raises:
        TypeError: for a row of another shape.
    """
    ours = [row.facts for row in rows if row.is_of(exchange)]
    if len(ours) != 1:
        return _UNTOLD
    own = ours[0]
    listed = own.get("permissions")
    if not isinstance(listed, list) or not all(isinstance(word, str) for word in listed):
        raise TypeError("this is no row of account/credentials")
    ips, user, name = _ips(own), own.get("userId"), own.get("accountName")
    return KeyReport(
        findings=_findings({word.strip().casefold() for word in listed}),
        ip_restricted=None if ips is None else bool(ips),
        ip_list=ips or None,
        # Whether a sub-account has a user of its own is not documented, so its name goes with it.
        account_uid=f"{user}/{name}" if user else None,
        label=name if isinstance(name, str) and name else None,
    )


def _findings(words: set[str]) -> dict[Permission, Finding]:
    # Every key has a right: a list without a word is no list of a key without rights.
    understood = bool(words) and words <= _GRANTS.keys()
    findings = dict.fromkeys(Permission, Finding(Grant.DENIED, Certainty.STATED) if understood else UNKNOWABLE)
    for word in words & _GRANTS.keys():
        permissions, box = _GRANTS[word]
        findings |= dict.fromkeys(permissions, Finding(Grant.GRANTED, Certainty.STATED, (box,)))
    findings[Permission.TRANSFER] = _transfers(words, understood=understood)
    return findings


def _transfers(words: set[str], *, understood: bool) -> Finding:
    """What is concluded of transfers between the user's own accounts, of which nothing is stated."""
    for word in ("trade", "withdrawal"):
        if word in words:
            return Finding(Grant.GRANTED, Certainty.INFERRED, (_GRANTS[word][1],))
    return Finding(Grant.DENIED, Certainty.INFERRED) if understood else UNKNOWABLE


def _ips(own: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The addresses of a key; None if they cannot be read. The field is left out where there are none."""
    listed = own.get("allowedIPs", [])
    if not isinstance(listed, list) or not all(isinstance(ip, str) for ip in listed):
        return None
    return tuple(listed)
