"""The one way of news about a connection into the outbox: how loud they are, and whether and when a chat hears them."""

from collections.abc import Mapping
from typing import Any, Final

from bot.domain.choices import ConnectionChoice, Hearing, hearing
from bot.domain.connection import Connection, ConnectionId
from bot.domain.failures import Failure, Severity, Trouble, policy_of
from bot.usecases.audience import facts_for
from bot.usecases.delivery import Kind, Mode, OutboxItem
from bot.usecases.holding import held_until
from bot.usecases.incident_store import incident_in
from bot.usecases.storage import Transaction

_SEVERITIES: Final[Mapping[Kind, Severity]] = {
    Kind.REPEAT: Severity.CRITICAL,
    Kind.RECOVERED: Severity.INFO,
    Kind.UNSTEADY: Severity.WARNING,
    Kind.STEADY: Severity.INFO,
    Kind.ROTATED: Severity.INFO,
    Kind.ROTATION_FAILED: Severity.WARNING,
    Kind.KEY_USED_ELSEWHERE: Severity.CRITICAL,
    Kind.KEY_ENDING: Severity.WARNING,
    Kind.KEY_AGED: Severity.INFO,
}


def severity_of(kind: Kind, failure: Failure | None = None) -> Severity:
    """How loud a message is: an alert as its failure, any other kind by itself."""
    if kind is Kind.ALERT and failure is not None:
        return policy_of(failure).severity
    return _SEVERITIES.get(kind, Severity.CRITICAL)


async def post(
    tx: Transaction,
    connection: Connection,
    kind: Kind,
    chat_id: int,
    facts: Mapping[str, Any],
    now: float,
    *,
    severity: Severity | None = None,
    alert_id: str | None = None,
    silent: bool = False,
    ends: Severity | None = None,
    thread: str | None = None,
    mode: Mode = Mode.SEND,
    not_before: float = 0.0,
) -> int | None:
    """Puts a message about a connection into a chat's outbox, when that chat wants to hear it.

    Returns the row's id; None if the chat does not want to hear such a thing at all.

    Args:
        tx: the transaction of what the message tells of.
        connection: what it is about.
        kind: what is told.
        chat_id: whom.
        facts: see ``OutboxItem.args``. What only the owner may know goes to nobody else, whoever posts it.
        now: epoch seconds.
        severity: how loud; by the kind if None.
        alert_id: the alert it opens or continues.
        silent: makes no sound, whatever its severity.
        ends: the severity of the alert that it tells the end of, which is told wherever the alert was.
        thread: see ``OutboxItem``.
        mode: how it goes on in its thread.
        not_before: epoch seconds; not earlier than that.
    """
    loud = severity or severity_of(kind)
    heard = await planned(tx, connection.id, chat_id, loud, now, ends=ends)
    if heard is None:
        return None
    failure = Failure(facts["failure"]) if "failure" in facts else None
    held = await held_until(tx, connection, chat_id, kind, failure, now)
    return await tx.outbox.add(
        OutboxItem(
            id=0,
            chat_id=chat_id,
            kind=kind,
            args=facts_for(connection, chat_id, facts),
            created_at=now,
            not_before=max(not_before, heard.at, held),
            alert_id=alert_id,
            connection_id=connection.id,
            silent=silent or heard.silent,
            severity=loud,
            thread=thread,
            mode=mode,
        )
    )


async def planned(
    tx: Transaction,
    connection_id: ConnectionId,
    chat_id: int,
    severity: Severity,
    now: float,
    *,
    ends: Severity | None = None,
) -> Hearing | None:
    """When and how a chat hears something so severe, by its choices and mutes as they are; None if it does not."""
    chat = (await tx.choices.of_chat(chat_id)).choice
    connection = await tx.choices.of_connection(connection_id, chat_id)
    muted = await tx.alerts.muted_until(connection_id, chat_id)
    return hearing(severity, chat, connection, now, muted_until=muted, ends=ends)


async def planned_of_all(
    tx: Transaction,
    chat_id: int,
    severity: Severity,
    now: float,
    *,
    ends: Severity | None = None,
    muted_until: float | None = None,
) -> Hearing | None:
    """The same for something that is of no connection in particular: by what the chat chose for everything."""
    chat = (await tx.choices.of_chat(chat_id)).choice
    return hearing(severity, chat, ConnectionChoice(), now, muted_until=muted_until, ends=ends)


async def replan(tx: Transaction, chat_id: int, now: float) -> None:
    """What mutes, quiet hours and windows of a chat hold, they hold as they are now. What was wanted stays wanted."""
    for row in await tx.held.of_chat(chat_id, now):
        held = 0.0
        if row.connection_id is None:
            incident = incident_in(row.thread)
            muted = None if incident is None else await tx.incidents.muted_until(incident, chat_id)
            heard = await planned_of_all(tx, chat_id, row.severity, now, ends=row.severity, muted_until=muted)
        else:
            heard = await planned(tx, row.connection_id, chat_id, row.severity, now, ends=row.severity)
            connection = await tx.connections.get(row.connection_id)
            if connection is not None:
                held = await held_until(tx, connection, chat_id, row.kind, row.failure, now)
        if heard is not None:
            await tx.held.move(row.id, max(heard.at, held))


def facts_of(connection: Connection, trouble: Trouble | None = None) -> dict[str, Any]:
    """What a message about a connection may say of it; none of it is secret."""
    facts: dict[str, Any] = {
        "label": connection.label,
        "exchange": connection.place.exchange,
        "market": connection.place.market.value,
        "environment": connection.place.environment.value,
        "tail": connection.key_tail,
    }
    if trouble is not None:
        facts |= {
            "failure": trouble.failure.value,
            "code": trouble.code,
            "reason": trouble.reason,
            "seen_ip": trouble.seen_ip,
            "boxes": list(trouble.boxes),
        }
    return facts
