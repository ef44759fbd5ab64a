"""How long something took, as one says it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.describing import since_line
from bot.telegram.texts import Texts

MINUTE, HOUR, DAY = 60, 3600, 86400
ENGLISH, POLISH = Texts().of("en"), Texts().of("pl")


@pytest.mark.parametrize(
    ("seconds", "english", "polish"),
    [
        (0, "0 s", "0 s"),
        (40, "40 s", "40 s"),
        (59.6, "1 min", "1 min"),
        (12 * MINUTE + 30, "12 min", "12 min"),
        (HOUR, "1 h", "1 godz."),
        (3 * HOUR + 5 * MINUTE, "3 h 5 min", "3 godz. 5 min"),
        (DAY, "1 day", "1 dzień"),
        (DAY + 59 * MINUTE, "1 day", "1 dzień"),
        (DAY + HOUR, "1 day 1 h", "1 dzień 1 godz."),
        (4 * DAY + 2 * HOUR, "4 days 2 h", "4 dni 2 godz."),
        (7 * DAY + 2 * HOUR, "7 days", "7 dni"),
        (22 * DAY, "22 days", "22 dni"),
        (181 * DAY + 5 * HOUR, "181 days", "181 dni"),
    ],
)
def test_a_duration_is_worded_as_one_says_it(seconds: float, english: str, polish: str) -> None:
    assert english == ENGLISH.duration(seconds)
    assert polish == POLISH.duration(seconds)


@given(st.floats(0, 400 * DAY))
def test_nothing_is_said_of_what_is_nothing(seconds: float) -> None:
    said = ENGLISH.duration(seconds)
    assert said == "0 s" or not re.search(r"\b0 ", said)


def test_what_comes_every_minute_does_not_come_every_one_minute() -> None:
    assert (ENGLISH.interval(60), POLISH.interval(60)) == ("minute", "minutę")
    assert (ENGLISH.interval(1), POLISH.interval(1)) == ("second", "sekundę")
    assert (ENGLISH.interval(10), POLISH.interval(10)) == ("10 s", "10 s")


def test_of_what_has_only_just_begun_it_is_not_said_how_long_it_has_lasted() -> None:
    assert "(" not in since_line(ENGLISH, 1_000.0, 1_003.0)
    assert since_line(ENGLISH, 1_000.0, 1_720.0).endswith("</tg-time> (12 min).")
