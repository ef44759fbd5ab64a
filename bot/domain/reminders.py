"""When a key's owner is reminded: of its end, several times as it comes nearer; of its age, twice a year."""

from dataclasses import dataclass, replace
from typing import Final

DAY: Final = 86400.0
EXPIRY_DAYS: Final = (14, 7, 3, 1)
"""Days before a key's end at which its owner is reminded, once each."""
LOUD_DAYS: Final = 3
"""From here on a reminder makes a sound."""
ROTATE_EVERY: Final = 180 * DAY
"""Seconds after which a key that never ends should be replaced all the same, and again after as long."""
PROLONGED: Final = 1.5 * DAY
"""Seconds by which an end must have moved to be another one: some exchanges tell only whole days, which waver."""


@dataclass(frozen=True, slots=True)
class KeyReminders:
    """What has been said of one key.

    Attributes:
        since: epoch seconds when the key was connected or rotated in.
        advised_at: when rotating it was advised last.
        expires_at: the end that its owner was reminded of.
        days: how many days before that end, at the last reminder.
    """

    since: float
    advised_at: float | None = None
    expires_at: float | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """The key ends within so many days."""

    expires_at: float
    days: int

    @property
    def silent(self) -> bool:
        """There is time: it may be read whenever they look."""
        return self.days > LOUD_DAYS


@dataclass(frozen=True, slots=True)
class Aged:
    """The key is in use for so many seconds."""

    age: float


Reminder = Ending | Aged


def next_reminder(said: KeyReminders, expires_at: float | None, now: float) -> tuple[KeyReminders, Reminder | None]:
    """What is to be said now, if anything, and what has been said then.

    Reminders that were missed are not made up for: after a long absence there is one, the one that is true now.
    """
    days = _days_left(expires_at, now)
    if expires_at is not None and days is not None:
        prolonged = said.expires_at is not None and expires_at > said.expires_at + PROLONGED
        if said.days is None or prolonged or days < said.days:
            return replace(said, expires_at=expires_at, days=days), Ending(expires_at, days)
        return said, None  # who knows that a key ends needs no advice about its age
    if now - (said.since if said.advised_at is None else said.advised_at) >= ROTATE_EVERY:
        return replace(said, advised_at=now), Aged(now - said.since)
    return said, None


def _days_left(expires_at: float | None, now: float) -> int | None:
    """The least of ``EXPIRY_DAYS`` within which the key ends; None if that is far off, or past: an alert tells that."""
    if expires_at is None or expires_at <= now:
        return None
    return min((days for days in EXPIRY_DAYS if expires_at - now <= days * DAY), default=None)
