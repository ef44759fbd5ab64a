"""What Telegram may say to a message, and what becomes of the message: it arrives, it waits, or its end is told."""

import asyncio

import pytest
from sqlalchemy import text

from bot.domain.connection import ConnectionId
from bot.sandbox.control.person import Person
from bot.sandbox.telegram.calls import Call
from tests.acceptance.conftest import Service
from tests.acceptance.owning import owning, until
from tests.acceptance.sharing import a_circle, accepts, invites_by_link

UNREADABLE = 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 4'
MEGABYTE = "x" * 1_000_000


def alerts(service: Service, person: Person) -> list[Call]:
    """What was sent to this person about the dangerous right, whatever came of it."""
    calls = service.sandbox.telegram.calls.of("sendMessage")
    return [call for call in calls if call.chat_id == person.id and "dangerous right" in str(call.params["text"])]


@pytest.mark.parametrize("words", [UNREADABLE, "Bad Request: message is too long"])
async def test_an_alert_whose_form_is_refused_arrives_at_once_in_plain_words(
    service: Service, alice: Person, words: str
) -> None:
    owned = await owning(service, alice, label="<b>Main</i>&")
    service.sandbox.telegram.faults.once("sendMessage", 400, words)
    alert = await owned.alerted()
    assert "<b>Main</i>&: dangerous right" in alert.text
    assert alert.entities == []
    assert "Rotate" in str(alert.button_texts)
    assert [call.code for call in alerts(service, alice)] == [400, 200]


async def test_a_message_longer_than_telegram_takes_arrives_cut(service: Service, alice: Person) -> None:
    """No verb writes so long a label; what is in the store may be of another version."""
    owned = await owning(service, alice)
    async with service.app.store._session() as session:
        await session.change(
            text("UPDATE connections SET label = :label WHERE id = :id"), {"label": MEGABYTE, "id": owned.id}
        )
    owned.account.allow("enableWithdrawals")
    await until(lambda: alice.last().text.startswith("🚨") or "xxx" in alice.last().text, 15)
    assert len(alice.last().text) <= 4096
    assert [call.code for call in service.sandbox.telegram.calls.of("sendMessage")][-1] == 200


async def test_a_chat_that_telegram_rests_keeps_no_other_waiting(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    bob = service.person("Bob")
    await accepts(bob, await invites_by_link(alice))
    await alice.sees("Bob now hears of Main", timeout=15)
    service.sandbox.telegram.faults.once("sendMessage", retry_after=6)

    owned.account.allow("enableWithdrawals")
    for person in (alice, bob):
        await person.sees("dangerous right", timeout=20)

    first, second = sorted((alerts(service, alice), alerts(service, bob)), key=len)
    assert [call.code for call in first] == [200]
    assert [call.code for call in second] == [429, 200]
    assert second[1].at - second[0].at >= 6, "it was not rested for as long as Telegram asked"
    assert first[0].at < second[1].at, "the other chat waited with it"


async def test_a_group_that_the_bot_was_taken_out_of_unseen_is_noticed_by_the_refusal(
    service: Service, alice: Person
) -> None:
    circle = await a_circle(service, alice)
    service.sandbox.telegram.updates.put = lambda *_: None  # type: ignore[method-assign] # the notes are lost
    circle.group.remove(service.sandbox.bot)
    circle.owned.account.allow("enableWithdrawals")
    told = await alice.sees("Desk no longer hears of Main", timeout=20)
    assert "I can send nothing there" in told.text
    await circle.subscriber.sees("dangerous right", timeout=15)
    assert set(await circle.subscriptions()) == {"Oscar", "Sue"}
    tried = [call for call in service.sandbox.telegram.calls.of("sendMessage") if call.chat_id == circle.group.id]
    assert [call.code for call in tried][-1] == 403
    assert [call.code for call in tried].count(403) == 1, "a permanent refusal is not tried again"


async def test_an_alert_outlives_a_token_that_is_being_changed(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    faults = service.sandbox.telegram.faults
    faults.once("sendMessage", 401, "Unauthorized")
    faults.once("sendMessage", 404, "Not Found")
    await owned.alerted()
    assert [call.code for call in alerts(service, alice)] == [401, 404, 200]
    async with service.app.store.transaction() as tx:
        assert len(await tx.alerts.open_of(ConnectionId(owned.id))) == 1


async def test_an_alert_that_is_on_its_way_at_a_stop_comes_once(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    service.sandbox.telegram.faults.once("sendMessage", delay=2.5)
    owned.account.allow("enableWithdrawals")
    await until(lambda: service.app.relay._busy == {alice.id}, 15)
    await service.stop()
    owned.account.forbid("enableWithdrawals")
    await service.start()
    await alice.sees("works again", timeout=20)
    assert [call.code for call in alerts(service, alice)] == [200]


async def test_an_alert_that_could_not_be_told_is_told_when_its_owner_is_back(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await alice.blocks_bot()
    owned.account.allow("enableWithdrawals")
    await until(lambda: [call.code for call in alerts(service, alice)] == [403], 15)
    async with asyncio.timeout(5):
        while await is_reachable(service, alice):  # noqa: ASYNC110 - the store tells nobody
            await asyncio.sleep(0.02)
    await alice.unblocks_bot()
    alert = await alice.sees("dangerous right", timeout=15)
    assert "Rotate" in str(alert.button_texts)
    assert [call.code for call in alerts(service, alice)] == [403, 200]


async def is_reachable(service: Service, person: Person) -> bool:
    async with service.app.store.transaction() as tx:
        found = await tx.people.get(person.id)
    return found is not None and found.reachable


async def test_an_alert_that_telegram_refuses_for_no_known_reason_is_told_to_operators_and_tried_again(
    unstarted: Service,
) -> None:
    service, alice, oscar = unstarted, unstarted.person("Alice"), unstarted.person("Oscar")
    await service.start(operators=(oscar.id,))
    await oscar.says("/help")
    await oscar.sees("/connections")
    owned = await owning(service, alice)
    # It is tried as it is, and without its buttons.
    service.sandbox.telegram.faults.once("sendMessage", 400, "Bad Request: MESSAGE_OF_A_NEW_KIND_INVALID", times=2)
    owned.account.allow("enableWithdrawals")
    told = await oscar.sees("A message could not be delivered", timeout=15)
    assert "NEW_KIND" not in told.text, "Telegram's words may quote the message's"
    service.clock.advance(5 * 60)
    await service.app.dispatcher.tick()
    await alice.sees("dangerous right", timeout=15)
    assert [call.code for call in alerts(service, alice)] == [400, 400, 200]
