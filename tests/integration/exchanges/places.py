"""Every exchange of the catalogue, in each of its environments and markets."""

from typing import Final

from bot.domain.connection import Place
from bot.exchanges.registry import ADAPTERS, adapter_of

PLACES: Final = [
    Place(exchange, market, environment)
    for exchange in ADAPTERS
    for market, environments in adapter_of(exchange).PROFILE.worlds.items()
    for environment in environments
]


def named(place: Place) -> str:
    """For the name of a test."""
    return f"{place.exchange} {place.market} {place.environment}"
