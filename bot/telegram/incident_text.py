"""An outage in words: as it is now, coming back, and over."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from bot.domain.connection import Environment, Market, Place
from bot.domain.outage import Cause, cause_of
from bot.telegram.alert_text import trouble_told
from bot.telegram.describing import (
    NONE,
    Profiles,
    answer_of,
    badge,
    isolated,
    market_name,
    moment,
    since_line,
    title_of,
)
from bot.telegram.describing import cause_of as cause_in_words
from bot.telegram.texts import Html, Speaker

_CAUSES = {Cause.EXCHANGE, Cause.ADDRESS, Cause.CLOCK}


def incident_text(say: Speaker, facts: Mapping[str, Any], now: float, profiles: Profiles) -> Html:
    """The one message: what is out, since when, whom it concerns; or that it is over."""
    if not facts["count"]:
        return over_text(say, facts, profiles)
    return Html("\n\n".join(_blocks(say, facts, now, profiles)))


def again_text(say: Speaker, facts: Mapping[str, Any], profiles: Profiles) -> Html:
    """It came back."""
    since = moment(float(facts["since"]))
    return say("incident-again", exchange=_exchange(say, facts, profiles), times=int(facts["times"]), since=since)


def over_text(say: Speaker, facts: Mapping[str, Any], profiles: Profiles) -> Html:
    """It is over, and how long it lasted."""
    since, until = float(facts["since"]), float(facts["until"])
    lines = [
        say("incident-over", exchange=_exchange(say, facts, profiles)),
        _where(say, facts, profiles),
        Html(),
        say(
            "incident-over-lasted",
            duration=say.duration(until - since),
            since=moment(since),
            until=moment(until),
            most=int(facts["most"]),
        ),
        say("incident-over-gate"),
    ]
    return Html("\n".join(lines))


def over_news(say: Speaker, facts: Mapping[str, Any], profiles: Profiles) -> Html:
    """The word that comes beside the edit, and is seen where the message itself has scrolled away: that it is over."""
    lines = [
        say("incident-over", exchange=_exchange(say, facts, profiles)),
        *([_where(say, facts, profiles)] if facts["market"] else []),
        say("incident-over-after", duration=say.duration(float(facts["until"]) - float(facts["since"]))),
        say("incident-over-gate"),
    ]
    return Html("\n".join(lines))


def _blocks(say: Speaker, facts: Mapping[str, Any], now: float, profiles: Profiles) -> Iterator[Html]:
    trouble, count = trouble_told(facts), int(facts["count"])
    cause = cause_of(trouble.failure)
    kind = cause if cause in _CAUSES else "keys"
    title = say(f"incident-{kind}", exchange=_exchange(say, facts, profiles))
    yield Html(f"{title}\n{_where(say, facts, profiles)}")
    place = Place(facts["exchange"], Market(facts["market"] or Market.SPOT), Environment(facts["environment"]))
    why = [cause_in_words(say, trouble, place, profiles)]
    if answer := answer_of(say, trouble, place.exchange, profiles):
        why.append(answer)
    since, times = float(facts["since"]), int(facts["times"])
    if times > 1:
        why.append(say("incident-since-again", since=moment(since), times=times))
    else:
        why.append(since_line(say, since, now))
    if announced := facts.get("announced"):
        why.append(say("incident-announced", until=moment(float(announced))))
    yield Html("\n".join(why))
    yield Html(
        "\n".join(
            [
                say("incident-count", count=count, labels=_labels(say, facts["labels"], count)),
                say("incident-paused", count=count),
            ]
        )
    )
    yield say("incident-blame-none" if cause in _CAUSES else "incident-blame-keys", count=count)


def _exchange(say: Speaker, facts: Mapping[str, Any], profiles: Profiles) -> Html:
    title = escape(title_of(facts["exchange"], profiles), quote=False)
    world = badge(say, facts["environment"])
    return Html(f"{title} {world}" if world else title)


def _where(say: Speaker, facts: Mapping[str, Any], profiles: Profiles) -> Html:
    market = facts["market"]
    where = market_name(say, profiles.get(facts["exchange"]), Market(market)) if market else NONE
    return say("incident-place", where=where)


def _labels(say: Speaker, labels: list[str], count: int) -> Html:
    named = Html(", ".join(f"<b>{escape(isolated(label), quote=False)}</b>" for label in labels))
    return say("incident-count-more", labels=named, more=count - len(labels)) if count > len(labels) else named
