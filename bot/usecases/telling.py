"""From flips to messages: in the same transaction as the flip, or not at all."""

import secrets
from typing import Any

from bot.domain.connection import Connection
from bot.domain.failures import Trouble
from bot.domain.health import Gate, News, PausedBy, Side, Step
from bot.usecases.ports import Alert, Kind, OutboxItem
from bot.usecases.storage import Transaction


async def tell(tx: Transaction, before: Connection, step: Step, now: float) -> None:
    """Writes the flips of a step and, for each chat concerned, the alert and the message about it.

    Args:
        tx: the transaction that also saves ``step.health``.
        before: the connection as it was before the step.
        step: what happened.
        now: epoch seconds.
    """
    flip_ids = await tx.flips.add(before.id, step.flips)
    if step.news is None or step.about is None:
        return
    of_status = [n for n, flip in zip(flip_ids, step.flips, strict=True) if flip.side is Side.STATUS]
    flip_id = of_status[-1] if of_status else await tx.flips.latest_id(before.id) or 0
    facts = facts_of(before, step.about) | {"gate": _gate(step), "since": step.health.trouble_since or now}
    for chat_id in audience(before):
        if step.news is News.TROUBLE:
            await _tell_trouble(tx, before, step.about, chat_id, flip_id, facts, now)
        else:
            await _tell_recovery(tx, before, chat_id, facts | {"lasted": step.lasted or 0.0, "until": now}, now)
    if step.news is News.RECOVERED:
        await tx.alerts.close(before.id, now)


def audience(connection: Connection) -> tuple[int, ...]:
    """The chats that hear of a connection: its owner's private chat, whose id is the owner's."""
    return (connection.owner_id,)


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


async def _tell_trouble(
    tx: Transaction,
    connection: Connection,
    trouble: Trouble,
    chat_id: int,
    flip_id: int,
    facts: dict[str, Any],
    now: float,
) -> None:
    present = await tx.alerts.open_of(connection.id, chat_id)
    if present:
        alert_id = present[-1].id  # later news of the same trouble: a reply under the same alert
    else:
        alert_id = secrets.token_urlsafe(12)
        await tx.alerts.add(Alert(alert_id, connection.id, chat_id, trouble.failure.value, now, flip_id))
    await _post(tx, connection, Kind.ALERT, alert_id, chat_id, facts, now)


async def _tell_recovery(
    tx: Transaction, connection: Connection, chat_id: int, facts: dict[str, Any], now: float
) -> None:
    present = await tx.alerts.open_of(connection.id, chat_id)
    muted = await tx.alerts.muted_until(connection.id, chat_id)
    if muted is not None and muted > now and await tx.outbox.withdraw(connection.id, chat_id, Kind.ALERT):
        heard = any(alert.message_id is not None for alert in present)
        if not heard:
            return  # trouble and recovery both fell into the silence that was asked for
    await _post(tx, connection, Kind.RECOVERED, present[-1].id if present else None, chat_id, facts, now)


async def _post(
    tx: Transaction,
    connection: Connection,
    kind: Kind,
    alert_id: str | None,
    chat_id: int,
    facts: dict[str, Any],
    now: float,
) -> None:
    muted = await tx.alerts.muted_until(connection.id, chat_id)
    await tx.outbox.add(
        OutboxItem(
            id=0,
            chat_id=chat_id,
            kind=kind,
            args=facts,
            created_at=now,
            not_before=max(now, muted or 0.0),
            alert_id=alert_id,
            connection_id=connection.id,
        )
    )


def _gate(step: Step) -> str:
    """``open``, ``paused`` (by the watch) or ``paused_by_person``."""
    health = step.health
    if health.gate is Gate.PAUSED and health.paused_by is PausedBy.PERSON:
        return "paused_by_person"
    return health.gate.value
