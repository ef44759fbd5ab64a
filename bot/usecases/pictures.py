"""What a picture of history shows, and who draws it. All words in it are said by whoever asks: a drawing knows none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.history import Cell, State


@dataclass(frozen=True, slots=True)
class Strip:
    """One row of cells.

    Attributes:
        name: the words on its left, such as a connection's label.
        value: the words on its right, such as its uptime.
        cells: oldest first.
    """

    name: str
    value: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Latency:
    """How fast the exchange answered: for each cell a bar of the mean, with a stem to the highest, in milliseconds."""

    name: str
    value: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture, from top to bottom: of one connection, or with a strip for each of several.

    Attributes:
        title, subtitle: what it is about.
        figure, figure_says: the one number that matters, and what it says; empty for none.
        strips: all of the same time.
        ticks: words under the strips, each at a place from 0 (their left end) to 1.
        legend: the states that are shown, with their words.
        latency: None leaves it out.
        changes_title, changes: the last changes, each with the state it led to; none leaves them out.
        footer: when it was made, and in which time zone its days are.
    """

    title: str
    subtitle: str
    figure: str
    figure_says: str
    strips: Sequence[Strip]
    ticks: Sequence[tuple[float, str]]
    legend: Sequence[tuple[State, str]]
    latency: Latency | None
    changes_title: str
    changes: Sequence[tuple[State, str]]
    footer: str


class HistoryPictures(Protocol):
    """Draws. Takes some tens of milliseconds, off the event loop."""

    async def draw(self, sheet: Sheet) -> bytes:
        """A PNG, 1080 pixels wide: for a photo in a chat, on a phone, whether dark or light."""
        ...
