"""Presses of buttons that wait for an answer."""

import secrets
from dataclasses import dataclass
from typing import Any

from bot.sandbox.clock import SandboxClock
from bot.sandbox.telegram.chats import User
from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.messages import Message
from bot.sandbox.telegram.updates import CALLBACK_RETENTION


@dataclass(frozen=True, slots=True)
class Toast:
    """What a person saw after a press; an empty text only stops the button's spinner."""

    text: str
    is_alert: bool = False
    url: str | None = None


@dataclass(eq=False, slots=True)
class Press:
    """A callback query: who pressed what, when (sandbox time), and the answer if there was one."""

    id: str
    user: User
    message: Message
    data: str
    at: float
    answer: Toast | None = None

    def to_json(self) -> dict[str, Any]:
        """The Bot API's CallbackQuery. A message that is gone comes as an InaccessibleMessage, dated 0."""
        message = (
            self.message.to_json()
            if self.message.visible
            else {"chat": self.message.chat.to_json(), "message_id": self.message.message_id, "date": 0}
        )
        return {
            "id": self.id,
            "from": self.user.to_json(),
            "message": message,
            "chat_instance": str(self.message.chat.id * 7_919),
            "data": self.data,
        }


class Callbacks:
    """Every press ever made, by id."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._presses: dict[str, Press] = {}

    def open(self, user: User, message: Message, data: str) -> Press:
        """Records a press."""
        press = Press(str(secrets.randbits(62)), user, message, data, self._clock.now())
        self._presses[press.id] = press
        return press

    def answer(self, press_id: str, toast: Toast) -> Press:
        """Shows the answer to whoever pressed.

        Raises:
            BotApiError: 400, for an unknown id or after 150 s.
        """
        press = self._presses.get(press_id)
        if press is None or self._clock.now() - press.at > CALLBACK_RETENTION:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        press.answer = toast
        return press

    def answered(self, user: User) -> list[Press]:
        """This person's presses that got an answer with words, oldest first."""
        return [press for press in self._presses.values() if press.user is user and press.answer and press.answer.text]
