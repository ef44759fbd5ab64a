"""A deletion goes on until Telegram confirmed it, or refused for good: then people are told, loudly."""

import pytest

from bot.sandbox.control.person import Person
from bot.sandbox.world import Sandbox
from bot.usecases.delivery import Kind
from tests.integration.intake.house import API_KEY, House

HOURS = 3600.0


@pytest.mark.parametrize(
    "fault",
    [
        {"retry_after": 7},
        {"code": 500, "description": "Internal Server Error"},
        {"code": 502, "description": "Bad Gateway"},
        {"drop": True},
        {"drop": True, "after": True},
        {"code": 401, "description": "Unauthorized"},
    ],
    ids=["429", "500", "502", "no answer", "done but no answer", "token refused"],
)
async def test_what_passes_is_waited_out(
    house: House, sandbox: Sandbox, alice: Person, fault: dict[str, object]
) -> None:
    await house.start()
    sandbox.telegram.faults.once("deleteMessage", times=2, **fault)  # type: ignore[arg-type]
    pasted = await alice.says(API_KEY)
    await house.told(Kind.SECRET_REMOVED)
    assert pasted.deleted_by == "bot"
    assert [call.method for call in house.calls()] == ["deleteMessage"] * 3
    if "retry_after" in fault:
        assert house.clock.slept.count(7.0) == 2  # as long as Telegram asked for


async def test_while_one_chat_rests_others_are_served(
    house: House, sandbox: Sandbox, alice: Person, bob: Person
) -> None:
    await house.start()
    house.clock.LONGEST_NAP = 2.0
    sandbox.telegram.faults.once("deleteMessage", retry_after=2)
    slow = await alice.says(API_KEY)
    await house.until(lambda: len(house.calls()) == 1)
    quick = await bob.says(API_KEY)
    await bob.sees_gone(quick, timeout=1.0)
    assert slow.visible
    await alice.sees_gone(slow)


async def test_a_message_its_author_took_back_first_is_as_good_as_deleted(
    house: House, sandbox: Sandbox, alice: Person
) -> None:
    pasted = await alice.says(API_KEY)
    await alice.deletes(pasted)
    await house.start()
    await house.told(Kind.SECRET_REMOVED)
    async with house.store.transaction() as tx:
        assert await tx.deletions.pending() == []


async def test_older_than_48_hours_must_be_deleted_by_hand(house: House, sandbox: Sandbox, alice: Person) -> None:
    await house.start()
    sandbox.telegram.faults.once("deleteMessage", 500, "Internal Server Error", times=None)
    await alice.says(API_KEY)
    await house.until(lambda: len(house.calls()) >= 2)
    sandbox.clock.advance(49 * HOURS)
    sandbox.telegram.faults.clear()
    [told] = await house.told(Kind.DELETE_BY_HAND)
    assert (told.chat_id, told.args["reason"], told.args["kind"]) == (alice.id, "too_old", "exchange_key")


@pytest.mark.parametrize(
    ("code", "description", "reason"),
    [
        (400, "Bad Request: message can't be deleted", "refused"),
        (400, "Bad Request: MESSAGE_DELETE_FORBIDDEN", "refused"),
        (403, "Forbidden: bot was blocked by the user", "unreachable"),
        (400, "Bad Request: chat not found", "unreachable"),
    ],
)
async def test_a_refusal_for_good_is_told_loudly(
    house: House, sandbox: Sandbox, alice: Person, code: int, description: str, reason: str
) -> None:
    await house.start()
    await house.questions.open(alice.id, alice.id)
    sandbox.telegram.faults.once("deleteMessage", code, description)
    pasted = await alice.says("blue horse")
    [told] = await house.told(Kind.DELETE_BY_HAND)
    assert (told.args["reason"], told.args["kind"]) == (reason, "answer")
    assert [call.method for call in house.calls() if call.method == "deleteMessage"] == ["deleteMessage"]
    await alice.sees("heard 10 characters")  # and the conversation goes on
    assert pasted.visible


async def test_a_secret_in_a_group_that_became_a_supergroup_meanwhile_goes_too(
    house: House, sandbox: Sandbox, alice: Person
) -> None:
    group = sandbox.group("Desk", owner=alice)
    group.add(sandbox.bot, status="administrator", rights={"can_delete_messages": True})
    pasted = await alice.says(API_KEY, group=group)
    group.migrate()
    await house.start()
    await alice.sees_gone(pasted)


async def test_a_restart_goes_on_where_the_process_stopped(house: House, sandbox: Sandbox, alice: Person) -> None:
    await house.start()
    sandbox.telegram.faults.once("deleteMessage", 500, "Internal Server Error", times=None)
    pasted = await alice.says(API_KEY)
    await house.until(lambda: len(house.calls()) >= 1)
    await house.crash()
    sandbox.telegram.faults.clear()
    assert pasted.visible
    await house.start()
    await alice.sees_gone(pasted)
    assert len(await house.told(Kind.SECRET_REMOVED)) == 1


async def test_many_secrets_of_one_paste_are_one_notice(house: House, alice: Person) -> None:
    await house.open()
    pasted = [await alice.says(API_KEY) for _ in range(12)]
    house.tasks.spawn("poller", house.poller.run())
    for message in pasted:
        await alice.sees_gone(message)
    [told] = await house.told(Kind.SECRET_REMOVED)
    assert told.args["count"] == 12
    async with house.store.transaction() as tx:
        assert (await tx.outbox.waiting(house.clock.now()))[0] == 1


async def test_a_hanging_deletion_does_not_hold_up_another_persons(
    house: House, sandbox: Sandbox, alice: Person, bob: Person
) -> None:
    await house.start()
    sandbox.telegram.faults.once("deleteMessage", delay=1.5)
    slow = await alice.says(API_KEY)
    await house.until(lambda: house.metrics.updates == ["accepted"])
    await bob.sees_gone(await bob.says(API_KEY), timeout=1.0)
    assert slow.visible
    await alice.sees_gone(slow)
