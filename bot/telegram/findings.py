"""What a key may do, in words: every right, and how sure that is. Said once for all of them where it is the same."""

from bot.domain.connection import Environment, Place
from bot.domain.permissions import Certainty, Finding, Grant, KeyReport, Permission
from bot.telegram.describing import badge
from bot.telegram.texts import Html, Speaker

_DANGERS = frozenset({Permission.TRANSFER, Permission.WITHDRAW})


def findings_lines(say: Speaker, report: KeyReport, place: Place, exchange: str) -> list[Html]:
    """A title and a line for each right that was spoken of, and always for those that are dangerous."""
    shown = {p: report.of(p) for p in Permission if p in report.findings or p in _DANGERS}
    certainties = {p: _certainty(say, finding, place, exchange) for p, finding in shown.items()}
    if len(set(certainties.values())) == 1:
        title = say("findings-title-sure", certainty=next(iter(certainties.values())))
        return [title, *(_line(say, report, p, place, exchange) for p in shown)]
    return [
        say("findings-title"),
        *(Html(f"{_line(say, report, p, place, exchange)} · <i>{certainties[p]}</i>") for p in shown),
    ]


def _line(say: Speaker, report: KeyReport, permission: Permission, place: Place, exchange: str) -> Html:
    grant = report.of(permission).grant
    name = say.plain(f"finding-{permission.value}")
    if permission is Permission.TRANSFER and report.transfers_with_trading:
        return say(say.at(place.exchange, "finding-line-inseparable"), permission=name, exchange=exchange)
    danger = "-danger" if permission in _DANGERS and grant is not Grant.UNKNOWN else ""
    return say(f"finding-line-{grant.value}{danger}", permission=name)


def _certainty(say: Speaker, finding: Finding, place: Place, exchange: str) -> Html:
    if finding.certainty is Certainty.UNKNOWABLE and place.environment is not Environment.LIVE:
        return say("card-not-verifiable", environment=badge(say, place.environment))
    return say(f"finding-certainty-{finding.certainty.value}", exchange=exchange)
