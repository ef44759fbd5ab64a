"""What ``doctor`` says of how many connections an address carries."""

import pytest

from bot.commands.checkup.capacity import capacity
from bot.commands.checkup.finding import Finding, Grade
from bot.domain.connection import Environment, Market, Place
from bot.exchanges.registry import ADAPTERS
from bot.settings import Settings
from tests.integration.commands.conftest import Operator
from tests.integration.commands.sealed_world import SealedWorld

SPOT, LINEAR = (Place("gemini", market, Environment.LIVE) for market in (Market.SPOT, Market.LINEAR))
TESTNET = Place("phemex", Market.SPOT, Environment.TESTNET)


@pytest.fixture
def settings() -> Settings:
    return Settings(bot_token="123456:" + "A" * 35)


def line(findings: list[Finding], about: str) -> Finding:
    return next(each for each in findings if each.about == f"{about} capacity")


def test_every_exchange_has_a_line(settings: Settings) -> None:
    findings = list(capacity(settings, {}))

    assert len(ADAPTERS) == len(findings)
    assert {Grade.GOOD} == {finding.grade for finding in findings}
    assert (
        "carries 300 connections every 60 s; 0 are connected, 0% of what may be asked" in line(findings, "Gemini").says
    )


def test_connections_of_all_markets_are_counted_together(settings: Settings) -> None:
    finding = line(list(capacity(settings, {SPOT: 200, LINEAR: 39})), "Gemini")

    assert (finding.grade, finding.remedy) == (Grade.GOOD, "")
    assert "239 are connected, 80% of what may be asked" in finding.says


def test_little_room_is_a_caution_with_its_remedy(settings: Settings) -> None:
    finding = line(list(capacity(settings, {SPOT: 200, LINEAR: 50})), "Gemini")

    assert Grade.CAUTION is finding.grade
    assert "250 are connected, 83% of what may be asked" in finding.says
    assert "LATCHKEY_CHECK_INTERVAL" in finding.remedy
    assert "come late" not in finding.says


def test_no_room_is_said(settings: Settings) -> None:
    finding = line(list(capacity(settings, {SPOT: 400})), "Gemini")

    assert Grade.CAUTION is finding.grade
    assert "133% of what may be asked: their checks come late" in finding.says


def test_a_longer_interval_makes_room(settings: Settings) -> None:
    slow = settings.model_copy(update={"check_interval": 120.0})

    finding = line(list(capacity(slow, {SPOT: 400})), "Gemini")

    assert Grade.GOOD is finding.grade
    assert "carries 600 connections every 120 s" in finding.says


def test_another_environment_has_a_line_where_there_are_connections(settings: Settings) -> None:
    findings = list(capacity(settings, {TESTNET: 70}))

    assert len(ADAPTERS) + 1 == len(findings)
    assert Grade.CAUTION is line(findings, "Phemex testnet").grade
    assert "carries 75 connections" in line(findings, "Phemex testnet").says


def test_environments_on_the_same_servers_are_counted_together(settings: Settings) -> None:
    live, demo = (Place("bitget", Market.SPOT, world) for world in (Environment.LIVE, Environment.DEMO))

    finding = line(list(capacity(settings, {live: 2_000, demo: 2_000})), "Bitget")

    assert "4,000 are connected, 89% of what may be asked" in finding.says


def test_while_the_service_has_the_database_only_what_fits_is_said(settings: Settings) -> None:
    findings = list(capacity(settings, None))

    assert not [finding for finding in findings if "connected" in finding.says]


async def test_the_doctor_counts_what_is_in_the_database(operator: Operator) -> None:
    where = Settings(
        bot_token=operator.environment["LATCHKEY_BOT_TOKEN"],
        data_dir=operator.data,
        master_key_file=operator.key_file,
    )
    await SealedWorld(where, connections=3).fill()

    ended = await operator.runs("doctor")

    assert "3 are connected, 0% of what may be asked" in ended.line("Binance capacity")
    assert "0 are connected" in ended.line("OKX capacity")
