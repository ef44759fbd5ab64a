"""A status card in words: what is wrong on top, then every connection, then how fresh all of it is.

No tail and no address: the same card is shown to groups. Times are written as moments, and count by themselves in newer
apps: what is written must still be true when nobody has edited it for minutes.
"""

from collections.abc import Iterator
from typing import Final

from bot.domain.health import Gate, PausedBy, Status
from bot.telegram.describing import Profiles, badge, isolated, moment, place_line, title_of, unverified, utc
from bot.telegram.texts import Html, Speaker
from bot.usecases.status import Outage, StatusView
from bot.usecases.status_store import Line

MOST_LINES: Final = 25
"""Connections on a card, those that are not well first when there are more: a message takes 4,096 characters."""
MOST_NAMED: Final = 5
"""Connections that the banner names."""
_SIGNS: Final = {Status.CONNECTED: "🟢", Status.ERROR: "🟠", Status.REAUTH_NEEDED: "🔴"}


def status_text(say: Speaker, view: StatusView, profiles: Profiles) -> Html:
    """The whole card."""
    blocks = [list(_banner(say, view, profiles)), *(_line(say, line, profiles) for line in _shown(view))]
    if not view.lines:
        blocks.append([say("status-empty")])
    elif len(view.lines) > MOST_LINES:
        blocks.append([say("status-more", count=len(view.lines) - MOST_LINES)])
    blocks.append(list(_freshness(say, view)))
    return Html("\n\n".join("\n".join(block) for block in blocks if block))


def since_then(at: float) -> Html:
    """How long ago, where the app counts; the moment itself elsewhere, which stays true."""
    return Html(f'<tg-time unix="{int(at)}" format="r">{utc(at)}</tg-time>')


def _banner(say: Speaker, view: StatusView, profiles: Profiles) -> Iterator[Html]:
    bad = view.bad
    if bad:
        alone = [line for line in bad if not _told_by(view, line)]
        told = [
            say("status-banner", count=len(bad), all=str(len(view.lines))),
            *(_outage(say, outage, profiles) for outage in view.outages),
            *(_reason(say, line) for line in alone[:MOST_NAMED]),
        ]
        if len(alone) > MOST_NAMED:
            told.append(say("status-banner-more", count=len(alone) - MOST_NAMED))
        yield Html("<blockquote>" + "\n".join(told) + "</blockquote>")
    elif view.lines:
        yield say("status-well", count=len(view.lines))
    if view.late and view.swept_at is not None:
        yield say("status-late", at=since_then(view.swept_at))


def _told_by(view: StatusView, line: Line) -> bool:
    """Whether an incident says already what is wrong with it."""
    return any(outage.incident.id == line.incident_id for outage in view.outages)


def _outage(say: Speaker, outage: Outage, profiles: Profiles) -> Html:
    scope, incident = outage.incident.scope, outage.incident
    world = badge(say, scope.environment)
    exchange = title_of(scope.exchange, profiles)
    return say(
        "status-outage",
        exchange=f"{exchange} {world}" if world else exchange,
        why=say.plain(f"reason-{incident.trouble.failure.value}"),
        since=moment(incident.since),
        count=outage.count,
    )


def _reason(say: Speaker, line: Line) -> Html:
    why = say.plain(f"reason-{line.failure.value}") if line.failure else say.plain(f"history-state-{_state(line)}")
    return say("status-reason", sign=_SIGNS[line.status], label=isolated(line.label), why=why)


def _state(line: Line) -> str:
    return "error" if line.status is Status.ERROR else "reauth"


def _shown(view: StatusView) -> list[Line]:
    if len(view.lines) <= MOST_LINES:
        return list(view.lines)
    worst_first = sorted(view.lines, key=lambda line: line.status is Status.CONNECTED)
    return worst_first[:MOST_LINES]


def _line(say: Speaker, line: Line, profiles: Profiles) -> list[Html]:
    paused, by_person = line.gate is Gate.PAUSED, line.paused_by is PausedBy.PERSON
    sign = "⏸" if line.status is Status.CONNECTED and paused else _SIGNS[line.status]
    lines = [
        say("status-line", sign=sign, label=isolated(line.label), place=place_line(say, line.place, profiles)),
        say(f"status-state-{line.status.value}", since=moment(line.since)),
    ]
    if paused:
        lines.append(say("status-paused-person" if by_person else "status-paused", since=moment(line.gate_since)))
    return lines + unverified(say, vouched=line.vouched)


def _freshness(say: Speaker, view: StatusView) -> Iterator[Html]:
    if view.swept_at is not None:
        yield say("status-swept", at=since_then(view.swept_at))
    if view.checked_at is not None:
        yield say("status-oldest", at=since_then(view.checked_at))
    elif view.lines:
        yield say("status-unchecked")
