"""How many connections one egress address carries at each exchange, and how many there are.

Exchanges count by address what all connections ask together, and shut out an address that asks more. We never do: with
too many connections, checks would come late instead.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.commands.checkup.finding import Finding, caution, good
from bot.domain.connection import Environment, Place
from bot.exchanges.capacity import counted_together, least_connections_per_address, spent_share
from bot.exchanges.registry import ADAPTERS, adapter_of
from bot.settings import PREFIX, Settings

_MUCH: Final = 0.8
"""The part of what an address carries from which on more room should be made."""


def capacity(settings: Settings, connected: Mapping[Place, int] | None) -> Iterator[Finding]:
    """A line for each exchange; for other servers than those of live only where there are connections.

    ``connected``: how many there are at each place; None if that is not known.
    """
    interval = settings.check_interval
    for exchange in ADAPTERS:
        for environment, together in counted_together(exchange).items():
            here = {
                place: count
                for place, count in (connected or {}).items()
                if place.exchange == exchange and place.environment in together
            }
            if here or environment is Environment.LIVE:
                yield _finding(exchange, environment, here if connected is not None else None, interval)


def _finding(exchange: str, environment: Environment, here: Mapping[Place, int] | None, interval: float) -> Finding:
    world = "" if environment is Environment.LIVE else f" {environment}"
    about = f"{adapter_of(exchange).PROFILE.title}{world} capacity"
    carried = least_connections_per_address(exchange, environment, interval)
    says = f"one address carries {carried:,} connections every {interval:g} s"
    if here is None:
        return good(about, says)
    share = spent_share(exchange, here, interval)
    found = f"{says}; {sum(here.values()):,} are connected, {share:.0%} of what may be asked"
    if share <= _MUCH:
        return good(about, found)
    late = ": their checks come late" if share > 1 else ""
    return caution(
        about,
        f"{found}{late}",
        f"Raise {PREFIX}CHECK_INTERVAL, or run a second Latchkey, with a bot of its own, from another address.",
    )
