"""Who muted all that an incident concerns is not rung for it, and told what still lasts when the first mute ends."""

import pytest

from bot.domain.connection import Connection
from bot.domain.failures import Severity
from bot.domain.muting import MuteFor
from bot.usecases.delivery import Kind, Mode
from tests.integration.usecases.chats import HOUR, MINUTE, Chat, bob_hears, clock, is_down, mends, sleeps_at_night
from tests.integration.usecases.conftest import ALICE, BOB, World
from tests.integration.usecases.test_incidents import DOWN, connected, everybody_gets


@pytest.fixture
def alice(world: World) -> Chat:
    return Chat(world)


@pytest.fixture
def bob(world: World) -> Chat:
    return Chat(world, BOB)


async def muted(world: World, *connections: Connection, how_long: MuteFor = MuteFor.HOUR) -> None:
    for connection in connections:
        await world.mute.mute(ALICE, connection.id, ALICE, how_long)


async def fails(world: World, *names: str) -> None:
    """All at once; known to last after three bad answers."""
    everybody_gets(world, DOWN, *names)


async def test_an_incident_waits_for_the_end_of_the_mute_and_is_told_if_it_lasts(world: World, alice: Chat) -> None:
    (one,) = await connected(world, "one")
    await muted(world, one)
    await fails(world, "one")
    await world.minute(one.id, times=5)
    assert [] == await alice.kinds()
    world.clock.at += 50 * MINUTE
    assert [] == await alice.kinds()
    world.clock.at += 6 * MINUTE
    (told,) = await alice.hears()
    assert (Kind.INCIDENT, Severity.WARNING, False, 1) == (told.kind, told.severity, told.silent, told.args["count"])
    everybody_gets(world, None, "one")
    await world.minute(one.id)
    assert [Kind.INCIDENT, Kind.INCIDENT_OVER] == await alice.kinds()


async def test_what_began_and_ended_while_muted_is_never_told(world: World, alice: Chat) -> None:
    (one,) = await connected(world, "one")
    await muted(world, one)
    await fails(world, "one")
    await world.minute(one.id, times=5)
    everybody_gets(world, None, "one")
    await world.minute(one.id)
    world.clock.at += 2 * HOUR
    assert [] == await alice.kinds()


async def test_one_that_is_not_muted_is_enough_to_hear(world: World, alice: Chat) -> None:
    made = await connected(world, "one", "two")
    await muted(world, made[0])
    await fails(world, "one", "two")
    await world.minute(*(each.id for each in made), times=4)
    assert [Kind.INCIDENT] == await alice.kinds()


async def test_one_that_joins_unmuted_brings_the_incident_now(world: World, alice: Chat) -> None:
    made = await connected(world, "one", "two")
    await muted(world, made[0])
    await fails(world, "one")
    await world.minute(made[0].id, times=4)
    assert [] == await alice.kinds()
    await fails(world, "two")
    await world.minute(*(each.id for each in made), times=2)
    (told,) = await alice.hears()
    assert (Kind.INCIDENT, Severity.WARNING, 2) == (told.kind, told.severity, told.args["count"])


async def test_the_first_of_several_mutes_to_end_brings_it(world: World, alice: Chat) -> None:
    made = await connected(world, "one", "two")
    await muted(world, made[0], how_long=MuteFor.EIGHT_HOURS)
    await muted(world, made[1])
    await fails(world, "one", "two")
    await world.minute(*(each.id for each in made), times=4)
    world.clock.at += HOUR
    assert [Kind.INCIDENT] == await alice.kinds()


async def test_unmuting_brings_it_and_muting_for_longer_holds_it_longer(world: World, alice: Chat) -> None:
    (one,) = await connected(world, "one")
    await muted(world, one)
    await fails(world, "one")
    await world.minute(one.id, times=4)
    await muted(world, one, how_long=MuteFor.EIGHT_HOURS)
    world.clock.at += 2 * HOUR
    assert [] == await alice.kinds()
    await world.mute.unmute(ALICE, one.id, ALICE)
    assert [Kind.INCIDENT] == await alice.kinds()


async def test_other_choices_do_not_let_out_what_a_mute_holds(world: World, alice: Chat) -> None:
    (one,) = await connected(world, "one")
    await muted(world, one)
    await fails(world, "one")
    await world.minute(one.id, times=4)
    await world.choose.zone(ALICE, "Europe/Warsaw")
    assert [] == await alice.kinds()


async def test_a_mute_that_ends_at_night_lets_the_night_hold_it_on(world: World, alice: Chat) -> None:
    (one,) = await connected(world, "one")
    await sleeps_at_night(world)
    world.clock.at = clock("21:30")
    await muted(world, one)
    await fails(world, "one")
    await world.minute(one.id, times=4)
    world.clock.at = clock("23:00")
    assert [] == await alice.kinds()
    world.clock.at = clock("07:00", 11)
    assert [Kind.INCIDENT] == await alice.kinds()


async def test_the_end_of_what_was_told_before_the_mute_waits_as_any_end_does(world: World, alice: Chat) -> None:
    (one,) = await connected(world, "one")
    await fails(world, "one")
    await world.minute(one.id, times=4)
    assert [Kind.INCIDENT] == await alice.kinds()
    await muted(world, one)
    everybody_gets(world, None, "one")
    await world.minute(one.id)
    assert [] == await alice.kinds()
    world.clock.at += HOUR
    edit, over = await alice.hears()
    assert (Kind.INCIDENT, Mode.EDIT, 0) == (edit.kind, edit.mode, edit.args["count"])
    assert (Kind.INCIDENT_OVER, True) == (over.kind, over.silent)


async def test_a_mute_until_recovery_holds_the_beginning_and_lets_the_promised_end_through(
    world: World, alice: Chat
) -> None:
    (one,) = await connected(world, "one")
    await sleeps_at_night(world)
    world.clock.at = clock("23:00")
    await fails(world, "one")
    await world.minute(one.id, times=4)
    await muted(world, one, how_long=MuteFor.RECOVERY)
    world.clock.at = clock("08:00", 11)
    await world.minute(one.id)
    assert [] == await alice.kinds()
    everybody_gets(world, None, "one")
    await world.minute(one.id)
    (over,) = await alice.hears()
    assert (Kind.INCIDENT_OVER, True, 1) == (over.kind, over.silent, over.args["most"])
    await fails(world, "one")
    await world.minute(one.id, times=4)
    assert [Kind.INCIDENT] == await alice.kinds(), "the mute has ended by itself"


async def test_a_mute_is_its_chats_own(world: World, alice: Chat, bob: Chat) -> None:
    connection = await world.connected()
    await bob_hears(world, connection)
    await muted(world, connection)
    await is_down(world, connection)
    assert [] == await alice.kinds()
    assert [Kind.INCIDENT] == await bob.kinds()
    await mends(world, connection)
    assert [Kind.INCIDENT, Kind.INCIDENT_OVER] == await bob.kinds()
    assert [] == await alice.kinds()
