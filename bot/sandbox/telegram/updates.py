"""The queue of updates a bot has not confirmed yet."""

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Any

from bot.sandbox.clock import SandboxClock
from bot.sandbox.events import Signal
from bot.sandbox.telegram.errors import conflict

FIRST_UPDATE_ID = 700_000_001
MESSAGE_RETENTION = 24 * 3600.0
"""Seconds an unconfirmed update waits (Bot API, "Getting updates": not longer than 24 hours)."""
CALLBACK_RETENTION = 150.0
"""Seconds a callback query lives, measured on api.telegram.org."""
LONGEST_POLL = 50
LARGEST_BATCH = 100

ON_REQUEST_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds a bot gets only if it names them in allowed_updates."""


@dataclass(frozen=True, slots=True)
class Update:
    """One waiting update and when it happened (epoch seconds of the sandbox's clock)."""

    update_id: int
    kind: str
    body: dict[str, Any]
    at: float

    def to_json(self) -> dict[str, Any]:
        """The Bot API's Update."""
        return {"update_id": self.update_id, self.kind: self.body}


class UpdateQueue:
    """Keeps updates until they are confirmed by a higher offset, or too old.

    Only one getUpdates may wait at a time: a second one ends the first with 409, as the Bot API server does.
    """

    def __init__(self, clock: SandboxClock, numbers_from: int = 0) -> None:
        self._clock = clock
        self._waiting: deque[Update] = deque()
        self._next_id = FIRST_UPDATE_ID + numbers_from
        self._poller: object | None = None
        self._ended_by = ""
        self._closed = False
        self.arrival = Signal()
        self.allowed: frozenset[str] = frozenset()

    def put(self, kind: str, body: dict[str, Any]) -> None:
        """Queues an update, unless the bot did not ask for its kind."""
        wanted = kind in self.allowed if self.allowed else kind not in ON_REQUEST_ONLY
        if not wanted:
            return
        self._waiting.append(Update(self._next_id, kind, body, self._clock.now()))
        self._next_id += 1
        self.arrival.notify()

    def pending(self, limit: int = LARGEST_BATCH) -> list[Update]:
        """The oldest updates that are still alive, at most `limit`."""
        self._drop_expired()
        return [update for _, update in zip(range(limit), self._waiting, strict=False)]

    @property
    def count(self) -> int:
        """How many updates wait."""
        self._drop_expired()
        return len(self._waiting)

    def confirm(self, offset: int) -> None:
        """Forgets what came before `offset`; a negative one keeps only that many of the newest."""
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
            return
        while self._waiting and self._waiting[0].update_id < offset:
            self._waiting.popleft()

    def clear(self) -> None:
        """Forgets everything (drop_pending_updates)."""
        self._waiting.clear()

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Update]:  # noqa: ASYNC109 - a Bot API field
        """Confirms by `offset`, then answers at once or waits up to `timeout` seconds for the next update.

        Raises:
            BotApiError: 409, if another call takes over while this one waits.
        """
        self.end_poll("terminated by other getUpdates request; make sure that only one bot instance is running")
        self.confirm(offset)
        if timeout > 0 and not self.pending(1):
            await self._wait(min(timeout, LONGEST_POLL))
        return self.pending(limit)

    async def _wait(self, seconds: float) -> None:
        me = self._poller = object()
        try:
            async with asyncio.timeout(seconds):
                while not self.pending(1) and not self._closed:
                    await self.arrival.wait()
                    if self._poller is not me:
                        raise conflict(self._ended_by)
        except TimeoutError:
            return
        finally:
            if self._poller is me:
                self._poller = None

    def end_poll(self, reason: str) -> None:
        """Ends the call that waits, if any, with 409 and this reason."""
        if self._poller is not None:
            self._poller, self._ended_by = None, reason
            self.arrival.notify()

    def close(self) -> None:
        """Lets a waiting call go: the server stops."""
        self._closed = True
        self.arrival.notify()

    def _drop_expired(self) -> None:
        now = self._clock.now()
        expired = [update for update in self._waiting if now - update.at > _retention(update.kind)]
        for update in expired:
            self._waiting.remove(update)


def _retention(kind: str) -> float:
    return CALLBACK_RETENTION if kind == "callback_query" else MESSAGE_RETENTION
