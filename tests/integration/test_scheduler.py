"""The schedule with APScheduler really running, real checks, store and vault; only the exchange is a fake.

Time is real but short: an interval of one second stands for the minute, and bounds are loose enough for a busy machine.
"""

import asyncio
import datetime as dt
import logging
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.domain.connection import ConnectionId, Credential, Place, Purpose
from bot.domain.exchange import ExchangeProfile
from bot.domain.failures import ExchangeTrouble, Failure, Trouble
from bot.domain.health import Status
from bot.domain.pasting import Field
from bot.domain.permissions import KeyReport
from bot.scheduler.dispatcher import Dispatcher, Watch
from bot.scheduler.pulse import Pulse
from bot.scheduler.ring import Ring
from bot.store.engine import SqlStore, open_store
from bot.usecases.background import BackgroundTasks
from bot.usecases.check import CheckConnections
from bot.usecases.connect import Accepted, ConnectExchange
from bot.usecases.drafts import Drafts
from bot.usecases.pairs import OwnPairs
from bot.usecases.ports import Progress
from bot.usecases.record import Recorder
from bot.usecases.scene import Scene
from bot.usecases.suspicions import FollowSuspicions
from bot.vault import EphemeralBox, KeyPairMaker, Vault, new_keyring
from bot.vault.credentials import SealedCredentials
from tests.integration.usecases.conftest import (
    ALICE,
    GOOD,
    SPOT,
    FakeNetwork,
    FakeOperators,
    NoMetrics,
    key_named,
    unwatched,
)

INTERVAL = 1.0
DEAD = Trouble(Failure.INVALID_KEY, code="-2008")


class JumpyClock:
    """Real time, and a wall clock that somebody may set."""

    def __init__(self) -> None:
        self.wall_is_off_by = 0.0

    def now(self) -> float:
        return time.time() + self.wall_is_off_by

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Exchange:
    """Answers at once, unless a key hangs or is dead; remembers when each was asked for."""

    def __init__(self) -> None:
        self.asked: defaultdict[str, list[float]] = defaultdict(list)
        self.answered: defaultdict[str, list[float]] = defaultdict(list)
        self.hanging: set[str] = set()
        self.dead: set[str] = set()
        self.let_go = asyncio.Event()

    def profiles(self) -> Mapping[str, ExchangeProfile]:
        return {}

    async def inspect(self, place: Place, credential: Credential, progress: Progress) -> KeyReport:
        return GOOD

    async def answers_anybody(self, place: Place) -> bool:
        return True

    async def probe(self, place: Place, credential: Credential) -> KeyReport:
        name = credential.api_key
        self.asked[name].append(time.monotonic())
        if name in self.hanging:
            await self.let_go.wait()
        self.answered[name].append(time.monotonic())
        if name in self.dead:
            raise ExchangeTrouble(DEAD)
        return GOOD


class House:
    """The watch of one installation, running."""

    def __init__(self, store: SqlStore, vault: SealedCredentials) -> None:
        self.store = store
        self.clock = JumpyClock()
        self.exchange = Exchange()
        self.tasks = BackgroundTasks()
        self.watch = Watch(INTERVAL, self.clock)
        self.scheduler = AsyncIOScheduler(timezone="UTC")
        self._vault = vault
        metrics = NoMetrics()
        scene = Scene()
        suspicions = FollowSuspicions(scene, self.exchange, self.watch, self.clock, self.tasks)
        recorder = Recorder(
            store,
            vault,
            self.watch,
            metrics,
            self.tasks,
            scene=scene,
            suspicions=suspicions,
            operators=FakeOperators(),
        )
        self.checks = CheckConnections(
            store, self.exchange, vault, recorder, FakeNetwork(), self.clock, metrics, self.tasks
        )
        dispatcher = Dispatcher(self.watch, self.checks, self.clock, metrics)
        dispatcher.schedule(self.scheduler)
        self.pulse = Pulse(self.scheduler, dispatcher, self.clock)

    def turns_every(self, seconds: float) -> None:
        """Another interval; before anything is connected."""
        self.watch.interval, self.watch.ring = seconds, Ring(seconds)

    async def connect(self, *names: str) -> list[ConnectionId]:
        drafts = Drafts(EphemeralBox(), self.clock)
        pairs = OwnPairs(self.store, KeyPairMaker(), self._vault, drafts, self.clock)
        connect = ConnectExchange(self.store, self.exchange, self._vault, drafts, pairs, self.clock, self.watch)
        made = []
        for name in names:
            key = key_named(name)
            draft = drafts.open(ALICE, SPOT, None)
            drafts.put(draft, ALICE, {Field.API_KEY: key.api_key, Field.SECRET: key.secret})
            result = await connect(ALICE, draft, Purpose.TRADE, name, unwatched)
            assert isinstance(result, Accepted), result
            made.append(result.connection.id)
        return made

    async def runs(self, seconds: float) -> None:
        if not self.scheduler.running:
            self.scheduler.start()
            self.tasks.spawn("pulse", self.pulse.run())
        await asyncio.sleep(seconds)

    async def stops(self) -> None:
        """As the service stops: nothing more is started, what runs is given a moment."""
        self.scheduler.shutdown(wait=False)
        await self.tasks.aclose(0.2)

    async def until(self, true: Callable[[], bool]) -> None:
        """Looks again at every turn of the event loop: the moment right after counts."""
        async with asyncio.timeout(5):
            while not true():  # noqa: ASYNC110 - no event of the service tells it
                await asyncio.sleep(0)

    def asked(self, name: str) -> list[float]:
        return self.exchange.asked[key_named(name).api_key]

    def gaps(self, name: str) -> list[float]:
        asked = self.asked(name)
        return [later - earlier for earlier, later in pairwise(asked)]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    store = open_store(f"sqlite:///{tmp_path / 'data' / 'latchkey.db'}")
    await store.migrate()
    ring = new_keyring()
    vault = Vault(ring, "deployment")
    vault.adopt_pepper(vault.new_pepper())
    house = House(store, SealedCredentials(vault, "deployment", ring.primary))
    yield house
    if house.scheduler.running:
        await house.stops()
    await store.close()


async def test_one_key_of_a_hundred_hangs_and_the_others_are_all_on_time(house: House) -> None:
    names = [f"n{number}" for number in range(100)]
    await house.connect(*names)
    house.exchange.hanging.add(key_named("n0").api_key)
    await house.runs(4.6)
    late = {name: house.gaps(name) for name in names[1:] if max(house.gaps(name), default=99.0) > 1.5 * INTERVAL}
    assert late == {}
    assert {len(house.asked(name)) for name in names[1:]} <= {4, 5}


async def test_a_key_whose_probe_is_under_way_is_not_asked_for_again(house: House) -> None:
    await house.connect("slow")
    house.exchange.hanging.add(key_named("slow").api_key)
    await house.runs(3.5)
    assert len(house.asked("slow")) == 1
    house.exchange.hanging.clear()
    house.exchange.let_go.set()
    await house.runs(1.6)
    assert len(house.asked("slow")) >= 2


async def test_a_stall_of_a_second_drops_no_turn(house: House) -> None:
    house.turns_every(2.0)
    names = [f"n{number}" for number in range(20)]
    await house.connect(*names)
    await house.runs(2.3)
    time.sleep(1.0)  # noqa: ASYNC251 - the stall
    await house.runs(3.2)
    # Whose turn came in the stall has it right after, a second late. Had it been dropped, the next were after four.
    assert {name for name in names if max(house.gaps(name), default=99.0) > 3.7} == set()


@pytest.mark.parametrize("jump", [3600.0, -7200.0, 20 * 365 * 86400.0])
async def test_a_wall_clock_that_is_set_makes_neither_storm_nor_silence(
    house: House, monkeypatch: pytest.MonkeyPatch, jump: float
) -> None:
    class WallClock(dt.datetime):
        """APScheduler looks at the wall clock by itself."""

        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> "WallClock":
            return cls.fromtimestamp(house.clock.now(), tz)

    monkeypatch.setattr("apscheduler.schedulers.base.datetime", WallClock)
    monkeypatch.setattr("bot.scheduler.dispatcher.STILL", 1.0)
    names = [f"n{number}" for number in range(20)]
    await house.connect(*names)
    await house.runs(1.6)
    house.clock.wall_is_off_by += jump
    before = {name: len(house.asked(name)) for name in names}
    await house.runs(4.0)
    assert {len(house.asked(name)) - before[name] for name in names} <= {2, 3, 4, 5}


async def test_the_watchdog_starts_who_was_forgotten_and_says_so(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, "latchkey.watch")
    (forgotten,) = await house.connect("forgotten")
    house.watch.ring.discard(forgotten)  # as if a mistake of ours had lost its turn
    await house.runs(3.3)
    assert len(house.asked("forgotten")) >= 1
    assert "watch.stale" in {record.getMessage() for record in caplog.records}


async def test_while_all_are_on_time_the_watchdog_says_nothing(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, "latchkey.watch")
    await house.connect("first", "second")
    await house.runs(3.3)
    assert caplog.records == []


async def test_a_dead_key_is_confirmed_by_one_more_probe_before_its_next_turn(house: House) -> None:
    house.turns_every(3600.0)  # no turn of its own comes in between
    (dead,) = await house.connect("dead")
    house.exchange.dead.add(key_named("dead").api_key)
    house.checks.start([dead])
    await house.runs(6.5)
    assert len(house.asked("dead")) == 2
    assert 4.0 < house.gaps("dead")[0] < 10.0
    async with house.store.transaction() as tx:
        connection = await tx.connections.get(dead)
    assert connection is not None
    assert connection.health.status is Status.REAUTH_NEEDED


async def test_a_key_that_rests_is_left_out_for_its_turns_and_not_forgotten(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    resting, _ = await house.connect("resting", "awake")
    house.watch.rest(resting, 3)
    await house.runs(4.6)
    assert len(house.asked("resting")) in {1, 2}
    assert len(house.asked("awake")) >= 4
    assert [] == [record for record in caplog.records if record.message == "watch.stale"]


async def test_a_rest_ends_when_an_extra_look_is_wanted(house: House) -> None:
    (resting,) = await house.connect("resting")
    house.watch.rest(resting, 100)
    house.watch.soon(resting, 0.1)
    await house.runs(2.6)
    assert len(house.asked("resting")) >= 2


async def test_who_is_disconnected_is_asked_for_no_more(house: House) -> None:
    (gone,) = await house.connect("gone")
    await house.runs(1.6)
    house.watch.remove(gone)
    await asyncio.sleep(0.1)
    before = len(house.asked("gone"))
    await house.runs(2.0)
    assert len(house.asked("gone")) == before


@pytest.mark.parametrize("moment", [0.0, 0.01, 0.02, 0.025, 0.03, 0.05])
async def test_a_stop_while_probes_are_under_way_leaves_no_half_record(house: House, moment: float) -> None:
    """What was answered is recorded whole, flip and message together, or not at all; what hung is as it was before."""
    dead, hanging = [f"dead{n}" for n in range(20)], [f"hangs{n}" for n in range(20)]
    ids = await house.connect(*dead, *hanging)
    house.exchange.dead |= {key_named(name).api_key for name in dead}
    house.exchange.hanging |= {key_named(name).api_key for name in hanging}
    await asyncio.gather(*(house.checks.now(one) for one in ids[: len(dead)]))  # suspected; the next probe confirms
    house.checks.start(ids)
    await house.until(lambda: all(len(house.exchange.answered[key_named(name).api_key]) == 2 for name in dead))
    await asyncio.sleep(moment)  # the recorder waits 20 ms for company, then commits
    await house.tasks.aclose(0)
    told = 0
    async with house.store.transaction() as tx:
        for connection_id in ids:
            connection = await tx.connections.get(connection_id)
            flips = await tx.flips.latest(connection_id)
            alerts = await tx.alerts.open_of(connection_id)
            assert connection is not None
            seen = (connection.health.status, len(flips), len(alerts))
            assert seen in {(Status.CONNECTED, 0, 0), (Status.REAUTH_NEEDED, 2, 1)}
            assert connection.latency is None or connection.label in dead  # what hung was not recorded
            told += len(alerts)
        assert (await tx.outbox.waiting(house.clock.now()))[0] == told
    assert told in {0, len(dead)}  # one commit for all that came together


async def test_a_probe_that_ends_during_the_stop_complains_of_nothing(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    (slow,) = await house.connect("slow")
    house.exchange.hanging.add(key_named("slow").api_key)
    house.checks.start([slow])
    await house.until(lambda: len(house.asked("slow")) == 1)
    asyncio.get_running_loop().call_later(0.05, house.exchange.let_go.set)
    await house.tasks.aclose(1.0)
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []
