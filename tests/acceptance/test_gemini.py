"""Gemini in the chat: keys of one account only, roles in place of boxes, and a box that nobody can see."""

# ruff: noqa: RUF001  -- the bot's own quotation marks

from bot.sandbox.control.person import Person
from bot.sandbox.exchanges.account import Account
from tests.acceptance.conftest import Service


async def to_the_guide(person: Person, world: str, purpose: str) -> None:
    await person.says("/connect")
    await person.sees("Which one?")
    await person.says("gemini")
    for button in ("Spot", world, purpose):
        await person.taps(button)


async def to_the_question(person: Person, world: str = "Live", purpose: str = "Trade") -> None:
    await to_the_guide(person, world, purpose)
    await person.taps("I have the key")
    await person.sees("Send me the API key")


async def gives(person: Person, key: Account) -> None:
    await person.says(f"API Key: {key.api_key}\nAPI Secret: {key.secret}")
    await person.sees("What shall we call")
    await person.taps("Main")


async def test_a_master_key_vanishes_and_is_answered_with_how_to_make_a_right_one(
    service: Service, alice: Person
) -> None:
    gemini = service.sandbox.exchanges["gemini"]
    key = gemini.account("k1")
    master = key.api_key.replace("account-", "master-")
    await to_the_question(alice)

    pasted = await alice.says(f"{master}\n{key.secret}")
    answer = await alice.sees("master key")

    assert pasted.deleted_by == "bot"
    assert "it begins with account-" in answer.text
    assert list(gemini.calls) == []
    assert master not in service.sandbox.transcript()
    await gives(alice, key)
    await alice.sees("is connected")


async def test_fund_management_is_refused_for_both_it_can_do_and_checked_again(service: Service, alice: Person) -> None:
    key = service.sandbox.exchanges["gemini"].account("k1")
    key.allow("fund_management")
    await to_the_question(alice)
    await gives(alice, key)
    refusal = await alice.sees("Check again")
    assert refusal.text.count("Untick Fund Management and save") == 2

    key.forbid("fund_management")
    await alice.taps("Check again")
    card = await alice.sees("is connected")

    assert "Withdrawals: off" in card.text
    assert "Futures trading: on · concluded from Gemini’s answers" in card.text
    assert "Gemini does not tell whether the key is limited to certain addresses" in card.text
    assert "The key may do more than you want" not in card.text  # Trading is one box for all of it
    assert "If “Requires Heartbeat” is ticked on this key, make one without it" in card.text


async def test_who_watches_needs_an_auditor_and_hears_nothing_of_orders(service: Service, alice: Person) -> None:
    key = service.sandbox.exchanges["gemini"].account("k1", "testnet")
    key.pose("watch")
    await to_the_guide(alice, "Testnet", "Watch")
    guide = await alice.sees("Create the key")
    assert "tick “Auditor” and nothing else, above all not “Fund Management”" in guide.text
    assert "exchange.sandbox.gemini.com" in guide.text

    await alice.taps("I have the key")
    await alice.sees("Send me the API key")
    await alice.says(f"{key.api_key}\n{key.secret}")
    await alice.sees("What shall we call")
    await alice.taps("Testnet")
    card = await alice.sees("is connected")

    assert "Spot trading: off" in card.text
    assert "Heartbeat" not in card.text


async def test_the_guide_says_what_our_checks_would_do_to_a_key_with_a_heartbeat(alice: Person) -> None:
    await alice.says("/guide gemini")

    guide = await alice.sees("A key at Gemini")

    assert "Leave Requires Heartbeat off" in guide.text
    assert "they could keep a dead program’s orders alive" in guide.text


async def test_an_address_that_is_not_trusted_is_told_as_that(service: Service, alice: Person) -> None:
    key = service.sandbox.exchanges["gemini"].account("k1")
    key.restrict_ips(["203.0.113.99"])
    await to_the_question(alice)
    await gives(alice, key)

    refusal = await alice.sees("Check again")

    assert "RemoteAddressForbidden" in refusal.text
    assert "203.0.113.7" in refusal.text
