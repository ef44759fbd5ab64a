"""The store's side of announced maintenance: what is announced, as the exchanges last said it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from bot.domain.announced import Span
from bot.domain.connection import Environment, Market, Place


class Announced(Protocol):
    """What exchanges announced, and what they had lately."""

    async def at(self, place: Place) -> Sequence[Span]:
        """Of one place."""

    async def of(self, exchange: str, environment: Environment) -> Mapping[Market, Sequence[Span]]:
        """Of all markets of an exchange's environment at which something is announced, or was lately."""

    async def replace(self, exchange: str, environment: Environment, spans: Mapping[Market, Collection[Span]]) -> None:
        """From now on it is this."""

    async def forget(self, over_before: float) -> int:
        """Drops what ended before this moment, wherever."""

    async def kept_waiting(self, exchange: str, environment: Environment, now: float) -> Sequence[int]:
        """The chats for which news of a connection there wait for a later time."""
