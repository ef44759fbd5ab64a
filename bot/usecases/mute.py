"""Mute: a chat hears nothing of a connection for a while. The watch goes on, and so does the gate."""

from bot.domain.connection import ConnectionId
from bot.domain.muting import MuteFor, muted_until
from bot.domain.repeating import next_repeat
from bot.domain.roles import Deed
from bot.usecases.access import speaking_for
from bot.usecases.ports import Clock
from bot.usecases.posting import replan
from bot.usecases.storage import Store


class NothingToMute(Exception):  # noqa: N818 - it states the condition
    """A mute until recovery was asked for, and nothing is wrong."""


class MuteConnections:
    """Mutes a connection in one chat, and only there. Each call checks the actor anew.

    Everybody who hears mutes for their own chat; for a group that hears, whoever may control the connection. All raise
    ``Gone`` or ``NotYours``.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def mute(self, actor_id: int, connection_id: ConnectionId, chat_id: int, how_long: MuteFor) -> float:
        """Holds the connection's news; returns until when. What is still true then is told then.

        Raises:
            NothingToMute: see there.
        """
        now = self._clock.now()
        async with self._store.transaction() as tx:
            connection = await speaking_for(tx, actor_id, connection_id, chat_id, Deed.MUTE)
            if how_long is MuteFor.RECOVERY and not connection.health.told:
                raise NothingToMute
            zone = (await tx.choices.of_chat(chat_id)).known_zone
            until = muted_until(how_long, now, zone)
            await tx.alerts.mute(connection_id, chat_id, until)
            await replan(tx, chat_id, now)
        return until

    async def unmute(self, actor_id: int, connection_id: ConnectionId, chat_id: int) -> None:
        """News come through again; what was held comes now, or when quiet hours let it."""
        now = self._clock.now()
        async with self._store.transaction() as tx:
            await speaking_for(tx, actor_id, connection_id, chat_id, Deed.MUTE)
            if (await tx.alerts.muted_until(connection_id, chat_id) or 0.0) <= now:
                return
            await tx.alerts.mute(connection_id, chat_id, now)
            await replan(tx, chat_id, now)
            await tx.ringing.sooner(chat_id, next_repeat(now, 0), connection_id)
