"""The poller: what it confirms, and what it does when somebody else takes the bot's updates."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from aiogram.methods import GetWebhookInfo, SetWebhook

from bot.sandbox.control.person import Person
from bot.sandbox.world import Sandbox
from bot.telegram.intake_state import Intruder
from bot.telegram.wire import make_bot
from bot.usecases.delivery import Kind
from tests.integration.intake.house import OPERATOR, House

FOREIGN = "http://127.0.0.1:9/somebody-else"


async def test_each_batch_is_confirmed_by_the_call_after_its_commit(
    house: House, sandbox: Sandbox, alice: Person
) -> None:
    await house.start()
    await alice.says("one")
    await alice.sees("heard 3 characters")
    await house.until(lambda: sandbox.telegram.updates.count == 0)
    assert await house.unfinished() == []


async def test_an_outage_of_telegram_ends_by_itself(house: House, sandbox: Sandbox, alice: Person) -> None:
    sandbox.telegram.faults.once("getUpdates", 502, "Bad Gateway", times=3)
    sandbox.telegram.faults.once("getUpdates", drop=True, times=2)
    sandbox.telegram.faults.once("getUpdates", retry_after=4)
    await alice.says("still there?")
    await house.start()
    await alice.sees("heard 12 characters")
    assert house.clock.slept[:6] == [0.5, 1.0, 2.0, 4.0, 8.0, 4.0]
    assert house.poller.last_answer_at == pytest.approx(house.clock.monotonic(), abs=10)


async def test_a_second_poller_closes_key_intake_and_operators_are_told_once(
    house: House, sandbox: Sandbox, alice: Person
) -> None:
    sandbox.telegram.faults.once("getUpdates", 409, "Conflict: terminated by other getUpdates request", times=3)
    await house.start()
    await house.until(lambda: house.key_intake.closed_because is Intruder.ANOTHER_POLLER)
    [told] = await house.told(Kind.OPERATOR)
    assert (told.chat_id, told.args["event"]) == (OPERATOR, "key_intake_closed_another_poller")
    await alice.says("are you there?")  # everything else goes on
    await alice.sees("heard 14 characters")
    assert house.key_intake.closed_because is Intruder.ANOTHER_POLLER
    async with house.store.transaction() as tx:
        assert (await tx.outbox.waiting(house.clock.now()))[0] == 1


async def test_key_intake_opens_again_after_a_quiet_while(house: House, sandbox: Sandbox, alice: Person) -> None:
    sandbox.telegram.faults.once("getUpdates", 409, "Conflict: terminated by other getUpdates request")
    await house.start()
    await house.until(lambda: house.key_intake.closed_because is not None)
    sandbox.clock.advance(61)
    await alice.says("quiet now")
    await house.until(lambda: house.key_intake.closed_because is None)


async def test_a_real_second_poller_is_noticed(house: House, sandbox: Sandbox) -> None:
    await house.start()
    thief = make_bot(sandbox.token, sandbox.telegram_url)
    await house.until(lambda: sandbox.telegram.updates._poller is not None)
    await thief.get_updates(timeout=0)
    await house.until(lambda: house.key_intake.closed_because is Intruder.ANOTHER_POLLER)
    await thief.session.close()


async def test_a_foreign_webhook_closes_key_intake_and_is_left_alone(
    house: House, sandbox: Sandbox, alice: Person
) -> None:
    await house.open()
    await house.bot(SetWebhook(url=FOREIGN))
    house.tasks.spawn("poller", house.poller.run())
    await house.until(lambda: house.key_intake.closed_because is Intruder.FOREIGN_WEBHOOK)
    [told] = await house.told(Kind.OPERATOR)
    assert told.args["event"] == "key_intake_closed_foreign_webhook"
    # An exchange that cannot be reached now is not taken for our own network's fault: its keys' owners are told.
    assert house.contact.seems_up()
    assert not house.contact.is_served()
    assert (await house.bot(GetWebhookInfo())).url == FOREIGN


async def test_our_own_old_webhook_is_removed_without_ado(sandbox: Sandbox, tmp_path: Path, alice: Person) -> None:
    house = House(sandbox, tmp_path, own_webhook=FOREIGN)
    await house.open()
    await house.bot(SetWebhook(url=FOREIGN))
    house.tasks.spawn("poller", house.poller.run())
    await alice.says("hi")
    await alice.sees("heard 2 characters")
    assert house.key_intake.closed_because is None
    await house.crash()


async def test_the_stop_does_not_wait_for_the_long_poll(house: House, sandbox: Sandbox) -> None:
    await house.start()
    await house.until(lambda: sandbox.telegram.updates._poller is not None)
    started = house.clock.now()
    assert await house.stop() is True
    assert house.clock.now() - started < 2


async def test_the_poller_outlives_a_fault_of_ours_and_what_it_fetched_comes_again(
    house: House, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.start()
    stumbled: list[int] = []

    async def stumble(updates: Sequence[object]) -> int | None:
        if not updates:
            return None
        stumbled.append(len(updates))
        if len(stumbled) > 1:
            monkeypatch.undo()
        raise LookupError

    monkeypatch.setattr(house.intake, "accept", stumble)
    await alice.says("still there?")
    await alice.sees("heard 12 characters")
    assert stumbled == [1, 1]


async def test_the_first_fetch_comes_soon_after_the_start(house: House, sandbox: Sandbox) -> None:
    started = house.clock.now()
    await house.start()
    await house.until(lambda: sandbox.telegram.updates._poller is not None)
    assert house.clock.now() - started < 3
