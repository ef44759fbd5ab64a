"""What is known of each exchange, as data that the tests beside this folder walk: one module per exchange.

Each has ``ANSWERS`` (every error of the facts with its body), ``CODES`` (the codes the facts name), ``HOSTS`` (where
each environment is asked), ``OTHERWISE`` (where a situation does not come to what it usually comes to, and why),
``STALE`` (how it refuses a timestamp) and ``MARKS`` (headers that go with a key, where environments share a host).
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, cast

from bot.domain.connection import Environment, Market
from tests.integration.exchanges.answers import Bad
from tests.integration.exchanges.situations import Difference


class Known(Protocol):
    """A module of this folder."""

    @property
    def ANSWERS(self) -> tuple[Bad, ...]: ...  # noqa: N802 - a module's constant
    @property
    def CODES(self) -> frozenset[str]: ...  # noqa: N802
    @property
    def HOSTS(self) -> Mapping[tuple[Market, Environment], frozenset[str]]: ...  # noqa: N802
    @property
    def OTHERWISE(self) -> tuple[Difference, ...]: ...  # noqa: N802
    @property
    def STALE(self) -> Bad: ...  # noqa: N802
    @property
    def MARKS(self) -> Mapping[Environment, Mapping[str, str]]: ...  # noqa: N802


def known(exchange: str) -> Known:
    """What is known of an exchange. Raises ``ModuleNotFoundError`` if nobody wrote it down."""
    return cast("Known", import_module(f"{__name__}.{exchange}"))
