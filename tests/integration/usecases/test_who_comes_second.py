"""Who comes second: further chats hear what nobody acknowledged in time, over the real store."""

import pytest

from bot.domain.choices import ConnectionChoice
from bot.domain.connection import Connection
from bot.domain.failures import Severity
from bot.domain.muting import MuteFor
from bot.domain.roles import Role
from bot.usecases.access import NotYours, OnlyHears
from bot.usecases.audience import audience
from bot.usecases.delivery import Kind
from bot.usecases.sharing_storage import Ended, Subscription
from tests.integration.usecases.chats import (
    DANGER,
    HOUR,
    KEY,
    MINUTE,
    Chat,
    bob_hears,
    dies,
    mends,
    stays_in_error,
)
from tests.integration.usecases.conftest import ALICE, BOB, World

CAROL, DESK = 1003, -100_1004


@pytest.fixture
def alice(world: World) -> Chat:
    return Chat(world)


@pytest.fixture
def bob(world: World) -> Chat:
    return Chat(world, BOB)


@pytest.fixture
async def connection(world: World) -> Connection:
    return await world.connected()


async def test_a_further_chat_hears_what_nobody_acknowledged_and_its_end(
    world: World, connection: Connection, alice: Chat, bob: Chat
) -> None:
    await bob_hears(world, connection)
    await world.choose.escalate(ALICE, connection.id, BOB, 15 * MINUTE)
    await dies(world, connection)
    assert ([Kind.ALERT], []) == (await alice.kinds(), await bob.kinds())
    assert [] == await bob.after(15 * MINUTE - 1)
    world.clock.at += 1
    await world.ring()
    (told,) = await bob.hears()
    assert (Kind.ALERT, True) == (told.kind, told.args["escalated"])
    assert [Kind.REPEAT] == await bob.after(5 * MINUTE), "who has heard of it is told again, as anybody"
    await mends(world, connection)
    assert [Kind.RECOVERED] == await bob.kinds()


async def test_the_owner_alone_is_told_who_hears_next_and_when(
    world: World, connection: Connection, alice: Chat, bob: Chat
) -> None:
    await bob_hears(world, connection, Role.OPERATOR)
    async with world.store.transaction() as tx:
        for chat_id, name in ((CAROL, "Carol"), (DESK, "Desk")):
            await tx.subscriptions.put(
                Subscription(connection.id, chat_id, Role.SUBSCRIBER, name, ALICE, world.clock.at)
            )
    await world.choose.escalate(ALICE, connection.id, DESK, HOUR)
    await world.choose.escalate(ALICE, connection.id, CAROL, 15 * MINUTE)
    await dies(world, connection)
    now = world.clock.at
    (first,), (others,) = await alice.hears(), await bob.hears()
    assert [["Carol", now + 15 * MINUTE], ["Desk", now + HOUR]] == first.args["then"]
    assert "then" not in others.args
    world.clock.at += 20 * MINUTE
    await world.ring()
    repeat, carols = (await alice.hears())[-1], await Chat(world, CAROL).hears()
    assert [["Desk", now + HOUR]] == repeat.args["then"]
    assert ["then" in item.args for item in carols] == [False]
    alert = await alice.alert(connection)
    assert [("Desk", now + HOUR)] == (await world.acknowledge.attention(alert, Role.OWNER)).then
    assert () == (await world.acknowledge.attention(alert, Role.OPERATOR)).then
    await world.acknowledge(BOB, (await bob.alert(connection)).id)
    assert () == (await world.acknowledge.attention(await alice.alert(connection), Role.OWNER)).then


async def test_a_time_that_is_chosen_while_somebody_waits_counts_at_once(
    world: World, connection: Connection, alice: Chat, bob: Chat
) -> None:
    await bob_hears(world, connection)
    await world.choose.escalate(ALICE, connection.id, BOB, 15 * MINUTE)
    await dies(world, connection)
    await alice.kinds()
    await world.choose.escalate(ALICE, connection.id, BOB, HOUR)
    assert [] == await bob.after(20 * MINUTE)
    await world.choose.escalate(ALICE, connection.id, BOB, 30 * MINUTE)
    assert [] == await bob.after(5 * MINUTE)
    assert [Kind.ALERT] == await bob.after(5 * MINUTE)


async def test_who_is_moved_up_while_waiting_hears_now_unless_it_was_acknowledged(
    world: World, connection: Connection, alice: Chat, bob: Chat
) -> None:
    await bob_hears(world, connection)
    await world.choose.escalate(ALICE, connection.id, BOB, HOUR)
    await dies(world, connection)
    await alice.kinds()
    await world.choose.escalate(ALICE, connection.id, BOB, None)
    assert [Kind.ALERT] == await bob.after(2.0)
    await mends(world, connection)
    await bob.kinds()
    await world.choose.escalate(ALICE, connection.id, BOB, HOUR)
    await dies(world, connection)
    await alice.kinds()
    await world.acknowledge(ALICE, (await alice.alert(connection)).id)
    await world.choose.escalate(ALICE, connection.id, BOB, None)
    assert [] == await bob.after(2.0)


async def test_worse_news_tell_who_has_heard_at_once_and_name_nobody_as_next(
    world: World, connection: Connection, alice: Chat, bob: Chat
) -> None:
    await bob_hears(world, connection)
    await world.choose.escalate(ALICE, connection.id, BOB, 15 * MINUTE)
    await dies(world, connection)
    await alice.kinds()
    assert [Kind.ALERT] == await bob.after(15 * MINUTE)
    await alice.hears()
    world.gateway.says[KEY] = DANGER
    await world.minute(connection.id)
    (worse,) = await alice.hears()
    assert (Kind.ALERT, []) == (worse.kind, worse.args["then"])
    assert [Kind.ALERT] == await bob.kinds()


async def test_what_is_less_than_critical_names_nobody_as_next(
    world: World, connection: Connection, alice: Chat
) -> None:
    await bob_hears(world, connection)
    await world.choose.escalate(ALICE, connection.id, BOB, 15 * MINUTE)
    await stays_in_error(world, connection)
    (told,) = await alice.hears()
    assert [] == told.args["then"]


async def test_what_was_acknowledged_in_time_a_further_chat_never_hears_of(
    world: World, connection: Connection, alice: Chat, bob: Chat
) -> None:
    await bob_hears(world, connection)
    await world.choose.escalate(ALICE, connection.id, BOB, 15 * MINUTE)
    await dies(world, connection)
    await alice.kinds()
    await world.acknowledge(ALICE, (await alice.alert(connection)).id)
    assert [] == await bob.after(24 * HOUR)
    await mends(world, connection)
    assert [] == await bob.kinds()


async def test_what_ended_in_time_a_further_chat_never_hears_of(
    world: World, connection: Connection, alice: Chat, bob: Chat
) -> None:
    await bob_hears(world, connection)
    await world.choose.escalate(ALICE, connection.id, BOB, 15 * MINUTE)
    await dies(world, connection)
    await mends(world, connection)
    assert [] == await bob.after(24 * HOUR)


async def test_worse_news_after_an_acknowledgement_give_the_further_chat_its_time_anew(
    world: World, connection: Connection, alice: Chat, bob: Chat
) -> None:
    await bob_hears(world, connection)
    await world.choose.escalate(ALICE, connection.id, BOB, 15 * MINUTE)
    await dies(world, connection)
    await alice.kinds()
    await world.acknowledge(ALICE, (await alice.alert(connection)).id)
    await bob.after(HOUR)
    world.gateway.says[KEY] = DANGER
    await world.minute(connection.id)
    assert [] == await bob.after(15 * MINUTE - 1)
    assert [Kind.ALERT] == await bob.after(1)


async def test_a_further_chat_hears_nothing_that_is_less_than_critical(
    world: World, connection: Connection, alice: Chat, bob: Chat
) -> None:
    await bob_hears(world, connection)
    await world.choose.escalate(ALICE, connection.id, BOB, 15 * MINUTE)
    await stays_in_error(world, connection)
    assert [] == await bob.after(24 * HOUR)
    await mends(world, connection)
    assert ([Kind.ALERT, Kind.RECOVERED], []) == (await alice.kinds(), await bob.kinds())


async def test_an_operator_who_comes_second_acknowledges_for_everybody(
    world: World, connection: Connection, alice: Chat, bob: Chat
) -> None:
    await bob_hears(world, connection, Role.OPERATOR)
    await world.choose.escalate(ALICE, connection.id, BOB, 2 * MINUTE)
    await dies(world, connection)
    await alice.kinds()
    assert [Kind.ALERT] == await bob.after(2 * MINUTE)
    await world.acknowledge(BOB, (await bob.alert(connection)).id)
    assert [] == await alice.after(10 * MINUTE)
    assert [] == await bob.kinds()


async def test_who_only_hears_acknowledges_nothing(
    world: World, connection: Connection, alice: Chat, bob: Chat
) -> None:
    await bob_hears(world, connection)
    await dies(world, connection)
    assert ([Kind.ALERT], [Kind.ALERT]) == (await alice.kinds(), await bob.kinds())
    with pytest.raises(OnlyHears):
        await world.acknowledge(BOB, (await bob.alert(connection)).id)
    assert [Kind.REPEAT] == await bob.after(5 * MINUTE)
    await world.mute.mute(BOB, connection.id, BOB, MuteFor.HOUR)
    assert [] == await bob.after(50 * MINUTE), "but each may mute what is told in their own chat"


async def test_a_choice_alone_makes_nobody_hear(world: World, connection: Connection, bob: Chat) -> None:
    with pytest.raises(NotYours):
        await world.choose.escalate(ALICE, connection.id, BOB, MINUTE)
    with pytest.raises(NotYours):
        await world.choose.escalate(ALICE, connection.id, ALICE, MINUTE)
    async with world.store.transaction() as tx:
        await tx.choices.save_connection(connection.id, BOB, ConnectionChoice(escalate_after=MINUTE))
    await dies(world, connection)
    assert [] == await bob.after(HOUR)


async def test_a_chat_that_hears_no_more_does_not_hear_of_it_second(
    world: World, connection: Connection, alice: Chat, bob: Chat
) -> None:
    await bob_hears(world, connection)
    await world.choose.escalate(ALICE, connection.id, BOB, 15 * MINUTE)
    await dies(world, connection)
    async with world.store.transaction() as tx:
        await tx.subscriptions.end(connection.id, BOB, Ended.REMOVED, world.clock.at)
    assert [] == await bob.after(HOUR)
    await bob_hears(world, connection)
    async with world.store.transaction() as tx:
        _, again = await audience(tx, connection)
    assert again.escalate_after is None, "who comes back begins anew"


async def test_who_hears_chooses_how_severe_it_must_be(
    world: World, connection: Connection, alice: Chat, bob: Chat
) -> None:
    await bob_hears(world, connection)
    await world.choose.least_of(BOB, connection.id, Severity.CRITICAL)
    await stays_in_error(world, connection)
    assert ([Kind.ALERT], []) == (await alice.kinds(), await bob.kinds())
    await mends(world, connection)
    await dies(world, connection)
    assert [Kind.ALERT] == await bob.kinds()
    async with world.store.transaction() as tx:
        await tx.subscriptions.end(connection.id, BOB, Ended.LEFT, world.clock.at)
    with pytest.raises(NotYours):
        await world.choose.least_of(BOB, connection.id, Severity.INFO)


async def test_only_the_owner_says_who_comes_second(world: World, connection: Connection) -> None:
    with pytest.raises(NotYours):
        await world.choose.escalate(BOB, connection.id, BOB, 15 * MINUTE)
    with pytest.raises(NotYours):
        await world.choose.least_of(BOB, connection.id, Severity.INFO)
