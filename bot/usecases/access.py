"""Who may do what. Every press and every command asks anew, with the id of whoever pressed, never of where."""

from bot.domain.connection import Connection, ConnectionId
from bot.domain.roles import Deed, Role, may
from bot.usecases.storage import Transaction


class Gone(Exception):  # noqa: N818 - it states the condition
    """The connection is no longer there."""


class NotYours(Exception):  # noqa: N818 - it states the condition
    """Whoever asks is nobody to the connection."""


class Elsewhere(NotYours):
    """Asked for in another chat than the one it was told in."""


class NoLonger(NotYours):
    """Whoever asks was subscribed to it once."""


class OnlyHears(NotYours):
    """Whoever asks hears of it, and may not do this."""


async def owned(tx: Transaction, actor_id: int, connection_id: ConnectionId) -> Connection:
    """The connection, if it is there and belongs to the actor.

    Raises:
        Gone: it is not there.
        NotYours: it is somebody else's.
    """
    connection, _ = await admitted(tx, actor_id, connection_id, Deed.MANAGE)
    return connection


async def admitted(tx: Transaction, actor_id: int, connection_id: ConnectionId, deed: Deed) -> tuple[Connection, Role]:
    """The connection and the actor's role, if it is there and the role admits the deed, now.

    Raises:
        Gone: it is not there.
        NotYours: the actor may not; ``NoLonger`` and ``OnlyHears`` say why, where there is a reason to give.
    """
    connection = await tx.connections.get(connection_id)
    if connection is None:
        raise Gone
    role = await role_in(tx, connection, actor_id)
    if may(role, deed):
        return connection, role
    raise OnlyHears


async def speaking_for(
    tx: Transaction, actor_id: int, connection_id: ConnectionId, chat_id: int, deed: Deed
) -> Connection:
    """For one's own chat everybody whose role admits it; for a group whoever may control, if the group hears of it.

    Raises:
        Gone: the connection is not there.
        NotYours: the actor may not.
    """
    own = actor_id == chat_id
    connection, _ = await admitted(tx, actor_id, connection_id, deed if own else Deed.SPEAK_FOR_GROUP)
    if not own:
        await role_in(tx, connection, chat_id)
    return connection


async def role_in(tx: Transaction, connection: Connection, chat_id: int) -> Role:
    """What a person (by their private chat, whose id is theirs) or a group is to the connection.

    Raises:
        NotYours: nothing, or no longer anything.
    """
    if connection.owner_id == chat_id:
        return Role.OWNER
    subscription = await tx.subscriptions.get(connection.id, chat_id)
    if subscription is None:
        raise NotYours
    if subscription.ended is not None:
        raise NoLonger
    return subscription.role
