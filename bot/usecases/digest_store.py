"""The store's side of digests: who wants one, and when it is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.connection import ConnectionId
from bot.domain.digests import Every


@dataclass(frozen=True, slots=True)
class DigestChoice:
    """A chat's wish. No row is none, which is how everybody begins.

    Attributes:
        hour: of the chat's clock, 0 to 23.
        next_at: epoch seconds of the next one.
    """

    chat_id: int
    every: Every
    hour: int
    next_at: float


class Digests(Protocol):
    """Wishes."""

    async def get(self, chat_id: int) -> DigestChoice | None:
        """A chat's; None if it wants none."""

    async def put(self, choice: DigestChoice) -> None:
        """A new wish, or the same with its next time."""

    async def forget(self, chat_id: int) -> None:
        """It wants none any more."""

    async def due(self, now: float, limit: int) -> Sequence[DigestChoice]:
        """Those whose time has come, the longest waiting first."""

    async def key_since(self, connection_id: ConnectionId) -> float | None:
        """When the key in use came in, as far as that is on record (epoch seconds)."""
