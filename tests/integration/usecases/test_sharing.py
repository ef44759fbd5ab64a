"""Sharing over the real store: who hears what, what the outbox holds for whom, and how many may."""

import asyncio

import pytest

from bot.domain.connection import Connection
from bot.domain.failures import Failure, Severity, Trouble
from bot.domain.roles import Role
from bot.usecases.access import NotYours
from bot.usecases.audience import audience, facts_for
from bot.usecases.delivery import Kind, OutboxItem
from bot.usecases.posting import facts_of
from bot.usecases.share import LIFETIME, MOST_HEARERS, MOST_PENDING, ShareConnections, TooMany
from bot.usecases.sharing_storage import Ended, Subscription
from bot.usecases.subscribe import CannotAccept, HearOfConnections, Unusable
from tests.integration.usecases.conftest import ALICE, BOB, World, key_named

OSCAR, SUE, DESK = 2001, 2002, -4_001
DEAD = Trouble(Failure.INVALID_KEY, code="-2015", reason="Invalid API-key", seen_ip="203.0.113.7")
OWNERS_ONLY = {"tail", "old_tail", "seen_ip", "boxes", "then"}


@pytest.fixture
def share(world: World) -> ShareConnections:
    return ShareConnections(world.store, world.clock)


@pytest.fixture
def hear(world: World) -> HearOfConnections:
    return HearOfConnections(world.store, world.clock)


async def subscribed(world: World, connection: Connection, chat_id: int, role: Role = Role.SUBSCRIBER) -> None:
    async with world.store.transaction() as tx:
        await tx.subscriptions.put(Subscription(connection.id, chat_id, role, f"chat {chat_id}", ALICE, world.clock.at))
        world.clock.at += 1


async def dies(world: World, connection: Connection) -> list[OutboxItem]:
    """The key dies, and is seen to twice; what is told of it."""
    world.gateway.says[key_named("first").api_key] = DEAD
    await world.minute(connection.id, times=2)
    return await world.messages()


async def test_the_owner_comes_first_then_by_seniority(world: World) -> None:
    connection = await world.connected()
    for chat, role in ((SUE, Role.SUBSCRIBER), (OSCAR, Role.OPERATOR), (DESK, Role.SUBSCRIBER)):
        await subscribed(world, connection, chat, role)
    async with world.store.transaction() as tx:
        hearers = [(hearer.chat_id, hearer.role) for hearer in await audience(tx, connection)]
        await tx.subscriptions.end(connection.id, OSCAR, Ended.LEFT, 0.0)
        left = [hearer.chat_id for hearer in await audience(tx, connection)]
    assert hearers == [
        (ALICE, Role.OWNER),
        (SUE, Role.SUBSCRIBER),
        (OSCAR, Role.OPERATOR),
        (DESK, Role.SUBSCRIBER),
    ]
    assert left == [ALICE, SUE, DESK]


async def test_everybody_hears_that_a_key_died_and_only_its_owner_which(world: World) -> None:
    connection = await world.connected()
    await subscribed(world, connection, OSCAR, Role.OPERATOR)
    await subscribed(world, connection, SUE)
    told = {item.chat_id: item for item in await dies(world, connection)}
    assert set(told) == {ALICE, OSCAR, SUE}
    assert told[ALICE].args["tail"] == connection.key_tail
    assert [told[chat].args["role"] for chat in (ALICE, OSCAR, SUE)] == ["owner", "operator", "subscriber"]
    for chat in (OSCAR, SUE):
        assert not OWNERS_ONLY & told[chat].args.keys()
        assert told[chat].args["failure"] == "invalid_key"
    assert len({item.alert_id for item in told.values()}) == 3


async def test_whoever_posts_it_what_is_the_owners_goes_to_nobody_else(world: World) -> None:
    connection = await world.connected()
    facts = facts_of(connection, DEAD) | {"old_tail": "…old1"}
    assert facts_for(connection, ALICE, facts) == facts
    others = facts_for(connection, SUE, facts)
    assert not OWNERS_ONLY & others.keys()
    assert others["role"] == "subscriber"


async def test_advice_on_keys_and_rotations_are_for_owners(world: World) -> None:
    connection = await world.connected()
    await subscribed(world, connection, OSCAR, Role.OPERATOR)
    draft = world.draft(ALICE, key_named("second"), connection.id)
    await world.rotate(ALICE, draft, _unwatched)
    await world.minute(connection.id)
    told = await world.messages()
    assert Kind.ROTATED in {item.kind for item in told}
    assert {item.chat_id for item in told} == {ALICE}


async def _unwatched(*_: object) -> None:
    """Nobody looks at the checklist."""


async def test_who_goes_is_told_of_once_whatever_goes_wrong_after(world: World, hear: HearOfConnections) -> None:
    connection = await world.connected()
    await subscribed(world, connection, SUE)
    assert await hear.lost(SUE, Ended.BLOCKED) == 1
    assert await hear.lost(SUE, Ended.UNREACHABLE) == 0
    [told] = await world.messages()
    assert (told.chat_id, told.args["event"], told.args["name"]) == (ALICE, "blocked", f"chat {SUE}")
    assert told.severity is Severity.WARNING


async def test_a_chat_that_is_lost_is_lost_to_all_its_owners(world: World, hear: HearOfConnections) -> None:
    for owner, name in ((ALICE, "first"), (BOB, "second")):
        await subscribed(world, await world.connected(owner, name), DESK)
    assert await hear.lost(DESK, Ended.KICKED) == 2
    assert {item.chat_id for item in await world.messages()} == {ALICE, BOB}


async def test_what_waited_for_somebody_who_is_removed_is_not_sent(world: World, share: ShareConnections) -> None:
    connection = await world.connected()
    await subscribed(world, connection, SUE)
    world.gateway.says[key_named("first").api_key] = DEAD
    await world.minute(connection.id, times=2)
    await share.remove(ALICE, connection.id, SUE)
    assert [item.args["event"] for item in await world.messages() if item.chat_id == SUE] == ["removed"]


async def test_only_the_owner_invites_looks_takes_back_and_removes(world: World, share: ShareConnections) -> None:
    connection = await world.connected()
    await subscribed(world, connection, OSCAR, Role.OPERATOR)
    invited = await share.invite(ALICE, connection.id, Role.SUBSCRIBER)
    for actor in (OSCAR, SUE, BOB):
        for attempt in (
            share.of(actor, connection.id),
            share.invite(actor, connection.id, Role.OPERATOR),
            share.revoke(actor, connection.id, invited.invite.id),
            share.remove(actor, connection.id, OSCAR),
        ):
            with pytest.raises(NotYours):
                await attempt


async def test_nobody_is_invited_as_an_owner_and_no_group_as_an_operator(
    world: World, share: ShareConnections, hear: HearOfConnections
) -> None:
    connection = await world.connected()
    assert (await share.invite(ALICE, connection.id, Role.OWNER)).invite.role is Role.SUBSCRIBER
    picked = await share.invite(ALICE, connection.id, Role.OPERATOR, for_chat=DESK, for_name="Desk")
    assert picked.invite.role is Role.SUBSCRIBER
    by_link = await share.invite(ALICE, connection.id, Role.OPERATOR)
    with pytest.raises(CannotAccept) as refused:
        await hear.accept(by_link.token, DESK, "Desk")
    assert refused.value.why is Unusable.NOT_FOR_GROUPS


async def test_as_many_hear_and_are_invited_as_may(world: World, share: ShareConnections) -> None:
    connection = await world.connected()
    for _ in range(MOST_PENDING):
        await share.invite(ALICE, connection.id, Role.SUBSCRIBER)
    with pytest.raises(TooMany):
        await share.invite(ALICE, connection.id, Role.SUBSCRIBER)
    world.clock.at += LIFETIME
    last = await share.invite(ALICE, connection.id, Role.SUBSCRIBER)
    for number in range(MOST_HEARERS):
        await subscribed(world, connection, 9_000 + number)
    with pytest.raises(CannotAccept) as refused:
        await HearOfConnections(world.store, world.clock).accept(last.token, SUE, "Sue")
    assert refused.value.why is Unusable.FULL


async def test_a_hundred_uses_at_once_are_one(world: World, share: ShareConnections, hear: HearOfConnections) -> None:
    connection = await world.connected()
    token = (await share.invite(ALICE, connection.id, Role.OPERATOR)).token
    uses = [(hear.accept if number % 3 else hear.decline)(token, 9_000 + number, f"n{number}") for number in range(100)]
    outcomes = await asyncio.gather(*uses, return_exceptions=True)
    refused = [outcome for outcome in outcomes if isinstance(outcome, CannotAccept)]
    assert len(refused) == 99
    assert {one.why for one in refused} == {Unusable.USED}
    assert len(await world.messages()) == 1


async def test_what_was_decided_is_on_the_invitation_whoever_asks_next(
    world: World, share: ShareConnections, hear: HearOfConnections
) -> None:
    connection = await world.connected()
    revoked = await share.invite(ALICE, connection.id, Role.SUBSCRIBER)
    assert await share.revoke(ALICE, connection.id, revoked.invite.id) is True
    assert await share.revoke(ALICE, connection.id, revoked.invite.id) is False
    late = await share.invite(ALICE, connection.id, Role.SUBSCRIBER)
    world.clock.at += LIFETIME
    for token, why in ((revoked.token, Unusable.REVOKED), (late.token, Unusable.EXPIRED), ("x", Unusable.UNKNOWN)):
        for attempt in (hear.look(token, SUE), hear.accept(token, SUE, "Sue"), hear.decline(token, SUE, "Sue")):
            with pytest.raises(CannotAccept) as refused:
                await attempt
            assert refused.value.why is why
