"""The driver's connection: what SQLAlchemy wants to know of a statement comes back in one crossing."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.store.crossing import OneCrossingConnection, connect


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[OneCrossingConnection]:
    connection = connect(str(tmp_path / "crossing.db"), isolation_level=None)
    await connection
    cursor = connection.cursor()
    await cursor.execute("CREATE TABLE keys (id INTEGER PRIMARY KEY, label TEXT NOT NULL)")
    yield connection
    await connection.close()


async def test_a_query_brings_its_rows_along_and_each_row_once(connection: OneCrossingConnection) -> None:
    cursor = connection.cursor()
    await cursor.executemany("INSERT INTO keys (label) VALUES (?)", [("Main",), ("Bot",)])
    assert cursor.rowcount == 2
    await cursor.execute("SELECT label FROM keys ORDER BY id")
    assert [column[0] for column in cursor.description] == ["label"]
    assert list(await cursor.fetchall()) == [("Main",), ("Bot",)]
    assert list(await cursor.fetchall()) == []


async def test_a_change_says_how_many_rows_and_which_number(connection: OneCrossingConnection) -> None:
    cursor = connection.cursor()
    await cursor.execute("INSERT INTO keys (label) VALUES (?)", ("Main",))
    assert (cursor.lastrowid, cursor.description) == (1, None)
    await cursor.execute("UPDATE keys SET label = ?", ("Other",))
    assert cursor.rowcount == 1
    await cursor.execute("DELETE FROM keys WHERE id = ?", (2,))
    assert cursor.rowcount == 0


async def test_what_the_database_refuses_is_raised_here_and_the_connection_goes_on(
    connection: OneCrossingConnection,
) -> None:
    cursor = connection.cursor()
    with pytest.raises(sqlite3.IntegrityError):
        await cursor.execute("INSERT INTO keys (label) VALUES (NULL)")
    await cursor.execute("SELECT count(*) FROM keys")
    assert list(await cursor.fetchall()) == [(0,)]


async def test_a_statement_crosses_once(connection: OneCrossingConnection) -> None:
    crossings = 0
    really = connection._tx.put_nowait

    class Counting:
        def put_nowait(self, item: Any) -> None:
            nonlocal crossings
            crossings += 1
            really(item)

    connection._tx = Counting()  # type: ignore[assignment]
    cursor = connection.cursor()
    await cursor.execute("SELECT label FROM keys")
    await cursor.fetchall()
    await cursor.close()
    assert crossings == 1
