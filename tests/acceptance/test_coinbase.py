"""Coinbase in the chat: a secret that is a private key, in one message, in several, in a file that nobody reads."""

import json

import pytest

from bot.sandbox.control.person import Person
from bot.sandbox.exchanges.account import Account
from tests.acceptance.conftest import Service
from tests.unit.domain.private_keys import OF_OTHER_KINDS


async def to_the_question(person: Person, market: str = "Spot", purpose: str = "Trade") -> None:
    """Nobody asks for the environment: there is but one."""
    await person.says("/connect")
    await person.sees("Which one?")
    await person.says("coinb")
    for button in (market, purpose, "I have the key"):
        await person.taps(button)
    await person.sees("Send me the API key")


def download_of(key: Account) -> str:
    """The file that Coinbase lets people download."""
    return json.dumps({"name": key.api_key, "privateKey": key.secret + "\n"}, indent=3)


async def test_the_download_pasted_whole_is_deleted_and_read_and_its_one_dangerous_box_refused(
    service: Service, alice: Person
) -> None:
    key = service.sandbox.exchanges["coinbase"].account("k1")
    key.allow("can_transfer", "can_receive")
    await to_the_question(alice)
    pasted = await alice.says(download_of(key))
    await alice.sees("What shall we call")
    await alice.sees_gone(pasted)
    await alice.taps("Main")
    refusal = await alice.sees("Check again")
    assert refusal.text.count("Untick Transfer and save") == 2

    key.forbid("can_transfer")
    await alice.taps("Check again")
    card = await alice.sees("is connected")
    assert "Withdrawals: off" in card.text
    assert "Transfers: off" in card.text
    assert key.secret.split("\n")[1] not in service.sandbox.transcript()


async def test_a_private_key_in_pieces_is_deleted_piece_by_piece_and_put_together(
    service: Service, alice: Person
) -> None:
    key = service.sandbox.exchanges["coinbase"].account("k1")
    await to_the_question(alice)
    name = await alice.says(key.api_key)
    await alice.sees("Now the private key")
    first = await alice.says(key.secret[:120])
    await alice.sees("I have the beginning of the private key")
    assert f"✅ API key …{key.api_key[-4:]}" in alice.last().text
    chatter = await alice.says("one moment")
    await alice.sees("look like the secret key")
    second = await alice.says(key.secret[120:])
    await alice.sees("What shall we call")
    for message in (name, first, chatter, second):
        await alice.sees_gone(message)
    await alice.taps("Main")
    await alice.sees("is connected")


@pytest.mark.parametrize("file", ["cdp_api_key.json", "coinbase.pem", "key.txt"])
async def test_a_file_is_deleted_and_never_read_as_an_answer(service: Service, alice: Person, file: str) -> None:
    coinbase = service.sandbox.exchanges["coinbase"]
    key = coinbase.account("k1")
    await to_the_question(alice)
    assert "files I delete unread" in alice.last().text
    sent = await alice.sends_document(file, download_of(key).encode())
    await alice.sees("I can only read text here")
    await alice.sees_gone(sent)
    assert "Send me the API key" in alice.last().text
    assert list(coinbase.calls) == []

    await alice.says(download_of(key))
    await alice.sees("What shall we call")


async def test_a_private_key_that_nobody_asked_for_is_deleted_too(service: Service, alice: Person) -> None:
    key = service.sandbox.exchanges["coinbase"].account("k1")
    text = await alice.says(key.secret.replace("\n", "\\n"))
    file = await alice.sends_document("cdp_api_key.json", download_of(key).encode())
    await alice.sees_gone(text)
    await alice.sees_gone(file)


@pytest.mark.parametrize("kind", ["rsa, pkcs8", "ed25519"])
async def test_a_private_key_of_another_kind_is_refused_before_anybody_is_asked(
    service: Service, alice: Person, kind: str
) -> None:
    coinbase = service.sandbox.exchanges["coinbase"]
    key = coinbase.account("k1")
    await to_the_question(alice)
    pasted = await alice.says(f"{key.api_key}\n{OF_OTHER_KINDS[kind]}")
    told = await alice.sees("not of a kind I can use at Coinbase: I need ECDSA")
    await alice.sees_gone(pasted)
    assert f"✅ API key …{key.api_key[-4:]}" in told.text
    assert list(coinbase.calls) == []


async def test_where_keys_are_of_another_kind_a_private_key_is_refused_as_before(
    service: Service, alice: Person
) -> None:
    await alice.says("/connect")
    for button in ("Binance", "Spot", "Live", "Trade", "I have the key"):
        await alice.taps(button)
    await alice.sees("Send me the API key")
    pasted = await alice.says(service.sandbox.exchanges["coinbase"].account("k1").secret)
    await alice.sees("key file")
    await alice.sees_gone(pasted)
    assert list(service.binance.calls) == []


async def test_the_guide_says_what_to_choose_and_that_files_are_not_read(alice: Person) -> None:
    await alice.says("/connect")
    await alice.sees("Which one?")
    await alice.says("coinb")
    for button in ("Spot", "Trade"):
        await alice.taps(button)

    guide = await alice.sees("Create the key")

    assert "tick “View”, “Trade”" in guide.text
    assert "Leave “Transfer” off" in guide.text
    assert "choose ECDSA" in guide.text
    assert "I do not read files" in guide.text


async def test_of_futures_no_more_is_said_than_is_known(service: Service, alice: Person) -> None:
    key = service.sandbox.exchanges["coinbase"].account("k1")
    await to_the_question(alice, "USD/USDC futures")
    await alice.says(f"{key.api_key}\n{key.secret}")
    await alice.sees("What shall we call")
    await alice.taps("Main")

    card = await alice.sees("is connected")

    assert "Futures trading: not known" in card.text
    assert "The key may do more than you want" not in card.text  # Trade is one box
    assert "Coinbase does not tell whether the key is limited to certain addresses" in card.text
