"""What exchanges announce of their maintenance, for machines: where it is asked, and how it is read.

An adapter says in its ``Dialect`` where its exchange does so and finds the entries that matter; whether the times in
them can be believed is the domain's to say. What cannot be read is left out, with a line in the log that names no more
than the reason.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from bot.domain.announced import Announcement, Flaw, believed
from bot.domain.connection import Environment, Market
from bot.exchanges.adapter import Endpoint

_LOG: Final = logging.getLogger("latchkey.exchanges")

MOST: Final = 50
"""Entries that are read of one answer."""
_LONGEST_NUMBER: Final = 16
"""Digits."""


class Notice(NamedTuple):
    """An entry that concerns keys like ours and has not been called off.

    Attributes:
        start: when it begins, in epoch milliseconds, as the exchange wrote it: a number, digits, or something else.
        end: likewise.
    """

    environment: Environment
    markets: frozenset[Market]
    start: Any
    end: Any


@dataclass(frozen=True, slots=True)
class Announcing:
    """Where an exchange announces its maintenance.

    Attributes:
        endpoint: asked without a key. Its answer holds everything that is announced at the moment.
        asked_at: by environment, the one whose hosts tell of it.
        read: finds the entries in such an answer; None stands for an entry that is no entry at all.
    """

    endpoint: Endpoint
    asked_at: Mapping[Environment, Environment]
    read: Callable[[Any], Iterable[Notice | None]]


def announcements(exchange: str, announcing: Announcing, answer: Any, now: float) -> Sequence[Announcement]:
    """What an answer announces, as far as it can be believed.

    Args:
        exchange: for the log.
        announcing: how the exchange speaks.
        answer: the parsed body.
        now: epoch seconds.

    Raises:
        TypeError: the answer as a whole is of another shape; it announces nothing, and takes nothing back.
    """
    found: list[Announcement] = []
    for number, notice in enumerate(announcing.read(answer)):
        if number == MOST:
            _LOG.warning("announcements.too_many", extra={"exchange": exchange, "count": MOST})
            break
        read = _read(notice, now)
        if isinstance(read, Flaw):
            _LOG.warning("announcement.ignored", extra={"exchange": exchange, "reason": read.value})
        elif read.span.end > now:
            found.append(read)
    return found


def _read(notice: Notice | None, now: float) -> Announcement | Flaw:
    if notice is None:
        return Flaw.NOT_READ
    span = believed(_seconds(notice.start), _seconds(notice.end), now)
    return span if isinstance(span, Flaw) else Announcement(notice.environment, notice.markets, span)


def _seconds(written: Any) -> float | None:
    """Epoch seconds; None for what is no time in milliseconds."""
    if isinstance(written, bool):
        return None
    if isinstance(written, str) and written.isascii() and written.isdigit() and len(written) <= _LONGEST_NUMBER:
        written = int(written)
    return written / 1000 if isinstance(written, int) and 0 < written < 10**_LONGEST_NUMBER else None
