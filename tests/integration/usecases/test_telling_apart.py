"""Whatever is answered, in whatever order: no key is blamed for an outage, no dead key is passed over, all ends well.

Every minute each of six keys, of three people, gets an answer. `LATCHKEY_STORIES` says how many stories are told (12);
`make stories` tells a thousand.
"""

import asyncio
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.domain.connection import Connection
from bot.domain.failures import Failure, Trouble
from bot.domain.health import Status
from bot.domain.outage import KEYS_WAIT
from bot.store.engine import open_store
from bot.usecases.delivery import Kind, Mode, OutboxItem
from bot.usecases.steadiness import CALM
from bot.usecases.telling import tell_steady
from bot.vault import Vault, new_keyring
from bot.vault.credentials import SealedCredentials
from tests.integration.usecases.conftest import World, key_named

STORIES = int(os.environ.get("LATCHKEY_STORIES", "12"))
NAMES = tuple("abcdef")
OWNERS = (1001, 1002, 1003)
ANSWERS = {
    "ok": None,
    "down": Trouble(Failure.EXCHANGE_UNAVAILABLE, code="HTTP 503"),
    "dead": Trouble(Failure.INVALID_KEY, code="-2008"),
    "busy": Trouble(Failure.RATE_LIMITED, code="HTTP 429"),
}
BOUND = KEYS_WAIT + 3 * 60.0
"""Seconds within which a key that stays dead is told, whatever goes on around it."""

episodes = st.lists(
    st.tuples(st.integers(1, 8), st.lists(st.sampled_from(sorted(ANSWERS)), min_size=6, max_size=6)),
    min_size=1,
    max_size=8,
)
"""For so many minutes, so answers the exchange to each key."""


@dataclass
class Story:
    """What was answered and what was told."""

    world: World
    made: Sequence[Connection] = ()
    answered: list[tuple[float, dict[str, str]]] = field(default_factory=list)
    told: list[OutboxItem] = field(default_factory=list)

    async def minute(self, answers: Sequence[str]) -> None:
        now = dict(zip(NAMES, answers, strict=True))
        for name, answer in now.items():
            trouble = ANSWERS[answer]
            if trouble is None:
                self.world.gateway.says.pop(key_named(name).api_key, None)
            else:
                self.world.gateway.says[key_named(name).api_key] = trouble
        self.world.watch.again.clear()
        await self.world.minute(*(each.id for each in self.made))
        # What is confirmed is asked once more within seconds, and so are the witnesses.
        for again in {connection for connection, _ in self.world.watch.again}:
            await self.world.checks.now(again)
        async with self.world.store.transaction() as tx:
            await tell_steady(tx, self.world.clock.at)
        self.answered.append((self.world.clock.at, now))
        self.told += await self.world.messages()


async def tell(episodes: Sequence[tuple[int, Sequence[str]]], folder: Path) -> Story:
    store = open_store(f"sqlite:///{folder / 'latchkey.db'}")
    await store.migrate()
    ring = new_keyring()
    vault = Vault(ring, "deployment")
    vault.adopt_pepper(vault.new_pepper())
    world = World(store, folder, SealedCredentials(vault, "deployment", ring.primary))
    try:
        story = Story(world)
        story.made = [await world.connected(OWNERS[n % 3], name) for n, name in enumerate(NAMES)]
        await story.minute(["ok"] * 6)
        for minutes, answers in episodes:
            for _ in range(minutes):
                await story.minute(answers)
        for _ in range(round(CALM / 60) + 18):
            await story.minute(["ok"] * 6)
        await everything_is_over(story)
        return story
    finally:
        await world.tasks.aclose(1.0)
        await store.close()


async def everything_is_over(story: Story) -> None:
    """Every alert that opened is closed, every incident ended, and nothing is said to be unsteady."""
    async with story.world.store.transaction() as tx:
        for each in story.made:
            assert await tx.alerts.open_of(each.id) == []
            assert await tx.unsteady.since(each.id) is None
            now = await tx.connections.get(each.id)
            assert now is not None
            assert now.health.status is Status.CONNECTED
        assert [each for each in await tx.incidents.present(story.world.clock.at) if each.ended_at is None] == []


def nobody_is_blamed_for_an_outage(story: Story) -> None:
    """An alert of a dead key while every key had failed in the same way since that one began to."""
    for alert in story.told:
        if alert.kind is not Kind.ALERT or alert.args["failure"] != "invalid_key":
            continue
        during = [now for at, now in story.answered if alert.args["since"] <= at <= alert.created_at]
        shared = during and all(set(now.values()) == {"dead"} for now in during)
        lasted = alert.created_at - alert.args["since"]
        assert not (shared and lasted < KEYS_WAIT), (alert.args["label"], lasted)


def every_dead_key_is_told(story: Story) -> None:
    """A key that is dead for longer than the bound: an alert of it, or that it is unsteady, by then."""
    for name in NAMES:
        since = None
        for at, now in story.answered:
            if now[name] != "dead":
                since = None
                continue
            since = at if since is None else since
            if at - since >= BOUND:
                mine = [item for item in story.told if item.args.get("label") == f"label of {name}"]
                assert any(item.created_at <= since + BOUND for item in mine), (name, since)


def each_incident_is_one_message_in_each_chat(story: Story) -> None:
    opened = [
        (item.chat_id, item.thread) for item in story.told if item.kind is Kind.INCIDENT and item.mode is not Mode.EDIT
    ]
    assert len(opened) == len(set(opened))


@settings(
    max_examples=STORIES,
    derandomize=True,
    deadline=None,
    phases=(Phase.generate,),  # a story takes a second: to shrink one would take an hour
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(episodes)
def test_outages_and_dead_keys_are_told_apart_in_any_story(episodes: list[tuple[int, list[str]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        story = asyncio.run(tell(episodes, Path(folder)))
    nobody_is_blamed_for_an_outage(story)
    every_dead_key_is_told(story)
    each_incident_is_one_message_in_each_chat(story)


def test_a_key_that_stays_dead_in_the_middle_of_everything_is_told_in_time() -> None:
    dead_within = [(4, ["dead"] + ["down"] * 5), (20, ["dead"] * 6), (3, ["dead"] + ["ok"] * 5)]
    with tempfile.TemporaryDirectory() as folder:
        story = asyncio.run(tell(dead_within, Path(folder)))
    every_dead_key_is_told(story)
    nobody_is_blamed_for_an_outage(story)
