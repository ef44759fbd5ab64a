"""How soon people are told, what is lost and what comes twice: the relay and the sender against a strict Telegram.

By itself, in a small size: `python -m tests.benchmarks.telling`.
"""

import asyncio
import re
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvloop

from bot.domain.connection import ConnectionId
from bot.domain.failures import Failure, Severity, Trouble
from bot.exchanges.binance import PROFILE
from bot.lifecycle import SystemClock
from bot.sandbox.world import Sandbox
from bot.scheduler.dispatcher import Watch
from bot.store.engine import SqlStore, open_store
from bot.telegram.alert_rendering import AlertRenderer
from bot.telegram.intake_state import Operators
from bot.telegram.sender import TelegramSender
from bot.telegram.texts import Texts
from bot.telegram.wire import make_bot
from bot.usecases.background import BackgroundTasks
from bot.usecases.delivery import Kind, OutboxItem
from bot.usecases.record import Probed, Recorder
from bot.usecases.relay import RelayAlerts
from bot.usecases.scene import Scene
from tests.benchmarks.figures import Figure, at_most, percentile
from tests.benchmarks.hurry import HurriedClock, hurried
from tests.benchmarks.installation import LIVE, OWNERS, installation
from tests.benchmarks.parts import Notes
from tests.benchmarks.stage import Stage, stage

Said = Sequence[tuple[int, str, float]]
"""Chat, text and time of each message of the bot's."""

KEYS = 64
BAD_PROBES = 3
"""In a row, before an outage is told."""
LAST_WORD = 1.0
"""Seconds after the outbox is empty in which something could still come that should not."""


@asynccontextmanager
async def relaying(
    store: SqlStore, token: str, telegram_url: str, clock: SystemClock, tasks: BackgroundTasks
) -> AsyncIterator[RelayAlerts]:
    """The relay as ``bot.app`` puts it together, running."""
    bot = make_bot(token, telegram_url)
    sender = TelegramSender(bot, AlertRenderer(Texts(), {"binance": PROFILE}, clock))
    relay = RelayAlerts(store, sender, clock, Notes(), tasks, sender.pace)
    running = tasks.spawn("relay", relay.run())
    try:
        yield relay
    finally:
        relay.stop()
        await running
        await tasks.aclose(5.0)
        await bot.session.close()


class Unsuspecting:
    """``Suspicions``: asks nobody beside the schedule."""

    def follow(self, batch: Sequence[Probed]) -> None: ...


@dataclass(frozen=True, slots=True)
class House:
    """Connections of owners who can be told, and what tells them."""

    sandbox: Stage
    store: SqlStore
    connections: Sequence[ConnectionId]
    people: Sequence[int]
    relay: RelayAlerts
    recorder: Recorder

    async def probed(self, connections: Sequence[ConnectionId], trouble: Trouble, at: float) -> None:
        """Their probes ended badly, all at the same moment."""
        await asyncio.gather(
            *(
                self.recorder.record(Probed(each, 1, LIVE, self.people[n % len(self.people)], at, 0.1, trouble, None))
                for n, each in enumerate(connections)
            )
        )

    async def quiet(self) -> None:
        """Returns when nothing waits any more."""
        waiting = 1
        while waiting:
            await asyncio.sleep(0.25)
            async with self.store.transaction() as tx:
                waiting, _ = await tx.outbox.waiting(time.time())
        await asyncio.sleep(LAST_WORD)

    async def heard(self) -> tuple[Said, int]:
        """What was said, and how often Telegram refused."""
        told: dict[str, Any] = await self.sandbox.ask("heard")
        assert told["violations"] == [], told["violations"]
        return told["messages"], told["refused"]


@asynccontextmanager
async def house(connections: int, owners: int) -> AsyncIterator[House]:
    """Telegram enforces its limits there."""
    clock, tasks = SystemClock(), BackgroundTasks()
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(stage())
        installed = await stack.enter_async_context(installation())
        people = await sandbox.ask("people", count=owners)
        keys = await sandbox.ask("accounts", count=KEYS, environment="live")
        made = await installed.fill(keys, LIVE, connections, owners)
        await sandbox.ask("limits", enforced=True)
        store, vault = await stack.enter_async_context(installed.opened())
        relay = await stack.enter_async_context(relaying(store, sandbox.token, sandbox.telegram_url, clock, tasks))
        recorder = Recorder(
            store,
            vault,
            Watch(60.0, clock),
            Notes(),
            tasks,
            on_news=relay.wake,
            scene=Scene(),
            suspicions=Unsuspecting(),
            operators=Operators((), clock),
        )
        yield House(sandbox, store, made, people, relay, recorder)


# ------------------------------------------------------------------------------------------------------------ an outage


async def outage(connections: int = 5_000, owners: int = OWNERS) -> list[Figure]:
    """An exchange goes down: from the third bad probe of its keys until every owner knows."""
    down = Trouble(Failure.EXCHANGE_UNAVAILABLE, code="HTTP 503")
    async with house(connections, owners) as home:
        for before in range(1, BAD_PROBES):
            await home.probed(home.connections, down, time.time() - 60.0 * (BAD_PROBES - before))
        began = time.time()
        await home.probed(home.connections, down, began)
        await home.quiet()
        said, refused = await home.heard()
    first: dict[int, float] = {}
    for chat_id, _, at in said:
        first[chat_id] = min(at - began, first.get(chat_id, at - began))
    return [
        Figure("an owner is told first, p50", percentile(list(first.values()), 50), "s"),
        Figure("an owner is told first, p99", percentile(list(first.values()), 99), "s"),
        Figure("the last owner is told first", max(first.values()), "s", target=at_most(60)),
        Figure(f"the last of {len(said):,} messages", max(at for *_, at in said) - began, "s"),
        Figure(f"owners not told, of {owners:,}", owners - len(first), "owners", target=at_most(0)),
        Figure("messages that came twice", _twice(said), "messages", target=at_most(0)),
        Figure("refusals (429)", refused, "calls", target=at_most(0)),
    ]


# ------------------------------------------------------------------------------------------- critical among many others


async def critical(waiting: int = 10_000, owners: int = OWNERS, samples: int = 60) -> list[Figure]:
    """One key after the other turns dangerous while everybody is being told thousands of things that can wait."""
    dangerous = Trouble(Failure.WITHDRAW_ENABLED)
    async with house(samples, samples) as home:
        others = home.people + await home.sandbox.ask("people", count=owners)
        now = time.time()
        async with home.store.transaction() as tx:
            for number in range(0, waiting, owners):
                await tx.outbox.add_all([_advice(chat, number, now) for chat in islice(others, owners)])
        looking = time.perf_counter()
        async with home.store.transaction() as tx:
            await tx.outbox.due(now, 5)
        looked = time.perf_counter() - looking
        home.relay.wake()
        flipped = []
        for connection in home.connections:
            await asyncio.sleep(1.0)
            flipped.append(time.time())
            await home.probed([connection], dangerous, flipped[-1])
        await asyncio.sleep(5.0)
        async with home.store.transaction() as tx:
            left, _ = await tx.outbox.waiting(time.time())
        said, refused = await home.heard()
    told = {
        int(found[1]): at
        for _, text, at in said
        if "dangerous right" in text and (found := re.search(r"(?i)binance (\d+)", text))
    }
    took = [at - flipped[number] for number, at in told.items()]
    return [
        Figure(f"flip to message, p50 of {len(took)}", percentile(took, 50), "s"),
        Figure("flip to message, p99", percentile(took, 99), "s", target=at_most(5)),
        Figure("flip to message, longest", max(took), "s"),
        Figure(f"to look for what is next, {waiting:,} waiting", 1000 * looked, "ms"),
        Figure("critical messages not told", samples - len(took), "messages", target=at_most(0)),
        Figure("others that still waited at the end", left, "messages"),
        Figure("refusals (429)", refused, "calls", target=at_most(0)),
    ]


def _advice(chat_id: int, number: int, now: float) -> OutboxItem:
    facts = {
        "label": f"Old {number}",
        "exchange": "binance",
        "market": "spot",
        "environment": "live",
        "tail": "x7Qz",
        "age": 180 * 86400.0,
    }
    about = ConnectionId(f"{number:032x}")
    return OutboxItem(
        0, chat_id, Kind.KEY_AGED, facts, now, now, connection_id=about, silent=True, severity=Severity.INFO
    )


# --------------------------------------------------------------------------------------------- an hour of bad weather


def bad_weather(seconds: float = 3_600.0, per_second: float = 1.0, speed: float = 30.0) -> list[Figure]:
    """Every tenth call fails, for an hour of simulated time; one of 200 such has gone through all the same."""
    written, said = hurried(lambda: _weather(seconds, per_second), speed)
    lost = len(written - said.keys())
    twice = sum(said.values()) - len(said)
    return [
        Figure(f"messages lost, of {len(written):,}", lost, "messages", target=at_most(0)),
        Figure("messages that came twice", 100 * twice / len(written), "%", target=at_most(0.1)),
    ]


async def _weather(seconds: float, per_second: float) -> tuple[set[str], Counter[str]]:
    clock, tasks, written = HurriedClock(), BackgroundTasks(), set[str]()
    with TemporaryDirectory(prefix="latchkey-bench-") as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'latchkey.db'}")
        await store.migrate()
        async with Sandbox(page=False) as sandbox:
            people = [sandbox.person(f"Owner {number}") for number in range(50)]
            sandbox.telegram.faults.now_and_then("sendMessage", 0.1, lost_answers=0.005)
            async with relaying(store, sandbox.token, sandbox.telegram_url, clock, tasks) as relay:
                began = clock.monotonic()
                while clock.monotonic() < began + seconds:
                    await clock.sleep(1.0 / per_second)
                    person, text = people[len(written) % len(people)], f"message{len(written)}"
                    written.add(text)
                    now = clock.now()
                    async with store.transaction() as tx:
                        await tx.outbox.add(OutboxItem(0, person.id, Kind.OPERATOR, {"event": text}, now, now))
                    relay.wake()
                while True:
                    await clock.sleep(1.0)
                    async with store.transaction() as tx:
                        if (await tx.outbox.waiting(clock.now()))[0] == 0:
                            break
            shown = [
                message.text.split()[-1]
                for chat in sandbox.telegram.chats.values()
                for message in chat.messages.values()
            ]
        await store.close()
    return written, Counter(shown)


def _twice(said: Said) -> int:
    return len(said) - len({(chat_id, text) for chat_id, text, _ in said})


async def _small() -> list[Figure]:
    return [*await outage(100, 50), *await critical(1_000, 100, 10)]


if __name__ == "__main__":
    for figure in (*uvloop.run(_small()), *bad_weather(600.0)):
        sys.stdout.write(f"{figure}\n")
