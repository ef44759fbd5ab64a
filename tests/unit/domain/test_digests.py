from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digests import Every, next_digest

WARSAW = ZoneInfo("Europe/Warsaw")


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW).timestamp()


def test_daily_is_at_its_hour_of_the_readers_clock_in_winter_and_in_summer() -> None:
    assert next_digest(Every.DAILY, 9, WARSAW, at("2026-11-27 08:59")) == at("2026-11-27 09:00")
    assert next_digest(Every.DAILY, 9, WARSAW, at("2026-11-27 09:00")) == at("2026-11-28 09:00")
    assert next_digest(Every.DAILY, 9, WARSAW, at("2026-03-28 10:00")) == at("2026-03-29 09:00")


def test_weekly_is_on_mondays() -> None:
    assert next_digest(Every.WEEKLY, 9, WARSAW, at("2026-11-27 08:59")) == at("2026-11-30 09:00")


@given(st.sampled_from(Every), st.integers(0, 23), st.floats(1.7e9, 2.0e9))
def test_the_next_one_is_always_ahead_and_never_far(every: Every, hour: int, now: float) -> None:
    then = next_digest(every, hour, WARSAW, now)
    assert now < then <= now + (7 if every is Every.WEEKLY else 1) * 86400 + 2 * 3600
