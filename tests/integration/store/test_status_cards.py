"""Cards, what they have to show, and who wants a digest."""

from bot.domain.digests import Every
from bot.domain.reminders import KeyReminders
from bot.domain.roles import Role
from bot.store import SqlStore
from bot.usecases.digest_store import DigestChoice
from bot.usecases.sharing_storage import Ended, Subscription
from bot.usecases.status_store import StatusCard
from tests.integration.store.examples import ALICE, BOB, NOW, connected, credential, probe_record

GROUP, SUPERGROUP = -4_000_000_001, -1_002_000_000_001


async def test_a_card_is_kept_and_forgotten(store: SqlStore) -> None:
    card = StatusCard(ALICE, 7, "x" * 32, NOW, pin_refused=True)
    async with store.transaction() as tx:
        await tx.status_cards.put(StatusCard(ALICE, None))
        await tx.status_cards.put(card)
        assert await tx.status_cards.get(ALICE) == card
        await tx.status_cards.forget(ALICE)
        assert await tx.status_cards.get(ALICE) is None


async def test_pages_go_through_all_that_are_due_but_those_of_people_out_of_reach(store: SqlStore) -> None:
    async with store.transaction() as tx:
        for chat, at in ((GROUP, NOW), (ALICE, NOW), (BOB, NOW), (BOB + 1, NOW + 60)):
            await tx.status_cards.put(StatusCard(chat, 1, "", at))
        await tx.people.seen(BOB, "Bob", "en")
        await tx.people.unreachable(BOB)
        first = await tx.status_cards.page(None, NOW, 1)
        assert [card.chat_id for card in first] == [GROUP]
        assert [card.chat_id for card in await tx.status_cards.page(GROUP, NOW, 9)] == [ALICE]


async def test_lines_are_of_what_a_chat_owns_and_hears_of_now(store: SqlStore) -> None:
    mine = await connected(store, label="Mine")
    shared = await connected(store, BOB, label="Shared", withdrawal_unverified=True)
    left = await connected(store, BOB, label="Left")
    async with store.transaction() as tx:
        for connection in (shared, left):
            await tx.subscriptions.put(Subscription(connection.id, ALICE, Role.SUBSCRIBER, "Alice", BOB, NOW))
        await tx.subscriptions.end(left.id, ALICE, Ended.LEFT, NOW)
        await tx.connections.record([probe_record(mine)])
        lines = await tx.status_cards.lines([ALICE, GROUP])
    assert [line.label for line in lines[ALICE]] == ["Mine", "Shared"]
    assert [line.vouched for line in lines[ALICE]] == [False, True]
    assert lines[ALICE][0].checked_at == NOW + 60
    assert GROUP not in lines


async def test_a_supergroup_has_the_card_and_not_the_message(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.status_cards.put(StatusCard(GROUP, 7, "x", NOW))
        await tx.chats.move(GROUP, SUPERGROUP)
        assert await tx.status_cards.get(GROUP) is None
        assert await tx.status_cards.get(SUPERGROUP) == StatusCard(SUPERGROUP, None, "x", NOW)


async def test_digests_are_due_in_order(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.digests.put(DigestChoice(ALICE, Every.DAILY, 9, NOW + 5))
        await tx.digests.put(DigestChoice(BOB, Every.WEEKLY, 0, NOW))
        assert [each.chat_id for each in await tx.digests.due(NOW, 9)] == [BOB]
        assert [each.chat_id for each in await tx.digests.due(NOW + 5, 9)] == [BOB, ALICE]
        await tx.digests.forget(BOB)
        assert await tx.digests.get(BOB) is None


async def test_since_when_a_key_is_in_use_as_far_as_that_is_known(store: SqlStore) -> None:
    known = await connected(store)
    async with store.transaction() as tx:
        assert await tx.digests.key_since(known.id) == NOW
        await tx.credentials.rotate(credential(known, revision=2), known.report)
        assert await tx.digests.key_since(known.id) is None
        await tx.reminders.save(known.id, 2, KeyReminders(since=NOW + 9))
        assert await tx.digests.key_since(known.id) == NOW + 9
