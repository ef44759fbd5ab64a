"""Connecting an exchange from a chat, from the choice of the exchange to the result card."""

import asyncio

import pytest

from bot.sandbox.control.person import Person
from tests.acceptance.conftest import Service
from tests.acceptance.walk import connects, gives, to_the_label, to_the_question


def a_moment_passes(service: Service) -> None:
    """What comes within a second of the last secret counts as part of it: Telegram dates in whole seconds."""
    service.sandbox.clock.advance(3)


def buttons(person: Person) -> list[str]:
    return [button.text for row in person.last().buttons for button in row]


async def test_a_key_is_connected_through_one_message_that_changes(service: Service, alice: Person) -> None:
    key = service.key()
    await alice.says("/connect")
    wizard = await alice.sees("Connect an exchange")
    await alice.taps("Binance")
    await alice.sees("What do you trade")
    await alice.taps("USDⓈ-M futures")
    await alice.sees("Which world")
    await alice.taps("Live")
    await alice.sees("What should the key be able to do")
    await alice.taps("Trade")
    await alice.sees("Create the key")
    await alice.taps("I have the key")
    await alice.sees("Send me the API key")
    first = await alice.says(key.api_key)
    await alice.sees("Now the secret key")
    second = await alice.says(key.secret)
    await alice.sees("What shall we call")
    await alice.taps("Binance Futures Main")
    card = await alice.sees("Binance Futures Main is connected")
    assert wizard.message_id == card.message_id
    assert [first.deleted_by, second.deleted_by] == ["bot", "bot"]
    assert [message.from_bot for message in alice.screen()] == [False, True]


async def test_the_result_says_what_the_key_may_do_and_what_happens_now(service: Service, alice: Person) -> None:
    key = service.key()
    await connects(alice, key)
    card = alice.last().text
    assert f"Key …{key.api_key[-4:]} · Trade" in card
    assert "What the key may do · says Binance" in card
    assert "🔒 Withdrawals: off\n" in card
    assert "🔒 Transfers: off\n" in card
    assert "From now on I check this key every second" in card
    assert key.api_key not in card


async def test_the_whole_way_in_polish(service: Service) -> None:
    ala, key = service.person("Ala", "pl"), service.key()
    await ala.says("/connect")
    await ala.taps("Binance")
    await ala.taps("Futures USDⓈ-M")
    await ala.taps("Prawdziwe pieniądze")
    await ala.taps("Handel")
    await ala.sees("Utwórz klucz")
    await ala.taps("Mam klucz")
    await ala.sees("Wyślij mi klucz API")
    await ala.says(key.api_key)
    await ala.sees("Teraz sekret")
    await ala.says(key.secret)
    await ala.sees("Jak nazwiemy to połączenie?")
    await ala.taps("Binance Futures Main")
    await ala.sees("Binance Futures Main: połączone")
    assert "Co może ten klucz · tak mówi Binance" in ala.last().text


@pytest.mark.parametrize(
    "paste",
    [
        "{key}\n{secret}",
        "{key} {secret}",
        "{key}:{secret}",
        "API Key: {key}\nSecret Key: {secret}",
        "Secret Key\n{secret}\n\nAPI Key\n{key}",
        '{{"apiKey": "{key}", "secret": "{secret}"}}',
        "\u200b“{key}”\r\n  '{secret}' ",
    ],
)
async def test_key_and_secret_may_come_in_one_message(service: Service, alice: Person, paste: str) -> None:
    key = service.key()
    await to_the_question(alice)
    message = await alice.says(paste.format(key=key.api_key, secret=key.secret))
    await alice.sees("What shall we call")
    await alice.sees_gone(message)
    await alice.taps("Main")
    await alice.sees("is connected")


async def test_an_exchange_is_found_by_a_few_letters(service: Service, alice: Person) -> None:
    await alice.says("/connect")
    await alice.sees("Which one?")
    typed = await alice.says("bina")
    await alice.sees("What do you trade")
    await alice.sees_gone(typed)


async def test_an_unknown_exchange_is_said_to_be_unknown(service: Service, alice: Person) -> None:
    await alice.says("/connect")
    await alice.sees("Which one?")
    await alice.says("mtgox")
    await alice.sees("know that exchange yet")
    await alice.taps("Binance")
    await alice.sees("What do you trade")


async def test_back_leads_through_every_step(service: Service, alice: Person) -> None:
    await to_the_question(alice)
    for seen in ("Create the key", "What should the key", "Which world", "What do you trade", "Which one?"):
        await alice.taps("Back")
        await alice.sees(seen)
    assert not any("Back" in text for text in buttons(alice))


async def test_a_new_choice_of_the_market_asks_for_the_environment_again(service: Service, alice: Person) -> None:
    """A testnet exists for spot only: what was chosen for one market is not carried over to another."""
    await alice.says("/connect")
    await alice.taps("Binance")
    await alice.taps("Spot")
    await alice.taps("Testnet")
    await alice.sees("What should the key")
    await alice.taps("Back")
    await alice.sees("Which world")
    await alice.taps("Back")
    await alice.taps("USDⓈ-M futures")
    await alice.sees("Which world")
    assert not any("Testnet" in text for text in buttons(alice))


async def test_the_guide_names_the_boxes_and_offers_our_addresses_to_copy(service: Service, alice: Person) -> None:
    await alice.says("/connect")
    for tap in ("Binance", "USDⓈ-M futures", "Live", "Trade"):
        await alice.taps(tap)
    guide = await alice.sees("Create the key")
    assert "Tick “Enable Reading”, “Enable Futures”." in guide.text
    assert "“Enable Withdrawals”" in guide.text
    copies = [button.copy for row in guide.buttons for button in row if button.copy]
    assert ["203.0.113.7", "203.0.113.8", "203.0.113.7 203.0.113.8"] == copies
    urls = [button.url for row in guide.buttons for button in row if button.url]
    assert ["https://www.binance.com/en/my/settings/api-management"] == urls


async def test_without_addresses_of_ours_the_guide_says_what_that_means(unstarted: Service) -> None:
    await unstarted.start(egress_ips=())
    alice = unstarted.person("Alice")
    await alice.says("/connect")
    for tap in ("Binance", "Spot", "Live", "Watch only"):
        await alice.taps(tap)
    guide = await alice.sees("Create the key")
    assert "leave the IP list out" in guide.text
    assert "anybody who gets hold of it can use it from anywhere" in guide.text


async def test_a_key_without_an_ip_list_is_taken_with_a_loud_warning(service: Service, alice: Person) -> None:
    key = service.key()
    key.unrestricted()
    await connects(alice, key)
    assert "⚠️ No IP whitelist." in alice.last().text
    assert "can use it from anywhere" in alice.last().text


async def test_on_the_testnet_the_card_says_what_cannot_be_verified(service: Service, alice: Person) -> None:
    await connects(alice, service.key("t1", "testnet"), world="Testnet")
    card = alice.last().text
    assert "Binance · Spot · TESTNET" in card
    assert "not verifiable on Testnet" in card
    assert "❔ Withdrawals: not known" in card


async def test_a_label_may_be_typed(service: Service, alice: Person) -> None:
    await to_the_label(alice, service.key())
    a_moment_passes(service)
    typed = await alice.says("  Papa <b>&  Söhne ")
    card = await alice.sees("Papa <b>& Söhne is connected")
    await alice.sees_gone(typed)
    assert card.message_id == alice.last().message_id


@pytest.mark.parametrize(
    ("typed", "told"),
    [("\u200b\u200b", "nothing to read"), ("x" * 33, "33 characters")],
)
async def test_a_label_that_will_not_do_is_explained(service: Service, alice: Person, typed: str, told: str) -> None:
    await to_the_label(alice, service.key())
    a_moment_passes(service)
    await alice.says(typed)
    await alice.sees(told)
    await alice.says("Mine")
    await alice.sees("Mine is connected")


async def test_a_label_of_mixed_alphabets_is_taken_when_it_is_meant(service: Service, alice: Person) -> None:
    await to_the_label(alice, service.key())
    a_moment_passes(service)
    await alice.says("\u0412inance")
    await alice.sees("mixes alphabets")
    await alice.says("\u0412inance")
    await alice.sees("\u0412inance is connected")


async def test_what_is_sent_after_the_key_in_the_same_breath_is_no_label(service: Service, alice: Person) -> None:
    key = service.key()
    await to_the_question(alice)
    await gives(alice, key)
    stray = await alice.says("there you go")
    await alice.sees("I deleted your last message too")
    await alice.sees_gone(stray)
    await alice.taps("Main")
    await alice.sees("Binance Spot Main is connected")


async def test_suggestions_leave_out_labels_that_are_taken(service: Service, alice: Person) -> None:
    await connects(alice, service.key("k1"))
    await to_the_label(alice, service.key("k2"))
    assert "Binance Spot Main 2" in buttons(alice)
    assert "Binance Spot Main" not in buttons(alice)


async def test_ones_own_key_leads_to_the_connection_that_has_it(service: Service, alice: Person) -> None:
    key = service.key()
    await connects(alice, key)
    await to_the_label(alice, key)
    await alice.taps("Main 2")
    await alice.sees("connected already: Binance Spot Main")
    assert "Open Binance Spot Main" in buttons(alice)
    assert len(await service.app.services.manage.of(alice.id)) == 1


async def test_somebody_elses_key_gets_an_answer_that_tells_nothing(service: Service, alice: Person) -> None:
    key, bob = service.key(), service.person("Bob")
    await connects(alice, key)
    await to_the_label(bob, key)
    await bob.taps("Main")
    answer = await bob.sees("cannot be connected here")
    assert "Alice" not in answer.text
    assert "already" not in answer.text
    assert [] == list(await service.app.services.manage.of(bob.id))
    warning = await alice.sees("somebody else holds this key", timeout=10)
    assert f"…{key.api_key[-4:]}" in warning.text
    assert "Bob" not in warning.text
    assert any("Rotate" in text for row in warning.button_texts for text in row)


async def test_the_next_exchange_leaves_the_result_to_be_read(service: Service, alice: Person) -> None:
    await connects(alice, service.key())
    result = alice.last()
    await alice.taps("Connect another")
    await alice.sees("Connect an exchange", after=result)
    assert "is connected" in result.text
    assert [] == result.buttons


async def test_what_is_said_after_the_end_leaves_the_result_to_be_read(service: Service, alice: Person) -> None:
    await connects(alice, service.key())
    result = alice.last()
    service.sandbox.clock.advance(3)
    await alice.says("thanks!")
    await alice.sees("Binance Spot Main", after=result)
    assert "is connected" in result.text


async def test_stray_words_leave_one_wizard_and_it_stays_in_sight(service: Service, alice: Person) -> None:
    await alice.says("/connect")
    await alice.taps("Binance")
    wizard = await alice.sees("What do you trade")
    await alice.says("hm, both?")
    await alice.sees("What do you trade", after=wizard)
    assert 1 == len([message for message in alice.screen() if message.from_bot])


async def test_a_button_tapped_twice_acts_once(service: Service, alice: Person) -> None:
    key = service.key()
    await to_the_label(alice, key)
    wizard = alice.last()
    await asyncio.gather(*(alice.taps_on(wizard, "Main") for _ in range(5)))
    await alice.sees("is connected")
    assert 1 == len(await service.app.services.manage.of(alice.id))


async def test_a_step_tapped_twice_does_not_run_ahead(service: Service, alice: Person) -> None:
    await alice.says("/connect")
    for tap in ("Binance", "Spot", "Live", "Watch only"):
        await alice.taps(tap)
    guide = await alice.sees("Create the key")
    await asyncio.gather(alice.taps_on(guide, "Back"), alice.taps_on(guide, "Back"))
    await alice.sees("What should the key")
    await asyncio.sleep(0.2)
    assert "What should the key" in alice.last().text


async def test_a_second_wizard_ends_the_first(service: Service, alice: Person) -> None:
    key = service.key()
    await to_the_question(alice)
    await alice.says(key.api_key)
    await alice.sees("Now the secret")
    first = alice.last()
    await alice.says("/connect")
    await alice.sees("Which one?", after=first)
    assert [] == first.buttons
    await alice.says("hello")
    await alice.sees("know that exchange yet")
    assert not service.app.services.questions.is_open(alice.id, alice.id)
