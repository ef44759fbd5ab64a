"""The store's side of sharing: who hears of a connection beside its owner, and who has been invited to."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.domain.connection import Connection, ConnectionId
from bot.domain.roles import Role


class Ended(StrEnum):
    """Why a chat no longer hears of a connection."""

    LEFT = "left"
    REMOVED = "removed"
    BLOCKED = "blocked"
    """Its person blocked the bot."""
    KICKED = "kicked"
    """The bot was taken out of the group, or left it."""
    UNREACHABLE = "unreachable"
    """Telegram says for good that nothing can be sent there."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A chat that hears of a connection, or heard of it once. One for each chat and connection.

    Attributes:
        chat_id: a person's private chat, whose id is theirs, or a group.
        name: of the person or the group when they accepted, cleaned for showing.
        added_by: Telegram id of whoever invited.
        since: epoch seconds of the acceptance.
        ended: why they hear no more; None while they do.
    """

    connection_id: ConnectionId
    chat_id: int
    role: Role
    name: str
    added_by: int
    since: float
    ended: Ended | None = None
    ended_at: float | None = None

    @property
    def is_group(self) -> bool:
        """A group is nobody: it hears, and people in it act as themselves."""
        return self.chat_id < 0


@dataclass(frozen=True, slots=True)
class Invite:
    """An invitation, as it is kept: of its token only a hash.

    Attributes:
        id: opaque, 16 characters; grants nothing.
        for_chat: the only chat that may accept it; None for whoever comes with the link.
        for_name: of the person or group it is for, as Telegram told when they were picked.
        used_by: the chat that accepted or declined it.
    """

    id: str
    connection_id: ConnectionId
    role: Role
    created_by: int
    created_at: float
    expires_at: float
    for_chat: int | None = None
    for_name: str = ""
    used_at: float | None = None
    used_by: int | None = None
    revoked_at: float | None = None


class Subscriptions(Protocol):
    """Who hears of what."""

    async def put(self, subscription: Subscription) -> None:
        """A new one, or one that begins anew."""

    async def get(self, connection_id: ConnectionId, chat_id: int) -> Subscription | None:
        """Present or past; None if there never was one."""

    async def of_connection(self, connection_id: ConnectionId) -> Sequence[Subscription]:
        """Those that last, oldest first."""

    async def of_chat(self, chat_id: int) -> Sequence[tuple[Subscription, Connection]]:
        """What a chat hears of, oldest first."""

    async def end(self, connection_id: ConnectionId, chat_id: int, ended: Ended, at: float) -> Subscription | None:
        """Ends one, with its mute, its open alerts and what waits to be sent; None if it had ended already."""


class Invites(Protocol):
    """Invitations."""

    async def add(self, invite: Invite, token_hash: str) -> None:
        """A new one."""

    async def by_token(self, token_hash: str) -> Invite | None:
        """Whatever became of it; None if it is unknown."""

    async def pending(self, connection_id: ConnectionId, now: float) -> Sequence[Invite]:
        """Those that can still be accepted, oldest first."""

    async def use(self, invite_id: str, chat_id: int, now: float) -> bool:
        """Accepted or declined; False if it was used, revoked or expired before."""

    async def revoke(self, connection_id: ConnectionId, invite_id: str, now: float) -> bool:
        """Taken back; False if it could not be used any more anyway."""

    async def forget(self, before: float) -> int:
        """Drops those that expired before; their links are then answered as unknown ones."""


class Chats(Protocol):
    """Chats, wherever the store knows them."""

    async def move(self, old: int, new: int) -> None:
        """A group became a supergroup, which is another chat: everything that was the one's is the other's."""


class SharingTransaction(Protocol):
    """The part of a ``Transaction`` that is about this."""

    subscriptions: Subscriptions
    invites: Invites
    chats: Chats
