"""How long a mute lasts: four choices, each of which ends by itself."""

from enum import StrEnum
from typing import Final

from bot.domain.choices import UNTIL_RECOVERY
from bot.domain.quiet import tomorrow_at
from bot.domain.zones import UTC_ZONE

HOUR: Final = 3600.0
MORNING: Final = 9
"""The hour at which "tomorrow" begins."""


class MuteFor(StrEnum):
    """The choices, in the order offered."""

    HOUR = "hour"
    EIGHT_HOURS = "eight_hours"
    MORNING = "morning"
    RECOVERY = "recovery"


def muted_until(choice: MuteFor, now: float, zone: str | None) -> float:
    """When it ends, in epoch seconds. ``zone`` is the chat's; UTC if it never said."""
    if choice is MuteFor.RECOVERY:
        return UNTIL_RECOVERY
    if choice is MuteFor.MORNING:
        return tomorrow_at(MORNING, zone or UTC_ZONE, now)
    return now + (HOUR if choice is MuteFor.HOUR else 8 * HOUR)
