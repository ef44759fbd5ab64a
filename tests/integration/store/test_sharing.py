"""Subscriptions, invitations, and chats that move, over a real file; each statement is good SQL for PostgreSQL too."""

from dataclasses import replace

from bot.domain.connection import ConnectionId
from bot.domain.roles import Role
from bot.store import SqlStore
from bot.store.chats import MOVED, STAYS
from bot.store.tables import metadata
from bot.usecases.delivery import Alert, Kind, OutboxItem
from bot.usecases.sharing_storage import Ended, Invite, Subscription
from tests.integration.store.examples import connected

NOW = 1_700_000_000.0
BOB, GROUP, SUPERGROUP = 2002, -4_001, -100_5001


def hearing(connection: ConnectionId, chat: int = BOB, role: Role = Role.SUBSCRIBER) -> Subscription:
    return Subscription(connection, chat, role, "Bob", 1001, NOW)


def invited(connection: ConnectionId, name: str = "i" * 16) -> Invite:
    return Invite(name, connection, Role.OPERATOR, 1001, NOW, NOW + 100)


async def test_a_subscription_lasts_ends_once_and_begins_anew(store: SqlStore) -> None:
    known = await connected(store)
    one = hearing(known.id)
    async with store.transaction() as tx:
        await tx.subscriptions.put(one)
        assert await tx.subscriptions.of_connection(known.id) == [one]
        assert await tx.subscriptions.of_chat(BOB) == [(one, known)]
        over = await tx.subscriptions.end(known.id, BOB, Ended.LEFT, NOW + 1)
        assert over == replace(one, ended=Ended.LEFT, ended_at=NOW + 1)
        assert await tx.subscriptions.end(known.id, BOB, Ended.BLOCKED, NOW + 2) is None
        assert await tx.subscriptions.of_connection(known.id) == []
        assert await tx.subscriptions.get(known.id, BOB) == over
        again = replace(one, role=Role.OPERATOR, since=NOW + 3)
        await tx.subscriptions.put(again)
        assert await tx.subscriptions.of_connection(known.id) == [again]


async def test_what_was_for_a_chat_goes_with_its_subscription_and_nobody_elses(store: SqlStore) -> None:
    known = await connected(store)
    async with store.transaction() as tx:
        for chat in (BOB, GROUP):
            await tx.subscriptions.put(hearing(known.id, chat))
            await tx.alerts.add(Alert(f"alert of {chat}", known.id, chat, "invalid_key", NOW, 1))
            await tx.alerts.mute(known.id, chat, NOW + 50)
            await tx.outbox.add(OutboxItem(0, chat, Kind.ALERT, {}, NOW, NOW, connection_id=known.id))
        await tx.subscriptions.end(known.id, BOB, Ended.REMOVED, NOW)
        assert await tx.alerts.open_of(known.id, BOB) == []
        assert await tx.alerts.muted_until(known.id, BOB) is None
        assert [item.chat_id for item in await tx.outbox.due(NOW)] == [GROUP]
        assert len(await tx.alerts.open_of(known.id, GROUP)) == 1
        assert await tx.alerts.muted_until(known.id, GROUP) == NOW + 50


async def test_an_invitation_is_used_once(store: SqlStore) -> None:
    known = await connected(store)
    async with store.transaction() as tx:
        await tx.invites.add(invited(known.id), "h" * 64)
        assert await tx.invites.by_token("h" * 64) == invited(known.id)
        assert await tx.invites.by_token("g" * 64) is None
        assert await tx.invites.pending(known.id, NOW) == [invited(known.id)]
        assert await tx.invites.use("i" * 16, BOB, NOW) is True
        assert await tx.invites.use("i" * 16, BOB, NOW) is False
        assert await tx.invites.revoke(known.id, "i" * 16, NOW) is False
        assert await tx.invites.pending(known.id, NOW) == []


async def test_what_is_revoked_or_expired_is_not_used(store: SqlStore) -> None:
    known = await connected(store)
    async with store.transaction() as tx:
        await tx.invites.add(invited(known.id), "h" * 64)
        await tx.invites.add(invited(known.id, "j" * 16), "k" * 64)
        assert await tx.invites.revoke(ConnectionId("another"), "i" * 16, NOW) is False
        assert await tx.invites.revoke(known.id, "i" * 16, NOW) is True
        assert await tx.invites.use("i" * 16, BOB, NOW) is False
        assert await tx.invites.use("j" * 16, BOB, NOW + 100) is False
        assert await tx.invites.forget(NOW + 100) == 0
        assert await tx.invites.forget(NOW + 101) == 2


async def test_all_of_it_goes_with_its_connection(store: SqlStore) -> None:
    known = await connected(store)
    async with store.transaction() as tx:
        await tx.subscriptions.put(hearing(known.id))
        await tx.invites.add(invited(known.id), "h" * 64)
        await tx.connections.remove(known.id)
        assert await tx.subscriptions.of_chat(BOB) == []
        assert await tx.invites.by_token("h" * 64) is None


async def test_a_group_that_moves_takes_everything_along(store: SqlStore) -> None:
    known = await connected(store)
    async with store.transaction() as tx:
        await tx.subscriptions.put(hearing(known.id, GROUP))
        await tx.invites.add(replace(invited(known.id), for_chat=GROUP, for_name="Desk"), "h" * 64)
        await tx.alerts.add(Alert("a" * 16, known.id, GROUP, "invalid_key", NOW, 1, message_id=7))
        await tx.alerts.mute(known.id, GROUP, NOW + 50)
        await tx.outbox.add(OutboxItem(0, GROUP, Kind.ALERT, {}, NOW, NOW, connection_id=known.id))
        for _ in range(2):  # told by both chats
            await tx.chats.move(GROUP, SUPERGROUP)
        assert await tx.subscriptions.of_chat(GROUP) == []
        assert await tx.subscriptions.of_connection(known.id) == [hearing(known.id, SUPERGROUP)]
        invite = await tx.invites.by_token("h" * 64)
        assert invite is not None
        assert invite.for_chat == SUPERGROUP
        [alert] = await tx.alerts.open_of(known.id, SUPERGROUP)
        assert alert.message_id is None
        assert await tx.alerts.muted_until(known.id, SUPERGROUP) == NOW + 50
        assert [item.chat_id for item in await tx.outbox.due(NOW)] == [SUPERGROUP]


async def test_where_the_new_chat_has_a_row_of_its_own_it_stands(store: SqlStore) -> None:
    known = await connected(store)
    async with store.transaction() as tx:
        await tx.subscriptions.put(hearing(known.id, GROUP))
        await tx.subscriptions.put(replace(hearing(known.id, SUPERGROUP), name="Desk"))
        await tx.alerts.mute(known.id, GROUP, NOW + 50)
        await tx.alerts.mute(known.id, SUPERGROUP, NOW + 10)
        await tx.chats.move(GROUP, SUPERGROUP)
        [one] = await tx.subscriptions.of_connection(known.id)
        assert one.name == "Desk"
        assert await tx.alerts.muted_until(known.id, SUPERGROUP) == NOW + 10


def test_every_table_that_names_a_chat_moves_or_stays_by_decision() -> None:
    named = {table.name for table in metadata.tables.values() if "chat_id" in table.c}
    assert named == ({table.name for table, _ in MOVED if "chat_id" in table.c} | STAYS) - {"conversations"}
