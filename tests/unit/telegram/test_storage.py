"""Conversations survive a restart."""

import pytest
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import StorageKey

from bot.telegram.storage import SqlStorage
from bot.usecases.storage import StoreUnavailable
from tests.unit.telegram.memory import MemoryStore

ALICE = StorageKey(bot_id=1, chat_id=42, user_id=42)
ALICE_IN_A_GROUP = StorageKey(bot_id=1, chat_id=-100, user_id=42)
HER_DIALOG = StorageKey(bot_id=1, chat_id=42, user_id=42, destiny="aiogd:stack:1")


class Connect(StatesGroup):
    key = State()


async def test_what_is_written_is_read_after_a_restart() -> None:
    store = MemoryStore()
    before = SqlStorage(store)
    await before.set_state(ALICE, Connect.key)
    await before.set_data(ALICE, {"exchange": "binance", "page": 2})
    await before.close()
    after = SqlStorage(store)
    assert await after.get_state(ALICE) == "Connect:key"
    assert await after.get_data(ALICE) == {"exchange": "binance", "page": 2}


async def test_conversations_do_not_mix() -> None:
    storage = SqlStorage(MemoryStore())
    for number, key in enumerate((ALICE, ALICE_IN_A_GROUP, HER_DIALOG)):
        await storage.set_data(key, {"number": number})
    assert [await storage.get_data(key) for key in (ALICE, ALICE_IN_A_GROUP, HER_DIALOG)] == [
        {"number": 0},
        {"number": 1},
        {"number": 2},
    ]


async def test_a_reader_who_changes_what_was_read_changes_nothing() -> None:
    storage = SqlStorage(MemoryStore())
    await storage.set_data(ALICE, {"list": [1]})
    (await storage.get_data(ALICE))["list"].append(2)
    assert await storage.get_data(ALICE) == {"list": [1]}


async def test_nothing_is_written_that_did_not_change() -> None:
    store = MemoryStore()
    storage = SqlStorage(store)
    for _ in range(3):
        await storage.set_state(ALICE, Connect.key)
        await storage.set_data(ALICE, {"page": 1})
    assert store.conversations.writes == 2
    assert store.conversations.reads == 1


async def test_what_could_not_be_written_is_not_remembered_either() -> None:
    store = MemoryStore()
    storage = SqlStorage(store)
    await storage.set_data(ALICE, {"page": 1})
    store.full = True
    with pytest.raises(StoreUnavailable):
        await storage.set_data(ALICE, {"page": 2})
    assert await storage.get_data(ALICE) == {"page": 1}


async def test_an_ended_conversation_is_empty() -> None:
    storage = SqlStorage(MemoryStore())
    await storage.set_state(ALICE, Connect.key)
    await storage.set_state(ALICE, None)
    await storage.set_data(ALICE, {})
    assert (await storage.get_state(ALICE), await storage.get_data(ALICE)) == (None, {})
