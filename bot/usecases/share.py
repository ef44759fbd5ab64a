"""Share a connection: its owner invites, looks who hears, takes back."""

import base64
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.domain.connection import Connection, ConnectionId
from bot.domain.names import shown_name
from bot.domain.roles import Role
from bot.usecases.access import owned
from bot.usecases.news_of_sharing import end
from bot.usecases.ports import Clock
from bot.usecases.sharing_storage import Ended, Invite, Subscription
from bot.usecases.storage import Store

LIFETIME: Final = 48 * 3600.0
"""Seconds an invitation can be accepted."""
MOST_HEARERS: Final = 50
MOST_PENDING: Final = 20
"""For each connection: every alert goes to each of them."""


class TooMany(Exception):  # noqa: N818 - it states the condition
    """As many hear of the connection, or are invited to, as may."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who hears of a connection, and who may yet.

    Attributes:
        later: seconds that an alert must stay unacknowledged before a chat hears of it; others hear at once.
    """

    connection: Connection
    subscriptions: Sequence[Subscription]
    invites: Sequence[Invite]
    later: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Invited:
    """A new invitation. The token is told once, here: nobody can look it up later."""

    token: str
    invite: Invite
    connection: Connection
    inviter: str


class ShareConnections:
    """What an owner does about who hears. Each call checks the actor anew; all raise ``Gone`` or ``NotYours``."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def of(self, actor_id: int, connection_id: ConnectionId) -> Sharing:
        """Who hears of it now."""
        async with self._store.transaction() as tx:
            connection = await owned(tx, actor_id, connection_id)
            hearers = await tx.subscriptions.of_connection(connection_id)
            invites = await tx.invites.pending(connection_id, self._clock.now())
            return Sharing(connection, hearers, invites, await tx.choices.escalations(connection_id))

    async def invite(
        self,
        actor_id: int,
        connection_id: ConnectionId,
        role: Role,
        *,
        for_chat: int | None = None,
        for_name: str | None = None,
    ) -> Invited:
        """A new invitation, for whoever comes with its token or for one chat alone. A group only ever hears.

        Raises:
            TooMany: see there.
        """
        if role is Role.OWNER or (for_chat is not None and for_chat < 0):
            role = Role.SUBSCRIBER
        token, now = new_token(), self._clock.now()
        async with self._store.transaction() as tx:
            connection = await owned(tx, actor_id, connection_id)
            hearing = len(await tx.subscriptions.of_connection(connection_id))
            pending = len(await tx.invites.pending(connection_id, now))
            if pending >= MOST_PENDING or hearing + pending >= MOST_HEARERS:
                raise TooMany
            invite = Invite(
                secrets.token_urlsafe(12),
                connection_id,
                role,
                actor_id,
                now,
                now + LIFETIME,
                for_chat,
                "" if for_chat is None else shown_name(for_name),
            )
            await tx.invites.add(invite, hash_of(token))
            inviter = await tx.people.get(actor_id)
        return Invited(token, invite, connection, shown_name(inviter.name if inviter else None))

    async def revoke(self, actor_id: int, connection_id: ConnectionId, invite_id: str) -> bool:
        """Takes an invitation back; False if it could not be used any more anyway."""
        async with self._store.transaction() as tx:
            await owned(tx, actor_id, connection_id)
            return await tx.invites.revoke(connection_id, invite_id, self._clock.now())

    async def remove(self, actor_id: int, connection_id: ConnectionId, chat_id: int) -> Subscription | None:
        """Somebody hears no more, and is told so; None if they did not hear of it anyway."""
        async with self._store.transaction() as tx:
            connection = await owned(tx, actor_id, connection_id)
            return await end(tx, connection, chat_id, Ended.REMOVED, self._clock.now())


def new_token() -> str:
    """120 random bits as 24 characters of a-z and 2-7.

    One case, so that no token looks like an exchange's key: the guard would delete the message that brings it.
    """
    return base64.b32encode(secrets.token_bytes(15)).decode().lower()


def hash_of(token: str) -> str:
    """What is kept of a token. Plain SHA-256 is enough for what nobody can guess."""
    return hashlib.sha256(f"latchkey/invite/{token}".encode()).hexdigest()
