"""When an alert is told by itself: again, while nobody has acknowledged it; for the first time, to who comes second.

Only critical alerts are. Acknowledging stops both, and so does the end of the trouble.
"""

from typing import Final

from bot.domain.failures import Severity

MINUTE, HOUR = 60.0, 3600.0
PAUSES: Final = (5 * MINUTE, 30 * MINUTE)
"""Seconds before the first repeat, and between it and the second."""
THEN_EVERY: Final = 4 * HOUR
"""Seconds from one repeat to the next after these."""


def is_repeated(severity: Severity) -> bool:
    """Whether an alert is told again until somebody acknowledges it, and handed on if nobody does."""
    return severity is Severity.CRITICAL


def next_repeat(last_told: float, repeats: int) -> float:
    """When it is told again.

    Args:
        last_told: epoch seconds of the last time it was told. What was missed meanwhile is not made up for.
        repeats: how often it has been told again.
    """
    return last_told + (PAUSES[repeats] if repeats < len(PAUSES) else THEN_EVERY)


def hears_from(told_at: float, escalate_after: float | None) -> float:
    """When a chat hears of an alert that nobody acknowledges: at once, or so many seconds after it was told first."""
    return told_at + (escalate_after or 0.0)
