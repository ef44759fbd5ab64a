"""What chats chose, what is held back for them, and what rings."""

from dataclasses import replace

from sqlalchemy import text

from bot.domain.choices import ChatChoice, ConnectionChoice
from bot.domain.connection import ConnectionId
from bot.domain.failures import Severity
from bot.domain.quiet import QuietHours
from bot.store import SqlStore
from bot.usecases.control_storage import ChatSettings
from bot.usecases.delivery import Kind
from tests.integration.store.examples import ALICE, BOB, NOW, alert, connected, message

NIGHT = ChatSettings(
    Severity.WARNING, quiet=True, quiet_start=23 * 60, quiet_end=6 * 60, critical_passes=False, zone="Asia/Kolkata"
)


async def test_a_chats_choices_are_kept_and_changed(store: SqlStore) -> None:
    async with store.transaction() as tx:
        assert ChatSettings() == await tx.choices.of_chat(ALICE)
        await tx.choices.save_chat(ALICE, ChatSettings())
        await tx.choices.save_chat(ALICE, NIGHT)
        assert NIGHT == await tx.choices.of_chat(ALICE)
        assert ChatSettings() == await tx.choices.of_chat(BOB)


def test_quiet_hours_that_are_off_keep_their_times_and_hold_nothing() -> None:
    on = QuietHours(23 * 60, 6 * 60, "Asia/Kolkata")
    assert ChatChoice(Severity.WARNING, on, critical_passes=False, zone="Asia/Kolkata") == NIGHT.choice
    assert None is replace(NIGHT, quiet=False).choice.quiet
    assert None is replace(NIGHT, zone=None).choice.quiet
    assert (None, None) == (
        replace(NIGHT, zone="Atlantis/X").choice.quiet,
        replace(NIGHT, zone="Atlantis/X").known_zone,
    )


async def test_a_connections_choices_go_with_it(store: SqlStore) -> None:
    known, other = await connected(store), await connected(store)
    second = ConnectionChoice(Severity.CRITICAL, 900.0)
    async with store.transaction() as tx:
        assert ConnectionChoice() == await tx.choices.of_connection(known.id, ALICE)
        await tx.choices.save_connection(known.id, ALICE, ConnectionChoice(Severity.WARNING))
        await tx.choices.save_connection(known.id, BOB, ConnectionChoice())
        await tx.choices.save_connection(known.id, BOB, second)
        assert second == await tx.choices.of_connection(known.id, BOB)
        assert {BOB: 900.0} == await tx.choices.escalations(known.id)
        assert {} == await tx.choices.escalations(other.id)
        await tx.connections.remove(known.id)
        assert ConnectionChoice() == await tx.choices.of_connection(known.id, BOB)


async def test_what_is_held_is_withdrawn_by_kind_and_what_was_tried_or_is_due_stays(store: SqlStore) -> None:
    known = await connected(store)
    held = message(connection_id=known.id, not_before=NOW + 60)
    async with store.transaction() as tx:
        tried = await tx.outbox.add(held)
        await tx.outbox.later(tried, NOW + 60)
        await tx.outbox.add(replace(held, not_before=NOW))
        await tx.outbox.add(replace(held, chat_id=BOB))
        await tx.outbox.add(replace(held, kind=Kind.RECOVERED))
        mine = await tx.outbox.add(held)
        assert await tx.held.holds(known.id, ALICE, Kind.ALERT, NOW)
        assert not await tx.held.holds(known.id, ALICE, Kind.REPEAT, NOW)
        assert await tx.held.unsent(known.id, ALICE, Kind.RECOVERED)
        assert [mine - 1, mine] == [row.id for row in await tx.held.of_chat(ALICE, NOW)]
        assert 1 == await tx.held.withdraw(known.id, ALICE, (Kind.ALERT, Kind.REPEAT), NOW)
        assert not await tx.held.holds(known.id, ALICE, Kind.ALERT, NOW)
        await tx.held.move(mine - 1, NOW + 5)
        assert not await tx.held.of_chat(ALICE, NOW + 5)


async def test_an_alert_rings_until_it_is_acknowledged_or_closed(store: SqlStore) -> None:
    known = await connected(store)
    one, two = alert(known), alert(known, chat_id=BOB)
    async with store.transaction() as tx:
        for each in (one, two):
            await tx.alerts.add(each)
        assert [] == await tx.ringing.due(NOW + 1e9, 10)
        await tx.ringing.start(one.id, "withdraw_enabled", NOW + 300)
        await tx.ringing.wait(two.id, "withdraw_enabled", NOW + 900)
        assert [] == await tx.ringing.due(NOW + 299, 10)
        assert [one.id, two.id] == [rung.alert.id for rung in await tx.ringing.due(NOW + 900, 10)]
        assert [one.id] == [rung.alert.id for rung in await tx.ringing.due(NOW + 900, 1)]
        await tx.ringing.rang(one.id, NOW + 1200)
        await tx.ringing.put_off(two.id, NOW + 1100)
        second, first = await tx.ringing.due(NOW + 1200, 10)
        assert (0, True, 1, False) == (second.rings, second.alert.waits, first.rings, first.alert.waits)
        await tx.ringing.sooner(ALICE, NOW + 1000)
        await tx.ringing.sooner(BOB, NOW + 1000)
        await tx.ringing.sooner(ALICE, NOW + 1, ConnectionId("f" * 32))
        assert [] == await tx.ringing.due(NOW + 999, 10)
        await tx.ringing.sooner(ALICE, NOW + 999, known.id)
        assert [one.id] == [rung.alert.id for rung in await tx.ringing.due(NOW + 999, 10)]
        assert [one.id] == [rung.alert.id for rung in await tx.ringing.due(NOW + 1000, 10)], "who waits is not hurried"
        await tx.ringing.acknowledge(known.id, ALICE, NOW, ALICE)
        assert [two.id] == [rung.alert.id for rung in await tx.ringing.due(NOW + 2000, 10)]
        await tx.ringing.stop(two.id)
        await tx.ringing.start(two.id, "invalid_key", NOW)
        await tx.ringing.acknowledge(known.id, None, NOW + 1, ALICE)
        acked = await tx.alerts.get(two.id)
        assert acked is not None
        assert (NOW + 1, ALICE, "invalid_key") == (acked.acked_at, acked.acked_by, acked.failure)
        await tx.ringing.start(two.id, "invalid_key", NOW)
        await tx.alerts.close(known.id, NOW + 2)
        assert [] == await tx.ringing.due(NOW + 1e9, 10)


async def test_a_look_for_what_rings_goes_by_its_index(store: SqlStore) -> None:
    """However many alerts there have been."""
    async with store._session() as session:
        plan = await session.rows(
            text("explain query plan select id from alerts where rings_at <= 5 order by rings_at limit 50")
        )
    assert "ix_alerts_ringing" in str([row[-1] for row in plan])
