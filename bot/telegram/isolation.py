"""One update of a conversation at a time: without it two presses at once both read the state before either wrote it."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiogram.fsm.storage.base import BaseEventIsolation, StorageKey


@dataclass(slots=True)
class _Turn:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    wanted_by: int = 0


class OneAtATime(BaseEventIsolation):
    """As aiogram's ``SimpleEventIsolation``, but it forgets: that one keeps a lock for everybody who ever spoke.

    In the groups it watches, that is everybody who writes there, for as long as the process lives.
    """

    def __init__(self) -> None:
        self._turns: dict[StorageKey, _Turn] = {}

    def __len__(self) -> int:
        """Conversations in which an update is being handled."""
        return len(self._turns)

    @asynccontextmanager
    async def lock(self, key: StorageKey) -> AsyncGenerator[None, None]:
        """Waits for the update before this one, first come, first served."""
        turn = self._turns.setdefault(key, _Turn())
        turn.wanted_by += 1
        try:
            async with turn.lock:
                yield
        finally:
            turn.wanted_by -= 1
            if not turn.wanted_by:
                del self._turns[key]

    async def close(self) -> None:
        """Nothing is held that would need it: whoever waits is let go by the end of whoever runs."""
