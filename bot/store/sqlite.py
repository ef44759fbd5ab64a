"""Everything that is true of SQLite only. Nothing else in this package may know which database it is.

One connection, and the lock in ``engine.py``, because the SQLite that comes with Python can damage a write-ahead log
that several connections use (sqlite.org/wal.html, "WAL-reset bug"), and because a second writer would only wait.
"""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry

from bot.store.crossing import connect
from bot.usecases.storage import StoreUnavailable

PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",  # NORMAL lost up to 377 acknowledged commits in simulated power cuts; FULL lost none
    "secure_delete": "ON",  # without it deleted ciphertext stays readable in free pages
    "foreign_keys": "ON",
    "temp_store": "MEMORY",  # no scratch file beside ours with rows in it
    "trusted_schema": "OFF",
}


def sqlite_engine(path: Path, busy_timeout: float) -> AsyncEngine:
    """An engine with exactly one connection, which is opened again if it fails.

    Args:
        path: the database file.
        busy_timeout: seconds to wait for another process's lock, a backup's say.
    """
    _hush_drivers()
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(path)),
        hide_parameters=True,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_reset_on_return=None,  # every transaction ends by its own commit or rollback
        # No isolation level: Python would begin transactions at moments of its own choosing, and not before a SELECT.
        connect_args={"timeout": busy_timeout, "isolation_level": None, "async_creator_fn": connect},
    )
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    event.listen(engine.sync_engine, "begin", _begin_to_write)
    return engine


async def pragma(engine: AsyncEngine, sentence: str) -> Sequence[Any]:
    """Runs one outside of any transaction; returns its first row, empty if there is none."""
    async with engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        cursor = await driver.execute(f"PRAGMA {sentence}")
        row: Sequence[Any] | None = await cursor.fetchone()
        await cursor.close()
        return row or ()


async def empty_log(engine: AsyncEngine) -> None:
    """Moves everything from the write-ahead log into the database and cuts the log to nothing.

    Raises:
        StoreUnavailable: another process, a backup say, is reading the log, and residue stays until it is done.
    """
    busy, *_ = await pragma(engine, "wal_checkpoint(TRUNCATE)")
    if busy:
        raise StoreUnavailable("another process reads the database: deleted data stays in its log until that one ends")


def _set_pragmas(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for name, value in PRAGMAS.items():
        cursor.execute(f"PRAGMA {name}={value}")
        answer = cursor.fetchone()
        if name == "journal_mode" and answer != ("wal",):
            # On a network file system SQLite declines silently, and a crash could lose acknowledged commits.
            connection.close()
            raise StoreUnavailable("the database needs a local disk: its file system cannot hold a write-ahead log")
    cursor.close()


def _begin_to_write(connection: Connection) -> None:
    # At once, not at the first write: a transaction that reads and then cannot write would have to be run again.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _hush_drivers() -> None:
    """At DEBUG, aiosqlite logs every statement with its parameters, and SQLAlchemy every row it reads."""
    for name in ("aiosqlite", "sqlalchemy.engine.Engine"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.WARNING)  # spares them the work of wording it
        logger.addFilter(_warnings_only)  # holds where somebody turns everything to DEBUG by hand


def _warnings_only(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING
