"""When a digest is due: every day, or every Monday, at an hour of its reader's clock."""

from datetime import tzinfo
from enum import StrEnum
from typing import Final

from bot.domain.maintenance import Times, Weekly, next_start

AHEAD: Final = 30 * 86400.0
"""Seconds ahead that a digest looks, for keys that end and keys that should be replaced."""


class Every(StrEnum):
    """How often."""

    DAILY = "daily"
    WEEKLY = "weekly"


def next_digest(every: Every, hour: int, zone: tzinfo, after: float) -> float:
    """The first time after a moment (epoch seconds). What was missed meanwhile is not made up for."""
    days = range(7) if every is Every.DAILY else (0,)
    starts = (next_start(Times(0.0, 60.0, Weekly(day, hour * 60)), zone, after) for day in days)
    return min(start for start in starts if start is not None)
