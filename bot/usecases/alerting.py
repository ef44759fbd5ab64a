"""The life of one alert in one chat: opened by trouble, perhaps told again, ended with the trouble.

An alert is a row of its own only where its chat hears of it, or will if nobody acknowledges it in time. So its end is
told exactly where it was told itself.
"""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.choices import UNTIL_RECOVERY
from bot.domain.connection import Connection, ConnectionId
from bot.domain.failures import Failure, Severity, Trouble, policy_of
from bot.domain.health import Gate, Health, PausedBy
from bot.domain.repeating import hears_from, is_repeated, next_repeat
from bot.usecases.audience import THEN, Hearer, Role, audience, still_to_hear
from bot.usecases.delivery import Alert, Kind
from bot.usecases.holding import held_until
from bot.usecases.posting import planned, post, replan, severity_of
from bot.usecases.storage import Transaction


async def tell_trouble(
    tx: Transaction,
    connection: Connection,
    trouble: Trouble,
    hearer: Hearer,
    flip_id: int,
    facts: Mapping[str, Any],
    now: float,
) -> None:
    """Tells a chat of a trouble, new or worse: now, when it may be told, or once nobody has acknowledged it in time."""
    present = await tx.alerts.open_of(connection.id, hearer.chat_id)
    loud = severity_of(Kind.ALERT, trouble.failure)
    if hearer.escalate_after is not None and not (present and not present[-1].waits):
        if is_repeated(loud) and (not present or present[-1].acked_at is not None):
            alert_id = await _alert_for(tx, present, connection, trouble, hearer.chat_id, flip_id, now)
            await tx.ringing.wait(alert_id, trouble.failure, hears_from(now, hearer.escalate_after))
        return
    heard = await planned(tx, connection.id, hearer.chat_id, loud, now)
    if heard is None:
        return
    # What is held is less true than what is told now.
    await tx.held.withdraw(connection.id, hearer.chat_id, (Kind.ALERT,), now)
    await withdraw_repeats(tx, connection.id, hearer.chat_id)
    if heard.at <= now:
        await tx.held.withdraw(connection.id, hearer.chat_id, (Kind.RECOVERED,), now)
    alert_id = await _alert_for(tx, present, connection, trouble, hearer.chat_id, flip_id, now)
    at = max(heard.at, await held_until(tx, connection, hearer.chat_id, Kind.ALERT, trouble.failure, now))
    await tx.ringing.start(alert_id, trouble.failure, next_repeat(at, 0) if is_repeated(loud) else None)
    if hearer.role is Role.OWNER:
        facts = {**facts, THEN: await still_to_hear(tx, connection, now)}
    await post(tx, connection, Kind.ALERT, hearer.chat_id, facts, now, severity=loud, alert_id=alert_id)


async def tell_recovery(
    tx: Transaction, connection: Connection, chat_id: int, facts: Mapping[str, Any], now: float
) -> None:
    """Tells a chat of the end of a trouble it heard of; what it has not heard yet, it need not hear any more."""
    present = [alert for alert in await tx.alerts.open_of(connection.id, chat_id) if not alert.waits]
    waited_for = await _waits(tx, connection.id, chat_id)
    withdrawn = await tx.held.withdraw(connection.id, chat_id, (Kind.ALERT,), now)
    await withdraw_repeats(tx, connection.id, chat_id)
    await _end_wait(tx, connection.id, chat_id, now)
    if not present:
        return
    heard = any(alert.message_id is not None for alert in present)
    if withdrawn and not heard and not waited_for:
        return  # trouble and recovery both fell into the silence that was asked for
    about = present[-1]
    await post(tx, connection, Kind.RECOVERED, chat_id, facts, now, alert_id=about.id, ends=severity_told(about))


async def told_otherwise(tx: Transaction, connection: Connection, now: float) -> None:
    """Its trouble is told as something else from now on: no alert of its own is held, waits or rings any more."""
    for hearer in await audience(tx, connection):
        await tx.held.withdraw(connection.id, hearer.chat_id, (Kind.ALERT,), now)
        await withdraw_repeats(tx, connection.id, hearer.chat_id)
    await tx.alerts.close(connection.id, now)


async def wait_no_longer(tx: Transaction, connection: Connection, now: float) -> None:
    """A connection is well, which is told as something else: mutes until recovery end with it."""
    for hearer in await audience(tx, connection):
        await _end_wait(tx, connection.id, hearer.chat_id, now)


async def withdraw_repeats(tx: Transaction, connection_id: ConnectionId, chat_id: int) -> None:
    """Takes back repeats that nobody has been sent yet: due or not, they are no longer true."""
    await tx.held.withdraw(connection_id, chat_id, (Kind.REPEAT,), float("-inf"))


def severity_told(alert: Alert) -> Severity:
    """How severe the trouble is that an alert tells of."""
    return policy_of(Failure(alert.failure)).severity


def gate_word(health: Health) -> str:
    """``open``, ``paused`` (by the watch) or ``paused_by_person``."""
    if health.gate is Gate.PAUSED and health.paused_by is PausedBy.PERSON:
        return "paused_by_person"
    return health.gate.value


async def _waits(tx: Transaction, connection_id: ConnectionId, chat_id: int) -> bool:
    muted = await tx.alerts.muted_until(connection_id, chat_id)
    return muted is not None and muted >= UNTIL_RECOVERY


async def _end_wait(tx: Transaction, connection_id: ConnectionId, chat_id: int, now: float) -> None:
    if await _waits(tx, connection_id, chat_id):
        await tx.alerts.mute(connection_id, chat_id, now)
        await replan(tx, chat_id, now)


async def _alert_for(
    tx: Transaction,
    present: Sequence[Alert],
    connection: Connection,
    trouble: Trouble,
    chat_id: int,
    flip_id: int,
    now: float,
) -> str:
    if present:
        return present[-1].id  # later news of the same trouble: a reply under the same alert
    alert_id = secrets.token_urlsafe(12)
    await tx.alerts.add(Alert(alert_id, connection.id, chat_id, trouble.failure.value, now, flip_id))
    return alert_id
