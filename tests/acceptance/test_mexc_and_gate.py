"""MEXC and Gate in the chat: the box of another market, and what Gate never says."""

from bot.sandbox.control.person import Person
from tests.acceptance.conftest import Service


async def to_the_question(person: Person, exchange: str, market: str, *more: str) -> None:
    await person.says("/connect")
    for button in (exchange, market, *more, "Trade", "I have the key"):
        await person.taps(button)
    await person.sees("Send me the API key")


async def test_a_mexc_key_that_lacks_its_market_is_told_the_box(service: Service, alice: Person) -> None:
    mexc = service.sandbox.exchanges["mexc"]
    key = mexc.account("k1")
    key.restrict_ips([mexc.caller_ip])
    key.pose("spot only")
    await to_the_question(alice, "MEXC", "USDT/USDC futures")
    pasted = await alice.says(f"Access Key: {key.api_key}\nSecret Key: {key.secret}")
    await alice.sees("What shall we call")
    await alice.taps("Main")
    refusal = await alice.sees("Check again")
    assert "Tick Futures: Trade and save" in refusal.text

    key.allow("CONTRACT_DEAL_WRITE")
    await alice.taps("Check again")
    await alice.sees("is connected")
    assert pasted.deleted_by == "bot"


async def test_a_gate_key_comes_in_when_its_owner_vouches(service: Service, alice: Person) -> None:
    gate = service.sandbox.exchanges["gate"]
    key = gate.account("k1")
    key.restrict_ips([gate.caller_ip])
    await to_the_question(alice, "Gate", "Spot", "Live")
    await alice.says(f"{key.api_key}\n{key.secret}")
    await alice.sees("What shall we call")
    await alice.taps("Main")
    await alice.sees("Check again")

    await alice.taps("I looked")
    await alice.says("Gate")
    card = await alice.sees("is connected")

    assert "you vouched that it is off" in card.text
    assert {call.status for call in gate.calls} == {200}


async def test_a_gate_key_that_can_withdraw_cannot_be_vouched_for(service: Service, alice: Person) -> None:
    gate = service.sandbox.exchanges["gate"]
    key = gate.account("k1")
    key.pose("withdraw")
    await to_the_question(alice, "Gate", "BTC-settled futures", "Live")
    await alice.says(f"{key.api_key}\n{key.secret}")
    await alice.sees("What shall we call")
    await alice.taps("Main")

    refusal = await alice.sees("Check again")

    assert "Untick Withdrawal and save" in refusal.text
    assert not [button.text for row in refusal.buttons for button in row if "I looked" in button.text]
