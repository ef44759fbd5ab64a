from dataclasses import replace

from bot.domain.connection import ConnectionId, Environment, Market, Place
from bot.domain.failures import Failure, Trouble
from bot.domain.health import Gate, PausedBy, Status
from bot.domain.outage import Scope
from bot.sandbox.telegram.markup import parse_html, utf16_length
from bot.telegram.status_text import MOST_LINES, status_text
from bot.telegram.texts import Texts
from bot.usecases.incident_store import Incident
from bot.usecases.status import Outage, StatusView
from bot.usecases.status_store import Line

TEXTS = Texts()
NOW = 1_795_000_000.0
SPOT = Place("binance", Market.SPOT, Environment.LIVE)
WELL = Line(
    id=ConnectionId("1" * 32),
    label="Main",
    place=SPOT,
    status=Status.CONNECTED,
    since=NOW - 600,
    gate=Gate.OPEN,
    gate_since=NOW - 600,
    paused_by=None,
    failure=None,
    incident_id=None,
    vouched=False,
    checked_at=NOW,
)
DEAD = replace(WELL, label="Old", status=Status.REAUTH_NEEDED, failure=Failure.INVALID_KEY, gate=Gate.PAUSED)
DOWN = replace(WELL, label="Out", status=Status.ERROR, failure=Failure.EXCHANGE_UNAVAILABLE, incident_id=7)
INCIDENT = Incident(
    7, Scope("binance", Environment.LIVE), "exchange", Trouble(Failure.EXCHANGE_UNAVAILABLE), NOW - 300, NOW - 200
)


def card(*lines: Line, outages: tuple[Outage, ...] = (), language: str = "en", late: bool = False) -> str:
    view = StatusView(lines, outages, NOW - 40, late)
    text, _ = parse_html(status_text(TEXTS.of(language), view, {}))
    return text


def test_all_is_well_is_said_on_top() -> None:
    assert card(WELL).startswith("🟢 All is well: one connection")


def test_what_is_wrong_is_said_on_top_the_worst_first() -> None:
    said = card(WELL, replace(DOWN, incident_id=None), DEAD)
    banner = said[: said.index("🟢 Main")]
    assert banner.startswith("🔴 2 of 3 are not well")
    assert banner.index("🔴 Old: the exchange does not know the key") < banner.index("🟠 Out: no proper answer")


def test_an_incident_is_named_once_however_many_are_in_it() -> None:
    said = card(DOWN, replace(DOWN, label="Too"), outages=(Outage(INCIDENT, 2),))
    assert said.count("no proper answer") == 1
    assert "🌩 Binance: no proper answer, since" in said
    assert "(2 connections)" in said


def test_whoever_paused_is_said_and_what_cannot_be_verified() -> None:
    said = card(replace(WELL, gate=Gate.PAUSED, paused_by=PausedBy.PERSON, vouched=True))
    assert "⏸ Main · Binance · Spot" in said
    assert "trading paused by hand since" in said
    assert "withdrawal not verifiable" in said


def test_testnets_wear_their_badge() -> None:
    assert "TESTNET" in card(replace(WELL, place=replace(SPOT, environment=Environment.TESTNET)))


def test_a_watch_that_is_late_says_so_on_top() -> None:
    said = card(WELL, late=True)
    assert "My last complete round of checks ended" in said[: said.index("🟢 Main")]


def test_many_connections_fit_into_one_message_and_the_bad_ones_are_shown() -> None:
    many = [replace(WELL, label="W" * 32, id=ConnectionId(f"{n:032}"), vouched=True) for n in range(99)]
    for language in ("en", "pl"):
        said = card(*many, DEAD, language=language)
        assert utf16_length(said) <= 4096
        assert "Old" in said[said.index("W" * 32) :] or "🔴 Old ·" in said
    assert f"and {100 - MOST_LINES} more" in card(*many, DEAD)


def test_only_what_ages_by_itself_leaves_a_card_as_it_is() -> None:
    view = StatusView((WELL,), (), NOW, late=False)
    assert StatusView((replace(WELL, checked_at=NOW + 9),), (), NOW + 9, late=False).digest() == view.digest()
    for other in (
        replace(WELL, label="x"),
        replace(WELL, status=Status.ERROR),
        replace(WELL, gate=Gate.PAUSED),
        replace(WELL, vouched=True),
    ):
        assert StatusView((other,), (), NOW, late=False).digest() != view.digest()
    assert StatusView((WELL,), (), NOW, late=True).digest() != view.digest()
