"""What Telegram counts as delivered is handled once, whatever happens to the process in between."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.sandbox.control.person import Person
from bot.sandbox.world import Sandbox
from bot.usecases.delivery import Kind
from bot.usecases.storage import Store, StoreUnavailable, Transaction
from tests.integration.intake.house import API_KEY, OPERATOR, House


class Unwilling:
    """The store, while the disk is full."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.full = False

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        if self.full:
            raise StoreUnavailable
        async with self._store.transaction() as tx:
            yield tx

    async def scrub(self) -> None:
        await self._store.scrub()

    async def healthy(self) -> bool:
        return not self.full


async def test_a_crash_before_the_handler_ended_replays_the_update(house: House, alice: Person) -> None:
    await house.start()
    await alice.says("wait for me")
    await house.until(lambda: house.metrics.updates == ["accepted"])
    await house.crash()
    await house.open()
    house.notebook.let_go.set()
    await house.intake.replay()
    await alice.sees("heard 11 characters")
    assert house.notebook.heard == ["wait for me"]
    await house.settled()
    assert await house.unfinished() == []


async def test_after_a_crash_a_secret_is_deleted_and_asked_for_again(
    house: House, sandbox: Sandbox, alice: Person
) -> None:
    await house.start()
    await house.questions.open(alice.id, alice.id)
    sandbox.telegram.faults.once("deleteMessage", delay=30.0)
    answer = await alice.says("blue horse")
    await house.until(lambda: house.metrics.updates == ["accepted"])
    await house.crash()
    assert b"blue horse" not in house.files()
    assert answer.visible
    await house.start()
    await alice.sees_gone(answer)
    await house.until(lambda: house.said.notices == [("lost secret", alice.id)])
    assert house.notebook.heard == []
    assert house.questions.is_open(alice.id, alice.id)
    await house.settled()
    assert await house.unfinished() == []


async def test_a_notice_that_fails_is_given_at_the_next_start(house: House, sandbox: Sandbox, alice: Person) -> None:
    await house.start()
    await house.questions.open(alice.id, alice.id)
    await alice.says("wait here")
    await house.until(lambda: len(house.calls()) == 1)
    await house.crash()
    house.said.fails = True
    await house.start()
    await asyncio.sleep(0.1)
    await house.crash()
    house.said.fails = False
    await house.start()
    await house.until(lambda: house.said.notices == [("lost secret", alice.id)])


@pytest.mark.parametrize("files", [False, True], ids=["pictures", "files"])
async def test_the_rest_of_an_album_that_comes_after_a_crash_goes_too(
    house: House,
    sandbox: Sandbox,
    alice: Person,
    files: bool,  # noqa: FBT001 - two ways
) -> None:
    await house.open()
    if files:
        album = await alice.sends_files(
            {"keys.txt": f"apiKey={API_KEY}".encode(), "more.txt": b"nothing", "c.txt": b"c"}
        )
    else:
        album = await alice.sends_album([b"one", b"two", b"three"], caption=f"key {API_KEY}")
    first, *rest = (update.to_json() for update in sandbox.telegram.updates.pending())
    await house.intake.accept([first])
    await alice.sees_gone(album[0])
    await house.crash()
    await house.open()
    await house.intake.replay()
    await house.intake.accept(rest)
    for part in album:
        await alice.sees_gone(part)
    another = await alice.sends_album([b"four", b"five"])
    await house.intake.accept([update.to_json() for update in sandbox.telegram.updates.pending()])
    await house.settled()
    assert all(part.visible for part in another)


async def test_updates_that_come_twice_have_one_effect(house: House, alice: Person) -> None:
    await house.open()
    await alice.says("once")
    raw = house.sandbox.telegram.updates.pending()[0].to_json()
    assert await house.intake.accept([raw, raw]) == raw["update_id"]
    await house.intake.accept([raw])
    await alice.sees("heard 4 characters")
    await asyncio.sleep(0.1)
    assert house.notebook.heard == ["once"]
    assert house.metrics.updates.count("repeated") == 1


async def test_updates_in_whatever_order_have_one_effect_each_and_a_late_one_is_not_lost(
    house: House, alice: Person
) -> None:
    await house.open()
    for words in ("first", "second", "third", "fourth"):
        await alice.says(words)
    key = await alice.says(f"key: {API_KEY}")
    raw = [update.to_json() for update in house.sandbox.telegram.updates.pending()]
    highest = raw[-1]["update_id"]
    assert await house.intake.accept([raw[4], raw[1], raw[3]]) == highest
    await alice.sees_gone(key)
    await house.intake.accept([raw[0]])  # later than what came after it
    await house.intake.accept([raw[2], raw[1], raw[4], raw[0]])
    await house.until(lambda: len(house.notebook.heard) == 4)
    await house.settled()
    assert sorted(house.notebook.heard) == ["first", "fourth", "second", "third"]
    assert [call.method for call in house.calls()].count("deleteMessage") == 1
    assert await house.unfinished() == []


async def test_updates_of_one_person_keep_their_order_and_others_do_not_wait(
    house: House, alice: Person, bob: Person
) -> None:
    await house.start()
    await alice.says("wait")
    await alice.says("second")
    await bob.says("mine")
    await bob.sees("heard 4 characters")
    assert house.notebook.heard == ["mine"]
    house.notebook.let_go.set()
    await alice.sees("heard 6 characters")
    assert house.notebook.heard == ["mine", "wait", "second"]


async def test_a_raising_handler_leaves_a_dead_letter_without_content(
    house: House, alice: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await house.start()
    await alice.says("boom canary words")
    await alice.says("still there?")
    await alice.sees("heard 12 characters")
    [told] = await house.told(Kind.OPERATOR)
    assert (told.chat_id, told.args["event"], told.args["error"]) == (OPERATOR, "dead_letter", "ValueError")
    await house.settled()
    assert "canary" not in str(told.args)
    assert "canary" not in caplog.text
    assert b"canary" not in house.files()
    assert await house.unfinished() == []


async def test_the_deletion_is_done_even_if_the_handler_raises(house: House, alice: Person) -> None:
    await house.start()
    await house.questions.open(alice.id, alice.id)
    answer = await alice.says("boom")
    await house.told(Kind.OPERATOR)
    assert answer.deleted_by == "bot"


@pytest.mark.parametrize(
    "poison",
    [
        {"update_id": 5, "message": {"message_id": "canary", "chat": "canary"}},
        {"update_id": 5, "message": {"message_id": 1, "chat": {"id": "canary", "type": "private"}, "text": "canary"}},
        {"update_id": 5, "message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "canary"}, "from": 7}},
        {"update_id": 5, "message": ["canary"]},
        {"update_id": 5, "something_new": {"text": "canary"}},
        {"update_id": 5},
        {"no": "canary"},
        "canary",
        None,
    ],
)
async def test_poison_in_a_batch_spoils_nothing_else_and_is_not_logged(
    house: House, alice: Person, caplog: pytest.LogCaptureFixture, poison: Any
) -> None:
    caplog.set_level("DEBUG")
    await house.open()
    await alice.says("before")
    await alice.says("after")
    before, after = (update.to_json() for update in house.sandbox.telegram.updates.pending())
    await house.intake.accept([before, poison, after])
    await alice.sees("heard 5 characters")
    await house.until(lambda: len(house.notebook.heard) == 2)
    await house.settled()
    assert await house.unfinished() == []
    assert "canary" not in caplog.text
    assert b"canary" not in house.files()


async def test_nesting_without_end_is_poison_and_no_more(house: House, alice: Person) -> None:
    await house.open()
    deep: Any = "x"
    for _ in range(50_000):
        deep = [deep]
    await house.intake.accept([{"update_id": 6, "message": {"message_id": 1, "text": deep}}])
    [told] = await house.told(Kind.OPERATOR)
    assert told.args["event"] == "dead_letter"
    while isinstance(deep, list):  # taken down by hand: freeing it recursively would be slow
        deep = deep.pop()


async def test_an_update_that_crashes_every_start_is_given_up(house: House, alice: Person) -> None:
    await house.start()
    await alice.says("wait and crash")
    await house.until(lambda: house.metrics.updates == ["accepted"])
    for _ in range(4):
        assert len(await house.unfinished()) == 1
        await house.crash()
        await house.open()
        await house.intake.replay()
    assert await house.unfinished() == []
    [told] = await house.told(Kind.OPERATOR)
    assert told.args["error"] == "crash loop"


async def test_an_old_press_is_not_carried_out_but_answered_with_fresh_buttons(
    house: House, sandbox: Sandbox, alice: Person
) -> None:
    await house.start()
    await alice.says("hi")
    shown = await alice.sees("heard 2 characters")
    await alice.says("wait")
    await alice.presses_data(shown, "pause")  # queued behind the message that waits
    await house.until(lambda: house.metrics.updates.count("accepted") == 3)
    await house.crash()
    sandbox.clock.advance(151)
    await house.open()
    house.notebook.let_go.set()
    await house.intake.replay()
    await house.until(lambda: house.said.notices == [("stale press", alice.id)])
    await alice.sees("heard 4 characters")
    assert house.notebook.pressed == []


async def test_a_young_press_is_carried_out_after_a_crash(house: House, alice: Person) -> None:
    await house.start()
    await alice.says("hi")
    shown = await alice.sees("heard 2 characters")
    await alice.says("wait")
    await alice.presses_data(shown, "pause")
    await house.until(lambda: house.metrics.updates.count("accepted") == 3)
    await house.crash()
    await house.open()
    house.notebook.let_go.set()
    await house.intake.replay()
    await house.until(lambda: house.notebook.pressed == ["pause"])


async def test_without_a_store_nothing_is_confirmed_but_secrets_go_all_the_same(
    house: House, sandbox: Sandbox, alice: Person
) -> None:
    disk: list[Unwilling] = []

    def wrap(store: Store) -> Store:
        disk.append(Unwilling(store))
        return disk[0]

    await house.start(wrap=wrap)
    disk[0].full = True
    talk = await alice.says("hello")
    pasted = await alice.says(API_KEY)
    await alice.sees_gone(pasted)
    await house.until(lambda: house.said.notices != [])
    await asyncio.sleep(0.2)
    assert house.said.notices == [("cannot keep", alice.id)]  # once, however often it is tried again
    assert sandbox.telegram.updates.count == 2
    assert house.notebook.heard == []
    disk[0].full = False
    await alice.sees("heard 5 characters")
    assert talk.visible
    assert len(await house.told(Kind.SECRET_REMOVED)) == 1


async def test_sigterm_drains_what_is_queued_and_leaves_the_rest_in_the_inbox(
    house: House, alice: Person, bob: Person
) -> None:
    await house.start()
    await alice.says("wait")
    await bob.says("quick")
    await bob.sees("heard 5 characters")
    await alice.says("behind it")
    await house.until(lambda: house.metrics.updates.count("accepted") == 3)
    assert await house.stop(seconds=0.2) is False
    await house.open()
    assert len(await house.unfinished()) == 2
    house.notebook.let_go.set()
    await house.intake.replay()
    await alice.sees("heard 9 characters")
    assert house.notebook.heard == ["wait", "behind it"]


async def test_sigterm_waits_for_a_handler_that_is_nearly_done(house: House, alice: Person) -> None:
    await house.start()
    await alice.says("wait")
    await house.until(lambda: house.metrics.updates == ["accepted"])
    asyncio.get_running_loop().call_later(0.2, house.notebook.let_go.set)
    assert await house.stop(seconds=5) is True
    await house.open()
    assert await house.unfinished() == []


async def test_back_after_a_day_whoever_was_asked_for_a_key_is_told(
    house: House, sandbox: Sandbox, alice: Person, bob: Person
) -> None:
    await house.start()
    await house.questions.open(alice.id, alice.id)
    await bob.says("hi")
    await bob.sees("heard")
    await house.crash()
    sandbox.clock.advance(25 * 3600)
    await house.start()
    [told] = await house.told(Kind.WAS_OFFLINE)
    assert told.chat_id == alice.id
    await house.crash()
    await house.start()
    async with house.store.transaction() as tx:
        assert (await tx.outbox.waiting(house.clock.now()))[0] == 1  # told once


async def test_a_short_absence_is_nobodys_business(house: House, sandbox: Sandbox, alice: Person) -> None:
    await house.start()
    await house.questions.open(alice.id, alice.id)
    await house.crash()
    sandbox.clock.advance(23 * 3600)
    await house.start()
    assert await house.outbox() == []
