"""A store in memory, as much of it as conversations and questions need, and a clock that stands."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast

from bot.usecases.ports import SecretQuestion
from bot.usecases.storage import StoreUnavailable, Transaction


class StandingClock:
    def __init__(self, now: float = 1_700_000_000.0) -> None:
        self.time = now

    def now(self) -> float:
        return self.time

    def monotonic(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += seconds


class Conversations:
    def __init__(self) -> None:
        self.rows: dict[str, tuple[str | None, dict[str, Any]]] = {}
        self.reads = self.writes = 0

    async def load(self, key: str) -> tuple[str | None, Mapping[str, Any]]:
        self.reads += 1
        return self.rows.get(key, (None, {}))

    async def save_state(self, key: str, state: str | None) -> None:
        self.writes += 1
        self.rows[key] = (state, self.rows.get(key, (None, {}))[1])

    async def save_data(self, key: str, data: Mapping[str, Any]) -> None:
        self.writes += 1
        self.rows[key] = (self.rows.get(key, (None, {}))[0], dict(data))


class Questions:
    def __init__(self) -> None:
        self.rows: dict[tuple[int, int], SecretQuestion] = {}

    async def open(self, chat_id: int, user_id: int, at: float) -> None:
        self.rows[chat_id, user_id] = SecretQuestion(chat_id, user_id, at)

    async def close(self, chat_id: int, user_id: int, at: float) -> None:
        self.rows[chat_id, user_id] = SecretQuestion(chat_id, user_id, 0.0, at)

    async def all(self) -> Sequence[SecretQuestion]:
        return list(self.rows.values())


class MemoryStore:
    def __init__(self) -> None:
        self.conversations = Conversations()
        self.questions = Questions()
        self.full = False

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        if self.full:
            raise StoreUnavailable
        yield cast("Transaction", self)

    async def scrub(self) -> None: ...

    async def healthy(self) -> bool:
        return not self.full
