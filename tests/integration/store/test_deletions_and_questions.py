from dataclasses import replace

from bot.store import SqlStore
from bot.usecases.ports import SecretQuestion
from tests.integration.store.examples import ALICE, BOB, NOW, deletion


async def test_deletions_are_pending_oldest_first_and_known_only_once(store: SqlStore) -> None:
    late, early = deletion(1, seen_at=NOW + 1), deletion(2, user_id=None, private=False, asked=False)
    async with store.transaction() as tx:
        await tx.deletions.add([late, early, replace(early, why="seed_phrase")])
        await tx.deletions.add([replace(late, why="exchange_key")])
        await tx.deletions.add([])
        assert await tx.deletions.pending() == [early, late]


async def test_the_same_number_in_another_chat_is_another_message(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.deletions.add([deletion(1)])
        await tx.deletions.add([deletion(1, chat_id=BOB)])
        await tx.deletions.done(ALICE, 1, NOW)
        assert await tx.deletions.pending() == [deletion(1, chat_id=BOB)]


async def test_a_batch_larger_than_one_query_is_kept_whole(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.deletions.add([deletion(n) for n in range(1, 1101)])
        await tx.deletions.add([deletion(n) for n in range(1, 1102)])
        assert len(await tx.deletions.pending()) == 1101


async def test_a_deletion_is_tried_until_it_is_confirmed_or_impossible(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.deletions.add([deletion(1), deletion(2), deletion(3)])
        await tx.deletions.later(ALICE, 1, NOW + 5)
        await tx.deletions.done(ALICE, 2, NOW + 1)
        await tx.deletions.impossible(ALICE, 3, NOW + 1, "message can't be deleted")
        assert await tx.deletions.pending() == [replace(deletion(1), attempts=1, not_before=NOW + 5)]

        await tx.deletions.add([deletion(2), deletion(3)])
        assert [d.message_id for d in await tx.deletions.pending()] == [1]


async def test_finished_deletions_are_forgotten_and_pending_ones_never(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.deletions.add([deletion(1), deletion(2), deletion(3)])
        await tx.deletions.done(ALICE, 1, NOW)
        await tx.deletions.impossible(ALICE, 2, NOW + 10, "too old")
        assert await tx.deletions.forget(NOW + 5) == 1
        assert await tx.deletions.forget(NOW + 1e9) == 1
        assert [d.message_id for d in await tx.deletions.pending()] == [3]


async def test_a_question_is_open_until_it_is_closed_and_known_until_it_is_forgotten(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.questions.open(ALICE, ALICE, NOW)
        await tx.questions.open(-100, BOB, NOW + 1)
        await tx.questions.close(ALICE, ALICE, NOW + 30)
        assert await tx.questions.all() == [
            SecretQuestion(ALICE, ALICE, NOW, NOW + 30),
            SecretQuestion(-100, BOB, NOW + 1),
        ]
        assert await tx.questions.forget(NOW + 31) == 1
        assert await tx.questions.forget(NOW + 1e9) == 0
        assert await tx.questions.all() == [SecretQuestion(-100, BOB, NOW + 1)]


async def test_a_question_asked_twice_is_open_since_the_first_time(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.questions.open(ALICE, ALICE, NOW)
        await tx.questions.open(ALICE, ALICE, NOW + 20)
        assert await tx.questions.all() == [SecretQuestion(ALICE, ALICE, NOW)]


async def test_a_question_closed_twice_is_closed_since_the_first_time_and_may_open_anew(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.questions.open(ALICE, ALICE, NOW)
        await tx.questions.close(ALICE, ALICE, NOW + 20)
        await tx.questions.close(ALICE, ALICE, NOW + 40)
        assert await tx.questions.all() == [SecretQuestion(ALICE, ALICE, NOW, NOW + 20)]
        await tx.questions.open(ALICE, ALICE, NOW + 60)
        assert await tx.questions.all() == [SecretQuestion(ALICE, ALICE, NOW + 60)]
