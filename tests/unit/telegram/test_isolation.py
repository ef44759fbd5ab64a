import asyncio

import pytest
from aiogram.fsm.storage.base import StorageKey

from bot.telegram.isolation import OneAtATime

ALICE, BOB = StorageKey(1, 1001, 1001), StorageKey(1, 1002, 1002)


async def test_updates_of_one_conversation_wait_for_each_other_in_order() -> None:
    turns, story = OneAtATime(), list[str]()

    async def handle(name: str) -> None:
        async with turns.lock(ALICE):
            story.append(f"{name} begins")
            await asyncio.sleep(0.001)
            story.append(f"{name} ends")

    await asyncio.gather(*(handle(name) for name in "abc"))
    assert story == [f"{name} {what}" for name in "abc" for what in ("begins", "ends")]


async def test_another_conversation_does_not_wait() -> None:
    turns = OneAtATime()
    async with turns.lock(ALICE), asyncio.timeout(1), turns.lock(BOB):
        assert len(turns) == 2


async def test_whoever_is_done_is_forgotten_also_after_a_fault_or_a_cancelled_wait() -> None:
    turns = OneAtATime()
    with pytest.raises(LookupError):
        async with turns.lock(BOB):
            raise LookupError
    async with turns.lock(ALICE):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01), turns.lock(ALICE):
                raise AssertionError("two at once")
        assert len(turns) == 1
    assert len(turns) == 0
