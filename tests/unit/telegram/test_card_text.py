"""What a card says, fact by fact."""

from dataclasses import replace

import pytest

from bot.domain.connection import Connection, ConnectionId, Environment, Market, Place, Purpose
from bot.domain.failures import Failure, Trouble
from bot.domain.health import Flip, Gate, Health, PausedBy, Side, Status
from bot.domain.permissions import Certainty, Finding, Grant, KeyReport, Permission
from bot.exchanges.binance import PROFILE
from bot.sandbox.telegram.markup import parse_html
from bot.telegram.card_text import card_text
from bot.telegram.texts import Texts
from bot.usecases.manage import Card

NOW = 1_700_000_000.0
ALICE = 1001
TEXTS = Texts()
REPORT = KeyReport(
    {p: Finding(Grant.DENIED, Certainty.STATED) for p in Permission}
    | {Permission.READ: Finding(Grant.GRANTED, Certainty.STATED)},
    ip_restricted=True,
)
WELL = Connection(
    id=ConnectionId("c" * 32),
    owner_id=ALICE,
    place=Place("binance", Market.SPOT, Environment.LIVE),
    purpose=Purpose.WATCH,
    label="Main",
    key_tail="…x7Qz",
    revision=1,
    health=Health.new(NOW - 3600),
    report=REPORT,
    created_at=NOW - 3600,
    latency=0.1234,
    last_probe_at=NOW - 12,
    last_ok_at=NOW - 12,
)
CARD = Card(WELL, None, (), None)


def shown(card: Card = CARD, *, language: str = "en", checking: bool = False) -> str:
    html = card_text(TEXTS.of(language), card, {"binance": PROFILE}, ("203.0.113.7",), NOW, checking=checking)
    return parse_html(html)[0]


def of(connection: Connection) -> str:
    return shown(replace(CARD, connection=connection))


def test_a_key_that_is_well() -> None:
    assert "🟢 Main\nBinance · Spot\nKey …x7Qz · Watch only" in shown()
    assert "Checked 12 s ago · 123 ms" in shown()
    assert "Last good check" not in shown()


def test_what_somebody_vouched_for_is_said_for_ever() -> None:
    assert "Withdrawal is not verifiable" in of(replace(WELL, withdrawal_unverified=True))
    assert "Withdrawal is not verifiable" not in shown()


def test_a_key_that_works_from_anywhere_is_loud() -> None:
    assert "⚠️ No IP whitelist" in of(replace(WELL, report=replace(REPORT, ip_restricted=False)))


def test_five_addresses_are_listed_and_the_rest_counted() -> None:
    text = shown(replace(CARD, ip_list=tuple(f"198.51.100.{n}" for n in range(7))))
    assert "198.51.100.4, and 2 more" in text
    assert "198.51.100.5" not in text


def test_what_the_exchange_does_not_say_is_not_claimed() -> None:
    assert "Binance does not tell" in of(replace(WELL, report=replace(REPORT, ip_restricted=None)))
    silent = of(replace(WELL, report=KeyReport({})))
    assert "What the key may do · Binance has no way to tell" in silent
    assert "❔ Withdrawals: not known" in silent


def test_where_certainties_differ_each_right_says_its_own() -> None:
    known: dict[Permission, Finding] = {
        p: finding for p, finding in REPORT.findings.items() if p is not Permission.WITHDRAW
    }
    text = of(replace(WELL, report=replace(REPORT, findings=known)))
    assert "✅ Reading: on · says Binance" in text
    assert "❔ Withdrawals: not known · Binance has no way to tell" in text


def test_the_end_of_a_key_is_announced() -> None:
    assert "Expires 2023-11-15 22:13 UTC" in of(replace(WELL, report=replace(REPORT, expires_at=NOW + 86_400)))
    assert "Expired 2023-11-13 22:13 UTC" in of(replace(WELL, report=replace(REPORT, expires_at=NOW - 86_400)))


@pytest.mark.parametrize(("by", "words"), [(PausedBy.PERSON, "paused by you"), (PausedBy.WATCH, "paused by me")])
def test_who_paused_is_told(by: PausedBy, words: str) -> None:
    assert words in of(replace(WELL, health=replace(WELL.health, gate=Gate.PAUSED, paused_by=by)))


def test_a_trouble_comes_with_cause_code_words_and_remedy() -> None:
    trouble = Trouble(Failure.IP_NOT_ALLOWED, "-2015", "not from here", seen_ip="192.0.2.1")
    text = of(replace(WELL, health=replace(WELL.health, status=Status.REAUTH_NEEDED, trouble=trouble)))
    for part in ("🔴 Main", "Needs you", "It saw me as 192.0.2.1", "-2015: not from here", "Add exactly: 203.0.113.7"):
        assert part in text


def test_a_suspicion_is_said_to_be_one() -> None:
    suspected = replace(WELL.health, streak=1, trouble=Trouble(Failure.INVALID_KEY, "-2008"))
    text = of(replace(WELL, health=suspected))
    assert "I am asking again to be sure" in text
    assert "1. Open the key page" not in text


def test_a_check_under_way_takes_the_place_of_the_last_one() -> None:
    assert "Checking…" in shown(checking=True)
    assert "123 ms" not in shown(checking=True)


def test_the_last_three_changes_newest_first() -> None:
    flips = [
        Flip(Side.GATE, "open", "paused", NOW - 1, by=ALICE),
        Flip(Side.STATUS, "connected", "error", NOW - 2, Trouble(Failure.UNEXPECTED, "HTTP 503")),
        Flip(Side.STATUS, "error", "connected", NOW - 3),
        Flip(Side.GATE, "paused", "open", NOW - 4),
    ]
    changes = shown(replace(CARD, flips=flips)).partition("Last changes\n")[2].splitlines()
    assert ["⏸ trading paused, by you", "🟠 not working (HTTP 503)", "🟢 works"] == [
        line.partition(" · ")[2] for line in changes
    ]


def test_muted_alerts_are_not_forgotten() -> None:
    assert "🔕 Alerts muted until 2023-11-14 23:13 UTC" in shown(replace(CARD, muted_until=NOW + 3600))


def test_the_same_in_polish() -> None:
    assert "Sprawdzone 12 s temu · 123 ms" in shown(language="pl")
