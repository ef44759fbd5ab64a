"""The statements of one transaction, and what becomes of them when the caller is cancelled or the database fails."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Executable, Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.failures import DATABASE_ERRORS, unavailable
from bot.usecases.storage import StoreUnavailable

_T = TypeVar("_T")

Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]
AnyRow = Row[*tuple[Any, ...]]

_SPOILT = "an earlier statement of this transaction failed"

CHUNK = 500
"""How many values go into one IN list: far under what either database takes, and few shapes to compile."""


class Session:
    """One transaction's way to the database; of no use once it has ended.

    After a failed statement every further one fails too, and so does the commit: SQLite may have rolled back by itself,
    and what followed would be kept without what came before.
    """

    __slots__ = ("_connection", "_ended", "_failed")

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._failed = False
        self._ended = False

    async def rows(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> Sequence[AnyRow]:
        """All rows."""
        return (await self._run(statement, parameters)).all()

    async def row(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> AnyRow | None:
        """The first row, or None."""
        return (await self._run(statement, parameters)).first()

    async def change(self, statement: Executable, parameters: Parameters | None = None) -> int:
        """How many rows changed; with a list of parameters, one statement run for each of them."""
        return (await self._run(statement, parameters)).rowcount

    async def many(self, statement: Executable, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Runs one statement with many rows, each the values of ``names`` in their order.

        For what runs thousands of times a minute: SQLAlchemy names and sorts the values of each row anew, which costs
        more than the database does.
        """

        def run(connection: Connection) -> None:
            compiled = statement.compile(dialect=connection.dialect)  # type: ignore[attr-defined] # all of ours can
            order = [names.index(name) for name in compiled.positiontup]
            connection.exec_driver_sql(compiled.string, [tuple(row[at] for at in order) for row in rows])

        self._check()
        await self._guarded(self._connection.run_sync(run))

    async def insert(self, statement: Executable, parameters: Mapping[str, Any]) -> int:
        """The number the database gave to the new row."""
        key = (await self._run(statement, parameters)).inserted_primary_key
        assert key is not None
        return int(key[0])

    async def run(self, work: Callable[[Connection], _T]) -> _T:
        """Several statements that want the plain connection: a migration."""
        return await self._guarded(self._connection.run_sync(work))

    async def begin(self) -> None:
        """Takes the connection and, on SQLite, the right to write. Raises ``StoreUnavailable``."""
        failed = await undisturbed(self._begin())
        if failed is not None:
            raise failed

    async def commit(self) -> None:
        """On disk when it returns. Raises ``StoreUnavailable``, with nothing kept, if any statement had failed."""
        if self._failed:
            await self.roll_back()
            raise StoreUnavailable(_SPOILT)
        self._ended = True
        failed = await undisturbed(self._commit())
        if failed is not None:
            raise failed

    async def roll_back(self) -> None:
        """Nothing of it is kept. Never fails: a connection that cannot roll back is closed, which does."""
        self._ended = True
        await undisturbed(self._roll_back())

    async def _run(self, statement: Executable, parameters: Parameters | None) -> CursorResult[*tuple[Any, ...]]:
        self._check()
        return await self._guarded(self._connection.execute(statement, parameters))

    def _check(self) -> None:
        if self._ended:
            raise RuntimeError("this transaction has ended: use it inside its block only")
        if self._failed:
            raise StoreUnavailable(_SPOILT)

    async def _guarded(self, work: Coroutine[Any, Any, _T]) -> _T:
        try:
            return await undisturbed(work)
        except DATABASE_ERRORS as error:
            self._failed = True
            failed = unavailable(error)
        raise failed

    # What follows runs undisturbed, and so has to clean up by itself: after a cancellation nobody looks at its result.

    async def _begin(self) -> StoreUnavailable | None:
        try:
            await self._connection.start()
            await self._connection.begin()
        except DATABASE_ERRORS as error:
            failed = unavailable(error)
        else:
            return None
        await self._discard()
        return failed

    async def _commit(self) -> StoreUnavailable | None:
        try:
            await self._connection.commit()
            await self._connection.close()
        except DATABASE_ERRORS as error:
            failed = unavailable(error)
        else:
            return None
        await self._discard()
        return failed

    async def _roll_back(self) -> None:
        try:
            await self._connection.rollback()
            await self._connection.close()
        except DATABASE_ERRORS:
            await self._discard()

    async def _discard(self) -> None:
        """The next transaction gets a new connection: SQLAlchemy thinks this one's transaction over, SQLite may not."""
        if self._connection.sync_connection is not None:
            await self._connection.invalidate()
            await self._connection.close()


async def undisturbed(work: Coroutine[Any, Any, _T]) -> _T:
    """Runs to its end even if the caller is cancelled meanwhile; the cancellation is raised then.

    A statement left half-way would make SQLAlchemy close the connection under the feet of the next transaction, and a
    commit left half-way would release the lock while it is still being written.
    """
    task = asyncio.ensure_future(work)  # noqa: TID251 - held and awaited right here; it never outlives this function
    cancelled = None
    while not task.done():
        try:
            await asyncio.wait((task,))
        except asyncio.CancelledError as reason:
            cancelled = reason
    if cancelled is not None:
        if not task.cancelled():
            task.exception()  # looked at, so that asyncio does not log it
        raise cancelled
    return task.result()
