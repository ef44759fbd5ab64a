"""How a renderer hands a message over: as meant, and plain."""

from html import unescape
from re import compile as pattern
from typing import Final

from aiogram.types import InlineKeyboardMarkup

from bot.telegram.sender import Edit, Rendered
from bot.telegram.texts import Html

_TAG: Final = pattern(r"<[^<>]*>")


def rendered(
    html: Html,
    keyboard: InlineKeyboardMarkup | None = None,
    *,
    reply_to: int | None = None,
    edits: tuple[Edit, ...] = (),
) -> Rendered:
    """The message with its plain form, for a Telegram that cannot read the markup."""
    return Rendered(html, unescape(_TAG.sub("", html)), keyboard, reply_to, edits)


def lines_of(*lines: Html) -> Html:
    """One under the other."""
    return Html("\n".join(lines))
