import asyncio

import pytest

from bot.domain.failures import Failure, Trouble
from bot.domain.health import Gate, PausedBy, Status
from bot.domain.muting import MuteFor
from bot.domain.permissions import Permission
from bot.usecases.access import Gone, NotYours
from bot.usecases.check import NO_CONNECTION, OWN_PACE
from bot.usecases.delivery import Kind
from bot.usecases.gate import GateOutcome
from bot.usecases.storage import StoreUnavailable
from tests.integration.usecases.conftest import ALICE, BOB, World, key_named, report

DOWN = Trouble(Failure.EXCHANGE_UNAVAILABLE, code="HTTP 503")
DEAD = Trouble(Failure.INVALID_KEY, code="-2008")
KEY = key_named("first").api_key


async def test_an_outage_is_on_the_card_at_once_and_in_the_chat_when_it_lasts(world: World) -> None:
    connection = await world.connected()
    world.gateway.says[KEY] = DOWN
    await world.minute(connection.id)
    assert (await world.get(connection.id)).health.status is Status.ERROR
    assert await world.kinds() == []
    await world.minute(connection.id, times=2)
    (told,) = await world.messages()
    assert (told.kind, told.chat_id) == (Kind.INCIDENT, ALICE)
    assert told.args["failure"] == "exchange_unavailable"
    assert told.args["code"] == "HTTP 503"
    assert (await world.get(connection.id)).health.gate is Gate.PAUSED


async def test_a_dead_key_is_probed_again_within_ten_seconds_and_then_told(world: World) -> None:
    connection = await world.connected()
    world.gateway.says[KEY] = DEAD
    await world.minute(connection.id)
    ((again, delay),) = world.watch.again
    assert again == connection.id
    assert delay <= 10
    assert await world.kinds() == []
    await world.checks.now(connection.id)
    assert await world.kinds() == ["alert"]
    assert (await world.get(connection.id)).health.status is Status.REAUTH_NEEDED


async def test_withdrawal_switched_on_pauses_and_tells_at_once_and_recovery_closes_the_same_alert(world: World) -> None:
    connection = await world.connected()
    world.gateway.says[KEY] = report(Permission.READ, Permission.SPOT_TRADE, Permission.WITHDRAW)
    await world.minute(connection.id)
    assert (await world.get(connection.id)).health.gate is Gate.PAUSED
    (alert,) = await world.messages()
    del world.gateway.says[KEY]
    await world.minute(connection.id)
    (recovery,) = await world.messages()
    assert recovery.kind is Kind.RECOVERED
    assert recovery.alert_id == alert.alert_id
    assert recovery.args["lasted"] == 60.0
    assert (await world.get(connection.id)).health.gate is Gate.OPEN


async def test_flips_and_messages_commit_together_or_not_at_all(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = await world.connected()
    world.gateway.says[KEY] = report(Permission.READ, Permission.WITHDRAW)

    async def disk_full(*_: object) -> None:
        raise StoreUnavailable

    with monkeypatch.context() as patched:
        patched.setattr("bot.usecases.alerting.post", disk_full)
        await world.minute(connection.id)
    async with world.store.transaction() as tx:
        assert await tx.flips.latest(connection.id) == []
    assert (await world.get(connection.id)).health.status is Status.CONNECTED
    await world.minute(connection.id)
    async with world.store.transaction() as tx:
        assert len(await tx.flips.latest(connection.id)) == 2
    assert await world.kinds() == ["alert"]


@pytest.mark.parametrize("code", [NO_CONNECTION, "timeout", "connection lost"])
async def test_our_own_network_changes_nothing(world: World, code: str) -> None:
    connection = await world.connected()
    before = await world.get(connection.id)
    world.network.up = False
    world.gateway.says[KEY] = Trouble(Failure.EXCHANGE_UNAVAILABLE, code=code)
    await world.minute(connection.id, times=5)
    assert await world.get(connection.id) == before
    assert await world.kinds() == []


async def test_a_silent_exchange_is_blamed_when_our_network_is_up(world: World) -> None:
    connection = await world.connected()
    world.gateway.says[KEY] = Trouble(Failure.EXCHANGE_UNAVAILABLE, code=NO_CONNECTION)
    await world.minute(connection.id, times=3)
    assert await world.kinds() == ["incident"]


async def test_a_check_that_nobody_answered_does_not_count_as_the_last_look_at_the_key(world: World) -> None:
    connection = await world.connected()
    world.gateway.says[KEY] = Trouble(Failure.EXCHANGE_UNAVAILABLE, code="timeout")
    await world.minute(connection.id, times=2)
    assert (await world.get(connection.id)).last_probe_at == connection.last_probe_at
    world.gateway.says[KEY] = DOWN  # an answer, if a bad one
    await world.minute(connection.id)
    assert (await world.get(connection.id)).last_probe_at == world.clock.at


async def test_a_pause_pressed_while_a_probe_is_under_way_is_not_overwritten(world: World) -> None:
    connection = await world.connected()
    probe = asyncio.gather(world.checks.now(connection.id))
    await asyncio.sleep(0)
    await world.gate.pause(ALICE, connection.id)
    await probe
    health = (await world.get(connection.id)).health
    assert (health.gate, health.paused_by) == (Gate.PAUSED, PausedBy.PERSON)


async def test_a_hundred_presses_at_once_have_one_effect(world: World) -> None:
    connection = await world.connected()
    outcomes = await asyncio.gather(*(world.gate.pause(ALICE, connection.id) for _ in range(100)))
    assert outcomes.count(GateOutcome.PAUSED) == 1
    assert outcomes.count(GateOutcome.ALREADY_PAUSED) == 99
    async with world.store.transaction() as tx:
        assert len(await tx.flips.latest(connection.id, limit=200)) == 1


async def test_only_the_owner_pauses_and_a_vanished_connection_is_said_to_be_gone(world: World) -> None:
    connection = await world.connected()
    with pytest.raises(NotYours):
        await world.gate.pause(BOB, connection.id)
    await world.manage.disconnect(ALICE, connection.id)
    with pytest.raises(Gone):
        await world.gate.pause(ALICE, connection.id)


async def test_resume_on_a_sick_key_waits_for_its_recovery(world: World) -> None:
    connection = await world.connected()
    world.gateway.says[KEY] = report(Permission.READ, Permission.WITHDRAW)
    await world.minute(connection.id)
    assert await world.gate.pause(ALICE, connection.id) is GateOutcome.KEPT_PAUSED
    assert await world.gate.resume(ALICE, connection.id) is GateOutcome.WAITS_FOR_RECOVERY
    del world.gateway.says[KEY]
    await world.minute(connection.id)
    assert (await world.get(connection.id)).health.gate is Gate.OPEN


async def test_a_mute_holds_the_alert_and_tells_it_when_it_ends(world: World) -> None:
    connection = await world.connected()
    until = await world.mute.mute(ALICE, connection.id, ALICE, MuteFor.HOUR)
    world.gateway.says[KEY] = report(Permission.READ, Permission.WITHDRAW)
    await world.minute(connection.id)
    async with world.store.transaction() as tx:
        assert await tx.outbox.due(world.clock.now()) == []
        assert [item.kind for item in await tx.outbox.due(until + 1)] == [Kind.ALERT]


async def test_trouble_and_recovery_within_a_mute_are_never_told(world: World) -> None:
    connection = await world.connected()
    await world.mute.mute(ALICE, connection.id, ALICE, MuteFor.HOUR)
    world.gateway.says[KEY] = report(Permission.READ, Permission.WITHDRAW)
    await world.minute(connection.id)
    del world.gateway.says[KEY]
    await world.minute(connection.id)
    assert await world.kinds() == []


async def test_unmuting_tells_at_once_what_was_held(world: World) -> None:
    connection = await world.connected()
    await world.mute.mute(ALICE, connection.id, ALICE, MuteFor.HOUR)
    world.gateway.says[KEY] = report(Permission.READ, Permission.WITHDRAW)
    await world.minute(connection.id)
    await world.mute.unmute(ALICE, connection.id, ALICE)
    async with world.store.transaction() as tx:
        assert [item.kind for item in await tx.outbox.due(world.clock.now())] == [Kind.ALERT]


async def test_five_hundred_results_at_once_are_all_recorded(world: World) -> None:
    ids = [(await world.connected(name=f"n{n}")).id for n in range(60)]
    world.clock.at += 60
    await asyncio.gather(*(world.checks.now(one) for one in ids for _ in range(8)))
    assert {(await world.get(one)).last_probe_at for one in ids} == {world.clock.at}
    assert len(world.gateway.probed) == 60  # a check under way is joined, not repeated


async def test_a_record_that_cannot_be_opened_is_an_error_of_ours_and_blames_no_key(world: World) -> None:
    connection = await world.connected()
    async with world.store.transaction() as tx:
        sealed = await tx.credentials.current(connection.id)
        assert sealed is not None
        broken = type(sealed)(
            sealed.connection_id, sealed.revision, sealed.record[:-1] + b"x", sealed.term, "f", sealed.key_tail
        )
        await tx.credentials.reseal(broken)
    await world.minute(connection.id)
    health = (await world.get(connection.id)).health
    assert health.status is Status.ERROR
    assert health.trouble == Trouble(Failure.UNEXPECTED)


async def test_a_probe_that_our_own_budget_held_back_blames_no_key(world: World) -> None:
    connection = await world.connected()
    before = await world.get(connection.id)
    world.gateway.says[KEY] = Trouble(Failure.RATE_LIMITED, code=OWN_PACE)
    await world.minute(connection.id, times=5)
    assert await world.get(connection.id) == before
    assert await world.kinds() == []


async def test_the_end_of_a_trouble_told_before_the_mute_is_told_after_it(world: World) -> None:
    connection = await world.connected()
    world.gateway.says[KEY] = DEAD
    await world.minute(connection.id, times=2)
    (alert,) = await world.messages()
    assert alert.alert_id is not None
    async with world.store.transaction() as tx:
        await tx.alerts.delivered(alert.alert_id, 7)
    until = await world.mute.mute(ALICE, connection.id, ALICE, MuteFor.HOUR)
    world.gateway.says[KEY] = report(Permission.READ, Permission.SPOT_TRADE, Permission.WITHDRAW)
    await world.minute(connection.id)  # worse news, held by the mute
    del world.gateway.says[KEY]
    await world.minute(connection.id)
    (told,) = await world.messages()
    assert (told.kind, told.alert_id, told.not_before) == (Kind.RECOVERED, alert.alert_id, until)
