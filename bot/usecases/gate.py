"""Pause and resume: whether trading may go through a connection. The watch goes on either way."""

from enum import StrEnum

from bot.domain import health as rules
from bot.domain.connection import Connection, ConnectionId
from bot.domain.health import Gate, PausedBy, Step
from bot.domain.roles import Deed, Role
from bot.usecases.access import admitted
from bot.usecases.news_of_sharing import SharingEvent, tell_owner
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
            NotYours: the actor is neither its owner nor an operator of it.
        """
        async with self._store.transaction() as tx:
            connection, role = await admitted(tx, actor_id, connection_id, Deed.PAUSE)
            before = connection.health
            if before.gate is Gate.PAUSED and before.paused_by is PausedBy.PERSON:
                return GateOutcome.ALREADY_PAUSED
            step = rules.pause(before, self._clock.now(), actor_id)
            await self._save(tx, connection, step)
            await self._tell(tx, connection, role, actor_id, SharingEvent.PAUSED)
        return GateOutcome.PAUSED if step.flips else GateOutcome.KEPT_PAUSED

    async def resume(self, actor_id: int, connection_id: ConnectionId) -> GateOutcome:
        """Lets trading go on, now or on recovery.

        Raises:
            Gone: the connection is not there.
            NotYours: the actor is neither its owner nor an operator of it.
        """
        async with self._store.transaction() as tx:
            connection, role = await admitted(tx, actor_id, connection_id, Deed.RESUME)
            if connection.health.gate is Gate.OPEN:
                return GateOutcome.ALREADY_OPEN
            step = rules.resume(connection.health, self._clock.now(), actor_id)
            await self._save(tx, connection, step)
            await self._tell(tx, connection, role, actor_id, SharingEvent.RESUMED)
        return GateOutcome.RESUMED if step.flips else GateOutcome.WAITS_FOR_RECOVERY

    async def _save(self, tx: Transaction, connection: Connection, step: Step) -> None:
        await tx.connections.save_health(connection.id, step.health)
        await tx.flips.add(connection.id, step.flips)
        for flip in step.flips:
            self._metrics.flip(flip.side, flip.new)

    async def _tell(
        self, tx: Transaction, connection: Connection, role: Role, actor_id: int, event: SharingEvent
    ) -> None:
        """What an operator of the connection did, its owner hears."""
        if role is not Role.OWNER:
            subscription = await tx.subscriptions.get(connection.id, actor_id)
            name = subscription.name if subscription else ""
            await tell_owner(tx, connection, event, name, self._clock.now())
