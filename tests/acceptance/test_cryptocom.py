"""Crypto.com in the chat: rights that nobody tells, a name that looks like a link, and one code for three troubles."""

from bot.sandbox.control.person import Person
from bot.sandbox.exchanges.account import Account
from tests.acceptance.conftest import Service


async def offers(person: Person, key: Account, market: str) -> None:
    await person.says("/connect")
    await person.sees("Which one?")
    await person.says("crypto.com")
    for button in (market, "Live", "Trade", "I have the key"):
        await person.taps(button)
    await person.sees("Send me the API key")
    pasted = await person.says(f"{key.api_key}\n{key.secret}")
    await person.sees("What shall we call")
    assert pasted.deleted_by == "bot"
    await person.taps("Main")


async def test_a_key_comes_in_when_its_owner_has_typed_the_exchange_s_name(service: Service, alice: Person) -> None:
    key = service.sandbox.exchanges["cryptocom"].account("k1")
    await offers(alice, key, "Spot")
    await alice.sees("Crypto.com does not say whether this key may withdraw or transfer")

    await alice.taps("I looked: it is off")
    await alice.says("Crypto.com")
    card = await alice.sees("is connected")

    assert "you vouched that it is off" in card.text
    assert key.secret not in service.sandbox.transcript()


async def test_a_wrong_secret_is_not_told_apart_from_a_wrong_key(service: Service, alice: Person) -> None:
    key = service.sandbox.exchanges["cryptocom"].account("k1")
    key.revoke()
    await offers(alice, key, "USD futures")

    refusal = await alice.sees("Check again")

    assert "refuses the key and does not say why" in refusal.text
    assert "40101: UNAUTHORIZED" in refusal.text


async def test_an_account_without_derivatives_is_told_so(service: Service, alice: Person) -> None:
    key = service.sandbox.exchanges["cryptocom"].account("k1")
    key.pose("spot only")
    await offers(alice, key, "USD futures")

    refusal = await alice.sees("Check again")

    assert "derivatives_access: DISABLED" in refusal.text
    assert "open that kind of account at Crypto.com first" in refusal.text
