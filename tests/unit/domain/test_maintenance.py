from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.maintenance import Times, Weekly, is_over, minute_typed, moment_typed, next_start, open_at

WARSAW = ZoneInfo("Europe/Warsaw")
HOUR = 3600.0
MONDAY, SUNDAY = 0, 6


def at(text: str, zone: ZoneInfo = WARSAW) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=zone).timestamp()


def test_once_is_open_from_its_beginning_until_its_length_is_over() -> None:
    times = Times(at("2026-12-01 02:30"), 2 * HOUR)
    assert open_at(times, WARSAW, at("2026-12-01 02:29")) is None
    assert open_at(times, WARSAW, at("2026-12-01 02:30")) == at("2026-12-01 04:30")
    assert open_at(times, WARSAW, at("2026-12-01 04:29")) == at("2026-12-01 04:30")
    assert open_at(times, WARSAW, at("2026-12-01 04:30")) is None
    assert is_over(times, at("2026-12-01 04:30"))
    assert not is_over(times, at("2026-12-01 04:29"))


def test_every_week_goes_by_the_clock_in_winter_and_in_summer() -> None:
    times = Times(at("2026-01-01 00:00"), HOUR, Weekly(MONDAY, 150))
    for monday in ("2026-01-05", "2026-07-06"):
        assert open_at(times, WARSAW, at(f"{monday} 02:45")) == at(f"{monday} 03:30")
        assert open_at(times, WARSAW, at(f"{monday} 02:15")) is None
    assert open_at(times, WARSAW, at("2026-01-06 02:45")) is None
    assert not is_over(times, at("2027-01-01 00:00"))


def test_a_window_over_midnight_is_open_on_the_day_after() -> None:
    times = Times(0.0, 4 * HOUR, Weekly(SUNDAY, 23 * 60))
    assert open_at(times, WARSAW, at("2026-12-07 01:00")) == at("2026-12-07 03:00")


def test_where_the_clock_jumps_over_the_beginning_it_begins_after_the_jump() -> None:
    times = Times(0.0, HOUR, Weekly(SUNDAY, 150))  # 02:30, which 29 March 2026 does not have
    assert open_at(times, WARSAW, at("2026-03-29 01:59")) is None
    assert open_at(times, WARSAW, at("2026-03-29 03:45")) == at("2026-03-29 04:30")


def test_where_an_hour_comes_twice_it_begins_in_the_first() -> None:
    times = Times(0.0, HOUR, Weekly(SUNDAY, 150))  # 02:30, which 25 October 2026 has twice
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp()
    assert open_at(times, WARSAW, first) == first + HOUR
    assert open_at(times, WARSAW, first + HOUR) is None


def test_a_weekly_one_is_not_open_before_it_was_planned() -> None:
    times = Times(at("2026-12-07 03:00"), HOUR, Weekly(MONDAY, 150))
    assert open_at(times, WARSAW, at("2026-12-07 03:10")) is None
    assert next_start(times, WARSAW, at("2026-12-07 03:10")) == at("2026-12-14 02:30")


def test_what_people_type_is_read() -> None:
    now = at("2026-11-27 20:00")
    assert moment_typed("2026-12-01 02:30", WARSAW, now) == at("2026-12-01 02:30")
    assert moment_typed(" 1.12.2026  2:30", WARSAW, now) == at("2026-12-01 02:30")
    assert moment_typed("01.12. 02:30", WARSAW, now) == at("2026-12-01 02:30")
    assert moment_typed("5.1. 02:30", WARSAW, now) == at("2027-01-05 02:30")
    assert moment_typed("21:15", WARSAW, now) == at("2026-11-27 21:15")
    assert moment_typed("02:30", WARSAW, now) == at("2026-11-28 02:30")
    for nonsense in ("", "tomorrow", "2026-13-01 02:30", "2026-02-30 02:30", "25:00", "2020-01-01 00:00", "12"):
        assert moment_typed(nonsense, WARSAW, now) is None, nonsense
    assert minute_typed("02:30") == 150
    assert minute_typed("24:00") is None


@given(
    st.integers(0, 6),
    st.integers(0, 1439),
    st.integers(1, 24),
    st.floats(1.7e9, 2.0e9),
    st.sampled_from(["Europe/Warsaw", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]),
)
def test_it_opens_once_a_week_and_closes_after_its_length(
    weekday: int, minute: int, hours: int, now: float, zone_name: str
) -> None:
    times, zone = Times(0.0, hours * HOUR, Weekly(weekday, minute)), ZoneInfo(zone_name)
    begins = next_start(times, zone, now)
    assert begins is not None
    assert now < begins <= now + 7 * 24 * HOUR + 2 * HOUR
    assert open_at(times, zone, begins) == begins + hours * HOUR
    assert open_at(times, zone, begins + hours * HOUR - 1) == begins + hours * HOUR
    assert open_at(times, zone, begins + hours * HOUR) is None
    until = open_at(times, zone, now)
    assert until is None or now < until <= now + hours * HOUR
