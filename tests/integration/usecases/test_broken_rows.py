"""One row that cannot be read (half a restored backup, a version gone back) must not silence the watch of others."""

import asyncio

import pytest
from sqlalchemy import text

from bot.domain.connection import ConnectionId
from bot.domain.failures import Failure, Trouble
from bot.domain.health import Status
from tests.integration.usecases.conftest import World, key_named

DEAD = Trouble(Failure.INVALID_KEY, code="-2008")


async def write(world: World, connection: ConnectionId, column: str, value: str) -> None:
    async with world.store._session() as session:
        await session.change(
            text(f"update connections set {column} = :value where id = :id"),  # noqa: S608 - columns named below
            {"value": value, "id": connection},
        )


async def checked(world: World, *connections: ConnectionId) -> None:
    """Together, as the schedule starts them."""
    world.clock.at += 60.0
    world.checks.start(connections)
    async with asyncio.timeout(5):
        while world.checks.in_flight:  # noqa: ASYNC110 - no event tells it
            await asyncio.sleep(0.001)


@pytest.mark.parametrize(("column", "nonsense"), [("market", "options"), ("trouble", '{"failure": "from the future"}')])
async def test_a_row_that_cannot_be_read_silences_no_other_connection(world: World, column: str, nonsense: str) -> None:
    broken, dead = await world.connected(name="first"), await world.connected(name="second")
    await write(world, broken.id, column, nonsense)
    world.gateway.says[key_named("second").api_key] = DEAD
    for _ in range(2):
        await checked(world, broken.id, dead.id)
    assert (await world.get(dead.id)).health.status is Status.REAUTH_NEEDED
    ((event, facts),) = world.operators.told  # once, and not at every turn
    assert (event, facts["connection"]) == ("unreadable", broken.id)


async def test_a_row_that_was_mended_is_watched_again(world: World) -> None:
    connection = await world.connected()
    await write(world, connection.id, "market", "options")
    await checked(world, connection.id)
    await write(world, connection.id, "market", "spot")
    world.gateway.probed.clear()
    await checked(world, connection.id)
    assert world.gateway.probed == [key_named("first").api_key]
    await write(world, connection.id, "market", "options")
    await checked(world, connection.id)
    assert [event for event, _ in world.operators.told] == ["unreadable", "unreadable"], "broken anew, told anew"
