"""A new key for the same connection, while the old one goes on working."""

import asyncio

import pytest

from bot.domain.connection import Connection
from bot.domain.failures import ExchangeTrouble, Failure, Trouble
from bot.sandbox.control.person import Person
from bot.sandbox.exchanges.account import Account
from bot.telegram.dialogs.rotate import start_rotate
from tests.acceptance.conftest import Service
from tests.acceptance.walk import connects, gives, to_the_label


async def to_the_new_key(person: Person) -> None:
    """From anywhere to the question for the new key of the first connection."""
    await person.says("/connections")
    await person.taps("🟢")
    await person.taps("Rotate")
    await person.sees("A new key for")
    await person.taps("I have the new key")
    await person.sees("Send me the API key")


async def the_connection(service: Service, person: Person) -> Connection:
    (connection,) = await service.app.services.manage.of(person.id)
    return connection


def new_key(service: Service, old: Account) -> Account:
    key = old.new_key()
    key.restrict_ips([service.binance.caller_ip])
    return key


async def test_a_new_key_takes_over_and_the_old_one_is_named_for_deletion(service: Service, alice: Person) -> None:
    old = service.key()
    await connects(alice, old)
    new = new_key(service, old)
    await to_the_new_key(alice)
    await gives(alice, new)
    done = await alice.sees("now runs on the key", timeout=10)
    assert f"…{new.api_key[-4:]}" in done.text
    news = await alice.sees("has proved itself", timeout=10)
    assert f"Now delete …{old.api_key[-4:]} at Binance" in news.text
    urls = [button.url for row in done.buttons for button in row if button.url]
    assert ["https://www.binance.com/en/my/settings/api-management"] == urls
    connection = await the_connection(service, alice)
    assert (2, False, f"…{new.api_key[-4:]}") == (connection.revision, connection.rotating, connection.key_tail)


async def test_the_guide_says_that_the_old_key_goes_on_working(service: Service, alice: Person) -> None:
    old = service.key()
    await connects(alice, old)
    await alice.says("/connections")
    await alice.taps("🟢")
    await alice.taps("Rotate")
    guide = await alice.sees("A new key for Binance Spot Main")
    assert f"The old key …{old.api_key[-4:]} goes on working" in guide.text
    assert "Tick “Enable Reading”, “Enable Spot & Margin Trading”." in guide.text


async def test_a_rotation_in_polish(service: Service) -> None:
    ala, old = service.person("Ala", "pl"), service.key()
    await ala.says("/connect")
    for tap in ("Binance", "Spot", "Prawdziwe", "Handel", "Mam klucz"):
        await ala.taps(tap)
    await ala.sees("Wyślij mi klucz API")
    await gives(ala, old)
    await ala.taps("Main")
    await ala.sees("połączone")
    await ala.says("/connections")
    await ala.taps("🟢")
    await ala.taps("Wymień")
    await ala.taps("Mam nowy klucz")
    await ala.sees("Wyślij mi klucz API")
    await gives(ala, new_key(service, old))
    await ala.sees("Teraz usuń", timeout=10)


async def test_a_refused_key_leaves_the_old_one_and_can_be_checked_again(service: Service, alice: Person) -> None:
    old = service.key()
    await connects(alice, old)
    new = new_key(service, old)
    new.allow("enableWithdrawals")
    await to_the_new_key(alice)
    await gives(alice, new)
    refusal = await alice.sees("The old one stays in use")
    assert "Withdrawal enabled" in refusal.text
    assert 1 == (await the_connection(service, alice)).revision
    new.forbid("enableWithdrawals")
    await alice.taps("Check again")
    await alice.sees("now runs on the key", timeout=10)


async def test_the_key_in_use_is_no_new_key(service: Service, alice: Person) -> None:
    old = service.key()
    await connects(alice, old)
    await to_the_new_key(alice)
    await gives(alice, old)
    await alice.sees("That is the key in use already")
    await alice.taps("Enter another key")
    await alice.sees("Send me the API key")
    await gives(alice, new_key(service, old))
    await alice.sees("now runs on the key", timeout=10)


async def test_a_key_of_another_account_is_not_taken(service: Service, alice: Person) -> None:
    await connects(alice, service.key("k1"))
    await to_the_new_key(alice)
    await gives(alice, service.key("somebody"))
    await alice.sees("belongs to another Binance account")
    assert 1 == (await the_connection(service, alice)).revision


async def test_a_key_of_another_of_ones_connections_leads_there(service: Service, alice: Person) -> None:
    first, second = service.key("k1"), service.key("k2")
    await connects(alice, first)
    await to_the_label(alice, second)
    await alice.taps("Bot")
    await alice.sees("Binance Spot Bot is connected")
    await alice.says("/connections")
    await alice.taps("🟢 Binance Spot Main")
    await alice.taps("Rotate")
    await alice.taps("I have the new key")
    await alice.sees("Send me the API key")
    await gives(alice, second)
    answer = await alice.sees("in use by another of your connections, Binance Spot Bot")
    assert any("Open Binance Spot Bot" in button.text for row in answer.buttons for button in row)


async def test_somebody_elses_key_gets_a_neutral_answer(service: Service, alice: Person) -> None:
    bob, theirs, mine = service.person("Bob"), service.key("k1"), service.key("k2")
    await connects(bob, theirs)
    await connects(alice, mine)
    await to_the_new_key(alice)
    await gives(alice, theirs)
    answer = await alice.sees("This key cannot be used here")
    assert "Bob" not in answer.text


async def test_a_connection_that_is_gone_meanwhile_is_said_to_be_gone(service: Service, alice: Person) -> None:
    old = service.key()
    await connects(alice, old)
    await to_the_new_key(alice)
    connection = await the_connection(service, alice)
    await service.app.services.manage.disconnect(alice.id, connection.id)
    await gives(alice, new_key(service, old))
    await alice.sees("This connection is no longer there")


async def test_cancelled_the_old_key_stays(service: Service, alice: Person) -> None:
    old = service.key()
    await connects(alice, old)
    await to_the_new_key(alice)
    await alice.says(new_key(service, old).api_key)
    await alice.sees("Now the secret key")
    await alice.says("/cancel")
    await alice.sees("The old key stays in use")
    assert 1 == (await the_connection(service, alice)).revision


async def test_after_a_restart_the_new_key_is_asked_for_again(service: Service, alice: Person) -> None:
    old = service.key()
    await connects(alice, old)
    await to_the_new_key(alice)
    await service.stop()
    await service.start()
    await alice.sees("I was restarted")
    await gives(alice, new_key(service, old))
    await alice.sees("now runs on the key", timeout=10)


async def test_a_key_that_fails_its_first_live_probe_is_dropped_for_the_old_one(
    service: Service, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = service.key()
    await connects(alice, old)
    new = new_key(service, old)
    await to_the_new_key(alice)
    gateway = service.app.services.rotate._gateway
    really = gateway.probe

    async def probe(place: object, credential: object) -> object:
        if getattr(credential, "api_key", None) == new.api_key:
            raise ExchangeTrouble(Trouble(Failure.INVALID_KEY, code="-2008"))
        return await really(place, credential)  # type: ignore[arg-type]

    monkeypatch.setattr(gateway, "probe", probe)
    await gives(alice, new)
    await alice.sees("Back on the old key", timeout=10)
    connection = await the_connection(service, alice)
    assert f"…{old.api_key[-4:]}" == connection.key_tail


async def test_while_the_exchange_is_silent_both_keys_are_kept(
    service: Service, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = service.key()
    await connects(alice, old)
    new = new_key(service, old)
    await to_the_new_key(alice)
    gateway = service.app.services.rotate._gateway
    really = gateway.probe

    async def probe(place: object, credential: object) -> object:
        if getattr(credential, "api_key", None) == new.api_key:
            raise ExchangeTrouble(Trouble(Failure.EXCHANGE_UNAVAILABLE, code="HTTP 503"))
        return await really(place, credential)  # type: ignore[arg-type]

    monkeypatch.setattr(gateway, "probe", probe)
    await gives(alice, new)
    told = await alice.sees("I still keep the old key", timeout=10)
    assert f"…{old.api_key[-4:]}" in told.text
    assert (await the_connection(service, alice)).rotating


async def is_swapped_and_the_process_dies(
    service: Service, person: Person, new: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dies after the commit that makes the new key current, before a probe has proven it."""
    gateway = service.app.services.rotate._gateway
    really = gateway.probe

    async def probe(place: object, credential: object) -> object:
        if getattr(credential, "api_key", None) == new.api_key:
            await asyncio.Event().wait()
        return await really(place, credential)  # type: ignore[arg-type]

    monkeypatch.setattr(gateway, "probe", probe)
    await gives(person, new)
    async with asyncio.timeout(10):
        while not (await the_connection(service, person)).rotating:  # noqa: ASYNC110 - the store tells nobody
            await asyncio.sleep(0.05)
    await service.crash()


async def test_killed_between_swap_and_proof_the_new_key_is_proven_after_the_restart(
    service: Service, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = service.key()
    await connects(alice, old)
    new = new_key(service, old)
    await to_the_new_key(alice)
    await is_swapped_and_the_process_dies(service, alice, new, monkeypatch)
    await service.start()
    news = await alice.sees("has proved itself", timeout=15)
    assert f"Now delete …{old.api_key[-4:]} at Binance" in news.text
    connection = await the_connection(service, alice)
    assert (f"…{new.api_key[-4:]}", False) == (connection.key_tail, connection.rotating)


async def test_killed_between_swap_and_proof_a_new_key_that_died_gives_way_to_the_old_one(
    service: Service, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = service.key()
    await connects(alice, old)
    new = new_key(service, old)
    await to_the_new_key(alice)
    await is_swapped_and_the_process_dies(service, alice, new, monkeypatch)
    new.revoke()
    await service.start()
    news = await alice.sees("the old one is back", timeout=15)
    assert f"…{new.api_key[-4:]}" in news.text
    connection = await the_connection(service, alice)
    assert (f"…{old.api_key[-4:]}", "connected") == (connection.key_tail, connection.health.status.value)


async def test_a_forged_start_for_anothers_connection_is_refused(service: Service, alice: Person) -> None:
    bob = service.person("Bob")
    await connects(bob, service.key())
    theirs = await the_connection(service, bob)
    await alice.says("/connections")
    await alice.sees("")
    await asyncio.sleep(0.2)
    async with service.app.front._recovery.backstage.enter(alice.id) as manager:
        await start_rotate(manager, theirs.id)
    await alice.sees("This connection is not yours")
