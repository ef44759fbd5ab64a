"""What to say of a clock that is off."""

from typing import Final

from bot.commands.checkup.finding import Finding, bad, caution, good

_NOTABLE: Final = 2.0
"""Seconds. The exchanges' own clocks are allowed for when signing, so that small errors do no harm."""
_GRAVE: Final = 60.0
"""Seconds. Beyond it ages, expiries and the 48 hours in which messages can be deleted are reckoned wrongly."""


def clock_finding(about: str, behind: float, whose: str) -> Finding:
    """Of a clock that is so many seconds behind somebody's; negative if it is ahead."""
    off = f"our clock is {abs(behind):.1f} s {'behind' if behind > 0 else 'ahead of'} {whose}"
    if abs(behind) < _NOTABLE:
        return good(about, f"ours agrees with {whose}")
    grade = bad if abs(behind) >= _GRAVE else caution
    return grade(about, off, "Let the system keep time: timedatectl set-ntp true")
