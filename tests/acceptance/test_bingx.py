"""BingX in the chat: boxes told by number, a form that leaves withdrawal out, and a demo that the live key opens."""

from bot.sandbox.control.person import Person
from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.bingx import BingxSimulator, Shape
from tests.acceptance.conftest import Service


def bingx_of(service: Service) -> BingxSimulator:
    bingx = service.sandbox.exchanges["bingx"]
    assert isinstance(bingx, BingxSimulator)
    return bingx


async def to_the_question(person: Person, market: str, *more: str) -> None:
    """Only USDT-settled perpetuals have more than one world."""
    await person.says("/connect")
    for button in ("BingX", market, *more, "Trade", "I have the key"):
        await person.taps(button)
    await person.sees("Send me the API key")


async def hand_over(person: Person, key: Account, label: str = "Main") -> None:
    pasted = await person.says(f"API Key: {key.api_key}\nSecret Key: {key.secret}")
    await person.sees("What shall we call")
    await person.taps(label)
    assert pasted.deleted_by == "bot"


async def test_a_key_that_can_withdraw_is_refused_by_its_box_and_comes_in_without_it(
    service: Service, alice: Person
) -> None:
    bingx = bingx_of(service)
    key = bingx.account("k1")
    key.restrict_ips([bingx.caller_ip])
    key.allow("withdraw", "universal_transfer")
    await to_the_question(alice, "Spot")
    await hand_over(alice, key)
    refusal = await alice.sees("Check again")
    assert "Untick Withdraw and save" in refusal.text
    assert "Untick Universal Transfer and save" in refusal.text

    key.forbid("withdraw", "universal_transfer")
    await alice.taps("Check again")
    card = await alice.sees("is connected")
    assert "vouched" not in card.text


async def test_where_the_answer_leaves_withdrawal_out_its_owner_has_to_vouch(service: Service, alice: Person) -> None:
    bingx = bingx_of(service)
    bingx.shape = Shape.RESTRICTIONS
    key = bingx.account("k1")
    key.restrict_ips([bingx.caller_ip])
    await to_the_question(alice, "Coin futures")
    await hand_over(alice, key)

    await alice.sees("BingX does not say whether this key may withdraw")
    await alice.taps("I looked: it is off")
    await alice.says("bingx")
    card = await alice.sees("is connected")

    assert "you vouched that it is off" in card.text


async def test_on_demo_too_it_has_to_be_vouched_for_since_the_key_opens_the_live_account(
    service: Service, alice: Person
) -> None:
    await alice.says("/connect")
    for button in ("BingX", "USDT futures", "Demo", "Trade"):
        await alice.taps(button)
    guide = await alice.sees("Create the key")
    assert "this key opens your real account too" in guide.text
    await alice.taps("I have the key")
    await alice.sees("Send me the API key")
    await hand_over(alice, bingx_of(service).account("k1", "demo"), "BingX Futures Demo")

    await alice.sees("BingX does not say whether this key may withdraw")
    await alice.taps("I looked: it is off")
    await alice.says("BingX")
    card = await alice.sees("is connected")

    assert "you vouched that it is off" in card.text
    assert "No real money is at stake" not in card.text
