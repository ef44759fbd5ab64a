"""The store's side of status cards: which chats have one, what it shows, and what it would have to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.connection import ConnectionId, Place
from bot.domain.failures import Failure
from bot.domain.health import Gate, PausedBy, Status


@dataclass(frozen=True, slots=True)
class StatusCard:
    """The one card of a chat.

    Attributes:
        message_id: None if it is to be sent anew: the chat became a supergroup, which has messages of its own.
        shown: a digest of the state it shows, times that only age left out; empty if it shows nothing yet.
        shown_at: epoch seconds of the last edit.
        pin_refused: the chat was told that the bot may not pin there.
    """

    chat_id: int
    message_id: int | None
    shown: str = ""
    shown_at: float = 0.0
    pin_refused: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One connection on a card. Nothing in it leads to the key, so that it may be shown to whoever hears."""

    id: ConnectionId
    label: str
    place: Place
    status: Status
    since: float
    gate: Gate
    gate_since: float
    paused_by: PausedBy | None
    failure: Failure | None
    incident_id: int | None
    vouched: bool
    checked_at: float | None


class StatusCards(Protocol):
    """Chats' cards."""

    async def get(self, chat_id: int) -> StatusCard | None:
        """The chat's, or None if it has none."""

    async def put(self, card: StatusCard) -> None:
        """A new one, or the same one as it is now."""

    async def forget(self, chat_id: int) -> None:
        """The chat has none any more."""

    async def page(self, after: int | None, shown_before: float, limit: int) -> Sequence[StatusCard]:
        """Cards last edited before this moment, in the order of their chats, those after one: page by page.

        Without the cards of people who cannot be reached.
        """

    async def lines(self, chat_ids: Sequence[int]) -> Mapping[int, Sequence[Line]]:
        """What these chats hear of, their own first, oldest first, in two queries for all of them."""
