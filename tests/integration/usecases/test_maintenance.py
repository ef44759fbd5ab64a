"""In a maintenance window what may pass is not told, what must be mended is, and what lasts beyond it is told then."""

import pytest

from bot.domain.connection import Connection, ConnectionId
from bot.domain.failures import Failure, Trouble
from bot.domain.health import Gate, Status
from bot.domain.muting import MuteFor
from bot.domain.permissions import Permission
from bot.usecases.access import Gone, NotYours
from bot.usecases.delivery import OutboxItem
from bot.usecases.incidents import sweep
from bot.usecases.maintenance import MOST, PlanMaintenance, TooMany
from tests.integration.usecases.conftest import ALICE, BOB, World, key_named, report

DOWN = Trouble(Failure.EXCHANGE_UNAVAILABLE, code="HTTP 503")
DEAD = Trouble(Failure.INVALID_KEY, code="-2008")
HOUR = 3600.0


@pytest.fixture
def plan(world: World) -> PlanMaintenance:
    return PlanMaintenance(world.store, world.clock)


async def due(world: World) -> list[str]:
    """What is to be sent now; taken out."""
    found: list[OutboxItem] = []
    while True:
        async with world.store.transaction() as tx:
            ready = await tx.outbox.due(world.clock.at)
            for item in ready:
                await tx.outbox.sent(item.id, world.clock.at, 1)
        if not ready:
            return [f"{item.kind.value} to {item.chat_id}" for item in sorted(found, key=lambda item: item.id)]
        found += ready


async def one_of(world: World, owner: int = ALICE, name: str = "one") -> Connection:
    made = await world.connected(owner, name)
    await world.minute(made.id)
    await world.messages()
    return made


def gets(world: World, trouble: Trouble | None, name: str = "one") -> None:
    key = key_named(name).api_key
    if trouble is None:
        world.gateway.says.pop(key, None)
    else:
        world.gateway.says[key] = trouble


async def test_an_outage_within_a_window_is_not_told_and_the_gate_does_what_it_does(
    world: World, plan: PlanMaintenance
) -> None:
    one = await one_of(world)
    await plan.add(ALICE, "binance", HOUR)
    gets(world, DOWN)
    await world.minute(one.id, times=5)
    await plan.look()
    assert await due(world) == []
    health = (await world.get(one.id)).health
    assert (health.status, health.gate) == (Status.ERROR, Gate.PAUSED)
    gets(world, None)
    await world.minute(one.id)
    world.clock.at += HOUR
    await plan.look()
    assert await due(world) == []
    assert (await world.get(one.id)).health.gate is Gate.OPEN


async def test_an_outage_that_lasts_beyond_a_window_is_told_at_its_end(world: World, plan: PlanMaintenance) -> None:
    one = await one_of(world)
    await plan.add(ALICE, one.id, HOUR)
    gets(world, DOWN)
    await world.minute(one.id, times=5)
    world.clock.at += HOUR
    await plan.look()
    assert await due(world) == [f"incident to {ALICE}"]
    await plan.look()
    assert await due(world) == []
    gets(world, None)
    await world.minute(one.id)
    assert f"incident_over to {ALICE}" in await due(world)


async def test_others_hear_of_an_outage_as_before(world: World, plan: PlanMaintenance) -> None:
    one, two = await one_of(world), await one_of(world, BOB, "two")
    await plan.add(ALICE, "binance", HOUR)
    for name in ("one", "two"):
        gets(world, DOWN, name)
    await world.minute(one.id, two.id, times=5)
    assert await due(world) == [f"incident to {BOB}"]


async def test_a_trouble_of_ones_own_that_may_pass_waits_for_the_end(world: World, plan: PlanMaintenance) -> None:
    one = await one_of(world)
    world.gateway.public = True
    await plan.add(ALICE, one.id, HOUR)
    gets(world, DOWN)
    await world.minute(one.id, times=5)
    assert await due(world) == []
    world.clock.at += HOUR
    assert await due(world) == [f"alert to {ALICE}"]


async def test_the_end_of_a_mute_within_a_window_tells_nothing_early(world: World, plan: PlanMaintenance) -> None:
    one = await one_of(world)
    world.gateway.public = True
    await plan.add(ALICE, one.id, HOUR)
    await world.mute.mute(ALICE, one.id, ALICE, MuteFor.HOUR)
    gets(world, DOWN)
    await world.minute(one.id, times=5)
    await world.mute.unmute(ALICE, one.id, ALICE)
    assert await due(world) == [], "the window holds what the mute does not hold any more"
    world.clock.at += HOUR
    assert await due(world) == [f"alert to {ALICE}"]


async def test_a_trouble_of_ones_own_that_has_passed_is_never_told(world: World, plan: PlanMaintenance) -> None:
    one = await one_of(world)
    world.gateway.public = True
    await plan.add(ALICE, one.id, HOUR)
    gets(world, DOWN)
    await world.minute(one.id, times=5)
    gets(world, None)
    await world.minute(one.id)
    world.clock.at += 2 * HOUR
    assert await due(world) == []


@pytest.mark.parametrize("trouble", [DEAD, None], ids=["dead", "dangerous"])
async def test_a_dead_and_a_dangerous_key_are_told_as_always(
    world: World, plan: PlanMaintenance, trouble: Trouble | None
) -> None:
    one = await one_of(world)
    world.gateway.public = True
    await plan.add(ALICE, one.id, HOUR)
    gets(world, DOWN)
    await world.minute(one.id, times=4)
    gets(world, trouble)
    if trouble is None:
        world.gateway.says[key_named("one").api_key] = report(Permission.READ, Permission.WITHDRAW)
    await world.minute(one.id, times=3)
    assert await due(world) == [f"alert to {ALICE}"]
    world.clock.at += 2 * HOUR
    assert await due(world) == []


async def test_removing_a_window_tells_at_once_what_is_wrong(world: World, plan: PlanMaintenance) -> None:
    one = await one_of(world)
    window = await plan.add(ALICE, one.id, HOUR)
    gets(world, DOWN)
    await world.minute(one.id, times=5)
    assert not await plan.remove(BOB, window.id)
    assert await due(world) == []
    assert await plan.remove(ALICE, window.id)
    assert await due(world) == [f"incident to {ALICE}"]


async def test_nobody_plans_for_what_they_do_not_hear_of(world: World, plan: PlanMaintenance) -> None:
    one = await one_of(world)
    with pytest.raises(NotYours):
        await plan.add(BOB, one.id, HOUR)
    with pytest.raises(Gone):
        await plan.add(BOB, "binance", HOUR)
    assert await plan.heard(BOB) == []


async def test_windows_are_not_endless_in_number_and_those_that_are_over_go(
    world: World, plan: PlanMaintenance
) -> None:
    one = await one_of(world)
    for _ in range(MOST):
        await plan.add(ALICE, one.id, HOUR)
    with pytest.raises(TooMany):
        await plan.add(ALICE, one.id, HOUR)
    world.clock.at += 2 * HOUR
    await plan.look()
    assert await plan.of(ALICE) == []
    async with world.store.transaction() as tx:
        assert await tx.maintenance.of_chat(ALICE) == []


async def test_a_window_goes_with_its_connection(world: World, plan: PlanMaintenance) -> None:
    one = await one_of(world)
    await plan.add(ALICE, one.id, HOUR)
    await world.manage.disconnect(ALICE, ConnectionId(one.id))
    assert await plan.of(ALICE) == []


async def test_an_outage_that_nobody_was_to_hear_of_ends_with_its_last_connection(
    world: World, plan: PlanMaintenance
) -> None:
    one, two = await one_of(world), await one_of(world, BOB, "two")
    await plan.add(ALICE, "binance", HOUR)
    gets(world, DOWN)
    await world.minute(one.id, times=5)
    async with world.store.transaction() as tx:
        assert await sweep(tx, world.clock.at) == 0, "one is in it, though nobody hears of it"
    gets(world, None)
    await world.minute(one.id)

    world.gateway.public = True
    gets(world, DOWN, "two")
    await world.minute(two.id, times=5)
    assert await due(world) == [f"alert to {BOB}"], "the outage is over: this is the key's own"
