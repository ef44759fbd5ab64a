"""PostgreSQL comes later. What can be known without a server is that each statement and table is good SQL for it.

The ``store`` fixture also compiles whatever any of these tests executes, with the parameters it is executed with.
"""

import importlib
import pkgutil

import pytest
from sqlalchemy import Delete, Insert, Select, Table, Update
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from bot import store
from bot.store.tables import metadata

DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call] # SQLAlchemy leaves it untyped
STATEMENTS = {
    f"{module.name}.{name}": value
    for module in pkgutil.iter_modules(store.__path__, "bot.store.")
    if module.name != "bot.store.migrations"
    for name, value in vars(importlib.import_module(module.name)).items()
    if isinstance(value, Select | Insert | Update | Delete)
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_each_statement_is_good_for_postgresql(name: str) -> None:
    sql = str(STATEMENTS[name].compile(dialect=DIALECT))

    assert sql.split(maxsplit=1)[0] in {"SELECT", "INSERT", "UPDATE", "DELETE"}


def test_the_statements_were_found() -> None:
    assert len(STATEMENTS) > 50


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_each_table_and_index_is_good_for_postgresql(table: Table) -> None:
    ddl = [str(CreateTable(table).compile(dialect=DIALECT))]
    ddl += [str(CreateIndex(index).compile(dialect=DIALECT)) for index in table.indexes]

    assert [sql.split()[0] for sql in ddl] == ["CREATE"] * len(ddl)


def test_numbers_that_the_database_gives_are_wide_enough_there() -> None:
    assert "id BIGSERIAL NOT NULL" in str(CreateTable(metadata.tables["outbox"]).compile(dialect=DIALECT))


def test_the_database_numbers_nothing_that_telegram_numbers() -> None:
    serial = {
        table.name for table in metadata.sorted_tables if "SERIAL" in str(CreateTable(table).compile(dialect=DIALECT))
    }
    assert serial == {"outbox", "flips", "incidents"}
