"""What a chat hears of a connection, when, and how loud: its choices, read in one place.

- What is less severe than the chat wants to know of is dropped; the end of what it was told never is.
- What is muted waits for the end of the mute.
- In quiet hours everything waits for their end but what is critical; that waits too if the chat said so.
- News that are only for information make no sound.
"""

from dataclasses import dataclass
from typing import Final

from bot.domain.failures import Severity
from bot.domain.quiet import QuietHours, next_end

UNTIL_RECOVERY: Final = 32_503_680_000.0
"""Epoch seconds, in the year 3000. A mute until then is one until recovery, which ends it."""

_LOUDNESS: Final = (Severity.INFO, Severity.WARNING, Severity.CRITICAL)


@dataclass(frozen=True, slots=True)
class ChatChoice:
    """What a chat wants of all its connections.

    Attributes:
        least: what is less severe is not sent.
        quiet: None if they are off, or were never set.
        critical_passes: what is critical comes in quiet hours too.
        zone: the chat's time zone; None if it never said.
    """

    least: Severity = Severity.INFO
    quiet: QuietHours | None = None
    critical_passes: bool = True
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class ConnectionChoice:
    """What a chat wants of one connection.

    Attributes:
        least: in place of the chat's; None follows the chat's.
        escalate_after: seconds that an alert must stay unacknowledged before this chat hears of it, and of nothing that
            is less than critical; None hears of everything at once.
    """

    least: Severity | None = None
    escalate_after: float | None = None


@dataclass(frozen=True, slots=True)
class Hearing:
    """That a chat hears something.

    Attributes:
        at: epoch seconds; ``UNTIL_RECOVERY`` for as long as a mute until recovery lasts.
        silent: without a sound.
    """

    at: float
    silent: bool


def hearing(
    severity: Severity,
    chat: ChatChoice,
    connection: ConnectionChoice,
    now: float,
    *,
    muted_until: float | None = None,
    ends: Severity | None = None,
) -> Hearing | None:
    """When and how a chat hears something of a connection; None if it does not want to.

    Args:
        severity: how loud it is.
        chat: what the chat chose for everything.
        connection: what it chose for this connection.
        now: epoch seconds.
        muted_until: when the chat's mute of this connection ends, or ended.
        ends: the severity of the alert that it tells the end of: the end goes the way of what it ends.
    """
    if ends is None and not wants(severity, chat, connection):
        return None
    silent = severity is Severity.INFO
    at = max(now, muted_until or 0.0)
    if at >= UNTIL_RECOVERY:
        return Hearing(UNTIL_RECOVERY, silent)
    passes = chat.critical_passes and (ends or severity) is Severity.CRITICAL
    if chat.quiet is not None and not passes:
        at = next_end(chat.quiet, at) or at
    return Hearing(at, silent)


def wants(severity: Severity, chat: ChatChoice, connection: ConnectionChoice) -> bool:
    """Whether a chat wants to hear of something so severe."""
    least = connection.least or chat.least
    if connection.escalate_after is not None:
        least = Severity.CRITICAL
    return _LOUDNESS.index(severity) >= _LOUDNESS.index(least)
