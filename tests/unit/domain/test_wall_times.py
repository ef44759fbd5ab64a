"""Times of day as people type them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.wall_times import NoSuchTime, NotATime, read_times


def at(hour: int, minute: int = 0) -> int:
    return hour * 60 + minute


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("22:30", at(22, 30)),
        (" 7.15 ", at(7, 15)),
        ("7", at(7)),
        ("07", at(7)),
        ("2230", at(22, 30)),
        ("22h30", at(22, 30)),
        ("22h", at(22)),
        ("10:30 pm", at(22, 30)),
        ("10 PM", at(22)),
        ("12 am", at(0)),
        ("12:05 p.m.", at(12, 5)),
        ("0:00", at(0)),
        ("24:00", at(0)),
        ("from 22:30", at(22, 30)),
        ("do 6:45", at(6, 45)),
        ("２２：３０", at(22, 30)),  # noqa: RUF001 - as an East Asian keyboard writes it
    ],
)
def test_one_time(typed: str, minutes: int) -> None:
    assert (minutes,) == read_times(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "22:30-7:15",
        "22:30 - 7:15",
        "22.30–7.15",  # noqa: RUF001 - an en dash
        "22:30 — 07:15",
        "2230-0715",
        "10:30pm-7:15am",
        "10:30 p.m. to 7:15 a.m.",
        "from 22:30 to 7:15",
        "From 22:30 until 7:15.",
        "od 22:30 do 7:15",
        "between 22:30 and 7:15",
    ],
)
def test_two_times(typed: str) -> None:
    assert (at(22, 30), at(7, 15)) == read_times(typed)


@pytest.mark.parametrize("typed", ["25:00", "24:01", "22:60", "13 pm", "0:30 am", "9960", "22:30-7:75"])
def test_what_no_clock_shows(typed: str) -> None:
    with pytest.raises(NoSuchTime):
        read_times(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "night",
        "22:3",
        "22:300",
        "1:2:3",
        "123",
        "22:30:15",
        "22 30",
        "22:30 7:15",
        "22:30-7:15-8:00",
        "22:30-",
        "-22:30",
        "22:30 or so",
        "my number is 22:30",
        "1" * 100,
    ],
)
def test_what_is_no_time(typed: str) -> None:
    with pytest.raises(NotATime) as refused:
        read_times(typed)
    assert not isinstance(refused.value, NoSuchTime)


@given(st.text())
def test_whatever_is_typed_is_a_time_of_a_day_or_refused(typed: str) -> None:
    with suppress(NotATime):
        assert all(0 <= minutes < 24 * 60 for minutes in read_times(typed))


@given(st.integers(0, 1439), st.integers(0, 1439))
def test_what_a_clock_shows_is_read(first: int, last: int) -> None:
    shown = "-".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (first, last))
    assert (first, last) == read_times(shown)
