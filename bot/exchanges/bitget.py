"""Bitget: spot, USDT, USDC and coin-settled futures; live and demo; unified and classic accounts.

What is known of it, and where it was read:

- ``GET /api/v3/account/info`` states what a key of a unified account may do (api-doc/uta/account/Get-Account-Info). It
  needs no right, and costs what a ping would: so it is the ping. Classic accounts answer 40084 or 25245 to it, and
  state theirs at ``GET /api/v2/spot/account/info``: such a key costs two questions. Unified accounts
  answer 40085 there.
- A read-only key still lists ``uta_trade`` and ``uta_mgt``: they count only with ``permType: read-and-write`` (seen
  with underscores too).
- ``uta_mgt`` is needed to read the balance and, with writing, moves coins between accounts: a key that may trade has to
  do without it, so that its balance cannot be read. ``transfer`` is in no document, but has been seen.
- A classic key lists codes of four letters. The documents' example has the words ``trade`` and ``readonly``; those say
  nothing of transfers or withdrawals, and neither does a word nobody has told us of: unknown.
- Demo is told from live by a header, ``PAPTRADING: 1``; a key of the other world is answered 40099. The public clock
  does not exist with that header (ccxt #25252). Whether demo states permissions has been seen, and is not documented.
- 40012 is said to a key that exists with a passphrase that is not its own; an unknown key is answered 40037.
- 6,000 requests a minute and address; 5 a second (v3) or 1 (v2) and account.
- Linear futures are the product types USDT-FUTURES and USDC-FUTURES (ccxt's source).
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, NamedTuple

from bot.domain.connection import Environment, Market
from bot.domain.exchange import ExchangeProfile
from bot.domain.failures import ExchangeTrouble, Failure, Trouble
from bot.domain.pasting import CredentialShape
from bot.domain.pasting.shape import PASSPHRASE, FieldShape
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, KeyReport, Permission
from bot.exchanges.adapter import Dialect, Endpoint, Refusal
from bot.exchanges.budget import Budget
from bot.exchanges.checklist import check_clock, running
from bot.exchanges.conversation import Conversation
from bot.usecases.ports import CheckItem, ItemState, Progress

# ------------------------------------------------------------------------------------------------------ what we may ask

TIME: Final = Endpoint("public/common", "v2/public/time", "address")
UNIFIED_INFO: Final = Endpoint("private/uta", "v3/account/info", "address")
UNIFIED_BALANCE: Final = Endpoint("private/uta", "v3/account/assets", "address")
CLASSIC_INFO: Final = Endpoint("private/spot", "v2/spot/account/info", "address")
CLASSIC_SPOT_BALANCE: Final = Endpoint("private/spot", "v2/spot/account/assets", "address")
CLASSIC_LINEAR_BALANCE: Final = Endpoint(
    "private/mix", "v2/mix/account/accounts", "address", params={"productType": "USDT-FUTURES"}
)
CLASSIC_INVERSE_BALANCE: Final = Endpoint(
    "private/mix", "v2/mix/account/accounts", "address", params={"productType": "COIN-FUTURES"}
)

_CLASSIC_BALANCE: Final = {
    Market.SPOT: CLASSIC_SPOT_BALANCE,
    Market.LINEAR: CLASSIC_LINEAR_BALANCE,
    Market.INVERSE: CLASSIC_INVERSE_BALANCE,
}
_ACCOUNT_IS_CLASSIC: Final = frozenset({"40084", "25245"})
_NO_SUCH_PATH: Final = frozenset({"40404", "HTTP 404"})

# ------------------------------------------------------------------------------------------------------- the tick boxes

_READ_ONLY: Final = "Read-only"
_READ_WRITE: Final = "Read-write"
_MANAGEMENT: Final = "Unified account management"


class _Word(NamedTuple):
    """What a word in the list of a key's permissions grants, and the name of its box on the key page."""

    grants: tuple[Permission, ...] = ()
    box: str = ""


_TRADES: Final = (Permission.SPOT_TRADE, Permission.FUTURES_TRADE, Permission.MARGIN)
_MOVES: Final = (Permission.TRANSFER, Permission.WITHDRAW)

_DANGEROUS: Final[dict[str, _Word]] = {
    "withdraw": _Word((Permission.WITHDRAW,), "Withdraw"),
    "transfer": _Word((Permission.TRANSFER,), "Transfer"),
}
"""Believed of a read-only key too."""

_UNIFIED: Final[dict[str, _Word]] = {
    "uta_trade": _Word(_TRADES, "Unified account trade"),
    "uta_mgt": _Word((Permission.TRANSFER,), _MANAGEMENT),
    # They trade for the followers of a copy trader, and nothing else.
    "copy_futures_position": _Word(),
    "copy_futures_order": _Word(),
}

_CLASSIC: Final[dict[str, _Word]] = {
    "stow": _Word((Permission.SPOT_TRADE,), "Trade"),
    "smow": _Word((Permission.MARGIN,), "Trade"),
    "coow": _Word((Permission.FUTURES_TRADE,), "Trade"),
    "cpow": _Word((Permission.FUTURES_TRADE,), "Trade"),
    "wtow": _Word((Permission.TRANSFER,), "Transfer"),
    "chow": _Word((Permission.TRANSFER,), "Sub-account"),
    "wwow": _Word((Permission.WITHDRAW,), "Withdraw"),
    "trade": _Word(_TRADES, "Trade"),
    "ttow": _Word(),
    "readonly": _Word(),
} | dict.fromkeys(("coor", "cpor", "stor", "smor", "ttor", "wtor", "taxr", "chor", "p2pr", "pllr"), _Word())

# -------------------------------------------------------------------------------------------------------- how it speaks

_NO_PERMISSION: Final = frozenset({"40014", "40301"})

_FAILURES: Final[Mapping[str, Failure]] = {
    "40006": Failure.INVALID_KEY,
    "40037": Failure.INVALID_KEY,
    # "exchange environment is incorrect": a key of the other world.
    "40099": Failure.INVALID_KEY,
    "40009": Failure.BAD_SIGNATURE,
    "40011": Failure.WRONG_PASSPHRASE,
    "40012": Failure.WRONG_PASSPHRASE,
    "40036": Failure.WRONG_PASSPHRASE,
    "40018": Failure.IP_NOT_ALLOWED,
    "40038": Failure.IP_NOT_ALLOWED,
    # All that we ask is reading.
    "40014": Failure.NO_READ_PERMISSION,
    "40301": Failure.NO_READ_PERMISSION,
    "40004": Failure.CLOCK_SKEW,
    "40005": Failure.CLOCK_SKEW,
    "40008": Failure.CLOCK_SKEW,
    "40013": Failure.ACCOUNT_SUSPENDED,
    "40022": Failure.ACCOUNT_SUSPENDED,
    "40023": Failure.ACCOUNT_SUSPENDED,
    "40024": Failure.ACCOUNT_SUSPENDED,
    "40035": Failure.ACCOUNT_SUSPENDED,
    "40010": Failure.EXCHANGE_UNAVAILABLE,
    "40015": Failure.EXCHANGE_UNAVAILABLE,
    "40725": Failure.EXCHANGE_UNAVAILABLE,
    "40200": Failure.MAINTENANCE,
    # An account between its two modes, which neither interface answers for: not the key's fault, as ccxt has it.
    "40084": Failure.UNEXPECTED,
    "25245": Failure.UNEXPECTED,
    "40085": Failure.UNEXPECTED,
    "429": Failure.RATE_LIMITED,
}

_SEEN_IP: Final = re.compile(r"request ip:? ?([0-9a-fA-F.:]{3,45})")


def _read_refusal(data: Any) -> Refusal | None:
    """``{"code": "40018", "msg": "invalid ip,current request ip 1.2.3.4", …}``; older paths write ``err_code``."""
    if not isinstance(data, dict):
        return None
    code = data.get("code", data.get("err_code"))
    if code is None or str(code) == "00000":
        return None
    message = data.get("msg", data.get("err_msg"))
    words = message if isinstance(message, str) else ""
    seen = _SEEN_IP.search(words)
    return Refusal(code=str(code), message=words or None, seen_ip=seen.group(1) if seen else None)


def _settle_in(client: Any, environment: Environment) -> None:
    if environment is Environment.DEMO:
        client.set_sandbox_mode(True)


DIALECT: Final = Dialect(
    ccxt_class="bitget",
    settle_in=_settle_in,
    budgets={"address": Budget(6_000)},
    read_refusal=_read_refusal,
    failures=_FAILURES,
    clocks=dict.fromkeys(Market, TIME),
    read_time=lambda data: int(data["data"]["serverTime"]),
    marks={Environment.DEMO: {"PAPTRADING": "1"}},
    probe=(UNIFIED_INFO,),
)

PROFILE: Final = ExchangeProfile(
    id="bitget",
    title="Bitget",
    worlds=dict.fromkeys(Market, (Environment.LIVE, Environment.DEMO)),
    settled_in={Market.LINEAR: ("USDT", "USDC")},
    shape=CredentialShape(
        api_key=FieldShape(re.compile("bg_[0-9A-Za-z]{32}"), re.compile("[0-9A-Za-z_]"), (35,)),
        secret=FieldShape.of("[0-9A-Fa-f]", 64),
        passphrase=PASSPHRASE,
    ),
    boxes={
        Permission.READ: (_READ_WRITE,),
        Permission.SPOT_TRADE: ("Unified account trade", "Trade"),
        Permission.FUTURES_TRADE: ("Unified account trade", "Trade"),
        Permission.MARGIN: ("Unified account trade", "Trade"),
        Permission.TRANSFER: (_MANAGEMENT, "Transfer"),
        Permission.WITHDRAW: ("Withdraw",),
    },
    watch_boxes=(_READ_ONLY,),
    key_pages=dict.fromkeys((Environment.LIVE, Environment.DEMO), "https://www.bitget.com/account/newapi"),
    max_ips=30,
    ip_separator=",",
    guide_steps=6,
    aliases=("битгет", "bit get"),
)

# -------------------------------------------------------------------------------------------------------------- looking


class _Looked(NamedTuple):
    """What a key's own account says of it, and where its balance is read."""

    report: KeyReport
    balance: Endpoint


async def probe(exchange: Conversation) -> KeyReport:
    """One question, two to a classic account."""
    return (await _look(exchange)).report


async def inspect(exchange: Conversation, progress: Progress) -> KeyReport:
    """Clock, signature, permissions and balance. What follows from the report is the caller's to tell."""
    await check_clock(exchange, progress)
    async with running(progress, CheckItem.SIGNATURE):
        report, balance = await _look(exchange)
    await progress(CheckItem.SIGNATURE, ItemState.PASSED)
    unknown = any(finding.grant is Grant.UNKNOWN for finding in report.findings.values())
    await progress(CheckItem.PERMISSIONS, ItemState.CAUTION if unknown else ItemState.PASSED)
    async with running(progress, CheckItem.BALANCE):
        _, refused = await exchange.attempt(balance)
        if refused is not None and not _may_do_without_balance(report, balance, refused):
            raise ExchangeTrouble(_no_balance(refused, report, balance))
    await progress(CheckItem.BALANCE, ItemState.PASSED if refused is None else ItemState.CAUTION)
    return report


async def _look(exchange: Conversation) -> _Looked:
    answer, trouble = await exchange.attempt(UNIFIED_INFO)
    if trouble is None:
        return _Looked(_unified(answer), UNIFIED_BALANCE)
    if trouble.code in _ACCOUNT_IS_CLASSIC:
        report = _classic(await exchange.ask(CLASSIC_INFO))
        return _Looked(report, _CLASSIC_BALANCE[exchange.place.market])
    if trouble.code in _NO_SUCH_PATH and exchange.place.environment is Environment.DEMO:
        await exchange.ask(UNIFIED_BALANCE)
        return _Looked(_SILENT, UNIFIED_BALANCE)
    raise ExchangeTrouble(trouble)


def _may_do_without_balance(report: KeyReport, balance: Endpoint, refused: Trouble) -> bool:
    """Whether it is as it should be that the balance cannot be read, or there is worse to tell of the key.

    A unified account shows it only to keys that may manage it; if they may write, that is the right to transfer.
    """
    if refused.code not in _NO_PERMISSION:
        return False
    if any(report.grants(permission) for permission in _MOVES):
        return True
    return balance is UNIFIED_BALANCE and _READ_ONLY not in report.of(Permission.READ).boxes


def _no_balance(refused: Trouble, report: KeyReport, balance: Endpoint) -> Trouble:
    """What it means that a key may not read the balance of its market."""
    if refused.code not in _NO_PERMISSION:
        return refused
    if balance is UNIFIED_BALANCE:
        return replace(refused, boxes=(_MANAGEMENT,))
    trades = any(report.grants(permission) for permission in _TRADES)
    return replace(refused, failure=Failure.WRONG_MARKET) if trades else refused


# ------------------------------------------------------------------------------------------------ what the account says

_SILENT: Final = KeyReport(
    findings={
        Permission.READ: Finding(Grant.GRANTED, Certainty.INFERRED),
        **dict.fromkeys((*_TRADES, *_MOVES), UNKNOWABLE),
    }
)
"""All that is known of a key that answers, where nobody states more."""


def _unified(answer: Any) -> KeyReport:
    """A report out of ``v3/account/info``.

    Raises:
        TypeError: for an answer of another shape; nothing is ever read as off because it could not be read.
    """
    info = _info(answer)
    words = _words(info.get("permissions"))
    kind = str(info.get("permType")).lower().replace("_", "-")
    reads_only = kind in {"read-only", "readonly"}
    writes = kind in {"read-and-write", "read-write"}
    findings = _findings(words, _DANGEROUS | (dict.fromkeys(_UNIFIED, _Word()) if reads_only else _UNIFIED))
    if not reads_only and not writes:
        findings = _cautiously(findings)
    box = (_READ_ONLY,) if reads_only else (_READ_WRITE,) if writes else ()
    return _report(info, findings | {Permission.READ: Finding(Grant.GRANTED, Certainty.STATED, box)})


def _classic(answer: Any) -> KeyReport:
    """A report out of ``v2/spot/account/info``. Raises as ``_unified``."""
    info = _info(answer)
    words = _words(info.get("authorities"))
    findings = _findings(words, _DANGEROUS | _CLASSIC)
    if "trade" in words:
        findings = _cautiously(findings)
    return _report(info, findings | {Permission.READ: Finding(Grant.GRANTED, Certainty.STATED)})


def _findings(words: frozenset[str], known: Mapping[str, _Word]) -> dict[Permission, Finding]:
    boxes: dict[Permission, dict[str, None]] = {permission: {} for permission in (*_TRADES, *_MOVES)}
    for word, (grants, box) in known.items():
        if word in words:
            for permission in grants:
                boxes[permission][box] = None
    findings = {
        permission: Finding(Grant.GRANTED if on else Grant.DENIED, Certainty.STATED, tuple(on))
        for permission, on in boxes.items()
    }
    return findings if words and words <= known.keys() else _cautiously(findings)


def _cautiously(findings: Mapping[Permission, Finding]) -> dict[Permission, Finding]:
    """The same where not everything was said, or understood: nothing is surely off."""
    return {each: found if found.grant is Grant.GRANTED else UNKNOWABLE for each, found in findings.items()}


def _report(info: Mapping[str, Any], findings: Mapping[Permission, Finding]) -> KeyReport:
    ips = _ips(info.get("ips"))
    # The documents' examples mask it.
    uid = str(info.get("userId"))
    return KeyReport(
        findings=findings,
        ip_restricted=None if ips is None else bool(ips),
        ip_list=ips or None,
        account_uid=uid if uid.isdecimal() else None,
    )


def _info(answer: Any) -> Mapping[str, Any]:
    info = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(info, dict):
        raise TypeError("this says nothing of an account")
    return info


def _words(listed: Any) -> frozenset[str]:
    if not isinstance(listed, list) or not all(isinstance(word, str) for word in listed):
        raise TypeError("this is no list of permissions")
    return frozenset(listed)


def _ips(bound: Any) -> tuple[str, ...] | None:
    """The addresses the key is bound to, with commas between them; a list has been seen too; None for anything else."""
    listed = bound.split(",") if isinstance(bound, str) else bound
    if not isinstance(listed, list) or not all(isinstance(ip, str) for ip in listed):
        return None
    return tuple(ip.strip() for ip in listed if ip.strip())
