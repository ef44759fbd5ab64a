"""A card in words: everything that is known of one connection, for its owner."""

from collections.abc import Iterator, Sequence

from bot.domain.choices import UNTIL_RECOVERY
from bot.domain.connection import Connection
from bot.domain.health import Flip, Gate, Health, PausedBy, Side, Status
from bot.telegram.describing import (
    Profiles,
    ago,
    answer_of,
    cause_of,
    isolated,
    moment,
    place_line,
    remedy_of,
    sign,
    title_of,
)
from bot.telegram.findings import findings_lines
from bot.telegram.texts import Html, Speaker
from bot.usecases.manage import Card

FLIPS_SHOWN = 3
IPS_SHOWN = 5


def card_text(
    say: Speaker, card: Card, profiles: Profiles, ips: Sequence[str], now: float, *, checking: bool = False
) -> Html:
    """The whole card.

    Args:
        say: the owner's language.
        card: what is known.
        profiles: the catalogue of exchanges.
        ips: our addresses, for the remedies that name them.
        now: epoch seconds.
        checking: a check that was asked for is under way.
    """
    connection = card.connection
    exchange = title_of(connection.place.exchange, profiles)
    blocks = [
        [
            say("card-title", sign=sign(connection.health), label=isolated(connection.label)),
            place_line(say, connection.place, profiles),
            say(
                say.at(connection.place.exchange, "card-key"),
                tail=connection.key_tail,
                purpose=say.plain(f"purpose-{connection.purpose.value}"),
            ),
        ],
        list(_state(say, connection, card.flips)),
        list(_trouble(say, connection, profiles, ips)),
        [say("card-vouched", exchange=exchange)] if connection.withdrawal_unverified else [],
        findings_lines(say, card.report, connection.place, exchange),
        list(_key_facts(say, card, exchange, now)),
        [_checked(say, connection, now, checking=checking), *_last_good(say, connection, now), *_muted(say, card)],
        [_changes(say, card.flips, connection.owner_id)] if card.flips else [],
    ]
    return Html("\n\n".join("\n".join(block) for block in blocks if block))


def _state(say: Speaker, connection: Connection, flips: Sequence[Flip]) -> Iterator[Html]:
    health = connection.health
    yield say(f"card-status-{health.status.value}", since=moment(health.status_since))
    if health.status is Status.CONNECTED and health.trouble is not None:
        yield say("card-suspected")
    gate = _gate(health)
    if gate == "paused-person" and _turned_by_another(flips, connection.owner_id):
        gate = "paused-operator"
    yield say(f"card-gate-{gate}", since=moment(health.gate_since))
    if connection.rotating:
        yield say("card-rotating")


def _gate(health: Health) -> str:
    if health.gate is Gate.OPEN:
        return "open"
    return "paused-person" if health.paused_by is PausedBy.PERSON else "paused-watch"


def _turned_by_another(flips: Sequence[Flip], owner_id: int) -> bool:
    """Whether it was an operator of the connection who changed the gate last."""
    last = next((flip for flip in flips if flip.side is Side.GATE), None)
    return last is not None and last.by not in (None, owner_id)


def _trouble(say: Speaker, connection: Connection, profiles: Profiles, ips: Sequence[str]) -> Iterator[Html]:
    trouble = connection.health.trouble
    if trouble is None:
        return
    place = connection.place
    yield cause_of(say, trouble, place, profiles, ips)
    if answer := answer_of(say, trouble, place.exchange, profiles):
        yield answer
    if connection.health.status is not Status.CONNECTED:
        yield Html(f"<blockquote>{remedy_of(say, trouble, place, profiles, ips)}</blockquote>")


def _key_facts(say: Speaker, card: Card, exchange: str, now: float) -> Iterator[Html]:
    report = card.report
    if report.ip_restricted is None:
        yield say("card-ips-unknown", exchange=exchange)
    elif not report.ip_restricted:
        yield say(say.at(card.connection.place.exchange, "card-ips-none"), exchange=exchange)
    elif card.ip_list:
        yield say("card-ips-some", ips=_listed(say, card.ip_list))
    else:
        yield say("card-ips-hidden", exchange=exchange)
    if report.expires_at is not None:
        yield say("card-expires" if report.expires_at > now else "card-expired", at=moment(report.expires_at))


def _listed(say: Speaker, ips: Sequence[str]) -> Html:
    shown = [say("card-ip", ip=ip) for ip in ips[:IPS_SHOWN]]
    if len(ips) > IPS_SHOWN:
        shown.append(say("card-ips-more", n=len(ips) - IPS_SHOWN))
    return Html(", ".join(shown))


def _checked(say: Speaker, connection: Connection, now: float, *, checking: bool) -> Html:
    if checking:
        return say("card-checking")
    if connection.last_probe_at is None:
        return say("card-not-checked")
    latency = say.plain("card-latency-unknown")
    if connection.latency is not None:
        latency = say.plain("card-latency", ms=str(round(connection.latency * 1000)))
    return say("card-checked", ago=ago(say, connection.last_probe_at, now), latency=latency)


def _last_good(say: Speaker, connection: Connection, now: float) -> Iterator[Html]:
    if connection.last_ok_at is not None and connection.last_ok_at != connection.last_probe_at:
        yield say("card-last-good", ago=ago(say, connection.last_ok_at, now))


def _muted(say: Speaker, card: Card) -> Iterator[Html]:
    if card.muted_until is None:
        return
    if card.muted_until >= UNTIL_RECOVERY:
        yield say("card-muted-recovery")
    else:
        yield say("card-muted", until=moment(card.muted_until))


def _changes(say: Speaker, flips: Sequence[Flip], owner_id: int) -> Html:
    lines = [say("card-change", at=moment(flip.at), what=_change(say, flip, owner_id)) for flip in flips[:FLIPS_SHOWN]]
    title = say("card-changes")
    return Html(f"<blockquote expandable><b>{title}</b>\n" + "\n".join(lines) + "</blockquote>")


def _change(say: Speaker, flip: Flip, owner_id: int) -> str:
    what = say.plain(f"flip-{flip.side.value}-{flip.new}")
    if flip.trouble is not None and flip.trouble.code:
        return f"{what} ({flip.trouble.code})"
    if flip.by == owner_id:
        return f"{what}, {say.plain('flip-by-you')}"
    if flip.by is not None:
        return f"{what}, {say.plain('flip-by-operator')}"
    return what
