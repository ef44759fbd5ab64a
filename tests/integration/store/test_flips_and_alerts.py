from dataclasses import replace

from bot.domain.failures import Failure, Trouble
from bot.domain.health import Side
from bot.store import SqlStore
from tests.integration.store.examples import ALICE, BOB, NOW, alert, connected, flip


async def test_flips_are_told_newest_first_with_their_reasons(store: SqlStore) -> None:
    one, other = await connected(store), await connected(store)
    lost = flip(NOW, trouble=Trouble(Failure.RATE_LIMITED, retry_after=12.5, boxes=("a", "b")))
    paused = flip(NOW, side=Side.GATE, old="open", new="paused")
    back = flip(NOW + 60, old="reauth_needed", new="connected", trouble=None, by=ALICE)

    async with store.transaction() as tx:
        await tx.flips.add(one.id, [lost, paused])
        await tx.flips.add(other.id, [flip()])
        await tx.flips.add(one.id, [back])
        assert await tx.flips.latest(one.id) == [back, paused, lost]
        assert await tx.flips.latest(one.id, limit=1) == [back]


async def test_ids_of_flips_grow_and_are_never_given_twice(store: SqlStore) -> None:
    one = await connected(store)
    async with store.transaction() as tx:
        first, second = await tx.flips.add(one.id, [flip(), flip()])
        await tx.connections.remove(one.id)
    two = await connected(store)
    async with store.transaction() as tx:
        [third] = await tx.flips.add(two.id, [flip()])

    assert first < second < third


async def test_the_newest_change_of_status_is_found_past_later_changes_of_the_gate(store: SqlStore) -> None:
    one = await connected(store)
    async with store.transaction() as tx:
        assert await tx.flips.latest_id(one.id) is None
        _, status, _ = await tx.flips.add(one.id, [flip(), flip(), flip(side=Side.GATE)])
        assert await tx.flips.latest_id(one.id) == status


async def test_an_alert_is_open_until_its_trouble_ends(store: SqlStore) -> None:
    one, other = await connected(store), await connected(store)
    first, later, bobs = alert(one), alert(one, opened_at=NOW + 9), alert(one, chat_id=BOB, opened_at=NOW + 5)
    async with store.transaction() as tx:
        for told in (later, first, bobs, elsewhere := alert(other)):
            await tx.alerts.add(told)
        assert await tx.alerts.open_of(one.id) == [first, bobs, later]
        assert await tx.alerts.open_of(one.id, ALICE) == [first, later]

        await tx.alerts.close(one.id, NOW + 60)
        await tx.alerts.close(one.id, NOW + 99)
        assert await tx.alerts.open_of(one.id) == []
        assert await tx.alerts.get(first.id) == replace(first, closed_at=NOW + 60)
        assert await tx.alerts.open_of(other.id) == [elsewhere]


async def test_the_message_that_told_an_alert_is_remembered(store: SqlStore) -> None:
    one = await connected(store)
    async with store.transaction() as tx:
        await tx.alerts.add(told := alert(one))
        await tx.alerts.delivered(told.id, 4242)
        assert await tx.alerts.get(told.id) == replace(told, message_id=4242)
        assert await tx.alerts.get("unknown") is None


async def test_a_mute_is_of_one_chat_and_may_be_changed(store: SqlStore) -> None:
    one = await connected(store)
    async with store.transaction() as tx:
        await tx.alerts.mute(one.id, ALICE, NOW + 3600)
        await tx.alerts.mute(one.id, ALICE, NOW + 60)
        assert await tx.alerts.muted_until(one.id, ALICE) == NOW + 60
        assert await tx.alerts.muted_until(one.id, BOB) is None
