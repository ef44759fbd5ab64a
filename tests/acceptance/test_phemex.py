"""Phemex in the chat: its keys' rights are told by nobody, so their owner vouches, and the card never forgets it."""

from bot.sandbox.control.person import Person
from bot.sandbox.exchanges.account import Account
from tests.acceptance.conftest import Service


async def to_the_guide(person: Person, world: str) -> None:
    await person.says("/connect")
    await person.sees("Which one?")
    await person.says("phem")
    for button in ("USDT/USDC futures", world, "Trade"):
        await person.taps(button)


async def offers(person: Person, key: Account, label: str = "Main") -> None:
    await person.taps("I have the key")
    await person.sees("Send me the API key")
    pasted = await person.says(f"{key.api_key}\n{key.secret}")
    await person.sees("What shall we call")
    assert pasted.deleted_by == "bot"
    await person.taps(label)


async def test_a_key_comes_in_when_its_owner_has_typed_the_exchange_s_name(service: Service, alice: Person) -> None:
    phemex = service.sandbox.exchanges["phemex"]
    key = phemex.account("k1")
    await to_the_guide(alice, "Live")
    guide = await alice.sees("Create the key")
    assert "choose “Read & Trade”, never “Read & Trade & Withdraw”" in guide.text
    await offers(alice, key)
    await alice.sees("Phemex does not say whether this key may withdraw or transfer")
    await alice.taps("I looked: it is off")
    await alice.says("phenix")
    await alice.sees("Type exactly that to vouch")
    await alice.says("Phemex")
    card = await alice.sees("is connected")

    assert "you vouched that it is off" in card.text
    assert {call.method for call in phemex.calls} == {"GET"}


async def test_on_the_testnet_nobody_has_to_vouch(service: Service, alice: Person) -> None:
    key = service.sandbox.exchanges["phemex"].account("toy", "testnet")
    await to_the_guide(alice, "Testnet")
    await offers(alice, key, "Testnet")

    await alice.sees("is connected")


async def test_a_key_off_the_list_is_told_so_and_not_called_a_bad_key(service: Service, alice: Person) -> None:
    key = service.sandbox.exchanges["phemex"].account("k1")
    key.restrict_ips(["203.0.113.9"])
    await to_the_guide(alice, "Live")
    await offers(alice, key)

    refusal = await alice.sees("Check again")

    assert "whitelist does not list it" in refusal.text
    assert "401 (IP): 401 Request IP mismatch." in refusal.text
