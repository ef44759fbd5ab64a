"""One-shot and lasting faults of the Bot API server."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.telegram.errors import BotApiError, too_many_requests

ANY_METHOD = "*"
"""Any method but getUpdates, which would otherwise swallow a one-shot fault meant for a message."""


@dataclass(slots=True)
class Fault:
    """What goes wrong with a call.

    Attributes:
        code: the error to answer; None lets the call through (late, or with its answer dropped).
        delay: seconds before anything else happens.
        drop: the connection is closed without an answer and without effect.
        after: the call takes effect, then the connection is closed without an answer.
        left: how many more calls it hits; None for all until cleared.
    """

    method: str
    code: int | None
    description: str
    parameters: dict[str, Any] | None
    delay: float
    drop: bool
    after: bool
    left: int | None

    def error(self) -> BotApiError | None:
        """The error to answer with, if any."""
        if self.code is None:
            return None
        return BotApiError(self.code, self.description, parameters=self.parameters)

    def matches(self, method: str) -> bool:
        """Whether it hits calls of this method."""
        return self.method == method or (self.method == ANY_METHOD and method != "getUpdates")

    def __str__(self) -> str:
        what = "no answer" if self.drop or self.after else str(self.code or "late")
        return f"{self.method}: {what}" + ("" if self.left is None else f", {self.left} more")


class Faults:
    """The faults that wait for a call, oldest first."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def once(
        self,
        method: str,
        code: int | None = None,
        description: str = "",
        *,
        retry_after: int | None = None,
        delay: float = 0.0,
        times: int | None = 1,
        drop: bool = False,
        after: bool = False,
    ) -> None:
        """Lets the next `times` calls of `method` ("*" for any but getUpdates) fail; `times=None` lasts until cleared.

        `retry_after` (seconds) makes it a 429 with Telegram's own words unless others are given.
        """
        parameters: dict[str, Any] | None = None
        if retry_after is not None:
            flood = too_many_requests(retry_after)
            code, description, parameters = code or flood.code, description or flood.description, flood.parameters
        self._waiting.append(Fault(method, code, description, parameters, delay, drop, after, times))

    def take(self, method: str) -> Fault | None:
        """The fault that hits this call, used up by one."""
        for fault in self._waiting:
            if fault.matches(method):
                if fault.left is not None:
                    fault.left -= 1
                    if fault.left <= 0:
                        self._waiting.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        """Everything works again."""
        self._waiting.clear()

    def names(self) -> list[str]:
        """What still waits to go wrong, for people."""
        return [str(fault) for fault in self._waiting]
