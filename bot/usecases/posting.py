"""The one way of news about a connection into the outbox: how loud they are, and whether and when a chat hears them."""

from collections.abc import Mapping
from typing import Any, Final

from bot.domain.connection import Connection
from bot.domain.failures import Failure, Severity, Trouble, policy_of
from bot.usecases.audience import facts_for
from bot.usecases.holding import held_until
from bot.usecases.ports import Kind, OutboxItem
from bot.usecases.storage import Transaction

_SEVERITIES: Final[Mapping[Kind, Severity]] = {
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
    thread: str | None = None,
    edit: bool = False,
    not_before: float = 0.0,
) -> int:
    """Puts a message about a connection into a chat's outbox, when that chat wants to hear it; returns the row's id.

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
        thread: see ``OutboxItem``.
        edit: changes the thread's message instead of sending another.
        not_before: epoch seconds; not earlier than that.
    """
    loud = severity or severity_of(kind)
    muted = await tx.alerts.muted_until(connection.id, chat_id)
    failure = Failure(facts["failure"]) if "failure" in facts else None
    held = await held_until(tx, connection, chat_id, kind, failure, now)
    return await tx.outbox.add(
        OutboxItem(
            id=0,
            chat_id=chat_id,
            kind=kind,
            args=facts_for(connection, chat_id, facts),
            created_at=now,
            not_before=max(now, not_before, muted or 0.0, held),
            alert_id=alert_id,
            connection_id=connection.id,
            silent=silent or loud is Severity.INFO,
            severity=loud,
            thread=thread,
            edit=edit,
        )
    )


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
