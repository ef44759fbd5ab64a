"""Acknowledge: somebody has taken an alert up. It is told no more by itself; the watch goes on, and so does the gate.

Owner and operators of the connection may, and it counts for everybody who hears of it: whoever acts is one of them. An
acknowledgement ends by itself: with the trouble, and when there is worse news of the same connection.

All who hear see that somebody has, and as what. By name that is told to those who act, owner and operators, and to the
group in which it was said; who only hears learns of nobody that they could not see anyway.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.connection import Connection
from bot.domain.roles import Deed, Role
from bot.usecases.access import Gone, NotYours, admitted, role_in
from bot.usecases.audience import audience, still_to_hear
from bot.usecases.delivery import Alert
from bot.usecases.ports import Clock, Person
from bot.usecases.storage import Store, Transaction


class AckOutcome(StrEnum):
    """What a press came to."""

    ACKNOWLEDGED = "acknowledged"
    ALREADY = "already"
    OVER = "over"
    """There is nothing to take up any more: the trouble has ended."""


@dataclass(frozen=True, slots=True)
class Attention:
    """What people have done about an alert, as its message shows it.

    Attributes:
        acked_at: epoch seconds; None if nobody has acknowledged it.
        acked_by: the name of who did, as Telegram told it; None if unknown, or none of this chat's business.
        acked_as: what they are to the connection; None if they are nothing any more.
        muted_until: epoch seconds; None if the chat does not mute the connection now.
        zone: the chat's time zone; None if it never said.
        then: who hears of it next unless somebody acknowledges it: names and epoch seconds. Told to its owner alone.
    """

    acked_at: float | None = None
    acked_by: str | None = None
    acked_as: Role | None = None
    muted_until: float | None = None
    zone: str | None = None
    then: Sequence[tuple[str, float]] = ()


@dataclass(frozen=True, slots=True)
class ToldElsewhere:
    """An alert that another chat was told of.

    Attributes:
        hears_as: what that chat is to the connection.
        person: whose private chat it is; None for a group.
    """

    alert: Alert
    connection: Connection
    hears_as: Role
    attention: Attention
    person: Person | None


class AcknowledgeAlerts:
    """Takes alerts up, once per press however often it arrives."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def __call__(self, actor_id: int, alert_id: str) -> AckOutcome:
        """Stops repeats and escalation, in all chats.

        Raises:
            Gone: alert or connection is not there.
            NotYours: the actor may not speak for everybody who hears.
        """
        async with self._store.transaction() as tx:
            alert = await tx.alerts.get(alert_id)
            if alert is None:
                raise Gone
            await admitted(tx, actor_id, alert.connection_id, Deed.ACKNOWLEDGE)
            if alert.closed_at is not None:
                return AckOutcome.OVER
            if alert.acked_at is not None:
                return AckOutcome.ALREADY
            now, here = self._clock.now(), alert.chat_id
            await tx.ringing.acknowledge(alert.connection_id, None, now, actor_id, here=here)
        return AckOutcome.ACKNOWLEDGED

    async def attention(self, alert: Alert, hears_as: Role) -> Attention:
        """What to show under an alert in its chat, which hears in this role."""
        async with self._store.transaction() as tx:
            return await self._attention(tx, alert, hears_as)

    async def elsewhere(self, alert_id: str) -> Sequence[ToldElsewhere]:
        """The same trouble as it stands in all other chats that were told of it. Roles are those of now."""
        async with self._store.transaction() as tx:
            alert = await tx.alerts.get(alert_id)
            connection = await tx.connections.get(alert.connection_id) if alert is not None else None
            if alert is None or connection is None:
                return ()
            roles = {hearer.chat_id: hearer.role for hearer in await audience(tx, connection)}
            return [
                ToldElsewhere(
                    other,
                    connection,
                    roles[other.chat_id],
                    await self._attention(tx, other, roles[other.chat_id]),
                    await tx.people.get(other.chat_id),
                )
                for other in await tx.alerts.open_of(connection.id)
                if other.chat_id != alert.chat_id and other.chat_id in roles and other.message_id is not None
            ]

    async def _attention(self, tx: Transaction, alert: Alert, hears_as: Role) -> Attention:
        muted = await tx.alerts.muted_until(alert.connection_id, alert.chat_id)
        still_muted = muted if muted is not None and muted > self._clock.now() else None
        zone = (await tx.choices.of_chat(alert.chat_id)).known_zone
        if alert.acked_at is None or alert.acked_by is None:
            return Attention(muted_until=still_muted, zone=zone, then=await self._then(tx, alert, hears_as))
        name = None
        if hears_as is not Role.SUBSCRIBER or alert.acked_here:
            who = await tx.people.get(alert.acked_by)
            name = who.name if who else None
        return Attention(alert.acked_at, name, await _role(tx, alert, alert.acked_by), still_muted, zone)

    async def _then(self, tx: Transaction, alert: Alert, hears_as: Role) -> Sequence[tuple[str, float]]:
        connection = await tx.connections.get(alert.connection_id) if hears_as is Role.OWNER else None
        return () if connection is None else await still_to_hear(tx, connection, self._clock.now())


async def _role(tx: Transaction, alert: Alert, person_id: int) -> Role | None:
    connection = await tx.connections.get(alert.connection_id)
    try:
        return None if connection is None else await role_in(tx, connection, person_id)
    except NotYours:
        return None
