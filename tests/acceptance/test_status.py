"""One card that is always true: pinned, edited in place, and never said twice."""

import asyncio

from bot.domain.connection import ConnectionId
from bot.sandbox.control.person import Person
from bot.sandbox.telegram.messages import Message
from bot.usecases.blind import WATCHED_UNTIL
from bot.usecases.status import APART, REFRESH
from bot.usecases.status_store import StatusCard
from tests.acceptance.conftest import Service
from tests.acceptance.owning import owning, until
from tests.acceptance.sharing import a_circle


def cards(messages: list[Message]) -> list[Message]:
    """What looks like a status card."""
    return [one for one in messages if "Oldest check" in one.text or "Not all of these were checked" in one.text]


async def asks(person: Person, words: str = "All is well", after: Message | None = None) -> Message:
    """Asks for a card, and waits until it is on top of the chat."""
    await person.says("/status")
    card = await person.sees(words, after=after)
    await until(lambda: person.chat.pinned[-1:] == [card.message_id])
    return card


async def becomes(service: Service, card: Message, words: str) -> None:
    """Waits until the card says so, in the same message."""
    async with asyncio.timeout(10):
        while words not in card.text:
            service.clock.advance(APART)
            await service.app.services.status.look()
            await asyncio.sleep(0.05)


async def test_a_card_shows_everything_at_a_glance_and_is_pinned(service: Service, alice: Person) -> None:
    await owning(service, alice)
    card = await asks(alice)
    assert "🟢 Main · Binance · Spot\nworks since" in card.text
    assert "k1" not in card.text
    (call,) = service.sandbox.telegram.calls.of("pinChatMessage")
    assert call.params["disable_notification"] is True


async def test_a_card_counts_by_itself_how_long_ago_all_keys_were_checked(service: Service, alice: Person) -> None:
    await owning(service, alice)
    async with service.app.store.transaction() as tx:
        await tx.meta.put(WATCHED_UNTIL, str(service.clock.now()).encode())
    card = await asks(alice, "All keys checked")
    times = [entity for entity in card.entities if entity["type"] == "date_time"]
    assert {"r"} <= {entity.get("date_time_format") for entity in times}
    service.clock.advance(300)
    await becomes(service, card, "My last complete round of checks ended")


async def test_a_change_edits_the_card_and_sends_nothing(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    card = await asks(alice)
    await owned.alerted()
    await becomes(service, card, "1 of 1 is not well")
    assert "🔴 Main: withdrawals on" in card.text
    assert "trading paused by me" in card.text
    await service.app.services.manage.rename(alice.id, ConnectionId(owned.id), "Vault")
    await becomes(service, card, "🔴 Vault: withdrawals on")
    second = await owning(service, alice, name="k2", label="Second")
    await becomes(service, card, "🟢 Second")
    await service.app.services.manage.disconnect(alice.id, ConnectionId(owned.id))
    await service.app.services.gate.pause(alice.id, ConnectionId(second.id))
    await becomes(service, card, "⏸ trading paused by hand")
    assert "Vault" not in card.text
    assert len(cards(alice.screen())) == 1


async def test_without_a_change_a_card_is_edited_only_every_few_minutes(service: Service, alice: Person) -> None:
    await owning(service, alice)
    await asks(alice)
    edits = service.sandbox.telegram.calls.of
    keep = service.app.services.status
    before = len(edits("editMessageText"))
    service.clock.advance(APART)
    await keep.look()
    assert len(edits("editMessageText")) == before
    service.clock.advance(REFRESH)
    await keep.look()
    assert len(edits("editMessageText")) == before + 1


async def test_asking_again_leads_to_the_same_card(service: Service, alice: Person) -> None:
    await owning(service, alice)
    card = await asks(alice)
    await alice.says("/status")
    here = await alice.sees("Here it is")
    assert here.reply_to is card
    assert len(cards(alice.screen())) == 1
    assert alice.chat.pinned == [card.message_id]


async def test_a_card_that_was_taken_away_comes_back_when_it_is_asked_for(service: Service, alice: Person) -> None:
    await owning(service, alice)
    first = await asks(alice)
    await alice.deletes(first)
    service.clock.advance(REFRESH)
    await service.app.services.status.look()
    assert cards(alice.screen()) == []
    assert (await asks(alice, after=first)).message_id != first.message_id


async def test_a_card_outlives_a_restart(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    card = await asks(alice)
    await service.crash()
    await service.start()
    await service.app.services.gate.pause(alice.id, ConnectionId(owned.id))
    await becomes(service, card, "⏸ Main")
    assert len(cards(alice.screen())) == 1


async def test_whoever_has_nothing_is_told_how_to_begin(service: Service, alice: Person) -> None:
    await alice.says("/status")
    await alice.sees("Nothing is watched here yet")


async def test_a_card_speaks_polish(service: Service) -> None:
    ola = service.person("Ola", "pl")
    await owning(service, ola)
    await ola.says("/status")
    await ola.sees("Wszystko w porządku: jedno połączenie")


async def test_a_group_has_a_card_without_tails_and_is_told_once_that_it_cannot_be_pinned(
    service: Service, alice: Person
) -> None:
    circle = await a_circle(service, alice)
    group, sue = circle.group, circle.subscriber
    await sue.says("/status", group=group)
    card = await sue.sees("All is well", group=group)
    assert (await circle.owned.now()).key_tail not in card.text
    await sue.sees("I may not pin messages here", group=group)
    await sue.says("/status", group=group)
    await sue.sees("Here it is", group=group)
    assert len([one for one in group.messages() if "I may not pin" in one.text]) == 1
    group.promote(service.sandbox.bot, rights={"can_pin_messages": True})
    await sue.says("/status", group=group)
    await until(lambda: group.chat.pinned == [card.message_id])


async def test_a_group_that_became_a_supergroup_gets_its_card_anew(service: Service, alice: Person) -> None:
    circle = await a_circle(service, alice)
    await alice.says("/status", group=circle.group)
    await alice.sees("All is well", group=circle.group)
    circle.group.migrate()
    async with asyncio.timeout(10):
        while not cards(circle.group.messages()):
            service.clock.advance(APART)
            await service.app.services.status.look()
            await asyncio.sleep(0.05)
    service.clock.advance(REFRESH)
    await service.app.services.status.look()
    assert len(cards(circle.group.messages())) == 1


async def test_what_is_shared_with_one_is_on_ones_card(service: Service, alice: Person) -> None:
    circle = await a_circle(service, alice)
    card = await asks(circle.subscriber)
    await service.app.services.hear.leave(circle.subscriber.id, ConnectionId(circle.owned.id), circle.subscriber.id)
    await becomes(service, card, "nothing left to watch")


async def test_a_busy_telegram_is_left_alone_for_as_long_as_it_asks(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    card = await asks(alice)
    edits = service.sandbox.telegram.calls.of
    await service.app.services.gate.pause(alice.id, ConnectionId(owned.id))
    service.sandbox.telegram.faults.once("editMessageText", retry_after=40)
    service.clock.advance(APART)
    await service.app.services.status.look()
    before = len(edits("editMessageText"))
    service.clock.advance(APART)
    await service.app.services.status.look()
    assert len(edits("editMessageText")) == before
    await becomes(service, card, "⏸ Main")


async def test_one_card_over_which_we_stumble_keeps_no_other_from_being_true(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    card = await asks(alice)
    async with service.app.store.transaction() as tx:  # a chat that Telegram does not know
        await tx.status_cards.put(StatusCard(alice.id - 1_000, 5))
        await tx.status_cards.put(StatusCard(-77, 5))
    await service.app.services.gate.pause(alice.id, ConnectionId(owned.id))
    await becomes(service, card, "⏸ Main")
    async with service.app.store.transaction() as tx:
        assert await tx.status_cards.get(-77) is None
