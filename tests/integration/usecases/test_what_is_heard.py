"""What a chat hears and when, over the real store: mutes, quiet hours, severity."""

import pytest

from bot.domain.choices import UNTIL_RECOVERY
from bot.domain.connection import Connection
from bot.domain.failures import Severity
from bot.domain.muting import MuteFor
from bot.usecases.delivery import Kind
from bot.usecases.mute import NothingToMute
from tests.integration.usecases.chats import (
    DANGER,
    HOUR,
    KEY,
    MINUTE,
    Chat,
    clock,
    dies,
    is_down,
    mends,
    sleeps_at_night,
    stays_in_error,
)
from tests.integration.usecases.conftest import ALICE, World


@pytest.fixture
def alice(world: World) -> Chat:
    return Chat(world)


@pytest.fixture
async def connection(world: World) -> Connection:
    return await world.connected()


# ----------------------------------------------------------------------------------------------------------------- mute


async def test_a_mute_until_recovery_ends_with_it_and_lets_its_message_through(
    world: World, connection: Connection, alice: Chat
) -> None:
    await dies(world, connection)
    await alice.kinds()
    assert await world.mute.mute(ALICE, connection.id, ALICE, MuteFor.RECOVERY) == UNTIL_RECOVERY
    assert [] == await alice.after(1000 * HOUR)
    await mends(world, connection)
    assert [Kind.RECOVERED] == await alice.kinds()
    await dies(world, connection)
    assert [Kind.ALERT] == await alice.kinds(), "the mute has ended by itself"


async def test_a_mute_until_recovery_needs_something_to_recover_from(world: World, connection: Connection) -> None:
    with pytest.raises(NothingToMute):
        await world.mute.mute(ALICE, connection.id, ALICE, MuteFor.RECOVERY)


async def test_a_longer_mute_holds_what_a_shorter_one_held(world: World, connection: Connection, alice: Chat) -> None:
    await world.mute.mute(ALICE, connection.id, ALICE, MuteFor.HOUR)
    await dies(world, connection)
    until = await world.mute.mute(ALICE, connection.id, ALICE, MuteFor.EIGHT_HOURS)
    assert [] == await alice.after(2 * HOUR)
    assert [] == await alice.after(until - world.clock.at - 1)
    assert [Kind.ALERT] == await alice.after(1)


async def test_a_mute_holds_repeats_and_they_go_on_after_it(world: World, connection: Connection, alice: Chat) -> None:
    await dies(world, connection)
    await alice.kinds()
    await world.mute.mute(ALICE, connection.id, ALICE, MuteFor.EIGHT_HOURS)
    assert [] == await alice.after(7 * HOUR)
    assert [Kind.REPEAT] == await alice.after(HOUR)


async def test_after_unmuting_repeats_begin_within_five_minutes(
    world: World, connection: Connection, alice: Chat
) -> None:
    await dies(world, connection)
    await alice.kinds()
    await world.mute.mute(ALICE, connection.id, ALICE, MuteFor.RECOVERY)
    assert [] == await alice.after(24 * HOUR)
    await world.mute.unmute(ALICE, connection.id, ALICE)
    assert [] == await alice.after(5 * MINUTE - 1)
    assert [Kind.REPEAT] == await alice.after(1)


async def test_unmuting_what_is_not_muted_and_other_choices_bring_no_repeat_sooner(
    world: World, connection: Connection, alice: Chat
) -> None:
    await dies(world, connection)
    await alice.kinds()
    for pause in (5 * MINUTE, 30 * MINUTE):
        assert [Kind.REPEAT] == await alice.after(pause)
    await world.mute.unmute(ALICE, connection.id, ALICE)
    await world.choose.zone(ALICE, "Europe/Warsaw")
    await world.choose.least(ALICE, Severity.WARNING)
    assert [] == await alice.after(4 * HOUR - 1)
    assert [Kind.REPEAT] == await alice.after(1)


async def test_who_wants_to_be_woken_after_all_hears_it_within_five_minutes(
    world: World, connection: Connection, alice: Chat
) -> None:
    await sleeps_at_night(world)
    await world.choose.critical_passes(ALICE, passes=False)
    world.clock.at = clock("21:50")
    await dies(world, connection)
    await alice.kinds()
    assert [] == await alice.after(HOUR)
    await world.choose.critical_passes(ALICE, passes=True)
    assert [Kind.REPEAT] == await alice.after(5 * MINUTE)


async def test_until_tomorrow_morning_is_nine_in_the_chats_own_zone(world: World, connection: Connection) -> None:
    world.clock.at = clock("20:00")
    await world.choose.zone(ALICE, "Asia/Kolkata")
    assert await world.mute.mute(ALICE, connection.id, ALICE, MuteFor.MORNING) == clock("03:30", 12)
    await world.choose.zone(ALICE, "Europe/Warsaw")
    assert await world.mute.mute(ALICE, connection.id, ALICE, MuteFor.MORNING) == clock("07:00", 11)


# ---------------------------------------------------------------------------------------------------------- quiet hours


async def test_at_night_a_warning_waits_for_the_morning_and_what_is_critical_does_not(
    world: World, connection: Connection, alice: Chat
) -> None:
    await sleeps_at_night(world)
    world.clock.at = clock("23:00")
    await stays_in_error(world, connection)
    assert [] == await alice.kinds()
    world.gateway.says[KEY] = DANGER
    await world.minute(connection.id)
    assert [Kind.ALERT] == await alice.kinds()
    world.clock.at = clock("07:01", 11)
    assert [] == await alice.kinds(), "what was held at night had been overtaken by worse news"


async def test_what_came_and_went_in_quiet_hours_is_never_told(
    world: World, connection: Connection, alice: Chat
) -> None:
    await sleeps_at_night(world)
    world.clock.at = clock("23:00")
    await stays_in_error(world, connection)
    await mends(world, connection)
    world.clock.at = clock("07:01", 11)
    assert [] == await alice.kinds()


async def test_what_still_lasts_in_the_morning_is_told_then(world: World, connection: Connection, alice: Chat) -> None:
    await sleeps_at_night(world)
    world.clock.at = clock("23:00")
    await stays_in_error(world, connection)
    world.clock.at = clock("06:59", 11)
    assert [] == await alice.kinds()
    world.clock.at = clock("07:00", 11)
    assert [Kind.ALERT] == await alice.kinds()


async def test_a_chat_may_want_to_sleep_through_everything(world: World, connection: Connection, alice: Chat) -> None:
    await sleeps_at_night(world)
    await world.choose.critical_passes(ALICE, passes=False)
    world.clock.at = clock("23:00")
    await dies(world, connection)
    assert [] == await alice.after(4 * HOUR)
    world.clock.at = clock("07:00", 11)
    assert [Kind.ALERT] == await alice.kinds()
    assert [Kind.REPEAT] == await alice.after(5 * MINUTE)


async def test_the_end_of_what_woke_somebody_is_told_at_once_and_silently(
    world: World, connection: Connection, alice: Chat
) -> None:
    await sleeps_at_night(world)
    world.clock.at = clock("23:00")
    await dies(world, connection)
    await alice.kinds()
    await mends(world, connection)
    (told,) = await alice.hears()
    assert (Kind.RECOVERED, True) == (told.kind, told.silent)


async def test_an_end_that_waits_for_the_morning_is_not_told_if_it_is_no_longer_true(
    world: World, connection: Connection, alice: Chat
) -> None:
    await sleeps_at_night(world)
    world.clock.at = clock("21:50")
    await stays_in_error(world, connection)
    assert [Kind.ALERT] == await alice.kinds()
    world.clock.at = clock("23:00")
    await mends(world, connection)
    assert [] == await alice.kinds()
    await dies(world, connection)
    assert [Kind.ALERT] == await alice.kinds()
    world.clock.at = clock("07:00", 11)
    await world.ring()
    assert Kind.RECOVERED not in await alice.kinds()


async def test_an_end_that_waits_is_told_though_there_was_more_meanwhile(
    world: World, connection: Connection, alice: Chat
) -> None:
    await sleeps_at_night(world)
    world.clock.at = clock("21:50")
    await stays_in_error(world, connection)
    await alice.kinds()
    world.clock.at = clock("23:00")
    await mends(world, connection)
    await stays_in_error(world, connection)
    await mends(world, connection)
    world.clock.at = clock("07:00", 11)
    assert [Kind.RECOVERED] == await alice.kinds()


async def test_switching_quiet_hours_off_lets_out_what_they_held(
    world: World, connection: Connection, alice: Chat
) -> None:
    await sleeps_at_night(world)
    world.clock.at = clock("23:00")
    await stays_in_error(world, connection)
    await world.choose.quiet(ALICE, on=False)
    assert [Kind.ALERT] == await alice.kinds()


async def test_unmuting_at_night_does_not_end_the_night(world: World, connection: Connection, alice: Chat) -> None:
    await sleeps_at_night(world)
    world.clock.at = clock("21:00")
    await world.mute.mute(ALICE, connection.id, ALICE, MuteFor.EIGHT_HOURS)
    world.clock.at = clock("23:00")
    await stays_in_error(world, connection)
    await world.mute.unmute(ALICE, connection.id, ALICE)
    assert [] == await alice.kinds()
    world.clock.at = clock("07:00", 11)
    assert [Kind.ALERT] == await alice.kinds()


async def test_a_zone_that_this_machine_has_lost_silences_nobody(
    world: World, connection: Connection, alice: Chat
) -> None:
    await sleeps_at_night(world)
    async with world.store.transaction() as tx:
        kept = await tx.choices.of_chat(ALICE)
        await tx.choices.save_chat(ALICE, type(kept)(quiet=True, zone="Atlantis/Capital"))
    world.clock.at = clock("23:00")
    await stays_in_error(world, connection)
    assert [Kind.ALERT] == await alice.kinds()


async def test_a_zone_that_is_none_and_hours_that_never_end_are_refused(world: World) -> None:
    with pytest.raises(ValueError, match="no such time zone"):
        await world.choose.zone(ALICE, "../../etc/passwd")
    with pytest.raises(ValueError, match="never end"):
        await world.choose.quiet_from(ALICE, 7 * 60)
    assert (22 * 60, None) == (
        (await world.choose.of_chat(ALICE)).quiet_start,
        (await world.choose.of_chat(ALICE)).zone,
    )


# --------------------------------------------------------------------------------------------------- choice of severity


async def test_what_a_chat_does_not_want_is_not_told_and_neither_is_its_end(
    world: World, connection: Connection, alice: Chat
) -> None:
    await world.choose.least(ALICE, Severity.CRITICAL)
    await stays_in_error(world, connection)
    await mends(world, connection)
    assert [] == await alice.kinds()
    await dies(world, connection)
    await mends(world, connection)
    assert [Kind.ALERT, Kind.RECOVERED] == await alice.kinds(), "the end of what was told is always told"


async def test_a_connection_may_be_heard_of_more_than_others(world: World, connection: Connection, alice: Chat) -> None:
    await world.choose.least(ALICE, Severity.CRITICAL)
    await world.choose.least_of(ALICE, connection.id, Severity.WARNING)
    await stays_in_error(world, connection)
    assert [Kind.ALERT] == await alice.kinds()
    await world.choose.least_of(ALICE, connection.id, None)
    await mends(world, connection)
    assert [Kind.RECOVERED] == await alice.kinds()
    await stays_in_error(world, connection)
    assert [] == await alice.kinds()


async def test_what_is_for_information_makes_no_sound(world: World, connection: Connection, alice: Chat) -> None:
    await stays_in_error(world, connection)
    await mends(world, connection)
    assert [(Kind.ALERT, False), (Kind.RECOVERED, True)] == [(item.kind, item.silent) for item in await alice.hears()]


# ----------------------------------------------------------------------------------------------------------- incidents


async def test_an_incident_at_night_is_told_in_the_morning_if_it_still_lasts(
    world: World, connection: Connection, alice: Chat
) -> None:
    await sleeps_at_night(world)
    world.clock.at = clock("23:00")
    await is_down(world, connection)
    assert [] == await alice.kinds()
    world.clock.at = clock("06:59", 11)
    assert [] == await alice.kinds()
    world.clock.at = clock("07:00", 11)
    assert [Kind.INCIDENT] == await alice.kinds()


async def test_an_incident_that_began_and_ended_at_night_is_never_told(
    world: World, connection: Connection, alice: Chat
) -> None:
    await sleeps_at_night(world)
    world.clock.at = clock("23:00")
    await is_down(world, connection)
    await mends(world, connection)
    await is_down(world, connection)
    await mends(world, connection)
    world.clock.at = clock("07:00", 11)
    assert [] == await alice.kinds()


async def test_the_end_of_an_incident_that_was_told_waits_for_the_morning(
    world: World, connection: Connection, alice: Chat
) -> None:
    await sleeps_at_night(world)
    world.clock.at = clock("21:50")
    await is_down(world, connection)
    assert [Kind.INCIDENT] == await alice.kinds()
    world.clock.at = clock("23:00")
    await mends(world, connection)
    assert Kind.INCIDENT_OVER not in await alice.kinds()
    world.clock.at = clock("07:00", 11)
    assert Kind.INCIDENT_OVER in await alice.kinds()


async def test_switching_quiet_hours_off_lets_incidents_out_too(
    world: World, connection: Connection, alice: Chat
) -> None:
    await sleeps_at_night(world)
    world.clock.at = clock("23:00")
    await is_down(world, connection)
    await world.choose.quiet(ALICE, on=False)
    assert [Kind.INCIDENT] == await alice.kinds()


async def test_an_incident_is_not_told_where_only_what_is_critical_is_wanted(
    world: World, connection: Connection, alice: Chat
) -> None:
    await world.choose.least(ALICE, Severity.CRITICAL)
    await is_down(world, connection)
    await mends(world, connection)
    assert [] == await alice.kinds()


async def test_a_mute_until_recovery_ends_with_an_incident_too(
    world: World, connection: Connection, alice: Chat
) -> None:
    await is_down(world, connection)
    await world.mute.mute(ALICE, connection.id, ALICE, MuteFor.RECOVERY)
    await mends(world, connection)
    async with world.store.transaction() as tx:
        assert await tx.alerts.muted_until(connection.id, ALICE) == world.clock.at
    await alice.hears()
    await dies(world, connection)
    assert [Kind.ALERT] == await alice.kinds()
