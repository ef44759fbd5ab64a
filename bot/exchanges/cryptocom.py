"""Crypto.com Exchange: spot and USD-settled futures; live and the UAT sandbox, which is a testnet here.

What is known of it, and where it was read (exchange-docs.crypto.com, Exchange API v1, unless said otherwise):

- **Nothing states what a key may do**: no endpoint for permissions, addresses or expiry. A key that answers may read.
  Whether it may trade, transfer or withdraw is unknown, never off, and on live somebody has to vouch that withdrawal is
  off.
- ``POST private/get-accounts`` reads flags of the *account*: suspended, terminated, enabled, tradable, access to
  derivatives. They are no rights of the key: an account that may not trade has no key that may, and from the rest
  follows nothing. Whether a sub-account's key may ask it is not documented; where it is refused, nothing is known of
  the account. Its answer holds a name and an e-mail address, which nobody looks at.
- ``40101`` is said of a wrong key and of a wrong signature, and perhaps of a missing right: nothing tells them apart.
  The older ``10002`` and ``10003`` are read as 40101 and 40103. What ``40104`` "disallowed based on user tier" wants is
  between the account and Crypto.com.
- A time that is more than 60 s off is refused (40102). **Nothing just tells the time.** Tickers say when they were
  published, and the newest of all is close to now. It may be a little old, most of all in the sandbox, so it is only
  asked when a time was refused.
- Limits of signed questions hold for one key and path, 3 in 100 ms; public ones have 100 a second, path and address.
  For all that one address asks none is documented: ours is far below that of public ones.
- A page without a code is a plain error to ccxt; the status is read in its stead. The sandbox is "by invitation only
  for institutional accounts" (help.crypto.com 3511424).
- How many addresses a key takes, and whether keys end, is not documented.
- Perpetuals are quoted and settled in USD, for which stablecoins stand (ccxt's source; contract specifications).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.domain.connection import Environment, Market
from bot.domain.exchange import ExchangeProfile
from bot.domain.failures import ExchangeTrouble, Failure, Trouble
from bot.domain.pasting import CredentialShape
from bot.domain.pasting.shape import FieldShape
from bot.domain.permissions import UNKNOWABLE, Certainty, Finding, Grant, KeyReport, Permission
from bot.exchanges.adapter import Dialect, Endpoint, Refusal
from bot.exchanges.budget import Budget
from bot.exchanges.checklist import running
from bot.exchanges.conversation import Conversation
from bot.usecases.ports import CheckItem, ItemState, Progress

# ------------------------------------------------------------------------------------------------------ what we may ask

TIME: Final = Endpoint("v1/public", "public/get-tickers", "address")
# Whatever is signed is posted here; both are documented as reading ("Returns the user's wallet balance", "Get Account
# and its Sub Accounts").
BALANCE: Final = Endpoint("v1/private", "private/user-balance", "address", method="POST")
ACCOUNTS: Final = Endpoint("v1/private", "private/get-accounts", "address", method="POST")

# ------------------------------------------------------------------------------------------------------- the tick boxes

_READ: Final = "Can Read"
_TRADE: Final = "Enable Trading"
_WITHDRAW: Final = "Enable Withdrawal"

# -------------------------------------------------------------------------------------------------------- how it speaks

_FAILURES: Final[Mapping[str, Failure]] = {
    "40101": Failure.AMBIGUOUS_AUTH,
    "40102": Failure.CLOCK_SKEW,
    "40103": Failure.IP_NOT_ALLOWED,
    # It bars the account and not the key, and only Crypto.com can lift it.
    "40104": Failure.ACCOUNT_SUSPENDED,
    "40801": Failure.EXCHANGE_UNAVAILABLE,
    "42901": Failure.RATE_LIMITED,
    "50001": Failure.EXCHANGE_UNAVAILABLE,
    "9010001": Failure.MAINTENANCE,
    "202": Failure.ACCOUNT_SUSPENDED,
    "406": Failure.ACCOUNT_SUSPENDED,
    "410": Failure.ACCOUNT_SUSPENDED,
    # No access to derivatives, of the user or of the account.
    "411": Failure.WRONG_MARKET,
    "412": Failure.WRONG_MARKET,
    # Older numbers of the same.
    "10002": Failure.AMBIGUOUS_AUTH,
    "10003": Failure.IP_NOT_ALLOWED,
    "10005": Failure.ACCOUNT_SUSPENDED,
    "10006": Failure.RATE_LIMITED,
    "10007": Failure.CLOCK_SKEW,
}
_NOT_TOLD: Final = frozenset({"40101", "40104", "10002", "10005", "40002", "40401", "HTTP 404"})
"""Refusals from which only follows that a key that was just let to read the balance may not ask for accounts."""


def _read_refusal(data: Any) -> Refusal | None:
    """``{"id": 1, "method": "…", "code": 40101, "message": "UNAUTHORIZED", "original": "…"}``.

    ``original`` is our own request with key and signature in it; nobody looks at it.
    """
    if not isinstance(data, dict) or (code := data.get("code")) is None or str(code) == "0":
        return None
    message = data.get("message")
    return Refusal(code=str(code), message=message if isinstance(message, str) and message else None)


def _settle_in(client: Any, environment: Environment) -> None:
    if environment is Environment.TESTNET:
        client.set_sandbox_mode(True)


def _read_time(data: Any) -> int:
    """When the newest of all tickers was published, epoch milliseconds."""
    return max(int(ticker["t"]) for ticker in data["result"]["data"])


DIALECT: Final = Dialect(
    ccxt_class="cryptocom",
    settle_in=_settle_in,
    budgets={"address": Budget(40, seconds=1, documented=False)},
    read_refusal=_read_refusal,
    failures=_FAILURES,
    clocks={Market.SPOT: TIME, Market.LINEAR: TIME},
    read_time=_read_time,
    limits_of_one_key=frozenset({"42901", "10006"}),
    probe=(BALANCE, ACCOUNTS),
)

_WORLDS: Final = (Environment.LIVE, Environment.TESTNET)

PROFILE: Final = ExchangeProfile(
    id="cryptocom",
    title="Crypto.com",
    worlds={Market.SPOT: _WORLDS, Market.LINEAR: _WORLDS},
    settled_in={Market.LINEAR: ("USD",)},
    shape=CredentialShape(
        # 22 characters are what has been seen, in the secret behind "cxakp_"; nothing says that they stay so.
        api_key=FieldShape.between("[A-Za-z0-9]", 20, 26),
        secret=FieldShape(re.compile("cxak[a-z]?_[A-Za-z0-9]{16,40}"), re.compile("[A-Za-z0-9_]"), (28,)),
    ),
    boxes={
        Permission.READ: (_READ,),
        Permission.SPOT_TRADE: (_TRADE,),
        Permission.FUTURES_TRADE: (_TRADE,),
        Permission.MARGIN: (),
        Permission.TRANSFER: (),
        Permission.WITHDRAW: (_WITHDRAW,),
    },
    key_pages={
        Environment.LIVE: "https://crypto.com/exchange",
        # How one is invited; where invited people make their keys is not published.
        Environment.TESTNET: "https://help.crypto.com/en/articles/3511424-api-faq",
    },
    # Not documented; as many as is usual elsewhere.
    max_ips=20,
    max_ips_documented=False,
    ip_separator=",",
    guide_steps=5,
    permissions_told=frozenset(),
    aliases=("cryptocom", "crypto com", "cdc", "cro"),
)

# -------------------------------------------------------------------------------------------------------------- looking


async def probe(exchange: Conversation) -> KeyReport:
    """Two questions: whether the key may read, and whether its account is in order."""
    await _reads_balance(exchange)
    return _reported(await _account(exchange), exchange.place.market)


async def inspect(exchange: Conversation, progress: Progress) -> KeyReport:
    """Signature, clock, permissions and balance. What follows from the report is the caller's to tell."""
    async with running(progress, CheckItem.SIGNATURE):
        await _reads_balance(exchange)
        await progress(CheckItem.CLOCK, ItemState.PASSED)  # a time that is off would have been refused
        account = await _account(exchange)
    await progress(CheckItem.SIGNATURE, ItemState.PASSED)
    await progress(CheckItem.PERMISSIONS, ItemState.CAUTION)  # nothing is ever said of them
    await progress(CheckItem.BALANCE, ItemState.PASSED)  # that was the question
    return _reported(account, exchange.place.market)


async def _reads_balance(exchange: Conversation) -> None:
    answer = await exchange.ask(BALANCE)
    result = answer.get("result") if isinstance(answer, dict) else None
    if not isinstance(result, dict) or not isinstance(result.get("data"), list):
        raise TypeError("this is no balance")


# ---------------------------------------------------------------------------------------------- what is said of the key


@dataclass(frozen=True, slots=True)
class _Account:
    """What is told of the account."""

    uid: str | None = None
    trades: bool = True
    derivatives: bool = True


async def _account(exchange: Conversation) -> _Account:
    """What is told of the account; nothing, where the key may not ask.

    Raises:
        ExchangeTrouble: also if the account is out of order.
        TypeError: for an answer of another shape.
    """
    answer, refused = await exchange.attempt(ACCOUNTS)
    if refused is not None:
        if refused.code in _NOT_TOLD:
            return _Account()
        raise ExchangeTrouble(refused)
    result = answer.get("result") if isinstance(answer, dict) else None
    told = result.get("master_account") if isinstance(result, dict) else None
    if not isinstance(told, dict):
        raise TypeError("this is not get-accounts")
    for flag, wrong in (("suspended", True), ("terminated", True), ("enabled", False)):
        if told.get(flag) is wrong:
            raise ExchangeTrouble(Trouble(Failure.ACCOUNT_SUSPENDED, code=f"{flag}: {str(wrong).lower()}"))
    uid = told.get("uuid")
    return _Account(
        uid=uid if isinstance(uid, str) and uid else None,
        trades=told.get("tradable") is not False,
        derivatives=told.get("derivatives_access") != _DISABLED,
    )


_DISABLED: Final = "DISABLED"
_READS: Final = Finding(Grant.GRANTED, Certainty.INFERRED, (_READ,))
_OFF: Final = Finding(Grant.DENIED, Certainty.STATED)


def _reported(account: _Account, market: Market) -> KeyReport:
    """All that follows: the key may read, and may not do what its account may not.

    Raises:
        ExchangeTrouble: ``wrong_market`` for futures in an account without them.
    """
    if market is Market.LINEAR and not account.derivatives:
        raise ExchangeTrouble(Trouble(Failure.WRONG_MARKET, code=f"derivatives_access: {_DISABLED}"))
    findings = {**dict.fromkeys(Permission, UNKNOWABLE), Permission.READ: _READS}
    if not account.trades:
        findings |= {Permission.SPOT_TRADE: _OFF, Permission.MARGIN: _OFF}
    if not account.trades or not account.derivatives:
        findings[Permission.FUTURES_TRADE] = _OFF
    return KeyReport(findings=findings, account_uid=account.uid)
