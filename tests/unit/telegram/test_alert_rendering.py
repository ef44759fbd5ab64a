"""What the outbox tells, as Telegram gets it."""

from typing import Any

import pytest

from bot.domain.connection import ConnectionId
from bot.domain.failures import Failure, Severity, policy_of
from bot.exchanges.binance import PROFILE
from bot.sandbox.telegram.markup import parse_html, utf16_length
from bot.telegram.alert_rendering import AlertRenderer
from bot.telegram.sender import LONGEST_TEXT, Rendered
from bot.telegram.texts import Texts
from bot.usecases.delivery import Alert, Kind, OutboxItem
from bot.usecases.ports import Person
from tests.unit.telegram.hostile_labels import hostile_labels
from tests.unit.telegram.memory import StandingClock

NOW = 1_700_000_000.0
ALICE = 1001
OURS = ("203.0.113.7", "203.0.113.8")
TEXTS = Texts()
CONNECTION = ConnectionId("c" * 32)


RENDER = AlertRenderer(TEXTS, {"binance": PROFILE}, StandingClock(NOW), OURS)
FACTS: dict[str, Any] = {
    "label": "Main",
    "exchange": "binance",
    "market": "spot",
    "environment": "live",
    "tail": "…x7Qz",
    "failure": "invalid_key",
    "code": "-2015",
    "reason": "Invalid API-key, IP, or permissions for action.",
    "seen_ip": None,
    "boxes": [],
    "gate": "paused",
    "since": NOW - 750,
}
INCIDENT: dict[str, Any] = {
    "exchange": "binance",
    "environment": "live",
    "market": None,
    "failure": "exchange_unavailable",
    "code": "HTTP 503",
    "reason": None,
    "since": NOW - 750,
    "until": NOW,
    "count": 7,
    "most": 7,
    "times": 1,
    "labels": ["Main", "Bot <b>", "A", "B", "C"],
    "ours": False,
}
ARGS: dict[Kind, dict[str, Any]] = {
    Kind.ALERT: FACTS,
    Kind.REPEAT: FACTS | {"again_in": 1800.0},
    Kind.INCIDENT: INCIDENT,
    Kind.INCIDENT_AGAIN: INCIDENT | {"times": 2},
    Kind.INCIDENT_OVER: INCIDENT | {"count": 0},
    Kind.RECOVERED: FACTS | {"gate": "open", "lasted": 750.0, "until": NOW},
    Kind.UNSTEADY: FACTS | {"changes": 9},
    Kind.STEADY: FACTS | {"until": NOW, "well": True},
    Kind.ROTATED: FACTS | {"old_tail": "…old1"},
    Kind.ROTATION_FAILED: FACTS | {"old_tail": "…new1"},
    Kind.KEY_USED_ELSEWHERE: FACTS,
    Kind.KEY_ENDING: FACTS | {"expires_at": NOW + 6 * 86400, "days": 7},
    Kind.KEY_AGED: FACTS | {"age": 180 * 86400.0},
    Kind.DELETE_BY_HAND: {"kind": "answer", "group": False, "reason": "too_old", "user_id": ALICE, "message_id": 77},
    Kind.SECRET_REMOVED: {"kind": "exchange_key", "group": False, "user_id": ALICE, "count": 2},
    Kind.WAS_OFFLINE: {"away": 100_000.0, "user_id": ALICE},
    Kind.DIGEST: {
        "every": "daily",
        "at": NOW,
        "connections": [{"label": "Main", "state": "up", "uptime": [60, 60, 60], "changes": 1}],
        "more": 0,
    },
    Kind.SHARING: FACTS | {"event": "accepted", "name": "Bob"},
    Kind.WAS_BLIND: {"since": NOW - 900, "until": NOW},
    Kind.OPERATOR: {"event": "dead_letter", "update": 5, "error": "KeyError"},
}


def told(
    what: Kind = Kind.ALERT,
    /,
    *,
    language: str = "en",
    message_id: int | None = None,
    with_alert: bool = True,
    **facts: Any,
) -> Rendered:
    item = OutboxItem(1, ALICE, what, ARGS[what] | facts, NOW, NOW, connection_id=CONNECTION)
    alert = Alert("a" * 16, CONNECTION, ALICE, "invalid_key", NOW, 1, message_id) if with_alert else None
    return RENDER(item, alert, Person(ALICE, "Alice", language))


def buttons(rendered: Rendered) -> list[str]:
    assert rendered.keyboard is not None
    return [button.text for row in rendered.keyboard.inline_keyboard for button in row]


def test_every_kind_of_message_has_its_facts_here() -> None:
    assert set(Kind) == set(ARGS)


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_told_in_every_language(kind: Kind, language: str) -> None:
    rendered = told(kind, language=language)
    text, _ = parse_html(rendered.html)
    assert text.strip()
    assert utf16_length(text) < LONGEST_TEXT / 2
    assert text.split() == rendered.plain.split()


@pytest.mark.parametrize("failure", Failure)
def test_an_alert_tells_what_which_since_when_why_what_is_paused_and_what_to_do(failure: Failure) -> None:
    text, _ = parse_html(told(failure=failure.value).html)
    for part in (
        "Main",
        "Binance · Spot · key …x7Qz",
        "2023-11-14 22:00 UTC (12 min)",
        "-2015: Invalid API-key",
        "Trading through it is paused",
        "What to do",
    ):
        assert part in text


def test_an_incident_names_whom_it_concerns_and_blames_no_key() -> None:
    text = told(Kind.INCIDENT).plain
    assert "Binance is down" in text
    assert "7 of your connections are affected: Main, Bot <b>, A, B, C and 2 more." in text
    assert "not to blame" in text
    assert "\nAll markets\n" in text
    assert "\nSpot only\n" in told(Kind.INCIDENT, market="spot").plain


def test_that_an_incident_is_over_is_told_in_a_word_and_the_message_itself_says_it_all() -> None:
    word, whole = told(Kind.INCIDENT_OVER).plain, told(Kind.INCIDENT, count=0).plain
    for text in (word, whole):
        assert text.startswith("✅ Binance is back\n")
        assert "It lasted" in text
        assert "Trading goes on" in text
    assert "concerned" in whole
    assert "concerned" not in word


def test_an_incident_says_until_when_its_exchange_announced_maintenance() -> None:
    assert "It announced maintenance until" not in told(Kind.INCIDENT, announced=None).plain
    assert "📣 It announced maintenance until" in told(Kind.INCIDENT, announced=NOW + 3600).plain


@pytest.mark.parametrize(
    ("failure", "says"),
    [
        ("banned", "Binance turns me away"),
        ("clock_skew", "Binance refuses my clock"),
        ("invalid_key", "Binance refuses many keys at once"),
    ],
)
def test_an_incident_says_what_it_is(failure: str, says: str) -> None:
    assert says in told(Kind.INCIDENT, failure=failure).plain


def test_an_incident_that_nobody_is_in_any_more_is_over() -> None:
    assert "Binance is back" in told(Kind.INCIDENT, count=0).plain
    assert "It lasted 12 min" in told(Kind.INCIDENT, count=0).plain


def test_what_can_lose_money_is_louder_than_an_outage() -> None:
    assert told(failure="withdraw_enabled").plain.startswith("🚨")
    assert told(failure="invalid_key").plain.startswith("🔴")
    assert told(failure="exchange_unavailable").plain.startswith("🟠")
    assert Severity.WARNING is policy_of(Failure.EXCHANGE_UNAVAILABLE).severity


def test_a_right_that_must_go_is_named_as_its_box_is() -> None:
    assert "Untick Enable Withdrawals" in told(failure="withdraw_enabled").plain
    both = told(failure="transfer_enabled", boxes=["Permits Universal Transfer"]).plain
    assert "Untick Permits Universal Transfer" in both


def test_a_testnet_key_is_badged() -> None:
    assert "Binance · Spot · TESTNET · key …x7Qz" in told(environment="testnet").plain


def test_our_addresses_can_be_copied_where_they_matter_and_only_there() -> None:
    assert "📋 203.0.113.7" in buttons(told(failure="ip_not_allowed", seen_ip="198.51.100.1"))
    assert "198.51.100.1" in told(failure="ip_not_allowed", seen_ip="198.51.100.1").plain
    assert "📋 203.0.113.7" not in buttons(told(failure="bad_signature"))


def test_the_address_that_the_exchange_saw_is_told_to_be_ours_or_not() -> None:
    def seen(ip: str | None) -> str:
        return told(failure="ip_not_allowed", seen_ip=ip).plain

    assert "It saw me as 203.0.113.7, which is one of my addresses." in seen("203.0.113.7")
    assert "It saw me as 198.51.100.1, which is none of the addresses I was given as mine." in seen("198.51.100.1")
    assert "It saw me as" not in seen(None)


@pytest.mark.parametrize(
    ("gate", "button"), [("open", "⏸ Pause"), ("paused", "⏸ Keep paused"), ("paused_by_person", "▶️ Resume")]
)
def test_the_gates_button_fits_the_gate(gate: str, button: str) -> None:
    assert [button, "🔁 Rotate", "🔄 Check now", "🔕 Mute…"] == buttons(told(gate=gate))[:4]
    assert buttons(told(gate=gate))[-1] == "Details"


def test_only_what_is_critical_is_to_be_acknowledged() -> None:
    assert "👀 Acknowledge" in buttons(told(failure="invalid_key"))
    assert "👀 Acknowledge" in buttons(told(failure="withdraw_enabled"))
    assert "👀 Acknowledge" not in buttons(told(failure="exchange_unavailable"))


def test_a_repeat_says_how_long_it_lasts_and_what_stops_it() -> None:
    rendered = told(Kind.REPEAT, message_id=42)
    for part in ("Main still does not work", "For 12 min now", "again in 30 min", "Acknowledge stops that"):
        assert part in rendered.plain
    assert ["👀 Acknowledge", "Details"] == buttons(rendered)
    assert rendered.reply_to is None, "so it answers the alert"
    assert "dangerous right is still on the key" in told(Kind.REPEAT, failure="withdraw_enabled").plain


def test_who_comes_second_is_told_why() -> None:
    assert "Nobody has acknowledged this so far" in told(escalated=True, role="subscriber").plain
    assert "Nobody has acknowledged" not in told(role="subscriber").plain


@pytest.mark.parametrize("kind", [Kind.ALERT, Kind.REPEAT])
def test_the_owner_reads_who_is_told_next(kind: Kind) -> None:
    def at(minutes: int) -> float:
        return NOW + 60.0 * minutes

    rendered = told(kind, then=[["Late", at(0)], ["B<b", at(15)], ["Desk", at(60)]])
    assert rendered.plain.splitlines()[-1] == (
        "📣 If nobody acknowledges it, I also tell B<b (2023-11-14 22:28 UTC), Desk (2023-11-14 23:13 UTC)."
    ), "and not of whom it was due when this was held"
    assert "I also tell" not in told(kind, then=[]).plain
    many = told(kind, then=[[f"p{number}", at(5)] for number in range(5)])
    assert "p2 (2023-11-14 22:18 UTC) and 2 more." in many.plain


def test_later_news_takes_the_buttons_along_from_the_first_message() -> None:
    (edit,) = told(message_id=42).edits
    assert (42, None, None) == (edit.message_id, edit.html, edit.keyboard)


def test_the_first_news_moves_nothing() -> None:
    assert told().edits == ()


def test_a_recovery_tells_how_long_it_lasted_and_leaves_details_under_the_alert() -> None:
    rendered = told(Kind.RECOVERED, message_id=42)
    assert "works again" in rendered.plain
    assert "It lasted 12 min" in rendered.plain
    (edit,) = rendered.edits
    assert edit.message_id == 42
    assert edit.keyboard is not None
    assert [["Details"]] == [[button.text for button in row] for row in edit.keyboard.inline_keyboard]


def test_a_recovery_under_a_persons_pause_offers_to_resume() -> None:
    assert ["▶️ Resume", "Details"] == buttons(told(Kind.RECOVERED, gate="paused_by_person"))
    assert ["Details"] == buttons(told(Kind.RECOVERED, gate="open"))


def test_news_of_a_key_has_buttons_though_it_is_no_alert() -> None:
    rendered = told(Kind.KEY_USED_ELSEWHERE, with_alert=False)
    assert ["🔁 Rotate", "Details"] == buttons(rendered)[1:]
    assert "key page" in buttons(rendered)[0]


def test_an_exchange_that_left_the_catalogue_is_still_named() -> None:
    assert "Kraken · Spot" in told(exchange="kraken").plain


def test_a_message_that_could_not_be_deleted_is_answered_with_what_to_do() -> None:
    rendered = told(Kind.DELETE_BY_HAND, with_alert=False)
    assert rendered.reply_to == 77
    assert rendered.plain.startswith("🚨")
    assert "older than 48 hours" in rendered.plain
    assert "rotate the key" in rendered.plain


def test_a_seed_phrase_comes_with_the_warning_that_nobody_honest_asks_for_it() -> None:
    assert "Nobody honest ever asks for it" in told(Kind.SECRET_REMOVED, kind="seed_phrase").plain
    assert "Nikt uczciwy" in told(Kind.SECRET_REMOVED, kind="seed_phrase", language="pl").plain


def test_in_a_group_the_author_is_spoken_to_and_nothing_is_quoted() -> None:
    rendered = told(Kind.SECRET_REMOVED, group=True, count=1)
    assert f'<a href="tg://user?id={ALICE}">Your message</a>' in rendered.html


def test_operators_read_even_what_has_no_sentence_yet() -> None:
    assert "something_new" in told(Kind.OPERATOR, event="something_new").plain


def test_an_exchanges_reason_cannot_mark_up_anything() -> None:
    reason = '<b>free</b> <a href="tg://user?id=1">money</a> & more'
    text, entities = parse_html(told(reason=reason).html)
    assert reason in text
    assert not [entity for entity in entities if entity["type"] == "text_mention"]


# ------------------------------------------------------------------------------------------------------ hostile labels


@pytest.mark.parametrize("kind", [Kind.ALERT, Kind.RECOVERED, Kind.ROTATED, Kind.KEY_USED_ELSEWHERE])
def test_no_label_breaks_a_message_or_hides_which_account_it_is_about(kind: Kind) -> None:
    for label in [*hostile_labels(), "x" * 10_000, "<b>" * 3_000]:
        text, entities = parse_html(told(kind, label=label).html)
        assert utf16_length(text) <= LONGEST_TEXT
        assert "Binance · Spot" in text
        assert "…x7Qz" in text
        foreign = {entity["type"] for entity in entities} - {
            "bold", "italic", "code", "date_time", "bot_command", "mention", "url",
        }  # fmt: skip
        assert set() == foreign
