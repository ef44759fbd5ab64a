from dataclasses import replace

from bot.store import SqlStore
from bot.store.inbox import REMEMBERED
from tests.integration.store.examples import NOW, update


async def test_an_update_is_kept_as_it_came(store: SqlStore) -> None:
    secret = update(2, payload=None, secret=True)
    bare = update(3, chat_id=None, user_id=None, message_id=None)

    async with store.transaction() as tx:
        assert await tx.inbox.accept([update(1), secret, bare]) == {1, 2, 3}
        assert await tx.inbox.unfinished() == [update(1), secret, bare]


async def test_an_update_that_comes_again_is_not_accepted_again(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.inbox.accept([update(1), update(2)])
        await tx.inbox.done([1])
        assert await tx.inbox.accept([update(1), update(2), update(3), update(3, payload=b"other")]) == {3}
        assert await tx.inbox.accept([]) == frozenset()
        assert await tx.inbox.unfinished() == [update(2), update(3)]


async def test_a_number_that_telegram_gives_again_after_48_hours_is_another_update(store: SqlStore) -> None:
    again = update(1, received_at=NOW + REMEMBERED, payload=b"another")
    waiting = update(2, received_at=NOW + REMEMBERED, payload=b"another")
    async with store.transaction() as tx:
        await tx.inbox.accept([update(1), update(2)])
        await tx.inbox.done([1])
        assert await tx.inbox.accept([replace(again, received_at=NOW + REMEMBERED - 1)]) == frozenset()
        assert await tx.inbox.accept([again, waiting]) == {1}
        assert await tx.inbox.unfinished() == [update(2), again]


async def test_a_batch_larger_than_one_query_is_deduplicated_too(store: SqlStore) -> None:
    many = [update(n) for n in range(1200)]
    async with store.transaction() as tx:
        assert len(await tx.inbox.accept(many)) == 1200
        assert await tx.inbox.accept([*many, update(5000)]) == {5000}


async def test_what_is_done_loses_its_payload_and_is_not_replayed(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.inbox.accept([update(1), update(2), update(3)])
        await tx.inbox.done([1, 3])
        await tx.inbox.done([])
        assert [row.update_id for row in await tx.inbox.unfinished()] == [2]


async def test_tries_are_counted_before_they_are_made(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.inbox.accept([update(1)])
        assert [await tx.inbox.attempt(1), await tx.inbox.attempt(1)] == [1, 2]
        assert [row.attempts for row in await tx.inbox.unfinished()] == [2]
        assert await tx.inbox.attempt(99) == 0


async def test_a_dead_letter_is_not_replayed_and_still_known(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.inbox.accept([update(1)])
        await tx.inbox.bury(1, "ValidationError")
        assert await tx.inbox.unfinished() == []
        assert await tx.inbox.accept([update(1)]) == frozenset()


async def test_old_finished_rows_are_forgotten_and_unfinished_ones_never(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.inbox.accept([update(1), update(2), update(3, received_at=NOW + 10)])
        await tx.inbox.done([1, 3])
        assert await tx.inbox.forget(NOW + 5) == 1
        assert [row.update_id for row in await tx.inbox.unfinished()] == [2]
        assert await tx.inbox.accept([update(1), update(3)]) == {1}


async def test_the_offset_follows_the_highest_number_that_is_still_known(store: SqlStore) -> None:
    async with store.transaction() as tx:
        assert await tx.inbox.last_update_id() is None
        await tx.inbox.accept([update(900), update(7)])
        assert await tx.inbox.last_update_id() == 900
        await tx.inbox.done([900, 7])
        await tx.inbox.forget(NOW + REMEMBERED)
        assert await tx.inbox.last_update_id() is None


async def test_a_payload_is_boxed_anew_only_where_there_is_one(store: SqlStore) -> None:
    secret = update(2, payload=None, secret=True)
    async with store.transaction() as tx:
        await tx.inbox.accept([update(1), secret, update(3)])
        await tx.inbox.done([3])
        for update_id in (1, 2, 3, 4):
            await tx.inbox.repack(update_id, b"boxed anew")
        assert await tx.inbox.unfinished() == [update(1, payload=b"boxed anew"), secret]
