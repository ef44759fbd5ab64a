"""Outages in the chat: told once to everybody concerned, in one message that goes on; a dead key told apart inside."""

import asyncio

from bot.domain.health import Status
from bot.sandbox.control.person import Person
from bot.sandbox.telegram.messages import Message
from bot.usecases.steadiness import CALM, EDIT_PAUSE, MOST_DEATHS
from bot.usecases.telling import tell_steady
from tests.acceptance.conftest import Service
from tests.acceptance.owning import Owned, owning, until


def saying(person: Person, words: str) -> list[Message]:
    return [message for message in person.screen() if message.from_bot and words in message.text]


async def test_an_outage_is_one_message_in_each_chat_edited_while_it_lasts_and_when_it_ends(
    service: Service, alice: Person
) -> None:
    bob = service.person("Bob")
    for number in range(3):
        await owning(service, alice, name=f"a{number}", label=f"Alice {number}")
    await owning(service, bob, name="b", label="Bob 0")

    service.binance.faults.down()
    for person in (alice, bob):
        await person.sees("Binance is down", timeout=20)
    await until(lambda: saying(alice, "3 of your connections are affected") != [], 40)
    assert len(saying(alice, "Binance is down")) == len(saying(bob, "Binance is down")) == 1
    assert saying(alice, "stopped working") == []

    service.binance.faults.clear()
    for person in (alice, bob):
        await until(lambda person=person: saying(person, "Binance is down") == [], 20)  # type: ignore[misc]
        await until(lambda person=person: len(saying(person, "Binance is back")) == 2)  # type: ignore[misc]
        assert saying(person, "Binance is back")[0].edited
    sent = [call.params for call in service.sandbox.telegram.calls if call.method == "sendMessage"]
    assert [said["disable_notification"] for said in sent if "is back" in said["text"]] == [True, True]


async def test_a_dead_key_is_told_apart_inside_an_outage(service: Service, alice: Person) -> None:
    bob = service.person("Bob")
    down = [await owning(service, alice, name=name, label=name) for name in ("one", "two")]
    dead = await owning(service, bob, name="dead", label="Dead")
    for owned in down:
        service.binance.faults.down(account=owned.account.name)
    dead.account.revoke()

    await alice.sees("Binance is down", timeout=20)
    await bob.sees("Dead: the key stopped working", timeout=20)

    assert saying(bob, "Binance is down") == []
    assert saying(alice, "stopped working") == []


async def test_keys_of_different_people_that_die_at_once_are_blamed_on_nobody(service: Service, alice: Person) -> None:
    bob = service.person("Bob")
    for person, name in ((alice, "one"), (bob, "two")):
        (await owning(service, person, name=name, label=name)).account.revoke()

    for person in (alice, bob):
        await person.sees("Binance refuses many keys at once", timeout=20)
        assert saying(person, "stopped working") == []


async def test_operators_hear_of_it_too(unstarted: Service) -> None:
    operator, alice = unstarted.person("Olga"), unstarted.person("Alice")
    await operator.says("/start")
    await unstarted.start(operators=[operator.id])
    await owning(unstarted, alice)

    unstarted.binance.faults.ban()

    told = await operator.sees("Incident at", timeout=20)
    assert "banned" in told.text
    await alice.sees("Binance turns me away", timeout=20)


async def becomes(owned: Owned, status: Status) -> None:
    async with asyncio.timeout(20):
        while (await owned.now()).health.status is not status:  # noqa: ASYNC110 - the store tells nobody
            await asyncio.sleep(0.02)


async def test_a_key_that_comes_and_goes_becomes_one_message_with_counts(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    for _ in range(MOST_DEATHS + 2):
        owned.account.revoke()
        await becomes(owned, Status.REAUTH_NEEDED)
        owned.account.restore()
        await becomes(owned, Status.CONNECTED)

    unsteady = await alice.sees("Main: unsteady", timeout=30)
    service.clock.advance(EDIT_PAUSE)
    service.app.relay.wake()
    await until(lambda: f"{2 * (MOST_DEATHS + 2)} changes in the last hour" in unsteady.text, 20)
    assert saying(alice, "Main: unsteady") == [unsteady]
    for words in ("the key stopped working", "Main works again"):
        assert len(saying(alice, words)) == MOST_DEATHS, "told singly until it was too often"

    service.clock.advance(CALM + 1)
    async with service.app.store.transaction() as tx:  # housekeeping looks once a minute
        await tell_steady(tx, service.clock.now())
    steady = await alice.sees("Main is steady again", timeout=15)
    assert steady.reply_to is unsteady
    assert "works" in steady.text
