"""Phemex: spot, USDT, USDC and coin-settled perpetuals; live and testnet.

What is known of it, and where it was read (phemex-docs.github.io, "Overview" unless said otherwise):

- **Nothing states what a key may do**: neither the documents nor ccxt know an endpoint for permissions, addresses,
  expiry or label. A key that answers may read. Whether it may trade, transfer or withdraw is unknown, never off, and on
  live somebody has to vouch that withdrawal is off. (The history of withdrawals is no hint: who may read may perhaps
  read it.)
- ``401`` is the one code for a wrong key, a late request, an address off the list and a missing right; ``10500`` comes
  with HTTP 200 for a wrong key or signature. Only the words tell, in either (bodies in ccxt and in public reports).
  What ``34003`` "Access forbidden" and ``39996`` "Access denied." are about is documented nowhere. HTTP 403 is
  documented as "lack of privilege"; without a code of Phemex's it is taken for the wall in front.
- A request says when it ends, by our clock and 60 s on; a clock that is behind by more is told as "Request Expired".
  ``GET /public/time`` tells the time. Whether the testnet has it is not documented, so there the clock is only asked
  when a request was late.
- An address has 5,000 requests in 5 minutes and is shut out for the next 5 ("IP ratelimits"); all of the testnet 500
  in 5 minutes together. How it says so is not documented: any 429 without a code is taken for it. Users have limits
  of their own; their 429 has ``39995``.
- The account's number is in the answer of contracts ("Query account positions"), not in that of spot wallets. That an
  account is banned is a code of trading (11022); whether reading says it too is not documented.
- The key page has one choice of three: Read, Read & Trade, Read & Trade & Withdraw (chapters "Copy trade" and "Deposit
  and withdraw"), and a key that may withdraw must be bound to addresses. Whether transfers within the account need one
  of them is not said. How many addresses a key takes, and whether keys end, neither.
- Linear perpetuals settle in USDT or USDC (``settleCurrency``, in ccxt's source).
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

TIME: Final = Endpoint("v2", "public/time", "address")
SPOT_WALLETS: Final = Endpoint("private", "spot/wallets", "address")
LINEAR_ACCOUNT: Final = Endpoint("private", "g-accounts/accountPositions", "address", params={"currency": "USDT"})
INVERSE_ACCOUNT: Final = Endpoint("private", "accounts/accountPositions", "address", params={"currency": "BTC"})

_ACCOUNT: Final = {
    Market.SPOT: SPOT_WALLETS,
    Market.LINEAR: LINEAR_ACCOUNT,
    Market.INVERSE: INVERSE_ACCOUNT,
}


def _charged(endpoint: Endpoint, environment: Environment) -> Endpoint:
    """The question, charged to the budget of where it is asked."""
    return replace(endpoint, bucket="testnet") if environment is Environment.TESTNET else endpoint


# ------------------------------------------------------------------------------------------------------- the tick boxes

_READ: Final = "Read"
_TRADE: Final = "Read & Trade"
_WITHDRAW: Final = "Read & Trade & Withdraw"

# -------------------------------------------------------------------------------------------------------- how it speaks

_OWN_LIMIT: Final = "39995"

_CAUSES: Final[Mapping[str, Failure]] = {
    "key": Failure.INVALID_KEY,
    "signature": Failure.BAD_SIGNATURE,
    "IP": Failure.IP_NOT_ALLOWED,
    "clock": Failure.CLOCK_SKEW,
    # All that we ask is reading.
    "permission": Failure.NO_READ_PERMISSION,
}
_SHARED: Final = ("401", "10500")
"""Codes that have several causes, told apart by the words alone."""

_FAILURES: Final[Mapping[str, Failure]] = {
    **{f"{code} ({cause})": failure for code in _SHARED for cause, failure in _CAUSES.items()},
    "401": Failure.AMBIGUOUS_AUTH,
    "34003": Failure.AMBIGUOUS_AUTH,
    "39996": Failure.AMBIGUOUS_AUTH,
    # The account is banned, says trading.
    "11022": Failure.ACCOUNT_SUSPENDED,
    _OWN_LIMIT: Failure.RATE_LIMITED,
}

_WORDS: Final[Mapping[str, str]] = {
    "failed to load api key": "key",
    "failed to find api-key": "key",
    "api key not found": "key",
    "signature verification failed": "signature",
    "ip mismatch": "IP",
    "request expired": "clock",
    "insufficient privilege": "permission",
}
"""Words, in lower case, and the cause that they tell."""


def _read_refusal(data: Any) -> Refusal | None:
    """``{"code": "401", "msg": "401 Request IP mismatch."}``; market data has ``{"error": {"code": 6001, …}}``."""
    if not isinstance(data, dict):
        return None
    said = error if isinstance(error := data.get("error"), dict) else data
    code = said.get("code")
    if code is None or str(code) == "0":
        return None
    message = said.get("msg") or said.get("message")
    words = message if isinstance(message, str) else ""
    own = str(code)
    if own in _SHARED:
        lower = words.lower()
        cause = next((cause for phrase, cause in _WORDS.items() if phrase in lower), None)
        own = f"{own} ({cause})" if cause else own
    return Refusal(code=own, message=words or None)


def _settle_in(client: Any, environment: Environment) -> None:
    if environment is Environment.TESTNET:
        client.set_sandbox_mode(True)


_SHUT_OUT: Final = 300.0
"""Seconds that an address is turned away after too much."""

DIALECT: Final = Dialect(
    ccxt_class="phemex",
    settle_in=_settle_in,
    budgets={"address": Budget(5_000, seconds=300), "testnet": Budget(500, seconds=300)},
    read_refusal=_read_refusal,
    failures=_FAILURES,
    clocks=dict.fromkeys(Market, TIME),
    read_time=lambda data: int(data["data"]["serverTime"]),
    limits_of_one_key=frozenset({_OWN_LIMIT}),
    waits={Failure.RATE_LIMITED: _SHUT_OUT, Failure.BANNED: _SHUT_OUT},
    probe_at={
        (market, environment): (_charged(endpoint, environment),)
        for market, endpoint in _ACCOUNT.items()
        for environment in (Environment.LIVE, Environment.TESTNET)
    },
)

_UUID: Final = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"

PROFILE: Final = ExchangeProfile(
    id="phemex",
    title="Phemex",
    worlds=dict.fromkeys(Market, (Environment.LIVE, Environment.TESTNET)),
    settled_in={Market.LINEAR: ("USDT", "USDC")},
    shape=CredentialShape(
        # A key that the main account shares has the sub-account's number behind it (help page); how is not shown.
        api_key=FieldShape(re.compile(f"{_UUID}[0-9_-]{{0,24}}"), re.compile("[0-9a-fA-F_-]"), (36,)),
        # Base64url of 64 bytes is what has been seen; nothing says that it stays so.
        secret=FieldShape(re.compile("[A-Za-z0-9_-]{64,128}={0,2}"), re.compile("[A-Za-z0-9_=-]"), (86,)),
    ),
    boxes={
        # One choice of three: who trades has no other that reads.
        Permission.READ: (_TRADE,),
        Permission.SPOT_TRADE: (_TRADE,),
        Permission.FUTURES_TRADE: (_TRADE,),
        Permission.MARGIN: (),
        Permission.TRANSFER: (),
        Permission.WITHDRAW: (_WITHDRAW,),
    },
    watch_boxes=(_READ,),
    key_pages={
        Environment.LIVE: "https://phemex.com/account/api-management",
        Environment.TESTNET: "https://testnet.phemex.com/account/api-management",
    },
    # Not documented; as many as is usual elsewhere.
    max_ips=20,
    max_ips_documented=False,
    ip_separator=",",
    guide_steps=5,
    permissions_told=frozenset(),
    aliases=("phmx", "фемекс"),
)

# -------------------------------------------------------------------------------------------------------------- looking


async def probe(exchange: Conversation) -> KeyReport:
    """One question: to read the account of the market is all that can be tried without changing anything."""
    market = exchange.place.market
    answer, refused = await exchange.attempt(_charged(_ACCOUNT[market], exchange.place.environment))
    if refused is not None:
        reading = refused.failure is Failure.NO_READ_PERMISSION
        raise ExchangeTrouble(replace(refused, boxes=(_READ,)) if reading else refused)
    return _answered(answer, market)


async def inspect(exchange: Conversation, progress: Progress) -> KeyReport:
    """Clock, signature, permissions and balance. What follows from the report is the caller's to tell."""
    place = exchange.place
    if place.environment is Environment.LIVE:
        await check_clock(exchange, progress)
    async with running(progress, CheckItem.SIGNATURE):
        report = await probe(exchange)
    if place.environment is not Environment.LIVE:
        await progress(CheckItem.CLOCK, ItemState.PASSED)  # the request was not late
    await progress(CheckItem.SIGNATURE, ItemState.PASSED)
    await progress(CheckItem.PERMISSIONS, ItemState.CAUTION)  # nothing is ever said of them
    await progress(CheckItem.BALANCE, ItemState.PASSED)  # that was the question
    if report.account_uid is None:
        # Only to know the account again. Who has no contracts is not to be turned away for it.
        told, _ = await exchange.attempt(_charged(LINEAR_ACCOUNT, exchange.place.environment))
        return replace(report, account_uid=_uid(told))
    return report


# ---------------------------------------------------------------------------------------------- what is said of the key


def _answered(answer: Any, market: Market) -> KeyReport:
    """All that follows from an answer: the key may read.

    Raises:
        TypeError: for an answer of another shape; it would not even show that.
    """
    data = answer.get("data") if isinstance(answer, dict) else None
    account = data.get("account") if isinstance(data, dict) else None
    if not isinstance(data, list) if market is Market.SPOT else not isinstance(account, dict):
        raise TypeError("this is no account")
    return KeyReport(
        findings={**dict.fromkeys(Permission, UNKNOWABLE), Permission.READ: _READS},
        account_uid=_uid(answer),
    )


_READS: Final = Finding(Grant.GRANTED, Certainty.INFERRED)


def _uid(answer: Any) -> str | None:
    """The account's number; None where the answer does not have it."""
    data = answer.get("data") if isinstance(answer, dict) else None
    account = data.get("account") if isinstance(data, dict) else None
    number = account.get("userID") if isinstance(account, dict) else None
    return str(number) if isinstance(number, int | str) and number else None
