"""The relay's lanes, and messages that go on, over the real store; Telegram is a fake that keeps its messages."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field

import pytest

from bot.domain.connection import ConnectionId
from bot.domain.failures import Severity
from bot.usecases.background import BackgroundTasks
from bot.usecases.delivery import Alert, Delivered, Delivery, GiveUp, Kind, Mode, OutboxItem, TryLater
from bot.usecases.ports import Person
from bot.usecases.relay import AT_ONCE, CRITICAL_AT_ONCE, RelayAlerts
from tests.integration.usecases.conftest import ALICE, BOB, NoMetrics, World

INCIDENT = "incident"
GROUP, SUPERGROUP = -4001, -1_000_000_004_001


@dataclass
class Chats:
    """Keeps what is in each chat, by message id."""

    shown: dict[int, str] = field(default_factory=dict)
    calls: list[tuple[int, str]] = field(default_factory=list)
    answers: list[Delivery] = field(default_factory=list)
    """What to answer next instead of taking it."""
    hangs: asyncio.Event = field(default_factory=asyncio.Event)
    under_way: int = 0

    def __post_init__(self) -> None:
        self.hangs.set()

    async def have_under_way(self, count: int) -> None:
        """Waits until so many calls hang, and sees that it stays at that."""
        async with asyncio.timeout(10):
            while self.under_way < count:  # noqa: ASYNC110 - no event tells it
                await asyncio.sleep(0.001)
        await asyncio.sleep(0.05)
        assert self.under_way == count

    async def deliver(self, item: OutboxItem, alert: Alert | None, person: Person | None) -> Delivery:
        text = str(item.args["n"])
        self.calls.append((item.chat_id, text))
        self.under_way += 1
        await self.hangs.wait()
        self.under_way -= 1
        if self.answers:
            return self.answers.pop(0)
        if item.mode is Mode.EDIT and item.message_id in self.shown:
            self.shown[item.message_id] = text
            return Delivered(item.message_id)
        message_id = len(self.shown) + 1
        self.shown[message_id] = text
        return Delivered(message_id)


@dataclass
class Doors:
    """``Turns`` by hand."""

    free: int = 1_000
    shut: set[int] = field(default_factory=set)
    taken: list[int] = field(default_factory=list)

    def room(self) -> int:
        return self.free

    def closed(self) -> Collection[int]:
        return self.shut

    async def take(self, chat_id: int) -> None:
        self.taken.append(chat_id)
        self.free -= 1


@pytest.fixture
def chats() -> Chats:
    return Chats()


@pytest.fixture
def doors() -> Doors:
    return Doors()


@pytest.fixture
def relay(world: World, chats: Chats, doors: Doors) -> RelayAlerts:
    return RelayAlerts(world.store, chats, world.clock, NoMetrics(), world.tasks, doors)


async def write(
    world: World,
    n: object,
    chat_id: int = ALICE,
    mode: Mode = Mode.SEND,
    *,
    thread: str | None = None,
    loud: Severity = Severity.CRITICAL,
    about: int | None = None,
) -> int:
    at = world.clock.now()
    connection = None if about is None else ConnectionId(f"{about:032x}")
    async with world.store.transaction() as tx:
        return await tx.outbox.add(
            OutboxItem(
                0,
                chat_id,
                Kind.OPERATOR,
                {"n": n},
                at,
                at,
                thread=thread,
                mode=mode,
                severity=loud,
                connection_id=connection,
            )
        )


async def looks(relay: RelayAlerts, world: World, times: int = 1) -> None:
    for _ in range(times):
        await relay.look()
        async with asyncio.timeout(5):
            while len(world.tasks):  # noqa: ASYNC110 - no event tells it
                await asyncio.sleep(0.001)


# --------------------------------------------------------------------------------------------------------------- lanes


async def test_a_critical_message_is_taken_up_before_what_came_earlier(
    world: World, relay: RelayAlerts, chats: Chats, doors: Doors
) -> None:
    for number in range(20):
        await write(world, number, chat_id=2000 + number, loud=Severity.INFO)
    await write(world, "urgent")
    doors.free = 1
    await looks(relay, world)
    assert chats.calls == [(ALICE, "urgent")]


async def test_no_more_is_taken_up_than_there_is_room_for(
    world: World, relay: RelayAlerts, chats: Chats, doors: Doors
) -> None:
    for number in range(20):
        await write(world, number, chat_id=2000 + number)
    doors.free = 3
    await looks(relay, world, 3)
    assert (len(chats.calls), doors.free) == (3, 0)


async def test_a_closed_chat_holds_up_nobody(world: World, relay: RelayAlerts, chats: Chats, doors: Doors) -> None:
    await write(world, 1, ALICE)
    await write(world, 2, BOB)
    doors.shut = {ALICE}
    await looks(relay, world, 2)
    assert chats.calls == [(BOB, "2")]
    doors.shut = set()
    await looks(relay, world)
    assert chats.calls == [(BOB, "2"), (ALICE, "1")]


async def test_while_everything_hangs_there_is_room_left_for_what_is_critical(
    world: World, relay: RelayAlerts, chats: Chats
) -> None:
    chats.hangs.clear()
    for number in range(AT_ONCE + 10):
        await write(world, number, chat_id=2000 + number, loud=Severity.INFO)
    await relay.look()
    await chats.have_under_way(AT_ONCE)
    for number in range(CRITICAL_AT_ONCE):
        await write(world, "urgent", chat_id=5000 + number)
    await relay.look()
    await chats.have_under_way(CRITICAL_AT_ONCE)
    chats.hangs.set()
    await looks(relay, world, 3)
    assert len(chats.shown) == AT_ONCE + 10 + CRITICAL_AT_ONCE


async def test_a_chat_gets_one_at_a_time(world: World, relay: RelayAlerts, chats: Chats) -> None:
    chats.hangs.clear()
    for number in range(3):
        await write(world, number, about=number)
    for _ in range(3):
        await relay.look()
        await asyncio.sleep(0.02)
    assert chats.under_way == 1
    chats.hangs.set()
    await looks(relay, world, 3)
    assert [text for _, text in chats.calls] == ["0", "1", "2"]


# --------------------------------------------------------------------------------------------------------------- edits


async def test_a_thread_is_one_message_that_changes(world: World, relay: RelayAlerts, chats: Chats) -> None:
    await write(world, "down", thread=INCIDENT)
    await looks(relay, world)
    for state in ("40 keys", "all keys", "over"):
        await write(world, state, mode=Mode.EDIT, thread=INCIDENT)
        await looks(relay, world)
    assert chats.shown == {1: "over"}


async def test_what_changes_while_nothing_can_be_sent_is_told_once_in_its_last_state(
    world: World, relay: RelayAlerts, chats: Chats
) -> None:
    await write(world, "down", thread=INCIDENT)
    for state in ("40 keys", "all keys", "over"):
        await write(world, state, mode=Mode.EDIT, thread=INCIDENT)
    await looks(relay, world, 3)
    assert chats.calls == [(ALICE, "over")]


async def test_an_edit_that_comes_while_the_message_is_on_its_way_changes_that_message(
    world: World, relay: RelayAlerts, chats: Chats
) -> None:
    chats.hangs.clear()
    await write(world, "down", thread=INCIDENT)
    await relay.look()
    await chats.have_under_way(1)
    await write(world, "over", mode=Mode.EDIT, thread=INCIDENT)
    await relay.look()
    chats.hangs.set()
    await looks(relay, world, 2)
    assert chats.shown == {1: "over"}


async def test_after_a_crash_between_sending_and_recording_an_edit_is_made_again_and_nobody_sees_it(
    world: World, relay: RelayAlerts, chats: Chats
) -> None:
    await write(world, "down", thread=INCIDENT)
    await looks(relay, world)
    await write(world, "over", mode=Mode.EDIT, thread=INCIDENT)
    chats.hangs.clear()
    await relay.look()
    await chats.have_under_way(1)
    chats.shown[1] = "over"  # it arrived, and the process is gone before it knows
    await world.tasks.aclose()
    chats.hangs.set()
    reborn = RelayAlerts(world.store, chats, world.clock, NoMetrics(), fresh_tasks(world))
    await looks(reborn, world)
    assert chats.shown == {1: "over"}


async def test_after_a_crash_the_first_message_comes_twice_and_the_thread_goes_on_in_the_second(
    world: World, relay: RelayAlerts, chats: Chats
) -> None:
    await write(world, "down", thread=INCIDENT)
    chats.hangs.clear()
    await relay.look()
    await chats.have_under_way(1)
    chats.shown[1] = "down"
    await world.tasks.aclose()
    chats.hangs.set()
    reborn = RelayAlerts(world.store, chats, world.clock, NoMetrics(), fresh_tasks(world))
    await looks(reborn, world)
    await write(world, "over", mode=Mode.EDIT, thread=INCIDENT)
    await looks(reborn, world)
    assert chats.shown == {1: "down", 2: "over"}


async def test_a_message_that_people_deleted_is_told_anew_and_goes_on_there(
    world: World, relay: RelayAlerts, chats: Chats
) -> None:
    await write(world, "down", thread=INCIDENT)
    await looks(relay, world)
    del chats.shown[1]
    chats.shown[7] = "of somebody else"
    for state in ("all keys", "over"):
        await write(world, state, mode=Mode.EDIT, thread=INCIDENT)
        await looks(relay, world)
    assert chats.shown == {7: "of somebody else", 2: "over"}


async def test_an_answer_does_not_become_the_threads_message(world: World, relay: RelayAlerts, chats: Chats) -> None:
    await write(world, "down", thread=INCIDENT)
    await looks(relay, world)
    await write(world, "it is over", mode=Mode.REPLY, thread=INCIDENT)
    await looks(relay, world)
    await write(world, "over", mode=Mode.EDIT, thread=INCIDENT)
    await looks(relay, world)
    assert chats.shown == {1: "over", 2: "it is over"}


# ------------------------------------------------------------------------------------------------------ a group moves


async def test_a_group_that_moved_gets_everything_where_it_is_now(
    world: World, relay: RelayAlerts, chats: Chats
) -> None:
    await write(world, "down", GROUP, thread=INCIDENT)
    await looks(relay, world)
    chats.answers = [GiveUp("moved", moved_to=SUPERGROUP)]
    await write(world, "over", GROUP, Mode.EDIT, thread=INCIDENT)
    await looks(relay, world, 2)
    assert chats.calls == [(GROUP, "down"), (GROUP, "over"), (SUPERGROUP, "over")]


async def test_what_must_be_tried_again_is(world: World, relay: RelayAlerts, chats: Chats) -> None:
    chats.answers = [TryLater(5.0, "busy")]
    await write(world, 1)
    await looks(relay, world, 2)
    assert chats.shown == {}
    world.clock.at += 5
    await looks(relay, world)
    assert chats.shown == {1: "1"}


def fresh_tasks(world: World) -> BackgroundTasks:
    """Of the process that comes after."""
    world.tasks = BackgroundTasks()
    return world.tasks
