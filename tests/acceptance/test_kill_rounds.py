"""kill -9 while keys are being sent: no secret stays in a chat, a file or a log; whoever was asked is asked again.

The service is `python -m bot run` in a process of its own, logging at DEBUG, against the sandbox. A round is one person
sending one key within 300 ms of a SIGKILL, before or after it. Five people send at a time, each at a moment of their
own, so one kill is five rounds. `LATCHKEY_KILL_ROUNDS` says how many (200); `LATCHKEY_KILL_SEED` repeats what is sent
and when, as far as a machine repeats anything.
"""

import asyncio
import base64
import json
import os
import random
import signal
import string
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.sandbox.control.person import Person
from bot.sandbox.telegram.messages import Message
from bot.sandbox.world import Sandbox
from bot.vault import new_keyring, save_keyring
from tests.acceptance.walk import to_the_question
from tests.prefork import Command, Prefork, prefork_server

ROUNDS = int(os.environ.get("LATCHKEY_KILL_ROUNDS", "200"))
SEED = int(os.environ.get("LATCHKEY_KILL_SEED", "0")) or random.SystemRandom().randrange(1, 1_000_000)
PEOPLE = 5
ASKED = 3
"""How many of them are at the question for the key; the others send keys that nobody asked for."""
AROUND = 0.3
"""Seconds within which everybody sends and the kill falls."""
SECONDS_TO_START = 30.0
SECONDS_TO_DELETE = 15.0
QUESTIONS = ("Send me the API key", "Now the secret key")
LABEL = "What shall we call"
LETTERS = string.ascii_letters + string.digits
MARKS = ("q7Zt4Kx9Wm2B", "Rv8Yd3Hn6Jc5")
"""Every secret begins with the one and nearly ends with the other, so that half a secret is found, too."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(max(300, 3 * ROUNDS))]


def _encodings(mark: str) -> list[bytes]:
    """The mark as it would look raw, in hex and in base64, wherever in the encoded text it lies."""
    plain = mark.encode()
    found = [plain, plain.hex().encode(), plain.hex().upper().encode()]
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + plain)
        clean = encoded[-(-before * 4 // 3) : (before + len(plain)) * 4 // 3]
        found += [clean, clean.replace(b"+", b"-").replace(b"/", b"_")]
    return found


TRACES = [trace for mark in MARKS for trace in _encodings(mark)]


class Shown(NamedTuple):
    """The newest message in a chat that asks for something; empty while it is being replaced."""

    message_id: int
    text: str


@dataclass
class House:
    """One installation, its process, and the people."""

    sandbox: Sandbox
    prefork: Prefork
    folder: Path
    dice: random.Random
    process: Command | None = None
    kills: int = 0
    sent: list[Message] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)
    slowest_deletion: float = 0.0
    gone_before_the_kill: int = 0
    starting: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.asked = [self.sandbox.person(f"Asked {number}") for number in range(ASKED)]
        self.others = [self.sandbox.person(f"Other {number}") for number in range(PEOPLE - ASKED)]
        self.group = self.sandbox.group("Desk", owner=self.others[0], kind="supergroup")
        self.group.add(self.sandbox.bot, status="administrator", rights={"can_delete_messages": True})
        for other in self.others[1:]:
            self.group.add(other)
        self.data, self.logs = self.folder / "data", self.folder / "logs"
        self.logs.mkdir()
        save_keyring(self.folder / "master-key.json", new_keyring())

    def secret(self) -> str:
        return (
            MARKS[0] + "".join(self.dice.choices(LETTERS, k=36)) + MARKS[1] + "".join(self.dice.choices(LETTERS, k=4))
        )

    # --------------------------------------------------------------------------------------------------- the process

    async def start(self) -> None:
        """Returns when the service fetches updates."""
        settings = {
            "BOT_TOKEN": self.sandbox.token,
            "TELEGRAM_API_URL": self.sandbox.telegram_url,
            "EXCHANGE_URLS": json.dumps(self.sandbox.exchange_urls),
            "DATA_DIR": str(self.data),
            "MASTER_KEY_FILE": str(self.folder / "master-key.json"),
            "LOG_LEVEL": "DEBUG",
        }
        await self.sandbox.person("Knocker").says("anybody there?")  # so that the first getUpdates is answered at once
        before, started = self.sandbox.clock.now(), time.monotonic()
        self.process = await self.prefork.start(
            "run",
            environment={f"LATCHKEY_{name}": value for name, value in settings.items()},
            folder=self.folder,
            output=self.logs / f"{self.kills}.log",
        )
        calls = self.sandbox.telegram.calls
        await self.until(
            lambda: any(call.method == "getUpdates" and call.at > before for call in list(calls)[-200:]),
            SECONDS_TO_START,
            "the service to fetch updates",
        )
        self.starting.append(time.monotonic() - started)

    async def kill(self) -> None:
        assert self.process is not None
        self.process.send(signal.SIGKILL)
        assert await self.process.ended() == -signal.SIGKILL, "the service ended by itself"
        self.kills += 1

    async def stop(self) -> None:
        assert self.process is not None
        self.process.send(signal.SIGTERM)
        assert await self.process.ended(20) == 0

    async def until(self, true: Callable[[], bool], seconds: float, what: str, person: Person | None = None) -> None:
        ends = time.monotonic() + seconds
        while not true():
            if time.monotonic() > ends:
                story = self.sandbox.transcript(person)[-3000:]
                raise AssertionError(
                    f"waited {seconds:g} s in vain for {what} (seed {SEED})\n{story}\n{self._last_log()}"
                )
            await asyncio.sleep(0.01)

    def _last_log(self) -> str:
        return (self.logs / f"{self.kills}.log").read_text(encoding="utf-8", errors="replace")[-2000:]

    # ---------------------------------------------------------------------------------------------------- the people

    async def everybody_sends_and_the_service_dies(self) -> None:
        before = len(self.sent)
        async with asyncio.TaskGroup() as around:
            for person in self.asked:
                around.create_task(self._answers(person))
            for person in self.others:
                around.create_task(self._pastes(person))
            around.create_task(self._dies())
        self.gone_before_the_kill += sum(not message.visible for message in self.sent[before:])

    async def _dies(self) -> None:
        await asyncio.sleep(self.dice.uniform(0, AROUND))
        await self.kill()

    async def _answers(self, person: Person) -> None:
        """An answer to the question for the key."""
        key, secret = self.secret(), self.secret()
        ways: dict[str, Callable[[], Awaitable[list[Message]]]] = {
            "answer: both in one message": lambda: self._says(person, f"{key}\n{secret}"),
            "answer: with captions": lambda: self._says(person, f"API Key: {key}\nSecret Key: {secret}"),
            "answer: one after the other": lambda: self._says(person, key, secret),
            "answer: the key only": lambda: self._says(person, key),
            "answer: under a picture": lambda: self._one(
                person.sends_photo(b"\xff\xd8\xff", caption=f"{key} {secret}")
            ),
            "answer: in a file": lambda: self._one(person.sends_document("binance.txt", f"{key}\n{secret}".encode())),
        }
        await self._at_a_moment_of_their_own(ways)

    async def _pastes(self, person: Person) -> None:
        """A key that nobody asked for."""
        key, secret = self.secret(), self.secret()
        ways: dict[str, Callable[[], Awaitable[list[Message]]]] = {
            "unasked: a message": lambda: self._says(person, f"API Key: {key}\nSecret Key: {secret}"),
            "unasked: two messages": lambda: self._says(person, key, secret),
            "unasked: under a picture": lambda: self._one(person.sends_photo(b"\xff\xd8\xff", caption=f"key {key}")),
            "unasked: in a file": lambda: self._one(person.sends_document("notes.txt", f"key={key}\n".encode())),
            "unasked: an album": lambda: person.sends_album([b"one", b"two", b"three"], caption=f"secret: {secret}"),
            "unasked: an album of files": lambda: person.sends_files(
                {"first.txt": f"key={key}\n".encode(), "second.txt": b"nothing here"}
            ),
            "unasked: in a group": lambda: self._one(person.says(f"API Key: {key}", group=self.group)),
            "unasked: in a file in a group": lambda: self._one(
                person.sends_document("notes.txt", f"key={key}\n".encode(), group=self.group)
            ),
            "unasked: an edit": lambda: self._edits(person, f"my key is {key}"),
            "unasked: forwarded": lambda: self._one(person.says(f"{key}\n{secret}", forward_from="A friend")),
        }
        await self._at_a_moment_of_their_own(ways)

    async def _at_a_moment_of_their_own(self, ways: dict[str, Callable[[], Awaitable[list[Message]]]]) -> None:
        form = self.dice.choice(list(ways))
        self.forms[form] += 1
        await asyncio.sleep(self.dice.uniform(0, AROUND))
        self.sent += await ways[form]()

    async def _says(self, person: Person, *texts: str) -> list[Message]:
        messages = []
        for text in texts:
            messages.append(await person.says(text))
            await asyncio.sleep(0.02)
        return messages

    async def _one(self, sending: Awaitable[Message]) -> list[Message]:
        return [await sending]

    async def _edits(self, person: Person, text: str) -> list[Message]:
        message = await person.says("here it comes")
        await asyncio.sleep(0.05)
        await person.edits(message, text)
        return [message]

    # --------------------------------------------------------------------------------------------------- what is seen

    async def everything_is_deleted(self) -> None:
        started = time.monotonic()
        left = [message for message in self.sent if message.visible]
        await self.until(
            lambda: not any(message.visible for message in left),
            SECONDS_TO_DELETE,
            f"{len(left)} messages to be deleted",
        )
        self.slowest_deletion = max(self.slowest_deletion, time.monotonic() - started)

    def questions(self) -> dict[str, Shown]:
        """What each who is asked has before their eyes."""
        return {person.name: _shown(person) for person in self.asked}

    async def everybody_is_asked_again(self, before: dict[str, Shown]) -> None:
        """By another message or in other words; or their answer, if it came in after the restart, has been taken."""
        for person in self.asked:
            what = f"{person.name} to be asked; before the kill it was {before[person.name]}"
            await self.until(partial(_is_asked_anew, person, before[person.name]), SECONDS_TO_DELETE, what, person)

    async def everybody_goes_back_to_the_question(self) -> None:
        for person in self.asked:
            if LABEL in _shown(person).text:
                await person.taps("Back")
                await person.sees(QUESTIONS[0])

    def traces(self) -> list[str]:
        """Files that hold anything of any secret, and calls to Telegram that do."""
        files = [path for path in (*self.data.rglob("*"), *self.logs.rglob("*")) if path.is_file()]
        found = [path.name for path in files if any(trace in path.read_bytes() for trace in TRACES)]
        calls = [call for call in self.sandbox.telegram.calls if any(mark in str(call.params) for mark in MARKS)]
        return found + [call.method for call in calls]


def _shown(person: Person) -> Shown:
    said = [message for message in person.screen() if message.from_bot]
    asking = [message for message in said if any(words in message.text for words in (*QUESTIONS, LABEL))]
    return Shown(asking[-1].message_id, asking[-1].text) if asking else Shown(0, "")


def _is_asked_anew(person: Person, before: Shown) -> bool:
    return _shown(person) not in {before, Shown(0, "")}


@pytest.fixture
def prefork() -> Iterator[Prefork]:
    with prefork_server() as server:
        yield server


async def test_killed_while_keys_are_sent_nothing_of_them_stays(tmp_path: Path, prefork: Prefork) -> None:
    started = time.monotonic()
    async with Sandbox(page=False) as sandbox:
        house = House(sandbox, prefork, tmp_path, random.Random(SEED))  # noqa: S311 - repeatable
        try:
            await house.start()
            for person in house.asked:
                await to_the_question(person)
            while house.kills * PEOPLE < ROUNDS:
                await house.everybody_sends_and_the_service_dies()
                shown = house.questions()
                assert house.traces() == [], f"seed {SEED}"
                await house.start()
                await house.everything_is_deleted()
                await house.everybody_is_asked_again(shown)
                await house.everybody_goes_back_to_the_question()
            await house.stop()
        finally:
            if house.process is not None:
                house.process.send(signal.SIGKILL)
        assert house.traces() == [], f"seed {SEED}"
        assert [message for message in house.sent if message.visible] == []
        assert sandbox.telegram.violations == []
    _report(house, time.monotonic() - started)


def _report(house: House, seconds: float) -> None:
    lines = [
        f"{house.kills * PEOPLE} rounds: {house.kills} kills with {PEOPLE} people each, seed {SEED}, {seconds:.0f} s",
        f"{len(house.sent)} messages with secrets, {house.gone_before_the_kill} gone before the kill, 0 left",
        f"the last was gone at most {house.slowest_deletion:.1f} s after the first getUpdates",
        f"from start to the first getUpdates {sum(house.starting) / len(house.starting):.1f} s on average",
        *(f"  {count:4} {form}" for form, count in sorted(house.forms.items())),
    ]
    sys.stdout.write("\n" + "\n".join(lines) + "\n")
