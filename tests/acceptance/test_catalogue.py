"""More exchanges than one: pages, search, and steps that an exchange does not need."""

from dataclasses import replace

import pytest

from bot.domain.connection import Environment, Market
from bot.domain.exchange import ExchangeProfile
from bot.exchanges.binance import PROFILE
from bot.sandbox.control.person import Person
from bot.telegram.dialogs.catalogue import matching
from tests.acceptance.conftest import Service

ONE_WORLD = {Market.LINEAR: (Environment.LIVE,)}


def catalogue() -> dict[str, ExchangeProfile]:
    """Binance, one exchange with a single market and world, and twenty more."""
    single = replace(PROFILE, id="single", title="Single Futures", aliases=("uno",), worlds=ONE_WORLD)
    more = [replace(PROFILE, id=f"ex{n}", title=f"Exchange {n:02}", aliases=()) for n in range(1, 21)]
    return {profile.id: profile for profile in (PROFILE, single, *more)}


@pytest.fixture
def alice(service: Service) -> Person:
    dispatcher = service.app.front.dispatcher
    dispatcher["services"] = replace(service.app.services, profiles=catalogue())
    return service.person("Alice")


def buttons(person: Person) -> list[str]:
    return [button.text for row in person.last().buttons for button in row]


async def test_a_long_catalogue_has_pages(alice: Person) -> None:
    await alice.says("/connect")
    await alice.sees("Which one?")
    assert "Exchange 08" in buttons(alice)
    assert "Exchange 09" not in buttons(alice)
    await alice.taps("\u203a")
    await alice.taps("Exchange 09")
    await alice.sees("What do you trade")


async def test_typing_leaves_what_fits(alice: Person) -> None:
    await alice.says("/connect")
    await alice.sees("Which one?")
    await alice.says("exchange 1")
    await alice.sees("Matching your search")
    assert [f"Exchange {n}" for n in range(10, 20)] == [text for text in buttons(alice) if "Exchange" in text]
    await alice.says("uno")
    await alice.sees("What should the key")


async def test_nobody_is_asked_where_there_is_one_answer_and_back_knows_it(alice: Person) -> None:
    await alice.says("/connect")
    await alice.taps("Single Futures")
    asked = await alice.sees("What should the key")
    assert "Single Futures · USDT/USDC futures" in asked.text
    await alice.taps("Back")
    await alice.sees("Which one?")


@pytest.mark.parametrize(
    ("typed", "found"),
    [("bin", ["binance"]), ("BNB", ["binance"]), ("бинанс", ["binance"]), ("futures", ["single"]), ("", []), ("?", [])],
)
def test_an_exchange_is_found_by_its_names(typed: str, found: list[str]) -> None:
    assert found == matching(typed, catalogue())
