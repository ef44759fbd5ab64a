"""How long, as people say it."""

import pytest

from bot.telegram.describing import since_line
from bot.telegram.texts import Texts

ENGLISH, POLISH = Texts().of("en"), Texts().of("pl")
MINUTE, HOUR, DAY = 60, 3600, 86_400


@pytest.mark.parametrize(
    ("seconds", "english", "polish"),
    [
        (0, "0 s", "0 s"),
        (59, "59 s", "59 s"),
        (MINUTE, "1 min", "1 min"),
        (HOUR - 1, "59 min", "59 min"),
        (8 * HOUR, "8 h", "8 godz."),
        (3 * HOUR + 5 * MINUTE, "3 h 5 min", "3 godz. 5 min"),
        (DAY, "1 day", "1 dzień"),
        (DAY + 5 * HOUR, "1 day 5 h", "1 dzień 5 godz."),
        (4 * DAY + 2 * HOUR, "4 days 2 h", "4 dni 2 godz."),
        (181 * DAY + 3 * HOUR, "181 days", "181 dni"),
    ],
)
def test_a_duration_has_no_part_that_says_nothing(seconds: float, english: str, polish: str) -> None:
    assert ENGLISH.duration(seconds) == english
    assert POLISH.duration(seconds) == polish


def test_what_comes_every_minute_does_not_come_every_one_minute() -> None:
    assert (ENGLISH.interval(60), POLISH.interval(60)) == ("minute", "minutę")
    assert (ENGLISH.interval(1), POLISH.interval(1)) == ("second", "sekundę")
    assert (ENGLISH.interval(10), POLISH.interval(10)) == ("10 s", "10 s")


def test_of_what_has_only_just_begun_it_is_not_said_how_long_it_has_lasted() -> None:
    assert "(" not in since_line(ENGLISH, 1_000.0, 1_003.0)
    assert since_line(ENGLISH, 1_000.0, 1_720.0).endswith("</tg-time> (12 min).")
