"""Binance: spot and USDⓈ-M futures.

What is known of it, and where it was read:

- ``GET /sapi/v1/account/apiRestrictions`` states what a key may do (wallet connector 13.3.0). It costs weight 1 of
  12,000 a minute, no more than a ping would, so it is the ping. Only the live environment has ``/sapi``.
- A sub-account's key omits flags that are off (seen once, on a live key): an absent flag is off. A flag that is there
  and is no boolean is an answer we do not understand.
- ``canTrade`` and ``canWithdraw`` of ``/api/v3/account`` and of ``/fapi/v1/accountConfig`` are flags of the account,
  not of the key: never read here.
- ``order/test`` checks an order and places nothing; it says -2015 to a key that may not trade, and finds fault with the
  order's numbers (or with nothing) if the key may.
- -2015 is "Invalid API-key, IP, or permissions for action": the three are told apart below as far as a second
  question can.
- A key may be "Self-generated": an Ed25519 or RSA public key is pasted, and only the API key comes back
  (api_key_types.md). The testnet takes both too (binance-spot-api-docs, faqs/testnet.md). Of demo it is concluded: it
  has a key page of its own, "the same features as the live exchange", and FIX, which wants Ed25519
  (demo-mode/general-info.md); its guide says what to do if the page should offer none.
- ccxt has no futures testnet any more: signing for it raises ``NotSupported``. Futures have live and demo.
- USDⓈ-M futures settle in USDT or USDC (their own name for it; ``marginAsset`` of exchangeInfo, in ccxt's source).
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import NoneType
from typing import Any, Final

from bot.domain.connection import Environment, Market, Place
from bot.domain.exchange import ExchangeProfile, Unbound
from bot.domain.failures import ExchangeTrouble, Failure, Trouble, policy_of
from bot.domain.key_pairs import PairKind
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

RESTRICTIONS: Final = Endpoint("sapi", "account/apiRestrictions", "sapi")
SPOT_TIME: Final = Endpoint("public", "time", "api")
SPOT_ACCOUNT: Final = Endpoint("private", "account", "api", weight=20, params={"omitZeroBalances": "true"})
LINEAR_TIME: Final = Endpoint("fapiPublic", "time", "fapi")
LINEAR_CONFIG: Final = Endpoint("fapiPrivate", "accountConfig", "fapi", weight=5)
LINEAR_BALANCE: Final = Endpoint("fapiPrivateV3", "balance", "fapi", weight=5)

# Far below the market and below every minimum: were it ever sent to the wrong path, nothing would come of it.
_HOPELESS_ORDER: Final = {
    "symbol": "BTCUSDT",
    "side": "BUY",
    "type": "LIMIT",
    "timeInForce": "GTC",
    "quantity": "0.001",
    "price": "1",
}
SPOT_ORDER_TEST: Final = Endpoint("private", "order/test", "api", method="POST", params=_HOPELESS_ORDER)
LINEAR_ORDER_TEST: Final = Endpoint("fapiPrivate", "order/test", "fapi", method="POST", params=_HOPELESS_ORDER)

_ORDER_TEST: Final = {Market.SPOT: SPOT_ORDER_TEST, Market.LINEAR: LINEAR_ORDER_TEST}
_READING: Final = {Market.SPOT: SPOT_ACCOUNT, Market.LINEAR: LINEAR_CONFIG}

# ------------------------------------------------------------------------------------------------------- the tick boxes

_BOXES: Final[Mapping[str, tuple[Permission, str]]] = {
    "enableReading": (Permission.READ, "Enable Reading"),
    "enableSpotAndMarginTrading": (Permission.SPOT_TRADE, "Enable Spot & Margin Trading"),
    "enableFutures": (Permission.FUTURES_TRADE, "Enable Futures"),
    "enablePortfolioMarginTrading": (Permission.FUTURES_TRADE, "Enable Portfolio Margin Trading"),
    "enableMargin": (Permission.MARGIN, "Enable Margin Loan, Repay & Transfer"),
    "enableInternalTransfer": (Permission.TRANSFER, "Enable Internal Transfer"),
    "permitsUniversalTransfer": (Permission.TRANSFER, "Permits Universal Transfer"),
    "enableWithdrawals": (Permission.WITHDRAW, "Enable Withdrawals"),
}
"""Flag of apiRestrictions → what it grants, and its name on the key page."""
_ABSENT: Final = (False,) * len(_BOXES)
"""What the flags are where they are absent: keys of sub-accounts omit what they cannot have (seen 2026-05-27)."""
_DANGEROUS_FLAGS: Final = frozenset(
    flag for flag, (granted, _) in _BOXES.items() if granted in (Permission.TRANSFER, Permission.WITHDRAW)
)
"""Omitted all together or not at all. One that is missing by itself was renamed, and nobody knows what it says now."""


def _boxes_of(permission: Permission) -> tuple[str, ...]:
    return tuple(box for granted, box in _BOXES.values() if granted is permission)


# -------------------------------------------------------------------------------------------------------- how it speaks

_AMBIGUOUS: Final = "-2015"

_FAILURES: Final[Mapping[str, Failure]] = {
    "-1000": Failure.EXCHANGE_UNAVAILABLE,
    "-1001": Failure.EXCHANGE_UNAVAILABLE,
    "-1002": Failure.AMBIGUOUS_AUTH,
    "-1003": Failure.RATE_LIMITED,
    "-1004": Failure.EXCHANGE_UNAVAILABLE,
    "-1006": Failure.EXCHANGE_UNAVAILABLE,
    "-1007": Failure.EXCHANGE_UNAVAILABLE,
    "-1008": Failure.EXCHANGE_UNAVAILABLE,
    "-1011": Failure.IP_NOT_ALLOWED,
    "-1015": Failure.RATE_LIMITED,
    "-1016": Failure.EXCHANGE_UNAVAILABLE,
    "-1021": Failure.CLOCK_SKEW,
    "-1022": Failure.BAD_SIGNATURE,
    "-1099": Failure.AMBIGUOUS_AUTH,
    "-2008": Failure.INVALID_KEY,
    "-2014": Failure.INVALID_KEY,
    _AMBIGUOUS: Failure.AMBIGUOUS_AUTH,
    "-3022": Failure.ACCOUNT_SUSPENDED,
}

_SEEN_IP: Final = re.compile(r"request ip: ?([0-9a-fA-F.:]{3,45})")
_BANNED_UNTIL: Final = re.compile(r"banned until (\d{13})\b")
_GOOD_CODES: Final = frozenset({0, 200})


def _read_refusal(data: Any) -> Refusal | None:
    """``{"code": -2015, "msg": "…"}``; code 0 comes with words alone, as in the answer to a restricted region."""
    if not isinstance(data, dict) or not isinstance(code := data.get("code"), int):
        return None
    message = data.get("msg")
    words = message if isinstance(message, str) else ""
    if code in _GOOD_CODES and not words:
        return None
    seen = _SEEN_IP.search(words)
    until = _BANNED_UNTIL.search(words)
    return Refusal(
        code=None if code in _GOOD_CODES else str(code),
        message=words or None,
        seen_ip=seen.group(1) if seen else None,
        retry_at=int(until.group(1)) / 1000 if until else None,
    )


def _settle_in(client: Any, environment: Environment) -> None:
    if environment is Environment.TESTNET:
        client.set_sandbox_mode(True)
    elif environment is Environment.DEMO:
        client.enable_demo_trading(True)  # noqa: FBT003 - ccxt's own


DIALECT: Final = Dialect(
    ccxt_class="binance",
    settle_in=_settle_in,
    # sapi gives each of its endpoints as much.
    budgets={"sapi": Budget(12_000), "api": Budget(6_000), "fapi": Budget(2_400)},
    read_refusal=_read_refusal,
    failures=_FAILURES,
    clocks={Market.SPOT: SPOT_TIME, Market.LINEAR: LINEAR_TIME},
    read_time=lambda data: int(data["serverTime"]),
    signs_with_pem=True,
    probe=(RESTRICTIONS,),
    probe_at={
        (market, environment): (_READING[market], _ORDER_TEST[market])
        for market, environment in (
            (Market.SPOT, Environment.TESTNET),
            (Market.SPOT, Environment.DEMO),
            (Market.LINEAR, Environment.DEMO),
        )
    },
)

_KEY: Final = FieldShape.of("[A-Za-z0-9]", 64)

PROFILE: Final = ExchangeProfile(
    id="binance",
    title="Binance",
    worlds={
        Market.SPOT: (Environment.LIVE, Environment.TESTNET, Environment.DEMO),
        Market.LINEAR: (Environment.LIVE, Environment.DEMO),
    },
    settled_in={Market.LINEAR: ("USDT", "USDC")},
    shape=CredentialShape(api_key=_KEY, secret=_KEY),
    boxes={permission: _boxes_of(permission) for permission in Permission},
    key_pages={
        Environment.LIVE: "https://www.binance.com/en/my/settings/api-management",
        Environment.TESTNET: "https://testnet.binance.vision/",
        Environment.DEMO: "https://demo.binance.com/en/my/settings/api-management",
    },
    max_ips=30,
    guide_steps=6,
    own_pairs=dict.fromkeys(Environment, PairKind.ED25519),
    own_steps=frozenset({2, 6}),
    unbound=Unbound(loses_trading=True),
    aliases=("bnb", "бинанс", "币安"),
)

# -------------------------------------------------------------------------------------------------------------- looking


async def probe(exchange: Conversation) -> KeyReport:
    """One question on live; two where nobody states the permissions."""
    if exchange.place.environment is Environment.LIVE:
        return _stated(exchange.place, await _restrictions(exchange))
    await _read(exchange)
    return _guessed(exchange.place, await _trades(exchange))


async def inspect(exchange: Conversation, progress: Progress) -> KeyReport:
    """Clock, signature, permissions, balance and account. What follows from the report is the caller's to tell."""
    await check_clock(exchange, progress)
    if exchange.place.environment is Environment.LIVE:
        return await _inspect_live(exchange, progress)
    return await _inspect_play_money(exchange, progress)


async def _inspect_live(exchange: Conversation, progress: Progress) -> KeyReport:
    async with running(progress, CheckItem.SIGNATURE):
        report = _stated(exchange.place, await _restrictions(exchange))
    await progress(CheckItem.SIGNATURE, ItemState.PASSED)
    readable = report.grants(Permission.READ)
    await progress(CheckItem.PERMISSIONS, ItemState.PASSED if readable else ItemState.FAILED)
    if not readable:
        await progress(CheckItem.BALANCE, ItemState.FAILED)
        return report
    async with running(progress, CheckItem.BALANCE):
        if exchange.place.market is Market.LINEAR:
            _, refused = await exchange.attempt(LINEAR_BALANCE)
            if refused is not None and refused.code == _AMBIGUOUS and _dangerous(report):
                # To be told together with what the report says, not one round after the other.
                await progress(CheckItem.BALANCE, ItemState.FAILED)
                return report
            if refused is not None:
                raise ExchangeTrouble(_no_futures(refused, report))
        uid = await _uid(exchange)
    await progress(CheckItem.BALANCE, ItemState.PASSED)
    return replace(report, account_uid=uid)


async def _inspect_play_money(exchange: Conversation, progress: Progress) -> KeyReport:
    async with running(progress, CheckItem.SIGNATURE):
        await _read(exchange)
    await progress(CheckItem.SIGNATURE, ItemState.PASSED)
    async with running(progress, CheckItem.PERMISSIONS):
        report = _guessed(exchange.place, await _trades(exchange))
    await progress(CheckItem.PERMISSIONS, ItemState.CAUTION)
    async with running(progress, CheckItem.BALANCE):
        if exchange.place.market is Market.LINEAR:
            await exchange.ask(LINEAR_BALANCE)
        uid = await _uid(exchange)
    await progress(CheckItem.BALANCE, ItemState.PASSED)
    return replace(report, account_uid=uid)


# --------------------------------------------------------------------------------------- live: the exchange says it all


async def _restrictions(exchange: Conversation) -> Any:
    restrictions, trouble = await exchange.attempt(RESTRICTIONS)
    if trouble is not None:
        raise ExchangeTrouble(await _told_apart(exchange, trouble))
    return restrictions


def _stated(place: Place, restrictions: Any) -> KeyReport:
    """A report out of apiRestrictions.

    Raises:
        TypeError: for an answer of another shape; nothing is ever read as off because it could not be read.
    """
    if not isinstance(restrictions, dict) or not ("enableReading" in restrictions or "ipRestrict" in restrictions):
        raise TypeError("this is not apiRestrictions")
    if len(_DANGEROUS_FLAGS & restrictions.keys()) not in (0, len(_DANGEROUS_FLAGS)):
        raise TypeError("a dangerous flag is missing, and not as sub-accounts omit it")
    # The expiry ends spot and margin trading, not the key: it is nothing to somebody who trades futures.
    expiry = restrictions.get("tradingAuthorityExpirationTime") if place.market is Market.SPOT else None
    report = _report(expiry, restrictions.get("ipRestrict"), *map(restrictions.get, _BOXES, _ABSENT))
    return report if restrictions.keys() >= _DANGEROUS_FLAGS else _concluded(report)


def _concluded(report: KeyReport) -> KeyReport:
    """What a sub-account's key leaves out is off; Binance did not say so, though: it was seen, and is undocumented."""
    silent = {
        permission: replace(report.of(permission), certainty=Certainty.INFERRED)
        for permission in (Permission.TRANSFER, Permission.WITHDRAW)
    }
    return replace(report, findings={**report.findings, **silent})


# Few combinations occur, and each probe needs one. Typed, since to Python 0 is False and to us it is no answer.
@lru_cache(maxsize=1024, typed=True)
def _report(expiry_ms: int | None, ip_restricted: bool | None, *flags: bool) -> KeyReport:  # noqa: FBT001 - as stated
    """A report of stated facts; ``flags`` are in the order of ``_BOXES``."""
    if type(ip_restricted) not in (bool, NoneType) or set(map(type, flags)) != {bool}:
        raise TypeError("a flag of apiRestrictions is no boolean")
    ticked: dict[Permission, tuple[str, ...]] = dict.fromkeys(Permission, ())
    for on, (permission, box) in zip(flags, _BOXES.values(), strict=True):
        if on:
            ticked[permission] += (box,)
    return KeyReport(
        findings={
            permission: Finding(Grant.GRANTED if boxes else Grant.DENIED, Certainty.STATED, boxes)
            for permission, boxes in ticked.items()
        },
        ip_restricted=ip_restricted,
        # Milliseconds; -1 has been seen for never.
        expires_at=expiry_ms / 1000 if expiry_ms is not None and expiry_ms > 0 else None,
    )


def _dangerous(report: KeyReport) -> bool:
    return report.grants(Permission.WITHDRAW) or report.grants(Permission.TRANSFER)


def _no_futures(refused: Trouble, report: KeyReport) -> Trouble:
    """The key and its address are good at ``/sapi``, and futures refuse it all the same.

    Either its box is not ticked, or it is older than the futures account: Binance then wants a new key.
    """
    if refused.code != _AMBIGUOUS:
        return refused
    trades = report.grants(Permission.SPOT_TRADE) or report.grants(Permission.FUTURES_TRADE)
    failure = Failure.WRONG_MARKET if trades else Failure.NO_TRADE_PERMISSION
    return replace(refused, failure=failure, boxes=PROFILE.boxes[Permission.FUTURES_TRADE][:1])


async def _uid(exchange: Conversation) -> str | None:
    """The account's id, the same for spot and futures; only the spot account tells it.

    Raises:
        ExchangeTrouble: if it could not be asked. A futures key that is refused there has none.
    """
    account, trouble = await exchange.attempt(SPOT_ACCOUNT)
    if trouble is None:
        uid = account.get("uid")
        return None if uid is None else str(uid)
    if exchange.place.market is Market.SPOT or not policy_of(trouble.failure).user_must_act:
        raise ExchangeTrouble(trouble)
    return None


# -------------------------------------------------------------------- testnet, demo: nobody says it, so it is tried out


async def _read(exchange: Conversation) -> None:
    _, trouble = await exchange.attempt(_READING[exchange.place.market])
    if trouble is not None:
        raise ExchangeTrouble(await _told_apart(exchange, trouble))


async def _trades(exchange: Conversation) -> bool:
    """Whether a key that could just read may trade too."""
    _, trouble = await exchange.attempt(_ORDER_TEST[exchange.place.market])
    if _came_to_the_order(trouble):
        return True
    assert trouble is not None
    if trouble.code == _AMBIGUOUS:
        return False  # key and address were good a moment ago
    raise ExchangeTrouble(trouble)


def _came_to_the_order(trouble: Trouble | None) -> bool:
    """Whether ``order/test`` got as far as the order: it had nothing to say, or only of the order's numbers."""
    if trouble is None:
        return True
    return trouble.failure is Failure.UNEXPECTED and (trouble.code or "").startswith("-")


def _guessed(place: Place, trades: bool) -> KeyReport:  # noqa: FBT001 - its one fact
    trade = Finding(Grant.GRANTED if trades else Grant.DENIED, Certainty.INFERRED)
    return KeyReport(
        findings={
            Permission.READ: Finding(Grant.GRANTED, Certainty.INFERRED),
            TRADE_PERMISSION[place.market]: trade,
            Permission.TRANSFER: UNKNOWABLE,
            Permission.WITHDRAW: UNKNOWABLE,
        }
    )


# ----------------------------------------------------------------------------------------------------- -2015 told apart


async def _told_apart(exchange: Conversation, trouble: Trouble) -> Trouble:
    """What a -2015 to a reading comes to, after a second question.

    That the exchange answers at all shows that we reach it. If an order may be tested, key and address are good and
    only reading is off. If not, the futures API at least names the address it saw us under.
    """
    if trouble.code != _AMBIGUOUS:
        return trouble
    place = exchange.place
    _, second = await exchange.attempt(_ORDER_TEST[place.market])
    if second is None or _came_to_the_order(second):
        return replace(trouble, failure=Failure.NO_READ_PERMISSION, boxes=PROFILE.boxes[Permission.READ])
    if second.code != _AMBIGUOUS and policy_of(second.failure).user_must_act:
        return second
    seen_ip = trouble.seen_ip or second.seen_ip
    if seen_ip is None and place.environment in PROFILE.worlds[Market.LINEAR]:
        _, third = await exchange.attempt(LINEAR_CONFIG)
        seen_ip = third.seen_ip if third is not None else None
    return replace(trouble, seen_ip=seen_ip)
