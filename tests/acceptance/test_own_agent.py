"""Hyperliquid without a private key in the chat: the bot makes the API wallet, its owner approves the address."""

# ruff: noqa: RUF001  -- people are written to with real quotes

import asyncio
import re
import secrets

import pytest

from bot.domain.connection import Connection, Credential
from bot.exchanges import hyperliquid, library
from bot.sandbox.control.person import Person
from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.ethereum import address_of
from bot.sandbox.exchanges.venue import Venue
from bot.sandbox.telegram.messages import Message
from bot.usecases.pairs import LIFETIME
from bot.usecases.ports import Binding
from tests.acceptance.conftest import EGRESS_IPS, Service
from tests.acceptance.test_own_pair import copied, pairs, sweep
from tests.agent_signatures import signer_of

ASKED = "Then send me the address of your account"
PACED = 25.0
"""Seconds for a second inspection right after a first: each costs 84 of the 900 that an address spends in a minute."""


def at(service: Service) -> Venue:
    return service.sandbox.exchanges["hyperliquid"]


async def to_the_guide(person: Person, *, world: str = "Live", purpose: str = "Trade") -> Message:
    asked = await person.says("/connect")
    await person.sees("Which one?", after=asked)
    await person.says("hyperliquid")
    for tap in ("USDC futures", world, purpose):
        await person.taps(tap)
    return await person.sees("Best: let me make the key", after=asked)


async def lets_it_make_the_agent(person: Person, **choices: str) -> Message:
    """From nothing to the address and the question for the account's."""
    await to_the_guide(person, **choices)
    await person.taps("Let me make the key")
    return await person.sees(ASKED)


def agent_in(shown: Message) -> str:
    """The address to approve, as it is copied."""
    return copied(shown)[0]


async def whole_way(service: Service, person: Person) -> tuple[Account, Account]:
    """A connection by an agent of ours; the account, and the agent as the exchange has it."""
    account = at(service).account("k1")
    agent = account.self_generated_key(agent_in(await lets_it_make_the_agent(person)))
    await person.says(account.api_key)
    await person.taps("Main")
    await person.sees("is connected")
    return account, agent


async def unsealed(service: Service, connection: Connection) -> Credential:
    """What the watch opens for each probe."""
    async with service.app.store.transaction() as tx:
        sealed = await tx.credentials.current(connection.id)
    assert sealed is not None
    place = connection.place
    binding = Binding(connection.id, connection.owner_id, place.exchange, place.environment, sealed.revision)
    return service.app.services.pairs._vault.unseal(sealed.record, binding)


# ----------------------------------------------------------------------------------------------------------- connecting


@pytest.mark.parametrize("world", ["Live", "Testnet"])
async def test_an_address_is_approved_and_another_one_is_sent_and_nothing_else(
    service: Service, alice: Person, world: str
) -> None:
    guide = await to_the_guide(alice, world=world)
    assert "no private key ever passes through this chat" in guide.text
    assert "Let me make the key" in guide.buttons[0][0].text
    await alice.taps("Let me make the key")
    shown = await alice.sees(ASKED)
    address = agent_in(shown)
    assert re.fullmatch("0x[0-9a-f]{40}", address)
    assert address in shown.text
    for part in (
        "open More › API",
        "Don’t tap Generate: paste the address of the API wallet from above",
        "Tap “Authorize API Wallet”",
        "Copy the address of your account",
        "never send money to it",
    ):
        assert part in shown.text
    for part in ("copy the private key", "API key", "public key", *EGRESS_IPS):
        assert part not in shown.text

    account = at(service).account("k1", environment=world.lower())
    account.self_generated_key(address)
    sent = await alice.says(account.api_key)
    await alice.sees_gone(sent)
    await alice.sees("What shall we call")
    await alice.taps("Main" if world == "Live" else "Testnet")
    card = await alice.sees("is connected")
    assert f"Account …{account.api_key[-4:]}" in card.text
    assert address not in card.text
    assert [] == await pairs(service)
    assert [] == at(service).mutations


async def test_what_is_sealed_for_the_connection_signs_as_the_address_that_was_approved(
    service: Service, alice: Person
) -> None:
    account, agent = await whole_way(service, alice)
    (connection,) = await service.app.services.manage.of(alice.id)
    credential = await unsealed(service, connection)

    trading = library.load("hyperliquid")({"privateKey": credential.secret, "walletAddress": credential.api_key})
    signature = trading.sign_l1_action({"type": "noop"}, 1_764_000_000_123)

    assert account.api_key == credential.api_key
    assert agent.public_key == signer_of({"type": "noop"}, 1_764_000_000_123, signature, live=True)


async def test_the_whole_way_in_polish(service: Service) -> None:
    ala, account = service.person("Ala", "pl"), at(service).account("k1")
    await ala.says("/connect")
    await ala.says("hyperliquid")
    for tap in ("Spot", "Prawdziwe", "Handel", "Utwórz klucz za mnie"):
        await ala.taps(tap)
    shown = await ala.sees("Potem wyślij mi adres swojego konta")
    assert "Nie dotykaj Generate: wklej powyższy adres portfela API" in shown.text
    account.self_generated_key(agent_in(shown))
    await ala.says(account.api_key)
    await ala.taps("Main")
    await ala.sees("połączone")


async def test_a_sub_account_is_served_by_the_agent_of_its_master(service: Service, alice: Person) -> None:
    sub = at(service).account("k1")
    sub.allow("sub_account")
    sub.self_generated_key(agent_in(await lets_it_make_the_agent(alice))).allow("sub_account")
    await alice.says(sub.api_key)
    await alice.taps("Main")
    await alice.sees("is connected", timeout=PACED)


async def test_an_agent_that_is_taken_away_is_told_of_and_a_new_one_is_offered(
    service: Service, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hyperliquid, "LOOK_AGAIN", 1.5)
    _, agent = await whole_way(service, alice)
    agent.revoke()
    alert = await alice.sees("does not know this API wallet", timeout=20)
    assert "Best let me make it" in alert.text


async def test_the_guide_outside_of_the_wizard_tells_of_it(alice: Person) -> None:
    await alice.says("/guide hyperliquid")
    guide = await alice.sees("Without any private key")
    assert "You approve its address at Hyperliquid" in guide.text


# ------------------------------------------------------------------------------------------- restarts, and coming back


@pytest.mark.parametrize("end", ["stop", "crash"])
async def test_a_restart_resumes_with_the_same_address(service: Service, alice: Person, end: str) -> None:
    shown = await lets_it_make_the_agent(alice)
    account, address = at(service).account("k1"), agent_in(shown)
    account.self_generated_key(address)
    await asyncio.sleep(0.3)  # what is seen is kept a blink later
    await (service.stop() if end == "stop" else service.crash())
    await service.start()
    again = await alice.sees("The API wallet I made for you is safe", after=shown)
    assert address == agent_in(again)
    sent = await alice.says(account.api_key)
    await alice.sees_gone(sent)
    await alice.taps("Main")
    await alice.sees("is connected")


async def test_there_is_a_day_to_approve_it_and_who_comes_back_finds_the_same_one(
    service: Service, alice: Person
) -> None:
    shown = await lets_it_make_the_agent(alice)
    address = agent_in(shown)
    service.clock.advance(LIFETIME - 600)
    await service.wipe_old_drafts()
    await sweep(service)
    await alice.says("/connections")
    await alice.sees_gone(shown)
    assert address == agent_in(await lets_it_make_the_agent(alice))


async def test_after_a_day_it_is_gone_and_that_is_said(service: Service, alice: Person) -> None:
    shown = await lets_it_make_the_agent(alice)
    address = agent_in(shown)
    service.clock.advance(LIFETIME + 60)
    await sweep(service)
    told = await alice.sees("The key of this API wallet is gone", after=shown)
    assert "remove that API wallet at Hyperliquid" in told.text
    assert [] == await pairs(service)
    await alice.taps("Make another key")
    assert address != agent_in(await alice.sees(ASKED))


async def test_cancel_destroys_it_and_says_what_to_remove(service: Service, alice: Person) -> None:
    await lets_it_make_the_agent(alice)
    await alice.taps("Cancel")
    told = await alice.sees("Cancelled.")
    assert "remove that API wallet at Hyperliquid" in told.text
    assert [] == await pairs(service)


# ------------------------------------------------------------------------------------------------------------- mistakes


async def test_not_approved_yet_is_checked_again_when_it_is(service: Service, alice: Person) -> None:
    address = agent_in(await lets_it_make_the_agent(alice))
    account = at(service).account("k1")
    await alice.says(account.api_key)
    await alice.taps("Main")
    refusal = await alice.sees("is not approved, or not yet")
    assert [address] == copied(refusal)
    assert "private key" not in refusal.text
    await alice.taps("Check again")
    await alice.sees("Checking the key")
    await alice.sees("is not approved, or not yet", timeout=PACED)
    account.self_generated_key(address)
    await alice.taps("Check again")
    await alice.sees("is connected", timeout=PACED)


async def test_the_address_of_another_account(service: Service, alice: Person) -> None:
    address = agent_in(await lets_it_make_the_agent(alice))
    mine, theirs = at(service).account("k1"), at(service).account("k2")
    mine.self_generated_key(address)
    await alice.says(theirs.api_key)
    await alice.taps("Main")
    refusal = await alice.sees("not by the account whose address you sent", timeout=PACED)
    assert "treat it as leaked" not in refusal.text
    await alice.taps("Enter another address")
    again = await alice.sees("Send the other address")
    assert address == agent_in(again)
    await alice.says(mine.api_key)
    await alice.taps("Main")
    await alice.sees("is connected", timeout=PACED)


async def test_the_agent_s_own_address_sent_back_is_explained(service: Service, alice: Person) -> None:
    address = agent_in(await lets_it_make_the_agent(alice))
    for said in (address, address.upper().replace("X", "x")):
        await alice.says(said)
        told = await alice.sees("That’s the address of the API wallet I made")
        assert ASKED in told.text
    assert [] == list(at(service).calls)


@pytest.mark.parametrize("alone", [True, False])
async def test_a_private_key_is_deleted_and_nothing_of_it_is_used(
    service: Service, alice: Person, *, alone: bool
) -> None:
    await lets_it_make_the_agent(alice)
    wallet_key = "0x" + secrets.token_hex(32)
    sent = await alice.says(wallet_key if alone else f"{address_of(wallet_key)}\n{wallet_key}")
    told = await alice.sees("That’s a private key, and none is needed")
    await alice.sees_gone(sent)
    assert "treat it as leaked" in told.text
    assert "comes next" not in told.text
    assert {} == service.app.services.drafts._drafts
    assert [] == list(at(service).calls)


async def test_money_sent_to_the_agent_makes_it_a_wallet_and_nobody_calls_the_key_leaked(
    service: Service, alice: Person
) -> None:
    account = at(service).account("k1")
    agent = account.self_generated_key(agent_in(await lets_it_make_the_agent(alice)))
    agent.allow("own_wallet")
    await alice.says(account.api_key)
    await alice.taps("Main")
    refusal = await alice.sees("somebody has sent money to it")
    assert "leaked" not in refusal.text


# ------------------------------------------------------------------------------------------------------------- rotating


async def to_the_agent_for_a_rotation(person: Person) -> Message:
    asked = await person.says("/connections")
    for tap in ("🟢", "Rotate"):
        await person.taps(tap)
    guide = await person.sees("A new API wallet for", after=asked)
    assert "Best: let me make the key" in guide.text
    assert "give the new one another name" in guide.text
    await person.taps("Let me make the key")
    return await person.sees(ASKED, after=asked)


@pytest.mark.parametrize("first", ["of ours", "pasted"])
async def test_a_new_agent_takes_over_and_the_old_one_works_until_it_is_proven(
    service: Service, alice: Person, first: str
) -> None:
    if first == "of ours":
        account, old = await whole_way(service, alice)
    else:
        account = old = at(service).account("k1")
        await pastes(alice, account)
    shown = await to_the_agent_for_a_rotation(alice)
    address = agent_in(shown)
    assert address != old.public_key
    await alice.says(account.api_key)
    await alice.sees("is not approved, or not yet", timeout=PACED)
    (connection,) = await service.app.services.manage.of(alice.id)
    assert (1, False) == (connection.revision, connection.rotating)

    account.self_generated_key(address)
    await alice.taps("Check again")
    await alice.sees("now runs on the new API wallet", timeout=PACED)
    told = await alice.sees("the new API wallet has proved itself", timeout=PACED)

    assert "remove the old API wallet at Hyperliquid" in told.text
    (connection,) = await service.app.services.manage.of(alice.id)
    assert (2, False) == (connection.revision, connection.rotating)
    assert address == address_of((await unsealed(service, connection)).secret)
    assert [] == await pairs(service)
    old.revoke()
    await asyncio.sleep(2.5)
    (connection,) = await service.app.services.manage.of(alice.id)
    assert connection.health.trouble is None


async def test_an_agent_of_another_account_does_not_take_over(service: Service, alice: Person) -> None:
    await whole_way(service, alice)
    other = at(service).account("k2")
    other.self_generated_key(agent_in(await to_the_agent_for_a_rotation(alice)))
    await alice.says(other.api_key)
    told = await alice.sees("belongs to another Hyperliquid account", timeout=PACED)
    assert "remove that API wallet at Hyperliquid" in told.text
    (connection,) = await service.app.services.manage.of(alice.id)
    assert 1 == connection.revision


async def pastes(person: Person, key: Account) -> None:
    """Connects an agent whose private key is pasted."""
    await to_the_guide(person)
    await person.taps("I have the key")
    await person.sees("Send me the address of your account")
    await person.says(f"{key.api_key} {key.secret}")
    await person.taps("Main")
    await person.sees("is connected")
