from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from bot.store import SqlStore, open_store
from bot.store.tables import metadata
from bot.usecases.storage import StoreUnavailable
from tests.integration.store.examples import connected, credential


@pytest.fixture
async def empty(database: Path) -> AsyncIterator[SqlStore]:
    opened = open_store(f"sqlite:///{database}")
    yield opened
    await opened.close()


async def execute(store: SqlStore, sql: str) -> None:
    async with store._session() as session:
        await session.change(text(sql))


async def differences(store: SqlStore) -> list[Any]:
    """Between the tables of the database and those that the code uses."""
    found: list[Any] = ["not compared"]

    def compare(connection: Connection) -> None:
        found[:] = compare_metadata(MigrationContext.configure(connection), metadata)

    async with store._session() as session:
        await session.run(compare)
    return found


async def table_names(store: SqlStore) -> list[str]:
    found = ["not looked"]

    def look(connection: Connection) -> None:
        found[:] = inspect(connection).get_table_names()

    async with store._session() as session:
        await session.run(look)
    return found


async def test_migrating_from_nothing_gives_exactly_the_tables_that_the_code_uses(store: SqlStore) -> None:
    assert await differences(store) == []


async def test_a_table_that_lacks_a_column_would_be_noticed(store: SqlStore) -> None:
    await execute(store, "alter table people drop column reachable")

    [(what, _, table, column)] = await differences(store)

    assert (what, table, column.name) == ("add_column", "people", "reachable")


async def test_migrating_again_changes_nothing(store: SqlStore) -> None:
    known = await connected(store)

    await store.migrate()
    await store.migrate()

    async with store.transaction() as tx:
        assert await tx.connections.get(known.id) == known


async def test_foreign_keys_are_on_again_after_a_migration(store: SqlStore) -> None:
    known = await connected(store)
    await store.migrate()

    async with store.transaction() as tx:
        await tx.connections.remove(known.id)
        assert await tx.credentials.terms_in_use() == {}


async def test_a_database_from_the_future_is_refused_and_left_as_it_is(store: SqlStore) -> None:
    await execute(store, "update alembic_version set version_num = '9999'")

    with pytest.raises(StoreUnavailable, match=r"made by a newer Latchkey \(revision 9999\)"):
        await store.migrate()

    assert await store.healthy() is True


async def test_a_database_of_another_program_is_refused_and_left_as_it_is(empty: SqlStore) -> None:
    await execute(empty, "create table other (x)")

    with pytest.raises(StoreUnavailable, match="tables of some other program"):
        await empty.migrate()

    assert await table_names(empty) == ["other"]


async def test_a_migration_that_fails_half_way_leaves_an_empty_database(
    empty: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_args: object, **_options: object) -> None:
        raise OSError

    monkeypatch.setattr("alembic.op.create_index", break_down)
    with pytest.raises(StoreUnavailable):
        await empty.migrate()
    assert await table_names(empty) == []

    monkeypatch.undo()
    await empty.migrate()
    assert await empty.healthy() is True


async def test_an_installation_of_the_first_version_keeps_its_connections(store: SqlStore) -> None:
    known = await connected(store)
    async with store.transaction() as tx:
        await tx.credentials.rotate(credential(known, revision=2), known.report)
    await execute(store, "alter table connections drop column last_revision")
    for index in ("lanes", "order", "rounds", "due"):
        await execute(store, f"drop index ix_outbox_{index}")
    for column in ("severity", "thread", "mode", "subject", "lane", "round", "due_at"):
        await execute(store, f"alter table outbox drop column {column}")
    await execute(store, "create index ix_outbox_unsent on outbox (chat_id, id) where finished_at is null")
    await execute(store, "drop index ix_connections_incident_id")
    await execute(store, "alter table connections drop column incident_id")
    for later in (
        "reminders",
        "rollups",
        "pending_pairs",
        "subscriptions",
        "invites",
        "incident_chats",
        "incident_members",
        "incidents",
        "unsteady",
        "threads",
        "chat_choices",
        "connection_choices",
        "status_cards",
        "maintenance",
        "announced",
        "digests",
    ):
        await execute(store, f"drop table {later}")
    await execute(store, "drop index ix_flips_at")
    await execute(store, "drop index ix_alerts_ringing")
    for column in ("acked_at", "acked_by", "acked_here", "rings_at", "rings", "waits"):
        await execute(store, f"alter table alerts drop column {column}")
    await execute(store, "update alembic_version set version_num = '0001'")

    await store.migrate()

    assert await differences(store) == []
    async with store.transaction() as tx:
        assert await tx.credentials.next_revision(known.id) == 3
        assert await tx.connections.ids() == [known.id]
        assert await tx.credentials.terms_in_use() == {7: 2}
