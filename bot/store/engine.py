"""The store: how a commit is made, and when there is none."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.datafile import Claim, claim
from bot.store.failures import DATABASE_ERRORS, unavailable
from bot.store.migrations import outdated, upgrade
from bot.store.session import Session, undisturbed
from bot.store.sqlite import empty_log, pragma, sqlite_engine
from bot.store.transaction import SqlTransaction
from bot.usecases.storage import StoreUnavailable, Transaction

_T = TypeVar("_T")


def open_store(url: str, *, busy_timeout: float = 5.0) -> "SqlStore":
    """The store behind a database URL, ``sqlite:///path``; no other process can open it until ``close``.

    Args:
        url: relative paths, with three slashes, are from the working directory; absolute ones have four.
        busy_timeout: seconds to wait for another program that locks the file, a backup say.

    Raises:
        StoreUnavailable: another process has it, it cannot be made, or the URL is not one of ours.
    """
    path = file_of(url)
    return SqlStore(sqlite_engine(path, busy_timeout), claim(path))


def file_of(url: str) -> Path:
    """The file behind a database URL.

    Raises:
        StoreUnavailable: the URL is not one of ours.
    """
    try:
        parts = make_url(url)
    except ArgumentError:
        parts = None
    if parts is None or parts.get_backend_name() != "sqlite":
        raise StoreUnavailable("the database URL must begin with sqlite:/// : no other database is supported yet")
    if parts.database in {None, "", ":memory:"}:
        raise StoreUnavailable("the database URL names no file: what is kept in memory only is lost with the process")
    return Path(str(parts.database))


class SqlStore:
    """``Store`` in SQL. Call ``migrate`` before anything else and ``close`` at the end.

    One transaction at a time: the lock is handed on in the order asked for, and only after a commit or rollback is
    complete, even where its task was cancelled.
    """

    def __init__(self, engine: AsyncEngine, claim: Claim) -> None:
        self._engine = engine
        self._claim = claim
        self._turn = asyncio.Lock()
        self._within: asyncio.Task[object] | None = None
        self._closed = False

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """One commit; rolled back if the block raises, or is cancelled.

        Raises:
            StoreUnavailable: nothing of it is kept.
        """
        async with self._session() as session:
            yield SqlTransaction(session)

    async def migrate(self) -> None:
        """Brings the tables to what this version needs, in one commit.

        Raises:
            StoreUnavailable: the database is of a newer version, or could not be changed; it is as it was.
        """
        # Off while tables are rebuilt, or dropping the old copy would take the rows that refer to it along. It can only
        # be changed outside of a transaction.
        await self._sqlite_pragma("foreign_keys=OFF")
        try:
            async with self._session() as session:
                await session.run(upgrade)
        finally:
            await self._sqlite_pragma("foreign_keys=ON")

    async def outdated(self) -> bool:
        """Whether ``migrate`` would change anything: the database is new, or of an older version.

        Raises:
            StoreUnavailable: it is of a newer version or somebody else's, or cannot be read.
        """
        async with self._session() as session:
            return await session.run(outdated)

    async def scrub(self) -> None:
        """After a deletion: leaves no residue in the write-ahead log.

        Raises:
            StoreUnavailable: some may be left; ask again.
        """
        if self._engine.dialect.name == "sqlite":
            async with self._alone():
                await _or_unavailable(empty_log(self._engine))

    async def healthy(self) -> bool:
        """True if a write can be made: it makes one."""
        try:
            async with self.transaction() as tx:
                await tx.meta.put("healthy", b"yes")
        except StoreUnavailable:
            return False
        return True

    async def close(self) -> None:
        """Waits for the transaction under way and ends for good. Doing so twice does no harm."""
        if self._closed:
            return
        async with self._alone():
            self._closed = True
            await undisturbed(self._engine.dispose())
            self._claim.release()

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[Session]:
        async with self._alone():
            session = Session(self._engine.connect())
            try:
                await session.begin()
                yield session
            except BaseException:
                await session.roll_back()
                raise
            await session.commit()

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        if self._within is not None and self._within is asyncio.current_task():
            raise RuntimeError("a transaction inside a transaction would wait for itself for ever")
        async with self._turn:
            if self._closed:
                raise StoreUnavailable("the store is closed")
            self._within = asyncio.current_task()
            try:
                yield
            finally:
                self._within = None

    async def _sqlite_pragma(self, sentence: str) -> None:
        if self._engine.dialect.name == "sqlite":
            async with self._alone():
                await _or_unavailable(pragma(self._engine, sentence))


async def _or_unavailable(work: Coroutine[Any, Any, _T]) -> _T:
    try:
        return await undisturbed(work)
    except DATABASE_ERRORS as error:
        failed = unavailable(error)
    raise failed
