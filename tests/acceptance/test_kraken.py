"""Kraken and Kraken Futures in the chat: two exchanges that look like one."""

from bot.sandbox.control.person import Person
from tests.acceptance.conftest import Service


async def to_kraken_s_question(person: Person, purpose: str = "Trade") -> None:
    """Nobody asks for the market or the environment: there is but one of each."""
    await person.says("/connect")
    for button in ("Kraken", purpose, "I have the key"):
        await person.taps(button)
    await person.sees("Send me the API key")


async def to_kraken_futures(person: Person) -> None:
    """It is not on the first page of exchanges: whoever types its name is there at once."""
    await person.says("/connect")
    await person.sees("Which one?")
    await person.says("kraken futures")


async def test_what_prepares_a_withdrawal_is_refused_by_the_name_of_its_box(service: Service, alice: Person) -> None:
    kraken = service.sandbox.exchanges["kraken"]
    key = kraken.account("k1")
    key.restrict_ips([kraken.caller_ip])
    key.allow("add-withdraw-address")
    await to_kraken_s_question(alice)
    pasted = await alice.says(f"API key: {key.api_key}\nPrivate key: {key.secret}")
    await alice.sees("What shall we call")
    await alice.taps("Main")
    refusal = await alice.sees("Check again")
    assert pasted.deleted_by == "bot"
    assert "Untick Add withdrawal addresses and save" in refusal.text

    key.forbid("add-withdraw-address")
    await alice.taps("Check again")
    card = await alice.sees("is connected")
    assert "Withdrawals: off" in card.text
    assert "Transfers: on, between your own accounts; Kraken has no box to turn it off" in card.text
    assert "The key may do more than you want" not in card.text  # orders with margin are orders there
    assert key.secret not in service.sandbox.transcript()


async def test_who_watches_is_told_of_the_transfers_that_come_with_reading(service: Service, alice: Person) -> None:
    key = service.sandbox.exchanges["kraken"].account("k1")
    key.pose("watch")
    await to_kraken_s_question(alice, "Watch")
    await alice.says(f"{key.api_key}\n{key.secret}")
    await alice.sees("What shall we call")
    await alice.taps("Main")

    card = await alice.sees("is connected")

    assert "Spot trading: off" in card.text
    assert "The rights of this key take in transfers between your own Kraken accounts" in card.text
    assert "❌" not in card.text


async def test_a_key_for_another_address_is_not_called_dead(service: Service, alice: Person) -> None:
    key = service.sandbox.exchanges["kraken"].account("k1")
    key.restrict_ips(["203.0.113.99"])
    await to_kraken_s_question(alice)
    await alice.says(f"{key.api_key}\n{key.secret}")
    await alice.sees("What shall we call")
    await alice.taps("Main")

    refusal = await alice.sees("Check again")

    assert "Kraken says: EGeneral:Permission denied" in refusal.text
    assert "203.0.113.7" in refusal.text


async def test_one_level_at_kraken_futures_is_refused_as_withdrawal_and_as_transfer(
    service: Service, alice: Person
) -> None:
    key = service.sandbox.exchanges["krakenfutures"].account("k1")
    key.allow("withdrawal_full")
    await to_kraken_futures(alice)
    for button in ("Coin futures", "Live", "Trade", "I have the key"):
        await alice.taps(button)
    await alice.sees("Send me the API key")
    await alice.says(f"{key.api_key}\n{key.secret}")
    await alice.sees("What shall we call")
    await alice.taps("Main")
    refusal = await alice.sees("Check again")
    assert refusal.text.count("Untick Withdrawal API: Full Access and save") == 2

    key.forbid("withdrawal_full")
    await alice.taps("Check again")
    card = await alice.sees("is connected")
    assert "Futures trading: on" in card.text


async def test_the_guide_names_the_level_once_and_the_demo_s_own_site(alice: Person) -> None:
    await to_kraken_futures(alice)
    for button in ("Coin futures", "Demo", "Trade"):
        await alice.taps(button)

    guide = await alice.sees("Create the key")

    assert guide.text.count("General API: Full Access") == 1
    assert "demo-futures.kraken.com" in guide.text
