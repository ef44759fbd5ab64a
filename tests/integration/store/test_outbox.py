from dataclasses import replace

from bot.domain.connection import ConnectionId
from bot.store import SqlStore
from bot.usecases.delivery import Kind
from bot.usecases.storage import Transaction
from tests.integration.store.examples import ALICE, BOB, NOW, message

GROUP, SUPERGROUP = -4001, -1_000_000_004_001
ONE, OTHER = ConnectionId("1" * 32), ConnectionId("2" * 32)


async def due_ids(tx: Transaction, now: float = NOW, limit: int = 100) -> list[int]:
    return [item.id for item in await tx.outbox.due(now, limit)]


async def test_a_message_comes_back_as_it_was_written(store: SqlStore) -> None:
    item = message(alert_id="alert-1", connection_id=ONE, silent=True, kind=Kind.RECOVERED, attempts=1)

    async with store.transaction() as tx:
        item_id = await tx.outbox.add(item)
        assert await tx.outbox.due(NOW) == [replace(item, id=item_id)]


async def test_only_the_oldest_of_each_chat_is_due(store: SqlStore) -> None:
    async with store.transaction() as tx:
        alices = [await tx.outbox.add(message(ALICE)) for _ in range(3)]
        bobs = [await tx.outbox.add(message(BOB)) for _ in range(2)]
        assert await due_ids(tx) == [alices[0], bobs[0]]
        assert await due_ids(tx, limit=1) == [alices[0]]

        await tx.outbox.sent(alices[0], NOW, 11)
        await tx.outbox.give_up(bobs[0], NOW, "chat not found")
        assert await due_ids(tx) == [alices[1], bobs[1]]


async def test_a_message_that_must_be_tried_again_holds_its_chat_back_and_no_other(store: SqlStore) -> None:
    async with store.transaction() as tx:
        tried, after = [await tx.outbox.add(message(ALICE)) for _ in range(2)]
        bobs = await tx.outbox.add(message(BOB))
        await tx.outbox.later(tried, NOW + 30)
        assert await due_ids(tx) == [bobs]
        assert await due_ids(tx, NOW + 29.9) == [bobs]
        [again, _] = await tx.outbox.due(NOW + 30)
        assert (again.id, again.attempts, again.not_before) == (tried, 1, NOW + 30)

        await tx.outbox.sent(tried, NOW + 31, None)
        assert await due_ids(tx, NOW + 31) == [bobs, after]  # everybody has a turn before anybody has a second


async def test_a_message_held_by_a_mute_lets_later_ones_pass(store: SqlStore) -> None:
    async with store.transaction() as tx:
        muted = await tx.outbox.add(message(ALICE, not_before=NOW + 3600))
        after = await tx.outbox.add(message(ALICE))
        assert await due_ids(tx) == [after]
        assert await due_ids(tx, NOW + 3600) == [muted]


async def test_news_that_is_no_longer_true_is_taken_back_unless_it_was_sent(store: SqlStore) -> None:
    async with store.transaction() as tx:
        sent = await tx.outbox.add(message(ALICE, connection_id=ONE))
        await tx.outbox.sent(sent, NOW, 1)
        for facts in ({"connection_id": ONE}, {"connection_id": ONE}, {"connection_id": OTHER}):
            await tx.outbox.add(message(ALICE, **facts))
        await tx.outbox.add(message(ALICE, connection_id=ONE, kind=Kind.ROTATED))
        await tx.outbox.add(message(BOB, connection_id=ONE))

        assert await tx.outbox.withdraw(ONE, ALICE, Kind.ALERT) == 2
        assert await tx.outbox.withdraw(ONE, ALICE, Kind.ALERT) == 0
        assert await tx.outbox.waiting(NOW) == (3, 0.0)


async def test_how_much_waits_and_since_when(store: SqlStore) -> None:
    async with store.transaction() as tx:
        assert await tx.outbox.waiting(NOW) == (0, 0.0)
        await tx.outbox.add(message(ALICE, created_at=NOW - 500, not_before=NOW + 10))
        assert await tx.outbox.waiting(NOW) == (1, 0.0)
        await tx.outbox.add(message(BOB, created_at=NOW - 20, not_before=NOW - 20))
        assert await tx.outbox.waiting(NOW) == (2, 20.0)


async def test_finished_messages_are_forgotten_and_waiting_ones_never(store: SqlStore) -> None:
    async with store.transaction() as tx:
        old, given_up, young, waiting = [await tx.outbox.add(message(chat)) for chat in (1, 2, 3, 4)]
        await tx.outbox.sent(old, NOW, 1)
        await tx.outbox.give_up(given_up, NOW, "blocked")
        await tx.outbox.sent(young, NOW + 10, 1)

        assert await tx.outbox.forget(NOW + 5) == 2
        assert await tx.outbox.forget(NOW + 1e9) == 1
        assert await due_ids(tx) == [waiting]


async def test_numbers_keep_growing_over_an_emptied_outbox(store: SqlStore) -> None:
    async with store.transaction() as tx:
        first = await tx.outbox.add(message())
        await tx.outbox.sent(first, NOW, 1)
        await tx.outbox.forget(NOW + 1)
        assert await tx.outbox.add(message()) > first


async def test_waiting_messages_move_with_a_group_in_their_order(store: SqlStore) -> None:
    async with store.transaction() as tx:
        first, second = [await tx.outbox.add(message(GROUP)) for _ in range(2)]
        await tx.chats.move(GROUP, SUPERGROUP)
        [item] = await tx.outbox.due(NOW)
        assert (item.id, item.chat_id) == (first, SUPERGROUP)
        await tx.outbox.sent(first, NOW, 1)
        assert await due_ids(tx) == [second]


async def test_a_message_withdrawn_while_it_was_sent_stays_withdrawn(store: SqlStore) -> None:
    async with store.transaction() as tx:
        item_id = await tx.outbox.add(message(connection_id=ONE))
        await tx.outbox.withdraw(ONE, ALICE, Kind.ALERT)
        await tx.outbox.sent(item_id, NOW, 5)
        await tx.outbox.later(item_id, NOW)
        assert await tx.outbox.waiting(NOW) == (0, 0.0)
