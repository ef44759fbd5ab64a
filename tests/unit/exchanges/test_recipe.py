"""An exchange of the catalogue is whole: each piece that CONTRIBUTING asks for is there, and the pieces agree."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.domain.connection import Environment, Market
from bot.exchanges.registry import ADAPTERS, adapter_of
from bot.sandbox.clock import SandboxClock
from bot.sandbox.events import EventLog
from bot.sandbox.exchanges.account import KeyStyle
from bot.sandbox.exchanges.catalogue import SIMULATORS
from bot.sandbox.exchanges.venue import Venue
from bot.telegram.describing import market_name
from bot.telegram.texts import LOCALES, Texts
from tests.unit.domain.real_shaped_secrets import EXCHANGES

ROOT = Path(__file__).parents[3]
LANGUAGES = sorted(path.name for path in LOCALES.iterdir())
pytestmark = pytest.mark.parametrize("exchange", ADAPTERS)


def simulator_of(exchange: str) -> Venue:
    return SIMULATORS[exchange](SandboxClock(), EventLog())


def style_of(exchange: str) -> KeyStyle:
    return simulator_of(exchange).rules.key_style


def test_it_has_a_simulator_of_the_same_name(exchange: str) -> None:
    rules, profile = simulator_of(exchange).rules, adapter_of(exchange).PROFILE

    assert (rules.id, rules.title) == (profile.id, profile.title)


def test_its_simulator_has_the_same_environments_and_the_same_room_for_addresses(exchange: str) -> None:
    style, profile = style_of(exchange), adapter_of(exchange).PROFILE
    environments = {environment.value for worlds in profile.worlds.values() for environment in worlds}

    assert environments == set(style.environments)
    assert profile.max_ips == style.max_ips


def test_the_simulator_s_keys_have_the_shape_that_a_paste_is_read_by(exchange: str) -> None:
    shape = adapter_of(exchange).PROFILE.shape
    for number in range(20):
        account = simulator_of(exchange).account(f"k{number}")

        assert shape.api_key.fits(account.api_key)
        assert shape.secret.fits(account.secret)
        assert (shape.passphrase is None) == (account.passphrase is None)
        assert account.passphrase is None or (shape.passphrase and shape.passphrase.fits(account.passphrase))


def test_the_simulator_s_poses_are_of_its_own_switches_and_of_known_names(exchange: str) -> None:
    style = style_of(exchange)

    assert set(style.poses) <= {"watch", "withdraw", "transfer", "spot only", "futures only"}
    assert {switch for pose in style.poses.values() for switch in pose} <= set(style.switches)


def test_the_guard_is_tested_with_keys_of_its_look(exchange: str) -> None:
    assert exchange in EXCHANGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_guide_has_every_step_in_every_language(exchange: str, language: str) -> None:
    guide = (LOCALES / language / f"guide-{exchange}.ftl").read_text()
    steps = [int(number) for number in re.findall(rf"^guide-{exchange}-(\d+) =", guide, re.MULTILINE)]

    assert list(range(1, adapter_of(exchange).PROFILE.guide_steps + 1)) == steps


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_guide_says_something_in_every_world(exchange: str, language: str) -> None:
    say, profile = Texts().of(language), adapter_of(exchange).PROFILE
    for environment in {world for worlds in profile.worlds.values() for world in worlds}:
        for purpose in ("watch", "trade"):
            facts = {
                "environment": Environment(environment).value,
                "purpose": purpose,
                "boxes": "“Tick”",
                "danger_boxes": "“Danger”",
                "ip_count": 2,
            }
            steps = [say(f"guide-{exchange}-{step}", **facts) for step in range(1, profile.guide_steps + 1)]

            assert any("“Tick”" in step for step in steps)
            assert len([step for step in steps if step.strip()]) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_a_remark_for_traders_exactly_if_its_profile_says_so(exchange: str, language: str) -> None:
    guide = (LOCALES / language / f"guide-{exchange}.ftl").read_text()

    assert (f"\nremark-{exchange} =" in guide) == adapter_of(exchange).PROFILE.trading_remark


def test_it_says_what_its_linear_futures_settle_in(exchange: str) -> None:
    profile = adapter_of(exchange).PROFILE

    assert (Market.LINEAR in profile.worlds) == bool(profile.settled_in.get(Market.LINEAR))
    assert Market.SPOT not in profile.settled_in
    assert set(profile.settled_in) <= set(profile.worlds)


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_markets_are_called_by_what_they_settle_in_or_as_it_calls_them_itself(exchange: str, language: str) -> None:
    say, profile = Texts().of(language), adapter_of(exchange).PROFILE
    named = {market: market_name(say, profile, market) for market in profile.worlds}

    assert len(set(named.values())) == len(named)
    for market, settled in profile.settled_in.items():
        assert "/".join(settled) in named[market] or say.knows(f"market-{market.value}-at-{exchange}")


def test_what_is_known_of_it_is_written_down_for_the_tests(exchange: str) -> None:
    assert find_spec(f"tests.integration.exchanges.known.{exchange}") is not None


def test_the_readme_and_the_changelog_name_it(exchange: str) -> None:
    title = adapter_of(exchange).PROFILE.title
    rows = (ROOT / "README.md").read_text().splitlines()

    assert len([row for row in rows if row.startswith(f"| {title} |")]) == 1
    assert title in (ROOT / "CHANGELOG.md").read_text()
