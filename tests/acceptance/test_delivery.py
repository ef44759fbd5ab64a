"""How messages get out: the urgent first, some of them edited as things go on, and what happens if they do not."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import text

from bot.domain.connection import ConnectionId
from bot.domain.failures import Severity
from bot.sandbox.control.person import Person
from bot.sandbox.telegram.messages import Message
from bot.usecases.delivery import Kind, Mode, OutboxItem
from tests.acceptance.conftest import Service
from tests.acceptance.owning import owning, until

INCIDENT = "incident"


@dataclass
class Outside:
    """A server of somebody else: a dead-man's switch and a second channel."""

    url: str = ""
    pings: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    async def ping(self, request: web.Request) -> web.Response:
        self.pings.append(request.path)
        return web.Response()

    async def hear(self, request: web.Request) -> web.Response:
        self.words.append(await request.text())
        return web.Response()


@pytest.fixture
async def outside() -> AsyncIterator[Outside]:
    outside = Outside()
    app = web.Application()
    app.router.add_post("/ping/abc", outside.ping)
    app.router.add_post("/ping/abc/fail", outside.ping)
    app.router.add_post("/topic", outside.hear)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    outside.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield outside
    await runner.cleanup()


async def write(service: Service, chat_id: int, words: str, **facts: Any) -> None:
    """Puts a message into the outbox, as a part of the service would."""
    now = service.clock.now()
    async with service.app.store.transaction() as tx:
        await tx.outbox.add(OutboxItem(0, chat_id, Kind.OPERATOR, {"event": words}, now, now, **facts))
    service.app.relay.wake()


# --------------------------------------------------------------------------------------------------------------- lanes


async def test_a_dangerous_key_is_told_at_once_while_hundreds_of_other_messages_wait(
    service: Service, alice: Person
) -> None:
    owned = await owning(service, alice)
    people = [service.person(f"Reader {number}") for number in range(40)]
    service.sandbox.telegram.limits.enforced = True
    now = service.clock.now()
    async with service.app.store.transaction() as tx:
        for number in range(10):
            facts = {"event": f"advice {number}"}
            about = ConnectionId(f"{number:032x}")
            await tx.outbox.add_all(
                [
                    OutboxItem(
                        0, person.id, Kind.OPERATOR, facts, now, now, connection_id=about, severity=Severity.INFO
                    )
                    for person in (*people, alice)
                ]
            )
    service.app.relay.wake()
    await people[0].sees("advice 0")
    owned.account.allow("enableWithdrawals")
    await alice.sees("dangerous right", timeout=8)
    async with service.app.store.transaction() as tx:
        waiting, _ = await tx.outbox.waiting(service.clock.now())
    assert waiting > 100, "it came when nothing waited any more"


# --------------------------------------------------------------------------------------------------------------- edits


async def told(service: Service, alice: Person, words: str = "down") -> Message:
    await alice.says("/help")
    await write(service, alice.id, words, thread=INCIDENT)
    return await alice.sees(words)


async def test_a_message_goes_on_as_things_change(service: Service, alice: Person) -> None:
    message = await told(service, alice)
    await write(service, alice.id, "40 keys", thread=INCIDENT, mode=Mode.EDIT)
    await until(lambda: "40 keys" in message.text)
    await write(service, alice.id, "over", thread=INCIDENT, mode=Mode.EDIT)
    await until(lambda: "over" in message.text)
    await write(service, alice.id, "it lasted 3 min", thread=INCIDENT, mode=Mode.REPLY, severity=Severity.INFO)
    assert (await alice.sees("it lasted 3 min")).reply_to is message


async def test_a_message_goes_on_after_a_crash(service: Service, alice: Person) -> None:
    message = await told(service, alice)
    await until(lambda: not service.app.relay._busy)
    await service.crash()
    await service.start()
    await write(service, alice.id, "over", thread=INCIDENT, mode=Mode.EDIT)
    await until(lambda: "over" in message.text)


async def test_a_message_that_somebody_deleted_is_told_anew(service: Service, alice: Person) -> None:
    message = await told(service, alice)
    await alice.deletes(message)
    await write(service, alice.id, "all keys", thread=INCIDENT, mode=Mode.EDIT)
    again = await alice.sees("all keys")
    await write(service, alice.id, "over", thread=INCIDENT, mode=Mode.EDIT)
    await until(lambda: "over" in again.text)


async def test_through_an_outage_of_telegram_only_the_last_state_is_told(service: Service, alice: Person) -> None:
    await alice.says("/help")
    await alice.sees("/connections")
    service.sandbox.telegram.faults.once("sendMessage", 502, "Bad Gateway", times=None)
    await write(service, alice.id, "down", thread=INCIDENT)
    await until(lambda: bool(service.sandbox.telegram.calls.of("sendMessage")[-1].code == 502))
    for state in ("40 keys", "all keys", "over"):
        await write(service, alice.id, state, thread=INCIDENT, mode=Mode.EDIT)
    service.sandbox.telegram.faults.clear()
    service.clock.advance(60)
    service.app.relay.wake()
    await alice.sees("over")
    said = [message.text for message in alice.screen() if message.from_bot]
    assert not [words for words in said if words.endswith(("down", "40 keys", "all keys"))]


async def test_a_group_that_became_a_supergroup_is_told_there(service: Service, alice: Person) -> None:
    group = service.sandbox.group("Desk", owner=alice)
    group.add(service.sandbox.bot)
    old = group.id
    await write(service, old, "down", thread=INCIDENT)
    await alice.sees("down", group=group)
    group.migrate()
    await write(service, old, "over", thread=INCIDENT, mode=Mode.EDIT)
    await alice.sees("over", group=group)


# ------------------------------------------------------------------------------------------------ when nothing gets out


async def test_an_alert_that_waits_is_told_to_operators_and_by_the_second_channel(
    unstarted: Service, outside: Outside
) -> None:
    service, alice, oscar = unstarted, unstarted.person("Alice"), unstarted.person("Oscar")
    await service.start(operators=(oscar.id,), fallback_url=f"{outside.url}/topic")
    owned = await owning(service, alice)
    await oscar.says("/help")
    await oscar.sees("/connections")
    service.sandbox.telegram.faults.once("sendMessage", retry_after=12)
    owned.account.allow("enableWithdrawals")
    await until(lambda: service.sandbox.telegram.calls.of("sendMessage")[-1].code == 429, 15)
    await a_minute_passes(service)
    await oscar.sees("An urgent message has been waiting for", timeout=15)
    await until(lambda: len(outside.words) == 1)
    assert outside.words[0].startswith("Latchkey: 1 urgent message(s) do not get out")
    await alice.sees("dangerous right", timeout=20)
    await oscar.sees("get out in time again", timeout=15)
    await until(lambda: len(outside.words) == 2)
    assert "delivered again" in outside.words[1]
    assert not [word for word in outside.words if "Main" in word or "Binance" in word]


async def test_while_telegram_is_down_the_second_channel_is_told(unstarted: Service, outside: Outside) -> None:
    service, alice = unstarted, unstarted.person("Alice")
    await service.start(fallback_url=f"{outside.url}/topic")
    owned = await owning(service, alice)
    service.sandbox.telegram.faults.once("sendMessage", 502, "Bad Gateway", times=None)
    owned.account.allow("enableWithdrawals")
    await until(lambda: service.sandbox.telegram.calls.of("sendMessage")[-1].code == 502, 15)
    await a_minute_passes(service)
    await until(lambda: len(outside.words) == 1, 15)
    service.sandbox.telegram.faults.clear()
    await alice.sees("dangerous right", timeout=30)
    await until(lambda: len(outside.words) == 2, 15)


# ------------------------------------------------------------------------------------------------ when nobody looks


async def test_a_dead_mans_switch_hears_of_each_round_and_of_one_in_which_somebody_had_no_turn(
    unstarted: Service, outside: Outside
) -> None:
    service, alice = unstarted, unstarted.person("Alice")
    await service.start(heartbeat_url=f"{outside.url}/ping/abc")
    await owning(service, alice)
    await until(lambda: "/ping/abc" in outside.pings, 10)
    for job in service.app.scheduler.get_jobs():
        if job.func in {service.app.dispatcher.tick, service.app.dispatcher.watchdog}:
            job.pause()
    await until(lambda: "/ping/abc/fail" in outside.pings, 10)
    outside.pings.clear()
    await until(lambda: "/ping/abc" in outside.pings, 15)


async def test_after_a_long_absence_everybody_hears_once_that_nobody_watched(service: Service, alice: Person) -> None:
    await owning(service, alice)
    await owning(service, alice, name="k2", label="Second")
    await until_a_round_is_over(service)
    await service.stop()
    service.clock.advance(600)
    await service.start()
    message = await alice.sees("I did not watch your keys", timeout=20)
    assert "(10 min)" in message.text
    await asyncio.sleep(2.5)
    assert 1 == len([each for each in alice.screen() if "I did not watch your keys" in each.text])
    sent = [call for call in service.sandbox.telegram.calls.of("sendMessage") if "did not watch" in call.params["text"]]
    assert [call.params["disable_notification"] for call in sent] == [True]


async def a_minute_passes(service: Service) -> None:
    """For what waits, and for nothing else."""
    async with service.app.store._session() as session:
        await session.change(text("update outbox set due_at = due_at - 70 where finished_at is null"))


async def until_a_round_is_over(service: Service) -> None:
    async with asyncio.timeout(15):
        noted = None
        while noted is None:
            async with service.app.store.transaction() as tx:
                noted = await tx.meta.get("watch.until")
            await asyncio.sleep(0.1)
