import pytest

from bot.domain.failures import Failure, Trouble
from bot.domain.permissions import KeyReport, Permission
from bot.usecases.access import NotYours
from bot.usecases.connect import AlreadyYours, NotPossible
from bot.usecases.delivery import Kind
from bot.usecases.rotate import FellBack, OtherAccount, Rotated, RotationResult, SameKey
from bot.usecases.validation import Refused
from tests.integration.usecases.conftest import ALICE, BOB, GOOD, World, key_named, report, unwatched


async def rotated(world: World, name: str = "second", actor: int = ALICE, owner_key: str = "first") -> RotationResult:
    (connection,) = await world.manage.of(ALICE)
    draft = world.draft(actor, key_named(name), connection.id)
    return await world.rotate(actor, draft, unwatched)


async def key_in_use(world: World) -> str:
    (connection,) = await world.manage.of(ALICE)
    world.gateway.probed.clear()
    await world.minute(connection.id)
    return world.gateway.probed[-1]


async def test_a_proven_new_key_takes_over_and_the_old_one_is_destroyed(world: World) -> None:
    connection = await world.connected()
    async with world.store.transaction() as tx:
        old = await tx.credentials.current(connection.id)
    assert old is not None
    result = await rotated(world)
    assert isinstance(result, Rotated)
    assert result.proven
    assert result.old_tail == old.key_tail
    assert await key_in_use(world) == key_named("second").api_key
    assert old.record not in world.bytes_on_disk()
    (told,) = await world.messages()
    assert (told.kind, told.args["old_tail"]) == (Kind.ROTATED, old.key_tail)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Trouble(Failure.BAD_SIGNATURE), Refused),
        (report(Permission.READ, Permission.WITHDRAW), Refused),
        (report(Permission.READ, Permission.SPOT_TRADE, uid="somebody else"), OtherAccount),
    ],
)
async def test_a_key_that_does_not_fit_leaves_the_old_one_in_use(
    world: World, answer: Trouble, expected: type[RotationResult]
) -> None:
    await world.connected()
    world.gateway.says[key_named("second").api_key] = answer
    assert isinstance(await rotated(world), expected)
    assert await key_in_use(world) == key_named("first").api_key


async def test_where_the_exchange_does_not_tell_the_account_it_is_said_so(world: World) -> None:
    await world.connected()
    world.gateway.says[key_named("second").api_key] = report(Permission.READ, Permission.SPOT_TRADE, uid=None)
    result = await rotated(world)
    assert isinstance(result, Rotated)
    assert not result.same_account_known


async def test_the_key_that_is_in_use_is_no_new_key(world: World) -> None:
    await world.connected()
    assert await rotated(world, "first") == SameKey()


async def test_a_key_of_another_connection_is_refused_with_a_pointer_or_neutrally(world: World) -> None:
    await world.connected()
    bobs = await world.connected(BOB, "bob's")
    assert await rotated(world, "bob's") == NotPossible()
    (warning,) = await world.messages()
    assert (warning.kind, warning.chat_id, warning.connection_id) == (Kind.KEY_USED_ELSEWHERE, BOB, bobs.id)
    (first,) = await world.manage.of(ALICE)
    second = await world.connected(ALICE, "mine too")
    draft = world.draft(ALICE, key_named("mine too"), first.id)
    assert await world.rotate(ALICE, draft, unwatched) == AlreadyYours(await world.get(second.id))


async def test_nobody_rotates_somebody_else_s_key(world: World) -> None:
    await world.connected()
    with pytest.raises(NotYours):
        await rotated(world, actor=BOB)


async def fails_its_first_probe(world: World, trouble: Trouble) -> RotationResult:
    api_key = key_named("second").api_key
    asked = world.gateway.inspect

    async def inspect(place, credential, progress):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        found = await asked(place, credential, progress)
        world.gateway.says[api_key] = trouble
        return found

    world.gateway.inspect = inspect  # type: ignore[method-assign]
    return await rotated(world)


@pytest.mark.parametrize(
    "failure",
    [Failure.INVALID_KEY, Failure.WITHDRAW_ENABLED, Failure.PERMISSIONS_UNKNOWN, Failure.IP_NOT_ALLOWED],
)
async def test_a_new_key_that_fails_its_first_probe_gives_way_to_the_old_one(world: World, failure: Failure) -> None:
    await world.connected()
    result = await fails_its_first_probe(world, Trouble(failure))
    assert isinstance(result, FellBack)
    assert await key_in_use(world) == key_named("first").api_key
    assert await world.kinds() == ["rotation_failed"]


async def test_an_outage_during_the_swap_keeps_both_keys_until_the_exchange_answers(world: World) -> None:
    connection = await world.connected()
    result = await fails_its_first_probe(world, Trouble(Failure.EXCHANGE_UNAVAILABLE))
    assert isinstance(result, Rotated)
    assert not result.proven
    async with world.store.transaction() as tx:
        assert await tx.credentials.previous(connection.id) is not None
    world.gateway.says[key_named("second").api_key] = GOOD
    await world.minute(connection.id)
    async with world.store.transaction() as tx:
        assert await tx.credentials.previous(connection.id) is None
    assert "rotated" in await world.kinds()


async def test_while_the_exchange_refuses_many_keys_at_once_a_new_one_is_not_dropped(world: World) -> None:
    made = [await world.connected(), await world.connected(BOB, "bobs"), await world.connected(1003, "carols")]
    refused = Trouble(Failure.INVALID_KEY)
    for name in ("bobs", "carols"):
        world.gateway.says[key_named(name).api_key] = refused
    for _ in range(2):
        await world.minute(*(each.id for each in made[1:]))
    assert await world.kinds() == ["incident", "incident"]

    result = await fails_its_first_probe(world, refused)

    assert not isinstance(result, FellBack), "it is no evidence against this key that the exchange refuses all of them"
    assert await key_in_use(world) == key_named("second").api_key
    assert "rotation_failed" not in await world.kinds()
    world.gateway.says.clear()
    await world.minute(made[0].id)
    assert await key_in_use(world) == key_named("second").api_key
    assert "rotated" in await world.kinds()


async def test_rotation_cures_a_dead_key_and_recovery_is_told(world: World) -> None:
    connection = await world.connected()
    world.gateway.says[key_named("first").api_key] = Trouble(Failure.INVALID_KEY)
    await world.minute(connection.id, times=2)
    assert await world.kinds() == ["alert"]
    assert isinstance(await rotated(world), Rotated)
    assert sorted(await world.kinds()) == ["recovered", "rotated"]


async def test_a_key_that_came_in_elsewhere_while_it_was_checked_is_not_used_twice(world: World) -> None:
    await world.connected()
    asked = world.gateway.inspect

    async def inspect(place, credential, progress):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        world.gateway.inspect = asked  # type: ignore[method-assign]
        await world.connected(BOB, "second")
        return await asked(place, credential, progress)

    world.gateway.inspect = inspect  # type: ignore[method-assign]
    assert await rotated(world, "second") == NotPossible()
    assert await key_in_use(world) == key_named("first").api_key
    (warning,) = await world.messages()
    assert (warning.kind, warning.chat_id) == (Kind.KEY_USED_ELSEWHERE, BOB)


async def test_somebody_else_s_key_of_another_account_warns_its_owner_too(world: World) -> None:
    await world.connected()
    await world.connected(BOB, "bob's")
    world.gateway.says[key_named("bob's").api_key] = report(Permission.READ, Permission.SPOT_TRADE, uid="bob")
    assert await rotated(world, "bob's") == NotPossible()
    assert await world.kinds() == ["key_used_elsewhere"]


async def test_a_dropped_key_s_record_fits_no_later_revision(world: World) -> None:
    connection = await world.connected()
    assert isinstance(await fails_its_first_probe(world, Trouble(Failure.INVALID_KEY)), FellBack)
    world.gateway.says.clear()
    assert isinstance(await rotated(world, "third"), Rotated)
    assert (await world.get(connection.id)).revision == 3


async def test_what_was_vouched_for_at_a_rotation_does_not_trouble_the_watch(world: World) -> None:
    connection = await world.connected()
    mute = KeyReport({Permission.READ: GOOD.of(Permission.READ)}, ip_restricted=True, account_uid="u1")
    world.gateway.says[key_named("second").api_key] = mute
    draft = world.draft(ALICE, key_named("second"), connection.id)
    assert isinstance(await world.rotate(ALICE, draft, unwatched), Refused)
    assert isinstance(await world.rotate(ALICE, draft, unwatched, vouched=True), Rotated)
    found = await world.get(connection.id)
    assert found.withdrawal_unverified
    assert not found.rotating
    assert found.health.trouble is None
