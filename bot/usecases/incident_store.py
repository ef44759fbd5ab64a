"""The store's side of incidents: what is out, whom it concerns, and where it was told; and of what is unsteady."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.connection import ConnectionId
from bot.domain.failures import Trouble
from bot.domain.health import Status
from bot.domain.outage import Scope


@dataclass(frozen=True, slots=True)
class Incident:
    """Many connections failing for one cause at one exchange.

    Attributes:
        cause: see ``domain.outage.cause_of``.
        trouble: how the exchange put it when it began.
        since: epoch seconds of the first bad answer.
        opened_at: epoch seconds when it was first told of.
        ended_at: epoch seconds; None while it lasts.
        times: how often it began, those included in which it came back within a quarter of an hour.
    """

    id: int
    scope: Scope
    cause: str
    trouble: Trouble
    since: float
    opened_at: float
    ended_at: float | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Told:
    """An incident as told in one chat.

    Attributes:
        opened_at: epoch seconds when this chat was first concerned.
        closed_at: epoch seconds when it was over for this chat; None while it lasts.
        most: connections that this chat hears of, at the worst.
        times: how often it began for this chat.
    """

    incident_id: int
    chat_id: int
    opened_at: float
    closed_at: float | None
    most: int
    times: int = 1


def thread_of(incident_id: int) -> str:
    """The message in each chat that an incident goes on in; see ``OutboxItem``."""
    return f"incident:{incident_id}"


def incident_in(thread: str | None) -> int | None:
    """The incident that goes on in a thread; None if it is about something else."""
    kind, _, number = (thread or "").partition(":")
    return int(number) if kind == "incident" and number.isdecimal() else None


class Incidents(Protocol):
    """Incidents, their connections and their chats."""

    async def present(self, ended_after: float) -> Sequence[Incident]:
        """Those that last, and those that ended after this moment: they may come back."""

    async def get(self, incident_id: int) -> Incident | None:
        """One, or None if it was forgotten."""

    async def open(self, incident: Incident) -> Incident:
        """A new one; ``incident.id`` is ignored and comes back filled in."""

    async def reopen(self, incident_id: int) -> None:
        """It is back."""

    async def end(self, incident_id: int, at: float) -> None:
        """It is over."""

    async def join(self, incident_id: int, connection_id: ConnectionId, chats: Sequence[int]) -> None:
        """The connection's trouble belongs to it, and these chats hear of the connection."""

    async def leave(self, connection_id: ConnectionId) -> Sequence[int]:
        """The connection belongs to no incident any more; returns the chats that heard of it there."""

    async def inside(self, incident_id: int) -> int:
        """How many connections are in it, also those of which no chat hears there."""

    async def count(self, incident_id: int, chat_id: int) -> int:
        """How many connections are in it that a chat hears of there."""

    async def labels(self, incident_id: int, chat_id: int, most: int) -> Sequence[str]:
        """What some of a chat's connections in it are called."""

    async def muted_until(self, incident_id: int, chat_id: int) -> float | None:
        """When the first of a chat's mutes of all its connections in it ends, or ended; None if one is not muted."""

    async def told(self, incident_id: int, chat_id: int) -> Told | None:
        """How it stands in one chat; None if it was never told there."""

    async def told_in(self, incident_id: int) -> Sequence[int]:
        """The chats in which it was told and lasts."""

    async def tell(self, told: Told) -> None:
        """Writes how it stands in one chat."""

    async def untell(self, incident_id: int, chat_id: int) -> None:
        """It was never told in one chat after all."""

    async def left_alone(self) -> Sequence[int]:
        """Incidents that last and have no connection any more: all of them were disconnected."""

    async def forget(self, ended_before: float) -> int:
        """Drops old ones."""


class Unsteady(Protocol):
    """Connections that change so often that each change is not told any more."""

    async def since(self, connection_id: ConnectionId) -> float | None:
        """Since when it is told as unsteady; None if it is not."""

    async def begin(self, connection_id: ConnectionId, at: float) -> None:
        """From now on it is."""

    async def end(self, connection_id: ConnectionId) -> None:
        """It no longer is."""

    async def changes(self, connection_id: ConnectionId, after: float, to: Status | None = None) -> int:
        """How often its status changed since then: at all, or to this one."""

    async def quiet(self, after: float) -> Sequence[ConnectionId]:
        """Those that are, and whose status has not changed since then."""
