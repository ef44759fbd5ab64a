"""The words in a picture of history and under it."""

from dataclasses import replace

import pytest

from bot.domain.failures import Failure, Trouble
from bot.domain.health import Flip, Side
from bot.domain.history import HOUR, Rollup, Span, State, Uptime, look_back
from bot.pictures.paper import drawable
from bot.sandbox.telegram.markup import parse_html, utf16_length
from bot.telegram.history_words import history_caption, history_sheet, overview_sheet, percent
from bot.telegram.texts import Speaker, Texts
from bot.usecases.history import LookedBack
from tests.integration.store.examples import ALICE, connection

TEXTS = Texts()
NOW = 1_795_788_120.0  # 27 November 2026, 14:02 UTC
HERE = int(NOW) // HOUR
LANGUAGES = pytest.mark.parametrize("say", TEXTS.speakers.values(), ids=TEXTS.speakers)


def looked(*flips: Flip, span: Span = Span.DAY, label: str = "Main", **seconds: int) -> LookedBack:
    rollup = Rollup(HERE - 3, 1, 60, 50, 50 * 84, 2345, **(seconds or {"up": 3600}))
    history = look_back([rollup], flips, span, NOW, (HERE - 3) * HOUR)
    return LookedBack(connection(label=label), history, NOW)


def down(minutes_ago: float, failure: Failure = Failure.EXCHANGE_UNAVAILABLE) -> Flip:
    return Flip(Side.STATUS, "connected", "error", NOW - 60 * minutes_ago, Trouble(failure, code="HTTP 503"))


def english() -> Speaker:
    return TEXTS.of("en")


def text_of(html: str) -> str:
    return parse_html(html)[0]


@pytest.mark.parametrize(
    ("uptime", "language", "said"),
    [
        (Uptime(9987, 10_000, 10_000), "en", "99.87 %"),
        (Uptime(9987, 10_000, 10_000), "pl", "99,87%"),
        (Uptime(99_999, 100_000, 100_000), "en", "99.99 %"),
        (Uptime(5, 5, 5), "en", "100 %"),
        (Uptime(1, 2, 2), "pl", "50%"),
        (Uptime(0, 7, 7), "en", "0 %"),
    ],
)
def test_a_share_is_said_as_the_reader_writes_it_and_never_rounded_up(uptime: Uptime, language: str, said: str) -> None:
    assert percent(TEXTS.of(language), uptime) == said


def test_the_caption_says_what_the_picture_shows() -> None:
    back = Flip(Side.STATUS, "error", "connected", NOW - 60)
    caption = text_of(history_caption(english(), looked(back, down(2), up=3000, error=600), {}))
    assert caption.splitlines() == [
        "📈 Main · last 24 hours",
        "Binance · Spot",
        "",
        "The key worked 83.33 % of the time I watched, which was 33 % of it all.",
        "Answers usually take 84 ms, the slowest took 2.3 s.",
        "Last changes",
        "2026-11-27 14:01 UTC · 🟢 works",
        "2026-11-27 14:00 UTC · 🟠 not working: no proper answer",
    ]


def test_nothing_watched_is_said_and_is_no_number() -> None:
    nothing = replace(looked(), history=look_back((), (), Span.DAY, NOW, NOW - 60))
    caption = text_of(history_caption(english(), nothing, {}))
    assert "not watched long enough" in caption
    assert "%" not in caption
    assert "Nothing has changed in this time." in caption
    assert history_sheet(english(), nothing, {}).latency is None


def test_a_pause_says_whose_it_was() -> None:
    paused = Flip(Side.GATE, "open", "paused", NOW - 60, by=ALICE)
    assert "trading paused, by you" in text_of(history_caption(english(), looked(paused), {}))


@LANGUAGES
@pytest.mark.parametrize("failure", Failure)
def test_a_caption_is_never_too_long_for_a_photo(say: Speaker, failure: Failure) -> None:
    flips = [down(n, failure) for n in range(12)]
    caption = text_of(history_caption(say, looked(*flips, label="W" * 64), {}))
    assert utf16_length(caption) <= 1024


@LANGUAGES
def test_the_words_of_a_picture_can_all_be_drawn(say: Speaker) -> None:
    flips = [
        *(down(n, failure) for n, failure in enumerate(Failure)),
        Flip(Side.STATUS, "error", "reauth_needed", NOW - 9),
        Flip(Side.GATE, "open", "paused", NOW - 8),
        Flip(Side.GATE, "paused", "open", NOW - 7),
    ]
    for flip in flips:
        sheet = history_sheet(say, looked(flip, up=900, error=900, paused=900, reauth=800), {})
        assert sheet.latency is not None
        words = [
            *(sheet.subtitle, sheet.figure, sheet.figure_says, sheet.changes_title, sheet.footer),
            *(sheet.latency.name, sheet.latency.value),
            *(words for _, words in (*sheet.ticks, *sheet.legend, *sheet.changes)),
            *(words for strip in sheet.strips for words in (strip.name, strip.value)),
        ]
        assert [drawable(each) for each in words] == words


def test_only_what_there_is_to_see_is_explained() -> None:
    assert [state for state, _ in history_sheet(english(), looked(), {}).legend] == [State.UP, State.UNKNOWN]


def test_a_day_has_its_hours_marked_and_ninety_days_their_days() -> None:
    day, week, quarter = (history_sheet(english(), looked(span=span), {}).ticks for span in Span)
    assert [words for _, words in day] == ["18:00", "00:00", "06:00", "12:00"]
    assert [words for _, words in week] == [f"{day} Nov" for day in range(21, 28)]
    assert [words for _, words in quarter] == ["13 Sep", "28 Sep", "13 Oct", "28 Oct", "12 Nov", "27 Nov"]
    assert all(0 <= place <= 1 for place, _ in (*day, *quarter))


def test_a_digest_shows_each_connection_with_its_uptime() -> None:
    sheet = overview_sheet(english(), "Your week", [looked(label="Main"), looked(label="Play", up=1800, error=1800)])
    assert [(strip.name, strip.value) for strip in sheet.strips] == [("Main", "100 %"), ("Play", "50 %")]
    assert sheet.figure == ""
