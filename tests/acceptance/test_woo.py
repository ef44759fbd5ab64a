"""WOO X in the chat: a key out of a list of keys, trading that takes transfers in, a list that may be closed."""

from bot.sandbox.control.person import Person
from tests.acceptance.conftest import Service

CLOSED = b'{"success":false,"code":-1002,"message":"API key or secret is invalid."}'


async def chooses_woo(person: Person, *buttons: str) -> None:
    """By typing: the catalogue has more pages than one."""
    await person.says("/connect")
    await person.sees("Which one?")
    await person.says("woo")
    for button in buttons:
        await person.taps(button)


async def to_the_question(person: Person, market: str, environment: str = "Live") -> None:
    await chooses_woo(person, market, environment, "Trade", "I have the key")
    await person.sees("Send me the API key")


async def test_a_key_that_can_withdraw_is_refused_and_comes_in_once_it_cannot(service: Service, alice: Person) -> None:
    woo = service.sandbox.exchanges["woo"]
    key = woo.account("k1")
    key.restrict_ips([woo.caller_ip])
    key.new_key()
    key.allow("WITHDRAWAL")
    await to_the_question(alice, "USDT futures")
    pasted = await alice.says(f"{key.api_key}\n{key.secret}")
    await alice.sees("What shall we call")
    await alice.taps("Main")
    refusal = await alice.sees("Check again")
    assert pasted.deleted_by == "bot"
    assert "Untick Withdrawal and save" in refusal.text

    key.forbid("WITHDRAWAL")
    await alice.taps("Check again")
    card = await alice.sees("is connected")

    assert "The rights of this key take in transfers between your own WOO X accounts" in card.text


async def test_a_key_whose_list_is_closed_comes_in_when_its_owner_vouches(service: Service, alice: Person) -> None:
    woo = service.sandbox.exchanges["woo"]
    key = woo.account("k1")
    key.restrict_ips([woo.caller_ip])
    woo.faults.error(401, CLOSED, path="/v3/account/credentials")
    await to_the_question(alice, "Spot")
    await alice.says(f"{key.api_key}\n{key.secret}")
    await alice.sees("What shall we call")
    await alice.taps("Main")

    await alice.sees("WOO X does not say whether this key may withdraw")
    await alice.taps("I looked: it is off")
    await alice.says("WOO X")
    card = await alice.sees("is connected")

    assert "you vouched that it is off" in card.text


async def test_a_key_that_woo_refuses_without_a_word_is_told_where_to_look(service: Service, alice: Person) -> None:
    woo = service.sandbox.exchanges["woo"]
    key = woo.account("k1")
    key.restrict_ips(["198.51.100.77"])
    await to_the_question(alice, "Spot")
    await alice.says(f"{key.api_key}\n{key.secret}")
    await alice.sees("What shall we call")
    await alice.taps("Main")

    refusal = await alice.sees("Check again")

    assert "WOO X refuses the key and does not say why" in refusal.text
    assert "-1002" in refusal.text


async def test_a_staging_key_comes_in(service: Service, alice: Person) -> None:
    woo = service.sandbox.exchanges["woo"]
    key = woo.account("k1", "testnet")
    key.restrict_ips([woo.caller_ip])
    await to_the_question(alice, "USDT futures", "Testnet")
    await alice.says(f"{key.api_key}\n{key.secret}")
    await alice.sees("What shall we call")
    await alice.taps("Futures Testnet")

    await alice.sees("is connected")


async def test_the_guide_names_the_other_platform_and_what_the_key_looks_like(alice: Person) -> None:
    await chooses_woo(alice, "Spot", "Live", "Watch")

    guide = await alice.sees("Create the key")

    assert "A key of WOO X Pro (wooxpro.com) does not work here" in guide.text
    assert "Tick “Read” and nothing else, above all not “Withdrawal”" in guide.text
    assert "with == at its end" in guide.text
