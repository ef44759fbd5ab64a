"""/guide and /ips; and the exchange that has closed, wherever it is asked for."""

import pytest

from bot.sandbox.control.person import Person
from bot.sandbox.telegram.messages import Message
from tests.acceptance.conftest import EGRESS_IPS, Service
from tests.acceptance.walk import to_the_question


def copied(message: Message) -> set[str]:
    return {button.copy for row in message.buttons for button in row if button.copy}


def captions(message: Message) -> list[str]:
    return [text for row in message.button_texts for text in row]


def links(message: Message) -> set[str]:
    return {str(button.url) for row in message.buttons for button in row if button.url}


async def test_the_guide_names_the_boxes_the_addresses_the_limit_and_the_usual_mistake(alice: Person) -> None:
    await alice.says("/guide binance")
    guide = await alice.sees("A key at Binance")
    assert "Tick: “Enable Reading”, “Enable Spot & Margin Trading”" in guide.text
    assert "“Enable Withdrawals”" in guide.text.split("Leave off:")[1]
    assert "Binance: up to 30 for a key, separated by spaces." in guide.text
    assert "For Spot it needs “Enable Spot & Margin Trading”. With “Enable Futures” alone" in guide.text
    assert {*EGRESS_IPS, " ".join(EGRESS_IPS)} == copied(guide)
    assert any("binance.com" in link for link in links(guide))


async def test_the_guide_switches_market_world_and_purpose(alice: Person) -> None:
    await alice.says("/guide binance")
    await alice.taps("USDⓈ-M futures")
    await alice.sees("For USDⓈ-M futures it needs “Enable Futures”")
    await alice.taps("Demo")
    await alice.sees("Binance · USDⓈ-M futures · DEMO")
    await alice.taps("Spot")
    await alice.taps("Testnet")
    await alice.sees("Binance · Spot · TESTNET")
    await alice.taps("USDⓈ-M futures")  # which has no testnet: the real world is shown
    await alice.sees("Binance · USDⓈ-M futures\n")
    await alice.taps("Watch only")
    assert "Tick: “Enable Reading”\n" in (await alice.sees("a key made in another place")).text


async def test_without_a_name_the_guide_lets_one_choose_and_goes_back_to_the_choice(alice: Person) -> None:
    await alice.says("/guide")
    await alice.sees("At which exchange?")
    await alice.says("okx")
    await alice.sees("A key at OKX")
    await alice.taps("Another exchange")
    await alice.taps("Kraken")
    await alice.sees("A key at Kraken")


async def test_a_name_nobody_knows_shows_every_exchange(alice: Person) -> None:
    await alice.says("/guide mtgox")
    shown = await alice.sees("know that exchange yet")
    assert "Binance" in captions(shown)


async def test_the_guide_speaks_polish(service: Service) -> None:
    ola = service.person("Ola", "pl")
    await ola.says("/guide bybit")
    await ola.sees("Najczęstszy błąd")


async def test_every_exchange_of_the_catalogue_has_its_guide(service: Service, alice: Person) -> None:
    for profile in service.app.services.profiles.values():
        await alice.says(f"/guide {profile.id}")
        guide = await alice.sees(f"A key at {profile.title}\n")
        takes = f"{profile.title}: up to {profile.max_ips} for a key"
        assert (takes if profile.max_ips else f"{profile.title} has no IP lists") in guide.text
        assert set(profile.key_pages.values()) >= links(guide) != set()


async def test_asking_for_the_guide_ends_the_question_for_a_key(service: Service, alice: Person) -> None:
    await to_the_question(alice)
    await alice.says("/guide")
    await alice.sees("At which exchange?")
    said = await alice.says("okx")
    await alice.sees("A key at OKX")
    assert "okx" == said.text
    assert not service.app.questions.awaits(alice.id, alice.id, service.clock.now() + 60)


# ----------------------------------------------------------------------------------------------------- the closed one


@pytest.mark.parametrize("typed", ["/guide bitmex", "/guide BitMEX"])
async def test_the_guide_to_a_closed_exchange_says_so_and_what_comes_nearest(alice: Person, typed: str) -> None:
    await alice.says(typed)
    shown = await alice.sees("BitMEX closed for good on 2026-09-23")
    assert "Bybit" in captions(shown)
    assert "MEXC" not in captions(shown)
    await alice.taps("Bybit")
    await alice.sees("A key at Bybit")


async def test_typing_a_closed_exchange_into_the_wizard(alice: Person) -> None:
    await alice.says("/connect")
    await alice.sees("Which one?")
    await alice.says("bitmex")
    await alice.sees("BitMEX closed for good")
    await alice.taps("Kraken Futures")
    await alice.sees("What do you trade")


async def test_choosing_a_closed_exchange_in_the_wizard(alice: Person) -> None:
    await alice.says("/connect")
    await alice.sees("Which one?")
    for _ in range(3):
        if "🚫 BitMEX" in captions(alice.last()):
            break
        await alice.taps("\u203a")
    await alice.taps("BitMEX")
    await alice.sees("BitMEX closed for good")
    await alice.taps("Bybit")
    await alice.sees("What do you trade")


# ------------------------------------------------------------------------------------------------------ the addresses


async def test_the_addresses_are_on_buttons_in_the_form_each_exchange_takes(alice: Person) -> None:
    await alice.says("/ips")
    shown = await alice.sees("My addresses")
    assert {*EGRESS_IPS, " ".join(EGRESS_IPS), ",".join(EGRESS_IPS)} == copied(shown)
    forms = {button.text: button.copy for row in shown.buttons for button in row}
    assert ",".join(EGRESS_IPS) == forms["📋 For Bybit"]
    assert " ".join(EGRESS_IPS) == forms["📋 For Binance"]
    assert "Separated by commas: Bybit\u00a010, OKX\u00a020" in shown.text
    assert "Separated by spaces: Binance\u00a030" in shown.text


async def test_a_bot_that_does_not_know_its_addresses_says_so(service: Service, alice: Person) -> None:
    await service.stop()
    await service.start(egress_ips=())
    await alice.says("/ips")
    shown = await alice.sees("has not named its addresses")
    assert [] == shown.buttons
