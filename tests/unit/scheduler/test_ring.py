import itertools

from bot.domain.connection import ConnectionId
from bot.scheduler.ring import Ring

KEYS = [ConnectionId(f"{n:032x}") for n in range(600)]


def turns(ring: Ring, start: float, seconds: float, step: float = 0.25) -> dict[ConnectionId, list[float]]:
    found: dict[ConnectionId, list[float]] = {}
    list(ring.due(start))
    for tick in range(round(seconds / step)):
        now = start + (tick + 1) * step
        for key, _ in ring.due(now):
            found.setdefault(key, []).append(now)
    return found


def test_everyone_has_exactly_one_turn_in_each_interval() -> None:
    ring = Ring(60.0)
    ring.add(KEYS)
    found = turns(ring, 1000.0, 240.0)
    assert {len(at) for at in found.values()} == {4}
    assert set(found) == set(KEYS)


def test_turns_of_one_key_are_one_interval_apart() -> None:
    ring = Ring(60.0)
    ring.add(KEYS[:1])
    (at,) = turns(ring, 1000.0, 600.0).values()
    assert {later - earlier for earlier, later in itertools.pairwise(at)} == {60.0}


def test_turns_spread_evenly_so_that_no_second_is_a_crowd() -> None:
    ring = Ring(60.0)
    ring.add(KEYS)
    per_second = [0] * 60
    for at in turns(ring, 1200.0, 60.0).values():
        per_second[min(59, int(at[0] - 1200.0))] += 1
    assert max(per_second) <= 30  # ten on average


def test_a_stall_of_many_intervals_gives_each_one_turn_not_a_storm() -> None:
    ring = Ring(60.0)
    ring.add(KEYS)
    list(ring.due(1000.0))
    late = [key for key, _ in ring.due(1000.0 + 3600.0)]
    assert sorted(late) == sorted(KEYS)


def test_how_late_a_turn_is_can_be_told() -> None:
    ring = Ring(60.0)
    ring.add(KEYS)
    list(ring.due(1000.0))
    assert all(0.0 <= 1005.0 - at <= 5.2 for _, at in ring.due(1005.0))


def test_a_restart_changes_nobody_s_turn() -> None:
    before, after = Ring(60.0), Ring(60.0)
    before.add(KEYS)
    after.add(reversed(KEYS))
    assert turns(before, 600.0, 60.0) == turns(after, 600.0, 60.0)


def test_who_left_has_no_more_turns_not_even_an_extra_one() -> None:
    ring = Ring(60.0)
    ring.add(KEYS[:2])
    ring.once(KEYS[0], 1010.0)
    ring.discard(KEYS[0])
    assert KEYS[0] not in turns(ring, 1000.0, 120.0)


def test_an_extra_turn_comes_once_and_on_time() -> None:
    ring = Ring(3600.0)
    ring.add(KEYS[:1])
    ring.once(KEYS[0], 1005.0)
    found = turns(ring, 1000.0, 20.0)
    assert found.get(KEYS[0]) == [1005.0]
