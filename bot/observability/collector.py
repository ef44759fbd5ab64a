"""Python's cycle collector, paced for a service that keeps many objects for ever and makes few cycles.

Measured with 2,000 checks in one go and ccxt loaded: by default a full collection took up to 250 ms, in which nothing
else runs, no deletion and no probe, and collecting in all was a quarter of the cost of a check. It also took a sixth of
the time that the imports take, most of it in aiogram's 300 classes: so the process begins with it. What ccxt brings is
set aside when it is imported (``bot.exchanges.library``), and with it everything that came before.
"""

import gc

YOUNG = 20_000
"""New objects until the young are looked at: a check makes some hundred that live as long as its request."""
MIDDLE, OLD = 20, 20
"""Collections of the younger generation until the next older one has its turn."""


def pace_collector() -> None:
    """For the whole process."""
    gc.set_threshold(YOUNG, MIDDLE, OLD)
