"""Hyperliquid: perpetuals and spot; live and testnet.

What is known of it, and where it was read:

- There are no API keys. An account's wallet approves agents ("API wallets"), key pairs that sign its orders. So what is
  asked for is the account's address, which is public, and the private key of one agent. All that we ask is public
  (``POST /info``): no question exercises the agent's key, and none tells whether a signature would be good. What tells
  is whether the address that follows from the key is, right now, an agent of the account.
- ``userRole`` says what an address is: ``agent`` of a master, ``user``, ``subAccount`` of a master, ``vault``, or
  ``missing`` (nktkas/hyperliquid, userRole.ts). ``extraAgents`` lists a master's named agents and when each ends,
  ``validUntil`` in milliseconds, null for never; unnamed agents may not be in it (hyperliquid-python-sdk, info.py), and
  nobody tells when those end.
- An agent is gone when another is approved in its place (the same name, or both unnamed), when it has ended, and when
  the account has no funds any more; an address is not to be used twice (docs, "Nonces and API Wallets").
- Agents cannot withdraw, nor send anything to others (SDK, examples). A maintainer of the SDK says that they may put
  money into vaults (hyperliquid-python-sdk, pull request 56), while the example that came of it says they may not;
  transfers to the owner's sub-accounts are signed as orders are, so agents may be able to do those as well. Nothing
  switches it off. So it is reported as a part of trading, never as off. All of that is concluded from the role.
- An agent serves the account and all its sub-accounts, in every market. There are no rights to choose and no IP lists.
- Weight, 1,200 a minute and address: ``userRole`` 60, ``extraAgents`` 20, the states of an account and of the
  exchange 2 (docs, "Rate limits"). ccxt names no error of ``/info``; those of ``/exchange`` are known by their words.
- ccxt takes short hex for a private key, and finds another address for it: the form is judged here.
- A service may make an agent's key itself: the owner approves its address (SDK, ``approve_agent``), and no private key
  is handed over.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.domain.connection import Credential, Environment, Market
from bot.domain.exchange import ExchangeProfile
from bot.domain.failures import ExchangeTrouble, Failure, Trouble, policy_of
from bot.domain.key_pairs import PairKind
from bot.domain.pasting import CredentialShape
from bot.domain.pasting.shape import FieldShape
from bot.domain.permissions import Certainty, Finding, Grant, KeyReport, Permission
from bot.exchanges import library
from bot.exchanges.adapter import Dialect, Endpoint, Refusal
from bot.exchanges.budget import Budget
from bot.exchanges.checklist import check_clock, running
from bot.exchanges.conversation import Conversation
from bot.exchanges.memory import Recollection
from bot.usecases.ports import CheckItem, ItemState, Progress

# ------------------------------------------------------------------------------------------------------ what we may ask

# All of them are queries in spite of their method (docs, "Info endpoint").
TIME: Final = Endpoint("public", "info", "address", 2, "POST", {"type": "exchangeStatus"})
ROLE: Final = Endpoint("public", "info", "address", 60, "POST", {"type": "userRole"})
AGENTS: Final = Endpoint("public", "info", "address", 20, "POST", {"type": "extraAgents"})
PERPETUALS: Final = Endpoint("public", "info", "address", 2, "POST", {"type": "clearinghouseState"})
SPOT: Final = Endpoint("public", "info", "address", 2, "POST", {"type": "spotClearinghouseState"})

_STATE: Final = {Market.LINEAR: PERPETUALS, Market.SPOT: SPOT}
_TELLING: Final = {Market.LINEAR: "marginSummary", Market.SPOT: "balances"}
"""What the state of an account has in it."""

LOOK_AGAIN: Final = 300.0
"""Seconds between two looks at an agent, at most; probes in between read the account's state and believe the last look.

An agent that is taken away is noticed by the first probe after that, one that ends by the very next. At an interval of
60 seconds a key costs 6 of our 900 a minute, so one address watches 150; an unnamed agent costs 18. A trouble that
was confirmed is looked at again as seldom: a dead agent stays dead, and looking costs 80. After a start every agent is
looked at once, 45 a minute.

Where there is room, agents are looked at sooner: after a fifth of that time while less than a fifth of our 900 is
spent, and so on. A named agent is then looked at every minute if it is alone, every two among twenty (measured)."""

# -------------------------------------------------------------------------------------------------------- how it speaks

_SENTENCES: Final[Mapping[str, Failure]] = {
    "User or API Wallet": Failure.INVALID_KEY,
    "Must deposit before performing actions": Failure.INVALID_KEY,
    "Invalid nonce": Failure.CLOCK_SKEW,
    "Too many cumulative requests sent": Failure.RATE_LIMITED,
}
"""How its sentences begin. They stand for codes, and what follows (addresses, numbers) is not repeated."""


def _read_refusal(data: Any) -> Refusal | None:
    """``{"status": "err", "response": "User or API Wallet 0x… does not exist."}``, or ``{"error": "…"}``."""
    if not isinstance(data, dict):
        return None
    if data.get("status") == "err":
        said = data.get("response")
    elif (said := data.get("error")) is None:
        return None
    words = said if isinstance(said, str) else ""
    code = next((sentence for sentence in _SENTENCES if words.startswith(sentence)), None)
    return Refusal(code=code, message=None if code else words or None)


def _settle_in(client: Any, environment: Environment) -> None:
    if environment is Environment.TESTNET:
        client.set_sandbox_mode(True)


_WORLDS: Final = (Environment.LIVE, Environment.TESTNET)

DIALECT: Final = Dialect(
    ccxt_class="hyperliquid",
    settle_in=_settle_in,
    budgets={"address": Budget(1_200)},
    probe_at={(market, world): (state,) for market, state in _STATE.items() for world in _WORLDS},
    now_and_then={LOOK_AGAIN: (AGENTS,)},
    read_refusal=_read_refusal,
    failures=_SENTENCES,
    clocks={Market.LINEAR: TIME, Market.SPOT: TIME},
    read_time=lambda data: int(data["time"]),
    # How many actions an account may take for what it has traded.
    limits_of_one_key=frozenset({"Too many cumulative requests sent"}),
)

_AGENT_BOX: Final = "Authorize API Wallet"
"""There is one thing to do, and it grants what it grants."""

_HEX: Final = re.compile("[0-9a-fA-FxX]")
_ADDRESS: Final = FieldShape(re.compile("0[xX][0-9a-fA-F]{40}"), _HEX, (42,), is_address=True, is_hex=True)
_PRIVATE_KEY: Final = FieldShape(re.compile("(?:0[xX])?[0-9a-fA-F]{64}"), _HEX, (64, 66), is_hex=True)

PROFILE: Final = ExchangeProfile(
    id="hyperliquid",
    title="Hyperliquid",
    worlds={Market.LINEAR: _WORLDS, Market.SPOT: _WORLDS},
    settled_in={Market.LINEAR: ("USDC",)},
    shape=CredentialShape(api_key=_ADDRESS, secret=_PRIVATE_KEY),
    boxes={
        Permission.READ: (_AGENT_BOX,),
        Permission.SPOT_TRADE: (_AGENT_BOX,),
        Permission.FUTURES_TRADE: (_AGENT_BOX,),
        Permission.MARGIN: (),
        Permission.TRANSFER: (),
        Permission.WITHDRAW: (),
    },
    key_pages={
        Environment.LIVE: "https://app.hyperliquid.xyz/API",
        Environment.TESTNET: "https://app.hyperliquid-testnet.xyz/API",
    },
    max_ips=0,
    guide_steps=5,
    own_pairs=dict.fromkeys(_WORLDS, PairKind.AGENT),
    own_steps=frozenset({3}),
    permissions_told=frozenset(_WORLDS),
    aliases=("hl", "hype", "hyper liquid"),
)

# ------------------------------------------------------------------------------------------------- whose key is at hand


def address_of(private_key: str) -> str:
    """The address of a private key (64 hexadecimal digits, with or without 0x): 0x and 40 digits, lower case.

    Raises:
        ValueError: for what is none; zero and numbers beyond the curve's order are none either.
    """
    if not _PRIVATE_KEY.fits(private_key):
        raise ValueError("not 32 bytes in hex")
    found: str = library.load(DIALECT.ccxt_class).eth_get_address_from_private_key(_PRIVATE_KEY.kept(private_key))
    return found.lower()


def _parties(credential: Credential) -> tuple[str, str]:
    """The addresses of the account and of the agent.

    Raises:
        ExchangeTrouble: ``malformed_credential``; ``withdraw_enabled`` if the key is the account's own.
    """
    account = _ADDRESS.kept(credential.api_key) if _ADDRESS.fits(credential.api_key) else ""
    try:
        agent = address_of(credential.secret)
    except ValueError:
        agent = ""
    if not account or not agent:
        raise ExchangeTrouble(Trouble(Failure.MALFORMED_CREDENTIAL))
    if account == agent:
        raise ExchangeTrouble(Trouble(Failure.WITHDRAW_ENABLED))
    return account, agent


# -------------------------------------------------------------------------------------------------------------- looking


@dataclass(frozen=True, slots=True)
class _Look:
    """What a look at an agent found.

    Attributes:
        master: the address of the account that approved it.
        listed: whether it is in its master's list, so that the next look costs a quarter.
    """

    report: KeyReport
    master: str
    listed: bool


async def probe(exchange: Conversation) -> KeyReport:
    """One question: the account's state or, every ``LOOK_AGAIN`` seconds and wherever there is room, the agent's."""
    last = exchange.recall()
    if last is None or not last.holds(LOOK_AGAIN) or _has_ended(last.found, exchange.now()) or _spares(exchange, last):
        _, agent = _parties(exchange.credential)
        return (await _look(exchange, agent)).report
    if isinstance(last.found, Trouble):
        raise ExchangeTrouble(last.found)
    await _read_state(exchange)
    report: KeyReport = last.found.report
    return report


async def inspect(exchange: Conversation, progress: Progress) -> KeyReport:
    """Clock, agent and balance. What follows from the report is the caller's to tell.

    A key that is the wallet's own is refused before anything is asked.
    """
    try:
        _, agent = _parties(exchange.credential)
    except ExchangeTrouble as failed:
        own = failed.trouble.failure is Failure.WITHDRAW_ENABLED
        await progress(CheckItem.WITHDRAWAL_OFF if own else CheckItem.SIGNATURE, ItemState.FAILED)
        raise
    await check_clock(exchange, progress)
    async with running(progress, CheckItem.SIGNATURE):
        look = await _look(exchange, agent, ask_role=True)
    await progress(CheckItem.SIGNATURE, ItemState.PASSED)
    await progress(CheckItem.PERMISSIONS, ItemState.PASSED)
    async with running(progress, CheckItem.BALANCE):
        await _read_state(exchange)
    await progress(CheckItem.BALANCE, ItemState.PASSED)
    return look.report


def _account_of(exchange: Conversation) -> str:
    return _ADDRESS.kept(exchange.credential.api_key)


def _has_ended(found: Any, now: float) -> bool:
    """Whether what was found says that it is over by now. It may have been prolonged: so it is looked at again."""
    ends = found.report.expires_at if isinstance(found, _Look) else None
    return ends is not None and ends <= now


def _spares(exchange: Conversation, last: Recollection) -> bool:
    """Whether there is room for a look that is not due yet: the older the last one, the less room it needs."""
    if not isinstance(last.found, _Look):
        return False
    cost = (AGENTS,) if last.found.listed else (AGENTS, ROLE)
    return exchange.spent_with(*cost) <= last.age / LOOK_AGAIN


async def _read_state(exchange: Conversation) -> None:
    """Reads the account.

    Raises:
        TypeError: for an answer of another shape.
    """
    market = exchange.place.market
    state = await exchange.ask(_about(_STATE[market], _account_of(exchange)))
    if not isinstance(state, dict) or _TELLING[market] not in state:
        raise TypeError("this is not the state of an account")


async def _look(exchange: Conversation, agent: str, *, ask_role: bool = False) -> _Look:
    """Finds out what became of an agent, and remembers it. What may pass by itself leaves the memory as it is."""
    try:
        look = await _found(exchange, agent, ask_role=ask_role)
    except ExchangeTrouble as failed:
        if policy_of(failed.trouble.failure).user_must_act:
            exchange.remember(failed.trouble)
        raise
    exchange.remember(look)
    return look


async def _found(exchange: Conversation, agent: str, *, ask_role: bool) -> _Look:
    """The list first, which costs a third of the role; the role where the list does not have the agent."""
    account, last = _account_of(exchange), exchange.recall()
    master = last.found.master if last is not None and isinstance(last.found, _Look) else account
    row = await _row(exchange, master, agent)
    if row is None or (ask_role and not row.has_ended(exchange.now())):
        listed_under, master = master, await _master_of(exchange, account, agent)
        if row is None and master != listed_under:
            row = await _row(exchange, master, agent)
    if row is not None and row.has_ended(exchange.now()):
        raise ExchangeTrouble(Trouble(Failure.KEY_EXPIRED, code="validUntil"))
    return _Look(_report(account, row), master, listed=row is not None)


@dataclass(frozen=True, slots=True)
class _Row:
    """An agent in its master's list; ``ends`` is in epoch seconds, None for never."""

    name: str | None
    ends: float | None

    def has_ended(self, now: float) -> bool:
        return self.ends is not None and self.ends <= now


async def _row(exchange: Conversation, master: str, agent: str) -> _Row | None:
    """The agent in the list of a master's agents, if it is there.

    Raises:
        TypeError: for an answer of another shape; nobody is taken for gone, or for everlasting, because of one.
    """
    rows = await exchange.ask(_about(AGENTS, master))
    if not isinstance(rows, list):
        raise TypeError("this is not a list of agents")
    own = next((row for row in rows if _is_address(row.get("address"), agent)), None)
    if own is None:
        return None
    name, ends = own.get("name"), own["validUntil"]
    if ends is not None and type(ends) is not int:
        raise TypeError("this is not a time")
    return _Row(name if isinstance(name, str) and name else None, None if ends is None else ends / 1000)


async def _master_of(exchange: Conversation, account: str, agent: str) -> str:
    """The address of whoever approved the agent: the account itself, or the master of the sub-account it is.

    Raises:
        ExchangeTrouble: if it is no agent, or not one of this account.
        TypeError: for an answer of another shape.
    """
    role, said = await _role(exchange, agent)
    if role == "missing":
        raise ExchangeTrouble(Trouble(Failure.INVALID_KEY, code="role missing"))
    if role == "user":
        # It belongs to a wallet with an account of its own.
        raise ExchangeTrouble(Trouble(Failure.WITHDRAW_ENABLED, code="role user"))
    if role != "agent" or not isinstance(master := said.get("user"), str):
        raise TypeError("nobody can have the private key of such an address")
    if _is_address(account, master):
        return account
    role, said = await _role(exchange, account)
    if role == "subAccount" and _is_address(said.get("master"), master):
        return master.lower()
    code = "address of an API wallet" if role == "agent" else "API wallet of another account"
    raise ExchangeTrouble(Trouble(Failure.BAD_SIGNATURE, code=code))


async def _role(exchange: Conversation, address: str) -> tuple[str, Mapping[str, Any]]:
    answer = await exchange.ask(_about(ROLE, address))
    said = answer.get("data") or {}
    if not isinstance(role := answer["role"], str) or not isinstance(said, dict):
        raise TypeError("this is not a role")
    return role, said


def _about(endpoint: Endpoint, address: str) -> Endpoint:
    return replace(endpoint, params={**endpoint.params, "user": address})


def _is_address(said: Any, address: str) -> bool:
    return isinstance(said, str) and said.lower() == address.lower()


# ------------------------------------------------------------------------------------------------------- what it says

_TRADES: Final = Finding(Grant.GRANTED, Certainty.INFERRED, (_AGENT_BOX,))
_FINDINGS: Final[Mapping[Permission, Finding]] = {
    **dict.fromkeys(Permission, _TRADES),
    Permission.WITHDRAW: Finding(Grant.DENIED, Certainty.INFERRED),
}
"""What every agent may do; transfers between the owner's accounts as a part of it, since nobody says for sure that they
are not."""


def _report(account: str, row: _Row | None) -> KeyReport:
    return KeyReport(
        findings=_FINDINGS,
        ip_restricted=False,
        expires_at=row.ends if row else None,
        account_uid=account,
        label=row.name if row else None,
    )
