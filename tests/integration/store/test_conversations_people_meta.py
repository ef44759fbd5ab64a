from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.store import SqlStore
from bot.usecases.ports import Person
from tests.integration.store.examples import ALICE

KEY = "5000000001:5000000001:main"


async def rows_of_conversations(store: SqlStore) -> int:
    async with store._session() as session:
        row = await session.row(text("select count(*) from conversations"))
        assert row is not None
        return int(row[0])


async def test_a_conversation_goes_on_where_it_stood(store: SqlStore) -> None:
    data = {"draft": "d1", "page": 2, "nested": {"list": [1, None, "ż"]}, "yes": True}
    async with store.transaction() as tx:
        assert await tx.conversations.load(KEY) == (None, {})
        await tx.conversations.save_state(KEY, "Connect:secret")
        await tx.conversations.save_data(KEY, data)
        assert await tx.conversations.load(KEY) == ("Connect:secret", data)
        assert await tx.conversations.load("another") == (None, {})


async def test_state_and_data_change_without_each_other(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.conversations.save_data(KEY, {"page": 1})
        assert await tx.conversations.load(KEY) == (None, {"page": 1})
        await tx.conversations.save_state(KEY, "Home:list")
        await tx.conversations.save_data(KEY, {})
        assert await tx.conversations.load(KEY) == ("Home:list", {})


async def test_an_ended_conversation_leaves_no_row(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.conversations.save_state(KEY, "Home:list")
        await tx.conversations.save_data(KEY, {"page": 1})
        await tx.conversations.save_state(KEY, None)
    assert await rows_of_conversations(store) == 1
    async with store.transaction() as tx:
        await tx.conversations.save_data(KEY, {})
    assert await rows_of_conversations(store) == 0
    async with store.transaction() as tx:
        await tx.conversations.save_state(KEY, None)
        await tx.conversations.save_data(KEY, {})
    assert await rows_of_conversations(store) == 0


async def test_what_json_cannot_hold_is_refused_and_not_kept_half(store: SqlStore) -> None:
    async def save_something_odd() -> None:
        async with store.transaction() as tx:
            await tx.conversations.save_state(KEY, "Home:list")
            await tx.conversations.save_data(KEY, {"when": object()})

    with pytest.raises(TypeError):
        await save_something_odd()

    assert await rows_of_conversations(store) == 0


async def test_somebody_is_remembered_and_followed_to_another_name_and_language(store: SqlStore) -> None:
    async with store.transaction() as tx:
        assert await tx.people.get(ALICE) is None
        assert await tx.people.seen(ALICE, "Alice", "pl") == Person(ALICE, "Alice", "pl")
        assert await tx.people.seen(ALICE, "Alicja", None) == Person(ALICE, "Alicja")
        assert await tx.people.get(ALICE) == Person(ALICE, "Alicja")


async def test_a_language_chosen_by_hand_stays_until_it_is_let_go(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.people.seen(ALICE, "Alice", "pl")
        await tx.people.choose_language(ALICE, "en")
        chosen = Person(ALICE, "Alice", "de", language="en")
        assert await tx.people.seen(ALICE, "Alice", "de") == chosen
        assert await tx.people.get(ALICE) == chosen
        await tx.people.choose_language(ALICE, None)
        assert await tx.people.get(ALICE) == replace(chosen, language=None)


async def test_who_writes_again_is_reachable_again(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.people.seen(ALICE, "Alice", "pl")
        await tx.people.unreachable(ALICE)
        assert await tx.people.get(ALICE) == Person(ALICE, "Alice", "pl", reachable=False)
        await tx.people.seen(ALICE, "Alice", "pl")
        assert await tx.people.get(ALICE) == Person(ALICE, "Alice", "pl")


async def test_a_fact_of_the_deployment_is_written_and_written_over(store: SqlStore) -> None:
    async with store.transaction() as tx:
        assert await tx.meta.get("deployment") is None
        await tx.meta.put("deployment", b"\x00one")
        await tx.meta.put("deployment", b"\x00two")
        assert await tx.meta.get("deployment") == b"\x00two"
