"""A pause between turns, whatever the wall clock does."""

from datetime import datetime, timedelta

from apscheduler.triggers.base import BaseTrigger


class Every(BaseTrigger):  # type: ignore[misc]  # APScheduler ships no types
    """Counts from now and not, as APScheduler's own interval, from the turn before.

    The first real time after a start with a wrong clock may lie decades ahead: the interval would list every turn in
    between before it ran one of them, and nothing else would run meanwhile.
    """

    def __init__(self, seconds: float) -> None:
        self._pause = timedelta(seconds=seconds)

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        """One pause from now."""
        return now + self._pause
