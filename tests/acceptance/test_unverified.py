"""Where an exchange never says whether a key may withdraw, nobody who looks at the connection is left to forget it."""

from bot.sandbox.control.person import Person
from bot.sandbox.telegram.messages import Message
from tests.acceptance.conftest import Service
from tests.acceptance.sharing import accepts, invites_by_link

SAID = "⚠️ withdrawal not verifiable"


async def vouches_for_a_key_at_gate(service: Service, person: Person) -> None:
    """Gate states every right but this one."""
    gate = service.sandbox.exchanges["gate"]
    key = gate.account("k1")
    key.restrict_ips([gate.caller_ip])
    await person.says("/connect")
    for button in ("Gate", "Spot", "Live", "Trade", "I have the key"):
        await person.taps(button)
    await person.sees("Send me the API key")
    await person.says(f"{key.api_key}\n{key.secret}")
    await person.sees("What shall we call")
    await person.taps("Main")
    await person.sees("Check again")
    await person.taps("I looked")
    await person.says("Gate")
    await person.sees("is connected")


async def shown(person: Person, command: str, words: str) -> Message:
    asked = await person.says(command)
    return await person.sees(words, after=asked)


async def test_the_card_and_every_list_say_so(service: Service, alice: Person) -> None:
    await vouches_for_a_key_at_gate(service, alice)

    for command, words in (("/connections", "Your connections"), ("/status", "works since"), ("/leaked", "Rotate")):
        assert SAID in (await shown(alice, command, words)).text, command

    await shown(alice, "/connections", "Your connections")
    await alice.taps("Main")
    card = await alice.sees("Works since")
    assert "Withdrawal is not verifiable" in card.text


async def test_so_does_what_others_see_who_hear_of_it(service: Service, alice: Person) -> None:
    await vouches_for_a_key_at_gate(service, alice)
    sue = service.person("Sue")
    await accepts(sue, await invites_by_link(alice))

    assert SAID in (await shown(sue, "/connections", "Main")).text
    await sue.taps("Main")
    assert SAID in (await sue.sees("You hear of it")).text
