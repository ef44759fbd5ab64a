"""Ring: tell critical alerts that nobody has acknowledged again, and to who comes second.

How often an alert was told, and when it is next, is written in the commit that puts the message into the outbox: after
a crash nothing is told twice and nothing is forgotten. What was missed in a long absence is told once.
"""

from collections.abc import Callable

from bot.domain.choices import Hearing
from bot.domain.connection import Connection
from bot.domain.failures import Severity
from bot.domain.repeating import THEN_EVERY, is_repeated, next_repeat
from bot.usecases.alerting import gate_word, severity_told
from bot.usecases.audience import ROLE, THEN, Role, audience, still_to_hear
from bot.usecases.control_storage import Rung
from bot.usecases.delivery import Alert, Kind
from bot.usecases.ports import Clock
from bot.usecases.posting import facts_of, planned, post
from bot.usecases.storage import Store, Transaction

PAGE = 50
"""Alerts in one transaction: few, since whoever wants to delete a secret waits for the end of it."""


class RingAlerts:
    """Looks for alerts whose time has come; to be called every few seconds."""

    def __init__(self, store: Store, clock: Clock, on_news: Callable[[], None] = lambda: None) -> None:
        self._store = store
        self._clock = clock
        self._on_news = on_news

    async def __call__(self) -> None:
        """One look.

        Raises:
            StoreUnavailable: the rest rings next time.
        """
        while True:
            async with self._store.transaction() as tx:
                now = self._clock.now()
                due = await tx.ringing.due(now, PAGE)
                for rung in due:
                    await _ring(tx, rung, now)
            if due:
                self._on_news()
            if len(due) < PAGE:
                return


async def _ring(tx: Transaction, rung: Rung, now: float) -> None:
    """Every way through here stops the alert or moves its time on."""
    alert = rung.alert
    connection = await tx.connections.get(alert.connection_id)
    if connection is None or connection.health.trouble is None or alert.closed_at is not None:
        await tx.ringing.stop(alert.id)
        return
    person = await tx.people.get(alert.chat_id)
    heard = await planned(tx, connection.id, alert.chat_id, Severity.CRITICAL, now)
    if heard is None or not is_repeated(severity_told(alert)):
        await tx.ringing.stop(alert.id)
    elif (role := await _role_of(tx, connection, alert.chat_id)) is None:
        await tx.ringing.stop(alert.id)  # no longer a chat that hears of it
    elif heard.at > now:
        await tx.ringing.put_off(alert.id, heard.at)  # muted, or quiet
    elif person is not None and not person.reachable:
        await tx.ringing.put_off(alert.id, now + THEN_EVERY)  # when they come back, it is sooner
    elif alert.waits:
        await _hand_on(tx, connection, alert, role, heard, now)
    elif await _is_on_its_way(tx, connection, alert):
        await tx.ringing.put_off(alert.id, next_repeat(now, 0))  # Telegram is slow: what was said has not arrived
    elif alert.message_id is None:
        await _tell_after_all(tx, connection, rung, role, now)
    else:
        await _repeat(tx, connection, rung, role, now)


async def _is_on_its_way(tx: Transaction, connection: Connection, alert: Alert) -> bool:
    kinds = (Kind.ALERT, Kind.REPEAT)
    return any([await tx.held.unsent(connection.id, alert.chat_id, kind) for kind in kinds])


async def _role_of(tx: Transaction, connection: Connection, chat_id: int) -> Role | None:
    hearers = await audience(tx, connection)
    return next((hearer.role for hearer in hearers if hearer.chat_id == chat_id), None)


async def _hand_on(
    tx: Transaction, connection: Connection, alert: Alert, role: Role, heard: Hearing, now: float
) -> None:
    """Nobody has acknowledged it in time: it is told in a further chat."""
    await tx.ringing.start(alert.id, alert.failure, next_repeat(heard.at, 0))
    facts = _facts(connection, alert) | {ROLE: role.value, "escalated": True}
    await post(tx, connection, Kind.ALERT, alert.chat_id, facts, now, severity=Severity.CRITICAL, alert_id=alert.id)


async def _tell_after_all(tx: Transaction, connection: Connection, rung: Rung, role: Role, now: float) -> None:
    """It was given up, because its chat was gone or Telegram refused it; or it was said where the group is no more."""
    alert = rung.alert
    await tx.ringing.rang(alert.id, next_repeat(now, rung.rings + 1))
    facts = _facts(connection, alert) | {ROLE: role.value}
    await post(tx, connection, Kind.ALERT, alert.chat_id, facts, now, severity=Severity.CRITICAL, alert_id=alert.id)


async def _repeat(tx: Transaction, connection: Connection, rung: Rung, role: Role, now: float) -> None:
    alert = rung.alert
    after = next_repeat(now, rung.rings + 1)
    await tx.ringing.rang(alert.id, after)
    facts = _facts(connection, alert) | {ROLE: role.value, "again_in": after - now}
    if role is Role.OWNER:
        facts[THEN] = await still_to_hear(tx, connection, now)
    await post(tx, connection, Kind.REPEAT, alert.chat_id, facts, now, alert_id=alert.id)


def _facts(connection: Connection, alert: Alert) -> dict[str, object]:
    """As things are now: the cause may be another one than when it was told."""
    health = connection.health
    since = health.trouble_since if health.trouble_since is not None else alert.opened_at
    return facts_of(connection, health.trouble) | {"gate": gate_word(health), "since": since}
