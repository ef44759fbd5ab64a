"""Validation: what connecting and rotating have in common. Ask the exchange, judge, and say each step as it happens."""

from dataclasses import dataclass

from bot.domain.connection import Credential, Place, Purpose
from bot.domain.failures import ExchangeTrouble, Trouble
from bot.domain.permissions import Grant, KeyReport, Permission
from bot.domain.verdict import Caution, at_stake, judge
from bot.usecases.ports import CheckItem, ExchangeGateway, ItemState, Progress


@dataclass(frozen=True, slots=True)
class Refused:
    """The key may not come in; every reason that is known.

    Attributes:
        report: what the exchange said of the key, if it got that far.
    """

    troubles: tuple[Trouble, ...]
    report: KeyReport | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """The key may come in."""

    report: KeyReport
    cautions: tuple[Caution, ...]


async def validate(
    gateway: ExchangeGateway,
    place: Place,
    purpose: Purpose,
    credential: Credential,
    progress: Progress,
    *,
    now: float,
    vouched: bool = False,
) -> Fit | Refused:
    """One full look at a key. Nothing is stored, nothing at the exchange changes."""
    try:
        report = await gateway.inspect(place, credential, progress)
    except ExchangeTrouble as trouble:
        return Refused((trouble.trouble,))
    verdict = judge(
        report, market=place.market, environment=place.environment, purpose=purpose, now=now, vouched=vouched
    )
    live = at_stake(report, place.environment)
    await progress(CheckItem.WITHDRAWAL_OFF, _off(report, Permission.WITHDRAW, live=live))
    await progress(CheckItem.TRANSFER_OFF, _off(report, Permission.TRANSFER, live=live))
    await progress(CheckItem.IP_WHITELIST, _whitelist(report))
    if not verdict.accepted:
        return Refused(verdict.refusals, report)
    return Fit(report, verdict.cautions)


def _off(report: KeyReport, permission: Permission, *, live: bool) -> ItemState:
    grant = report.of(permission).grant
    if grant is Grant.DENIED:
        return ItemState.PASSED
    if permission is Permission.TRANSFER and report.transfers_with_trading:
        return ItemState.CAUTION
    if grant is Grant.GRANTED:
        return ItemState.FAILED
    return ItemState.CAUTION if live else ItemState.UNKNOWN


def _whitelist(report: KeyReport) -> ItemState:
    if report.ip_restricted is None:
        return ItemState.UNKNOWN
    return ItemState.PASSED if report.ip_restricted else ItemState.CAUTION
