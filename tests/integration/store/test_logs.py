import logging
from pathlib import Path

import pytest

from bot.store import open_store
from bot.usecases.storage import StoreUnavailable
from tests.integration.store.examples import connected, connection, credential, message, update

CANARY = "canary-3c9be214"


async def test_no_row_and_no_parameter_is_logged_even_at_debug(
    database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = open_store(f"sqlite:///{database}")
    for name in ("", "aiosqlite", "sqlalchemy", "sqlalchemy.engine.Engine", "sqlalchemy.pool", "alembic"):
        caplog.set_level(logging.DEBUG, name or None)
    await store.migrate()

    known = await connected(store, label=CANARY)
    async with store.transaction() as tx:
        await tx.outbox.add(message(args={"label": CANARY}))
        await tx.inbox.accept([update(1, payload=CANARY.encode())])
        await tx.meta.put("fact", CANARY.encode())
        assert await tx.meta.get("fact") == CANARY.encode()
        assert await tx.inbox.unfinished() == [update(1, payload=CANARY.encode())]
        assert await tx.connections.get(known.id) == known
    with pytest.raises(StoreUnavailable):
        await connected(store, id=known.id, label=CANARY)
    await store.close()

    assert "alembic.runtime.migration" in {record.name for record in caplog.records}  # DEBUG is really on
    assert CANARY not in caplog.text
    assert "INSERT" not in caplog.text


def test_the_examples_of_these_tests_would_show_the_canary() -> None:
    assert CANARY in repr(connection(label=CANARY))
    assert CANARY in repr(credential(connection(), fingerprint=CANARY))
