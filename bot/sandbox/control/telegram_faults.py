"""The Telegram fault menu of the page: the faults people meet, by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.telegram.faults import ANY_METHOD
from bot.sandbox.telegram.state import Telegram

DEFAULT: dict[str, Any] = {"method": "sendMessage", "times": 1, "seconds": 3}
METHOD = {"name": "method", "label": "Method (* is any)", "type": "text", "default": DEFAULT["method"]}
TIMES = {"name": "times", "label": "Calls", "type": "number", "default": DEFAULT["times"]}
SECONDS = {"name": "seconds", "label": "Seconds", "type": "number", "default": DEFAULT["seconds"]}


@dataclass(frozen=True, slots=True)
class Wish:
    """The fields somebody filled in."""

    method: str
    times: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the menu."""

    label: str
    fields: tuple[dict[str, Any], ...]
    arm: Callable[[Telegram, Wish], None]


def _flood(telegram: Telegram, wish: Wish) -> None:
    telegram.faults.once(wish.method, retry_after=max(1, round(wish.seconds)), times=wish.times)


def _server_error(telegram: Telegram, wish: Wish) -> None:
    telegram.faults.once(wish.method, 502, "Bad Gateway", times=wish.times)


def _slow(telegram: Telegram, wish: Wish) -> None:
    telegram.faults.once(wish.method, delay=wish.seconds, times=wish.times)


def _no_answer(telegram: Telegram, wish: Wish) -> None:
    telegram.faults.once(wish.method, drop=True, times=wish.times)


def _lost_answer(telegram: Telegram, wish: Wish) -> None:
    telegram.faults.once(wish.method, after=True, times=wish.times)


def _cannot_delete(telegram: Telegram, wish: Wish) -> None:
    for method in ("deleteMessage", "deleteMessages"):
        telegram.faults.once(method, 400, "Bad Request: message can't be deleted", times=wish.times)


def _second_poller(telegram: Telegram, wish: Wish) -> None:
    reason = "terminated by other getUpdates request; make sure that only one bot instance is running"
    telegram.faults.once("getUpdates", 409, f"Conflict: {reason}", times=wish.times)


def _outage(telegram: Telegram, _: Wish) -> None:
    for method in (ANY_METHOD, "getUpdates"):
        telegram.faults.once(method, 502, "Bad Gateway", times=None)


def _limits(telegram: Telegram, _: Wish) -> None:
    telegram.limits.enforced = True


MENU: dict[str, Item] = {
    "flood": Item("429 Too Many Requests", (METHOD, SECONDS, TIMES), _flood),
    "server_error": Item("502 Bad Gateway", (METHOD, TIMES), _server_error),
    "slow": Item("Slow answers", (METHOD, SECONDS, TIMES), _slow),
    "no_answer": Item("Connection dropped, nothing done", (METHOD, TIMES), _no_answer),
    "lost_answer": Item("Done, but the answer is lost", (METHOD, TIMES), _lost_answer),
    "cannot_delete": Item("Message can't be deleted", (TIMES,), _cannot_delete),
    "second_poller": Item("409: somebody else polls", (TIMES,), _second_poller),
    "outage": Item("Telegram is down until cleared", (), _outage),
    "limits": Item("Enforce 30/s, 1/s per chat, 20/min per group", (), _limits),
}


def menu_view() -> list[dict[str, Any]]:
    """The menu as the page reads it."""
    return [{"name": name, "label": item.label, "fields": list(item.fields)} for name, item in MENU.items()]


def active_faults(telegram: Telegram) -> list[str]:
    """What goes wrong now or at the next call."""
    return telegram.faults.names() + (["sending limits enforced"] if telegram.limits.enforced else [])


def apply_fault(telegram: Telegram, body: Mapping[str, Any]) -> None:
    """Arms a fault of the menu, or clears them all.

    Raises:
        ValueError: for a fault or a number that makes no sense.
    """
    if body.get("clear"):
        telegram.faults.clear()
        telegram.limits.enforced = False
        return
    name = str(body.get("name"))
    if name not in MENU:
        raise ValueError(f"no such fault: {name}; there are {', '.join(MENU)}")
    filled = DEFAULT | {field: value for field, value in body.items() if value not in (None, "")}
    wish = Wish(str(filled["method"]), int(filled["times"]), float(filled["seconds"]))
    MENU[name].arm(telegram, wish)
