"""From flips to messages: in the same transaction as the flip, or not at all."""

from bot.domain.connection import Connection
from bot.domain.health import News, Side, Step
from bot.usecases.alerting import gate_word, tell_recovery, tell_trouble
from bot.usecases.audience import audience
from bot.usecases.posting import facts_of
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
    facts = facts_of(before, step.about) | {"gate": gate_word(step.health), "since": step.health.trouble_since or now}
    for hearer in await audience(tx, before):
        if step.news is News.TROUBLE:
            await tell_trouble(tx, before, step.about, hearer, flip_id, facts, now)
        else:
            await tell_recovery(tx, before, hearer.chat_id, facts | {"lasted": step.lasted or 0.0, "until": now}, now)
    if step.news is News.RECOVERED:
        await tx.alerts.close(before.id, now)
