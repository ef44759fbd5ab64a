"""Outages are told once in each chat, no key is blamed for them, and a dead key is told apart inside one."""

from collections.abc import Sequence

import pytest

from bot.domain.connection import Connection
from bot.domain.failures import Failure, Severity, Trouble
from bot.domain.health import Gate, Status
from bot.domain.outage import KEYS_WAIT, SAME_AGAIN
from bot.domain.permissions import Permission
from bot.usecases.delivery import Kind, Mode, OutboxItem
from tests.integration.usecases.conftest import ALICE, BOB, World, key_named, report

DOWN = Trouble(Failure.EXCHANGE_UNAVAILABLE, code="HTTP 503")
DEAD = Trouble(Failure.INVALID_KEY, code="-2008")
BANNED = Trouble(Failure.BANNED, code="HTTP 418")
CAROL = 1003


def key(name: str) -> str:
    return key_named(name).api_key


async def connected(world: World, *names: str, owners: Sequence[int] = (ALICE,)) -> list[Connection]:
    """Connections of these names, dealt out to the owners in turn."""
    made = [await world.connected(owners[n % len(owners)], name) for n, name in enumerate(names)]
    await world.minute(*(each.id for each in made))
    await world.messages()
    return made


def everybody_gets(world: World, trouble: Trouble | None, *names: str) -> None:
    for name in names:
        if trouble is None:
            world.gateway.says.pop(key(name), None)
        else:
            world.gateway.says[key(name)] = trouble


def told(items: Sequence[OutboxItem], chat: int) -> list[str]:
    """What a chat is told, edits marked."""
    return [f"{item.kind.value}{' (edit)' if item.mode is Mode.EDIT else ''}" for item in items if item.chat_id == chat]


async def lived(world: World, *connections: Connection, minutes: int) -> list[OutboxItem]:
    """What is told while so many minutes pass; it arrives at once, so that a later edit takes the place of nothing."""
    items: list[OutboxItem] = []
    for _ in range(minutes):
        await world.minute(*(each.id for each in connections))
        items += await world.messages()
    return items


async def test_an_outage_is_an_incident_and_no_alert_of_a_key(world: World) -> None:
    (one,) = await connected(world, "one")
    everybody_gets(world, DOWN, "one")

    await world.minute(one.id, times=10)

    (incident,) = await world.messages()
    assert (incident.kind, incident.chat_id, incident.severity) == (Kind.INCIDENT, ALICE, Severity.WARNING)
    assert (incident.args["count"], incident.args["labels"]) == (1, ["label of one"])
    health = (await world.get(one.id)).health
    assert (health.status, health.gate) == (Status.ERROR, Gate.PAUSED)


async def test_its_end_is_told_with_its_length_without_a_sound(world: World) -> None:
    (one,) = await connected(world, "one")
    everybody_gets(world, DOWN, "one")
    await world.minute(one.id, times=5)
    await world.messages()
    everybody_gets(world, None, "one")

    await world.minute(one.id)

    edit, over = await world.messages()
    assert (edit.kind, edit.mode is Mode.EDIT, edit.args["count"]) == (Kind.INCIDENT, True, 0)
    assert (over.kind, over.silent) == (Kind.INCIDENT_OVER, True)
    assert over.args["until"] - over.args["since"] == 5 * 60.0
    assert edit.thread == over.thread
    assert (await world.get(one.id)).health.gate is Gate.OPEN


async def test_a_key_that_the_exchange_alone_does_not_answer_has_a_trouble_of_its_own(world: World) -> None:
    (one,) = await connected(world, "one")
    world.gateway.public = True
    everybody_gets(world, DOWN, "one")

    await world.minute(one.id, times=4)

    assert await world.kinds() == ["alert"]


async def test_a_key_in_trouble_while_most_are_well_has_a_trouble_of_its_own(world: World) -> None:
    made = await connected(world, "one", "two", "three", owners=(ALICE, BOB))
    everybody_gets(world, DOWN, "one")

    await world.minute(*(each.id for each in made), times=4)

    assert told(await world.messages(), ALICE) == ["alert"]


async def test_many_connections_are_one_message_in_each_chat(world: World) -> None:
    names = [f"n{number}" for number in range(30)]
    made = await connected(world, *names, owners=(ALICE, BOB, CAROL))
    everybody_gets(world, DOWN, *names)

    items = await lived(world, *made, minutes=6)

    for chat in (ALICE, BOB, CAROL):
        mine = [item for item in items if item.chat_id == chat]
        # What joins before the first has gone out takes its place: to Telegram it is one message and edits of it.
        assert {item.kind for item in mine} == {Kind.INCIDENT}
        assert {item.mode for item in mine[1:]} <= {Mode.EDIT}
    last = [item for item in items if item.chat_id == ALICE][-1]
    assert last.args["count"] == last.args["most"] == 10
    assert len(last.args["labels"]) == 5
    assert [event for event, _ in world.operators.told] == ["incident"]


async def test_who_fails_while_it_is_known_joins_at_once(world: World) -> None:
    one, late = await connected(world, "one", "late", owners=(ALICE, BOB))
    everybody_gets(world, DOWN, "one", "late")
    await world.minute(one.id, times=3)
    await world.messages()

    await world.minute(late.id)

    assert told(await world.messages(), BOB) == ["incident"]


async def test_a_dead_key_is_told_apart_inside_an_outage(world: World) -> None:
    made = await connected(world, "one", "two", "dead", owners=(ALICE, BOB))
    everybody_gets(world, DOWN, "one", "two")
    everybody_gets(world, DEAD, "dead")

    await world.minute(*(each.id for each in made), times=4)

    items = await world.messages()
    (alert,) = [item for item in items if item.kind is Kind.ALERT]
    assert alert.args["label"] == "label of dead"
    assert alert.args["failure"] == "invalid_key"
    assert {item.args["count"] for item in items if item.kind is Kind.INCIDENT} == {1}


async def test_a_key_that_turns_out_dead_leaves_the_incident(world: World) -> None:
    one, two = await connected(world, "one", "two", owners=(ALICE, BOB))
    everybody_gets(world, DOWN, "one", "two")
    await world.minute(one.id, two.id, times=4)
    await world.messages()
    everybody_gets(world, DEAD, "one")

    await world.minute(one.id, two.id, times=2)

    assert told(await world.messages(), ALICE) == ["alert", "incident (edit)", "incident_over"]


async def test_keys_of_different_people_that_die_at_once_are_not_blamed(world: World) -> None:
    names = ["one", "two", "three"]
    made = await connected(world, *names, owners=(ALICE, BOB, CAROL))
    everybody_gets(world, DEAD, *names)

    await world.minute(*(each.id for each in made), times=3)

    items = await world.messages()
    assert {item.kind for item in items} == {Kind.INCIDENT}
    assert {item.severity for item in items if item.mode is not Mode.EDIT} == {Severity.CRITICAL}
    assert {(await world.get(each.id)).health.gate for each in made} == {Gate.PAUSED}


async def test_a_key_that_has_long_been_dead_excuses_no_other(world: World) -> None:
    long_dead, one = await connected(world, "long dead", "one", owners=(ALICE, BOB))
    everybody_gets(world, DEAD, "long dead")
    await lived(world, long_dead, one, minutes=round(KEYS_WAIT / 60) + 1)
    everybody_gets(world, DEAD, "one")

    items = await lived(world, long_dead, one, minutes=3)

    assert told(items, BOB) == ["alert"]


async def test_the_first_to_seem_dead_asks_others_before_it_is_blamed(world: World) -> None:
    made = await connected(world, "one", "two", "three", owners=(ALICE, BOB, CAROL))
    everybody_gets(world, DEAD, "one", "two", "three")

    await world.minute(made[0].id)

    asked = {connection for connection, delay in world.watch.again if delay == 0.0}
    assert asked == {made[1].id, made[2].id}


async def test_who_is_still_dead_when_the_others_are_well_is_told(world: World) -> None:
    names = ["one", "two", "three"]
    made = await connected(world, *names, owners=(ALICE, BOB, CAROL))
    ids = [each.id for each in made]
    everybody_gets(world, DEAD, *names)
    await world.minute(*ids, times=3)
    await world.messages()
    everybody_gets(world, None, "two", "three")

    await world.minute(*ids, times=round(KEYS_WAIT / 60) + 1)

    items = await world.messages()
    assert told(items, BOB) == ["incident (edit)", "incident_over"]
    assert "alert" in told(items, ALICE)


async def test_an_outage_that_comes_back_soon_is_the_same_one(world: World) -> None:
    (one,) = await connected(world, "one")
    everybody_gets(world, DOWN, "one")
    await world.minute(one.id, times=3)
    (first,) = await world.messages()
    everybody_gets(world, None, "one")
    await world.minute(one.id)
    await world.messages()
    everybody_gets(world, DOWN, "one")

    await world.minute(one.id, times=3)

    edit, again = await world.messages()
    assert (edit.kind, edit.mode is Mode.EDIT, again.kind) == (Kind.INCIDENT, True, Kind.INCIDENT_AGAIN)
    assert {edit.thread, again.thread} == {first.thread}
    assert edit.args["times"] == 2


async def test_one_that_comes_back_later_is_another_one(world: World) -> None:
    (one,) = await connected(world, "one")
    everybody_gets(world, DOWN, "one")
    await world.minute(one.id, times=3)
    (first,) = await world.messages()
    everybody_gets(world, None, "one")
    await world.minute(one.id, times=2 + round(SAME_AGAIN / 60))
    await world.messages()
    everybody_gets(world, DOWN, "one")

    await world.minute(one.id, times=3)

    (second,) = await world.messages()
    assert second.thread != first.thread


async def test_one_that_comes_and_goes_wakes_nobody_after_a_while(world: World) -> None:
    (one,) = await connected(world, "one")
    items: list[OutboxItem] = []
    for _ in range(8):
        everybody_gets(world, DOWN, "one")
        items += await lived(world, one, minutes=3)
        everybody_gets(world, None, "one")
        items += await lived(world, one, minutes=1)

    lines = told(items, ALICE)

    assert lines.count("incident") == 1
    assert lines.count("incident_again") == 2


async def test_a_right_to_withdraw_is_told_in_the_middle_of_an_outage(world: World) -> None:
    one, two = await connected(world, "one", "two", owners=(ALICE, BOB))
    everybody_gets(world, DOWN, "one", "two")
    await world.minute(one.id, two.id, times=3)
    await world.messages()
    world.gateway.says[key("one")] = report(Permission.READ, Permission.SPOT_TRADE, Permission.WITHDRAW)

    await world.minute(one.id)

    alert = (await world.messages())[0]
    assert (alert.kind, alert.chat_id, alert.args["failure"]) == (Kind.ALERT, ALICE, "withdraw_enabled")


@pytest.mark.parametrize("failure", [Failure.BANNED, Failure.RATE_LIMITED, Failure.CLOCK_SKEW, Failure.REGION_BLOCKED])
async def test_what_is_our_own_doing_blames_no_key_and_is_told_to_operators(world: World, failure: Failure) -> None:
    one, two = await connected(world, "one", "two", owners=(ALICE, BOB))
    world.gateway.public = True
    everybody_gets(world, Trouble(failure, code="x"), "one", "two")

    await world.minute(one.id, two.id, times=4)

    assert {item.kind for item in await world.messages()} == {Kind.INCIDENT}
    ((event, facts),) = world.operators.told
    assert (event, facts["failure"]) == ("incident", failure.value)


async def test_an_incident_whose_connections_were_all_disconnected_ends(world: World) -> None:
    from bot.usecases.incidents import sweep  # noqa: PLC0415 - only here

    (one,) = await connected(world, "one")
    everybody_gets(world, DOWN, "one")
    await world.minute(one.id, times=3)
    await world.manage.disconnect(ALICE, one.id)

    async with world.store.transaction() as tx:
        assert await sweep(tx, world.clock.at) == 1
        assert await tx.incidents.present(world.clock.at) == []
