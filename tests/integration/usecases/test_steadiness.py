"""What changes too often is told once, and again when it is steady."""

from bot.domain.failures import Failure, Severity, Trouble
from bot.domain.permissions import Permission
from bot.usecases.delivery import Kind, Mode, OutboxItem
from bot.usecases.steadiness import CALM, MOST_CHANGES
from bot.usecases.telling import tell_steady
from tests.integration.usecases.conftest import World, key_named, report

KEY = key_named("first").api_key
DEAD = Trouble(Failure.INVALID_KEY, code="-2008")
SLOW = Trouble(Failure.EXCHANGE_UNAVAILABLE, code="timeout")


async def comes_and_goes(world: World, times: int, trouble: Trouble = DEAD, minutes: int = 2) -> list[OutboxItem]:
    """What is told meanwhile; it arrives at once."""
    told: list[OutboxItem] = []
    (connection,) = [each.id for each in await world.manage.of(1001)]
    for _ in range(times):
        world.gateway.says[KEY] = trouble
        await world.minute(connection, times=minutes)
        told += await world.messages()
        del world.gateway.says[KEY]
        await world.minute(connection)
        told += await world.messages()
    return told


async def settle(world: World) -> None:
    async with world.store.transaction() as tx:
        await tell_steady(tx, world.clock.at)


async def test_a_key_that_comes_and_goes_is_told_as_unsteady_once(world: World) -> None:
    await world.connected()
    items = await comes_and_goes(world, 12)
    singly = [item for item in items if item.kind in {Kind.ALERT, Kind.RECOVERED}]
    assert len(singly) == MOST_CHANGES
    unsteady = [item for item in items if item.kind is Kind.UNSTEADY]
    assert [item.mode is Mode.EDIT for item in unsteady] == [False] + [True] * (len(unsteady) - 1)
    assert unsteady[-1].args["changes"] > MOST_CHANGES


async def test_half_an_hour_without_a_change_ends_it(world: World) -> None:
    await world.connected()
    await comes_and_goes(world, 5)
    await settle(world)
    assert await world.kinds() == []
    world.clock.at += CALM + 1
    await settle(world)
    (steady,) = await world.messages()
    assert (steady.kind, steady.args["well"], steady.silent) == (Kind.STEADY, True, True)
    await settle(world)
    assert await world.kinds() == []


async def test_what_is_steadily_bad_is_told_as_the_trouble_it_is(world: World) -> None:
    connection = await world.connected()
    await comes_and_goes(world, 5)
    world.gateway.says[KEY] = DEAD
    await world.minute(connection.id, times=2)
    await world.messages()
    world.clock.at += CALM + 1
    await settle(world)
    assert await world.kinds() == ["steady", "alert"]


async def test_a_dangerous_right_is_told_each_time_however_unsteady(world: World) -> None:
    connection = await world.connected()
    await comes_and_goes(world, 5)
    world.gateway.says[KEY] = report(Permission.READ, Permission.SPOT_TRADE, Permission.WITHDRAW)
    await world.minute(connection.id)
    assert await world.kinds() == ["alert"]


async def test_a_key_that_dies_after_some_slow_answers_is_told_as_dead_at_once(world: World) -> None:
    """Nobody was told of a slow answer: they hide nothing, and least of all at night, when a warning would wait."""
    connection = await world.connected()
    assert await comes_and_goes(world, MOST_CHANGES, SLOW, minutes=1) == []
    world.gateway.says[KEY] = DEAD
    await world.minute(connection.id, times=2)
    (alert,) = await world.messages()
    assert (alert.kind, alert.severity) == (Kind.ALERT, Severity.CRITICAL)


async def test_a_key_that_dies_while_it_is_unsteady_is_told_once_and_so_is_its_end(world: World) -> None:
    connection = await world.connected()
    world.gateway.public = True  # the exchange answers others: it is this key's own trouble
    told = await comes_and_goes(world, 6, SLOW, minutes=3)
    assert Kind.UNSTEADY in {item.kind for item in told}
    world.gateway.says[KEY] = DEAD
    await world.minute(connection.id, times=2)
    assert await world.kinds() == ["alert"]
    world.clock.at += CALM + 1
    await settle(world)
    assert await world.kinds() == ["steady"]
    del world.gateway.says[KEY]
    await world.minute(connection.id)
    assert await world.kinds() == ["recovered"]
    async with world.store.transaction() as tx:
        assert await tx.alerts.open_of(connection.id) == []
