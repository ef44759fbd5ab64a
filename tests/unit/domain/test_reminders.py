"""When owners are reminded of a key's end and of its age."""

from itertools import pairwise

import pytest

from bot.domain.reminders import DAY, Aged, Ending, KeyReminders, Reminder, next_reminder

BORN = 1_800_000_000.0
HOUR = 3600.0


def lived(hours: int, expires_at: float | None, *, every: int = 1) -> list[tuple[float, Reminder]]:
    """What is said to the owner of a new key, and after how many days, looked at ``every`` so many hours."""
    said, heard = KeyReminders(since=BORN), []
    for hour in range(0, hours, every):
        said, reminder = next_reminder(said, expires_at, BORN + hour * HOUR)
        if reminder is not None:
            heard.append((hour / 24, reminder))
    return heard


def test_an_end_is_told_at_14_7_3_and_1_days_once_each_and_the_early_ones_silently() -> None:
    end = BORN + 20 * DAY
    heard = lived(30 * 24, end)
    assert [(6, 14, True), (13, 7, True), (17, 3, False), (19, 1, False)] == [
        (day, reminder.days, reminder.silent) for day, reminder in heard if isinstance(reminder, Ending)
    ]
    assert 4 == len(heard)


def test_what_was_missed_is_not_made_up_for() -> None:
    heard = lived(30 * 24, BORN + 20 * DAY, every=15 * 24)
    assert [Ending(BORN + 20 * DAY, 7)] == [reminder for _, reminder in heard]


def test_a_key_without_an_end_is_advised_to_be_rotated_every_180_days() -> None:
    heard = lived(600 * 24, None, every=6)
    assert [180, 360, 540] == [day for day, _ in heard]
    assert all(isinstance(reminder, Aged) for _, reminder in heard)
    assert Aged(360 * DAY) == heard[1][1]


def test_an_end_that_wavers_by_a_day_is_told_no_more_often() -> None:
    """Where an exchange tells whole days left, the end moves with every look."""
    said, days = KeyReminders(since=BORN), []
    for hour in range(20 * 24):
        now = BORN + hour * HOUR
        left = (20 * 24 - hour) // 24  # days
        said, reminder = next_reminder(said, now + left * DAY, now)
        if isinstance(reminder, Ending):
            days.append(reminder.days)
    assert [14, 7, 3, 1] == days


def test_an_end_that_was_put_off_is_told_anew() -> None:
    said, _ = next_reminder(KeyReminders(BORN), BORN + 3 * DAY, BORN)
    _, reminder = next_reminder(said, BORN + 10 * DAY, BORN + DAY)
    assert Ending(BORN + 10 * DAY, 14) == reminder


@pytest.mark.parametrize("days_ago", [0, 1, 100])
def test_an_end_that_is_past_is_no_matter_for_a_reminder(days_ago: int) -> None:
    said = KeyReminders(BORN)
    assert (said, None) == next_reminder(said, BORN + DAY - days_ago * DAY, BORN + DAY)


def test_nobody_is_advised_about_the_age_of_a_key_that_is_about_to_end() -> None:
    heard = lived(200 * 24, BORN + 185 * DAY)
    assert [Ending] * 4 == [type(reminder) for _, reminder in heard[:4]]
    assert all(later > earlier for (earlier, _), (later, _) in pairwise(heard))
