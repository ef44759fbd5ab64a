"""An urgent message that does not get out is an alert itself: told once by each way, and again when it is over."""

from dataclasses import dataclass, field

import pytest

from bot.domain.failures import Severity
from bot.usecases.delivery import Kind, OutboxItem
from bot.usecases.overdue import LATE, WatchDelivery
from tests.integration.usecases.conftest import ALICE, World

OPERATOR, OTHER_OPERATOR = 77, 78


@dataclass
class Channel:
    """``SecondChannel``: what arrived there."""

    heard: list[str] = field(default_factory=list)
    works: bool = True

    async def say(self, text: str) -> bool:
        if self.works:
            self.heard.append(text)
        return self.works


@dataclass
class Post:
    """Operators, their second channel, and messages that wait."""

    world: World
    channel: Channel = field(default_factory=Channel)
    late: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.restarts()

    def restarts(self) -> None:
        self.delivery = WatchDelivery(self.world.store, (OPERATOR, OTHER_OPERATOR), self.world.clock, self.channel)

    async def writes(self, severity: Severity = Severity.CRITICAL, held_for: float = 0.0) -> None:
        now = self.world.clock.at
        item = OutboxItem(0, ALICE, Kind.ALERT, {"n": 1}, now, now + held_for, severity=severity)
        async with self.world.store.transaction() as tx:
            self.late.append(await tx.outbox.add(item))

    async def passes(self, seconds: float) -> None:
        self.world.clock.at += seconds
        await self.delivery.look()

    async def arrives(self) -> None:
        async with self.world.store.transaction() as tx:
            for item_id in self.late:
                await tx.outbox.sent(item_id, self.world.clock.at, 1)
        self.late.clear()
        await self.delivery.look()

    async def operators_hear(self) -> list[tuple[int, str]]:
        """All that is in their outbox, taken out of it."""
        found = []
        async with self.world.store.transaction() as tx:
            while due := list(await tx.outbox.due(self.world.clock.at, closed=[ALICE])):
                for item in due:
                    found.append((item.chat_id, str(item.args["event"])))
                    await tx.outbox.sent(item.id, self.world.clock.at, 1)
        return found


@pytest.fixture
def post(world: World) -> Post:
    return Post(world)


LATE_NOW = [(OPERATOR, "alerts_late"), (OTHER_OPERATOR, "alerts_late")]
IN_TIME = [(OPERATOR, "alerts_in_time"), (OTHER_OPERATOR, "alerts_in_time")]


async def test_a_minute_is_not_too_long(post: Post) -> None:
    await post.writes()
    await post.passes(LATE)
    assert (await post.operators_hear(), post.channel.heard) == ([], [])


async def test_longer_is_told_once_by_each_way_and_again_when_it_is_over(post: Post) -> None:
    await post.writes()
    await post.writes()
    await post.passes(LATE + 15)
    for _ in range(3):
        await post.passes(5)
    assert await post.operators_hear() == LATE_NOW
    assert post.channel.heard == ["Latchkey: 2 urgent message(s) do not get out in Telegram; the oldest waits 75 s."]
    await post.passes(240)
    await post.arrives()
    for _ in range(3):
        await post.passes(5)
    assert await post.operators_hear() == IN_TIME
    assert post.channel.heard[1:] == ["Latchkey: urgent messages are delivered again. That was 4 min after the alarm."]


async def test_a_restart_repeats_nothing(post: Post) -> None:
    await post.writes()
    await post.passes(LATE + 15)
    assert await post.operators_hear() == LATE_NOW
    post.restarts()
    await post.passes(5)
    assert (await post.operators_hear(), len(post.channel.heard)) == ([], 1)


async def test_what_can_wait_and_what_is_held_by_a_mute_is_no_alarm(post: Post) -> None:
    await post.writes(Severity.INFO)
    await post.writes(Severity.WARNING)
    await post.writes(held_for=3600)
    await post.passes(300)
    assert (await post.operators_hear(), post.channel.heard) == ([], [])
    await post.passes(3300 + LATE)
    assert await post.operators_hear() == []
    await post.passes(1)
    assert await post.operators_hear() == LATE_NOW


async def test_a_second_channel_that_fails_is_tried_again(post: Post) -> None:
    post.channel.works = False
    await post.writes()
    await post.passes(LATE + 15)
    assert post.channel.heard == []
    post.channel.works = True
    await post.passes(5)
    await post.passes(5)
    assert len(post.channel.heard) == 1


async def test_who_never_heard_of_it_does_not_hear_that_it_is_over(post: Post) -> None:
    await post.writes()
    await post.passes(LATE + 15)
    await post.arrives()
    assert await post.operators_hear() == []


async def test_every_new_delay_is_told_anew(post: Post) -> None:
    for _ in range(2):
        await post.writes()
        await post.passes(LATE + 15)
        assert await post.operators_hear() == LATE_NOW
        await post.arrives()
        assert await post.operators_hear() == IN_TIME
    assert len(post.channel.heard) == 4
