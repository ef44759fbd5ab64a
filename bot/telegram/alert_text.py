"""An alert in words: what, which connection, since when, why, what is paused, what to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.connection import Connection, Environment, Market, Place
from bot.domain.failures import Failure, Retry, Severity, Trouble, policy_of
from bot.domain.health import Gate, Health, PausedBy
from bot.telegram.describing import (
    Profiles,
    answer_of,
    cause_of,
    isolated,
    place_line,
    remedy_of,
    since_line,
    title_of,
)
from bot.telegram.texts import Html, Speaker


@dataclass(frozen=True, slots=True)
class Subject:
    """The connection that a message is about: as it was when the message was written, or as it is now."""

    label: str
    place: Place
    tail: str

    @classmethod
    def told(cls, args: Mapping[str, Any]) -> "Subject":
        """Out of an outbox row (``usecases.telling.facts_of``)."""
        place = Place(str(args["exchange"]), Market(args["market"]), Environment(args["environment"]))
        return cls(str(args["label"]), place, str(args["tail"]))

    @classmethod
    def of(cls, connection: Connection) -> "Subject":
        """As it is now."""
        return cls(connection.label, connection.place, connection.key_tail)


@dataclass(frozen=True, slots=True)
class News:
    """What an alert says of its connection.

    Attributes:
        since: epoch seconds of the first sign of the trouble.
        now: epoch seconds of the telling.
        gate: ``open``, ``paused`` (by the watch) or ``paused_by_person``.
    """

    subject: Subject
    trouble: Trouble
    since: float
    now: float
    gate: str


def trouble_told(args: Mapping[str, Any]) -> Trouble:
    """The trouble, out of an outbox row."""
    return Trouble(
        Failure(args["failure"]),
        code=args.get("code"),
        reason=args.get("reason"),
        seen_ip=args.get("seen_ip"),
        boxes=tuple(args.get("boxes") or ()),
    )


def gate_word(health: Health) -> str:
    """The gate as messages name it."""
    if health.gate is Gate.PAUSED and health.paused_by is PausedBy.PERSON:
        return "paused_by_person"
    return health.gate.value


def alert_text(say: Speaker, news: News, profiles: Profiles, ips: Sequence[str], footer: Html | None = None) -> Html:
    """The whole alert; ``footer`` is what a later check found."""
    return Html("\n\n".join([*_blocks(say, news, profiles, ips), *([footer] if footer else [])]))


def subject_line(say: Speaker, subject: Subject, profiles: Profiles) -> Html:
    """Exchange, market, environment and key tail: whatever the label pretends to be, these tell which it is."""
    return say("alert-place", place=place_line(say, subject.place, profiles), tail=subject.tail)


def _blocks(say: Speaker, news: News, profiles: Profiles, ips: Sequence[str]) -> Iterator[Html]:
    subject, trouble = news.subject, news.trouble
    exchange = title_of(subject.place.exchange, profiles)
    title = say(f"alert-{loudness(trouble.failure)}", label=isolated(subject.label))
    yield Html(f"{title}\n{subject_line(say, subject, profiles)}")
    why = [cause_of(say, trouble, subject.place, profiles, ips)]
    if answer := answer_of(say, trouble, subject.place.exchange, profiles):
        why.append(answer)
    why.append(since_line(say, news.since, news.now))
    yield Html("\n".join(why))
    yield say(f"alert-gate-{news.gate}", exchange=exchange)
    yield Html(f"{say('alert-remedy')}\n{remedy_of(say, trouble, subject.place, profiles, ips)}")


def loudness(failure: Failure) -> str:
    """``danger`` where the exchange stated that money can leave; otherwise the failure's severity."""
    policy = policy_of(failure)
    if policy.retry is Retry.AT_ONCE and policy.severity is Severity.CRITICAL:
        return "danger"
    return policy.severity.value
