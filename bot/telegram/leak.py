"""What to do after a leak, in order, with the ways there: each connection's key page and its rotation."""

from collections.abc import Iterator, Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.connection import Connection
from bot.telegram.alert_keyboard import key_page_of, rotate_button
from bot.telegram.describing import Profiles, isolated, place_line, unverified
from bot.telegram.texts import Html, Speaker

PER_MESSAGE = 8
"""Connections: a message takes 100 buttons, a person's eyes fewer."""

Message = tuple[Html, InlineKeyboardMarkup | None]


def leak_messages(say: Speaker, connections: Sequence[Connection], profiles: Profiles) -> Iterator[Message]:
    """The steps, then the connections, in as many messages as they need."""
    if not connections:
        yield Html("\n\n".join([say("leaked-title"), say("leaked-without")])), None
        return
    opening = [say("leaked-title"), say("leaked-steps"), say("leaked-which")]
    for at in range(0, len(connections), PER_MESSAGE):
        here = connections[at : at + PER_MESSAGE]
        parts = [*opening, *(_line(say, connection, profiles) for connection in here)]
        rows = [[button] for connection in here for button in _buttons(say, connection, profiles)]
        yield Html("\n\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows)
        opening = []


def _line(say: Speaker, connection: Connection, profiles: Profiles) -> Html:
    line = say(
        "leaked-line",
        label=isolated(connection.label),
        place=place_line(say, connection.place, profiles),
        tail=connection.key_tail,
    )
    return Html("\n".join([line, *unverified(say, vouched=connection.withdrawal_unverified)]))


def _buttons(say: Speaker, connection: Connection, profiles: Profiles) -> list[InlineKeyboardButton]:
    """First where the key is deleted, then where the new one goes; each in a row, or a phone would cut its label."""
    rotate = rotate_button(say, connection.id, say.plain("leaked-rotate", label=isolated(connection.label)))
    place = connection.place
    page = key_page_of(profiles.get(place.exchange), place.environment.value)
    if page is None:
        return [rotate]
    return [
        InlineKeyboardButton(text=say.plain("leaked-delete", label=isolated(connection.label)), url=page[1]),
        rotate,
    ]
