"""The relay over the real store: what is sent, what is sent again, and what is not."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.store.engine import SqlStore
from bot.usecases.delivery import Alert, Delivered, Delivery, GiveUp, Kind, OutboxItem, TryLater
from bot.usecases.ports import Person
from bot.usecases.relay import RelayAlerts
from bot.usecases.storage import StoreUnavailable, Transaction
from tests.integration.usecases.conftest import ALICE, BOB, FakeClock, FakeOperators, NoMetrics, World


class Chats:
    """Takes every message; over some of them the sender stumbles."""

    def __init__(self) -> None:
        self.heard: list[tuple[int, object]] = []
        self.stumbles_over: set[int] = set()
        self.fill_the_disk: DiskThatFills | None = None
        self.says: Delivery = Delivered(1)

    async def deliver(self, item: OutboxItem, alert: Alert | None, person: Person | None) -> Delivery:
        self.heard.append((item.chat_id, item.args["n"]))
        if item.chat_id in self.stumbles_over:
            raise LookupError
        if self.fill_the_disk is not None:
            self.fill_the_disk.full = True
        return self.says


class DiskThatFills:
    """The store on a disk that may be full."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store
        self.full = False

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        async with self._store.transaction() as tx:
            yield tx
            if self.full:
                raise StoreUnavailable("database or disk is full")

    async def scrub(self) -> None:
        await self._store.scrub()

    async def healthy(self) -> bool:
        return not self.full


@pytest.fixture
def chats() -> Chats:
    return Chats()


@pytest.fixture
def disk(world: World) -> DiskThatFills:
    return DiskThatFills(world.store)


@pytest.fixture
def relay(world: World, disk: DiskThatFills, chats: Chats) -> RelayAlerts:
    return RelayAlerts(disk, chats, world.clock, NoMetrics(), world.tasks)


async def wait(world: World, chat_id: int, n: int, kind: Kind = Kind.OPERATOR) -> None:
    async with world.store.transaction() as tx:
        at = world.clock.now()
        await tx.outbox.add(OutboxItem(0, chat_id, kind, {"n": n}, created_at=at, not_before=at))


async def looks(relay: RelayAlerts, world: World) -> None:
    await relay.look()
    await quiet(world)


async def quiet(world: World) -> None:
    async with asyncio.timeout(5):
        while len(world.tasks):  # noqa: ASYNC110 - no event tells it
            await asyncio.sleep(0.001)


async def waiting(world: World, clock: FakeClock) -> int:
    async with world.store.transaction() as tx:
        return (await tx.outbox.waiting(clock.now()))[0]


async def test_a_message_that_arrived_is_not_said_again_while_the_disk_is_full(
    world: World, relay: RelayAlerts, chats: Chats, disk: DiskThatFills
) -> None:
    chats.fill_the_disk = disk
    await wait(world, ALICE, 1)
    await relay.look()
    await quiet(world)
    assert await waiting(world, world.clock) == 1
    disk.full = False
    for _ in range(3):
        await looks(relay, world)
        disk.full = False
    assert chats.heard == [(ALICE, 1)]
    assert await waiting(world, world.clock) == 0


async def test_a_full_disk_is_not_asked_again_without_a_pause(
    world: World, relay: RelayAlerts, chats: Chats, disk: DiskThatFills
) -> None:
    chats.fill_the_disk = disk
    await wait(world, ALICE, 1)
    asked = 0
    look = relay.look

    async def counted() -> int:
        nonlocal asked
        asked += 1
        disk.full = False  # reading goes well, writing does not
        return await look()

    relay.look = counted  # type: ignore[method-assign]
    running = world.tasks.spawn("relay", relay.run())
    await asyncio.sleep(0.5)
    relay.stop()
    await running
    assert asked <= 2


async def test_a_message_we_stumble_over_waits_longer_each_time_and_holds_up_nobody_else(
    world: World, relay: RelayAlerts, chats: Chats
) -> None:
    chats.stumbles_over.add(ALICE)
    await wait(world, ALICE, 1)
    await wait(world, BOB, 2)
    for _ in range(5):
        await looks(relay, world)
    assert chats.heard == [(ALICE, 1), (BOB, 2)]
    chats.stumbles_over.clear()
    world.clock.at += 5.0
    await looks(relay, world)
    assert chats.heard[2:] == [(ALICE, 1)]
    assert await waiting(world, world.clock) == 0


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (GiveUp("refused: TelegramBadRequest"), 1),
        (GiveUp("cannot be rendered: KeyError"), 1),
        (GiveUp("blocked", chat_gone=True), 0),
        (GiveUp("moved", moved_to=-100_5), 0),
        (TryLater(1.0, "TelegramServerError"), 0),
    ],
)
async def test_a_message_that_nobody_will_read_is_told_to_operators(
    world: World, chats: Chats, outcome: Delivery, told: int
) -> None:
    operators = FakeOperators()
    relay = RelayAlerts(world.store, chats, world.clock, NoMetrics(), world.tasks, operators=operators)
    chats.says = outcome
    await wait(world, ALICE, 1, Kind.ALERT)
    await wait(world, BOB, 2)  # itself for an operator: it does not tell of itself for ever
    await looks(relay, world)
    assert [event for event, _ in operators.told] == ["message_given_up"] * told


async def test_the_relay_outlives_a_fault_of_ours(
    world: World, relay: RelayAlerts, chats: Chats, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stumble() -> int:
        raise LookupError

    monkeypatch.setattr(relay, "look", stumble)
    running = world.tasks.spawn("relay", relay.run())
    await asyncio.sleep(0.05)
    monkeypatch.undo()
    await wait(world, ALICE, 1)
    relay.wake()
    async with asyncio.timeout(3):
        while not chats.heard:  # noqa: ASYNC110 - the sender is the fake
            await asyncio.sleep(0.01)
    relay.stop()
    await running
    assert chats.heard == [(ALICE, 1)]
