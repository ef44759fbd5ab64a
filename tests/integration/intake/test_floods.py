"""One person who floods delays nobody else."""

import asyncio
import statistics

import pytest

from bot.sandbox.control.person import Person
from bot.sandbox.world import Sandbox
from bot.telegram.lanes import SIDE_BY_SIDE
from bot.telegram.quota import AT_ONCE
from bot.usecases.ports import Deletion
from tests.integration.intake.house import API_KEY, House


async def test_what_is_over_the_quota_is_dropped_with_one_polite_notice(house: House, alice: Person) -> None:
    await house.start()
    for number in range(AT_ONCE * 3):
        await alice.says(f"spam {number}")
    await house.until(lambda: house.metrics.updates.count("accepted") == AT_ONCE * 3, seconds=15)
    await house.settled()
    assert AT_ONCE <= len(house.notebook.heard) < AT_ONCE * 2
    assert house.said.notices == [("too fast", alice.id)]
    assert await house.unfinished() == []


async def test_a_flood_does_not_keep_the_flooders_own_secrets_in_the_chat(house: House, alice: Person) -> None:
    await house.start()
    for number in range(AT_ONCE * 2):
        await alice.says(f"spam {number}")
    await house.questions.open(alice.id, alice.id)
    answer = await alice.says("blue horse")
    await alice.sees_gone(answer, timeout=15)
    await house.until(lambda: "blue horse" in house.notebook.heard, seconds=15)


async def test_somebody_who_floods_with_answers_fills_no_more_than_their_share_of_the_memory(
    house: House, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.lanes.MOST_IN_LANE", 5)
    await house.start()
    await house.questions.open(alice.id, alice.id)
    answers = [await alice.says(f"wait {number}") for number in range(12)]
    for answer in answers:
        await alice.sees_gone(answer, timeout=15)
    await house.until(lambda: house.metrics.updates.count("dropped") == 7)
    house.notebook.let_go.set()
    await house.settled()
    assert house.notebook.heard == [f"wait {number}" for number in range(5)]
    assert await house.unfinished() == []


async def test_files_that_do_not_come_hold_up_nobody_else(house: House, sandbox: Sandbox, bob: Person) -> None:
    await house.start()
    sandbox.telegram.faults.once("getFile", delay=30.0, times=None)
    for number in range(SIDE_BY_SIDE + 10):
        await sandbox.person(f"Sender {number}").sends_document("notes.txt", b"buy low, sell high")
    await house.until(lambda: house.metrics.updates.count("accepted") == SIDE_BY_SIDE + 10, seconds=15)
    await bob.says("hello")
    await bob.sees("heard 5 characters")
    await bob.sees_gone(await bob.says(API_KEY))


async def test_while_one_person_floods_anothers_secrets_vanish_as_fast_as_ever(
    house: House, sandbox: Sandbox, alice: Person, bob: Person
) -> None:
    await house.start()

    async def flood() -> None:
        for number in range(400):
            await alice.says(f"spam {number}")
            if number % 8 == 0:
                await alice.says(f"{API_KEY}{number}")
                await asyncio.sleep(0.02)

    flooding = house.tasks.spawn("flood", flood())
    for _ in range(15):
        await bob.sees_gone(await bob.says(API_KEY), timeout=5)
        await asyncio.sleep(0.03)
    await flooding
    bobs = [m.deletion.after_ms for m in bob.chat.messages.values() if m.deletion is not None]
    assert len(bobs) == 15
    # Far above what it takes (tens of milliseconds), far below what waiting behind the flood would.
    assert statistics.median(bobs) < 1_000


async def test_chats_take_turns_in_the_deletion_lane(
    house: House, sandbox: Sandbox, alice: Person, bob: Person
) -> None:
    await house.open()
    now = house.clock.now()
    alices = [await alice.says("x") for _ in range(200)]
    bobs = await bob.says("y")
    for message in [*alices, bobs]:
        whose, number = message.sender.id, message.message_id
        house.deletions.submit([Deletion(whose, number, whose, "answer", now, now, private=True, asked=True)])
    await bob.sees_gone(bobs)
    before = [call for call in house.calls() if call.method == "deleteMessage" and call.chat_id == alice.id]
    assert len(before) < 40
    assert await house.deletions.idle(20)
