"""Alerts that people take up, or do not, over the real store: repeats and acknowledging."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiogram.types import User

from bot.domain.connection import Connection
from bot.domain.failures import Failure
from bot.domain.health import Gate
from bot.domain.muting import MuteFor
from bot.domain.roles import Role
from bot.store.engine import SqlStore
from bot.telegram.acquaintances import Acquaintances
from bot.usecases.access import Gone, NotYours
from bot.usecases.acknowledge import AckOutcome
from bot.usecases.delivery import Kind
from bot.usecases.ring import PAGE, RingAlerts
from bot.usecases.sharing_storage import Subscription
from bot.usecases.storage import StoreUnavailable, Transaction
from tests.integration.usecases.chats import (
    DANGER,
    DEAD,
    HOUR,
    KEY,
    MINUTE,
    Chat,
    dies,
    mends,
    stays_in_error,
)
from tests.integration.usecases.conftest import ALICE, BOB, World, key_named


@pytest.fixture
def alice(world: World) -> Chat:
    return Chat(world)


@pytest.fixture
def bob(world: World) -> Chat:
    return Chat(world, BOB)


@pytest.fixture
async def connection(world: World) -> Connection:
    return await world.connected()


# -------------------------------------------------------------------------------------------------------------- repeats


async def test_a_critical_alert_is_told_again_until_the_trouble_ends(
    world: World, connection: Connection, alice: Chat
) -> None:
    await dies(world, connection)
    assert [Kind.ALERT] == await alice.kinds()
    assert [] == await alice.after(5 * MINUTE - 1)
    assert [Kind.REPEAT] == await alice.after(1)
    assert [] == await alice.after(30 * MINUTE - 1)
    assert [Kind.REPEAT] == await alice.after(1)
    assert [] == await alice.after(4 * HOUR - 1)
    assert [Kind.REPEAT] == await alice.after(1)
    assert [Kind.REPEAT] == await alice.after(4 * HOUR)
    await mends(world, connection)
    assert [Kind.RECOVERED] == await alice.kinds()
    assert [] == await alice.after(100 * HOUR)


async def test_what_was_given_up_is_told_after_all_once_its_chat_is_back(
    world: World, connection: Connection, alice: Chat
) -> None:
    await dies(world, connection)
    async with world.store.transaction() as tx:
        (item,) = await tx.outbox.due(world.clock.at)
        await tx.outbox.give_up(item.id, world.clock.at, "blocked")
        await tx.people.seen(ALICE, "Alice", "en")
        await tx.people.unreachable(ALICE)
    assert [] == await alice.after(6 * HOUR)
    people = Acquaintances(world.store, world.clock)
    await people.meet(User(id=ALICE, is_bot=False, first_name="Alice", language_code="en"))
    assert [Kind.ALERT] == await alice.after(1)
    assert [Kind.REPEAT] == await alice.after(4 * HOUR)


async def test_what_was_told_in_a_group_is_told_again_in_the_supergroup_that_it_became(
    world: World, connection: Connection
) -> None:
    group, supergroup = Chat(world, -7), Chat(world, -1_007)
    async with world.store.transaction() as tx:
        await tx.subscriptions.put(Subscription(connection.id, -7, Role.SUBSCRIBER, "Desk", ALICE, world.clock.at))
    await dies(world, connection)
    assert [Kind.ALERT] == await group.kinds()
    async with world.store.transaction() as tx:
        await tx.chats.move(-7, -1_007)
    assert [Kind.ALERT] == await supergroup.after(5 * MINUTE)
    assert [Kind.REPEAT] == await supergroup.after(30 * MINUTE)


async def test_a_repeat_answers_the_alert_and_says_when_it_comes_next(
    world: World, connection: Connection, alice: Chat
) -> None:
    await dies(world, connection)
    (alert,) = await alice.hears()
    world.clock.at += 5 * MINUTE
    await world.ring()
    (repeat,) = await alice.hears()
    assert (alert.alert_id, False, 30 * MINUTE) == (repeat.alert_id, repeat.silent, repeat.args["again_in"])
    assert alert.args["since"] == repeat.args["since"]


async def test_an_outage_is_no_critical_alert_and_is_told_once(
    world: World, connection: Connection, alice: Chat
) -> None:
    await stays_in_error(world, connection)
    assert [Kind.ALERT] == await alice.kinds()
    assert [] == await alice.after(24 * HOUR)


async def test_after_a_long_absence_one_repeat_comes_and_not_all_that_were_missed(
    world: World, connection: Connection, alice: Chat
) -> None:
    await dies(world, connection)
    await alice.kinds()
    assert [Kind.REPEAT] == await alice.after(72 * HOUR)
    assert [] == await alice.after(29 * MINUTE)


async def test_nothing_is_told_again_before_telegram_has_taken_it_once(
    world: World, connection: Connection, alice: Chat
) -> None:
    await dies(world, connection)
    for _ in range(20):
        world.clock.at += 5 * MINUTE
        await world.ring()
    assert [Kind.ALERT] == await alice.kinds()
    assert [Kind.REPEAT] == await alice.after(5 * MINUTE)
    for _ in range(20):
        world.clock.at += 4 * HOUR
        await world.ring()
    assert [Kind.REPEAT] == await alice.kinds()


async def test_a_repeat_that_was_not_sent_yet_is_withdrawn_when_the_trouble_ends(
    world: World, connection: Connection, alice: Chat
) -> None:
    await dies(world, connection)
    await alice.kinds()
    world.clock.at += 5 * MINUTE
    await world.ring()
    await mends(world, connection)
    assert [Kind.RECOVERED] == await alice.kinds()


async def test_a_repeat_and_its_next_time_commit_together_or_not_at_all(
    world: World, connection: Connection, alice: Chat
) -> None:
    await dies(world, connection)
    await alice.kinds()
    world.clock.at += 5 * MINUTE
    with pytest.raises(StoreUnavailable):
        await RingAlerts(FullDisk(world.store), world.clock)()
    assert [] == await alice.kinds()
    assert [Kind.REPEAT] == await alice.after(0)
    assert [] == await alice.after(0)


class FullDisk:
    """Everything goes well until it is to be kept."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        async with self._store.transaction() as tx:
            yield tx
            raise StoreUnavailable("database or disk is full")

    async def scrub(self) -> None: ...

    async def healthy(self) -> bool:
        return False


async def test_more_alerts_than_a_page_all_ring(world: World, alice: Chat) -> None:
    for number in range(PAGE + 3):
        known = await world.connected(name=f"n{number}")
        world.gateway.says[key_named(f"n{number}").api_key] = DEAD
        for _ in range(2):
            await world.checks.now(known.id)
    assert [Kind.ALERT] * (PAGE + 3) == await alice.kinds()
    assert [Kind.REPEAT] * (PAGE + 3) == await alice.after(5 * MINUTE)
    assert [] == await alice.after(1)


async def test_what_was_disconnected_rings_no_more(world: World, connection: Connection, alice: Chat) -> None:
    await dies(world, connection)
    await alice.kinds()
    await world.manage.disconnect(ALICE, connection.id)
    assert [] == await alice.after(HOUR)
    async with world.store.transaction() as tx:
        assert [] == await tx.ringing.due(1e12, 10)


async def test_who_blocked_the_bot_is_not_talked_to_until_they_come_back(
    world: World, connection: Connection, alice: Chat
) -> None:
    async with world.store.transaction() as tx:
        await tx.people.seen(ALICE, "Alice", "en")
    await dies(world, connection)
    await alice.kinds()
    async with world.store.transaction() as tx:
        await tx.people.unreachable(ALICE)
    assert [] == await alice.after(5 * MINUTE)
    assert [] == await alice.after(24 * HOUR)
    async with world.store.transaction() as tx:
        await tx.people.seen(ALICE, "Alice", "en")
    assert [Kind.REPEAT] == await alice.after(4 * HOUR)


# ---------------------------------------------------------------------------------------------------------- acknowledge


async def test_acknowledging_stops_the_repeats_and_ends_with_the_alert(
    world: World, connection: Connection, alice: Chat
) -> None:
    await dies(world, connection)
    await alice.kinds()
    alert = await alice.alert(connection)
    assert await world.acknowledge(ALICE, alert.id) is AckOutcome.ACKNOWLEDGED
    assert await world.acknowledge(ALICE, alert.id) is AckOutcome.ALREADY
    acked = await alice.alert(connection)
    assert (world.clock.at, ALICE) == (acked.acked_at, acked.acked_by)
    assert [] == await alice.after(100 * HOUR)
    await mends(world, connection)
    assert [Kind.RECOVERED] == await alice.kinds(), "what was acknowledged is watched on"
    assert await world.acknowledge(ALICE, alert.id) is AckOutcome.OVER
    await dies(world, connection)
    assert [Kind.ALERT] == await alice.kinds()
    assert [Kind.REPEAT] == await alice.after(5 * MINUTE), "a new alert is acknowledged anew"


async def test_worse_news_of_the_same_connection_open_it_anew(
    world: World, connection: Connection, alice: Chat
) -> None:
    await dies(world, connection)
    await alice.kinds()
    alert = await alice.alert(connection)
    await world.acknowledge(ALICE, alert.id)
    world.gateway.says[KEY] = DANGER
    await world.minute(connection.id)
    assert [Kind.ALERT] == await alice.kinds()
    opened = await alice.alert(connection)
    assert (alert.id, None, None) == (opened.id, opened.acked_at, opened.acked_by)
    assert Failure.WITHDRAW_ENABLED.value == opened.failure
    assert [Kind.REPEAT] == await alice.after(5 * MINUTE)


async def test_only_who_hears_of_it_acknowledges(world: World, connection: Connection, alice: Chat) -> None:
    await dies(world, connection)
    await alice.kinds()
    alert = await alice.alert(connection)
    with pytest.raises(NotYours):
        await world.acknowledge(BOB, alert.id)
    with pytest.raises(Gone):
        await world.acknowledge(ALICE, "A" * 16)
    assert [Kind.REPEAT] == await alice.after(5 * MINUTE)
    await world.manage.disconnect(ALICE, connection.id)
    with pytest.raises(Gone):
        await world.acknowledge(ALICE, alert.id)


# ----------------------------------------------------------------------------------------------------- three things


async def test_acknowledging_muting_and_pausing_touch_nothing_of_each_other(
    world: World, connection: Connection, alice: Chat
) -> None:
    async def state() -> tuple[Gate, bool, bool]:
        """The gate, whether somebody has acknowledged, whether the chat mutes."""
        async with world.store.transaction() as tx:
            muted = await tx.alerts.muted_until(connection.id, ALICE)
        acked = (await alice.alert(connection)).acked_at is not None
        return (await world.get(connection.id)).health.gate, acked, (muted or 0) > world.clock.at

    await stays_in_error(world, connection)
    await alice.kinds()
    assert (Gate.PAUSED, False, False) == await state()
    await world.acknowledge(ALICE, (await alice.alert(connection)).id)
    assert (Gate.PAUSED, True, False) == await state()
    await world.mute.mute(ALICE, connection.id, ALICE, MuteFor.HOUR)
    assert (Gate.PAUSED, True, True) == await state()
    await world.gate.pause(ALICE, connection.id)
    assert (Gate.PAUSED, True, True) == await state()
    await world.mute.unmute(ALICE, connection.id, ALICE)
    assert (Gate.PAUSED, True, False) == await state()
    await world.gate.resume(ALICE, connection.id)
    assert (Gate.PAUSED, True, False) == await state()
    # Each ends by itself: the acknowledgement with the alert, the watch's pause with the trouble, a mute with its time.
    await world.mute.mute(ALICE, connection.id, ALICE, MuteFor.HOUR)
    await mends(world, connection)
    assert (await world.get(connection.id)).health.gate is Gate.OPEN
    async with world.store.transaction() as tx:
        assert [] == await tx.alerts.open_of(connection.id)
        assert (await tx.alerts.muted_until(connection.id, ALICE) or 0) > world.clock.at
    assert [Kind.RECOVERED] == await alice.after(HOUR)
