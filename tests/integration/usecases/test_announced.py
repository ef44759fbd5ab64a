"""An exchange's own announcement is one more maintenance window: it comes, moves, goes, and never hides for long."""

from collections.abc import Mapping, Sequence

import pytest

from bot.domain.announced import Announcement, Span
from bot.domain.connection import Environment, Market
from bot.domain.failures import ExchangeTrouble, Failure, Trouble
from bot.domain.permissions import Permission
from bot.usecases.announced import EVERY, FollowAnnouncements
from bot.usecases.delivery import Mode, OutboxItem
from bot.usecases.maintenance import PAGE, PlanMaintenance
from tests.integration.usecases.chats import bob_hears
from tests.integration.usecases.conftest import ALICE, BOB, World, key_named, report
from tests.integration.usecases.test_maintenance import DEAD, DOWN, HOUR, due, gets, one_of

LIVE, DEMO = Environment.LIVE, Environment.DEMO


class Source:
    """What exchanges announce."""

    def __init__(self) -> None:
        self.says: list[Announcement] = []
        self.silent = False
        self.asked: list[tuple[str, Environment]] = []

    def announcers(self) -> Mapping[str, Mapping[Environment, Environment]]:
        return {"binance": {LIVE: LIVE, DEMO: LIVE}, "okx": {LIVE: LIVE}}

    async def announced(self, exchange: str, asked_at: Environment) -> Sequence[Announcement]:
        self.asked.append((exchange, asked_at))
        if self.silent:
            raise ExchangeTrouble(Trouble(Failure.EXCHANGE_UNAVAILABLE))
        return self.says


class Announcer:
    """An exchange that announces, and a service that follows it."""

    def __init__(self, world: World) -> None:
        self.world, self.source = world, Source()
        self.follow = FollowAnnouncements(world.store, self.source, world.clock)
        self.plan = PlanMaintenance(world.store, world.clock)

    def hours(self, start: float, end: float, environment: Environment = LIVE, *markets: Market) -> Announcement:
        """From now."""
        now = self.world.clock.at
        span = Span(now + start * HOUR, now + end * HOUR)
        return Announcement(environment, frozenset(markets or Market), span)

    async def says(self, *announced: Announcement) -> None:
        """From now on it announces this; the service has heard it."""
        self.source.says = list(announced)
        self.world.clock.at += EVERY
        await self.follow.look()

    async def later(self, hours: float) -> None:
        self.world.clock.at += hours * HOUR
        await self.plan.look()


@pytest.fixture
def announcer(world: World) -> Announcer:
    return Announcer(world)


async def items(world: World) -> list[OutboxItem]:
    """All that is to be sent now, as the relay would take it."""
    found: list[OutboxItem] = []
    async with world.store.transaction() as tx:
        while ready := list(await tx.outbox.due(world.clock.at)):
            for item in ready:
                await tx.outbox.sent(item.id, world.clock.at, item.id)
                if item.thread is not None and item.mode is not Mode.REPLY:
                    await tx.outbox.goes_on_in(item.chat_id, item.thread, item.id, world.clock.at)
            found += ready
    return found


async def test_an_outage_within_announced_hours_is_not_told_and_told_when_it_lasts_beyond(
    world: World, announcer: Announcer
) -> None:
    one = await one_of(world)
    await announcer.says(announcer.hours(1, 3))
    await announcer.later(1)
    gets(world, DOWN)
    await world.minute(one.id, times=5)
    await announcer.plan.look()
    assert await due(world) == []
    await announcer.later(2)
    assert await due(world) == [f"incident to {ALICE}"]
    await announcer.plan.look()
    assert await due(world) == []


async def test_an_outage_that_passes_within_announced_hours_is_never_told(world: World, announcer: Announcer) -> None:
    one = await one_of(world)
    await announcer.says(announcer.hours(0, 2))
    gets(world, DOWN)
    await world.minute(one.id, times=5)
    gets(world, None)
    await world.minute(one.id)
    await announcer.later(3)
    assert await due(world) == []


async def test_before_its_hours_an_announcement_changes_nothing(world: World, announcer: Announcer) -> None:
    one = await one_of(world)
    await announcer.says(announcer.hours(5, 6))
    gets(world, DOWN)
    await world.minute(one.id, times=5)
    assert await due(world) == [f"incident to {ALICE}"]


@pytest.mark.parametrize("trouble", [DEAD, None], ids=["dead", "dangerous"])
async def test_a_dead_and_a_dangerous_key_are_told_as_always(
    world: World, announcer: Announcer, trouble: Trouble | None
) -> None:
    one = await one_of(world)
    world.gateway.public = True
    await announcer.says(announcer.hours(0, 5))
    gets(world, trouble)
    if trouble is None:
        world.gateway.says[key_named("one").api_key] = report(Permission.READ, Permission.WITHDRAW)
    await world.minute(one.id, times=3)
    assert await due(world) == [f"alert to {ALICE}"]


async def test_that_an_exchange_no_longer_says_what_a_key_may_do_is_told_as_always(
    world: World, announcer: Announcer
) -> None:
    one = await one_of(world)
    world.gateway.public = True
    await announcer.says(announcer.hours(0, 5))
    gets(world, Trouble(Failure.PERMISSIONS_UNKNOWN))
    await world.minute(one.id, times=5)
    assert await due(world) == [f"alert to {ALICE}"]


async def test_another_environment_and_another_market_are_not_meant(world: World, announcer: Announcer) -> None:
    one = await one_of(world)
    await announcer.says(announcer.hours(0, 5, DEMO), announcer.hours(0, 5, LIVE, Market.LINEAR, Market.INVERSE))
    assert await announcer.follow.of(ALICE) == []
    gets(world, DOWN)
    await world.minute(one.id, times=5)
    assert await due(world) == [f"incident to {ALICE}"]


async def test_when_it_is_called_off_what_is_wrong_is_told_at_once(world: World, announcer: Announcer) -> None:
    one, two = await one_of(world), await one_of(world, BOB, "two")
    await announcer.says(announcer.hours(0, 5))
    gets(world, DOWN)
    gets(world, DOWN, "two")
    await world.minute(one.id, two.id, times=5)
    assert await due(world) == []
    await announcer.says()
    assert await due(world) == [f"incident to {ALICE}", f"incident to {BOB}"]
    assert await announcer.follow.of(ALICE) == []


async def test_what_waits_moves_with_it(world: World, announcer: Announcer) -> None:
    one = await one_of(world)
    world.gateway.public = True
    await announcer.says(announcer.hours(0, 2))
    gets(world, DOWN)
    await world.minute(one.id, times=5)
    await announcer.says(announcer.hours(0, 6))
    await announcer.later(3)
    assert await due(world) == [], "the end was moved"
    await announcer.says()
    assert await due(world) == [f"alert to {ALICE}"]


async def test_an_exchange_that_does_not_answer_has_taken_nothing_back(world: World, announcer: Announcer) -> None:
    one = await one_of(world)
    await announcer.says(announcer.hours(0, 5))
    announcer.source.silent = True
    await announcer.says()
    gets(world, DOWN)
    await world.minute(one.id, times=5)
    assert await due(world) == []
    assert len(await announcer.follow.of(ALICE)) == 1


async def test_an_end_that_is_moved_again_and_again_hides_for_a_day_at_most(world: World, announcer: Announcer) -> None:
    one = await one_of(world)
    gets(world, DOWN)
    await announcer.says(announcer.hours(-1, 2))
    await world.minute(one.id, times=5)
    began, told = world.clock.at, []
    for _ in range(40):
        await announcer.says(announcer.hours(-0.5, 2))
        await announcer.later(1)
        told += [world.clock.at - began for item in await items(world) if item.mode is Mode.SEND]
    [after] = told
    assert 22 * HOUR < after <= 25 * HOUR


async def test_what_is_told_already_is_edited_and_goes_on_being_told(world: World, announcer: Announcer) -> None:
    one, more = await one_of(world), await one_of(world, ALICE, "more")
    gets(world, DOWN)
    await world.minute(one.id, times=5)
    [told] = await items(world)
    assert (told.kind.value, told.mode, told.args["announced"]) == ("incident", Mode.SEND, None)

    await announcer.says(announcer.hours(0, 2))
    world.clock.at += 60
    [edit] = await items(world)
    assert (edit.mode, edit.args["count"]) == (Mode.EDIT, 1)
    assert edit.args["announced"] == announcer.source.says[0].span.end

    gets(world, DOWN, "more")
    await world.minute(more.id, times=5)
    assert [(item.mode, item.args["count"]) for item in await items(world)] == [(Mode.EDIT, 2)]
    gets(world, None)
    gets(world, None, "more")
    await world.minute(one.id, more.id)
    world.clock.at += 60
    assert "incident_over" in [item.kind.value for item in await items(world)]


async def test_a_chat_that_does_not_go_by_announcements_hears_as_always(world: World, announcer: Announcer) -> None:
    one, two = await one_of(world), await one_of(world, BOB, "two")
    await announcer.follow.count(ALICE, on=False)
    await announcer.says(announcer.hours(0, 5))
    gets(world, DOWN)
    gets(world, DOWN, "two")
    await world.minute(one.id, two.id, times=5)
    assert await due(world) == [f"incident to {ALICE}"]
    assert (await announcer.follow.counts(ALICE), await announcer.follow.counts(BOB)) == (False, True)

    await announcer.follow.count(BOB, on=False)
    assert f"incident to {BOB}" in await due(world), "what it kept back is told at once"
    await announcer.follow.count(BOB, on=True)
    await announcer.plan.look()
    assert await due(world) == []


async def test_after_an_absence_beyond_the_announced_hours_what_lasts_is_told(
    world: World, announcer: Announcer
) -> None:
    one = await one_of(world)
    await announcer.says(announcer.hours(0, 2))
    gets(world, DOWN)
    await world.minute(one.id, times=5)
    world.clock.at += 9 * HOUR
    await announcer.says()
    assert await due(world) == [f"incident to {ALICE}"]


async def test_however_many_are_held_all_are_told_and_each_once(world: World, announcer: Announcer) -> None:
    chats = range(2001, 2001 + 2 * PAGE + 3)
    made = [await one_of(world, chat, f"key {chat}") for chat in chats]
    await announcer.says(announcer.hours(0, 2))
    for chat in chats:
        gets(world, DOWN, f"key {chat}")
    await world.minute(*(each.id for each in made), times=4)
    await announcer.plan.look()
    assert await due(world) == []
    await announcer.later(2)
    assert sorted(await due(world)) == sorted(f"incident to {chat}" for chat in chats)


async def test_who_comes_second_is_not_let_in_by_the_end_of_an_announcement(world: World, announcer: Announcer) -> None:
    one = await one_of(world)
    await bob_hears(world, one)
    await world.choose.escalate(ALICE, one.id, BOB, 900.0)
    await announcer.says(announcer.hours(0, 2))
    gets(world, DOWN)
    await world.minute(one.id, times=5)
    await announcer.later(3)
    assert await due(world) == [f"incident to {ALICE}"]


async def test_exchanges_are_asked_seldom_and_only_where_somebody_is_connected(
    world: World, announcer: Announcer
) -> None:
    await announcer.follow.look()
    assert announcer.source.asked == []
    await world.connected()
    for _ in range(40):
        world.clock.at += EVERY / 4
        await announcer.follow.look()
    assert announcer.source.asked == [("binance", LIVE)] * 10


async def test_what_is_announced_is_listed_once_with_its_markets(world: World, announcer: Announcer) -> None:
    await one_of(world)
    await announcer.says(announcer.hours(4, 5), announcer.hours(2, 3))
    shown = await announcer.follow.of(ALICE)
    assert [(each.exchange, each.environment, each.markets) for each in shown] == [
        ("binance", LIVE, (Market.SPOT,))
    ] * 2
    assert shown[0].span < shown[1].span
    assert await announcer.follow.of(BOB) == []
