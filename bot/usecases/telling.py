"""From flips to messages: in the same transaction as the flip, or not at all."""

from bot.domain.connection import Connection
from bot.domain.health import News, Side, Step
from bot.usecases import incidents
from bot.usecases.alerting import gate_word, tell_recovery, tell_trouble, told_otherwise, wait_no_longer
from bot.usecases.audience import ROLE, audience, second_first
from bot.usecases.posting import facts_of
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
    about = facts_of(before, step.about) | {"gate": gate_word(step.health), "since": since}
    for hearer in second_first(await audience(tx, before)):
        facts = about | {ROLE: hearer.role.value}
        if step.news is News.TROUBLE:
            await tell_trouble(tx, before, step.about, hearer, flip_id, facts, now)
        else:
            await tell_recovery(tx, before, hearer.chat_id, facts | {"lasted": step.lasted or 0.0, "until": now}, now)
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
        await incidents.leave(tx, current, before.id, incident_id, now)  # what it joins now may be another one
    if scope is not None:
        await told_otherwise(tx, before, now)
        await incidents.join(tx, current, before, step.about, scope, since, now)
        return True
    if incident_id is not None and step.news is News.RECOVERED:
        await wait_no_longer(tx, before, now)
        return True
    return False


async def tell_steady(tx: Transaction, now: float) -> None:
    """Tells of connections that have become steady, and of the trouble of those that are steadily bad."""
    for connection in await settle_down(tx, now):
        health = connection.health
        if health.trouble is None or not health.told:
            continue
        about = facts_of(connection, health.trouble) | {
            "gate": gate_word(health),
            "since": health.trouble_since or health.status_since,
        }
        flip_id = await tx.flips.latest_id(connection.id) or 0
        for hearer in second_first(await audience(tx, connection)):
            if await tx.alerts.open_of(connection.id, hearer.chat_id):
                continue  # a dead key, or a danger: that was told when it began
            facts = about | {ROLE: hearer.role.value}
            await tell_trouble(tx, connection, health.trouble, hearer, flip_id, facts, now)
