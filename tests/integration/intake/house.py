"""Everything between Telegram and the handlers, wired as the service wires it; the handlers are a notebook."""

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiogram import Dispatcher
from aiogram.types import CallbackQuery, Message

from bot.sandbox.clock import SandboxClock
from bot.sandbox.telegram.calls import Call
from bot.sandbox.world import Sandbox
from bot.store import SqlStore, open_store
from bot.telegram.deletions import DeletionLane
from bot.telegram.downtime import Contact
from bot.telegram.file_watch import FileWatch
from bot.telegram.guard import Guard, Sighting
from bot.telegram.intake import Intake
from bot.telegram.intake_state import KeyIntake, Operators
from bot.telegram.lanes import Worker
from bot.telegram.ledger import Ledger
from bot.telegram.poller import Poller
from bot.telegram.questions import OpenQuestions
from bot.telegram.wire import make_bot
from bot.usecases.background import BackgroundTasks
from bot.usecases.delivery import Kind, OutboxItem
from bot.usecases.storage import Store
from bot.vault import Keyring, Vault, new_keyring

OPERATOR = 9_000_001
API_KEY = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A"
SECRET = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j"


class HouseClock:
    """The sandbox's time. Waiting is short, whatever was asked for, and remembered."""

    LONGEST_NAP = 0.03

    def __init__(self, world: SandboxClock) -> None:
        self._world = world
        self.slept: list[float] = []

    def now(self) -> float:
        return self._world.now()

    def monotonic(self) -> float:
        return self._world.now()  # it only moves forward, and tests may move it

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(min(seconds, self.LONGEST_NAP))


class CountingMetrics:
    def __init__(self) -> None:
        self.deletions: list[tuple[str, float]] = []
        self.updates: list[str] = []

    def probe(self, exchange: str, outcome: str, seconds: float) -> None: ...

    def lateness(self, seconds: float) -> None: ...

    def deletion(self, outcome: str, seconds: float) -> None:
        self.deletions.append((outcome, seconds))

    def flip(self, side: str, new: str) -> None: ...

    def outbox(self, depth: int, oldest: float) -> None: ...

    def update(self, outcome: str) -> None:
        self.updates.append(outcome)


@dataclass
class Said:
    """What intake said by itself: (what, chat)."""

    notices: list[tuple[str, int]] = field(default_factory=list)
    fails: bool = False

    def _say(self, what: str, chat_id: int) -> None:
        if self.fails:
            raise RuntimeError("the notice could not be sent")
        self.notices.append((what, chat_id))

    async def cannot_keep(self, chat_id: int, language: str | None) -> None:
        self._say("cannot keep", chat_id)

    async def too_fast(self, chat_id: int, language: str | None) -> None:
        self._say("too fast", chat_id)

    async def not_looked_into(self, chat_id: int, message_id: int | None, language: str | None) -> None:
        self._say("not looked into", chat_id)

    async def lost_secret(self, chat_id: int, user_id: int) -> None:
        self._say("lost secret", chat_id)

    async def stale_press(self, chat_id: int, user_id: int) -> None:
        self._say("stale press", chat_id)

    async def anonymous(self, chat_id: int, message_id: int, language: str | None) -> None:
        self._say("anonymous", chat_id)


class Notebook:
    """Handlers that write down what they get, and answer. ``boom`` raises; ``wait`` waits for ``let_go``."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self.heard: list[str] = []
        self.pressed: list[str] = []
        self.answers: list[bool] = []
        self.let_go = asyncio.Event()
        dispatcher.message.register(self.on_message)
        dispatcher.callback_query.register(self.on_press)

    async def on_message(self, message: Message, sighting: Sighting) -> None:
        text = message.text or message.caption or ""
        if text.startswith("boom"):
            raise ValueError(text)
        if text.startswith("wait"):
            await self.let_go.wait()
        self.heard.append(text)
        self.answers.append(sighting.answer)
        await message.answer(f"heard {len(text)} characters")

    async def on_press(self, query: CallbackQuery) -> None:
        self.pressed.append(query.data or "")
        await query.answer("pressed")


class House:
    """One installation. ``start`` and ``crash`` may follow each other; data and master key stay."""

    def __init__(self, sandbox: Sandbox, folder: Path, own_webhook: str | None = None) -> None:
        self.own_webhook = own_webhook
        self.sandbox = sandbox
        self.database = folder / "data" / "latchkey.db"
        self.keyring: Keyring = new_keyring()
        self.clock = HouseClock(sandbox.clock)
        self.metrics = CountingMetrics()
        self.said = Said()
        self.store: SqlStore
        self.running = False

    async def open(self, *, wrap: Any = None) -> None:
        """Everything but the updates. ``wrap`` puts something around the store."""
        self.store = open_store(f"sqlite:///{self.database}")
        await self.store.migrate()
        store: Store = wrap(self.store) if wrap else self.store
        self.tasks = BackgroundTasks()
        self.bot = make_bot(self.sandbox.token, self.sandbox.telegram_url)
        self.dispatcher = Dispatcher()
        self.notebook = Notebook(self.dispatcher)
        self.questions = OpenQuestions(store, self.clock)
        await self.questions.load()
        self.operators = Operators([OPERATOR], self.clock)
        self.key_intake = KeyIntake(store, self.operators, self.clock)
        self.contact = Contact(store, self.questions, self.clock)
        self.ledger = Ledger(store, self.clock, self.tasks)
        self.deletions = DeletionLane(
            bot=self.bot,
            store=store,
            ledger=self.ledger,
            clock=self.clock,
            tasks=self.tasks,
            metrics=self.metrics,
        )
        self.guard = Guard(self.bot.id, self.questions, self.clock, {"start", "help", "cancel", "connect"})
        self.worker = Worker(
            bot=self.bot,
            dispatcher=self.dispatcher,
            deletions=self.deletions,
            files=FileWatch(
                bot=self.bot,
                guard=self.guard,
                deletions=self.deletions,
                store=store,
                notices=self.said,
                clock=self.clock,
            ),
            ledger=self.ledger,
            notices=self.said,
            operators=self.operators,
            clock=self.clock,
            tasks=self.tasks,
            metrics=self.metrics,
        )
        self.intake = Intake(
            store=store,
            boxes=Vault(self.keyring, "deployment"),
            guard=self.guard,
            deletions=self.deletions,
            worker=self.worker,
            ledger=self.ledger,
            notices=self.said,
            operators=self.operators,
            clock=self.clock,
            tasks=self.tasks,
            metrics=self.metrics,
        )
        self.poller = Poller(
            bot=self.bot,
            intake=self.intake,
            worker=self.worker,
            key_intake=self.key_intake,
            contact=self.contact,
            clock=self.clock,
            tasks=self.tasks,
            own_webhook=self.own_webhook,
        )
        self.running = True

    async def start(self, *, wrap: Any = None) -> None:
        """As the service starts: what was left first, then new updates."""
        await self.open(wrap=wrap)
        await self.contact.back()
        await self.intake.replay()
        self.polling = self.tasks.spawn("poller", self.poller.run())

    async def crash(self) -> None:
        """Everything stops where it stands: nothing is drained, nothing is written."""
        if self.running:
            self.running = False
            await self.tasks.aclose(0)
            await self.bot.session.close()
            await self.store.close()

    async def stop(self, seconds: float = 10.0) -> bool:
        """As SIGTERM does it; True if everything was handled."""
        self.running = False
        self.poller.stop()
        await self.polling
        drained = await self.worker.drain(seconds)
        await self.deletions.idle(seconds)
        await self.ledger.settled()
        await self.tasks.aclose(1)
        await self.bot.session.close()
        await self.store.close()
        return drained

    # ------------------------------------------------------------------------------------------------------------ eyes

    def calls(self) -> list[Call]:
        """The Bot API calls but those that only fetch, oldest first."""
        return [call for call in self.sandbox.telegram.calls if call.method not in {"getUpdates", "getMe"}]

    async def until(self, true: Any, seconds: float = 5.0) -> None:
        """Waits until ``true()`` is."""
        ends = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < ends, "waited in vain"
            await asyncio.sleep(0.01)

    async def settled(self) -> None:
        """Waits until every handler is through and everything is written down."""
        await self.until(lambda: not self.worker._running)
        await asyncio.sleep(0)
        await self.ledger.settled()

    async def told(self, kind: Kind, count: int = 1) -> list[OutboxItem]:
        """Waits until the outbox holds this many messages of a kind (the oldest of each chat); returns them."""
        for _ in range(300):
            async with self.store.transaction() as tx:
                found = [item for item in await tx.outbox.due(self.clock.now() + 1) if item.kind is kind]
            if len(found) >= count:
                return found
            await asyncio.sleep(0.01)
        raise AssertionError(f"nobody was told {kind}")

    async def outbox(self) -> list[OutboxItem]:
        """The oldest message waiting for each chat."""
        async with self.store.transaction() as tx:
            return list(await tx.outbox.due(self.clock.now() + 1))

    async def unfinished(self) -> list[int]:
        """Update ids in the inbox that are not done."""
        async with self.store.transaction() as tx:
            return [row.update_id for row in await tx.inbox.unfinished()]

    def files(self) -> bytes:
        """Everything in the data directory, database and write-ahead log alike."""
        return b"".join(path.read_bytes() for path in self.database.parent.iterdir() if path.is_file())
