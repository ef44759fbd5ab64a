"""What is kept of a connection's time, and what is made of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.failures import Failure, Trouble
from bot.domain.health import Flip, Gate, Health, Side, Status, next_state, pause
from bot.domain.history import (
    HOUR,
    History,
    Rollup,
    Span,
    State,
    hundredths,
    look_back,
    rollups_of,
    state_of,
)

HERE = 500_000
"""Hours since the epoch; no day begins here."""
NOW = HERE * HOUR + 1800.0
WELL = Health.new(NOW)


def day(*rollups: Rollup, flips: tuple[Flip, ...] = (), since: float = 0.0, now: float = NOW) -> History:
    return look_back(rollups, flips, Span.DAY, now, since)


# --------------------------------------------------------------------------------------------------------------- states


def test_a_key_in_trouble_is_in_trouble_whatever_its_gate() -> None:
    assert state_of(WELL) is State.UP
    assert state_of(pause(WELL, NOW, 1).health) is State.PAUSED
    assert state_of(next_state(WELL, Trouble(Failure.MAINTENANCE), NOW).health) is State.ERROR
    assert state_of(replace(WELL, status=Status.REAUTH_NEEDED, gate=Gate.PAUSED)) is State.REAUTH


# ---------------------------------------------------------------------------------------------------------- one look


def test_the_first_look_says_nothing_of_the_time_before() -> None:
    assert rollups_of(State.UP, None, NOW, 0.25) == (Rollup(HERE, probes=1, good=1, latency_sum=250, latency_max=250),)


def test_the_time_from_look_to_look_counts_for_the_state_it_was_in() -> None:
    (kept,) = rollups_of(State.ERROR, NOW - 60, NOW, 0.1)
    assert (kept.error, kept.up, kept.good) == (60, 0, 1)


def test_a_bad_answer_says_nothing_of_how_fast_answers_are() -> None:
    (kept,) = rollups_of(State.UP, NOW - 60, NOW, None)
    assert (kept.probes, kept.good, kept.latency_sum, kept.latency_max, kept.up) == (1, 0, 0, 0, 60)


def test_what_goes_over_the_hour_is_split_there() -> None:
    at = HERE * HOUR + 20.0
    kept = {rollup.start: rollup for rollup in rollups_of(State.UP, at - 60, at, 0.1)}
    assert {start: (rollup.up, rollup.probes) for start, rollup in kept.items()} == {HERE: (20, 1), HERE - 1: (40, 0)}


@given(
    st.lists(st.floats(0.2, 5000), min_size=1, max_size=40),
    st.sampled_from([State.UP, State.PAUSED, State.ERROR, State.REAUTH]),
)
def test_no_second_is_lost_and_none_counts_twice(gaps: list[float], state: State) -> None:
    at = NOW
    total = Rollup(0)
    for gap in gaps:
        for rollup in rollups_of(state, at, at + gap, 0.1):
            assert rollup.up + rollup.paused + rollup.error + rollup.reauth <= HOUR
            total = total.plus(rollup)
        at += gap
    assert getattr(total, state.value) == int(at) - int(NOW)
    assert total.probes == len(gaps)


# --------------------------------------------------------------------------------------------------------- looking back


def test_a_day_is_24_hours_and_the_last_is_the_one_that_is_not_over() -> None:
    cells = day().cells
    assert len(cells) == 24
    assert [cells[0].start, cells[-1].start] == [(HERE - 23) * HOUR, HERE * HOUR]


def test_ninety_days_begin_at_midnight_utc_and_today_is_the_last() -> None:
    cells = look_back((), (), Span.QUARTER, NOW, 0.0).cells
    assert len(cells) == 90
    assert {cell.start % 86400 for cell in cells} == {0}
    assert cells[-1].start <= NOW < cells[-1].start + 86400


def test_hours_of_a_day_are_one_cell_of_ninety() -> None:
    midnight = HERE // 24 * 24
    hours = [Rollup(midnight + n, 1, 60, 60, 6000, 200 + n, up=3600) for n in range(3)]
    whole = Rollup(midnight - 24, 24, 1440, 1440, 144_000, 900, up=86_000, error=400)
    cells = look_back([*hours, whole], (), Span.QUARTER, NOW, 0.0).cells
    assert (cells[-1].seconds[State.UP], cells[-1].latency) == (10_800, (100, 202))
    assert (cells[-2].seconds[State.UP], cells[-2].seconds[State.ERROR]) == (86_000, 400)


def test_uptime_is_of_the_watched_time_and_says_how_much_that_was() -> None:
    history = day(Rollup(HERE - 1, up=2700, error=900), since=(HERE - 4) * HOUR)
    assert history.uptime.share == 0.75
    assert history.uptime.watched == pytest.approx(3600 / (4 * 3600 + 1800))


def test_time_in_which_nobody_looked_is_not_up() -> None:
    history = day(since=(HERE - 2) * HOUR)
    assert history.uptime.share is None
    assert history.uptime.watched == 0
    assert history.cells[-2].seconds[State.UNKNOWN] == HOUR


def test_a_key_that_worked_while_trading_was_paused_was_up() -> None:
    assert day(Rollup(HERE - 1, up=1800, paused=1800)).uptime.share == 1.0


def test_before_a_connection_was_made_there_is_nothing_to_know() -> None:
    history = day(Rollup(HERE - 1, up=1800), since=HERE * HOUR - 1800.0)
    assert [sum(cell.seconds.values()) for cell in history.cells] == [0] * 22 + [1800, 1800]


def test_the_minute_until_the_next_look_is_not_called_unknown() -> None:
    assert day(Rollup(HERE, up=1740)).cells[-1].seconds[State.UNKNOWN] == 0
    assert day(Rollup(HERE, up=1600)).cells[-1].seconds[State.UNKNOWN] == 200


def test_only_flips_of_that_time_belong_to_it() -> None:
    late = Flip(Side.GATE, "open", "paused", NOW - 60)
    early = Flip(Side.GATE, "paused", "open", NOW - 30 * HOUR)
    assert day(flips=(late, early)).flips == (late,)


def test_the_usual_latency_is_the_middle_one_and_the_slowest_is_kept() -> None:
    rows = [
        Rollup(HERE - n, 1, 10, 10, 10 * mean, top, up=600)
        for n, (mean, top) in enumerate([(80, 90), (100, 5000), (400, 410)])
    ]
    assert day(*rows).latency == (100, 5000)
    assert day().latency is None


@pytest.mark.parametrize(
    ("share", "said"), [(1.0, 100.0), (0.99999, 99.99), (0.9987, 99.87), (0.29, 29.0), (0.0, 0.0), (1 / 3, 33.33)]
)
def test_what_was_not_whole_is_never_said_to_be(share: float, said: float) -> None:
    assert hundredths(share) == said


_SECONDS = st.tuples(*[st.integers(0, 900)] * 4)


@given(st.dictionaries(st.integers(HERE - 100, HERE - 1), _SECONDS, max_size=40), st.integers(0, 100))
def test_every_cell_is_full_and_nothing_is_up_that_was_not(
    hours: dict[int, tuple[int, int, int, int]], age: int
) -> None:
    rows = [Rollup(start, up=a, paused=b, error=c, reauth=d) for start, (a, b, c, d) in hours.items()]
    history = look_back(rows, (), Span.DAY, NOW, 0.0)
    for cell in history.cells[:-1]:
        assert sum(cell.seconds.values()) == HOUR
        assert min(cell.seconds.values()) >= 0
    in_it = [row for row in rows if row.start > HERE - 24]
    assert history.uptime.up == sum(row.up + row.paused for row in in_it)
    assert history.uptime.up <= history.uptime.known <= history.uptime.whole


@given(st.dictionaries(st.integers(HERE - 400, HERE - 48), _SECONDS, max_size=40))
def test_hours_folded_into_days_show_the_same_ninety_days(hours: dict[int, tuple[int, int, int, int]]) -> None:
    rows = [Rollup(start, 1, 60, 60, 600, 99, a, b, c, d) for start, (a, b, c, d) in hours.items()]
    folded: dict[int, Rollup] = {}
    for row in rows:
        midnight = row.start // 24 * 24
        folded[midnight] = folded.get(midnight, Rollup(midnight, 24)).plus(row)
    assert look_back(rows, (), Span.QUARTER, NOW, 0.0) == look_back(folded.values(), (), Span.QUARTER, NOW, 0.0)
