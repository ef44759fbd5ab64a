import resource
import sqlite3
import traceback
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.store import SqlStore, open_store
from bot.store.sqlite import pragma
from bot.usecases.storage import StoreUnavailable
from tests.integration.store.examples import connected, connection, credential

CANARY = "canary-7d1f0a55"


@pytest.fixture
async def impatient(database: Path) -> AsyncIterator[SqlStore]:
    opened = open_store(f"sqlite:///{database}", busy_timeout=0.05)
    await opened.migrate()
    yield opened
    await opened.close()


@pytest.fixture
def lock(impatient: SqlStore, database: Path) -> Iterator[sqlite3.Connection]:
    """Another program that holds the database."""
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """As near to a full disk as a test gets without a disk of its own."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def write(store: SqlStore, size: int = 1) -> None:
    async with store.transaction() as tx:
        await tx.meta.put("fact", b"x" * size)


async def test_a_full_disk_keeps_nothing_and_says_so(store: SqlStore) -> None:
    (pages,) = await pragma(store._engine, "page_count")
    await pragma(store._engine, f"max_page_count={pages + 3}")

    with pytest.raises(StoreUnavailable, match="the disk is full"):
        await write(store, size=100_000)

    async with store.transaction() as tx:
        assert await tx.meta.get("fact") is None


async def test_there_is_room_again_after_a_full_disk(store: SqlStore) -> None:
    (pages,) = await pragma(store._engine, "page_count")
    await pragma(store._engine, f"max_page_count={pages + 3}")
    with pytest.raises(StoreUnavailable):
        await write(store, size=100_000)
    await pragma(store._engine, "max_page_count=100000")

    await write(store, size=100_000)

    assert await store.healthy() is True


async def test_a_disk_that_takes_no_more_costs_nothing_that_was_kept(store: SqlStore) -> None:
    await write(store)

    with no_file_larger_than(1024):
        with pytest.raises(StoreUnavailable, match="the disk failed"):
            await write(store, size=2)
        assert await store.healthy() is False

    assert await store.healthy() is True
    async with store.transaction() as tx:
        assert await tx.meta.get("fact") == b"x"


@pytest.mark.usefixtures("lock")
async def test_a_locked_database_keeps_nothing_and_says_so(impatient: SqlStore) -> None:
    with pytest.raises(StoreUnavailable, match="locked by another process"):
        await write(impatient)

    assert await impatient.healthy() is False


async def test_work_goes_on_when_the_lock_is_gone(impatient: SqlStore, lock: sqlite3.Connection) -> None:
    with pytest.raises(StoreUnavailable):
        await write(impatient)
    lock.execute("ROLLBACK")

    await write(impatient)

    assert await impatient.healthy() is True


async def test_a_reader_of_the_log_keeps_it_from_being_emptied_and_that_is_said(
    impatient: SqlStore, database: Path
) -> None:
    await write(impatient)
    reader = sqlite3.connect(database, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM meta").fetchone()
    await write(impatient, size=2)

    with pytest.raises(StoreUnavailable, match="another process reads"):
        await impatient.scrub()

    reader.close()
    await impatient.scrub()


async def test_an_error_carries_neither_statement_nor_parameters(store: SqlStore) -> None:
    known = await connected(store)
    again = connection(id=known.id, label=CANARY, key_tail=CANARY[:4])

    async def add_twice() -> None:
        async with store.transaction() as tx:
            await tx.connections.add(again, credential(again, fingerprint=CANARY))

    with pytest.raises(StoreUnavailable) as raised:
        await add_twice()

    error = raised.value
    assert str(error) == "a rule of the database was broken (SQLITE_CONSTRAINT_PRIMARYKEY)"
    assert (error.__cause__, error.__context__) == (None, None)
    told = "".join(traceback.TracebackException.from_exception(error, capture_locals=False).format())
    assert CANARY not in told
    assert "INSERT" not in told
