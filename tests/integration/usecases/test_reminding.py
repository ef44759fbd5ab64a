"""Reminders over the real store: once each, also after a crash, and about the key that is in use."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.connection import Connection
from bot.domain.reminders import DAY, KeyReminders
from bot.store.engine import SqlStore, open_store
from bot.usecases.delivery import Kind, OutboxItem
from bot.usecases.remind import PAGE, RemindOwners
from tests.integration.store.examples import ALICE, NOW, REPORT, connected, credential
from tests.integration.usecases.conftest import FakeClock

ENDING = replace(REPORT, expires_at=NOW + 20 * DAY)
ENDLESS = replace(REPORT, expires_at=None)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    opened = open_store(f"sqlite:///{tmp_path / 'data' / 'latchkey.db'}")
    await opened.migrate()
    yield opened
    await opened.close()


class Reminding:
    """Looks at a day, and reads what waits in Alice's outbox since."""

    def __init__(self, store: SqlStore) -> None:
        self.store, self.clock = store, FakeClock()

    async def on_day(self, day: float) -> Sequence[OutboxItem]:
        """A new one each time: nothing is remembered but in the store."""
        self.clock.at = NOW + day * DAY
        await RemindOwners(self.store, self.clock)()
        return await self.told()

    async def told(self) -> Sequence[OutboxItem]:
        """Takes what is due out of the outbox, as the relay would."""
        items = []
        async with self.store.transaction() as tx:
            while due := await tx.outbox.due(self.clock.at):
                for item in due:
                    items.append(item)
                    await tx.outbox.sent(item.id, self.clock.at, 1)
        return items


@pytest.fixture
def reminding(store: SqlStore) -> Reminding:
    return Reminding(store)


async def rotated(store: SqlStore, known: Connection, revision: int = 2) -> None:
    async with store.transaction() as tx:
        assert await tx.credentials.rotate(credential(known, revision=revision, key_tail="new1"), ENDLESS)


async def test_each_reminder_comes_once_and_names_its_key(reminding: Reminding) -> None:
    known = await connected(reminding.store, report=ENDING)
    assert [] == await reminding.on_day(5)
    (first,) = await reminding.on_day(6.1)
    assert (Kind.KEY_ENDING, ALICE, known.id, True) == (first.kind, first.chat_id, first.connection_id, first.silent)
    assert (14, NOW + 20 * DAY, known.label) == (first.args["days"], first.args["expires_at"], first.args["label"])
    assert [] == await reminding.on_day(6.2)
    assert [(7, True)] == [(item.args["days"], item.silent) for item in await reminding.on_day(13)]
    assert [(3, False)] == [(item.args["days"], item.silent) for item in await reminding.on_day(17.5)]
    assert [(1, False)] == [(item.args["days"], item.silent) for item in await reminding.on_day(19.5)]
    assert [] == await reminding.on_day(19.9)


async def test_a_new_key_has_its_own_age_and_the_one_that_comes_back_keeps_its(reminding: Reminding) -> None:
    known = await connected(reminding.store, report=ENDLESS)
    assert [] == await reminding.on_day(170)
    await rotated(reminding.store, known)
    assert [] == await reminding.on_day(190)  # which of the two stays is not settled
    async with reminding.store.transaction() as tx:
        await tx.credentials.settle(known.id)
    assert [] == await reminding.on_day(191)
    assert [] == await reminding.on_day(191 + 179)
    (advice,) = await reminding.on_day(191 + 180)
    assert (Kind.KEY_AGED, 180 * DAY, True) == (advice.kind, advice.args["age"], advice.silent)
    await rotated(reminding.store, known, 3)
    async with reminding.store.transaction() as tx:
        await tx.credentials.fall_back(known.id)
    assert [] == await reminding.on_day(191 + 181)


async def test_a_mute_holds_a_reminder_and_a_later_one_takes_its_place(reminding: Reminding) -> None:
    known = await connected(reminding.store, report=ENDING)
    async with reminding.store.transaction() as tx:
        await tx.alerts.mute(known.id, ALICE, NOW + 18 * DAY)
    assert [] == await reminding.on_day(6.1)
    assert [] == await reminding.on_day(17.5)
    assert [3] == [item.args["days"] for item in await reminding.on_day(18.1)]


async def test_a_held_reminder_of_a_key_that_was_replaced_never_comes(reminding: Reminding) -> None:
    known = await connected(reminding.store, report=ENDING)
    async with reminding.store.transaction() as tx:
        await tx.alerts.mute(known.id, ALICE, NOW + 18 * DAY)
    assert [] == await reminding.on_day(6.1)
    await rotated(reminding.store, known)
    async with reminding.store.transaction() as tx:
        await tx.credentials.settle(known.id)
    assert [] == await reminding.on_day(17)
    assert [] == await reminding.on_day(18.1)


async def test_more_keys_than_a_page_are_all_looked_at(reminding: Reminding) -> None:
    known = {(await connected(reminding.store, report=ENDING)).id for _ in range(PAGE + 2)}
    told = await reminding.on_day(6.1)
    assert known == {item.connection_id for item in told}
    assert PAGE + 2 == len(told)


async def test_what_was_said_goes_with_its_connection(reminding: Reminding) -> None:
    known = await connected(reminding.store, report=ENDING)
    await reminding.on_day(6.1)
    async with reminding.store.transaction() as tx:
        (key,) = await tx.reminders.keys(None, 10)
        assert KeyReminders(NOW, None, NOW + 20 * DAY, 14) == key.said
        await tx.connections.remove(known.id)
        assert [] == await tx.reminders.keys(None, 10)
        assert None is await tx.connections.get(known.id)
