"""aiosqlite's connection, with one crossing to its thread for each statement.

aiosqlite makes the cursor, runs the statement, fetches the rows and closes the cursor in four crossings, and each wakes
both threads. An outage makes thousands of small statements within a minute, all of them in the single writer's line:
there the crossings cost several times what SQLite does.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

import aiosqlite


class OneCrossingCursor:
    """What SQLAlchemy asks of a driver's cursor. It holds rows, and nothing of SQLite's that had to be closed."""

    arraysize = 1

    def __init__(self, connection: "OneCrossingConnection") -> None:
        self._connection = connection
        self._rows: Sequence[Any] = ()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Any = ()) -> "OneCrossingCursor":
        """Raises what SQLite raises."""
        return await self._run(lambda cursor: cursor.execute(sql, parameters))

    async def executemany(self, sql: str, parameters: Iterable[Any]) -> "OneCrossingCursor":
        """Raises what SQLite raises."""
        return await self._run(lambda cursor: cursor.executemany(sql, parameters))

    async def fetchall(self) -> Sequence[Any]:
        """All rows, once."""
        rows, self._rows = self._rows, ()
        return rows

    async def close(self) -> None:
        """It has been, already."""

    async def _run(self, work: Callable[[sqlite3.Cursor], object]) -> "OneCrossingCursor":
        def there_and_back(connection: sqlite3.Connection) -> None:
            cursor = connection.cursor()
            try:
                work(cursor)
                self._rows = cursor.fetchall() if cursor.description else ()
                self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
            finally:
                cursor.close()

        await self._connection.work(there_and_back)
        return self


class OneCrossingConnection(aiosqlite.Connection):
    """One that hands out such cursors."""

    def cursor(self) -> OneCrossingCursor:  # type: ignore[override] # SQLAlchemy enters it, and knows no more of it
        """A cursor; making it crosses nothing."""
        return OneCrossingCursor(self)

    async def work(self, what: Callable[[sqlite3.Connection], None]) -> None:
        """Runs it on the connection's thread, after all that was asked before."""
        await self._execute(what, self._conn)  # type: ignore[no-untyped-call] # as aiosqlite's own cursors do


def connect(path: str, **options: Any) -> OneCrossingConnection:
    """For SQLAlchemy's ``async_creator_fn``; opened when it is awaited."""
    connection = OneCrossingConnection(lambda: sqlite3.connect(path, **options), iter_chunk_size=64)
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does with those that it makes itself
    return connection
