"""The verdict on a key: accepted or refused, with every reason, not just the first."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.connection import Environment, Market, Purpose
from bot.domain.failures import Failure, Trouble
from bot.domain.permissions import Grant, KeyReport, Permission

TRADE_PERMISSION: dict[Market, Permission] = {
    Market.SPOT: Permission.SPOT_TRADE,
    Market.LINEAR: Permission.FUTURES_TRADE,
    Market.INVERSE: Permission.FUTURES_TRADE,
}

_DANGERS = (
    (Permission.WITHDRAW, Failure.WITHDRAW_ENABLED),
    (Permission.TRANSFER, Failure.TRANSFER_ENABLED),
)


class Caution(StrEnum):
    """Accepted, but the user should know."""

    NO_IP_WHITELIST = "no_ip_whitelist"
    IP_WHITELIST_UNKNOWN = "ip_whitelist_unknown"
    WITHDRAWAL_UNVERIFIED = "withdrawal_unverified"
    TRANSFER_UNVERIFIED = "transfer_unverified"
    NOT_VERIFIABLE_HERE = "not_verifiable_here"
    """Testnet and demo: the exchange tells no permissions there, and no real money is at stake."""
    TRANSFERS_WITH_TRADING = "transfers_with_trading"
    """Transfers between the user's own accounts are part of trading, or of reading: they cannot be switched off."""
    MORE_THAN_NEEDED = "more_than_needed"
    """The key may trade although the purpose is to watch, or may use margin."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What validation comes to: accepted if nothing speaks against the key."""

    refusals: tuple[Trouble, ...] = ()
    cautions: tuple[Caution, ...] = ()

    @property
    def accepted(self) -> bool:
        """True if the key may come in."""
        return not self.refusals


def judge(
    report: KeyReport,
    *,
    market: Market,
    environment: Environment,
    purpose: Purpose,
    now: float = 0.0,
    vouched: bool = False,
) -> Verdict:
    """Weighs a key report.

    Args:
        report: what the exchange says of the key.
        market: where the key is to be used.
        environment: on testnet and demo unknown rights are a caution, since no real money is at stake, unless the key
            opens the live account too.
        purpose: sets which permissions are required.
        now: epoch seconds, to tell a right that has ended from one that never was.
        vouched: the user confirmed by name that withdrawal is off, where the exchange cannot say.
    """
    refusals = [
        *_dangers(report, environment, vouched=vouched),
        *_missing(report, market, purpose, now),
    ]
    return Verdict(tuple(refusals), tuple(_cautions(report, market, environment, purpose)))


def at_stake(report: KeyReport, environment: Environment) -> bool:
    """Whether real money can be lost through the key."""
    return environment is Environment.LIVE or report.opens_live


def _dangers(report: KeyReport, environment: Environment, *, vouched: bool) -> list[Trouble]:
    found = [
        Trouble(failure, boxes=report.of(permission).boxes)
        for permission, failure in _DANGERS
        if report.grants(permission) and not (permission is Permission.TRANSFER and report.transfers_with_trading)
    ]
    unknown = any(report.of(permission).grant is Grant.UNKNOWN for permission, _ in _DANGERS)
    if unknown and at_stake(report, environment) and not vouched:
        found.append(Trouble(Failure.PERMISSIONS_UNKNOWN))
    return found


def _missing(report: KeyReport, market: Market, purpose: Purpose, now: float) -> list[Trouble]:
    if report.of(Permission.READ).grant is Grant.DENIED:
        return [Trouble(Failure.NO_READ_PERMISSION)]
    if purpose is Purpose.WATCH or report.of(TRADE_PERMISSION[market]).grant is not Grant.DENIED:
        return []
    if report.expires_at is not None and report.expires_at <= now:
        return [Trouble(Failure.KEY_EXPIRED)]
    elsewhere = {TRADE_PERMISSION[other] for other in Market} - {TRADE_PERMISSION[market]}
    if any(report.grants(permission) for permission in elsewhere):
        return [Trouble(Failure.WRONG_MARKET)]
    return [Trouble(Failure.NO_TRADE_PERMISSION)]


def _cautions(report: KeyReport, market: Market, environment: Environment, purpose: Purpose) -> list[Caution]:
    found = []
    unknown = {p for p, _ in _DANGERS if report.of(p).grant is Grant.UNKNOWN}
    if unknown and not at_stake(report, environment):
        found.append(Caution.NOT_VERIFIABLE_HERE)
    else:
        if Permission.WITHDRAW in unknown:
            found.append(Caution.WITHDRAWAL_UNVERIFIED)
        if Permission.TRANSFER in unknown:
            found.append(Caution.TRANSFER_UNVERIFIED)
    if report.ip_restricted is False:
        found.append(Caution.NO_IP_WHITELIST)
    elif report.ip_restricted is None and at_stake(report, environment):
        found.append(Caution.IP_WHITELIST_UNKNOWN)
    if report.transfers_with_trading:
        found.append(Caution.TRANSFERS_WITH_TRADING)
    needed = TRADE_PERMISSION[market] if purpose is Purpose.TRADE else None
    spare = [p for p in (Permission.SPOT_TRADE, Permission.FUTURES_TRADE, Permission.MARGIN) if p is not needed]
    if any(report.grants(p) and not (needed and report.cannot_part(p, needed)) for p in spare):
        found.append(Caution.MORE_THAN_NEEDED)
    return found
