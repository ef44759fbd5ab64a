"""Logs: one line per event, from an allow-list, so that no secret can pass by accident.

The service logs constant event names with facts as ``extra``: ids, numbers, closed words. All else is held back:

- A fact whose name is not in ``FIELDS`` is dropped; one that is neither a number nor a short plain word is withheld.
- A foreign library's record keeps its logger, its level, its place in the code and the class of its exception. Its
  text is not even formatted: ccxt, aiogram, aiosqlite, SQLAlchemy and asyncio put keys, signatures, messages and
  parameters there.
- An exception is named by its class and by where it was raised. Nothing reads its text, its arguments or its locals.

``scrub`` is the second net, for a secret that looks like a plain word. Every character outside of printable ASCII is
escaped, so a line cannot be broken, rewritten or turned around by what is in it (threats 12 and 13).
"""

import json
import logging
import math
import re
import sys
from collections.abc import Callable, MutableMapping
from datetime import UTC, datetime
from typing import Any, Final, TextIO

import structlog

from bot.observability.exceptions import class_of, place_of, tell_uncaught

OURS: Final = "latchkey"
"""Our loggers are ``latchkey`` and its children; all others are foreign."""

# fmt: off
FIELDS: Final = frozenset({
    "after", "age", "attempts", "because", "chat", "code", "connection", "connections", "count", "depth", "environment",
    "error", "exchange", "failure", "item", "kind", "lateness", "market", "method", "new", "notice", "old", "outcome",
    "operators", "pending", "pid", "port", "reason", "results", "revision", "seconds", "side", "state", "status",
    "task", "term", "update", "update_kind", "updates", "user", "version", "where", "why",
})
# fmt: on
"""What a line may hold beside time, level, event and logger. Never texts, names of people, labels or bodies."""

WITHHELD: Final = "[withheld]"
"""Stands for a value that is no plain word: a fact of that name was there, and it should not have been."""

SCRUBBED: Final = "[scrubbed]"

NAMELESS: Final = "nameless"
"""Stands for a message of ours that is no constant event name."""

FOREIGN: Final = "foreign"

_EVENT: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", re.ASCII)
_LONGEST_EVENT: Final = 60
_WORD: Final = re.compile(r"[\w .,:;@/+()<>\[\]-]{0,240}", re.ASCII)
_BIGGEST: Final = 2**63
"""Telegram's ids fit; a key read as a number does not."""
_IN_ORDER: Final = sorted(FIELDS)
_SECRETISH: Final = re.compile(
    r"-----BEGIN[^-]*-----.*?(?:-----END[^-]*-----|$)"
    r"|\b\d{6,}:[A-Za-z0-9_-]{30,}"
    r"|(?i:signature|secret|passphrase|api[_-]?key|token)=[^&\s\"']+"
    r"|[A-Za-z0-9+/_=-]{40,}",
    re.DOTALL,
)

Event = MutableMapping[str, Any]
Render = Callable[[Event], str]


def scrub(text: str) -> str:
    """Replaces everything that looks like a secret. Hex ids of 32 characters pass: they are ours."""
    return _SECRETISH.sub(SCRUBBED, text)


class OneLine(logging.Formatter):
    """Writes of each record what may be said of it, on one line of printable ASCII. The record stays as it is."""

    def __init__(self, render: Render) -> None:
        super().__init__()
        self._render = render

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        return self._render(event_of(record))


def event_of(record: logging.LogRecord) -> Event:
    """What may be said of a record."""
    ours = record.name == OURS or record.name.startswith(f"{OURS}.")
    event: Event = {
        "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": plain(record.levelname).lower(),
        "event": _name(record.msg) if ours else FOREIGN,
        "logger": plain(record.name),
    }
    facts, here = vars(record), f"{plain(record.module)}:{record.lineno}"
    if ours:
        event.update((name, plain(facts[name])) for name in _IN_ORDER if facts.get(name) is not None)
    else:
        event["where"] = here
    if isinstance(record.exc_info, tuple) and isinstance(record.exc_info[1], BaseException):
        error = record.exc_info[1]
        event["error"] = plain(class_of(error))
        event["where"] = plain(place_of(error)) or here
    return event


def plain(value: object) -> Any:
    """A fact as it may be logged: a number, or a short plain word without anything that looks like a secret.

    An object that is neither is not asked for its text: it could hold anything, and could refuse.
    """
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) < _BIGGEST:
        return int(value)  # an enumeration's member would bring its own text
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)  # JSON has no infinity
    if isinstance(value, str) and _WORD.fullmatch(value):
        return scrub(str.__str__(value))
    return WITHHELD


def as_json(event: Event) -> str:
    """For machines: JSON, everything but ASCII escaped."""
    line: str = _JSON(None, "", event)  # type: ignore[assignment] # str, because the serializer below returns str
    return line


def as_text(event: Event) -> str:
    """For a terminal: time, level, event, then the facts."""
    head = f"{event.pop('timestamp')} {event.pop('level'):<8} {event.pop('event')}"
    return head + "".join(f" {name}={_shown(value)}" for name, value in event.items())


def configure(level: str, fmt: str, stream: TextIO | None = None) -> None:
    """Sends every record of this process through the one narrow door.

    Args:
        level: for our own events; foreign libraries are heard from WARNING up, unless it is DEBUG.
        fmt: ``json`` or ``text``.
        stream: standard error if None.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(OneLine(as_text if fmt == "text" else as_json))
    root = logging.getLogger()
    for logger in (root, *logging.root.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger):
            logger.handlers.clear()  # a library that brings its own handler would pass by this one
    root.addHandler(handler)
    root.setLevel(logging.DEBUG if level == "DEBUG" else logging.WARNING)
    logging.getLogger(OURS).setLevel(level)
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False  # a handler's own error would print the record's text
    tell_uncaught()


def _name(message: object) -> str:
    """Our events are constants. Whatever is not shaped like one was put together from something."""
    if isinstance(message, str) and len(message) <= _LONGEST_EVENT and _EVENT.fullmatch(message):
        return scrub(message)
    return NAMELESS


def _shown(value: object) -> str:
    return ascii(value) if isinstance(value, str) else str(value)


def _dumps(event: Event, **_: object) -> str:
    return json.dumps(event, separators=(",", ":"))


_JSON: Final = structlog.processors.JSONRenderer(serializer=_dumps)
