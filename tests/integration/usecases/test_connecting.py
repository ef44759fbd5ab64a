import pytest

from bot.domain.connection import Connection, Purpose
from bot.domain.failures import Failure, Trouble
from bot.domain.permissions import Permission
from bot.usecases.connect import Accepted, AlreadyYours, NotPossible, TooMany
from bot.usecases.delivery import Kind
from bot.usecases.drafts import DraftGone
from bot.usecases.ports import CheckItem, ItemState
from bot.usecases.storage import StoreUnavailable
from bot.usecases.validation import Refused
from tests.integration.usecases.conftest import ALICE, BOB, World, key_named, report, unwatched


async def test_an_accepted_key_is_sealed_stored_and_watched(world: World) -> None:
    connection = await world.connected()
    assert connection.id in world.watch.watched
    assert connection.key_tail == "…kkkk"
    assert (await world.get(connection.id)).label == "label of first"
    on_disk = world.bytes_on_disk()
    assert key_named("first").api_key.encode() not in on_disk
    assert key_named("first").secret.encode() not in on_disk
    assert b"203.0.113.7" not in on_disk


async def test_nothing_is_stored_before_acceptance_and_the_draft_can_be_checked_again(world: World) -> None:
    key = key_named("risky")
    world.gateway.says[key.api_key] = report(Permission.READ, Permission.SPOT_TRADE, Permission.WITHDRAW)
    draft = world.draft(ALICE, key)
    refused = await world.connect(ALICE, draft, Purpose.TRADE, "label", unwatched)
    assert isinstance(refused, Refused)
    assert [t.failure for t in refused.troubles] == [Failure.WITHDRAW_ENABLED]
    assert await world.manage.of(ALICE) == []
    del world.gateway.says[key.api_key]
    assert isinstance(await world.connect(ALICE, draft, Purpose.TRADE, "label", unwatched), Accepted)


async def test_an_accepted_draft_is_gone(world: World) -> None:
    draft = world.draft(ALICE, key_named("first"))
    await world.connect(ALICE, draft, Purpose.TRADE, "label", unwatched)
    with pytest.raises(DraftGone):
        world.drafts.fields(draft, ALICE)


async def test_a_draft_is_nobody_else_s_and_lives_ten_minutes(world: World) -> None:
    draft = world.draft(ALICE, key_named("first"))
    with pytest.raises(DraftGone):
        world.drafts.fields(draft, BOB)
    world.clock.at += 599
    assert world.drafts.fields(draft, ALICE)
    world.clock.at += 601
    with pytest.raises(DraftGone):
        world.drafts.fields(draft, ALICE)
    assert [swept.id for swept in world.drafts.sweep()] == [draft]


async def test_the_same_key_again_points_its_owner_to_the_connection(world: World) -> None:
    first = await world.connected()
    again = await world.connect(ALICE, world.draft(ALICE, key_named("first")), Purpose.WATCH, "x", unwatched)
    assert again == AlreadyYours(await world.get(first.id))


async def test_the_same_key_from_somebody_else_is_refused_without_a_word_and_its_owner_warned(world: World) -> None:
    await world.connected()
    stolen = await world.connect(BOB, world.draft(BOB, key_named("first")), Purpose.TRADE, "x", unwatched)
    assert stolen == NotPossible()
    (warning,) = await world.messages()
    assert (warning.kind, warning.chat_id) == (Kind.KEY_USED_ELSEWHERE, ALICE)


async def test_a_stranger_without_a_working_secret_learns_nothing_and_disturbs_nobody(world: World) -> None:
    await world.connected()
    key = key_named("first")
    world.gateway.says[key.api_key] = Trouble(Failure.BAD_SIGNATURE, code="-1022")
    guess = await world.connect(BOB, world.draft(BOB, key), Purpose.TRADE, "x", unwatched)
    assert isinstance(guess, Refused)
    assert await world.messages() == []


async def test_the_checklist_hears_of_withdrawal_transfer_and_whitelist(world: World) -> None:
    seen: dict[CheckItem, ItemState] = {}

    async def progress(item: CheckItem, state: ItemState) -> None:
        seen[item] = state

    key = key_named("risky")
    world.gateway.says[key.api_key] = report(Permission.READ, Permission.WITHDRAW, restricted=False)
    await world.connect(ALICE, world.draft(ALICE, key), Purpose.WATCH, "x", progress)
    assert seen[CheckItem.WITHDRAWAL_OFF] is ItemState.FAILED
    assert seen[CheckItem.TRANSFER_OFF] is ItemState.PASSED
    assert seen[CheckItem.IP_WHITELIST] is ItemState.CAUTION


async def test_disconnecting_leaves_no_trace_on_disk(world: World) -> None:
    connection = await world.connected()
    async with world.store.transaction() as tx:
        sealed = await tx.credentials.current(connection.id)
    assert sealed is not None
    assert sealed.record in world.bytes_on_disk()
    await world.manage.disconnect(ALICE, connection.id)
    on_disk = world.bytes_on_disk()
    assert sealed.record not in on_disk
    assert b"label of first" not in on_disk
    assert connection.id not in world.watch.watched


async def test_a_backup_that_reads_the_log_does_not_undo_a_disconnection(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = await world.connected()

    async def refused(_: object) -> None:
        raise StoreUnavailable("another process reads the database")

    monkeypatch.setattr(type(world.store), "scrub", refused)
    assert (await world.manage.disconnect(ALICE, connection.id)).id == connection.id
    assert await world.manage.of(ALICE) == []


async def test_nobody_connects_more_than_the_watch_can_bear_of_one_person(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.usecases.connect.MOST_CONNECTIONS", 2)
    first, _ = await world.connected(), await world.connected(name="second")
    world.gateway.says[key_named("third").api_key] = Trouble(Failure.EXCHANGE_UNAVAILABLE)
    third = world.draft(ALICE, key_named("third"))
    # Not even the exchange is asked, and nothing is kept of the key.
    assert await world.connect(ALICE, third, Purpose.TRADE, "x", unwatched) == TooMany()
    with pytest.raises(DraftGone):
        world.drafts.get(third, ALICE)
    again = world.draft(ALICE, key_named("first"))
    assert isinstance(await world.connect(ALICE, again, Purpose.TRADE, "x", unwatched), AlreadyYours)
    assert isinstance(await world.connected(BOB, "bob's"), Connection)
    await world.manage.disconnect(ALICE, first.id)
    assert isinstance(await world.connected(ALICE, "fourth"), Connection)
