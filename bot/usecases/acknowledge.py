"""Acknowledge: somebody has taken an alert up. It is told no more by itself; the watch goes on, and so does the gate.

Owner and operators of the connection may, and it counts for everybody who hears of it: whoever acts is one of them. An
acknowledgement ends by itself: with the trouble, and when there is worse news of the same connection.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.roles import Deed
from bot.usecases.access import Gone, admitted
from bot.usecases.ports import Alert, Clock
from bot.usecases.storage import Store


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
        acked_by: the name of who did, as Telegram told it; None if unknown.
        muted_until: epoch seconds; None if the chat does not mute the connection now.
        zone: the chat's time zone; None if it never said.
    """

    acked_at: float | None = None
    acked_by: str | None = None
    muted_until: float | None = None
    zone: str | None = None


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
            await tx.ringing.acknowledge(alert.connection_id, None, self._clock.now(), actor_id)
        return AckOutcome.ACKNOWLEDGED

    async def attention(self, alert: Alert) -> Attention:
        """What to show under an alert."""
        now = self._clock.now()
        async with self._store.transaction() as tx:
            muted = await tx.alerts.muted_until(alert.connection_id, alert.chat_id)
            who = None if alert.acked_by is None else await tx.people.get(alert.acked_by)
            zone = (await tx.choices.of_chat(alert.chat_id)).known_zone
        still_muted = muted if muted is not None and muted > now else None
        return Attention(alert.acked_at, who.name if who else None, still_muted, zone)
