"""Maintenance that an exchange announced: what is believed of it, and how long it may keep anything from being told.

An announcement is somebody else's word, and it silences alerts. So it has to be whole: without an end, with an end
before its beginning, for longer than a day or for some far-away time it counts for nothing, and what is missing is not
made up. And however announcements follow each other, are moved or made longer, they silence for a day at a stretch at
most: after that there has to be a while without any.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.connection import Environment, Market
from bot.domain.maintenance import DAY, LONGEST

AHEAD: Final = 60 * DAY
"""Seconds from now within which an announcement must begin. What is said to be later is a mistake, or can wait."""
PAUSE: Final = 3600.0
"""Seconds without an announcement after which the next one is another one."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A time that was announced, epoch seconds."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Announcement:
    """One maintenance, as an exchange announced it.

    Attributes:
        markets: those that it concerns.
    """

    environment: Environment
    markets: frozenset[Market]
    span: Span


class Flaw(StrEnum):
    """Why an announcement counts for nothing. The values are for logs."""

    NOT_READ = "not read"
    NO_BEGINNING = "no beginning"
    NO_END = "no end"
    BACKWARDS = "ends before it begins"
    TOO_LONG = "too long"
    FAR_AWAY = "far away"


def believed(start: float | None, end: float | None, now: float) -> Span | Flaw:
    """What an exchange said of the times of a maintenance, if that can be believed.

    Args:
        start: epoch seconds; None if it said nothing that is a time.
        end: likewise.
        now: epoch seconds.
    """
    if start is None:
        return Flaw.NO_BEGINNING
    if end is None:
        return Flaw.NO_END
    if end <= start:
        return Flaw.BACKWARDS
    if end - start > LONGEST:
        return Flaw.TOO_LONG
    return Flaw.FAR_AWAY if start > now + AHEAD else Span(start, end)


def silent_until(spans: Iterable[Span], now: float) -> float | None:
    """Until when what is announced keeps news from being told (epoch seconds); None if it does not at this moment.

    Announcements with less than a ``PAUSE`` between them are one stretch, and of a stretch only the first day counts.

    Args:
        spans: what is announced, and what was lately (``carried``).
        now: epoch seconds.
    """
    began = over = covered = None
    for span in sorted(spans):
        if began is None or over is None or span.start > over + PAUSE:
            if span.start > now:
                break
            began, over = span.start, span.end
        over = max(over, span.end)
        if span.start <= (now if covered is None else covered) and span.end > now:
            covered = span.end if covered is None else max(covered, span.end)
    if began is None or covered is None:
        return None
    until = min(covered, began + LONGEST)
    return until if until > now else None


def carried(spans: Iterable[Span], now: float) -> Span | None:
    """What is to be remembered of announcements that are replaced by newer ones: since when there have been some.

    Whatever becomes of an announcement that has begun, moved, cancelled, taken back, the time that it was in force
    counts. None if that is over for longer than a ``PAUSE``.
    """
    began = over = None
    for span in sorted(spans):
        if span.start >= now:
            break
        if began is None or over is None or span.start > over + PAUSE:
            began, over = span.start, span.end
        over = max(over, span.end)
    if began is None or over is None or min(over, now) + PAUSE < now:
        return None
    return Span(began, min(over, now))
