"""The catalogue: one row per exchange, in the order in which it is offered.

An adapter is imported when it is first needed, and ccxt when the first key is signed for: who watches two exchanges
does not load sixteen.
"""

from functools import cache
from importlib import import_module
from typing import Final, cast

from bot.exchanges.adapter import Adapter

ADAPTERS: Final = {
    "binance": "bot.exchanges.binance",
    "bybit": "bot.exchanges.bybit",
    "okx": "bot.exchanges.okx",
    "mexc": "bot.exchanges.mexc",
    "gate": "bot.exchanges.gate",
    "bitget": "bot.exchanges.bitget",
    "kucoin": "bot.exchanges.kucoin",
    "htx": "bot.exchanges.htx",
    "bingx": "bot.exchanges.bingx",
    "kraken": "bot.exchanges.kraken",
    "krakenfutures": "bot.exchanges.krakenfutures",
    "deribit": "bot.exchanges.deribit",
    "woo": "bot.exchanges.woo",
    "gemini": "bot.exchanges.gemini",
    "phemex": "bot.exchanges.phemex",
    "cryptocom": "bot.exchanges.cryptocom",
    "coinbase": "bot.exchanges.coinbase",
    "hyperliquid": "bot.exchanges.hyperliquid",
}
"""Module by exchange id."""


@cache
def adapter_of(exchange: str) -> Adapter:
    """The adapter of an exchange.

    Raises:
        KeyError: if there is none.
    """
    return cast("Adapter", import_module(ADAPTERS[exchange]))
