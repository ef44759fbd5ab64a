"""Python's cycle collector, paced for a service that keeps many objects for ever and makes few cycles.

Measured with 2,000 checks in one go and ccxt loaded: by default a full collection took up to 250 ms, in which nothing
else runs, no deletion and no probe, and collecting in all was a quarter of the cost of a check. Most of what it walked
through is ccxt, which never goes away: ``bot.exchanges.client`` sets that aside after importing it (``gc.freeze``).
"""

import gc

YOUNG = 20_000
"""New objects until the young are looked at. A burst of checks makes some 100 that live as long as their request."""
MIDDLE, OLD = 20, 20
"""Collections of the younger generation until the next older one has its turn."""


def pace_collector() -> None:
    """For the whole process."""
    gc.set_threshold(YOUNG, MIDDLE, OLD)
