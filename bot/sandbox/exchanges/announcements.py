"""Maintenance that a simulated exchange announces: made, moved and called off by tests and on the page.

How it is worded is each exchange's own; here is what there is to say.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

_LONGEST: Final = 14 * 24 * 60
"""Minutes that the page takes: longer than anybody believes, so that disbelief can be seen."""


@dataclass(slots=True)
class Maintenance:
    """One maintenance. Times are epoch milliseconds by the exchange's clock.

    Attributes:
        called_off: it stays in the books, and is not going to happen.
        disruption: nobody planned it; it is only reported.
    """

    number: int
    environment: str
    begin_ms: int
    end_ms: int
    called_off: bool = False
    disruption: bool = False

    def state(self, now_ms: int) -> str:
        """In the word that exchanges have for it."""
        if self.called_off:
            return "canceled"
        if now_ms < self.begin_ms:
            return "scheduled"
        return "ongoing" if now_ms < self.end_ms else "completed"


class Announcements:
    """All that an exchange has announced, in the order in which it did."""

    def __init__(self, environments: tuple[str, ...], now_ms: Callable[[], int], on_change: Callable[[], None]) -> None:
        self._environments = environments
        self._now_ms = now_ms
        self._on_change = on_change
        self._all: list[Maintenance] = []

    def __iter__(self) -> Iterator[Maintenance]:
        return iter(self._all)

    def announce(
        self, start: float, seconds: float, environment: str = "live", *, disruption: bool = False
    ) -> Maintenance:
        """Announces one, from ``start`` (epoch seconds) on.

        Raises:
            ValueError: for an environment of which nothing is announced.
        """
        if environment not in self._environments:
            raise ValueError(f"nothing is announced of {environment}; only of {', '.join(self._environments)}")
        begin = int(start * 1000)
        one = Maintenance(len(self._all) + 1, environment, begin, begin + int(seconds * 1000), disruption=disruption)
        self._all.append(one)
        self._on_change()
        return one

    def move(self, number: int, start: float, seconds: float) -> Maintenance:
        """It is going to be at another time. Raises ``LookupError`` if there is no such maintenance."""
        one = self._named(number)
        one.begin_ms = int(start * 1000)
        one.end_ms = one.begin_ms + int(seconds * 1000)
        self._on_change()
        return one

    def call_off(self, number: int) -> Maintenance:
        """It is not going to be. Raises ``LookupError`` if there is no such maintenance."""
        one = self._named(number)
        one.called_off = True
        self._on_change()
        return one

    def as_json(self) -> list[dict[str, Any]]:
        """Those that are not over, as the page shows them."""
        now = self._now_ms()
        return [
            {
                "number": one.number,
                "environment": one.environment,
                "begin_ms": one.begin_ms,
                "end_ms": one.end_ms,
                "state": one.state(now),
            }
            for one in self._all
            if one.state(now) in {"scheduled", "ongoing"}
        ]

    def apply(self, name: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """What was asked for on the page: another one, or one of that number moved by so many minutes or called off.

        Raises:
            LookupError: for a number that there is none of.
            ValueError: for something that is no number of minutes, or nothing that can be done.
        """
        if not name:
            start = self._now_ms() / 1000 + _minutes(body, "in_minutes", least=0) * 60
            self.announce(start, _minutes(body, "minutes") * 60, str(body.get("environment", "live")))
        elif body.get("action") == "move":
            one = self._named(_number(name))
            later = one.begin_ms / 1000 + _minutes(body, "by_minutes") * 60
            self.move(one.number, later, (one.end_ms - one.begin_ms) / 1000)
        elif body.get("action") == "call_off":
            self.call_off(_number(name))
        else:
            raise ValueError("an announcement can be moved and called off")
        return {"announcements": self.as_json()}

    def _named(self, number: int) -> Maintenance:
        found = next((one for one in self._all if one.number == number), None)
        if found is None:
            raise LookupError(f"no announcement {number}")
        return found


def _number(name: str) -> int:
    if not name.isdecimal():
        raise LookupError("announcements are numbered")
    return int(name)


def _minutes(body: Mapping[str, Any], name: str, least: int = 1) -> int:
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= _LONGEST:
        raise ValueError(f"{name} is a number of minutes, {least} to {_LONGEST}")
    return value
