"""In words: who has taken an alert up, until when a chat is muted, and for how long it could be."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.domain.choices import UNTIL_RECOVERY
from bot.domain.muting import MuteFor, muted_until
from bot.domain.zones import city_of
from bot.telegram.describing import isolated, moment, utc
from bot.telegram.texts import Html, Speaker
from bot.usecases.acknowledge import AckOutcome, Attention

THEN_NAMED: Final = 3
"""Of those who hear next, how many are named."""
ACK_TOASTS: Final[Mapping[AckOutcome, str]] = {
    AckOutcome.ACKNOWLEDGED: "toast-ack-acknowledged",
    AckOutcome.ALREADY: "toast-ack-already",
    AckOutcome.OVER: "toast-ack-over",
}


def attention_lines(say: Speaker, attention: Attention, now: float) -> list[Html]:
    """What stands under an alert: who has done something about it, or who hears of it next if nobody does."""
    lines = then_lines(say, attention.then, now)
    if attention.acked_at is not None and attention.acked_by:
        lines.append(say("alert-acked", name=isolated(attention.acked_by), at=moment(attention.acked_at)))
    elif attention.acked_at is not None:
        role = attention.acked_as.value if attention.acked_as else "none"
        lines.append(say("alert-acked-by", role=role, at=moment(attention.acked_at)))
    if attention.muted_until is not None:
        lines.append(muted_line(say, "alert-muted", attention.muted_until))
    return lines


def then_lines(say: Speaker, then: Iterable[Sequence[Any]], now: float) -> list[Html]:
    """Who hears of it next unless somebody acknowledges it: pairs of name and epoch seconds, soonest first.

    Whose time has come meanwhile, as in the owner's quiet hours, is left out.
    """
    named = [
        say("alert-then-one", name=isolated(str(name)), at=moment(float(at))) for name, at in then if float(at) > now
    ]
    if not named:
        return []
    who = Html(", ".join(named[:THEN_NAMED]))
    if len(named) > THEN_NAMED:
        who = say("incident-count-more", labels=who, more=len(named) - THEN_NAMED)
    return [say("alert-then", who=who)]


def muted_line(say: Speaker, message: str, until: float) -> Html:
    """``message``, with its moment in the reader's own time; ``message-recovery`` where no clock ends the mute."""
    if until >= UNTIL_RECOVERY:
        return say(f"{message}-recovery")
    return say(message, until=moment(until))


def muted_toast(say: Speaker, until: float, zone: str | None) -> str:
    """The answer to a mute. Toasts take no markup, so the time is the chat's, as far as it said where it is."""
    if until >= UNTIL_RECOVERY:
        return say.plain("toast-muted-recovery")
    return say.plain("toast-muted", until=on_the_wall(until, zone))


def mute_choices(say: Speaker, now: float, zone: str | None) -> list[Html]:
    """Each choice with its end, in the reader's own time."""
    timed = (MuteFor.HOUR, MuteFor.EIGHT_HOURS, MuteFor.MORNING)
    lines = [
        say("alerts-mute-choice", choice=choice.value, until=moment(muted_until(choice, now, zone))) for choice in timed
    ]
    return [*(Html(f"• {line}") for line in lines), Html(f"• {say('alerts-mute-recovery')}")]


def on_the_wall(at: float, zone: str | None) -> str:
    """A moment without markup, by the clock of a zone and with the zone's name; in UTC if there is none."""
    if zone is None:
        return utc(at)
    return f"{datetime.fromtimestamp(at, ZoneInfo(zone)):%Y-%m-%d %H:%M} ({city_of(zone)})"
