"""When an alert is told again, and when somebody else hears of it."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.failures import Severity
from bot.domain.repeating import HOUR, MINUTE, hears_from, is_repeated, next_repeat


def told_at(count: int, *, late: float = 0.0) -> list[float]:
    """When an alert of time 0 is told again, if each time we are so late."""
    last, times = 0.0, []
    for repeats in range(count):
        last = next_repeat(last, repeats) + late
        times.append(last)
    return times


def test_after_five_minutes_then_thirty_then_every_four_hours() -> None:
    first, second = 5 * MINUTE, 35 * MINUTE
    assert [first, second, second + 4 * HOUR, second + 8 * HOUR, second + 12 * HOUR] == told_at(5)


def test_what_was_missed_is_not_made_up_for() -> None:
    day = 24 * HOUR
    assert [5 * MINUTE + day, 35 * MINUTE + 2 * day] == told_at(2, late=day)


def test_only_what_is_critical_is_told_again() -> None:
    assert [False, False, True] == [is_repeated(severity) for severity in Severity]


def test_who_comes_second_hears_of_it_after_the_chosen_time() -> None:
    assert [100.0, 100.0, 1000.0] == [hears_from(100.0, after) for after in (None, 0.0, 900.0)]


@given(st.floats(0, 1e10), st.integers(0, 1000))
def test_repeats_never_come_closer_than_five_minutes(last: float, repeats: int) -> None:
    assert next_repeat(last, repeats) - last >= 5 * MINUTE - 0.001
