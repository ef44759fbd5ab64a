"""Incidents: outages told once in each chat, with no key blamed.

A connection whose trouble fits an outage joins an incident instead of having an alert of its own, and leaves it when it
is well or turns out to have a trouble of its own. What a chat reads follows from who is in: one message when its first
connection joins, edited as more join and leave, and closed when its last one has left. A chat that mutes all of its
connections in it hears of it when the first of these mutes ends, if it lasts until then.

All within the transaction of the flips; ``Round`` gathers the chats concerned, so that each is written to once for a
whole batch of results.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from bot.domain.choices import UNTIL_RECOVERY
from bot.domain.connection import Connection, ConnectionId, Place
from bot.domain.failures import Failure, Severity, Trouble, policy_of
from bot.domain.outage import KEYS_WAIT, OF_AN_EXCHANGE, OF_US, SAME_AGAIN, Cause, Scope, cause_of, fits_an_outage
from bot.usecases.audience import audience
from bot.usecases.delivery import Kind, Mode, OutboxItem
from bot.usecases.holding import hearing_of
from bot.usecases.incident_store import Incident, Told, thread_of
from bot.usecases.posting import planned_of_all
from bot.usecases.scene import Scene
from bot.usecases.storage import Transaction

EDIT_PAUSE: Final = 20.0
"""Seconds between two edits of one message at least: counts that rise and fall are of no interest by the second."""
UNSTEADY: Final = 3
"""Beginnings within one incident after which a chat is not woken by the next."""
LABELS: Final = 5
"""Connections that a message names."""


@dataclass(slots=True)
class Round:
    """What one transaction knows of incidents, and whom it has to write to.

    Attributes:
        present: incidents that last, or ended so lately that they may come back.
        touched: incidents and the chats that are written to about them.
        left: incidents that a connection left, also one of which no chat hears there.
        muted: until when a chat muted all those of its connections that left an incident in this round.
        promised: an end that is to be told in a chat for itself: a mute until recovery held the beginning.
    """

    present: list[Incident] = field(default_factory=list)
    touched: set[tuple[int, int]] = field(default_factory=set)
    opened: list[Incident] = field(default_factory=list)
    left: set[int] = field(default_factory=set)
    muted: dict[tuple[int, int], float] = field(default_factory=dict)
    promised: dict[tuple[int, int], Told] = field(default_factory=dict)

    def of(self, place: Place, failure: Failure) -> Incident | None:
        """The incident that lasts and that such a failure there belongs to."""
        cause = cause_of(failure)
        return next(
            (
                each
                for each in self.present
                if each.ended_at is None and each.cause == cause and each.scope.takes_in(place)
            ),
            None,
        )

    def by_id(self, incident_id: int | None) -> Incident | None:
        """The incident of that number, if it is present."""
        return next((each for each in self.present if each.id == incident_id), None)


async def begin(tx: Transaction, now: float) -> Round:
    """Reads what is out."""
    return Round(list(await tx.incidents.present(now - SAME_AGAIN)))


def belongs(
    scene: Scene, current: Round, connection: Connection, trouble: Trouble, since: float, now: float
) -> Scope | None:
    """The scope of the outage that a connection's trouble is told as; None if it is the connection's own."""
    place, failure = connection.place, trouble.failure
    lasting = current.of(place, failure)
    if lasting is not None and not (_of_keys(lasting) and now - lasting.opened_at > KEYS_WAIT):
        return lasting.scope
    evidence = scene.evidence(connection.id, place, connection.owner_id, failure, since)
    return scene.scope(place, since) if fits_an_outage(failure, evidence) else None


def is_due_alone(current: Round, incident_id: int | None, now: float) -> bool:
    """Whether a key that still fails has waited within an incident of keys for long enough."""
    incident = current.by_id(incident_id)
    if incident is None or not _of_keys(incident):
        return False
    return incident.ended_at is not None or now - incident.opened_at > KEYS_WAIT


async def join(
    tx: Transaction, current: Round, connection: Connection, trouble: Trouble, scope: Scope, since: float, now: float
) -> None:
    """A connection's trouble is the incident's; opens one, or the same one again, if none lasts."""
    incident = current.of(connection.place, trouble.failure) or await _open(tx, current, trouble, scope, since, now)
    chats = await concerned(tx, connection, incident)
    # The others, when their windows end.
    chats = await hearing_of(tx, connection, trouble.failure, incident.id, chats, now)
    await tx.incidents.join(incident.id, connection.id, chats)
    current.touched |= {(incident.id, chat_id) for chat_id in chats}


async def concerned(tx: Transaction, connection: Connection, incident: Incident) -> list[int]:
    """The chats that hear of an incident which a connection is in: who comes second, of critical ones only."""
    critical = _severity(incident) is Severity.CRITICAL
    return [each.chat_id for each in await audience(tx, connection) if each.escalate_after is None or critical]


async def leave(tx: Transaction, current: Round, connection_id: ConnectionId, incident_id: int, now: float) -> None:
    """A connection is well again, or has a trouble of its own. Mutes until recovery are still as they were."""
    current.left.add(incident_id)
    for chat_id in await tx.incidents.leave(connection_id):
        there = (incident_id, chat_id)
        current.touched.add(there)
        muted = await tx.alerts.muted_until(connection_id, chat_id) or 0.0
        if muted >= UNTIL_RECOVERY:
            await _end_what_waits_for_it(tx, current, incident_id, chat_id, now)
            muted = 0.0  # that mute was to end with this
        current.muted[there] = min(current.muted.get(there, UNTIL_RECOVERY), muted)


async def _end_what_waits_for_it(tx: Transaction, current: Round, incident_id: int, chat_id: int, now: float) -> None:
    """What a mute until recovery holds is no news any more once its last connection has left; its end was promised."""
    told = await tx.incidents.told(incident_id, chat_id)
    if told is None or await tx.incidents.count(incident_id, chat_id):
        return
    if await tx.held.withdraw_thread(chat_id, thread_of(incident_id), now):
        await tx.incidents.untell(incident_id, chat_id)
        current.promised[incident_id, chat_id] = told


async def settle(tx: Transaction, current: Round, now: float) -> None:
    """Writes to every chat concerned, and ends incidents that no connection is in any more."""
    for incident_id, chat_id in sorted(current.touched):
        incident = current.by_id(incident_id) or await tx.incidents.get(incident_id)
        if incident is not None:
            await _tell(tx, current, incident, chat_id, now)
    for incident_id in sorted(current.left):
        if not await tx.incidents.inside(incident_id):
            await tx.incidents.end(incident_id, now)


async def sweep(tx: Transaction, now: float) -> int:
    """Ends incidents whose connections were all disconnected; returns how many."""
    alone = await tx.incidents.left_alone()
    for incident_id in alone:
        await tx.incidents.end(incident_id, now)
    return len(alone)


def _of_keys(incident: Incident) -> bool:
    return incident.trouble.failure not in OF_AN_EXCHANGE


async def _open(tx: Transaction, current: Round, trouble: Trouble, scope: Scope, since: float, now: float) -> Incident:
    cause = cause_of(trouble.failure)
    before = next((each for each in current.present if (each.scope, each.cause) == (scope, cause)), None)
    if before is not None:
        await tx.incidents.reopen(before.id)
        incident = Incident(
            before.id, scope, cause, before.trouble, before.since, before.opened_at, None, before.times + 1
        )
        current.present.remove(before)
    else:
        incident = await tx.incidents.open(Incident(0, scope, cause, trouble, since, now))
        current.opened.append(incident)
    current.present.append(incident)
    return incident


# -------------------------------------------------------------------------------------------------------- in one chat


async def _tell(tx: Transaction, current: Round, incident: Incident, chat_id: int, now: float) -> None:
    count = await tx.incidents.count(incident.id, chat_id)
    told = await tx.incidents.told(incident.id, chat_id)
    promised = current.promised.get((incident.id, chat_id))
    facts = await _facts(tx, incident, chat_id, count, told or promised, now)
    muted = await tx.incidents.muted_until(incident.id, chat_id) if count else current.muted.get((incident.id, chat_id))
    post = partial(_post, tx, incident, chat_id, now=now, muted_until=muted)
    if told is None:
        # Where nobody wants to hear of it, nothing is told, neither its edits nor its end.
        if count and await post(Kind.INCIDENT, facts):
            await tx.incidents.tell(Told(incident.id, chat_id, now, None, count))
        elif promised is not None:
            await post(Kind.INCIDENT_OVER, facts)
    elif count and told.closed_at is not None:
        again = Told(incident.id, chat_id, told.opened_at, None, max(told.most, count), told.times + 1)
        await tx.incidents.tell(again)
        await post(Kind.INCIDENT, facts | {"times": again.times}, edit=True)
        if again.times <= UNSTEADY:
            await post(Kind.INCIDENT_AGAIN, facts | {"times": again.times})
    elif count:
        await tx.incidents.tell(Told(incident.id, chat_id, told.opened_at, None, max(told.most, count), told.times))
        await post(Kind.INCIDENT, facts, edit=True, not_before=now + EDIT_PAUSE)
    elif told.closed_at is None and await tx.held.withdraw_thread(chat_id, thread_of(incident.id), now):
        await tx.incidents.untell(incident.id, chat_id)  # it began and ended within quiet hours, or while muted
    elif told.closed_at is None:
        await tx.incidents.tell(Told(incident.id, chat_id, told.opened_at, now, told.most, told.times))
        await post(Kind.INCIDENT, facts, edit=True)
        await post(Kind.INCIDENT_OVER, facts)


async def _facts(
    tx: Transaction, incident: Incident, chat_id: int, count: int, told: Told | None, now: float
) -> dict[str, Any]:
    trouble = incident.trouble
    return {
        "exchange": incident.scope.exchange,
        "environment": incident.scope.environment.value,
        "market": incident.scope.market.value if incident.scope.market else None,
        "failure": trouble.failure.value,
        "code": trouble.code,
        "reason": trouble.reason,
        "since": incident.since,
        "until": now,
        "count": count,
        "most": max(told.most if told else 0, count),
        "times": told.times if told else 1,
        "labels": list(await tx.incidents.labels(incident.id, chat_id, LABELS)),
        "ours": trouble.failure in OF_US,
        "announced": await _announced_until(tx, incident, now),
    }


async def _announced_until(tx: Transaction, incident: Incident, now: float) -> float | None:
    """Until when the exchange announced maintenance that it is now in, if the incident is the exchange's."""
    if incident.cause != Cause.EXCHANGE:
        return None
    scope = incident.scope
    spans = await tx.announced.of(scope.exchange, scope.environment)
    ends = [
        each.end
        for market, some in spans.items()
        for each in some
        if scope.market in {None, market} and each.start <= now < each.end
    ]
    return max(ends, default=None)


async def _post(
    tx: Transaction,
    incident: Incident,
    chat_id: int,
    kind: Kind,
    facts: Mapping[str, Any],
    *,
    now: float,
    muted_until: float | None,
    edit: bool = False,
    not_before: float = 0.0,
) -> bool:
    """By the chat's own choices and mutes; False if it does not want to hear of such a thing."""
    over, of = kind is Kind.INCIDENT_OVER, _severity(incident)
    severity = Severity.INFO if over or edit else of
    begins = kind is Kind.INCIDENT and not edit
    heard = await planned_of_all(tx, chat_id, severity, now, ends=None if begins else of, muted_until=muted_until)
    if heard is None:
        return False
    await tx.outbox.add(
        OutboxItem(
            id=0,
            chat_id=chat_id,
            kind=kind,
            args=facts,
            created_at=now,
            not_before=max(not_before, heard.at),
            silent=over,
            severity=severity,
            thread=thread_of(incident.id),
            mode=Mode.EDIT if edit else Mode.SEND if kind is Kind.INCIDENT else Mode.REPLY,
        )
    )
    return True


def _severity(incident: Incident) -> Severity:
    """An outage of keys is as grave as a dead key may be; any other may pass by itself."""
    return policy_of(incident.trouble.failure).severity if _of_keys(incident) else Severity.WARNING


def opened_facts(current: Round) -> Sequence[Mapping[str, Any]]:
    """What operators are told of incidents that were opened in this round."""
    return [
        {
            "exchange": each.scope.exchange,
            "environment": each.scope.environment.value,
            "market": each.scope.market.value if each.scope.market else "",
            "failure": each.trouble.failure.value,
            "error": each.trouble.code or "",
        }
        for each in current.opened
    ]
