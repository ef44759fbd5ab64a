"""What people could watch in the chats, in order; the transcript is written from it."""

from dataclasses import dataclass
from typing import Literal

from bot.sandbox.telegram.chats import User
from bot.sandbox.telegram.messages import Message

Happening = Literal["said", "edited", "pressed", "toast", "deleted"]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened to a message.

    Attributes:
        words: the text at that moment, the label of the button pressed, or the toast's text.
        buttons: the keyboard at that moment.
        who: who did it.
    """

    happening: Happening
    message: Message
    who: User
    words: str
    buttons: tuple[tuple[str, ...], ...] = ()
