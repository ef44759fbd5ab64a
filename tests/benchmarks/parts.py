"""The part of the service that checks keys, put together as ``bot.app`` does it, with the numbers taken down."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.exchanges.gateway import CcxtGateway
from bot.scheduler.dispatcher import Watch
from bot.telegram.intake_state import Operators
from bot.usecases.background import BackgroundTasks
from bot.usecases.check import CheckConnections
from bot.usecases.record import Recorder
from bot.usecases.scene import Scene
from bot.usecases.suspicions import FollowSuspicions
from tests.benchmarks.clock import WallClock
from tests.benchmarks.installation import Installation
from tests.benchmarks.stage import Stage


class Notes:
    """The ``Metrics`` port: keeps every number."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self.took: defaultdict[str, list[float]] = defaultdict(list)

    def probe(self, exchange: str, outcome: str, seconds: float) -> None:
        self.took[outcome].append(seconds)

    def lateness(self, seconds: float) -> None:
        self.late.append(seconds)

    def deletion(self, outcome: str, seconds: float) -> None: ...

    def flip(self, side: str, new: str) -> None: ...

    def outbox(self, depth: int, oldest: float) -> None: ...

    def update(self, outcome: str) -> None: ...


class NetworkIsUp:
    """The ``Connectivity`` port."""

    down = False

    def heard(self, exchange: str) -> None: ...

    async def is_ours(self, exchange: str) -> bool:
        return False

    def admits(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Checking:
    """What checks keys."""

    watch: Watch
    checks: CheckConnections
    gateway: CcxtGateway
    notes: Notes
    clock: WallClock

    async def idle(self) -> None:
        """Waits until no probe is under way."""
        while self.checks.in_flight:  # noqa: ASYNC110 - no event tells it
            await asyncio.sleep(0.001)


@asynccontextmanager
async def checking(
    stage: Stage, installation: Installation, *, interval: float = 60.0, budget_share: float = 1.0
) -> AsyncIterator[Checking]:
    """Puts it together over the data folder, and takes it apart again."""
    clock, notes, tasks = WallClock(), Notes(), BackgroundTasks()
    async with installation.opened() as (store, vault):
        watch = Watch(interval, clock)
        gateway = CcxtGateway(stage.exchange_urls, clock, [], budget_share=budget_share)
        scene = Scene()
        recorder = Recorder(
            store,
            vault,
            watch,
            notes,
            tasks,
            scene=scene,
            suspicions=FollowSuspicions(scene, gateway, watch, clock, tasks),
            operators=Operators((), clock),
        )
        checks = CheckConnections(store, gateway, vault, recorder, NetworkIsUp(), clock, notes, tasks)
        try:
            yield Checking(watch, checks, gateway, notes, clock)
        finally:
            await tasks.aclose(1.0)
            await gateway.close()


class Stalls:
    """How long the event loop kept everybody waiting."""

    STEP = 0.005

    def __init__(self) -> None:
        self.longest = 0.0

    async def watch(self) -> None:
        """Until cancelled."""
        while True:
            before = time.perf_counter()
            await asyncio.sleep(self.STEP)
            self.longest = max(self.longest, time.perf_counter() - before - self.STEP)
