"""Hyperliquid in the chat: an address and an API wallet's key instead of key and secret, and no addresses to allow."""

# ruff: noqa: RUF001  -- people are written to with real quotes

import secrets

import pytest

from bot.exchanges import hyperliquid
from bot.sandbox.control.person import Person
from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.ethereum import address_of
from bot.sandbox.exchanges.venue import Venue
from tests.acceptance.conftest import EGRESS_IPS, Service


def at(service: Service) -> Venue:
    return service.sandbox.exchanges["hyperliquid"]


async def to_the_guide(person: Person, purpose: str = "Trade") -> None:
    await person.says("/connect")
    await person.sees("Which one?")
    await person.says("hyperliquid")
    for button in ("USDC futures", "Live", purpose):
        await person.taps(button)


async def to_the_question(person: Person) -> None:
    await to_the_guide(person)
    await person.taps("I have the key")
    await person.sees("Send me the address of your account")


async def connects(person: Person, key: Account) -> None:
    await to_the_question(person)
    await person.says(f"{key.api_key} {key.secret}")
    await person.sees("What shall we call")
    await person.taps("Main")
    await person.sees("is connected")


async def test_address_and_key_are_asked_for_as_what_they_are(service: Service, alice: Person) -> None:
    key = at(service).account("k1")
    await to_the_question(alice)

    await alice.says(key.secret)
    await alice.sees("Send the address of your account first")
    bitcoin = await alice.says("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")
    await alice.sees("doesn’t look like the address of your account")
    address = await alice.says(key.api_key.upper().replace("0X", "0x"))
    question = await alice.sees("Now the private key of the API wallet")
    assert f"Account …{key.api_key[-4:]}" in question.text
    await alice.says(key.api_key)
    await alice.sees("That’s the same value again")
    await alice.says(address_of(key.secret))
    await alice.sees("That’s the address of a wallet, not the private key of the API wallet")
    await alice.says(key.secret[:40])
    await alice.sees("The private key of the API wallet is too short: 40 of 64")
    secret = await alice.says(key.secret.removeprefix("0x"))
    await alice.sees("What shall we call")

    assert [said.deleted_by for said in (bitcoin, address, secret)] == ["bot"] * 3


async def test_the_key_of_the_wallet_itself_is_refused_loudly_and_an_api_wallet_comes_in(
    service: Service, alice: Person
) -> None:
    wallet_key = "0x" + secrets.token_hex(32)
    key = at(service).account("k1", api_key=address_of(wallet_key))
    await to_the_question(alice)
    pasted = await alice.says(f"{key.api_key}\n{wallet_key}")
    await alice.sees("What shall we call")
    await alice.taps("Main")
    refusal = await alice.sees("This is the private key of a wallet itself")
    assert "treat it as leaked" in refusal.text
    assert "move everything there now" in refusal.text
    assert pasted.deleted_by == "bot"
    assert not at(service).calls

    await alice.taps("Enter another key")
    await alice.sees("Send the other key")
    await alice.says(f"Address: {key.api_key}\nPrivate key: {key.secret}")
    await alice.sees("What shall we call")
    await alice.taps("Main")
    card = await alice.sees("is connected")

    for part in (
        "Hyperliquid has no IP lists",
        "cannot withdraw or send money to others",
        "between your own sub-accounts or into vaults",
        "concluded from Hyperliquid’s answers",
    ):
        assert part in card.text
    assert "whitelist" not in card.text
    await alice.taps("Open the card")
    shown = await alice.sees("Hyperliquid has no IP lists")
    assert "No IP whitelist" not in shown.text


async def test_an_api_wallet_that_is_taken_away_is_told_of_although_no_order_was_tried(
    service: Service, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hyperliquid, "LOOK_AGAIN", 1.5)
    key = at(service).account("k1")
    await connects(alice, key)

    key.revoke()

    alert = await alice.sees("does not know this API wallet", timeout=20)
    assert "More › API" in alert.text


async def test_another_api_wallet_of_the_same_account_takes_over(service: Service, alice: Person) -> None:
    old = at(service).account("k1")
    await connects(alice, old)
    new = old.new_key()
    await alice.says("/connections")
    await alice.taps("🟢")
    await alice.taps("Rotate")
    await alice.sees("give the new one another name")
    await alice.taps("I have the new key")
    await alice.sees("Send me the address")
    await alice.says(f"{new.api_key} {new.secret}")
    await alice.sees("now runs on the new API wallet", timeout=10)
    await alice.sees("Now remove the old API wallet at Hyperliquid", timeout=10)

    await to_the_question(alice)
    await alice.says(f"{new.api_key} {new.secret}")
    await alice.sees("What shall we call")
    await alice.taps("Main")
    await alice.sees("This key is connected already")


async def test_there_are_no_addresses_to_allow_and_nothing_says_there_were(service: Service, alice: Person) -> None:
    await to_the_guide(alice, "Watch")
    guide = await alice.sees("Create the key")
    assert "has no IP lists" in guide.text
    assert "There is no kind that only reads" in guide.text
    await alice.says("/guide hyperliquid")
    guide = await alice.sees("A key at Hyperliquid")
    assert not [ip for ip in EGRESS_IPS if ip in guide.text + repr(guide.buttons)]
    assert "up to 0" not in guide.text
    await alice.says("/ips")
    shown = await alice.sees("My addresses")
    assert "Hyperliquid" not in shown.text + repr(shown.button_texts)


async def test_in_polish(service: Service) -> None:
    ola, key = service.person("Ola", "pl"), at(service).account("k1")
    await ola.says("/connect")
    await ola.says("hyperliquid")
    for button in ("Spot", "Prawdziwe", "Handel", "Mam klucz"):
        await ola.taps(button)
    await ola.sees("Wyślij mi adres swojego konta")
    await ola.says(f"{key.api_key}\n{key.secret}")
    await ola.taps("Main")
    card = await ola.sees("Hyperliquid nie ma list IP")
    assert "nie może wypłacać ani wysyłać pieniędzy innym" in card.text
