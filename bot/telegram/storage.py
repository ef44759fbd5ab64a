"""Conversations survive a restart: aiogram's FSM storage over our store. It never holds anything secret."""

import json
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder, StateType, StorageKey

from bot.telegram.shared_commits import SharedCommits
from bot.usecases.storage import Store, Transaction

CACHED = 1_000
"""Conversations in memory, those used last."""


class SqlStorage(BaseStorage):
    """Written through; read from a small cache, of which every reader gets a copy of their own."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._commits = SharedCommits(store)
        self._keys = DefaultKeyBuilder(with_bot_id=True, with_business_connection_id=True, with_destiny=True)
        self._cache: OrderedDict[str, tuple[str | None, str]] = OrderedDict()

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Raises ``StoreUnavailable``."""
        name = self._keys.build(key)
        wanted = state.state if isinstance(state, State) else state
        if wanted == (await self._read(name))[0]:
            return

        async def save(tx: Transaction) -> None:
            await tx.conversations.save_state(name, wanted)

        await self._commits.write(save)
        _, data = await self._read(name)  # anew: it may have been written meanwhile
        self._keep(name, wanted, data)

    async def get_state(self, key: StorageKey) -> str | None:
        """Raises ``StoreUnavailable``."""
        return (await self._read(self._keys.build(key)))[0]

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Raises ``StoreUnavailable``, and TypeError for what JSON cannot hold."""
        name = self._keys.build(key)
        wanted = json.dumps(data)
        if wanted == (await self._read(name))[1]:
            return

        async def save(tx: Transaction) -> None:
            await tx.conversations.save_data(name, json.loads(wanted))

        await self._commits.write(save)
        state, _ = await self._read(name)
        self._keep(name, state, wanted)

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """Raises ``StoreUnavailable``."""
        data: dict[str, Any] = json.loads((await self._read(self._keys.build(key)))[1])
        return data

    async def close(self) -> None:
        """The store is closed by whoever opened it."""
        self._cache.clear()

    async def _read(self, name: str) -> tuple[str | None, str]:
        """State, and data as JSON."""
        cached = self._cache.get(name)
        if cached is not None:
            self._cache.move_to_end(name)
            return cached
        async with self._store.transaction() as tx:
            state, data = await tx.conversations.load(name)
        return self._keep(name, state, json.dumps(dict(data)))

    def _keep(self, name: str, state: str | None, data: str) -> tuple[str | None, str]:
        self._cache[name] = (state, data)
        self._cache.move_to_end(name)
        if len(self._cache) > CACHED:
            self._cache.popitem(last=False)
        return (state, data)
