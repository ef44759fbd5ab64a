"""Logs: one JSON line per event, from an allow-list, so that no secret can pass by accident.

The service logs constant event names with ids as ``extra``. Everything else is held back:

- An extra that is not in ``FIELDS`` is dropped.
- A foreign library's record keeps its logger, level and place in the code, and the class of its exception; its text is
  dropped, because ccxt, aiogram, aiosqlite and asyncio put keys, signatures, message texts and parameters there.
- No traceback prints values: frames are named by file, line and function.

``scrub`` is the second net, for what the first let through. Control characters are escaped by JSON, and in text format
by ``repr``, so one event is one line.
"""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any, TextIO

import structlog

OURS = "latchkey"

# fmt: off
FIELDS = frozenset({
    "after", "age", "attempts", "chat", "code", "connection", "connections", "count", "depth", "environment",
    "error", "event", "exchange", "failure", "foreign", "item", "kind", "lateness", "level", "logger", "market",
    "method", "name", "new", "old", "outcome", "operators", "pending", "pid", "port", "reason", "remedy", "results",
    "revision", "seconds", "side", "state", "status", "stored", "term", "terms", "timestamp", "update", "updates",
    "user", "version", "where", "why",
})
# fmt: on
"""What a log line may hold: ids, counts, closed words. Never texts, names of people, labels or bodies."""

_SECRETISH = re.compile(
    r"-----BEGIN[^-]*-----.*?(?:-----END[^-]*-----|$)"
    r"|\b\d{6,}:[A-Za-z0-9_-]{30,}"
    r"|(?i:signature|secret|passphrase|api[_-]?key|token)=[^&\s\"']+"
    r"|[A-Za-z0-9+/_=-]{40,}",
    re.DOTALL,
)

Event = MutableMapping[str, Any]


def scrub(text: str) -> str:
    """Replaces everything that looks like a secret. Hex ids of 32 characters pass: they are ours."""
    return _SECRETISH.sub("[scrubbed]", text)


class OneEvent(logging.Filter):
    """Turns every record into what may be said of it, before any formatter or handler sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True: records are reduced, not dropped."""
        if not record.name.startswith(OURS):
            record.msg, record.args = "foreign", ()
            record.foreign = record.name
        elif record.args:
            record.msg, record.args = "formatted", ()  # our events are constants; a formatted text is a mistake
        exception = record.exc_info
        record.exc_info, record.exc_text, record.stack_info = None, None, None
        if exception and exception[0] is not None:
            record.error = exception[0].__name__
            record.where = _place(exception[2]) or f"{record.module}:{record.lineno}"
        elif not record.name.startswith(OURS):
            record.where = f"{record.module}:{record.lineno}"
        return True


def _place(trace: TracebackType | None) -> str | None:
    frames = traceback.extract_tb(trace)
    if not frames:
        return None
    last = frames[-1]
    return f"{last.filename.rsplit('/', 1)[-1]}:{last.lineno}:{last.name}"


def _allow(_: object, __: str, event: Event) -> Event:
    record: logging.LogRecord = event["_record"]
    kept: Event = {"event": str(record.msg), "level": record.levelname.lower(), "logger": record.name}
    for name, value in vars(record).items():
        if name in FIELDS and name not in {"name", "message"} and value is not None and name not in kept:
            kept[name] = value if isinstance(value, int | float | bool) else scrub(str(value))
    kept["timestamp"] = structlog.processors.TimeStamper(fmt="iso", utc=True)(None, "", {})["timestamp"]
    return kept


def _as_line(_: object, __: str, event: Event) -> str:
    """For a terminal: time, level, event, then the facts; every value escaped, so one event stays one line."""
    head = f"{event.pop('timestamp')} {event.pop('level'):<8}{event.pop('event')}"
    return head + "".join(f" {name}={value!r}" for name, value in event.items())


def configure(level: str, fmt: str, stream: TextIO | None = None) -> None:
    """Sends every record of this process through the one narrow door.

    Args:
        level: for our own events; foreign libraries are heard from WARNING up unless it is DEBUG.
        fmt: ``json`` or ``text``.
        stream: standard error if None.
    """
    renderer: Any = structlog.processors.JSONRenderer() if fmt == "json" else _as_line
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.addFilter(OneEvent())
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=[_allow, renderer], foreign_pre_chain=[]))
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel("DEBUG" if level == "DEBUG" else "WARNING")
    logging.getLogger(OURS).setLevel(level)
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False  # a handler's own error would print the record's text
    sys.excepthook = _last_words


def _last_words(kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("latchkey.process").critical(
        "process.crashed", extra={"error": kind.__name__, "where": _place(trace)}
    )
