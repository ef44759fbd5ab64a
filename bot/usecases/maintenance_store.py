"""The store's side of maintenance windows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.connection import Connection, ConnectionId, Place
from bot.domain.maintenance import Times, open_at


@dataclass(frozen=True, slots=True)
class Window:
    """A maintenance window of one chat.

    Attributes:
        id: opaque, 16 characters.
        chat_id: who hears less meanwhile, and nobody else.
        exchange: where.
        connection_id: the one that it is about; None for all that the chat hears of at the exchange.
        zone: an IANA name: what the chat's was when the window was made.
    """

    id: str
    chat_id: int
    exchange: str
    connection_id: ConnectionId | None
    zone: str
    times: Times

    def covers(self, connection: Connection) -> bool:
        """Whether it is about this connection."""
        if self.connection_id is not None:
            return self.connection_id == connection.id
        return self.exchange == connection.place.exchange

    def open_at(self, now: float) -> float | None:
        """Until when it is open, if it is open now (epoch seconds)."""
        return open_at(self.times, ZoneInfo(self.zone), now)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A chat that was not told of an incident which one of its connections is in.

    Attributes:
        by_announced: what exchanges announce is a window for the chat.
    """

    incident_id: int
    connection_id: ConnectionId
    chat_id: int
    place: Place
    by_announced: bool


class Maintenance(Protocol):
    """Windows, and what was held back in them."""

    async def add(self, window: Window) -> None:
        """A new one."""

    async def of_chat(self, chat_id: int) -> Sequence[Window]:
        """A chat's, in the order they were made."""

    async def remove(self, chat_id: int, window_id: str) -> Window | None:
        """Ends one of a chat's; returns what it was, None if there is none."""

    async def left_out(self) -> Sequence[LeftOut]:
        """Chats with windows, announced or their own, that were not told of incidents, be those open or not."""

    async def let_in(self, left_out: LeftOut) -> None:
        """The chat hears of the incident from now on."""

    async def forget(self, over_before: float) -> int:
        """Drops those that were for once and ended before this moment."""
