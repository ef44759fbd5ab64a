"""What one address may spend at an exchange, and what we make of it: plain data.

Exchanges count in windows of their own: 600 requests in five seconds, 6,000 weight in a minute. Whatever we do has to
hold in every such window, wherever it begins, and not only over a minute.
"""

from dataclasses import dataclass
from typing import Final

_STEADY: Final = 0.75
"""The part of a limit that is spent in the long run. The rest is for the moment in which much comes at once, and for
whoever else asks from our address."""
_BURST: Final = 0.2
"""The part of a limit that may go at once after a quiet time; with the steady part it stays below the whole."""
_SLICE: Final = 6.0
"""Seconds' worth of the steady part that may go at once, at most: nobody is to send a minute's work in one second."""


@dataclass(frozen=True, slots=True)
class Budget:
    """A limit of an exchange that holds for an address.

    Attributes:
        most: weight that is never exceeded in any window.
        seconds: how long a window is.
        documented: False where the exchange documents no limit by address for what is charged here, as where it counts
            by key or account: then ``most`` is what we keep to.
        advised: weight a minute that the exchange advises not to exceed, where that is below its limit.
    """

    most: int
    seconds: float = 60.0
    documented: bool = True
    advised: int | None = None

    @property
    def a_minute(self) -> float:
        """Weight a minute that we spend in the long run."""
        steady = self.most * _STEADY * 60 / self.seconds
        return steady if self.advised is None else min(steady, self.advised)

    @property
    def at_once(self) -> float:
        """Weight that may go at once after a quiet time."""
        return min(self.most * _BURST, self.a_minute / 60 * _SLICE)
