"""How much one person may send before the excess is dropped."""

from collections import OrderedDict

AT_ONCE = 40
PER_SECOND = 2.0
"""Updates of one person: a burst, and then a steady rate. The fastest thumb in a wizard stays far below."""
REMEMBERED = 10_000
NOTICE_EVERY = 60.0
"""Seconds between two notices to the same person."""


class Quota:
    """A leaky bucket for each person. Two floats each; those not seen for longest are forgotten first."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[int, tuple[float, float]] = OrderedDict()
        self._told: OrderedDict[int, float] = OrderedDict()

    def takes(self, user_id: int, now: float) -> bool:
        """Counts one update at ``now`` (monotonic seconds); False if it is over the quota, and then not counted."""
        level, at = self._buckets.get(user_id, (0.0, now))
        level = max(0.0, level - (now - at) * PER_SECOND)
        fits = level + 1 <= AT_ONCE
        self._buckets[user_id] = (level + fits, now)
        _touch(self._buckets, user_id)
        return fits

    def is_worth_telling(self, user_id: int, now: float) -> bool:
        """True once a minute for each person who is over."""
        if now - self._told.get(user_id, float("-inf")) < NOTICE_EVERY:
            return False
        self._told[user_id] = now
        _touch(self._told, user_id)
        return True


def _touch(table: "OrderedDict[int, tuple[float, float]] | OrderedDict[int, float]", user_id: int) -> None:
    table.move_to_end(user_id)
    if len(table) > REMEMBERED:
        table.popitem(last=False)
