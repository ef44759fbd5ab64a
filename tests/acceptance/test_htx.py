"""HTX in the chat: a key and a secret that look alike, trading that takes transfers in, rights that are not told."""

from bot.sandbox.control.person import Person
from tests.acceptance.conftest import Service

NOTHING_TOLD = b'{"code":2002,"message":"invalid field value in `uid`"}'


async def to_the_question(person: Person, market: str, purpose: str = "Trade") -> None:
    """Nobody asks for the environment: there is but one."""
    await person.says("/connect")
    for button in ("HTX", market, purpose, "I have the key"):
        await person.taps(button)
    await person.sees("Send me the API key")


async def test_a_key_that_can_withdraw_is_refused_and_one_that_trades_comes_in(service: Service, alice: Person) -> None:
    htx = service.sandbox.exchanges["htx"]
    key = htx.account("k1")
    key.restrict_ips([htx.caller_ip])
    key.allow("withdraw")
    await to_the_question(alice, "USDT futures")
    pasted = await alice.says(f"{key.api_key}\n{key.secret}")
    await alice.sees("What shall we call")
    await alice.taps("Main")
    refusal = await alice.sees("Check again")
    assert pasted.deleted_by == "bot"
    assert "Untick Withdraw and save" in refusal.text

    key.forbid("withdraw")
    await alice.taps("Check again")
    card = await alice.sees("is connected")
    assert "The rights of this key take in transfers between your own HTX accounts" in card.text


async def test_a_key_whose_rights_are_not_told_is_not_taken_for_harmless(service: Service, alice: Person) -> None:
    htx = service.sandbox.exchanges["htx"]
    key = htx.account("k1")
    key.restrict_ips([htx.caller_ip])
    htx.faults.error(200, NOTHING_TOLD, path="/v2/user/api-key")
    await to_the_question(alice, "Spot")
    await alice.says(f"Access Key: {key.api_key}\nSecret Key: {key.secret}")
    await alice.sees("What shall we call")
    await alice.taps("Main")

    await alice.sees("HTX does not say whether this key may withdraw")
    await alice.taps("I looked: it is off")
    await alice.says("HTX")
    card = await alice.sees("is connected")

    assert "you vouched that it is off" in card.text


async def test_who_watches_is_told_that_reading_is_always_on(alice: Person) -> None:
    await alice.says("/connect")
    for button in ("HTX", "Spot", "Watch"):
        await alice.taps(button)

    guide = await alice.sees("Create the key")

    assert "Read is always on" in guide.text
    assert "above all not “Withdraw”" in guide.text
