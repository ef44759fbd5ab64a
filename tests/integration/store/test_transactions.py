import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.store import SqlStore, open_store
from bot.usecases.storage import Store, StoreUnavailable
from tests.integration.store.examples import connected, connection, credential

ROUNDS = 120


class ChangeOfMindError(Exception):
    pass


async def fact(store: SqlStore, name: str = "fact") -> bytes | None:
    async with store.transaction() as tx:
        return await tx.meta.get(name)


async def test_the_store_is_what_the_use_cases_ask_for(store: SqlStore) -> None:
    asked: Store = store

    assert await asked.healthy() is True


async def test_what_a_block_wrote_is_there_for_the_next_one(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.meta.put("fact", b"kept")

    assert await fact(store) == b"kept"


async def test_a_block_that_raises_leaves_nothing_behind(store: SqlStore) -> None:
    async def write_and_think_better_of_it() -> None:
        async with store.transaction() as tx:
            await tx.meta.put("fact", b"half")
            await tx.people.seen(1, "Alice", "en")
            raise ChangeOfMindError

    with pytest.raises(ChangeOfMindError):
        await write_and_think_better_of_it()

    assert await fact(store) is None
    async with store.transaction() as tx:
        assert await tx.people.get(1) is None


async def test_fifty_writers_at_once_count_to_five_hundred(store: SqlStore) -> None:
    async def count_up() -> None:
        for _ in range(10):
            async with store.transaction() as tx:
                before = int(await tx.meta.get("counter") or b"0")
                await asyncio.sleep(0)
                await tx.meta.put("counter", str(before + 1).encode())

    await asyncio.gather(*(count_up() for _ in range(50)))

    assert await fact(store, "counter") == b"500"


async def test_a_cancelled_block_is_rolled_back_and_the_next_one_gets_its_turn(store: SqlStore) -> None:
    inside = asyncio.Event()

    async def hang() -> None:
        async with store.transaction() as tx:
            await tx.meta.put("fact", b"half")
            inside.set()
            await asyncio.sleep(3600)

    async with asyncio.TaskGroup() as group:
        hanging = group.create_task(hang())
        await inside.wait()
        hanging.cancel()

    assert hanging.cancelled()
    assert await asyncio.wait_for(fact(store), 5) is None


async def test_tasks_cancelled_at_any_moment_leave_all_or_nothing_and_cost_no_connection(store: SqlStore) -> None:
    reconnected = []
    event.listen(store._engine.sync_engine, "connect", lambda *_: reconnected.append("again"))

    async def write_two(number: int) -> None:
        async with store.transaction() as tx:
            await tx.meta.put(f"left-{number}", b"x")
            await tx.meta.put(f"right-{number}", b"x")

    for number in range(ROUNDS):
        async with asyncio.TaskGroup() as group:
            writing = group.create_task(write_two(number))
            await asyncio.sleep(0.006 * number / ROUNDS)
            writing.cancel()
            await asyncio.sleep(0)
            writing.cancel()  # and once more while it is rolling back

    async with store.transaction() as tx:
        left = [await tx.meta.get(f"left-{number}") for number in range(ROUNDS)]
        right = [await tx.meta.get(f"right-{number}") for number in range(ROUNDS)]
    assert left == right
    assert reconnected == []


async def test_what_has_begun_can_be_written_to_its_end(store: SqlStore, database: Path) -> None:
    other = sqlite3.connect(database, timeout=0, isolation_level=None)

    async with store.transaction() as tx:
        await tx.meta.get("fact")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        await tx.meta.put("fact", b"kept")

    other.close()
    assert await fact(store) == b"kept"


async def test_a_transaction_in_a_transaction_is_refused_instead_of_waiting_for_ever(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.meta.put("fact", b"outer")
        with pytest.raises(RuntimeError, match="inside a transaction"):
            async with store.transaction():
                pass

    assert await fact(store) == b"outer"


async def test_a_transaction_is_of_no_use_after_its_block(store: SqlStore) -> None:
    async with store.transaction() as tx:
        pass

    with pytest.raises(RuntimeError, match="has ended"):
        await tx.meta.put("fact", b"late")


async def test_a_failure_that_the_block_swallows_still_undoes_all_of_it(store: SqlStore) -> None:
    known = await connected(store)

    async def carry_on_regardless() -> None:
        async with store.transaction() as tx:
            await tx.meta.put("fact", b"half")
            with pytest.raises(StoreUnavailable, match="a rule of the database"):
                await tx.connections.add(known, credential(known))
            with pytest.raises(StoreUnavailable, match="earlier statement"):
                await tx.meta.put("fact", b"more")

    with pytest.raises(StoreUnavailable, match="earlier statement"):
        await carry_on_regardless()

    assert await fact(store) is None


async def test_one_process_may_close_and_open_the_store_again(store: SqlStore, database: Path) -> None:
    async with store.transaction() as tx:
        await tx.connections.add(made := connection(), credential(made))
    await store.close()

    again = open_store(f"sqlite:///{database}")
    await again.migrate()
    async with again.transaction() as tx:
        assert await tx.connections.get(made.id) == made
    await again.close()


async def test_a_closed_store_says_so(store: SqlStore) -> None:
    await store.close()
    await store.close()

    assert await store.healthy() is False
    with pytest.raises(StoreUnavailable, match="closed"):
        await store.scrub()
