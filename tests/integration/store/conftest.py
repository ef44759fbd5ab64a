from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.ddl import ExecutableDDLElement

from bot.store import SqlStore, open_store


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "data" / "latchkey.db"


@pytest.fixture
async def store(database: Path) -> AsyncIterator[SqlStore]:
    """A real file. Every statement that a test runs through it must also be good SQL for PostgreSQL."""
    opened = open_store(f"sqlite:///{database}")
    await opened.migrate()
    event.listen(opened._engine.sync_engine, "before_execute", _also_for_postgresql)
    yield opened
    await opened.close()


def _also_for_postgresql(_connection: Any, statement: Any, many: Any, one: Any, _options: Any) -> None:
    if isinstance(statement, ClauseElement) and not isinstance(statement, ExecutableDDLElement):
        parameters = many[0] if many else one
        dialect = postgresql.dialect()  # type: ignore[no-untyped-call] # SQLAlchemy leaves it untyped
        statement.compile(dialect=dialect, column_keys=list(parameters))
