"""Hear of somebody else's connection: accept or decline an invitation, look, leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.connection import Connection, ConnectionId
from bot.domain.names import shown_name
from bot.domain.roles import Deed, Role
from bot.usecases.access import Gone, NotYours, admitted, role_in, speaking_for
from bot.usecases.news_of_sharing import SharingEvent, chat_lost, end, tell_owner
from bot.usecases.ports import Clock
from bot.usecases.share import MOST_HEARERS, hash_of
from bot.usecases.sharing_storage import Ended, Invite, Subscription
from bot.usecases.storage import Store, Transaction


class Unusable(StrEnum):
    """Why an invitation comes to nothing."""

    UNKNOWN = "unknown"
    """Made up, long over, or its connection is gone."""
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"
    NOT_FOR_YOU = "not-for-you"
    OWN = "own"
    ALREADY = "already"
    """This chat hears of it already; the invitation stays as it is."""
    FULL = "full"
    NOT_FOR_GROUPS = "not-for-groups"


class CannotAccept(Exception):  # noqa: N818 - it states the condition
    """The invitation cannot be accepted here and now."""

    def __init__(self, why: Unusable) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the invited are told before they decide. Nothing in it leads to the key."""

    invite: Invite
    connection: Connection
    inviter: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One connection as a chat hears of it.

    Attributes:
        muted_until: epoch seconds; None if it comes through.
        later: seconds that an alert must stay unacknowledged before this chat hears of it; None hears at once.
    """

    subscription: Subscription
    connection: Connection
    muted_until: float | None = None
    later: float | None = None


class HearOfConnections:
    """What the invited and the subscribed do. Each call looks anew who asks and what they are to the connection."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    # ------------------------------------------------------------------------------------------------- invitations

    async def look(self, token: str, chat_id: int) -> Invitation:
        """What one is invited to in this chat. Nothing changes by looking.

        Raises:
            CannotAccept: see there.
        """
        async with self._store.transaction() as tx:
            return await self._usable(tx, token, chat_id)

    async def accept(self, token: str, chat_id: int, name: str | None) -> Invitation:
        """From now on this chat hears of it; its owner is told. The same token never does it twice.

        Args:
            token: of the invitation.
            chat_id: a person's private chat, or a group that somebody entitled answers for.
            name: of the person or the group.

        Raises:
            CannotAccept: see there.
        """
        now, shown = self._clock.now(), shown_name(name)
        async with self._store.transaction() as tx:
            invitation = await self._usable(tx, token, chat_id)
            invite, connection = invitation.invite, invitation.connection
            if len(await tx.subscriptions.of_connection(connection.id)) >= MOST_HEARERS:
                raise CannotAccept(Unusable.FULL)
            if not await tx.invites.use(invite.id, chat_id, now):
                raise CannotAccept(Unusable.USED)
            await tx.subscriptions.put(Subscription(connection.id, chat_id, invite.role, shown, invite.created_by, now))
            await tell_owner(tx, connection, SharingEvent.ACCEPTED, shown, now)
        return invitation

    async def decline(self, token: str, chat_id: int, name: str | None) -> Invitation:
        """The invitation is over, and its owner told. Raises ``CannotAccept``."""
        now = self._clock.now()
        async with self._store.transaction() as tx:
            invitation = await self._usable(tx, token, chat_id)
            if not await tx.invites.use(invitation.invite.id, chat_id, now):
                raise CannotAccept(Unusable.USED)
            await tell_owner(tx, invitation.connection, SharingEvent.DECLINED, shown_name(name), now)
        return invitation

    async def _usable(self, tx: Transaction, token: str, chat_id: int) -> Invitation:
        invite = await tx.invites.by_token(hash_of(token))
        connection = await tx.connections.get(invite.connection_id) if invite is not None else None
        if invite is None or connection is None:
            raise CannotAccept(Unusable.UNKNOWN)
        if invite.for_chat not in (None, chat_id):
            raise CannotAccept(Unusable.NOT_FOR_YOU)
        if (why := _over(invite, self._clock.now())) is not None:
            raise CannotAccept(why)
        if connection.owner_id == chat_id:
            raise CannotAccept(Unusable.OWN)
        if chat_id < 0 and invite.role is not Role.SUBSCRIBER:
            raise CannotAccept(Unusable.NOT_FOR_GROUPS)
        present = await tx.subscriptions.get(connection.id, chat_id)
        if present is not None and present.ended is None and present.role is invite.role:
            raise CannotAccept(Unusable.ALREADY)
        inviter = await tx.people.get(invite.created_by)
        return Invitation(invite, connection, shown_name(inviter.name if inviter else None))

    # ------------------------------------------------------------------------------------------------ subscriptions

    async def of_chat(self, chat_id: int) -> Sequence[Heard]:
        """Everything this chat hears of beside its own, oldest first."""
        async with self._store.transaction() as tx:
            return [
                Heard(subscription, connection, await self._muted(tx, connection.id, chat_id))
                for subscription, connection in await tx.subscriptions.of_chat(chat_id)
            ]

    async def one(self, chat_id: int, connection_id: ConnectionId) -> Heard:
        """One of them. Raises ``Gone`` or ``NotYours``."""
        async with self._store.transaction() as tx:
            connection = await tx.connections.get(connection_id)
            if connection is None:
                raise Gone
            await role_in(tx, connection, chat_id)
            subscription = await tx.subscriptions.get(connection_id, chat_id)
            if subscription is None:
                raise NotYours  # its owner has a card
            later = (await tx.choices.of_connection(connection_id, chat_id)).escalate_after
            return Heard(subscription, connection, await self._muted(tx, connection_id, chat_id), later)

    async def may(self, actor_id: int, connection_id: ConnectionId, deed: Deed) -> None:
        """Returns if the actor may. Raises ``Gone`` or ``NotYours``."""
        async with self._store.transaction() as tx:
            await admitted(tx, actor_id, connection_id, deed)

    async def leave(self, actor_id: int, connection_id: ConnectionId, chat_id: int) -> Connection:
        """This chat hears no more of it, and its owner is told. Raises ``Gone`` or ``NotYours``."""
        async with self._store.transaction() as tx:
            connection = await speaking_for(tx, actor_id, connection_id, chat_id, Deed.LEAVE)
            if await end(tx, connection, chat_id, Ended.LEFT, self._clock.now()) is None:
                raise NotYours
        return connection

    async def leave_all(self, chat_id: int) -> int:
        """A person, or somebody entitled for a group, wants to hear no more of anything; returns of how many."""
        async with self._store.transaction() as tx:
            return await chat_lost(tx, chat_id, Ended.LEFT, self._clock.now())

    async def lost(self, chat_id: int, ended: Ended) -> int:
        """Nothing can be sent to this chat any more; owners are told. Returns how many subscriptions that ended."""
        async with self._store.transaction() as tx:
            return await chat_lost(tx, chat_id, ended, self._clock.now())

    async def moved(self, old: int, new: int) -> None:
        """A group became a supergroup: everything that the store knows of the one is the other's."""
        async with self._store.transaction() as tx:
            await tx.chats.move(old, new)

    async def _muted(self, tx: Transaction, connection_id: ConnectionId, chat_id: int) -> float | None:
        until = await tx.alerts.muted_until(connection_id, chat_id)
        return until if until is not None and until > self._clock.now() else None


def _over(invite: Invite, now: float) -> Unusable | None:
    if invite.used_at is not None:
        return Unusable.USED
    if invite.revoked_at is not None:
        return Unusable.REVOKED
    return Unusable.EXPIRED if invite.expires_at <= now else None
