"""Bybit: spot, USDT, USDC and coin-settled futures; live, testnet and demo.

What is known of it, and where it was read:

- ``GET /v5/user/query-api`` states what the key that asks may do (docs/v5/user/apikey-info). Any right suffices to ask
  it, and it costs what a ping would: so it is the ping. Demo does not list it among what it serves (docs/v5/demo).
- A read-only key (``readOnly: 1``) still lists its trade and wallet scopes: they count only with ``readOnly: 0``.
- ``Derivatives: DerivativesTrade`` is added by the system itself to keys of unified accounts (docs/v5/user/
  create-subuid-apikey), while other pages list it as a right to trade. Alone it says nothing, so it is unknown.
- A scope we have never seen under ``Wallet``, or no ``Wallet`` at all, may be a right to move money: unknown.
- ``expiredAt`` and ``deadlineDay`` are only meant for keys without an IP list, or after a change of password; an
  IP-bound key has 1970 and a negative number there (the example of docs/v5/user/apikey-info).
- 600 requests in 5 s and address; beyond that a 403 that says "access too frequent", for ten minutes
  (docs/v5/rate-limit). A 403 of CloudFront is about the country. 10006 is a limit of one user, 10018 of the address.
- A "Self-generated" key takes an RSA public key; ccxt signs with RSA only, an Ed25519 PEM raises TypeError. The
  testnet's key page offers the same (pybit's changelog, 5.6.0). Of demo only "api key and secret" are named
  (docs/v5/demo), so none is offered there, and the guide says why. Demo belongs to the live site: a key from the
  testnet's demo is of no use (the same page).
- ``GET /v5/system/status`` announces maintenance to anybody, and tells of what is over too. Times are milliseconds in
  strings; ``end`` is what is expected. ``serviceTypes`` 1 is trading, 2 trading by HTTP; ``product`` 1 is futures, 2
  spot; ``maintainType`` 3 is an incident, which nobody planned; ``env`` 1 is production and 2 its demo. With a
  ``uidSuffix`` it concerns some accounts only, and is left alone (docs/v5/system-status). Nothing is said of testnet.
- A key of another site of Bybit (bybit.eu, .kz, …) is unknown here: 10003.
- Linear futures settle in USDT or USDC (``settleCoin``, in ccxt's source; help centre, "USDT Perpetual").
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from bot.domain.connection import Environment, Market
from bot.domain.exchange import ExchangeProfile, Unbound
from bot.domain.failures import Failure
from bot.domain.key_pairs import PairKind
from bot.domain.pasting import CredentialShape
from bot.domain.pasting.shape import FieldShape
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, KeyReport, Permission
from bot.exchanges.adapter import Dialect, Endpoint, Refusal
from bot.exchanges.announcing import Announcing, Notice
from bot.exchanges.budget import Budget
from bot.exchanges.checklist import check_clock, running
from bot.exchanges.conversation import Conversation
from bot.usecases.ports import CheckItem, ItemState, Progress

# ------------------------------------------------------------------------------------------------------ what we may ask

TIME: Final = Endpoint("public", "v5/market/time", "address")
KEY_INFO: Final = Endpoint("private", "v5/user/query-api", "address")
ACCOUNT_INFO: Final = Endpoint("private", "v5/account/info", "address")
BALANCE: Final = Endpoint("private", "v5/account/wallet-balance", "address", params={"accountType": "UNIFIED"})
CLASSIC_SPOT_BALANCE: Final = Endpoint(
    "private", "v5/account/wallet-balance", "address", params={"accountType": "SPOT"}
)
CLASSIC_FUTURES_BALANCE: Final = Endpoint(
    "private", "v5/account/wallet-balance", "address", params={"accountType": "CONTRACT"}
)

STATUS: Final = Endpoint("public", "v5/system/status", "address")

# ------------------------------------------------------------------------------------------------------- the tick boxes

_SPOT: Final = "SPOT - Trade"
_FUTURES: Final = "Contract - Orders, Positions"
_READ_WRITE: Final = "Read-Write"
_READ_ONLY: Final = "Read-Only"

_MOVING: Final[Mapping[str, Mapping[str, tuple[Permission, str]]]] = {
    "Wallet": {
        "AccountTransfer": (Permission.TRANSFER, "Account Transfer"),
        "SubMemberTransfer": (Permission.TRANSFER, "Subaccount Transfer"),
        "SubMemberTransferList": (Permission.TRANSFER, "Subaccount Transfer"),
        "Withdraw": (Permission.WITHDRAW, "Withdrawal"),
    },
    # Selling to other people, and paying them: coins leave the account.
    "FiatP2P": {"FiatP2POrder": (Permission.TRANSFER, "P2P")},
    "FiatBitPay": {"FaitPayOrder": (Permission.TRANSFER, "Bybit Pay")},
    "BitCard": {"BitCard": (Permission.TRANSFER, "Bybit Card")},
}
"""Group and scope of query-api → what it grants, and its name on the key page."""
_HARMLESS: Final = frozenset({"Advertising"})

# -------------------------------------------------------------------------------------------------------- how it speaks

_FAILURES: Final[Mapping[str, Failure]] = {
    "-1": Failure.CLOCK_SKEW,
    "10002": Failure.CLOCK_SKEW,
    "10003": Failure.INVALID_KEY,
    "10004": Failure.BAD_SIGNATURE,
    # All that we ask is reading.
    "10005": Failure.NO_READ_PERMISSION,
    "10007": Failure.AMBIGUOUS_AUTH,
    "10010": Failure.IP_NOT_ALLOWED,
    "33004": Failure.KEY_EXPIRED,
    "-2015": Failure.KEY_EXPIRED,
    "10006": Failure.RATE_LIMITED,
    "10018": Failure.RATE_LIMITED,
    "10009": Failure.REGION_BLOCKED,
    "10008": Failure.ACCOUNT_SUSPENDED,
    "10024": Failure.ACCOUNT_SUSPENDED,
    "10027": Failure.ACCOUNT_SUSPENDED,
    "10028": Failure.WRONG_MARKET,
    "10029": Failure.WRONG_MARKET,
    "10000": Failure.EXCHANGE_UNAVAILABLE,
    "10016": Failure.EXCHANGE_UNAVAILABLE,
    "10032": Failure.UNEXPECTED,
}
_BAN_SECONDS: Final = 600.0


def _read_refusal(data: Any) -> Refusal | None:
    """``{"retCode": 10003, "retMsg": "API key is invalid."}``; older paths write ``ret_code``."""
    if not isinstance(data, dict):
        return None
    code = data.get("retCode", data.get("ret_code"))
    if code is None or str(code) == "0":
        return None
    message = data.get("retMsg", data.get("ret_msg"))
    return Refusal(code=str(code), message=message if isinstance(message, str) and message else None)


def _settle_in(client: Any, environment: Environment) -> None:
    if environment is Environment.TESTNET:
        client.set_sandbox_mode(True)
    elif environment is Environment.DEMO:
        client.enable_demo_trading(True)  # noqa: FBT003 - ccxt's own


_AHEAD: Final = frozenset({"scheduled", "ongoing"})
_TRADING: Final = frozenset({"1", "2"})
_INCIDENT: Final = "3"
_PRODUCTS: Final[Mapping[str, frozenset[Market]]] = {
    "1": frozenset({Market.LINEAR, Market.INVERSE}),
    "2": frozenset({Market.SPOT}),
}
_ENVIRONMENTS: Final[Mapping[str, Environment]] = {"1": Environment.LIVE, "2": Environment.DEMO}


def _notices(answer: Any) -> Iterator[Notice | None]:
    result = answer.get("result") if isinstance(answer, dict) else None
    rows = result.get("list") if isinstance(result, dict) else None
    if not isinstance(rows, list):
        raise TypeError("this is not system/status")
    for row in rows:
        services, products = (_words(row, name) for name in ("serviceTypes", "product"))
        if services is None or products is None:
            yield None
        elif (
            str(row.get("state")) in _AHEAD
            and services & _TRADING
            and not row.get("uidSuffix")
            and str(row.get("maintainType")) != _INCIDENT
            and (environment := _ENVIRONMENTS.get(str(row.get("env")))) is not None
            and (markets := frozenset().union(*(_PRODUCTS.get(product, frozenset()) for product in products)))
        ):
            yield Notice(environment, markets, row.get("begin"), row.get("end"))


def _words(row: Any, name: str) -> frozenset[str] | None:
    """A list of small numbers, as words; None if there is none."""
    found = row.get(name) if isinstance(row, dict) else None
    return frozenset(map(str, found)) if isinstance(found, list) else None


DIALECT: Final = Dialect(
    ccxt_class="bybit",
    settle_in=_settle_in,
    budgets={"address": Budget(600, seconds=5)},
    read_refusal=_read_refusal,
    failures=_FAILURES,
    clocks=dict.fromkeys(Market, TIME),
    read_time=lambda data: int(data["time"]),
    walls={"access too frequent": Failure.BANNED},
    limits_of_one_key=frozenset({"10006"}),
    waits={Failure.BANNED: _BAN_SECONDS},
    signs_with_pem=True,
    announcing=Announcing(
        STATUS, {Environment.LIVE: Environment.LIVE, Environment.DEMO: Environment.LIVE}, read=_notices
    ),
    probe=(KEY_INFO,),
    probe_at=dict.fromkeys(((market, Environment.DEMO) for market in Market), (ACCOUNT_INFO,)),
)

_WORLDS: Final = (Environment.LIVE, Environment.TESTNET, Environment.DEMO)

PROFILE: Final = ExchangeProfile(
    id="bybit",
    title="Bybit",
    worlds=dict.fromkeys(Market, _WORLDS),
    settled_in={Market.LINEAR: ("USDT", "USDC")},
    shape=CredentialShape(
        # 18 and 36 characters are what has been seen; nothing says that they stay so.
        api_key=FieldShape.between("[A-Za-z0-9]", 16, 24),
        secret=FieldShape.between("[A-Za-z0-9]", 32, 48),
    ),
    boxes={
        Permission.READ: (_READ_WRITE,),
        Permission.SPOT_TRADE: (_SPOT,),
        Permission.FUTURES_TRADE: (_FUTURES,),
        Permission.MARGIN: (),
        Permission.TRANSFER: ("Account Transfer", "Subaccount Transfer", "P2P"),
        Permission.WITHDRAW: ("Withdrawal",),
    },
    watch_boxes=(_READ_ONLY,),
    key_pages={
        Environment.LIVE: "https://www.bybit.com/app/user/api-management",
        Environment.TESTNET: "https://testnet.bybit.com/app/user/api-management",
        Environment.DEMO: "https://www.bybit.com/app/user/api-management",
    },
    max_ips=10,
    ip_separator=",",
    guide_steps=6,
    # Nobody says whether demo takes a public key too.
    own_pairs=dict.fromkeys((Environment.LIVE, Environment.TESTNET), PairKind.RSA_2048),
    own_steps=frozenset({2, 6}),
    unbound=Unbound(ends_after=90),
    permissions_told=frozenset({Environment.LIVE, Environment.TESTNET}),
    aliases=("байбит", "by bit"),
)

# -------------------------------------------------------------------------------------------------------------- looking


async def probe(exchange: Conversation) -> KeyReport:
    """One question, everywhere."""
    if exchange.place.environment is Environment.DEMO:
        await exchange.ask(ACCOUNT_INFO)
        return _SILENT
    return _stated(await exchange.ask(KEY_INFO))


async def inspect(exchange: Conversation, progress: Progress) -> KeyReport:
    """Clock, signature, permissions and balance. What follows from the report is the caller's to tell."""
    await check_clock(exchange, progress)
    demo = exchange.place.environment is Environment.DEMO
    async with running(progress, CheckItem.SIGNATURE):
        answer = await exchange.ask(ACCOUNT_INFO if demo else KEY_INFO)
        report = _SILENT if demo else _stated(answer)
    await progress(CheckItem.SIGNATURE, ItemState.PASSED)
    await progress(CheckItem.PERMISSIONS, ItemState.CAUTION if _leaves_open(report) else ItemState.PASSED)
    async with running(progress, CheckItem.BALANCE):
        await exchange.ask(BALANCE if demo else _balance_of(answer["result"], exchange.place.market))
    await progress(CheckItem.BALANCE, ItemState.PASSED)
    return report


def _balance_of(info: Mapping[str, Any], market: Market) -> Endpoint:
    if info.get("uta") == 1 or info.get("unified") == 1:
        return BALANCE
    return CLASSIC_SPOT_BALANCE if market is Market.SPOT else CLASSIC_FUTURES_BALANCE


# ------------------------------------------------------------------------------ live, testnet: the exchange says it all

_OFF: Final = Finding(Grant.DENIED, Certainty.STATED)

_SILENT: Final = KeyReport(
    findings={
        Permission.READ: Finding(Grant.GRANTED, Certainty.INFERRED),
        Permission.SPOT_TRADE: UNKNOWABLE,
        Permission.FUTURES_TRADE: UNKNOWABLE,
        Permission.TRANSFER: UNKNOWABLE,
        Permission.WITHDRAW: UNKNOWABLE,
    }
)
"""All that demo lets one know of a key that answers."""


def _leaves_open(report: KeyReport) -> bool:
    return any(finding.grant is Grant.UNKNOWN for finding in report.findings.values())


def _stated(answer: Any) -> KeyReport:
    """A report out of query-api.

    Raises:
        TypeError: for an answer of another shape; nothing is ever read as off because it could not be read.
    """
    info = answer.get("result") if isinstance(answer, dict) else None
    if not isinstance(info, dict) or not isinstance(info.get("permissions"), dict) or "readOnly" not in info:
        raise TypeError("this is not query-api")
    ips = _ips(info.get("ips"))
    uid = info.get("userID")
    note = info.get("note")
    return KeyReport(
        findings=_findings(info["readOnly"], info["permissions"]),
        ip_restricted=None if ips is None else bool(ips),
        ip_list=ips or None,
        expires_at=_expiry(info, answer.get("time")),
        account_uid=str(uid) if uid else None,
        label=note if isinstance(note, str) and note else None,
    )


def _findings(read_only: Any, scopes: Mapping[str, Any]) -> dict[Permission, Finding]:
    if read_only == 1:
        reading = Finding(Grant.GRANTED, Certainty.STATED, (_READ_ONLY,))
        off = (Permission.SPOT_TRADE, Permission.FUTURES_TRADE, Permission.TRANSFER, Permission.WITHDRAW)
        return {Permission.READ: reading} | dict.fromkeys(off, _OFF)
    if read_only != 0:
        return dict(_SILENT.findings)
    return {
        Permission.READ: Finding(Grant.GRANTED, Certainty.STATED, (_READ_WRITE,)),
        Permission.SPOT_TRADE: _trades(scopes, "Spot", "SpotTrade", _SPOT),
        Permission.FUTURES_TRADE: _trades_futures(scopes),
        Permission.TRANSFER: _moves(scopes, Permission.TRANSFER),
        Permission.WITHDRAW: _moves(scopes, Permission.WITHDRAW),
    }


def _trades(scopes: Mapping[str, Any], group: str, scope: str, box: str) -> Finding:
    found = _scopes_of(scopes, group)
    if found is None:
        return UNKNOWABLE
    return Finding(Grant.GRANTED, Certainty.STATED, (box,)) if scope in found else _OFF


def _trades_futures(scopes: Mapping[str, Any]) -> Finding:
    stated = _trades(scopes, "ContractTrade", "Order", _FUTURES)
    if stated == _OFF and "DerivativesTrade" in (_scopes_of(scopes, "Derivatives") or ()):
        return UNKNOWABLE
    return stated


def _moves(scopes: Mapping[str, Any], permission: Permission) -> Finding:
    """Whether the key moves money: any scope that does is enough; whatever we cannot read leaves it open."""
    boxes: dict[str, None] = {}
    unread = _scopes_of(scopes, "Wallet") is None
    for group, known in _MOVING.items():
        for scope in _scopes_of(scopes, group) or ():
            granted, box = known.get(scope, (None, ""))
            if granted is permission:
                boxes[box] = None
            elif granted is None and scope not in _HARMLESS:
                unread = True
    if boxes:
        return Finding(Grant.GRANTED, Certainty.STATED, tuple(boxes))
    return UNKNOWABLE if unread else _OFF


def _scopes_of(scopes: Mapping[str, Any], group: str) -> list[str] | None:
    """The scopes of a group; None if that cannot be read."""
    found = scopes.get(group)
    return found if isinstance(found, list) and all(isinstance(scope, str) for scope in found) else None


def _ips(bound: Any) -> tuple[str, ...] | None:
    """The addresses the key is bound to; none for ``["*"]``; None if that cannot be read."""
    if not isinstance(bound, list) or not all(isinstance(ip, str) for ip in bound):
        return None
    return tuple(ip for ip in bound if ip not in ("*", ""))


_DAY: Final = 86_400
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def _expiry(info: Mapping[str, Any], exchange_ms: Any) -> float | None:
    """Epoch seconds at which the key ends: the date, or what the days that are left come to by the exchange's clock."""
    date, days = info.get("expiredAt"), info.get("deadlineDay")
    if isinstance(date, str) and _DATE.fullmatch(date) and not date.startswith("1970-"):
        return datetime.strptime(date, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp()
    if not isinstance(days, int) or days < 0 or not isinstance(exchange_ms, int):
        return None
    now = exchange_ms // 1000
    # Days are counted whole: with none left, it is over some time today.
    return float(now + days * _DAY if days else now - now % _DAY + _DAY)
