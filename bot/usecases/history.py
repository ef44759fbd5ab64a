"""Look back: what became of a connection, for its owner."""

from dataclasses import dataclass
from typing import Final

from bot.domain.connection import Connection, ConnectionId
from bot.domain.history import HOUR, History, Span, look_back
from bot.usecases.access import owned
from bot.usecases.ports import Clock
from bot.usecases.storage import Store, Transaction

FLIPS_READ: Final = 30
"""More than is shown anywhere of a history."""


@dataclass(frozen=True, slots=True)
class LookedBack:
    """A connection with its history, as of ``now`` (epoch seconds)."""

    connection: Connection
    history: History
    now: float


class LookBack:
    """One connection's history, for whoever may see it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def __call__(self, actor_id: int, connection_id: ConnectionId, span: Span) -> LookedBack:
        """The history over a span.

        Raises:
            Gone: the connection is not there.
            NotYours: the actor does not own it.
        """
        async with self._store.transaction() as tx:
            connection = await owned(tx, actor_id, connection_id)
            return await history_of(tx, connection, span, self._clock.now())


async def history_of(tx: Transaction, connection: Connection, span: Span, now: float) -> LookedBack:
    """The same for who asked already whether it may be seen: a digest, say, with one for each of its connections."""
    rollups = await tx.rollups.of(connection.id, span.first_hour(now), int(now) // HOUR)
    flips = await tx.flips.latest(connection.id, FLIPS_READ)
    return LookedBack(connection, look_back(rollups, flips, span, now, connection.created_at), now)
