"""Pause and resume: whether trading may go through a connection. The watch goes on either way."""

from enum import StrEnum

from bot.domain import health as rules
from bot.domain.connection import Connection, ConnectionId
from bot.domain.health import Gate, PausedBy, Step
from bot.usecases.access import owned
from bot.usecases.ports import Clock, Metrics
from bot.usecases.storage import Store, Transaction


class GateOutcome(StrEnum):
    """What a press came to."""

    PAUSED = "paused"
    ALREADY_PAUSED = "already_paused"
    KEPT_PAUSED = "kept_paused"
    """It was paused by the watch; now it stays paused until a person resumes it."""
    RESUMED = "resumed"
    ALREADY_OPEN = "already_open"
    WAITS_FOR_RECOVERY = "waits_for_recovery"
    """The key is not well: the gate reopens by itself as soon as it is."""


class ControlGate:
    """Pauses and resumes, once per press however often it arrives: the state decides, not the button."""

    def __init__(self, store: Store, clock: Clock, metrics: Metrics) -> None:
        self._store = store
        self._clock = clock
        self._metrics = metrics

    async def pause(self, actor_id: int, connection_id: ConnectionId) -> GateOutcome:
        """Stops trading until a person resumes it.

        Raises:
            Gone: the connection is not there.
            NotYours: the actor does not own it.
        """
        async with self._store.transaction() as tx:
            connection = await owned(tx, actor_id, connection_id)
            before = connection.health
            if before.gate is Gate.PAUSED and before.paused_by is PausedBy.PERSON:
                return GateOutcome.ALREADY_PAUSED
            step = rules.pause(before, self._clock.now(), actor_id)
            await self._save(tx, connection, step)
        return GateOutcome.PAUSED if step.flips else GateOutcome.KEPT_PAUSED

    async def resume(self, actor_id: int, connection_id: ConnectionId) -> GateOutcome:
        """Lets trading go on, now or on recovery.

        Raises:
            Gone: the connection is not there.
            NotYours: the actor does not own it.
        """
        async with self._store.transaction() as tx:
            connection = await owned(tx, actor_id, connection_id)
            if connection.health.gate is Gate.OPEN:
                return GateOutcome.ALREADY_OPEN
            step = rules.resume(connection.health, self._clock.now(), actor_id)
            await self._save(tx, connection, step)
        return GateOutcome.RESUMED if step.flips else GateOutcome.WAITS_FOR_RECOVERY

    async def _save(self, tx: Transaction, connection: Connection, step: Step) -> None:
        await tx.connections.save_health(connection.id, step.health)
        await tx.flips.add(connection.id, step.flips)
        for flip in step.flips:
            self._metrics.flip(flip.side, flip.new)
