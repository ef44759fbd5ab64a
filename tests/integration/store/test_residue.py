"""What is deleted is gone from the bytes of the files, not only from the answers to queries."""

from pathlib import Path

from bot.store import SqlStore
from bot.store.sqlite import pragma
from tests.integration.store.examples import ALICE, NOW, connected, connection, credential, flip, message, update

LABEL = "label-canary-51aa"
TAIL = "zQ9!"
RECORD = b"TKV1-ciphertext-canary-" * 12
LISTED = b"TKB1-whitelist-canary-" * 4
FINGERPRINT = "f1" * 32


def residue(database: Path) -> set[str]:
    """Which of the canaries are in any of the files, and where."""
    wanted = {
        "label": LABEL.encode(),
        "tail": TAIL.encode(),
        "record": RECORD[:23],
        "list": LISTED[:22],
        "fingerprint": FINGERPRINT.encode(),
    }
    return {
        f"{name} in {path.name}"
        for path in database.parent.iterdir()
        for name, canary in wanted.items()
        if canary in path.read_bytes()
    }


async def fill(store: SqlStore, neighbours: int = 40) -> None:
    """Neighbours on the same pages, so that deleting frees cells and not only whole pages."""
    for _ in range(neighbours):
        await connected(store)


async def test_a_removed_connection_leaves_no_residue_in_database_and_log(store: SqlStore, database: Path) -> None:
    await fill(store)
    doomed = connection(label=LABEL, key_tail=TAIL)
    async with store.transaction() as tx:
        await tx.connections.add(doomed, credential(doomed, record=RECORD, fingerprint=FINGERPRINT), LISTED)
        await tx.flips.add(doomed.id, [flip()])
        waiting = message(connection_id=doomed.id, args={"label": LABEL, "tail": TAIL})
        await tx.outbox.add(waiting)
        sent = await tx.outbox.add(waiting)
        given_up = await tx.outbox.add(waiting)
    async with store.transaction() as tx:
        await tx.outbox.sent(sent, NOW, 1)
        await tx.outbox.give_up(given_up, NOW, "blocked")
    await fill(store)
    before = residue(database)

    async with store.transaction() as tx:
        await tx.connections.remove(doomed.id)
    await store.scrub()

    assert {what.split()[0] for what in before} == {"label", "tail", "record", "list", "fingerprint"}
    assert residue(database) == set()


async def test_scrubbing_empties_the_log(store: SqlStore, database: Path) -> None:
    await fill(store, 3)
    log = database.with_name("latchkey.db-wal")
    before = log.stat().st_size

    await store.scrub()

    assert before > 0
    assert log.stat().st_size == 0
    assert await store.healthy() is True


async def test_a_key_that_was_rotated_out_leaves_no_residue(store: SqlStore, database: Path) -> None:
    await fill(store)
    one = connection(key_tail=TAIL)
    async with store.transaction() as tx:
        await tx.connections.add(one, credential(one, record=RECORD, fingerprint=FINGERPRINT), LISTED)
        await tx.credentials.rotate(credential(one, revision=2, key_tail="new2"), one.report)
        await tx.credentials.settle(one.id)
    await store.scrub()

    assert residue(database) == set()


async def test_a_handled_update_leaves_no_residue_of_its_payload(store: SqlStore, database: Path) -> None:
    async with store.transaction() as tx:
        await tx.inbox.accept([update(n, payload=RECORD) for n in range(1, 40)])
        await tx.inbox.done(range(1, 39))
        await tx.inbox.bury(39, "ValueError")
        await tx.inbox.repack(1, RECORD)
    await store.scrub()

    assert residue(database) == set()


async def test_a_message_that_arrived_says_nothing_any_more(store: SqlStore, database: Path) -> None:
    async with store.transaction() as tx:
        sent = await tx.outbox.add(message(ALICE, args={"label": LABEL, "tail": TAIL}))
        await tx.outbox.sent(sent, NOW, 1)
    await store.scrub()

    assert residue(database) == set()


async def test_without_secure_delete_the_same_search_finds_it(store: SqlStore, database: Path) -> None:
    await pragma(store._engine, "secure_delete=OFF")
    await fill(store)
    doomed = connection(label=LABEL, key_tail=TAIL)
    async with store.transaction() as tx:
        await tx.connections.add(doomed, credential(doomed, record=RECORD, fingerprint=FINGERPRINT), LISTED)
    await store.scrub()
    async with store.transaction() as tx:
        await tx.connections.remove(doomed.id)
    await store.scrub()

    assert "record in latchkey.db" in residue(database)
