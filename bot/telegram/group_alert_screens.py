"""What administrators see when they choose what their group hears: a message with buttons, one screen at a time.

A button says by itself all that it does: several may press at once, and nothing is kept of where anybody stands.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.zones import city_of, clock_there, common_zones
from bot.telegram.choices_text import HOURS, choice_lines, on_the_clock
from bot.telegram.dialogs.severities import severity_choices
from bot.telegram.texts import Html, Speaker
from bot.usecases.control_storage import ChatSettings

ZONES_SHOWN: Final = 12
"""On one screen."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What the message shows."""

    text: Html
    keyboard: InlineKeyboardMarkup


class Tap(StrEnum):
    """What a button does."""

    SHOW = "show"
    ASK_LEAST = "least"
    ASK_FROM = "from"
    ASK_TO = "to"
    ASK_ZONE = "zone"
    """Its argument is the screen of zones, counted from 0."""
    ASK_ZONE_FIRST = "zone1"
    """The same, to switch quiet hours on with the zone that is chosen."""
    LEAST = "set-least"
    FROM = "set-from"
    TO = "set-to"
    ZONE = "set-zone"
    ZONE_FIRST = "set-zone1"
    QUIET = "on"
    LOUD = "off"
    PASS = "pass"  # noqa: S105 - critical alerts do
    WAIT = "wait"


_DATA: Final = re.compile(rf"ga:({'|'.join(Tap)})(?::([A-Za-z0-9_/+-]{{1,40}}))?")


@dataclass(frozen=True, slots=True)
class Tapped:
    """One press; the argument is untrusted."""

    tap: Tap
    argument: str


def read_tap(data: str | None) -> Tapped | None:
    """What a press asks for; None for data that is no button's of ours."""
    match = _DATA.fullmatch(data or "")
    return None if match is None else Tapped(Tap(match[1]), match[2] or "")


def overview(say: Speaker, settings: ChatSettings, now: float) -> Screen:
    """All choices of the group, and what can be changed."""
    text = Html("\n".join([*choice_lines(say, "group", settings, now), say("group-alerts-who")]))
    rows = [[_button(say.plain("chat-button-least"), Tap.ASK_LEAST)]]
    if settings.quiet:
        start, end = on_the_clock(settings.quiet_start), on_the_clock(settings.quiet_end)
        rows.append(
            [
                _button(say.plain("chat-button-from", **{"from": start}), Tap.ASK_FROM),
                _button(say.plain("chat-button-to", to=end), Tap.ASK_TO),
            ]
        )
        passes = settings.critical_passes
        words = say.plain("chat-button-critical-wait" if passes else "chat-button-critical-pass")
        rows.append([_button(words, Tap.WAIT if passes else Tap.PASS)])
        rows.append([_button(say.plain("chat-button-quiet-off"), Tap.LOUD)])
    else:
        rows.append([_button(say.plain("chat-button-quiet-on"), Tap.QUIET)])
    rows.append([_button(say.plain("chat-button-zone"), Tap.ASK_ZONE)])
    return Screen(text, InlineKeyboardMarkup(inline_keyboard=rows))


def severities(say: Speaker, settings: ChatSettings) -> Screen:
    """How severe what is sent must be."""
    choices = severity_choices(say, settings.least, as_chat=False)
    return _question(say, say("group-least-ask"), [[_button(name, Tap.LEAST, code)] for name, code in choices])


def hours(say: Speaker, end: Tap) -> Screen:
    """When quiet hours begin, or end."""
    buttons = [_button(hour, end, hour[:2]) for hour in HOURS]
    return _question(say, say("group-from-ask" if end is Tap.FROM else "group-to-ask"), _rows(buttons, 4))


def zones(say: Speaker, now: float, *, screen: int = 0, then_quiet: bool = False) -> Screen:
    """By whose clock: the common zones, a screen at a time."""
    known = common_zones()
    screens = -(-len(known) // ZONES_SHOWN)
    screen %= screens
    text = say("group-zone-ask")
    if then_quiet:
        text = Html(f"{text}\n{say('group-zone-first')}")
    rows = _of_zones(say, known[screen * ZONES_SHOWN :][:ZONES_SHOWN], now, then_quiet=then_quiet)
    more = Tap.ASK_ZONE_FIRST if then_quiet else Tap.ASK_ZONE
    rows.append([_button(say.plain("group-zone-next"), more, str((screen + 1) % screens))])
    return _question(say, text, rows)


def found_zones(say: Speaker, found: Sequence[str], now: float) -> Screen:
    """Several that somebody may mean by what they sent."""
    return _question(say, say("chat-zone-found"), _of_zones(say, found, now, then_quiet=False))


def _of_zones(say: Speaker, some: Iterable[str], now: float, *, then_quiet: bool) -> list[list[InlineKeyboardButton]]:
    tap = Tap.ZONE_FIRST if then_quiet else Tap.ZONE
    named = [
        _button(say.plain("chat-zone-choice", city=city_of(zone), clock=clock_there(zone, now)), tap, zone)
        for zone in some
    ]
    return _rows(named, 2)


def _question(say: Speaker, text: Html, rows: list[list[InlineKeyboardButton]]) -> Screen:
    back = [_button(say.plain("button-back"), Tap.SHOW)]
    return Screen(text, InlineKeyboardMarkup(inline_keyboard=[*rows, back]))


def _rows(buttons: Sequence[InlineKeyboardButton], width: int) -> list[list[InlineKeyboardButton]]:
    return [list(buttons[start : start + width]) for start in range(0, len(buttons), width)]


def _button(words: str, tap: Tap, argument: str = "") -> InlineKeyboardButton:
    data = f"ga:{tap.value}:{argument}" if argument else f"ga:{tap.value}"
    return InlineKeyboardButton(text=words, callback_data=data)
