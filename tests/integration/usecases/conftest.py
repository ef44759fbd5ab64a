"""The verbs over the real store and the real vault; only the exchange, the clock and the network are fakes."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.domain.connection import Connection, ConnectionId, Credential, Environment, Market, Place, Purpose
from bot.domain.exchange import ExchangeProfile
from bot.domain.failures import ExchangeTrouble, Trouble
from bot.domain.pasting import Field
from bot.domain.permissions import Certainty, Finding, Grant, KeyReport, Permission
from bot.store.engine import SqlStore, open_store
from bot.usecases.acknowledge import AcknowledgeAlerts
from bot.usecases.background import BackgroundTasks
from bot.usecases.check import CheckConnections
from bot.usecases.choose import ChooseAlerts
from bot.usecases.connect import Accepted, ConnectExchange
from bot.usecases.delivery import Mode, OutboxItem
from bot.usecases.drafts import Drafts
from bot.usecases.gate import ControlGate
from bot.usecases.manage import ManageConnections
from bot.usecases.mute import MuteConnections
from bot.usecases.pairs import OwnPairs
from bot.usecases.ports import CheckItem, ItemState, Progress
from bot.usecases.record import Recorder
from bot.usecases.ring import RingAlerts
from bot.usecases.rotate import RotateKey
from bot.usecases.scene import Scene
from bot.usecases.suspicions import FollowSuspicions
from bot.vault import EphemeralBox, KeyPairMaker, Vault, new_keyring
from bot.vault.credentials import SealedCredentials

ALICE, BOB = 1001, 1002
SPOT = Place("binance", Market.SPOT, Environment.LIVE)


def key_named(name: str) -> Credential:
    return Credential(api_key=f"{name}-key-".ljust(64, "k"), secret=f"{name}-secret-".ljust(64, "s"))


def report(*granted: Permission, uid: str | None = "u1", restricted: bool = True) -> KeyReport:
    findings = {p: Finding(Grant.GRANTED if p in granted else Grant.DENIED, Certainty.STATED) for p in Permission}
    return KeyReport(findings, ip_restricted=restricted, account_uid=uid, ip_list=("203.0.113.7",))


GOOD = report(Permission.READ, Permission.SPOT_TRADE)


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = 1_700_000_000.0

    def now(self) -> float:
        return self.at

    def monotonic(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += seconds


class FakeGateway:
    """Answers by API key; unknown keys are good ones."""

    def __init__(self) -> None:
        self.says: dict[str, KeyReport | Trouble] = {}
        self.probed: list[str] = []
        self.public = False

    def profiles(self) -> Mapping[str, ExchangeProfile]:
        return {}

    async def inspect(self, place: Place, credential: Credential, progress: Progress) -> KeyReport:
        await progress(CheckItem.SIGNATURE, ItemState.PASSED)
        return self._answer(credential)

    async def probe(self, place: Place, credential: Credential) -> KeyReport:
        self.probed.append(credential.api_key)
        return self._answer(credential)

    async def answers_anybody(self, place: Place) -> bool:
        return self.public

    def _answer(self, credential: Credential) -> KeyReport:
        answer = self.says.get(credential.api_key, GOOD)
        if isinstance(answer, Trouble):
            raise ExchangeTrouble(answer)
        return answer


class FakeWatch:
    def __init__(self) -> None:
        self.watched: set[ConnectionId] = set()
        self.again: list[tuple[ConnectionId, float]] = []
        self.rests: dict[ConnectionId, int] = {}

    def add(self, connection: ConnectionId) -> None:
        self.watched.add(connection)

    def remove(self, connection: ConnectionId) -> None:
        self.watched.discard(connection)

    def soon(self, connection: ConnectionId, delay: float) -> None:
        self.again.append((connection, delay))

    def rest(self, connection: ConnectionId, turns: int) -> None:
        self.rests[connection] = turns


class FakeNetwork:
    up = True

    @property
    def down(self) -> bool:
        return not self.up

    def heard(self, exchange: str) -> None: ...

    async def is_ours(self, exchange: str) -> bool:
        return not self.up

    def admits(self) -> bool:
        return self.up


class FakeOperators:
    def __init__(self) -> None:
        self.told: list[tuple[str, Mapping[str, object]]] = []

    async def tell(self, tx: object, event: str, facts: Mapping[str, object] | None = None) -> None:
        self.told.append((event, facts or {}))


class NoMetrics:
    def probe(self, exchange: str, outcome: str, seconds: float) -> None: ...
    def lateness(self, seconds: float) -> None: ...
    def deletion(self, outcome: str, seconds: float) -> None: ...
    def flip(self, side: str, new: str) -> None: ...
    def outbox(self, depth: int, oldest: float) -> None: ...
    def update(self, outcome: str) -> None: ...


async def unwatched(item: CheckItem, state: ItemState) -> None:
    """Nobody looks at the checklist."""


@dataclass
class World:
    store: SqlStore
    path: Path
    vault: SealedCredentials
    clock: FakeClock = field(default_factory=FakeClock)
    gateway: FakeGateway = field(default_factory=FakeGateway)
    watch: FakeWatch = field(default_factory=FakeWatch)
    network: FakeNetwork = field(default_factory=FakeNetwork)
    operators: FakeOperators = field(default_factory=FakeOperators)
    tasks: BackgroundTasks = field(default_factory=BackgroundTasks)

    def __post_init__(self) -> None:
        metrics = NoMetrics()
        self.drafts = Drafts(EphemeralBox(), self.clock)
        self.pairs = OwnPairs(self.store, KeyPairMaker(), self.vault, self.drafts, self.clock)
        self.scene = Scene()
        self.recorder = Recorder(
            self.store,
            self.vault,
            self.watch,
            metrics,
            self.tasks,
            scene=self.scene,
            suspicions=FollowSuspicions(self.scene, self.gateway, self.watch, self.clock, self.tasks),
            operators=self.operators,
        )
        self.checks = CheckConnections(
            self.store,
            self.gateway,
            self.vault,
            self.recorder,
            self.network,
            self.clock,
            metrics,
            self.tasks,
            operators=self.operators,
        )
        self.connect = ConnectExchange(
            self.store, self.gateway, self.vault, self.drafts, self.pairs, self.clock, self.watch
        )
        self.rotate = RotateKey(self.store, self.gateway, self.vault, self.drafts, self.pairs, self.clock, self.checks)
        self.gate = ControlGate(self.store, self.clock, metrics)
        self.manage = ManageConnections(self.store, self.vault, self.clock, self.watch)
        self.acknowledge = AcknowledgeAlerts(self.store, self.clock)
        self.mute = MuteConnections(self.store, self.clock)
        self.choose = ChooseAlerts(self.store, self.clock)
        self.ring = RingAlerts(self.store, self.clock)

    def draft(self, owner: int, credential: Credential, connection: ConnectionId | None = None) -> str:
        draft = self.drafts.open(owner, SPOT, connection)
        self.drafts.put(draft, owner, {Field.API_KEY: credential.api_key, Field.SECRET: credential.secret})
        return draft

    async def connected(self, owner: int = ALICE, name: str = "first") -> Connection:
        draft = self.draft(owner, key_named(name))
        result = await self.connect(owner, draft, Purpose.TRADE, f"label of {name}", unwatched)
        assert isinstance(result, Accepted), result
        return result.connection

    async def minute(self, *connections: ConnectionId, times: int = 1) -> None:
        """The schedule's probes, a minute later."""
        for _ in range(times):
            self.clock.at += 60.0
            await asyncio.gather(*(self.checks.now(connection) for connection in connections))

    async def get(self, connection: ConnectionId) -> Connection:
        async with self.store.transaction() as tx:
            found = await tx.connections.get(connection)
        assert found is not None
        return found

    async def messages(self) -> list[OutboxItem]:
        """Everything that waits, in order; taken out."""
        found: list[OutboxItem] = []
        while True:
            async with self.store.transaction() as tx:
                due = await tx.outbox.due(self.clock.at + 1e9)
                for item in due:
                    await tx.outbox.sent(item.id, self.clock.at, item.id)
                    if item.thread is not None and item.mode is not Mode.REPLY:
                        await tx.outbox.goes_on_in(item.chat_id, item.thread, item.id, self.clock.at)
            if not due:
                return sorted(found, key=lambda item: item.id)
            found += due

    async def kinds(self) -> list[str]:
        return [item.kind.value for item in await self.messages()]

    def bytes_on_disk(self) -> bytes:
        return b"".join(file.read_bytes() for file in self.path.iterdir() if file.is_file())


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    store = open_store(f"sqlite:///{tmp_path / 'data' / 'latchkey.db'}")
    await store.migrate()
    ring = new_keyring()
    vault = Vault(ring, "deployment")
    vault.adopt_pepper(vault.new_pepper())
    world = World(store, tmp_path / "data", SealedCredentials(vault, "deployment", ring.primary))
    yield world
    await world.tasks.aclose(1.0)
    await store.close()


def tails(items: Iterable[OutboxItem]) -> list[object]:
    return [item.args["tail"] for item in items]
