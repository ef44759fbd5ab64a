from dataclasses import replace

import pytest

from bot.domain.connection import Connection, ConnectionId
from bot.domain.permissions import KeyReport
from bot.store import SqlStore
from bot.usecases.ports import SealedCredential
from bot.usecases.storage import BindingRow, Vitals
from tests.integration.store.examples import ALICE, BOB, NOW, connected, connection, credential, probe_record

NEWS = KeyReport(findings={}, ip_restricted=False, label="the new key")


@pytest.fixture
async def one(store: SqlStore) -> Connection:
    return await connected(store)


@pytest.fixture
async def first(store: SqlStore, one: Connection) -> SealedCredential:
    async with store.transaction() as tx:
        current = await tx.credentials.current(one.id)
    assert current is not None
    return current


def next_key(one: Connection, revision: int, tail: str) -> SealedCredential:
    return credential(one, revision=revision, key_tail=tail)


async def vitals_of(store: SqlStore, one: Connection) -> Vitals:
    async with store.transaction() as tx:
        return (await tx.connections.vitals([one.id]))[one.id]


async def test_a_new_connection_has_one_credential_and_none_before_it(store: SqlStore) -> None:
    new = connection()
    sealed = credential(new)

    async with store.transaction() as tx:
        await tx.connections.add(new, sealed)
        assert await tx.credentials.current(new.id) == sealed
        assert await tx.credentials.previous(new.id) is None
        assert await tx.credentials.settle(new.id) is None
        assert await tx.credentials.fall_back(new.id) is None
        assert await tx.credentials.current(new.id) == sealed


async def test_a_key_is_recognised_whoever_brings_it(store: SqlStore) -> None:
    bobs = connection(BOB)
    sealed = credential(bobs)

    async with store.transaction() as tx:
        await tx.connections.add(bobs, sealed)
        assert await tx.credentials.holder(sealed.fingerprint) == (bobs.id, BOB)
        assert await tx.credentials.holder("0" * 64) is None


async def test_rotating_puts_the_new_key_to_use_and_keeps_the_old_one(
    store: SqlStore, one: Connection, first: SealedCredential
) -> None:
    second = next_key(one, 2, "new2")

    async with store.transaction() as tx:
        await tx.connections.record([probe_record(one, sealed_ip_list=b"of the old key")])
        assert await tx.credentials.rotate(second, NEWS) is True

    async with store.transaction() as tx:
        assert await tx.credentials.current(one.id) == second
        assert await tx.credentials.previous(one.id) == first
        now = await tx.connections.get(one.id)
        watched = await tx.connections.watched([one.id])
        sealed_ip_list = await tx.connections.sealed_ip_list(one.id)
        holders = [await tx.credentials.holder(key.fingerprint) for key in (first, second)]
    assert now is not None
    assert (now.revision, now.key_tail, now.rotating, now.report) == (2, "new2", True, NEWS)
    assert [(w.revision, w.record) for w in watched] == [(2, second.record)]
    assert sealed_ip_list is None
    assert holders == [(one.id, ALICE), (one.id, ALICE)]
    assert (await vitals_of(store, one)).rotating is True


@pytest.mark.parametrize("revision", [1, 3])
async def test_a_rotation_that_comes_too_late_changes_nothing(
    store: SqlStore, one: Connection, first: SealedCredential, revision: int
) -> None:
    async with store.transaction() as tx:
        assert await tx.credentials.rotate(next_key(one, revision, "late"), NEWS) is False
        assert await tx.credentials.current(one.id) == first
        assert await tx.connections.get(one.id) == one


async def test_a_connection_that_is_gone_cannot_be_rotated(store: SqlStore) -> None:
    async with store.transaction() as tx:
        assert await tx.credentials.rotate(next_key(connection(), 2, "late"), NEWS) is False
        assert await tx.credentials.terms_in_use() == {}


async def test_settling_destroys_the_old_key_and_names_it(
    store: SqlStore, one: Connection, first: SealedCredential
) -> None:
    second = next_key(one, 2, "new2")
    async with store.transaction() as tx:
        await tx.credentials.rotate(second, NEWS)
        assert await tx.credentials.settle(one.id) == first
        assert await tx.credentials.settle(one.id) is None
        assert await tx.credentials.previous(one.id) is None
        assert await tx.credentials.current(one.id) == second
        assert await tx.credentials.holder(first.fingerprint) is None
        assert await tx.credentials.terms_in_use() == {7: 1}

    assert (await vitals_of(store, one)).rotating is False


async def test_falling_back_destroys_the_new_key_and_uses_the_old_one_again(
    store: SqlStore, one: Connection, first: SealedCredential
) -> None:
    second = next_key(one, 2, "new2")
    async with store.transaction() as tx:
        await tx.credentials.rotate(second, NEWS)
        assert await tx.credentials.fall_back(one.id) == second

    async with store.transaction() as tx:
        assert await tx.credentials.current(one.id) == first
        assert await tx.credentials.previous(one.id) is None
        assert await tx.credentials.terms_in_use() == {7: 1}
        now = await tx.connections.get(one.id)
    assert now is not None
    assert (now.revision, now.key_tail, now.rotating) == (1, one.key_tail, False)


async def test_a_revision_that_was_given_once_is_never_given_again(store: SqlStore, one: Connection) -> None:
    """Or the sealed record of a key that was dropped would open once more where somebody puts it back."""
    async with store.transaction() as tx:
        assert await tx.credentials.next_revision(one.id) == 2
        await tx.credentials.rotate(next_key(one, 2, "new2"), NEWS)
        await tx.credentials.fall_back(one.id)
        assert await tx.credentials.next_revision(one.id) == 3
        assert await tx.credentials.rotate(next_key(one, 2, "late"), NEWS) is False
        assert await tx.credentials.rotate(next_key(one, 3, "new3"), NEWS) is True
        await tx.credentials.settle(one.id)
        assert await tx.credentials.next_revision(one.id) == 4
        assert await tx.credentials.next_revision(connection().id) is None


async def test_what_a_person_vouched_for_at_a_rotation_stays_on_the_card(store: SqlStore, one: Connection) -> None:
    async with store.transaction() as tx:
        await tx.credentials.rotate(next_key(one, 2, "new2"), NEWS, vouched=True)
        await tx.credentials.settle(one.id)
        await tx.credentials.rotate(next_key(one, 3, "new3"), NEWS)
        now = await tx.connections.get(one.id)
    assert now is not None
    assert now.withdrawal_unverified is True


async def test_rotating_again_before_the_new_key_is_proven_keeps_the_one_that_worked(
    store: SqlStore, one: Connection, first: SealedCredential
) -> None:
    third = next_key(one, 3, "new3")
    async with store.transaction() as tx:
        await tx.credentials.rotate(next_key(one, 2, "new2"), NEWS)
        assert await tx.credentials.rotate(third, NEWS) is True
        assert await tx.credentials.current(one.id) == third
        assert await tx.credentials.previous(one.id) == first
        assert await tx.credentials.terms_in_use() == {7: 2}
        assert await tx.credentials.fall_back(one.id) == third
        assert await tx.credentials.current(one.id) == first


async def test_resealing_page_by_page_reaches_every_record_also_those_kept_for_a_rotation(store: SqlStore) -> None:
    made = [await connected(store) for _ in range(5)]
    async with store.transaction() as tx:
        await tx.credentials.rotate(next_key(made[0], 2, "new2"), NEWS)
        assert await tx.credentials.terms_in_use() == {7: 6}

    pages = []
    while True:
        async with store.transaction() as tx:
            page = await tx.credentials.not_under(8, 4)
            for sealed, _ in page:
                await tx.credentials.reseal(replace(sealed, record=b"anew" + sealed.record, term=8))
        if not page:
            break
        pages.append(len(page))

    assert pages == [4, 2]
    async with store.transaction() as tx:
        assert await tx.credentials.terms_in_use() == {8: 6}
        records = [w.record[:4] for w in await tx.connections.watched(c.id for c in made)]
    assert records == [b"anew"] * 5


async def test_a_record_to_be_resealed_comes_with_what_it_is_bound_to(store: SqlStore, one: Connection) -> None:
    async with store.transaction() as tx:
        [(sealed, binding)] = await tx.credentials.not_under(8, 10)
        assert await tx.credentials.not_under(7, 10) == []

    assert (sealed.connection_id, sealed.revision) == (one.id, 1)
    assert binding == BindingRow(ALICE, "binance", "live")


async def test_resealing_what_was_destroyed_meanwhile_brings_nothing_back(
    store: SqlStore, one: Connection, first: SealedCredential
) -> None:
    async with store.transaction() as tx:
        await tx.connections.remove(one.id)
        await tx.credentials.reseal(replace(first, term=8))
        await tx.credentials.reseal(replace(first, connection_id=ConnectionId("e" * 32), term=8))
        assert await tx.credentials.terms_in_use() == {}


async def test_an_old_connection_is_the_holder_of_a_key_before_a_younger_one(store: SqlStore) -> None:
    younger = connection(created_at=NOW + 1)
    older = connection(created_at=NOW)
    async with store.transaction() as tx:
        for new in (younger, older):
            await tx.connections.add(new, credential(new, fingerprint="a" * 64))
        assert await tx.credentials.holder("a" * 64) == (older.id, ALICE)
