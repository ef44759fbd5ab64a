"""From the watch to a history: the recorder keeps it in its own commit, and only an owner sees it."""

import pytest

from bot.domain.failures import Failure, Trouble
from bot.domain.history import HOUR, Rollup, Span, State
from bot.usecases.access import Gone, NotYours
from bot.usecases.history import LookBack
from bot.usecases.storage import StoreUnavailable
from tests.integration.usecases.conftest import ALICE, BOB, World, key_named

DOWN = Trouble(Failure.EXCHANGE_UNAVAILABLE, code="HTTP 503")
KEY = key_named("first").api_key


async def total(world: World, connection_id: str) -> Rollup:
    hour = int(world.clock.now()) // HOUR
    found = Rollup(hour)
    async with world.store.transaction() as tx:
        for rollup in await tx.rollups.of(connection_id, hour - 24, hour):  # type: ignore[arg-type] # a NewType
            found = found.plus(rollup)
    return found


async def test_minutes_of_the_watch_become_seconds_of_a_history(world: World) -> None:
    connection = await world.connected()
    await world.minute(connection.id, times=4)
    world.gateway.says[KEY] = DOWN
    await world.minute(connection.id, times=3)
    del world.gateway.says[KEY]
    await world.minute(connection.id, times=2)

    kept = await total(world, connection.id)

    assert (kept.probes, kept.good) == (9, 6)
    assert (kept.up, kept.error) == (240 - 60 + 60 + 60, 180)

    history = (await LookBack(world.store, world.clock)(ALICE, connection.id, Span.DAY)).history
    assert history.uptime.share == pytest.approx(300 / 480)
    assert [flip.new for flip in history.flips if flip.side == "status"] == ["connected", "error"]


async def test_a_pause_of_a_person_is_kept_apart_from_trouble_and_counts_as_up(world: World) -> None:
    connection = await world.connected()
    await world.minute(connection.id)
    await world.gate.pause(ALICE, connection.id)
    await world.minute(connection.id, times=2)
    history = (await LookBack(world.store, world.clock)(ALICE, connection.id, Span.DAY)).history
    assert history.cells[-1].seconds[State.PAUSED] + history.cells[-2].seconds[State.PAUSED] == 120
    assert history.uptime.share == 1.0


async def test_hours_without_us_are_unknown(world: World) -> None:
    connection = await world.connected()
    await world.minute(connection.id, times=2)
    world.clock.at += 5 * HOUR
    await world.minute(connection.id, times=2)
    looked = await LookBack(world.store, world.clock)(ALICE, connection.id, Span.DAY)
    assert looked.history.uptime.known == 120
    assert looked.history.uptime.watched < 0.01


async def test_what_is_not_committed_is_not_counted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = await world.connected()
    await world.minute(connection.id)

    async def disk_full(*_: object) -> None:
        raise StoreUnavailable

    with monkeypatch.context() as patched:
        patched.setattr("bot.store.rollups.SqlRollups.add", disk_full)
        await world.minute(connection.id)
    assert (await total(world, connection.id)).up == 0
    assert (await world.get(connection.id)).last_ok_at == world.clock.now() - 60, "the probe went with its history"
    await world.minute(connection.id)
    assert (await total(world, connection.id)).up == 120


async def test_only_its_owner_sees_it_and_only_while_it_is_there(world: World) -> None:
    connection = await world.connected()
    look_back = LookBack(world.store, world.clock)
    with pytest.raises(NotYours):
        await look_back(BOB, connection.id, Span.DAY)
    await world.manage.disconnect(ALICE, connection.id)
    with pytest.raises(Gone):
        await look_back(ALICE, connection.id, Span.DAY)
