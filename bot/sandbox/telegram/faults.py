"""One-shot and lasting faults of the Bot API server."""

import random
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


@dataclass(frozen=True, slots=True)
class Weather:
    """Faults that come now and then: a share of the calls of a method, each of them one of several faults by its share.

    Attributes:
        share: of all calls of the method, 0 to 1.
        faults: what goes wrong, and its share among what does.
    """

    method: str
    share: float
    faults: tuple[tuple[Fault, float], ...]


class Faults:
    """The faults that wait for a call, oldest first, and the weather."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._weather: list[Weather] = []
        self._dice = random.Random(7)  # noqa: S311 - repeatable

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

    def now_and_then(self, method: str, share: float, *, lost_answers: float = 0.0) -> None:
        """Lets a share of the calls fail until cleared: a third each 429, 502 and a dropped connection.

        Of those that fail, the share `lost_answers` takes effect all the same, and its answer is lost.
        """
        flood = too_many_requests(1)
        rest = (1.0 - lost_answers) / 3
        kinds = (
            (
                Fault(method, flood.code, flood.description, flood.parameters, 0.0, drop=False, after=False, left=None),
                rest,
            ),
            (Fault(method, 502, "Bad Gateway", None, 0.0, drop=False, after=False, left=None), rest),
            (Fault(method, None, "", None, 0.0, drop=True, after=False, left=None), rest),
            (Fault(method, None, "", None, 0.0, drop=False, after=True, left=None), lost_answers),
        )
        self._weather.append(Weather(method, share, kinds))

    def take(self, method: str) -> Fault | None:
        """The fault that hits this call, used up by one."""
        for fault in self._waiting:
            if fault.matches(method):
                if fault.left is not None:
                    fault.left -= 1
                    if fault.left <= 0:
                        self._waiting.remove(fault)
                return fault
        for weather in self._weather:
            if weather.method == method and self._dice.random() < weather.share:
                faults = [fault for fault, _ in weather.faults]
                return self._dice.choices(faults, [share for _, share in weather.faults])[0]
        return None

    def clear(self) -> None:
        """Everything works again."""
        self._waiting.clear()
        self._weather.clear()

    def names(self) -> list[str]:
        """What still waits to go wrong, for people."""
        weather = [f"{each.method}: {each.share:.0%} of the calls fail" for each in self._weather]
        return [str(fault) for fault in self._waiting] + weather
