"""Exchanges that are no more, for whoever still asks for them: a clear answer is better than "unknown"."""

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class ClosedExchange:
    """One that has closed for good.

    Attributes:
        id: ccxt's id while it lived.
        title: its name as people wrote it.
        aliases: other words people may type for it, lower case.
        closed_on: its last day.
        nearest: ids of those that trade most nearly the same, the nearest first; some may not be in the catalogue.
    """

    id: str
    title: str
    closed_on: date
    nearest: tuple[str, ...]
    aliases: tuple[str, ...] = ()


CLOSED: Final = {
    closed.id: closed
    for closed in (
        # Coin-settled perpetuals were its trade.
        ClosedExchange(
            "bitmex",
            "BitMEX",
            date(2026, 9, 23),
            nearest=("deribit", "bybit", "krakenfutures", "okx", "binance"),
            aliases=("bit mex", "xbtusd", "битмекс"),
        ),
    )
}
"""By id."""
