"""What an exchange announces: when it is believed, and that it never silences anything for more than a day."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.announced import AHEAD, PAUSE, Flaw, Span, believed, carried, silent_until

NOW = 1_700_000_000.0
HOUR, DAY = 3600.0, 86400.0


def span(start: float, end: float) -> Span:
    """In hours from now."""
    return Span(NOW + start * HOUR, NOW + end * HOUR)


def until(*spans: Span, at: float = 0.0) -> float | None:
    """Until when it is silent, in hours from now."""
    found = silent_until(spans, NOW + at * HOUR)
    return None if found is None else (found - NOW) / HOUR


# -------------------------------------------------------------------------------------------------------- to believe it


def test_a_beginning_and_an_end_are_believed() -> None:
    assert believed(NOW, NOW + HOUR, NOW) == span(0, 1)
    assert believed(NOW - HOUR, NOW + 23 * HOUR, NOW) == span(-1, 23)


@pytest.mark.parametrize(
    ("start", "end", "flaw"),
    [
        (None, NOW + HOUR, Flaw.NO_BEGINNING),
        (NOW, None, Flaw.NO_END),
        (NOW, NOW, Flaw.BACKWARDS),
        (NOW + HOUR, NOW, Flaw.BACKWARDS),
        (NOW, NOW + DAY + 1, Flaw.TOO_LONG),
        (NOW, NOW + 365 * DAY, Flaw.TOO_LONG),
        (NOW + AHEAD + 1, NOW + AHEAD + HOUR, Flaw.FAR_AWAY),
        (NOW * 1000, NOW * 1000 + HOUR, Flaw.FAR_AWAY),
    ],
)
def test_what_is_not_whole_counts_for_nothing(start: float | None, end: float | None, flaw: Flaw) -> None:
    assert believed(start, end, NOW) is flaw


# ----------------------------------------------------------------------------------------------------------- to heed it


def test_it_silences_from_its_beginning_to_its_end() -> None:
    assert until(span(0, 2)) == 2
    assert until(span(1, 2)) is None
    assert until(span(-2, 0)) is None
    assert until(span(-1, 0.5)) == 0.5


def test_two_that_meet_are_one() -> None:
    assert until(span(-1, 1), span(1, 3)) == 3
    assert until(span(-1, 1), span(0, 3)) == 3


def test_between_two_it_is_not_silent() -> None:
    assert until(span(-2, -0.5), span(0.5, 2)) is None
    assert until(span(-2, 0.2), span(0.5, 2)) == 0.2


def test_of_one_stretch_only_the_first_day_counts() -> None:
    assert until(span(-20, 0), span(0, 20)) == 4
    assert until(span(-20, -10), span(-9.5, 20)) == 4
    assert until(span(-25, -10), span(-10, 20)) is None


def test_after_a_pause_it_is_another_one() -> None:
    assert until(span(-30, -10), span(-8, 10)) == 10


def test_what_was_in_force_is_remembered_whatever_became_of_it() -> None:
    assert carried([span(-3, 5)], NOW) == span(-3, 0)
    assert carried([span(-3, -0.5), span(2, 5)], NOW) == span(-3, -0.5)
    assert carried([span(-9, -3), span(-2.5, 1)], NOW) == span(-9, 0)
    assert carried([span(-9, -3)], NOW) is None
    assert carried([span(1, 3)], NOW) is None


def test_an_end_that_is_moved_again_and_again_does_not_silence_for_ever() -> None:
    kept, silent = [span(0, 2)], 0
    for hour in range(72):
        now = NOW + hour * HOUR
        lately = carried(kept, now)
        kept = [Span(now - 60, now + 2 * HOUR), *([lately] if lately else [])]
        silent += silent_until(kept, now) is not None
    assert silent <= 24


spans = st.lists(
    st.tuples(st.integers(0, 300), st.integers(1, 24)).map(lambda pair: span(pair[0], pair[0] + pair[1])), max_size=20
)


@given(spans)
@settings(deadline=None)  # a fortnight, quarter by quarter
def test_no_stretch_of_announcements_silences_for_more_than_a_day(some: list[Span]) -> None:
    silent_since = None
    for quarter in range(1400):
        now = NOW + quarter * HOUR / 4
        end = silent_until(some, now)
        assert end is None or any(each.start <= now < each.end for each in some)
        if end is None:
            silent_since = None
            continue
        silent_since = now if silent_since is None else silent_since
        assert now < end <= silent_since + DAY


@given(spans, st.integers(0, 1200))
def test_what_is_remembered_is_over_and_not_longer_ago_than_a_pause(some: list[Span], quarter: int) -> None:
    now = NOW + quarter * HOUR / 4
    lately = carried(some, now)
    assert lately is None or now - PAUSE <= lately.end <= now
