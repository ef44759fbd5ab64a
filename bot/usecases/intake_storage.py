"""What the store keeps of messages that come in: updates to handle, messages to delete, questions for secrets."""

from collections.abc import Sequence
from typing import Protocol

from bot.usecases.ports import Deletion, InboxRow, SecretQuestion


class Inbox(Protocol):
    """Updates between Telegram and the handlers."""

    async def accept(self, rows: Sequence[InboxRow]) -> frozenset[int]:
        """Keeps those not seen in the last 48 h; returns their update ids."""

    async def unfinished(self) -> Sequence[InboxRow]:
        """What a crash or a stop left, oldest first."""

    async def attempt(self, update_id: int) -> int:
        """Counts a try before it is made, so that a poisonous update cannot crash the service for ever."""

    async def done(self, update_ids: Sequence[int]) -> None:
        """Handled: the payload is destroyed, the id kept for 48 h."""

    async def bury(self, update_id: int, reason: str) -> None:
        """A dead letter: payload destroyed, reason (an exception's class name) kept."""

    async def repack(self, update_id: int, payload: bytes) -> None:
        """The same payload, boxed anew."""

    async def last_update_id(self) -> int | None:
        """The highest ever accepted."""

    async def forget(self, before: float) -> int:
        """Drops finished rows older than this."""


class Deletions(Protocol):
    """Messages that must vanish."""

    async def add(self, deletions: Sequence[Deletion]) -> None:
        """Those not known yet."""

    async def pending(self) -> Sequence[Deletion]:
        """All that are neither confirmed nor impossible, oldest first."""

    async def done(self, chat_id: int, message_id: int, at: float) -> None:
        """Confirmed."""

    async def later(self, chat_id: int, message_id: int, not_before: float) -> None:
        """One more attempt used."""

    async def impossible(self, chat_id: int, message_id: int, at: float, reason: str) -> None:
        """Telegram refuses for good: the user must do it."""

    async def forget(self, before: float) -> int:
        """Drops finished rows older than this."""


class Questions(Protocol):
    """Open and lately closed questions for secrets."""

    async def open(self, chat_id: int, user_id: int, at: float) -> None:
        """From now on what this person sends in this chat is a secret."""

    async def close(self, chat_id: int, user_id: int, at: float) -> None:
        """No longer; what was sent before ``at`` still is."""

    async def all(self) -> Sequence[SecretQuestion]:
        """For the memory of the guard, at start."""

    async def forget(self, closed_before: float) -> int:
        """Drops old closed ones."""
