"""Who may do what. Every press and every command asks anew, with the id of whoever pressed, never of where."""

from bot.domain.connection import Connection, ConnectionId
from bot.usecases.storage import Transaction


class Gone(Exception):  # noqa: N818 - it states the condition
    """The connection is no longer there."""


class NotYours(Exception):  # noqa: N818 - it states the condition
    """Whoever asks does not own the connection."""


async def owned(tx: Transaction, actor_id: int, connection_id: ConnectionId) -> Connection:
    """The connection, if it is there and belongs to the actor.

    Raises:
        Gone: it is not there.
        NotYours: it is somebody else's.
    """
    connection = await tx.connections.get(connection_id)
    if connection is None:
        raise Gone
    if connection.owner_id != actor_id:
        raise NotYours
    return connection
