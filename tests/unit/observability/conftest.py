import io
import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.observability.logs import configure


class Page:
    """What the service would have written to standard error."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines]


@pytest.fixture
def logging_to() -> Iterator[Callable[..., Page]]:
    """Configures logging as the service does; all that it changes is put back."""
    root, ours = logging.getLogger(), logging.getLogger("latchkey")
    handlers, levels, loud = root.handlers[:], (root.level, ours.level), logging.raiseExceptions
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook

    def start(level: str = "DEBUG", fmt: str = "json") -> Page:
        page = Page()
        configure(level, fmt, page.stream)
        return page

    yield start
    logging.captureWarnings(capture=False)
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    logging.raiseExceptions = loud
    root.setLevel(levels[0])
    ours.setLevel(levels[1])
    root.handlers[:] = handlers


@pytest.fixture
def page(logging_to: Callable[..., Page]) -> Page:
    """JSON lines at DEBUG."""
    return logging_to()
