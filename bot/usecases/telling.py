"""From flips to messages: in the same transaction as the flip, or not at all."""

import secrets
from typing import Any

from bot.domain.connection import Connection
from bot.domain.failures import Trouble
from bot.domain.health import Gate, Health, News, PausedBy, Side, Step
from bot.usecases import incidents
from bot.usecases.audience import ROLE, audience
from bot.usecases.holding import was_held
from bot.usecases.ports import Alert, Kind
from bot.usecases.posting import facts_of, post, severity_of
from bot.usecases.scene import Scene
from bot.usecases.steadiness import settle_down, told_as_unsteady
from bot.usecases.storage import Transaction


async def tell(
    tx: Transaction,
    scene: Scene,
    current: incidents.Round,
    before: Connection,
    incident_id: int | None,
    step: Step,
    now: float,
) -> None:
    """Writes the flips of a step and, for each chat concerned, the alert and the message about it.

    Args:
        tx: the transaction that also saves ``step.health``.
        scene: what others were answered, by which an outage is told from a key's own trouble.
        current: the incidents of this transaction.
        before: the connection as it was before the step.
        incident_id: the outage that its trouble was told as until now.
        step: what happened.
        now: epoch seconds.
    """
    flip_ids = await tx.flips.add(before.id, step.flips)
    if step.news is None or step.about is None:
        return
    since = step.health.trouble_since or now
    if await _told_as_incident(tx, scene, current, before, incident_id, step, now):
        return
    if await told_as_unsteady(tx, before, step.about, now):
        return
    of_status = [n for n, flip in zip(flip_ids, step.flips, strict=True) if flip.side is Side.STATUS]
    flip_id = of_status[-1] if of_status else await tx.flips.latest_id(before.id) or 0
    about = facts_of(before, step.about) | {"gate": _gate_of(step.health), "since": since}
    for hearer in await audience(tx, before):
        facts = about | {ROLE: hearer.role.value}
        if step.news is News.TROUBLE:
            await _tell_trouble(tx, before, step.about, hearer.chat_id, flip_id, facts, now)
        else:
            await _tell_recovery(tx, before, hearer.chat_id, facts | {"lasted": step.lasted or 0.0, "until": now}, now)
    if step.news is News.RECOVERED:
        await tx.alerts.close(before.id, now)


async def _told_as_incident(
    tx: Transaction,
    scene: Scene,
    current: incidents.Round,
    before: Connection,
    incident_id: int | None,
    step: Step,
    now: float,
) -> bool:
    """Whether the news are an incident's: it joins one, stays in one, or is well again after one."""
    assert step.about is not None
    scope, since = None, step.health.trouble_since or now
    if step.news is News.TROUBLE and not incidents.is_due_alone(current, incident_id, now):
        scope = incidents.belongs(scene, current, before, step.about, since, now)
    if incident_id is not None:
        await incidents.leave(tx, current, before.id, incident_id)  # what it joins now may be another one
    if scope is not None:
        await incidents.join(tx, current, before, step.about, scope, since, now)
        return True
    return incident_id is not None and step.news is News.RECOVERED


async def tell_steady(tx: Transaction, now: float) -> None:
    """Tells of connections that have become steady, and of the trouble of those that are steadily bad."""
    for connection in await settle_down(tx, now):
        health = connection.health
        if health.trouble is None or not health.told:
            continue
        facts = facts_of(connection, health.trouble) | {
            "gate": _gate_of(health),
            "since": health.trouble_since or health.status_since,
        }
        flip_id = await tx.flips.latest_id(connection.id) or 0
        for hearer in await audience(tx, connection):
            await _tell_trouble(tx, connection, health.trouble, hearer.chat_id, flip_id, facts, now)


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
    loud = severity_of(Kind.ALERT, trouble.failure)
    await post(tx, connection, Kind.ALERT, chat_id, facts, now, severity=loud, alert_id=alert_id)


async def _tell_recovery(
    tx: Transaction, connection: Connection, chat_id: int, facts: dict[str, Any], now: float
) -> None:
    present = await tx.alerts.open_of(connection.id, chat_id)
    if await was_held(tx, connection, chat_id, now) and all(alert.message_id is None for alert in present):
        return  # both fell into a maintenance window
    muted = await tx.alerts.muted_until(connection.id, chat_id)
    if muted is not None and muted > now and await tx.outbox.withdraw(connection.id, chat_id, Kind.ALERT):
        heard = any(alert.message_id is not None for alert in present)
        if not heard:
            return  # trouble and recovery both fell into the silence that was asked for
    about = present[-1].id if present else None
    await post(tx, connection, Kind.RECOVERED, chat_id, facts, now, alert_id=about)


def _gate_of(health: Health) -> str:
    """``open``, ``paused`` (by the watch) or ``paused_by_person``."""
    if health.gate is Gate.PAUSED and health.paused_by is PausedBy.PERSON:
        return "paused_by_person"
    return health.gate.value
