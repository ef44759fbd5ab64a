"""/leaked: what to do, in order, and the ways there."""

from bot.exchanges.binance import PROFILE
from bot.sandbox.control.person import Person
from bot.telegram.leak import PER_MESSAGE
from tests.acceptance.conftest import Service
from tests.acceptance.owning import owning


async def test_the_steps_come_in_order_with_every_connection_of_the_person(service: Service, alice: Person) -> None:
    main = await owning(service, alice)
    await owning(service, alice, name="k2", label="Play", environment="testnet")
    bob = service.person("Bob")
    await owning(service, bob, name="k3", label="Foreign")
    await alice.says("/leaked")
    shown = await alice.sees("A key leaked, or might have?")
    steps = ["Delete the key at the exchange", "Look through the account", "Make a new key", "Close the leak"]
    assert sorted(steps, key=shown.text.index) == steps
    assert f"Main\nBinance · Spot · key {(await main.now()).key_tail}" in shown.text
    assert "Foreign" not in shown.text
    rows = [["🗑 Delete: Main"], ["🔁 Rotate: Main"], ["🗑 Delete: Play"], ["🔁 Rotate: Play"]]
    assert rows == shown.button_texts
    assert list(PROFILE.key_pages.values())[:2] == shown.urls


async def test_rotating_begins_right_there(service: Service, alice: Person) -> None:
    await owning(service, alice)
    await alice.says("/leaked")
    await alice.taps("Rotate: Main")
    await alice.sees("A new key for Main")


async def test_many_connections_come_in_several_messages_and_the_steps_once(service: Service, alice: Person) -> None:
    for number in range(PER_MESSAGE + 1):
        await owning(service, alice, name=f"k{number}", label=f"No {number}")
    await alice.says("/leaked")
    last = await alice.sees(f"No {PER_MESSAGE}")
    assert [[f"🗑 Delete: No {PER_MESSAGE}"], [f"🔁 Rotate: No {PER_MESSAGE}"]] == last.button_texts
    assert "Delete the key at the exchange" not in last.text


async def test_somebody_without_a_connection_is_told_what_to_do_too(service: Service) -> None:
    ola = service.person("Ola", "pl")
    await ola.says("/leaked")
    shown = await ola.sees("Usuń klucz na giełdzie")
    assert [] == shown.buttons
