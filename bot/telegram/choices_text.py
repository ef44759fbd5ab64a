"""What a chat chose to hear, in words: the same for a person and for a group."""

from collections.abc import Mapping
from typing import Final

from bot.domain.failures import Severity
from bot.domain.wall_times import NoSuchTime, NotATime
from bot.domain.zones import city_of, clock_there
from bot.telegram.texts import Html, Speaker
from bot.usecases.control_storage import ChatSettings

HOURS: Final = tuple(f"{hour:02}:00" for hour in range(24))
WRONG_TIMES: Final = ("time-unreadable", "time-impossible", "time-same")
"""What can be said of a time that was typed."""


def on_the_clock(minutes: int) -> str:
    """``22:00``."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def wrong_time(error: ValueError) -> str:
    """The message about a time that was not kept: unreadable, on no clock, or quiet hours that would never end."""
    if isinstance(error, NoSuchTime):
        return "time-impossible"
    return "time-unreadable" if isinstance(error, NotATime) else "time-same"


def least_word(say: Speaker, least: Severity) -> str:
    """What is sent, in a few words."""
    words: Mapping[Severity, str] = {severity: say.plain(f"least-{severity.value}") for severity in Severity}
    return words[least]


def choice_lines(say: Speaker, whose: str, settings: ChatSettings, now: float) -> list[Html]:
    """All of a chat's choices.

    Args:
        say: the chat's voice.
        whose: ``chat`` for a person's, ``group`` for a group's: the one is spoken to as one, the other as many.
        settings: its choices.
        now: epoch seconds, for the clock of its zone.
    """
    lines = [
        say(f"{whose}-alerts-title"),
        Html(),
        say("chat-alerts-least", least=least_word(say, settings.least)),
        say("chat-alerts-quiet-off"),
    ]
    if settings.quiet:
        start, end = on_the_clock(settings.quiet_start), on_the_clock(settings.quiet_end)
        lines[-1] = say(f"{whose}-alerts-quiet-on", **{"from": start, "to": end})
        critical = f"{whose}-alerts-critical-passes" if settings.critical_passes else "chat-alerts-critical-waits"
        lines.append(say(critical))
    if (zone := settings.known_zone) is not None:
        lines.append(say("chat-alerts-zone", city=city_of(zone), clock=clock_there(zone, now)))
    else:
        lines.append(say("chat-alerts-zone-none"))
    return [*lines, Html(), say("chat-alerts-info")]
