"""OKX: spot, USDT, USDC and coin-settled futures; live and demo.

What is known of it, and where it was read:

- ``GET /api/v5/account/config`` states what the key that asks may do, in ``perm``: some of ``read_only``, ``trade`` and
  ``withdraw`` (docs-v5, "Get account configuration"). 5 requests in 2 s and user, as a ping would have: so it is the
  ping.
- Demo has live's host. A header tells them apart, and the two know nothing of each other's keys (50101).
- ``trade`` takes in transfers between the user's own accounts (docs-v5, "Funds transfer"). They cannot be split off.
- A demo key was seen to report ``withdraw`` that nobody had ticked, so on demo that word means nothing.
- In ``acctLv`` 1 ("Spot mode") an account trades no futures, whatever its keys may do.
- A key that may trade and has no IP list is deleted after 14 idle days; signed calls count as use, so our checks keep
  it (API FAQ). Demo keys do not expire.
- A key of another site (eea.okx.com, us.okx.com) does not exist here: 50119.
- ``GET /api/v5/system/status`` announces maintenance to anybody, once in 5 s and address: without ``state`` what is
  scheduled, ongoing or about to open again, production (``env`` 1) and demo (2) alike. Times are milliseconds in
  strings; ``end`` is what is expected. ``serviceType`` 5, 8 and 9 are trading, 8 and 9 in batches of accounts or
  products; ``maintType`` 3 is a disruption, which nobody planned (docs-v5, "Status"). It names no markets.
- ccxt calls 50119, 50120, 50030, 50035 and 50121 a plain error, and 50101 a bad key.
- Linear futures settle in USDT, USDC or, "USDⓈ-margined", in USD and its like, as the account has chosen (help page
  "USDⓈ futures FAQ").
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.domain.connection import Environment, Market
from bot.domain.exchange import ExchangeProfile, Unbound
from bot.domain.failures import Failure
from bot.domain.pasting import CredentialShape
from bot.domain.pasting.shape import PASSPHRASE, FieldShape
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, KeyReport, Permission
from bot.exchanges.adapter import Dialect, Endpoint, Refusal
from bot.exchanges.announcing import Announcing, Notice
from bot.exchanges.budget import Budget
from bot.exchanges.checklist import check_clock, running
from bot.exchanges.conversation import Conversation
from bot.usecases.ports import CheckItem, ItemState, Progress

# ------------------------------------------------------------------------------------------------------ what we may ask

TIME: Final = Endpoint("public", "public/time", "public")
CONFIG: Final = Endpoint("private", "account/config", "private")
BALANCE: Final = Endpoint("private", "account/balance", "private")
STATUS: Final = Endpoint("public", "system/status", "status")

# ------------------------------------------------------------------------------------------------------- the tick boxes

_READ: Final = "Read"
_TRADE: Final = "Trade"
_WITHDRAW: Final = "Withdraw"
_WORDS: Final = frozenset({"read_only", "trade", "withdraw"})
_SPOT_MODE: Final = "1"

# -------------------------------------------------------------------------------------------------------- how it speaks

_FAILURES: Final[Mapping[str, Failure]] = {
    "50001": Failure.MAINTENANCE,
    "50004": Failure.EXCHANGE_UNAVAILABLE,
    "50013": Failure.EXCHANGE_UNAVAILABLE,
    "50026": Failure.EXCHANGE_UNAVAILABLE,
    "50007": Failure.ACCOUNT_SUSPENDED,
    "50027": Failure.ACCOUNT_SUSPENDED,
    "50029": Failure.ACCOUNT_SUSPENDED,
    "50060": Failure.ACCOUNT_SUSPENDED,
    "50100": Failure.ACCOUNT_SUSPENDED,
    "50011": Failure.RATE_LIMITED,
    # All that we ask is reading.
    "50030": Failure.NO_READ_PERMISSION,
    "50120": Failure.NO_READ_PERMISSION,
    "50035": Failure.IP_NOT_ALLOWED,
    "50110": Failure.IP_NOT_ALLOWED,
    "50121": Failure.REGION_BLOCKED,
    "50038": Failure.UNEXPECTED,
    "50101": Failure.INVALID_KEY,
    "50111": Failure.INVALID_KEY,
    "50119": Failure.INVALID_KEY,
    "50102": Failure.CLOCK_SKEW,
    "50112": Failure.CLOCK_SKEW,
    "50105": Failure.WRONG_PASSPHRASE,
    "50113": Failure.BAD_SIGNATURE,
}

_SEEN_IP: Final = re.compile(r"Your IP ([0-9a-fA-F.:]{3,45}) is not|IP address \(([0-9a-fA-F.:]{3,45})\)")


def _read_refusal(data: Any) -> Refusal | None:
    """``{"code": "50111", "msg": "Invalid OK-ACCESS-KEY.", "data": []}``."""
    if not isinstance(data, dict) or (code := data.get("code")) is None or str(code) == "0":
        return None
    message = data.get("msg")
    words = message if isinstance(message, str) else ""
    seen = _SEEN_IP.search(words)
    return Refusal(code=str(code), message=words or None, seen_ip=seen.group(1) or seen.group(2) if seen else None)


def _settle_in(client: Any, environment: Environment) -> None:
    if environment is Environment.DEMO:
        client.set_sandbox_mode(True)


_AHEAD: Final = frozenset({"scheduled", "ongoing", "pre_open"})
_TRADING: Final = frozenset({"5", "8", "9"})
_DISRUPTION: Final = "3"
_ENVIRONMENTS: Final[Mapping[str, Environment]] = {"1": Environment.LIVE, "2": Environment.DEMO}


def _notices(answer: Any) -> Iterator[Notice | None]:
    rows = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(rows, list):
        raise TypeError("this is not system/status")
    for row in rows:
        if not isinstance(row, dict):
            yield None
        elif (
            str(row.get("state")) in _AHEAD
            and str(row.get("serviceType")) in _TRADING
            and str(row.get("maintType")) != _DISRUPTION
            and (environment := _ENVIRONMENTS.get(str(row.get("env", "1")))) is not None
        ):
            yield Notice(environment, frozenset(Market), row.get("begin"), row.get("end"))


DIALECT: Final = Dialect(
    ccxt_class="okx",
    settle_in=_settle_in,
    # Signed calls are counted by user, 150 a minute; no limit by address is documented for them.
    budgets={
        "private": Budget(4_000, documented=False),
        "public": Budget(10, seconds=2),
        "status": Budget(1, seconds=5),
    },
    read_refusal=_read_refusal,
    failures=_FAILURES,
    clocks=dict.fromkeys(Market, TIME),
    read_time=lambda data: int(data["data"][0]["ts"]),
    marks={Environment.DEMO: {"x-simulated-trading": "1"}},
    limits_of_one_key=frozenset({"50011"}),
    probe=(CONFIG,),
    announcing=Announcing(
        STATUS, {Environment.LIVE: Environment.LIVE, Environment.DEMO: Environment.LIVE}, read=_notices
    ),
)

PROFILE: Final = ExchangeProfile(
    id="okx",
    title="OKX",
    worlds=dict.fromkeys(Market, (Environment.LIVE, Environment.DEMO)),
    settled_in={Market.LINEAR: ("USDT", "USDC", "USD")},
    shape=CredentialShape(
        api_key=FieldShape.of("[0-9a-fA-F-]", 36),
        secret=FieldShape.of("[0-9a-fA-F]", 32),
        passphrase=PASSPHRASE,
    ),
    boxes={
        Permission.READ: (_READ,),
        Permission.SPOT_TRADE: (_TRADE,),
        Permission.FUTURES_TRADE: (_TRADE,),
        Permission.MARGIN: (),
        # Part of Trade: there is no box to leave off.
        Permission.TRANSFER: (),
        Permission.WITHDRAW: (_WITHDRAW,),
    },
    key_pages={
        Environment.LIVE: "https://www.okx.com/account/my-api",
        Environment.DEMO: "https://www.okx.com/account/my-api",
    },
    max_ips=20,
    ip_separator=",",
    guide_steps=6,
    unbound=Unbound(idle_ends_after=14, if_trading=True),
    aliases=("okex", "окекс", "欧易"),
)

# -------------------------------------------------------------------------------------------------------------- looking


async def probe(exchange: Conversation) -> KeyReport:
    """One question, everywhere."""
    return _stated(await exchange.ask(CONFIG), exchange.place.environment)


async def inspect(exchange: Conversation, progress: Progress) -> KeyReport:
    """Clock, signature, permissions and balance. What follows from the report is the caller's to tell."""
    await check_clock(exchange, progress)
    async with running(progress, CheckItem.SIGNATURE):
        report = _stated(await exchange.ask(CONFIG), exchange.place.environment)
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


def _stated(answer: Any, environment: Environment) -> KeyReport:
    """A report out of account/config.

    Raises:
        TypeError: for an answer of another shape; nothing is ever read as off because it could not be read.
    """
    rows = answer.get("data") if isinstance(answer, dict) else None
    config = rows[0] if isinstance(rows, list) and len(rows) == 1 else None
    if not isinstance(config, dict) or not isinstance(perm := config.get("perm"), str) or not perm:
        raise TypeError("this is not account/config")
    bound = config.get("ip")
    uid, label = config.get("uid"), config.get("label")
    ips = tuple(filter(None, map(str.strip, bound.split(",")))) if isinstance(bound, str) else None
    return KeyReport(
        findings=_findings({word.strip() for word in perm.split(",")}, config.get("acctLv"), environment),
        ip_restricted=None if ips is None else bool(ips),
        ip_list=ips or None,
        account_uid=uid if isinstance(uid, str) and uid else None,
        label=label if isinstance(label, str) and label else None,
    )


def _findings(words: set[str], mode: Any, environment: Environment) -> dict[Permission, Finding]:
    trade = _said("trade" in words, _TRADE)
    futures = _said(on=False, box=_TRADE) if mode == _SPOT_MODE else trade
    return {
        Permission.READ: _said("read_only" in words, _READ),
        Permission.SPOT_TRADE: trade,
        Permission.FUTURES_TRADE: futures,
        Permission.MARGIN: futures,
        Permission.TRANSFER: trade,
        Permission.WITHDRAW: UNKNOWABLE if environment is Environment.DEMO else _withdraws(words),
    }


def _withdraws(words: set[str]) -> Finding:
    if "withdraw" not in words and words - _WORDS:
        return UNKNOWABLE  # a right we have never heard of: it may be any
    return _said("withdraw" in words, _WITHDRAW)


def _said(on: bool, box: str) -> Finding:  # noqa: FBT001 - its one fact
    return Finding(Grant.GRANTED, Certainty.STATED, (box,)) if on else Finding(Grant.DENIED, Certainty.STATED)
