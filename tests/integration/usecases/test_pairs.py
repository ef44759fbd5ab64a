"""Key pairs of our own over the real store and vault: sealed, used once, and gone without a trace."""

import asyncio
from dataclasses import replace

import pytest

from bot.domain.connection import ConnectionId, Environment, Market, Place, Purpose
from bot.domain.failures import Failure, Trouble
from bot.domain.key_pairs import KeyPair, PairKind
from bot.domain.pasting import Field
from bot.domain.permissions import Permission
from bot.scheduler.pair_keeper import PairKeeper
from bot.store.sqlite import pragma
from bot.usecases.connect import Accepted, AlreadyYours
from bot.usecases.drafts import DraftGone
from bot.usecases.pairs import LIFETIME, PAIR, OwnPairs, PairGone
from bot.usecases.pending_pairs import PendingPair
from bot.usecases.ports import CheckItem, ItemState
from bot.usecases.rotate import OtherAccount, Rotated
from bot.usecases.validation import Refused
from bot.vault import CannotUnseal, KeyPairMaker, UnsealFailure
from tests.integration.usecases.conftest import ALICE, BOB, SPOT, World, key_named, report, unwatched

FUTURES = Place("binance", Market.LINEAR, Environment.LIVE)
DEMO = Place("binance", Market.SPOT, Environment.DEMO)
BYBIT = Place("bybit", Market.SPOT, Environment.LIVE)


async def offered(
    world: World, owner: int = ALICE, place: Place = SPOT, for_: ConnectionId | None = None
) -> PendingPair:
    return await world.pairs.offer(owner, place, PairKind.ED25519, for_)


def draft_of(world: World, pair: PendingPair, name: str = "own") -> str:
    """Somebody sent the API key that belongs to the pair."""
    draft = world.drafts.open(pair.owner_id, SPOT, pair.connection_id, pair.id)
    world.drafts.put(draft, pair.owner_id, {Field.API_KEY: key_named(name).api_key})
    return draft


async def connect(world: World, draft: str, owner: int = ALICE) -> object:
    return await world.connect(owner, draft, Purpose.TRADE, "own", unwatched)


async def pending(world: World) -> list[PendingPair]:
    async with world.store.transaction() as tx:
        return list(await tx.pairs.page(None, 100))


def private_half(world: World, pair: PendingPair) -> str:
    return world.vault.unbox(PAIR, pair.sealed, pair.bound_to).decode()


# ----------------------------------------------------------------------------------------------------------- finding it


async def test_whoever_comes_back_finds_the_same_pair(world: World) -> None:
    first = await offered(world)

    assert first == await offered(world)
    assert first == await offered(world, place=FUTURES), "a key is made for an account, whatever it is to trade"
    assert first == await world.pairs.get(ALICE, first.id)


async def test_another_purpose_has_another_pair(world: World) -> None:
    connection = (await world.connected()).id
    made = [
        await offered(world),
        await offered(world, BOB),
        await offered(world, place=DEMO),
        await offered(world, place=BYBIT),
        await offered(world, for_=connection),
        await world.pairs.offer(ALICE, SPOT, PairKind.RSA_2048),
    ]

    assert 6 == len({pair.public_half for pair in made})


async def test_two_taps_at_once_make_one_pair(world: World) -> None:
    one, other = await asyncio.gather(offered(world), offered(world))

    assert one == other
    assert [one] == await pending(world)


async def test_a_pair_is_nobody_else_s(world: World) -> None:
    pair = await offered(world)

    with pytest.raises(PairGone):
        await world.pairs.get(BOB, pair.id)
    assert await world.pairs.abandon(BOB, pair.id) is None
    assert [pair] == await pending(world)


async def test_a_pair_is_made_beside_the_event_loop(world: World) -> None:
    class Slow(KeyPairMaker):
        def make(self, kind: PairKind) -> KeyPair:
            asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result(5)  # hangs if it is the loop that waits
            return super().make(kind)

    loop = asyncio.get_running_loop()
    pairs = OwnPairs(world.store, Slow(), world.vault, world.drafts, world.clock)

    await pairs.offer(ALICE, SPOT, PairKind.ED25519)


# --------------------------------------------------------------------------------------------------------------- sealed


async def test_the_private_half_is_on_disk_only_sealed(world: World) -> None:
    pair = await world.pairs.offer(ALICE, SPOT, PairKind.RSA_2048)
    lines = private_half(world, pair).splitlines()[1:-1]

    on_disk = world.bytes_on_disk()

    assert pair.sealed[:60] in on_disk
    assert pair.public_half.splitlines()[2].encode() in on_disk
    assert [] == [line for line in lines if line[20:].encode() in on_disk and len(line) > 30]


@pytest.mark.parametrize(
    "moved",
    [
        {"id": "0" * 32},
        {"owner_id": BOB},
        {"exchange": "bybit"},
        {"environment": Environment.DEMO},
        {"connection_id": ConnectionId("c" * 32)},
        {"kind": PairKind.RSA_2048},
    ],
    ids=lambda moved: next(iter(moved)),
)
async def test_a_private_half_opens_in_its_own_place_only(world: World, moved: dict[str, object]) -> None:
    pair = await offered(world)
    elsewhere = replace(pair, **moved)  # type: ignore[arg-type]

    assert private_half(world, pair)
    with pytest.raises(CannotUnseal) as refused:
        private_half(world, elsewhere)
    assert UnsealFailure.TAMPERED is refused.value.reason


async def test_a_private_half_is_nothing_but_a_pair(world: World) -> None:
    pair = await offered(world)

    with pytest.raises(CannotUnseal):
        world.vault.unbox("ip-list", pair.sealed, pair.bound_to)


async def test_rows_that_were_swapped_connect_nothing(world: World) -> None:
    mine, theirs = await offered(world), await offered(world, BOB)
    async with world.store.transaction() as tx:
        await tx.pairs.reseal(mine.id, theirs.sealed)

    with pytest.raises(CannotUnseal):
        await connect(world, draft_of(world, mine))
    assert [] == world.gateway.probed


# ------------------------------------------------------------------------------------------------------------ used once


async def test_a_pair_becomes_the_credential_of_a_connection_and_is_pending_no_more(world: World) -> None:
    pair = await offered(world)
    private = private_half(world, pair)

    done = await connect(world, draft_of(world, pair))

    assert isinstance(done, Accepted)
    async with world.store.transaction() as tx:
        (watched,) = await tx.connections.watched([done.connection.id])
    credential = world.vault.unseal(watched.record, watched.binding)
    assert (key_named("own").api_key, private, None) == (credential.api_key, credential.secret, credential.passphrase)
    assert [] == await pending(world)
    assert pair.sealed[:60] not in world.bytes_on_disk()


async def test_a_pair_is_used_once(world: World) -> None:
    pair = await offered(world)
    first, second = draft_of(world, pair, "one"), draft_of(world, pair, "two")
    await connect(world, first)

    with pytest.raises(PairGone):
        await connect(world, second)
    assert 1 == len(await world.manage.of(ALICE))


@pytest.mark.parametrize("rotating", [False, True])
async def test_a_pair_that_is_cancelled_while_the_exchange_thinks_stores_nothing(
    world: World,
    rotating: bool,  # noqa: FBT001
) -> None:
    connection = await world.connected()
    pair = await offered(world, for_=connection.id if rotating else None)
    draft = draft_of(world, pair)

    async def cancels(item: CheckItem, state: ItemState) -> None:
        await world.pairs.abandon(ALICE, pair.id)

    check = (
        world.rotate(ALICE, draft, cancels) if rotating else world.connect(ALICE, draft, Purpose.TRADE, "own", cancels)
    )
    with pytest.raises(PairGone):
        await check
    (still,) = await world.manage.of(ALICE)
    assert (connection.id, 1, False) == (still.id, still.revision, still.rotating)


async def test_a_refusal_leaves_the_pair_for_another_check(world: World) -> None:
    pair = await offered(world)
    draft = draft_of(world, pair)
    world.gateway.says[key_named("own").api_key] = Trouble(Failure.BAD_SIGNATURE)
    assert isinstance(await connect(world, draft), Refused)
    assert [pair] == await pending(world)

    world.gateway.says.clear()

    assert isinstance(await connect(world, draft), Accepted)


async def test_without_an_api_key_there_is_no_credential(world: World) -> None:
    pair = await offered(world)
    draft = world.drafts.open(ALICE, SPOT, None, pair.id)

    with pytest.raises(DraftGone):
        await world.pairs.credential(draft, ALICE)


async def test_an_api_key_that_is_connected_already_leaves_the_pair(world: World) -> None:
    await world.connected(name="own")
    pair = await offered(world)

    assert isinstance(await connect(world, draft_of(world, pair)), AlreadyYours)
    assert [pair] == await pending(world)


async def test_a_rotation_uses_the_pair_and_proves_it_before_the_old_key_goes(world: World) -> None:
    connection = await world.connected()
    pair = await offered(world, for_=connection.id)

    done = await world.rotate(ALICE, draft_of(world, pair), unwatched)

    assert isinstance(done, Rotated)
    assert done.proven
    assert [] == await pending(world)


async def test_a_pair_that_fails_live_gives_the_connection_back_to_the_old_key(world: World) -> None:
    connection = await world.connected()
    pair = await offered(world, for_=connection.id)
    new = key_named("own").api_key

    async def fails_from_now_on(item: CheckItem, state: ItemState) -> None:
        if item is CheckItem.IP_WHITELIST:
            world.gateway.says[new] = Trouble(Failure.INVALID_KEY)

    await world.rotate(ALICE, draft_of(world, pair), fails_from_now_on)
    await world.minute(connection.id, times=3)

    assert 1 == (await world.get(connection.id)).revision
    assert [] == await pending(world)


async def test_a_pair_registered_at_another_account_changes_nothing(world: World) -> None:
    connection = await world.connected()
    pair = await offered(world, for_=connection.id)
    world.gateway.says[key_named("own").api_key] = report(*_reads_and_trades(), uid="u2")

    assert isinstance(await world.rotate(ALICE, draft_of(world, pair), unwatched), OtherAccount)
    assert [pair] == await pending(world)
    assert 1 == (await world.get(connection.id)).revision


def _reads_and_trades() -> tuple[Permission, ...]:
    return Permission.READ, Permission.SPOT_TRADE


# -------------------------------------------------------------------------------------------------------------- its end


async def test_after_a_day_it_is_opened_no_more_and_then_destroyed(world: World) -> None:
    pair = await offered(world)
    world.clock.at += LIFETIME - 1
    assert [] == list(await world.pairs.expire())
    assert pair == await world.pairs.get(ALICE, pair.id)

    world.clock.at += 2
    with pytest.raises(PairGone):
        await world.pairs.get(ALICE, pair.id)
    assert (await offered(world)).id != pair.id
    assert [pair] == list(await world.pairs.expire())
    assert [] == list(await world.pairs.expire())


async def test_the_keeper_destroys_what_is_old_and_tells_its_owner(world: World) -> None:
    told: list[PendingPair] = []

    async def tell(pair: PendingPair) -> None:
        told.append(pair)

    keeper = PairKeeper(world.pairs, tell)
    old = await offered(world)
    world.clock.at += LIFETIME - 60
    young = await offered(world, BOB)
    world.clock.at += 61

    await keeper.sweep()

    assert [old] == told
    assert [young] == await pending(world)


async def test_a_store_that_is_away_keeps_the_keeper_from_nothing_but_this_turn(world: World) -> None:
    async def tell(_pair: PendingPair) -> None:
        raise AssertionError

    await offered(world)
    world.clock.at += LIFETIME + 1
    await world.store.close()

    await PairKeeper(world.pairs, tell).sweep()


@pytest.mark.parametrize("end", ["used", "abandoned", "expired", "disconnected"])
async def test_a_pair_that_has_ended_leaves_no_residue(world: World, end: str) -> None:
    connection = await world.connected()
    doomed = await offered(world, for_=connection.id if end == "disconnected" else None)
    for number in range(40):  # neighbours on the same pages, so that cells are freed and not only whole pages
        await offered(world, 5000 + number)
    assert doomed.sealed[:60] in world.bytes_on_disk()

    if end == "used":
        await connect(world, draft_of(world, doomed))
    elif end == "abandoned":
        await world.pairs.abandon(ALICE, doomed.id)
    elif end == "expired":
        world.clock.at += LIFETIME + 1
        await world.pairs.expire()
    else:
        await world.manage.disconnect(ALICE, connection.id)

    left = world.bytes_on_disk()
    assert doomed.sealed[:60] not in left
    assert doomed.sealed[-60:] not in left
    assert doomed.public_half.splitlines()[1].encode() not in left


async def test_without_secure_delete_the_same_search_finds_it(world: World) -> None:
    await pragma(world.store._engine, "secure_delete=OFF")
    doomed = await offered(world)
    for number in range(40):
        await offered(world, 5000 + number)

    await world.store.scrub()
    await world.pairs.abandon(ALICE, doomed.id)

    assert doomed.sealed[-60:] in world.bytes_on_disk()
