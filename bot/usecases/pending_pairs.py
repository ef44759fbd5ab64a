"""A pending pair as it lies in the store, and the repository of such pairs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.connection import ConnectionId, Environment
from bot.domain.key_pairs import PairKind


@dataclass(frozen=True, slots=True)
class PendingPair:
    """A pair that we made and that no connection uses yet.

    Attributes:
        id: opaque, 32 hex digits.
        connection_id: the connection whose key it is to be; None for a new connection.
        public_half: what is registered at the exchange; no secret.
        sealed: the private half, boxed and bound to ``bound_to``.
        made_at: epoch seconds.
        file_message: the message in its owner's chat that holds the public half as a file, if there is one.
    """

    id: str
    owner_id: int
    exchange: str
    environment: Environment
    connection_id: ConnectionId | None
    kind: PairKind
    public_half: str
    sealed: bytes
    made_at: float
    file_message: int | None = None

    @property
    def bound_to(self) -> bytes:
        """Where the private half belongs. None of the parts can hold a slash."""
        return "/".join(
            (self.id, str(self.owner_id), self.exchange, self.environment, self.connection_id or "new", self.kind)
        ).encode()


class PendingPairs(Protocol):
    """The pending pairs."""

    async def add(self, pair: PendingPair) -> None:
        """A new one."""

    async def get(self, pair_id: str) -> PendingPair | None:
        """One, or None if it has ended."""

    async def find(
        self, owner_id: int, exchange: str, environment: Environment, connection_id: ConnectionId | None
    ) -> PendingPair | None:
        """Somebody's for this purpose, the newest."""

    async def show_in(self, pair_id: str, message_id: int | None) -> None:
        """Remembers which message holds its file."""

    async def remove(self, pair_id: str) -> bool:
        """Its end, whichever. False if it had ended already."""

    async def made_before(self, at: float) -> Sequence[PendingPair]:
        """The old ones, oldest first."""

    async def page(self, after: str | None, limit: int) -> Sequence[PendingPair]:
        """In the order of ids, those after one: page by page, for resealing."""

    async def reseal(self, pair_id: str, sealed: bytes) -> None:
        """The same private half, boxed anew."""
