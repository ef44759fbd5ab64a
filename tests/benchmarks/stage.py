"""The sandbox in a process of its own, and the line to it: JSON objects, one a line, one answer each.

What a benchmark measures must not share an event loop with what it is measured against.
"""

import asyncio
import contextlib
import random
import string
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

import orjson
import uvloop

from bot.sandbox.control.person import Person
from bot.sandbox.telegram.messages import Message
from bot.sandbox.world import Sandbox

LONGEST_LINE = 16 * 1024 * 1024
SECRETS = 0.25
"""The share of messages that hold a key."""
PEOPLE = 200
LETTERS = string.ascii_letters + string.digits
TOO_MUCH = frozenset({403, 418, 429})
LAST_DELETION = 5.0
"""Seconds after the last message until a deletion counts as missing."""


class Stage:
    """The line to the other process.

    Attributes:
        token: the bot's; with ``telegram_url`` and ``exchange_urls`` all that a service needs to know.
    """

    def __init__(self, process: asyncio.subprocess.Process, facts: dict[str, Any]) -> None:
        self._process = process
        self.token: str = facts["token"]
        self.telegram_url: str = facts["telegram_url"]
        self.exchange_urls: dict[str, str] = facts["exchange_urls"]

    async def ask(self, what: str, **details: Any) -> Any:
        """Has it done there; returns what came of it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(orjson.dumps({"what": what, **details}) + b"\n")
        return orjson.loads(await self._process.stdout.readline())


@asynccontextmanager
async def stage() -> AsyncIterator[Stage]:
    """Starts it, and ends it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, stdin=subprocess.PIPE, stdout=subprocess.PIPE, limit=LONGEST_LINE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield Stage(process, orjson.loads(await process.stdout.readline()))
    finally:
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), 10)
        except TimeoutError:
            process.kill()
            await process.wait()


# --------------------------------------------------------------------------------------------------- the other process


class Hand:
    """Does there what it is asked to do."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._dice = random.Random(7)  # noqa: S311 - toys
        self.does: dict[str, Callable[..., Awaitable[Any]]] = {
            "accounts": self.accounts,
            "exchange": self.exchange,
            "enforce": self.enforce,
            "refusals": self.refusals,
            "now": self.now,
            "knock": self.knock,
            "first_fetch": self.first_fetch,
            "talk": self.talk,
            "people": self.people,
            "limits": self.limits,
            "heard": self.heard,
        }

    async def accounts(self, count: int, environment: str, exchange: str = "binance") -> list[tuple[str, ...]]:
        """Keys, secrets and, where there are any, passphrases of new accounts."""
        venue = self._sandbox.exchanges[exchange]
        opened = [venue.account(f"{environment}{number}", environment) for number in range(count)]
        parts = [(account.api_key, account.secret, account.passphrase) for account in opened]
        return [tuple(part for part in credential if part is not None) for credential in parts]

    async def exchange(self, path: str, body: dict[str, Any]) -> Any:
        """Turns a switch of the exchange's panel."""
        return await self._sandbox.exchanges["binance"].control(path, body)

    async def enforce(self) -> None:
        """From now on every exchange refuses who asks too much, and in the end bans."""
        for venue in self._sandbox.exchanges.values():
            venue.enforce_limits = True

    async def refusals(self) -> dict[str, int]:
        """How many of the newest 10,000 requests to each exchange were refused for being too many, or by a ban."""
        return {
            name: sum(call.status in TOO_MUCH for call in venue.calls) + venue.limits.refusals
            for name, venue in self._sandbox.exchanges.items()
        }

    async def now(self) -> float:
        """The sandbox's time."""
        return self._sandbox.clock.now()

    async def knock(self) -> None:
        """Somebody writes, so that the next getUpdates is answered, and thereby logged, at once."""
        await self._sandbox.person("Alice").says("hello")

    async def first_fetch(self, after: float) -> float:
        """When the first getUpdates after that moment came."""
        events = self._sandbox.events
        while True:
            serial = events.serial
            for call in self._sandbox.telegram.calls.of("getUpdates"):
                if call.at > after:
                    return call.at
            await events.changed(serial)

    async def talk(self, per_second: float, seconds: float) -> dict[str, Any]:
        """People write, some of them keys; says how many milliseconds each key was there to be read."""
        people = [self._sandbox.person(f"Person {number}") for number in range(PEOPLE)]
        loop = asyncio.get_running_loop()
        started = loop.time()
        pasted: list[Message] = []
        for number in range(round(per_second * seconds)):
            await asyncio.sleep(max(0.0, started + number / per_second - loop.time()))
            pasted += await self._one_message(people[number % PEOPLE])
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_DELETION):
                while any(message.visible for message in pasted):
                    await self._sandbox.events.changed(self._sandbox.events.serial)
        deletions = [message.deletion for message in pasted]
        return {
            "pasted": len(pasted),
            "after_ms": [deletion.after_ms for deletion in deletions if deletion is not None],
            "violations": self._sandbox.telegram.violations,
        }

    async def people(self, count: int) -> list[int]:
        """Chats of people who have started the bot."""
        return [self._sandbox.person(f"Owner {number}").id for number in range(count)]

    async def limits(self, enforced: bool) -> None:  # noqa: FBT001 - by name only, over a line
        """Telegram's limits, by 429."""
        self._sandbox.telegram.limits.enforced = enforced

    async def heard(self) -> dict[str, Any]:
        """What the bot has said to whom and when, and how often it was told to wait."""
        chats = self._sandbox.telegram.chats.values()
        said = [message for chat in chats for message in chat.messages.values() if message.from_bot]
        refused = sum(call.code == HTTPStatus.TOO_MANY_REQUESTS for call in self._sandbox.telegram.calls)
        return {
            "messages": [(message.chat.id, message.text, message.sent_at) for message in said],
            "refused": refused,
            "violations": self._sandbox.telegram.violations,
        }

    async def _one_message(self, person: Person) -> list[Message]:
        if self._dice.random() >= SECRETS:
            await person.says(self._dice.choice(("/start", "/connections", "how are my keys today?")))
            return []
        key, secret = ("".join(self._dice.choices(LETTERS, k=64)) for _ in range(2))
        return [await person.says(f"API Key: {key}\nSecret Key: {secret}")]


async def _obey() -> None:
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader(limit=LONGEST_LINE)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    async with Sandbox(page=False) as sandbox:
        hand = Hand(sandbox)
        _say(
            {"token": sandbox.token, "telegram_url": sandbox.telegram_url, "exchange_urls": sandbox.exchange_urls},
        )
        while line := await lines.readline():
            order = orjson.loads(line)
            _say(await hand.does[order.pop("what")](**order))


def _say(what: Any) -> None:
    sys.stdout.buffer.write(orjson.dumps(what) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    uvloop.run(_obey())
