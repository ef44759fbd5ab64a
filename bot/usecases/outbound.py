"""What delivery needs of the world beside Telegram's chats: turns, places in the queue, and the ways around Telegram.

All times are epoch seconds; all durations are seconds.
"""

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.domain.failures import Severity
from bot.usecases.delivery import OutboxItem


class Turns(Protocol):
    """When, and to which chats, something may be sent: Telegram's limits, and what it asked for."""

    def room(self) -> int:
        """How many messages may go out at this moment, to whomever."""
        ...

    def closed(self) -> Collection[int]:
        """The chats that may get nothing at this moment."""
        ...

    async def take(self, chat_id: int) -> None:
        """A message goes to this chat now. Waits if there is no room after all."""
        ...


class AnyTime:
    """``Turns`` without limits."""

    def room(self) -> int:
        """As many as there are."""
        return 1_000

    def closed(self) -> Collection[int]:
        """None."""
        return ()

    async def take(self, chat_id: int) -> None:
        """At once."""


class Queue(Protocol):
    """What the outbox knows of threads, of lateness, and of many at once."""

    async def add_all(self, items: Sequence[OutboxItem]) -> None:
        """Many messages by themselves, at most one to each chat. Cheaper than ``add`` for each."""

    async def message_of(self, chat_id: int, thread: str) -> int | None:
        """The message in which a thread goes on in this chat; None before it has arrived."""

    async def goes_on_in(self, chat_id: int, thread: str, message_id: int, at: float) -> None:
        """From now on the thread is this message."""

    async def withdraw_thread(self, thread: str) -> frozenset[int]:
        """Takes back what waits unsent in a thread, everywhere; returns the chats in which something did."""

    async def forget_threads(self, unused_since: float) -> int:
        """Drops the threads that nothing was said in since; a later edit would be a new message."""

    async def overdue(self, severity: Severity, due_before: float) -> tuple[int, float]:
        """How many of this severity wait though they were due before, and when the oldest was due (0 if none)."""


class SecondChannel(Protocol):
    """A way to the operators that does not need Telegram."""

    async def say(self, text: str) -> bool:
        """Sends a short plain text, without anything secret or anybody's words. False if it did not arrive."""
        ...


class DeadMansSwitch(Protocol):
    """Somebody outside who raises an alarm when nothing is heard from us any more."""

    async def signal(self, *, well: bool) -> bool:
        """Says that a sweep is over, and whether it was complete. False if it did not arrive."""
        ...


class OutboundMetrics(Protocol):
    """Counters of what leaves by other ways than Telegram."""

    def outbound(self, channel: str, outcome: str) -> None:
        """``channel``: ``heartbeat``, ``fallback`` or ``beacon``; ``outcome``: ``ok`` or ``failed``."""
        ...
