"""Which time counts as watched."""

from bot.domain.connection import ConnectionId
from bot.domain.history import HOUR, Rollup, State
from bot.usecases.tally import Look, Tally

ONE, OTHER = ConnectionId("1" * 32), ConnectionId("2" * 32)
START = 500_000 * HOUR + 600.0


def look(after: float, *, of: ConnectionId = ONE, before: State = State.UP, rest: int = 0) -> Look:
    return Look(of, before, START + after, 0.1, rest)


def seen(tally: Tally, *looks: Look) -> Rollup:
    """Counts and keeps; what these add to the hour, of all connections."""
    total = Rollup(500_000)
    for _, rollup in tally.rollups(looks):
        total = total.plus(rollup)
    tally.keep(looks)
    return total


def test_the_time_between_two_looks_that_came_when_due_is_known() -> None:
    tally = Tally(60)
    assert seen(tally, look(0)).up == 0
    assert seen(tally, look(61)).up == 61


def test_a_look_that_came_too_late_knows_nothing_of_the_time_before() -> None:
    tally = Tally(60)
    seen(tally, look(0))
    late = seen(tally, look(600))
    assert (late.up, late.probes) == (0, 1)
    assert seen(tally, look(660)).up == 60


def test_one_look_that_was_left_out_is_no_gap() -> None:
    tally = Tally(60)
    seen(tally, look(0))
    assert seen(tally, look(120)).up == 120


def test_a_dead_key_that_is_looked_at_rarely_is_known_to_be_dead_in_between() -> None:
    tally = Tally(60)
    seen(tally, look(0, before=State.REAUTH, rest=14))
    assert seen(tally, look(900, before=State.REAUTH)).reauth == 900


def test_a_look_that_was_not_kept_was_none() -> None:
    tally = Tally(60)
    seen(tally, look(0))
    tally.rollups([look(60)])  # the disk was full
    assert seen(tally, look(120)).up == 120


def test_two_looks_in_one_batch_count_their_time_once() -> None:
    tally = Tally(60)
    seen(tally, look(0))
    assert seen(tally, look(60), look(65)).up == 65


def test_a_clock_that_goes_back_counts_nothing() -> None:
    tally = Tally(60)
    seen(tally, look(100))
    assert seen(tally, look(40)).up == 0


def test_connections_are_counted_apart_and_one_row_each() -> None:
    tally = Tally(60)
    tally.keep([look(0), look(0, of=OTHER)])
    rows = dict(tally.rollups([look(60), look(30, of=OTHER), look(61)]))
    assert {connection: row.up for connection, row in rows.items()} == {ONE: 61, OTHER: 30}


def test_a_connection_that_is_gone_is_forgotten() -> None:
    tally = Tally(60)
    seen(tally, look(0))
    tally.drop(ONE)
    assert seen(tally, look(60)).up == 0
