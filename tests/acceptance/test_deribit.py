"""Deribit in the chat: a client id and its secret, a scope that can give itself more, and one that says too little."""

from bot.sandbox.control.person import Person
from tests.acceptance.conftest import Service


async def to_deribit(person: Person, *choices: str) -> None:
    """Types its name: on which page of the catalogue it stands is another story."""
    await person.says("/connect")
    await person.sees("Which one?")
    await person.says("deribit")
    for button in choices:
        await person.taps(button)


async def to_the_question(person: Person, market: str) -> None:
    await to_deribit(person, market, "Live", "Trade", "I have the key")
    await person.sees("Send me the API key")


async def test_a_key_that_may_edit_keys_is_refused_and_without_that_it_comes_in(
    service: Service, alice: Person
) -> None:
    deribit = service.sandbox.exchanges["deribit"]
    key = deribit.account("k1")
    key.allow("account:read_write")
    await to_the_question(alice, "Coin futures")
    pasted = await alice.says(f"Client ID: {key.api_key}\nClient Secret: {key.secret}")
    await alice.sees("What shall we call")
    await alice.taps("Main")
    refusal = await alice.sees("Check again")
    assert pasted.deleted_by == "bot"
    assert "Untick account:read_write and save" in refusal.text

    key.forbid("account:read_write")
    await alice.taps("Check again")
    card = await alice.sees("is connected")
    assert "Withdrawals: off" in card.text
    assert "Deribit does not tell whether the key is limited to certain addresses" in card.text
    assert "The key may do more than you want" not in card.text  # one scope is for all that is traded
    assert key.secret not in service.sandbox.transcript()


async def test_a_key_that_may_read_the_wallet_has_to_be_vouched_for(service: Service, alice: Person) -> None:
    key = service.sandbox.exchanges["deribit"].account("k1")
    key.allow("wallet:read")
    await to_the_question(alice, "Spot")
    await alice.says(f"{key.api_key} {key.secret}")
    await alice.sees("What shall we call")
    await alice.taps("Main")

    await alice.sees("Deribit does not say whether this key may withdraw")
    await alice.taps("I looked: it is off")
    await alice.says("Deribit")
    card = await alice.sees("is connected")

    assert "you vouched that it is off" in card.text


async def test_who_makes_a_key_is_told_what_to_choose_and_what_to_leave(alice: Person) -> None:
    await to_deribit(alice, "Spot", "Testnet", "Watch")

    guide = await alice.sees("Create the key")

    assert "choose “account:read”, “trade:read”" in guide.text
    assert "I refuse “wallet:read_write”, “account:read_write”" in guide.text
    assert "A key made at www.deribit.com is not known here" in guide.text
