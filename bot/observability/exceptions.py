"""Exceptions, told by class and place. Their texts, arguments and locals hold keys, messages and parameters.

``tell_uncaught`` and ``tell_of_loop`` close every way by which Python itself would print one: an exception that nobody
caught (main thread, other threads, ``__del__``), a task whose exception nobody fetched, a callback that raised. A
task's or a callback's ``repr``, which asyncio would print, holds arguments.
"""

import asyncio
import logging
import os
import sys
import threading
from pathlib import Path, PurePath
from types import CodeType
from typing import Any, Final

log = logging.getLogger("latchkey.process")

_DEEPEST: Final = 3
"""Frames that are named: enough to see which step of ours met it, and where it came from."""

_OURS: Final = str(Path(__file__).parents[1]) + os.sep
"""Files of this package."""

_WIDEST: Final = 4
"""Classes that are named of a group of exceptions."""


def class_of(error: BaseException) -> str:
    """The name of its class; for a group also the classes in it: ``ExceptionGroup(OSError, ValueError)``."""
    name = type(error).__name__
    if not isinstance(error, BaseExceptionGroup):
        return name
    inside = list(dict.fromkeys(class_of(each) for each in error.exceptions))
    more = ["..."] if len(inside) > _WIDEST else []
    return f"{name}({', '.join(inside[:_WIDEST] + more)})"


def place_of(error: BaseException) -> str:
    """Where it was raised: the innermost frames of our own, then the one that raised it, outermost first.

    ``intake.py:120 accept > engine.py:101 _session > base.py:1977 _exec``; empty if it was never raised. The source is
    not read: a line of it may quote a value.
    """
    places: list[tuple[CodeType, int]] = []
    trace = error.__traceback__
    while trace is not None:
        places.append((trace.tb_frame.f_code, trace.tb_lineno))
        trace = trace.tb_next
    ours = [place for place in places[:-1] if place[0].co_filename.startswith(_OURS)]
    named = (ours or places[:-1])[1 - _DEEPEST :] + places[-1:]
    return " > ".join(f"{PurePath(code.co_filename).name}:{line} {code.co_name}" for code, line in named)


def tell_uncaught() -> None:
    """Takes over from Python whatever it would print of an exception that nobody caught."""
    sys.excepthook = _process_ends
    threading.excepthook = _thread_ended
    sys.unraisablehook = _could_not_be_raised


def tell_of_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Takes over from asyncio whatever it would print of a task or a callback that failed."""
    loop.set_exception_handler(_loop_met)


def _process_ends(_kind: type[BaseException], error: BaseException, _trace: object) -> None:
    if not isinstance(error, KeyboardInterrupt):
        _tell(logging.CRITICAL, "process.crashed", error)


def _thread_ended(met: threading.ExceptHookArgs) -> None:
    if met.exc_value is not None and not isinstance(met.exc_value, SystemExit):
        _tell(logging.ERROR, "process.thread_failed", met.exc_value)


def _could_not_be_raised(met: "sys.UnraisableHookArgs") -> None:
    if met.exc_value is not None:
        _tell(logging.ERROR, "process.cleanup_failed", met.exc_value)


def _loop_met(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    # The context's message is no constant: uvloop and asyncio put the callback's repr there, with its arguments.
    error = context.get("exception")
    if isinstance(error, BaseException):
        _tell(logging.ERROR, "process.loop_failed", error)
    else:
        log.error("process.loop_complained")


def _tell(level: int, event: str, error: BaseException) -> None:
    log.log(level, event, extra={"error": class_of(error), "where": place_of(error)})
