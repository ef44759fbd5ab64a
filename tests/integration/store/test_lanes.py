"""Whose message is next: the urgent first, a turn for every chat, and never one before what it must not overtake."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from bot.domain.connection import ConnectionId
from bot.domain.failures import Severity
from bot.store import SqlStore, open_store
from bot.store import outbox as statements
from bot.usecases.delivery import Kind, OutboxItem
from bot.usecases.storage import Transaction
from tests.integration.store.examples import ALICE, BOB, NOW, alert, connected, message

ONE, OTHER = ConnectionId("1" * 32), ConnectionId("2" * 32)
CAROL = 5_000_000_003
GROUP, SUPERGROUP = -4001, -1_000_000_004_001


def info(chat_id: int = ALICE, about: ConnectionId | None = None) -> OutboxItem:
    return message(chat_id, connection_id=about, severity=Severity.INFO)


def critical(chat_id: int = ALICE, about: ConnectionId | None = None) -> OutboxItem:
    return message(chat_id, connection_id=about)


async def order(tx: Transaction, now: float = NOW, closed: Sequence[int] = ()) -> list[int]:
    """The ids in which everything would be sent, one at a time."""
    found = []
    while due := await tx.outbox.due(now, 1, closed):
        found.append(due[0].id)
        await tx.outbox.sent(due[0].id, now, 1)
    return found


async def test_critical_ones_go_before_all_others(store: SqlStore) -> None:
    async with store.transaction() as tx:
        others = [await tx.outbox.add(info(BOB, ConnectionId(f"{number:032x}"))) for number in range(5)]
        urgent = await tx.outbox.add(critical(ALICE, ONE))
        assert await order(tx) == [urgent, *others]


async def test_within_a_chat_too_unless_they_are_about_the_same(store: SqlStore) -> None:
    async with store.transaction() as tx:
        about_other = await tx.outbox.add(info(ALICE, OTHER))
        recovered = await tx.outbox.add(info(ALICE, ONE))
        dead_again = await tx.outbox.add(critical(ALICE, ONE))
        assert await order(tx) == [recovered, dead_again, about_other]


async def test_what_must_go_before_a_critical_one_waits_behind_nobody_either(store: SqlStore) -> None:
    async with store.transaction() as tx:
        crowd = [await tx.outbox.add(info(BOB + number)) for number in range(50)]
        recovered = await tx.outbox.add(info(ALICE, ONE))
        dead_again = await tx.outbox.add(critical(ALICE, ONE))
        assert await order(tx) == [recovered, dead_again, *crowd]


async def test_one_that_must_be_tried_again_holds_back_what_is_about_the_same_and_nothing_else(store: SqlStore) -> None:
    async with store.transaction() as tx:
        tried = await tx.outbox.add(critical(ALICE, ONE))
        same = await tx.outbox.add(critical(ALICE, ONE))
        other = await tx.outbox.add(critical(ALICE, OTHER))
        await tx.outbox.later(tried, NOW + 30)
        assert await order(tx) == [other]
        assert await order(tx, NOW + 30) == [tried, same]


async def test_what_is_about_nothing_keeps_the_order_of_its_kind(store: SqlStore) -> None:
    async with store.transaction() as tx:
        closed = await tx.outbox.add(message(ALICE, kind=Kind.OPERATOR))
        opened = await tx.outbox.add(message(ALICE, kind=Kind.OPERATOR))
        await tx.outbox.later(closed, NOW + 5)
        assert await order(tx) == []
        assert await order(tx, NOW + 5) == [closed, opened]


async def test_everybody_has_a_turn_before_anybody_has_a_second(store: SqlStore) -> None:
    async with store.transaction() as tx:
        flood = [await tx.outbox.add(info(ALICE, ConnectionId(f"{number:032x}"))) for number in range(4)]
        bobs = [await tx.outbox.add(info(BOB, about)) for about in (ONE, OTHER)]
        assert await order(tx) == [flood[0], bobs[0], flood[1], bobs[1], flood[2], flood[3]]


async def test_who_comes_late_joins_the_round_that_is_served_and_not_the_first(store: SqlStore) -> None:
    async with store.transaction() as tx:
        flood = [await tx.outbox.add(info(ALICE, ConnectionId(f"{number:032x}"))) for number in range(3)]
        await tx.outbox.sent(flood[0], NOW, 1)
        await tx.outbox.sent(flood[1], NOW, 1)
        bobs = [await tx.outbox.add(info(BOB, about)) for about in (ONE, OTHER)]
        assert await order(tx) == [flood[2], *bobs]


async def test_many_at_once_have_the_places_they_would_have_had_one_by_one(store: SqlStore) -> None:
    async with store.transaction() as tx:
        before = await tx.outbox.add(info(ALICE, ONE))
        await tx.outbox.add_all([info(chat, OTHER) for chat in (ALICE, BOB)] + [critical(CAROL)])
        a, b, c = before + 2, before + 3, before + 1  # the critical lane is written first
        assert sorted([before, a, b, c]) == [before, before + 1, before + 2, before + 3]
        assert (await order(tx))[:2] == [c, before]


async def test_closed_chats_are_passed_over(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.outbox.add(critical(ALICE))
        bobs = await tx.outbox.add(info(BOB))
        assert await order(tx, closed=[ALICE]) == [bobs]


async def test_how_many_are_overdue_counts_from_when_they_were_due(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.outbox.add(replace(critical(ALICE), created_at=NOW - 500, not_before=NOW - 70))
        tried = await tx.outbox.add(replace(critical(BOB), created_at=NOW - 90, not_before=NOW - 90))
        await tx.outbox.later(tried, NOW + 300)
        await tx.outbox.add(replace(critical(CAROL), created_at=NOW - 500, not_before=NOW - 59))
        await tx.outbox.add(replace(info(CAROL), created_at=NOW - 500, not_before=NOW - 500))
        assert await tx.outbox.overdue(Severity.CRITICAL, NOW - 60) == (2, NOW - 90)
        assert await tx.outbox.overdue(Severity.CRITICAL, NOW - 100) == (0, 0.0)


async def test_the_end_of_a_mute_makes_nothing_late(store: SqlStore) -> None:
    async with store.transaction() as tx:
        held = await tx.outbox.add(replace(critical(ALICE, ONE), created_at=NOW - 500, not_before=NOW + 3600))
        await tx.held.move(held, NOW)
        assert await tx.outbox.overdue(Severity.CRITICAL, NOW + 59 - 60) == (0, 0.0)
        assert await tx.outbox.waiting(NOW + 5) == (1, 5.0)


# ------------------------------------------------------------------------------------------------------ a group moves


async def test_everything_that_is_meant_for_a_group_moves_with_it(store: SqlStore) -> None:
    muted, both = await connected(store), await connected(store)
    async with store.transaction() as tx:
        await tx.alerts.add(alert(muted, id="a", chat_id=GROUP, message_id=11))
        await tx.alerts.add(alert(muted, id="b", chat_id=ALICE, message_id=12))
        await tx.alerts.mute(muted.id, GROUP, NOW + 10)
        await tx.alerts.mute(both.id, GROUP, NOW + 10)
        await tx.alerts.mute(both.id, SUPERGROUP, NOW + 20)
        await tx.outbox.goes_on_in(GROUP, "incident", 13, NOW)
        waiting = await tx.outbox.add(critical(GROUP, muted.id))

        await tx.chats.move(GROUP, SUPERGROUP)

        assert [(item.id, item.chat_id) for item in await tx.outbox.due(NOW)] == [(waiting, SUPERGROUP)]
        [moved] = await tx.alerts.open_of(muted.id, SUPERGROUP)
        assert (moved.id, moved.message_id) == ("a", None), "the old chat's message ids mean nothing there"
        assert [each.message_id for each in await tx.alerts.open_of(muted.id, ALICE)] == [12]
        assert await tx.alerts.muted_until(muted.id, SUPERGROUP) == NOW + 10
        assert await tx.alerts.muted_until(both.id, SUPERGROUP) == NOW + 20
        assert await tx.alerts.muted_until(both.id, GROUP) is None
        assert await tx.outbox.message_of(SUPERGROUP, "incident") is None
        assert await tx.outbox.message_of(GROUP, "incident") is None


# ------------------------------------------------------------------------------------------------------- what it costs


@pytest.mark.parametrize(("name", "index"), [("_DUE", "lanes"), ("_OVERDUE", "due"), ("_SERVED_ROUND", "lanes")])
async def test_few_rows_are_read_however_many_wait(store: SqlStore, name: str, index: str) -> None:
    """The index gives them in order, so that reading ends after the few that are wanted: nothing is sorted."""
    sql = str(getattr(statements, name).compile(dialect=sqlite.dialect())).replace("(__[POSTCOMPILE_closed])", "(1)")
    async with store._session() as session:
        plan = [row[3] for row in await session.rows(text(f"explain query plan {sql.replace('?', '1')}"))]
    assert plan[0].endswith(f"USING INDEX ix_outbox_{index}") or f"USING INDEX ix_outbox_{index} (" in plan[0]
    assert not [step for step in plan if "TEMP B-TREE" in step or step == "SCAN earlier"], plan


# ------------------------------------------------------------------------------------------------------------- the rule

ABOUT = [ONE, OTHER, None]
WRITTEN = st.tuples(st.sampled_from([ALICE, BOB]), st.sampled_from(ABOUT), st.sampled_from(list(Severity)))


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=st.lists(WRITTEN, min_size=1, max_size=12), failing=st.sets(st.integers(0, 11), max_size=4))
async def test_whatever_is_written_all_of_it_arrives_and_what_is_about_the_same_in_order(
    written: list[tuple[int, ConnectionId | None, Severity]], failing: set[int]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        opened = open_store(f"sqlite:///{Path(folder) / 'latchkey.db'}")
        await opened.migrate()
        async with opened.transaction() as tx:
            subjects = {}
            for chat_id, about, severity in written:
                item = message(chat_id, connection_id=about, severity=severity)
                subjects[await tx.outbox.add(item)] = (chat_id, about)
            unlucky = [number for place, number in enumerate(subjects) if place in failing]
            arrived: list[int] = []
            now = NOW
            while len(arrived) < len(subjects):
                due = await tx.outbox.due(now, 1)
                if not due:
                    now += 10
                elif due[0].id in unlucky and due[0].attempts == 0:
                    await tx.outbox.later(due[0].id, now + 10)
                else:
                    arrived.append(due[0].id)
                    await tx.outbox.sent(due[0].id, now, 1)
        await opened.close()
    for subject in set(subjects.values()):
        mine = [number for number in arrived if subjects[number] == subject]
        assert mine == sorted(mine)
