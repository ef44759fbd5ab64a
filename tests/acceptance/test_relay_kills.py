"""kill -9 while alerts go out: none is lost, and none comes twice but those that were on their way just then.

The service is ``python -m bot run`` in a process of its own, against the sandbox. Before each start messages are put
into the outbox of five people; then the process is killed at a random moment of the sending. A round is one person's
messages and one SIGKILL, so one kill is five rounds. ``LATCHKEY_RELAY_KILL_ROUNDS`` says how many (200);
``LATCHKEY_KILL_SEED`` repeats the moments, as far as a machine repeats anything.
"""

import asyncio
import os
import random
import signal
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.domain.failures import Severity
from bot.sandbox.world import Sandbox
from bot.store.engine import open_store
from bot.usecases.delivery import Kind, OutboxItem
from bot.vault import new_keyring, save_keyring
from tests.prefork import Command, Prefork, prefork_server

ROUNDS = int(os.environ.get("LATCHKEY_RELAY_KILL_ROUNDS", "200"))
SEED = int(os.environ.get("LATCHKEY_KILL_SEED", "0")) or random.SystemRandom().randrange(1, 1_000_000)
PEOPLE = 5
TO_EACH = 1
"""Messages to each person before each start; with what earlier kills left, more than one waits for most."""
AROUND = 0.08
"""Seconds after a message of the bot's within which the kill falls: it takes a few thousandths to be recorded."""
SECONDS_TO_START = 30.0
SECONDS_TO_TELL = 60.0

pytestmark = [pytest.mark.slow, pytest.mark.timeout(max(300, 3 * ROUNDS))]


@dataclass
class Post:
    """One installation, its process, the people, and what was written to them."""

    sandbox: Sandbox
    prefork: Prefork
    folder: Path
    dice: random.Random
    process: Command | None = None
    kills: int = 0
    written: dict[str, int] = field(default_factory=dict)
    """By the text that is in the message: to whom."""
    in_flight: Counter[str] = field(default_factory=Counter)
    """How often a message was on its way when the process was killed."""

    def __post_init__(self) -> None:
        self.people = [self.sandbox.person(f"Person {number}") for number in range(PEOPLE)]
        self.database = self.folder / "data" / "latchkey.db"
        save_keyring(self.folder / "master-key.json", new_keyring())

    async def write(self) -> None:
        """Some messages to everybody, critical ones and others, about different things."""
        store = open_store(f"sqlite:///{self.database}")
        await store.migrate()
        now = time.time()
        async with store.transaction() as tx:
            for person in self.people:
                for number in range(TO_EACH):
                    text = f"n{self.kills}p{person.id}m{number}."
                    severity = self.dice.choice((Severity.CRITICAL, Severity.INFO))
                    self.written[text] = person.id
                    await tx.outbox.add(
                        OutboxItem(
                            0, person.id, Kind.OPERATOR, {"event": text}, now, now, severity=severity, thread=text
                        )
                    )
        await store.close()

    async def start(self) -> None:
        settings = {
            "BOT_TOKEN": self.sandbox.token,
            "TELEGRAM_API_URL": self.sandbox.telegram_url,
            "DATA_DIR": str(self.folder / "data"),
            "MASTER_KEY_FILE": str(self.folder / "master-key.json"),
            "LOG_LEVEL": "WARNING",
        }
        self.process = await self.prefork.start(
            "run",
            environment={f"LATCHKEY_{name}": value for name, value in settings.items()},
            folder=self.folder,
            output=self.folder / "log",
        )

    async def kill_while_it_sends(self) -> None:
        """After a random number of messages, and a random moment later."""
        before = self._sent_so_far()
        wanted = self.dice.randint(1, PEOPLE)
        await self.until(lambda: sum((self._sent_so_far() - before).values()) >= wanted, SECONDS_TO_START, "a message")
        await asyncio.sleep(self.dice.uniform(0, AROUND) * self.dice.random())
        assert self.process is not None
        self.process.send(signal.SIGKILL)
        assert await self.process.ended() == -signal.SIGKILL, "the service ended by itself"
        await asyncio.sleep(0.05)  # what it had written into its sockets has arrived
        self.kills += 1
        waiting = self._unsent()
        on_their_way = [text for text in self._sent_so_far() - before if text in waiting]
        self.in_flight.update(on_their_way)
        assert len({self.written[text] for text in on_their_way}) == len(on_their_way), "two at a time to one chat"

    def _sent_so_far(self) -> Counter[str]:
        """How often each text was said; parts of the story, so that nothing is forgotten."""
        return Counter(
            message.text.removeprefix("ℹ️ ")  # noqa: RUF001 - the sign that operators see
            for person in self.people
            for message in self.sandbox.telegram.chats[person.id].messages.values()
            if message.from_bot and message.text.removeprefix("ℹ️ ") in self.written  # noqa: RUF001
        )

    def _unsent(self) -> set[str]:
        with closing(sqlite3.connect(self.database)) as database:
            rows = database.execute("select thread from outbox where finished_at is null")
            return {str(text) for (text,) in rows}

    async def until(self, true: Callable[[], bool], seconds: float, what: str) -> None:
        ends = time.monotonic() + seconds
        while not true():
            if time.monotonic() > ends:
                log = (self.folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:]
                raise AssertionError(f"waited {seconds:g} s in vain for {what} (seed {SEED})\n{log}")
            await asyncio.sleep(0.002)

    async def everything_arrives(self) -> None:
        await self.start()
        seconds = SECONDS_TO_TELL + 1.2 * len(self._unsent()) / PEOPLE
        await self.until(lambda: not self._unsent(), seconds, "everything to be told")
        assert self.process is not None
        self.process.send(signal.SIGKILL)
        await self.process.ended()


@pytest.fixture
def prefork() -> Iterator[Prefork]:
    with prefork_server() as server:
        yield server


async def test_killed_while_alerts_go_out_none_is_lost_and_only_what_was_on_its_way_comes_twice(
    tmp_path: Path, prefork: Prefork
) -> None:
    started = time.monotonic()
    async with Sandbox(page=False) as sandbox:
        post = Post(sandbox, prefork, tmp_path, random.Random(SEED))  # noqa: S311 - repeatable
        try:
            while post.kills * PEOPLE < ROUNDS:
                await post.write()
                await post.start()
                await post.kill_while_it_sends()
            await post.everything_arrives()
        finally:
            if post.process is not None:
                post.process.send(signal.SIGKILL)
        said = post._sent_so_far()
        assert set(post.written) - set(said) == set(), f"lost, seed {SEED}"
        assert said - Counter(post.written.keys()) - post.in_flight == Counter(), f"told twice, seed {SEED}"
        assert sandbox.telegram.violations == []
    twice = sum((said - Counter(post.written.keys())).values())
    sys.stdout.write(
        f"\n{post.kills * PEOPLE} rounds: {post.kills} kills with {PEOPLE} people each, seed {SEED}, "
        f"{time.monotonic() - started:.0f} s\n{len(post.written)} messages, 0 lost, "
        f"{sum(post.in_flight.values())} on their way at a kill, {twice} told twice\n"
    )
