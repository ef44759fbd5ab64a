"""A figure, and what it should be."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure is to reach: at least, or at most, so much."""

    bound: float
    at_least: bool = False

    def met_by(self, value: float) -> bool:
        return value >= self.bound if self.at_least else value <= self.bound

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {shown(self.bound)}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table.

    Attributes:
        to_bare: the ratio to a bare aiohttp GET + JSON in the same run, where that is a measure of it.
        target: is about ``to_bare`` where there is one, else about ``value``.
    """

    name: str
    value: float
    unit: str
    to_bare: float | None = None
    target: Target | None = None

    @property
    def met(self) -> bool | None:
        """None if nothing is asked of it."""
        if self.target is None:
            return None
        return self.target.met_by(self.value if self.to_bare is None else self.to_bare)


def at_most(bound: float) -> Target:
    return Target(bound)


def at_least(bound: float) -> Target:
    return Target(bound, at_least=True)


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many percent of the values do not exceed."""
    if len(values) < 2:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def shown(value: float) -> str:
    """Three digits that matter."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
