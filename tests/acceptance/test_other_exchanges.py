"""Exchanges other than Binance, in the chat: a passphrase, a right without a box, and what nobody states."""

from bot.sandbox.control.person import Person
from tests.acceptance.conftest import Service


async def to_the_question(person: Person, exchange: str, market: str, world: str, purpose: str = "Trade") -> None:
    await person.says("/connect")
    for button in (exchange, market, world, purpose, "I have the key"):
        await person.taps(button)
    await person.sees("Send me the API key")


async def test_three_fields_come_in_one_message(service: Service, alice: Person) -> None:
    okx = service.sandbox.exchanges["okx"]
    key = okx.account("k1")
    key.restrict_ips([okx.caller_ip])
    await to_the_question(alice, "OKX", "Spot", "Live")

    pasted = await alice.says(f"{key.api_key}\n{key.secret}\n{key.passphrase}")
    await alice.sees("What shall we call")
    await alice.taps("Main")
    card = await alice.sees("is connected")

    assert pasted.deleted_by == "bot"
    assert "The rights of this key take in transfers between your own OKX accounts" in card.text
    assert "Transfers: on, between your own accounts; OKX has no box to turn it off" in card.text
    assert "❌" not in card.text
    assert "The key may do more than you want" not in card.text  # there is nothing to turn off: Trade is one box
    assert key.passphrase is not None
    assert key.passphrase not in service.sandbox.transcript()


async def test_the_passphrase_is_asked_for_last_and_vanishes_like_the_rest(service: Service, alice: Person) -> None:
    okx = service.sandbox.exchanges["okx"]
    key = okx.account("k1", "demo")
    await to_the_question(alice, "OKX", "USDT/USDC/USD futures", "Demo")

    said = [await alice.says(key.api_key)]
    await alice.sees("Now the secret key")
    said.append(await alice.says(key.secret))
    await alice.sees("passphrase")
    said.append(await alice.says(key.passphrase or ""))
    await alice.sees("What shall we call")
    await alice.taps("Demo")
    await alice.sees("is connected")

    assert ["bot", "bot", "bot"] == [message.deleted_by for message in said]
    assert {call.status for call in okx.calls} == {200}


async def test_a_wrong_passphrase_is_told_as_such(service: Service, alice: Person) -> None:
    key = service.sandbox.exchanges["okx"].account("k1")
    await to_the_question(alice, "OKX", "Spot", "Live")
    await alice.says(f"API key: {key.api_key}\nSecret key: {key.secret}\nPassphrase: MyLoginPassword1!")
    await alice.sees("What shall we call")
    await alice.taps("Main")

    refusal = await alice.sees("Check again")

    assert "The passphrase does not belong to this key" in refusal.text
    assert "50105" in refusal.text


async def test_bybit_names_its_own_boxes(service: Service, alice: Person) -> None:
    bybit = service.sandbox.exchanges["bybit"]
    key = bybit.account("k1")
    key.restrict_ips([bybit.caller_ip])
    key.allow("Withdraw", "SubMemberTransfer")
    await to_the_question(alice, "Bybit", "Coin futures", "Live")
    await alice.says(f"{key.api_key}\n{key.secret}")
    await alice.sees("What shall we call")
    await alice.taps("Main")
    refusal = await alice.sees("Check again")
    assert "Untick Withdrawal and save" in refusal.text
    assert "Untick Subaccount Transfer and save" in refusal.text

    key.forbid("Withdraw", "SubMemberTransfer")
    await alice.taps("Check again")
    await alice.sees("is connected")


async def test_who_watches_at_bybit_is_told_to_choose_read_only(service: Service, alice: Person) -> None:
    await alice.says("/connect")
    for button in ("Bybit", "Spot", "Testnet"):
        await alice.taps(button)
    choice = await alice.sees("What should the key be able to do")
    assert "Watch only needs “Read-Only”" in choice.text
    await alice.taps("Watch")
    guide = await alice.sees("Create the key")
    assert "testnet.bybit.com" in guide.text
    assert "Choose “Read-Only”" in guide.text
