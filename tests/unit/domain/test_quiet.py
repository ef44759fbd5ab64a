"""Quiet hours by the clock on the wall, on ordinary days and on those on which clocks jump."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.quiet import QuietHours, next_end, tomorrow_at

WARSAW, KOLKATA, LORD_HOWE, APIA = "Europe/Warsaw", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"


def at(wall: str, zone: str, *, second_time: bool = False) -> float:
    """``2026-03-28 22:00`` in a zone, as epoch seconds."""
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone), fold=int(second_time)).timestamp()


def minutes(clock: str) -> int:
    hours, _, rest = clock.partition(":")
    return int(hours) * 60 + int(rest)


def quiet(span: str, zone: str) -> QuietHours:
    start, _, end = span.partition(" to ")
    return QuietHours(minutes(start), minutes(end), zone)


@pytest.mark.parametrize(
    ("span", "zone", "now", "until"),
    [
        # An ordinary night, over midnight: the start belongs to it, the end does not.
        ("22:00 to 07:00", WARSAW, "2026-01-10 21:59:59", None),
        ("22:00 to 07:00", WARSAW, "2026-01-10 22:00", "2026-01-11 07:00"),
        ("22:00 to 07:00", WARSAW, "2026-01-11 00:00", "2026-01-11 07:00"),
        ("22:00 to 07:00", WARSAW, "2026-01-11 06:59:59", "2026-01-11 07:00"),
        ("22:00 to 07:00", WARSAW, "2026-01-11 07:00", None),
        # Within one day.
        ("12:30 to 14:00", KOLKATA, "2026-01-10 12:29", None),
        ("12:30 to 14:00", KOLKATA, "2026-01-10 12:30", "2026-01-10 14:00"),
        ("12:30 to 14:00", KOLKATA, "2026-01-10 14:00", None),
        # From and to midnight itself.
        ("00:00 to 06:00", WARSAW, "2026-01-10 00:00", "2026-01-10 06:00"),
        ("22:00 to 00:00", WARSAW, "2026-01-10 23:59", "2026-01-11 00:00"),
        ("22:00 to 00:00", WARSAW, "2026-01-11 00:00", None),
        # Spring: 02:00 becomes 03:00. The night is an hour shorter, and ends by the wall.
        ("22:00 to 07:00", WARSAW, "2026-03-28 23:00", "2026-03-29 07:00"),
        ("22:00 to 02:30", WARSAW, "2026-03-29 01:59", "2026-03-29 03:00"),
        ("02:30 to 06:00", WARSAW, "2026-03-29 01:59:59", None),
        ("02:30 to 06:00", WARSAW, "2026-03-29 03:00", "2026-03-29 06:00"),
        ("02:10 to 02:50", WARSAW, "2026-03-29 03:00", None),
        # Half an hour of spring.
        ("23:00 to 02:15", LORD_HOWE, "2026-10-04 01:59", "2026-10-04 02:30"),
        # A day that Samoa left out: the night before it and the night within it are one.
        ("22:00 to 06:00", APIA, "2011-12-29 23:00", "2011-12-31 06:00"),
    ],
)
def test_quiet_hours_line_by_line(span: str, zone: str, now: str, until: str | None) -> None:
    expected = None if until is None else at(until, zone)
    assert expected == next_end(quiet(span, zone), at(now, zone))


def test_in_autumn_an_hour_that_comes_twice_is_quiet_both_times() -> None:
    night = quiet("22:00 to 02:30", WARSAW)
    end = at("2026-10-25 02:30", WARSAW, second_time=True)
    assert end == next_end(night, at("2026-10-25 02:15", WARSAW))
    assert end == next_end(night, at("2026-10-25 02:45", WARSAW))
    assert end == next_end(night, at("2026-10-25 02:15", WARSAW, second_time=True))
    assert next_end(night, end) is None
    early = quiet("02:30 to 06:00", WARSAW)
    assert next_end(early, at("2026-10-25 02:29", WARSAW)) is None
    assert at("2026-10-25 06:00", WARSAW) == next_end(early, at("2026-10-25 02:30", WARSAW))


def test_an_hour_that_comes_twice_may_join_two_nights_into_one() -> None:
    nearly_always = quiet("02:30 to 02:29", WARSAW)
    end = next_end(nearly_always, at("2026-10-24 12:00", WARSAW))
    assert at("2026-10-26 02:29", WARSAW) == end


@pytest.mark.parametrize(("start", "end"), [(0, 0), (60, 60), (-1, 5), (5, 1440)])
def test_hours_that_are_none_are_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=r"day has|never end"):
        QuietHours(start, end, WARSAW)


@pytest.mark.parametrize(
    ("zone", "now", "then"),
    [
        (WARSAW, "2026-01-10 00:00", "2026-01-11 09:00"),
        (WARSAW, "2026-01-10 23:59", "2026-01-11 09:00"),
        (WARSAW, "2026-03-28 20:00", "2026-03-29 09:00"),
        (WARSAW, "2026-10-24 20:00", "2026-10-25 09:00"),
        (KOLKATA, "2026-12-31 20:00", "2027-01-01 09:00"),
    ],
)
def test_tomorrow_at_nine_is_nine_on_the_wall(zone: str, now: str, then: str) -> None:
    assert at(then, zone) == tomorrow_at(9, zone, at(now, zone))


# -------------------------------------------------------------------------------------------------------- for all of it

ZONES = (WARSAW, KOLKATA, LORD_HOWE, "America/New_York", "America/Sao_Paulo", "Pacific/Chatham", "Asia/Tehran", "UTC")
MOMENTS = st.integers(int(at("2010-01-01", "UTC")), int(at("2037-12-31", "UTC")))
ANY_QUIET = st.builds(
    lambda start, length, zone: QuietHours(start, (start + length) % 1440, zone),
    st.integers(0, 1439),
    st.integers(1, 1439),
    st.sampled_from(ZONES),
)


def on_the_wall(hours: QuietHours, now: float) -> bool:
    """The rule itself, as a person reads it off a clock."""
    there = datetime.fromtimestamp(now, ZoneInfo(hours.zone))
    clock = there.hour * 60 + there.minute
    if hours.start < hours.end:
        return hours.start <= clock < hours.end
    return clock >= hours.start or clock < hours.end


def clocks_jump_near(hours: QuietHours, now: float) -> bool:
    there = datetime.fromtimestamp(now, ZoneInfo(hours.zone))
    return len({(there + timedelta(days=days)).utcoffset() for days in (-2, -1, 0, 1, 2)}) > 1


@settings(max_examples=300, deadline=None)
@given(ANY_QUIET, MOMENTS)
def test_whenever_the_wall_says_quiet_it_is_quiet(hours: QuietHours, now: int) -> None:
    end = next_end(hours, now)
    if on_the_wall(hours, now):
        assert end is not None
    elif not clocks_jump_near(hours, now):
        assert end is None


@settings(max_examples=300, deadline=None)
@given(ANY_QUIET, MOMENTS, st.floats(0, 1, exclude_max=True))
def test_it_stays_quiet_until_the_end_and_no_longer(hours: QuietHours, now: int, somewhere: float) -> None:
    end = next_end(hours, now)
    if end is None:
        return
    assert now < end <= now + 50 * 3600
    assert next_end(hours, end) is None
    assert end == next_end(hours, now + int((end - now) * somewhere))
