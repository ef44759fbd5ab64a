"""The buttons under alerts. They carry an opaque id and a verb, and grant nothing: who presses is asked at the press.

``al:<alert id>:<action>`` is about an alert, ``co:<connection id>:<action>`` about a connection whose news is no alert.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from aiogram.enums import ButtonStyle
from aiogram.types import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.connection import ConnectionId
from bot.domain.exchange import ExchangeProfile
from bot.domain.muting import MuteFor
from bot.telegram.texts import Speaker

ALERT, CONNECTION = "al", "co"
_LONGEST_ID = 32


class Action(StrEnum):
    """What a button asks for."""

    PAUSE = "pause"
    RESUME = "resume"
    ROTATE = "rotate"
    CHECK = "check"
    ACKNOWLEDGE = "ack"
    MUTE = "mute"
    """Asks for how long."""
    MUTE_HOUR = "mute_hour"
    MUTE_EIGHT_HOURS = "mute_eight"
    MUTE_MORNING = "mute_morning"
    MUTE_RECOVERY = "mute_recovery"
    MUTE_NOT = "mute_not"
    UNMUTE = "unmute"
    DETAILS = "details"
    LEAVE = "leave"


MUTES: Final[Mapping[Action, MuteFor]] = {
    Action.MUTE_HOUR: MuteFor.HOUR,
    Action.MUTE_EIGHT_HOURS: MuteFor.EIGHT_HOURS,
    Action.MUTE_MORNING: MuteFor.MORNING,
    Action.MUTE_RECOVERY: MuteFor.RECOVERY,
}
"""The answers to **Mute**."""


_OFFERED: Final[Mapping[str, frozenset[str]]] = {
    ALERT: frozenset(Action),
    CONNECTION: frozenset({Action.ROTATE, Action.DETAILS}),
}


@dataclass(frozen=True, slots=True)
class Pressed:
    """Callback data taken apart; untrusted."""

    subject: str
    id: str
    action: Action


def read_press(data: str | None) -> Pressed | None:
    """What a press asks for; None if it is none of ours, or no longer."""
    parts = (data or "").split(":")
    if len(parts) != 3 or parts[0] not in {ALERT, CONNECTION}:  # noqa: PLR2004 - the three parts above
        return None
    subject, wanted, action = parts
    if not 0 < len(wanted) <= _LONGEST_ID or action not in _OFFERED[subject]:
        return None
    return Pressed(subject, wanted, Action(action))


def alert_keyboard(
    say: Speaker,
    alert_id: str,
    gate: str,
    *,
    our_ips: Sequence[str] = (),
    key_page: tuple[str, str] | None = None,
    acknowledge: bool = False,
    muted: bool = False,
) -> InlineKeyboardMarkup:
    """Everything that can be done about a trouble.

    Args:
        say: the language.
        alert_id: which alert.
        gate: ``open``, ``paused`` (by the watch) or ``paused_by_person``.
        our_ips: addresses to copy, if the trouble is about them.
        key_page: the exchange's name and where its keys are, if the trouble is mended there.
        acknowledge: somebody should take it up, and nobody has.
        muted: the chat hears nothing of the connection now.
    """
    rows = [
        [_gate_button(say, alert_id, gate), _button(say, "button-rotate", ALERT, alert_id, Action.ROTATE)],
        [
            _button(say, "button-check", ALERT, alert_id, Action.CHECK, ButtonStyle.PRIMARY),
            _mute_button(say, alert_id, muted=muted),
        ],
        *([_acknowledge(say, alert_id)] if acknowledge else ()),
        *([_copy(say, ip)] for ip in our_ips),
        *_link_row(say, key_page),
        [_button(say, "button-details", ALERT, alert_id, Action.DETAILS)],
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def shared_keyboard(
    say: Speaker,
    alert_id: str,
    gate: str,
    *,
    controls: bool,
    leave: bool,
    acknowledge: bool = False,
    muted: bool = False,
) -> InlineKeyboardMarkup:
    """Under an alert of somebody who does not own the connection. Who may press what is asked at the press.

    Args:
        say: the language.
        alert_id: which alert.
        gate: ``open``, ``paused`` (by the watch) or ``paused_by_person``.
        controls: with Pause, Resume and Check now: for operators, and in groups, where one may be.
        leave: with Leave.
        acknowledge: somebody should take it up, and nobody has; only where one may be who can.
        muted: the chat hears nothing of the connection now.
    """
    rows = []
    if controls:
        check = _button(say, "button-check", ALERT, alert_id, Action.CHECK, ButtonStyle.PRIMARY)
        rows.append([_gate_button(say, alert_id, gate), check])
    rows.append([_mute_button(say, alert_id, muted=muted)])
    if leave:
        rows[-1].append(_button(say, "button-leave", ALERT, alert_id, Action.LEAVE))
    if controls and acknowledge:
        rows.append(_acknowledge(say, alert_id))
    return InlineKeyboardMarkup(inline_keyboard=rows)


def shared_quiet_keyboard(say: Speaker, alert_id: str, *, resume: bool) -> InlineKeyboardMarkup | None:
    """What is left of it when the trouble is over: Resume, if a person holds the gate; mostly nothing."""
    if not resume:
        return None
    button = _button(say, "button-resume", ALERT, alert_id, Action.RESUME, ButtonStyle.SUCCESS)
    return InlineKeyboardMarkup(inline_keyboard=[[button]])


def mute_keyboard(say: Speaker, alert_id: str) -> InlineKeyboardMarkup:
    """For how long."""
    hour, eight, morning, recovery = (
        _button(say, f"button-mute-{how_long}", ALERT, alert_id, action) for action, how_long in MUTES.items()
    )
    back = _button(say, "button-mute-back", ALERT, alert_id, Action.MUTE_NOT)
    return InlineKeyboardMarkup(inline_keyboard=[[hour, eight], [morning], [recovery], [back]])


def repeat_keyboard(say: Speaker, alert_id: str) -> InlineKeyboardMarkup:
    """Under an alert that is told again."""
    details = _button(say, "button-details", ALERT, alert_id, Action.DETAILS)
    return InlineKeyboardMarkup(inline_keyboard=[_acknowledge(say, alert_id), [details]])


def shared_repeat_keyboard(say: Speaker, alert_id: str, *, controls: bool) -> InlineKeyboardMarkup | None:
    """The same for somebody who does not own the connection: nothing for who only hears."""
    return InlineKeyboardMarkup(inline_keyboard=[_acknowledge(say, alert_id)]) if controls else None


def quiet_keyboard(say: Speaker, alert_id: str, *, resume: bool = False) -> InlineKeyboardMarkup:
    """What is left when a trouble is over: Details and, if a person holds the gate, Resume."""
    rows = [[_button(say, "button-details", ALERT, alert_id, Action.DETAILS)]]
    if resume:
        rows.insert(0, [_button(say, "button-resume", ALERT, alert_id, Action.RESUME, ButtonStyle.SUCCESS)])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def news_keyboard(
    say: Speaker, connection_id: ConnectionId, *, rotate: bool = False, key_page: tuple[str, str] | None = None
) -> InlineKeyboardMarkup:
    """Under news of a connection that is no alert."""
    row = [_button(say, "button-details", CONNECTION, connection_id, Action.DETAILS)]
    if rotate:
        row.insert(0, rotate_button(say, connection_id))
    return InlineKeyboardMarkup(inline_keyboard=[*_link_row(say, key_page), row])


def rotate_button(say: Speaker, connection_id: ConnectionId, caption: str | None = None) -> InlineKeyboardButton:
    """Begins the rotation of a connection, from any message."""
    data = f"{CONNECTION}:{connection_id}:{Action.ROTATE}"
    return InlineKeyboardButton(text=caption or say.plain("button-rotate"), callback_data=data)


def key_page_of(profile: ExchangeProfile | None, environment: str) -> tuple[str, str] | None:
    """The exchange's name and the page of its keys."""
    if profile is None:
        return None
    pages = {world.value: page for world, page in profile.key_pages.items()}
    return (profile.title, pages[environment]) if environment in pages else None


def _gate_button(say: Speaker, alert_id: str, gate: str) -> InlineKeyboardButton:
    caption, action = {
        "open": ("button-pause", Action.PAUSE),
        "paused": ("button-keep-paused", Action.PAUSE),
        "paused_by_person": ("button-resume", Action.RESUME),
    }[gate]
    return _button(say, caption, ALERT, alert_id, action)


def _mute_button(say: Speaker, alert_id: str, *, muted: bool) -> InlineKeyboardButton:
    if muted:
        return _button(say, "button-unmute", ALERT, alert_id, Action.UNMUTE)
    return _button(say, "button-mute", ALERT, alert_id, Action.MUTE)


def _button(
    say: Speaker, caption: str, subject: str, wanted: str, action: Action, style: ButtonStyle | None = None
) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=say.plain(caption), callback_data=f"{subject}:{wanted}:{action}", style=style)


def _acknowledge(say: Speaker, alert_id: str) -> list[InlineKeyboardButton]:
    return [_button(say, "button-acknowledge", ALERT, alert_id, Action.ACKNOWLEDGE)]


def _copy(say: Speaker, ip: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=say.plain("button-copy-ip", ip=ip), copy_text=CopyTextButton(text=ip))


def _link_row(say: Speaker, key_page: tuple[str, str] | None) -> list[list[InlineKeyboardButton]]:
    if key_page is None:
        return []
    exchange, page = key_page
    return [[InlineKeyboardButton(text=say.plain("button-key-page", exchange=exchange), url=page)]]
