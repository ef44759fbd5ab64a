"""HTX (Huobi until 2023): spot, USDT and coin-settled futures; live only.

What is known of it, and where it was read:

- ``GET /v2/user/api-key`` states what a key may do (docs v1, "Get API Key"). It wants the account's number, which
  ``GET /v2/user/uid`` tells: a probe is these two questions. It is documented for main accounts. Where it is refused,
  as it may be for a sub-account's key, the key is alive and nothing is known of its rights.
- ``permission`` has the words ``readOnly``, ``trade`` and ``withdraw``. ``trade`` holds for spot, futures and margin,
  and takes in transfers between the user's own accounts (docs, "create order, cancel order and transfer"): they
  cannot be split off. Any other word may be any right.
- **Errors come with HTTP 200**, in a form for each family: ``status``/``err-code`` from v1, ``code`` from v2 and v5,
  ``err_code`` from futures, where the same number means something else: there the code says so.
- v1 has one code for key, signature, address and clock, and only the words tell them apart. v2 says "invalid signature"
  and no more. So v1 is asked when v2 refuses, and futures when v1 refuses the key: theirs is the only code for a key
  that has ended (12004) and for an account that is locked (12009).
- A key without addresses that may trade or withdraw ends after 90 days without use, and each use, such as a check of
  ours, puts the end off (key page). ``validDays`` is -1 where there is no end.
- Limits of signed questions hold for one account. What an address may ask is documented for public questions of
  futures alone, 240 in 3 s: all that we ask stays under that.
- There is no testnet (ccxt's ``set_sandbox_mode`` fails and leaves the production hosts in place). Ed25519 keys exist,
  but ccxt signs with HMAC-SHA256 only.
"""

import re
from collections.abc import Mapping
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
from bot.exchanges.checklist import check_clock, running
from bot.exchanges.conversation import Conversation
from bot.usecases.ports import CheckItem, ItemState, Progress

# ------------------------------------------------------------------------------------------------------ what we may ask

TIME: Final = Endpoint("spot/public", "v1/common/timestamp", "address")
UID: Final = Endpoint("spot/private", "v2/user/uid", "address")
KEY_INFO: Final = Endpoint("spot/private", "v2/user/api-key", "address", key_param="accessKey")
ACCOUNTS: Final = Endpoint("spot/private", "v1/account/accounts", "address")
SPOT_BALANCE: Final = Endpoint("spot/private", "v1/account/accounts/{account-id}/balance", "address")
LINEAR_BALANCE: Final = Endpoint("contract/private", "v5/account/balance", "address")
# A query in spite of its method (docs of coin-margined swaps, "Query User's Account Information").
INVERSE_BALANCE: Final = Endpoint("contract/private", "swap-api/v1/swap_account_info", "address", method="POST")

_FUTURES_BALANCE: Final = {Market.LINEAR: LINEAR_BALANCE, Market.INVERSE: INVERSE_BALANCE}

# ------------------------------------------------------------------------------------------------------- the tick boxes

_READ: Final = "Read"
_TRADE: Final = "Trade"
_WITHDRAW: Final = "Withdraw"

_GRANTS: Final[Mapping[str, tuple[tuple[Permission, ...], str]]] = {
    "readonly": ((Permission.READ,), _READ),
    "trade": (
        (Permission.SPOT_TRADE, Permission.FUTURES_TRADE, Permission.MARGIN, Permission.TRANSFER),
        _TRADE,
    ),
    "withdraw": ((Permission.WITHDRAW,), _WITHDRAW),
}
"""Word of ``permission``, lower case → what it grants, and the name of its box on the key page."""

# -------------------------------------------------------------------------------------------------------- how it speaks

_NOT_VALID: Final = "api-signature-not-valid"
_NO_PERMISSION: Final = "API key has no permission"
_OTHER_FORM: Final = "4007"

_FUTURES_SERVERS: Final = range(1000, 1005)
"""Numbers by which futures say that their system is at fault, not started, cannot look up, or busy."""
_FUTURES_OWN: Final[Mapping[int, Failure]] = {
    1032: Failure.RATE_LIMITED,
    # "You don't have access permission as you have not opened contracts trading."
    1220: Failure.WRONG_MARKET,
    12001: Failure.CLOCK_SKEW,
    12004: Failure.KEY_EXPIRED,
    12005: Failure.IP_NOT_ALLOWED,
    12007: Failure.INVALID_KEY,
    12008: Failure.BAD_SIGNATURE,
    12009: Failure.ACCOUNT_SUSPENDED,
}
"""Numbers that no other family uses."""

_FAILURES: Final[Mapping[str, Failure]] = {
    f"{_NOT_VALID} (key)": Failure.INVALID_KEY,
    f"{_NOT_VALID} (signature)": Failure.BAD_SIGNATURE,
    f"{_NOT_VALID} (IP)": Failure.IP_NOT_ALLOWED,
    f"{_NOT_VALID} (clock)": Failure.CLOCK_SKEW,
    _NOT_VALID: Failure.AMBIGUOUS_AUTH,
    "api-signature-check-failed": Failure.AMBIGUOUS_AUTH,
    "login-required": Failure.AMBIGUOUS_AUTH,
    # All that we ask is reading.
    _NO_PERMISSION: Failure.NO_READ_PERMISSION,
    "base-request-exceed-frequency-limit": Failure.RATE_LIMITED,
    "rate-too-many-requests": Failure.RATE_LIMITED,
    "system-maintenance": Failure.MAINTENANCE,
    "gateway-internal-error": Failure.EXCHANGE_UNAVAILABLE,
    # v2
    "403": Failure.AMBIGUOUS_AUTH,
    "1002": Failure.AMBIGUOUS_AUTH,
    "1003": Failure.AMBIGUOUS_AUTH,
    "2002": Failure.UNEXPECTED,
    "429": Failure.RATE_LIMITED,
    "500": Failure.EXCHANGE_UNAVAILABLE,
    # v5, of an account in another mode than the path is for
    _OTHER_FORM: Failure.UNEXPECTED,
    "403 (futures)": Failure.AMBIGUOUS_AUTH,
    **{f"{code} (futures)": Failure.EXCHANGE_UNAVAILABLE for code in _FUTURES_SERVERS},
    **{f"{code} (futures)": failure for code, failure in _FUTURES_OWN.items()},
    # v5 has no list of its own.
    **{str(code): failure for code, failure in _FUTURES_OWN.items()},
}

_VAGUE: Final = frozenset({"403", "1002", "1003"})
"""What v2 says, whatever is wrong with the key, the signature, the address or the clock."""
_NOT_TOLD: Final = _VAGUE | {"2002", "HTTP 404"}
"""Refusals of the info path from which only follows that a key that is otherwise fine may not ask there."""

_WORDS: Final[Mapping[str, str]] = {
    "Incorrect Access key": "key",
    "Verification failure": "signature",
    "Incorrect IP address": "IP",
    "Invalid submission time": "clock",
}
_SEEN_IP: Final = re.compile(r"Incorrect IP address[^:]*: ?([0-9a-fA-F.:]{3,45})")


def _read_refusal(data: Any) -> Refusal | None:
    """``{"status": "error", "err-code": "…"}``, ``{"status": "error", "err_code": 12005}`` or ``{"code": 1003}``."""
    if not isinstance(data, dict):
        return None
    if data.get("status") == "error":
        code, words = _coded(data)
    elif (number := data.get("code")) is not None and str(number) != "200":
        code, words = str(number), data.get("message") or data.get("msg")
    else:
        return None
    words = words if isinstance(words, str) else ""
    if _NO_PERMISSION in words:
        code = _NO_PERMISSION
    elif code == _NOT_VALID:
        cause = next((cause for sentence, cause in _WORDS.items() if sentence in words), None)
        code = f"{code} ({cause})" if cause else code
    seen = _SEEN_IP.search(words)
    return Refusal(code=code, message=words or None, seen_ip=seen.group(1) if seen else None)


def _coded(data: Mapping[str, Any]) -> tuple[str | None, Any]:
    """Code and words of v1 or of futures."""
    if (number := data.get("err_code")) is not None:
        return f"{number} (futures)", data.get("err_msg")
    code = data.get("err-code")
    return code if isinstance(code, str) and code else None, data.get("err-msg")


def _settle_in(_client: Any, _environment: Environment) -> None:
    """There is nothing but live; a client for anything else keeps production hosts and is refused for that."""


DIALECT: Final = Dialect(
    ccxt_class="htx",
    settle_in=_settle_in,
    budgets={"address": Budget(240, seconds=3, documented=False)},
    read_refusal=_read_refusal,
    failures=_FAILURES,
    # One clock: every probe asks spot.
    clocks=dict.fromkeys(Market, TIME),
    read_time=lambda data: int(data["data"]),
    limits_of_one_key=frozenset({"base-request-exceed-frequency-limit", "rate-too-many-requests"}),
    probe=(UID, KEY_INFO),
)

# Four groups, as 4ba5cdf2-4a92c5da-718ba144-dbuqg6hkte; either end has been seen longer, in a key as in a secret.
_FOUR_GROUPS: Final = FieldShape(
    re.compile("[0-9a-z]{8,10}-[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-z]{5,10}"), re.compile("[0-9a-z-]"), (32, 34, 37)
)

PROFILE: Final = ExchangeProfile(
    id="htx",
    title="HTX",
    worlds=dict.fromkeys(Market, (Environment.LIVE,)),
    settled_in={Market.LINEAR: ("USDT",)},
    shape=CredentialShape(api_key=_FOUR_GROUPS, secret=_FOUR_GROUPS),
    boxes={
        Permission.READ: (_READ,),
        Permission.SPOT_TRADE: (_TRADE,),
        Permission.FUTURES_TRADE: (_TRADE,),
        Permission.MARGIN: (),
        # Part of Trade: there is no box to leave off.
        Permission.TRANSFER: (),
        Permission.WITHDRAW: (_WITHDRAW,),
    },
    key_pages={Environment.LIVE: "https://www.htx.com/en-us/apikey"},
    max_ips=20,
    ip_separator=",",
    guide_steps=5,
    unbound=Unbound(idle_ends_after=90, if_trading=True),
    aliases=("huobi", "хуоби", "火币"),
)

# -------------------------------------------------------------------------------------------------------------- looking


async def probe(exchange: Conversation) -> KeyReport:
    """Two questions; more where HTX refuses and does not say why."""
    return await _look(exchange)


async def inspect(exchange: Conversation, progress: Progress) -> KeyReport:
    """Clock, signature, permissions and balance. What follows from the report is the caller's to tell."""
    await check_clock(exchange, progress)
    async with running(progress, CheckItem.SIGNATURE):
        report = await _look(exchange)
    await progress(CheckItem.SIGNATURE, ItemState.PASSED)
    unknown = any(finding.grant is Grant.UNKNOWN for finding in report.findings.values())
    await progress(CheckItem.PERMISSIONS, ItemState.CAUTION if unknown else ItemState.PASSED)
    async with running(progress, CheckItem.BALANCE):
        was_read = await _reads_balance(exchange)
    await progress(CheckItem.BALANCE, ItemState.PASSED if was_read else ItemState.CAUTION)
    return report


async def _reads_balance(exchange: Conversation) -> bool:
    """Whether there was a balance to read.

    Raises:
        ExchangeTrouble: if it may not be read.
    """
    market = exchange.place.market
    if market in _FUTURES_BALANCE:
        _, refused = await exchange.attempt(_FUTURES_BALANCE[market])
        if refused is not None and refused.code != _OTHER_FORM:
            raise ExchangeTrouble(refused)
        return refused is None
    accounts = (await exchange.ask(ACCOUNTS))["data"]
    spot = next((account["id"] for account in accounts if account["type"] == "spot"), None)
    if spot is not None:
        await exchange.ask(replace(SPOT_BALANCE, params={"account-id": int(spot)}))
    return spot is not None


async def _look(exchange: Conversation) -> KeyReport:
    told, refused = await _attempt(exchange, UID)
    if refused is not None:
        if refused.code in _VAGUE:
            return _untold(None)  # v1 has just answered: the key is good, and v2 not for it
        raise ExchangeTrouble(refused)
    uid = told.get("data")
    if not isinstance(uid, int):
        raise TypeError("this is not user/uid")
    told, refused = await _attempt(exchange, replace(KEY_INFO, params={"uid": uid}))
    if refused is None:
        return _stated(exchange, told, uid)
    if refused.code not in _NOT_TOLD:
        raise ExchangeTrouble(refused)
    return _untold(uid)


async def _attempt(exchange: Conversation, endpoint: Endpoint) -> tuple[Any, Trouble | None]:
    """An answer of v2. When it refuses and does not say why, v1 is asked, which does, and which corrects our clock.

    Raises:
        ExchangeTrouble: what v1 says of the key, or futures.
    """
    told, refused = await exchange.attempt(endpoint)
    if refused is None or refused.code not in _VAGUE:
        return told, refused
    _, trouble = await exchange.attempt(ACCOUNTS)
    if trouble is None:
        return await exchange.attempt(endpoint)
    if trouble.failure in (Failure.INVALID_KEY, Failure.AMBIGUOUS_AUTH):
        _, second = await exchange.attempt(INVERSE_BALANCE)
        if second is not None and second.failure in (Failure.KEY_EXPIRED, Failure.ACCOUNT_SUSPENDED):
            trouble = second
    raise ExchangeTrouble(trouble)


# ------------------------------------------------------------------------------------------------------- what it says


def _stated(exchange: Conversation, answer: Any, uid: int) -> KeyReport:
    """A report out of user/api-key; of the keys in it, only the one that asks is believed.

    Raises:
        ExchangeTrouble: if it says that the key has ended.
        TypeError: for an answer of another shape; nothing is ever read as off because it could not be read.
    """
    rows = answer.get("data")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise TypeError("this is not user/api-key")
    own = next((row for row in rows if exchange.shows_own_key(str(row.get("accessKey")))), None)
    if own is None:
        return _untold(uid)
    if not isinstance(words := own.get("permission"), str):
        raise TypeError("this is not user/api-key")
    if own.get("status") == "expired":
        raise ExchangeTrouble(Trouble(Failure.KEY_EXPIRED, code="status expired"))
    listed, note = own.get("ipAddresses"), own.get("note")
    ips = tuple(filter(None, map(str.strip, listed.split(",")))) if isinstance(listed, str) else None
    return KeyReport(
        findings=_findings(words),
        ip_restricted=None if ips is None else bool(ips),
        ip_list=ips or None,
        expires_at=_expiry(own.get("validDays"), exchange.now()),
        account_uid=str(uid),
        label=note if isinstance(note, str) and note else None,
    )


def _untold(uid: int | None) -> KeyReport:
    """A key that is alive, and no more is known of it. It was let to read, so it may."""
    reading = Finding(Grant.GRANTED, Certainty.INFERRED, (_READ,))
    return KeyReport(
        findings={**dict.fromkeys(Permission, UNKNOWABLE), Permission.READ: reading},
        account_uid=None if uid is None else str(uid),
    )


def _findings(listed: str) -> dict[Permission, Finding]:
    words = {word.strip().casefold() for word in listed.split(",")} - {""}
    # Every key may read: a list without a word is no list of a key without rights.
    understood = bool(words) and words <= _GRANTS.keys()
    findings = dict.fromkeys(Permission, Finding(Grant.DENIED, Certainty.STATED) if understood else UNKNOWABLE)
    for word in words & _GRANTS.keys():
        permissions, box = _GRANTS[word]
        findings |= dict.fromkeys(permissions, Finding(Grant.GRANTED, Certainty.STATED, (box,)))
    return findings


_DAY: Final = 86_400.0


def _expiry(days_left: Any, now: float) -> float | None:
    """When a key ends, epoch seconds; None if it does not, or if that is not said.

    HTX tells whole days: the start of the day is never later than what is said, and the same at each probe of a day.
    """
    if type(days_left) is not int or days_left <= 0:
        return None
    latest = now + days_left * _DAY
    return latest - latest % _DAY
