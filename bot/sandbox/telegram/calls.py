"""The log of Bot API calls: what a bot asked for and what it got."""

import html
import re
from collections import deque
from dataclasses import dataclass
from typing import Any

KEPT_CALLS = 50_000
SUMMARY_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Call:
    """One call, without its token.

    Attributes:
        params: decoded parameters; a file is its name.
        at: epoch seconds of the sandbox's clock, on arrival.
        code: the HTTP status answered; 0 if the connection was dropped.
        milliseconds: how long the answer took.
    """

    serial: int
    method: str
    params: dict[str, Any]
    at: float
    code: int
    milliseconds: float

    @property
    def chat_id(self) -> int | None:
        """The chat it was about, if any."""
        chat_id = self.params.get("chat_id")
        return chat_id if isinstance(chat_id, int) else None

    @property
    def summary(self) -> str:
        """A few words of it, for people."""
        words = self.params.get("text") or self.params.get("caption")
        if words is None:
            parts = (
                f"{name}={value}" for name, value in self.params.items() if name not in {"chat_id", "reply_markup"}
            )
            words = ", ".join(parts)
        line = " ".join(html.unescape(re.sub(r"</?[a-z][^>]*>", "", str(words))).split())
        return line if len(line) <= SUMMARY_LENGTH else f"{line[: SUMMARY_LENGTH - 1]}…"


class CallLog(deque[Call]):
    """The latest calls, oldest first."""

    def __init__(self) -> None:
        super().__init__(maxlen=KEPT_CALLS)
        self._serial = 0

    def record(self, method: str, params: dict[str, Any], *, at: float, code: int, milliseconds: float) -> Call:
        """Adds a call that was answered."""
        self._serial += 1
        call = Call(self._serial, method, params, at, code, milliseconds)
        self.append(call)
        return call

    def of(self, method: str) -> list[Call]:
        """The calls of one method, oldest first."""
        return [call for call in self if call.method == method]
