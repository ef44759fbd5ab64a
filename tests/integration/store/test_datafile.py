import asyncio
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store import SqlStore, open_store
from bot.store.datafile import claim
from bot.store.sqlite import PRAGMAS
from bot.usecases.storage import StoreUnavailable

OPENS = """
import asyncio, sys
from bot.store import open_store
from bot.usecases.storage import StoreUnavailable
try:
    store = open_store(sys.argv[1])
except StoreUnavailable as error:
    sys.exit(str(error))
asyncio.run(store.close())
"""


def mode(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


async def open_elsewhere(database: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", OPENS, f"sqlite:///{database}"]
    return await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, timeout=60, check=False)


async def test_folder_and_files_are_closed_to_everybody_else(store: SqlStore, database: Path) -> None:
    async with store.transaction() as tx:
        await tx.meta.put("fact", b"x")

    assert mode(database.parent) == "0o700"
    assert {path.name: mode(path) for path in database.parent.iterdir()} == {
        "latchkey.db": "0o600",
        "latchkey.db-wal": "0o600",
        "latchkey.db-shm": "0o600",
        "latchkey.db.lock": "0o600",
    }


def test_a_file_that_was_readable_by_all_is_closed_and_a_shared_folder_left_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    database = tmp_path / "latchkey.db"
    database.touch(mode=0o644)

    claim(database).release()

    assert (mode(database), mode(tmp_path)) == ("0o600", "0o755")


async def test_the_live_connection_has_every_pragma_that_safety_rests_on(store: SqlStore) -> None:
    async with store._engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        read = {}
        for name in (*PRAGMAS, "busy_timeout"):
            cursor = await driver.execute(f"PRAGMA {name}")
            (read[name],) = await cursor.fetchone()
            await cursor.close()

    assert read == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "temp_store": 2,
        "trusted_schema": 0,
        "busy_timeout": 5000,
    }


async def test_a_second_process_is_told_to_wait_for_the_first_to_stop(store: SqlStore, database: Path) -> None:
    refused = await open_elsewhere(database)
    await store.close()
    let_in = await open_elsewhere(database)

    assert refused.returncode == 1
    assert "in use by another Latchkey process (pid " in refused.stderr
    assert refused.stderr.rstrip().endswith("stop that one first")
    assert (let_in.returncode, let_in.stderr) == (0, "")


async def test_the_same_process_cannot_open_it_twice_either(store: SqlStore, database: Path) -> None:
    with pytest.raises(StoreUnavailable, match="stop that one first"):
        open_store(f"sqlite:///{database}")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql+asyncpg://bot:hunter2@db/latchkey", "must begin with sqlite"),
        ("no url at all", "must begin with sqlite"),
        ("", "must begin with sqlite"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
    ],
)
def test_a_url_that_is_not_ours_is_refused_in_one_sentence(url: str, says: str) -> None:
    with pytest.raises(StoreUnavailable, match=says) as refused:
        open_store(url)

    assert "hunter2" not in str(refused.value)


def test_a_place_where_nothing_can_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StoreUnavailable, match=r"latchkey\.db cannot be opened"):
        open_store(f"sqlite:///{tmp_path}/file/latchkey.db")


async def test_a_file_that_is_no_database_is_named_as_such(tmp_path: Path) -> None:
    database = tmp_path / "latchkey.db"
    database.write_bytes(b"these are not the pages you are looking for " * 100)
    store = open_store(f"sqlite:///{database}")

    with pytest.raises(StoreUnavailable, match="is not a database"):
        await store.migrate()

    await store.close()
    assert database.read_bytes().startswith(b"these are not")


def test_a_file_that_cannot_be_opened_stays_free_for_others(tmp_path: Path) -> None:
    database = tmp_path / "latchkey.db"
    database.mkdir()
    with pytest.raises(StoreUnavailable, match="cannot be opened: Is a directory"):
        claim(database)
    database.rmdir()

    claim(database).release()


async def test_a_file_system_that_cannot_hold_a_log_is_refused(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PRAGMAS, "journal_mode", "DELETE")  # what such a file system answers to WAL
    store = open_store(f"sqlite:///{database}")

    with pytest.raises(StoreUnavailable, match="needs a local disk"):
        await store.migrate()

    monkeypatch.undo()
    await store.migrate()
    await store.close()
