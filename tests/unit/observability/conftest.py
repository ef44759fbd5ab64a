import io
import json
from collections.abc import Callable
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
def logging_to() -> Callable[..., Page]:
    """Configures logging as the service does; the watch over every test puts back what that changes."""

    def start(level: str = "DEBUG", fmt: str = "json") -> Page:
        page = Page()
        configure(level, fmt, page.stream)
        return page

    return start


@pytest.fixture
def page(logging_to: Callable[..., Page]) -> Page:
    """JSON lines at DEBUG."""
    return logging_to()
