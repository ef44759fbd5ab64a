"""Every simulated exchange: one row each, by ccxt id, in the order of the service's own catalogue."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.sandbox.exchanges.binance import BinanceSimulator
from bot.sandbox.exchanges.bingx import BingxSimulator
from bot.sandbox.exchanges.bitget import BitgetSimulator
from bot.sandbox.exchanges.bybit import BybitSimulator
from bot.sandbox.exchanges.coinbase import CoinbaseSimulator
from bot.sandbox.exchanges.cryptocom import CryptocomSimulator
from bot.sandbox.exchanges.deribit import DeribitSimulator
from bot.sandbox.exchanges.gate import GateSimulator
from bot.sandbox.exchanges.gemini import GeminiSimulator
from bot.sandbox.exchanges.htx import HtxSimulator
from bot.sandbox.exchanges.hyperliquid import HyperliquidSimulator
from bot.sandbox.exchanges.kraken import KrakenSimulator
from bot.sandbox.exchanges.krakenfutures import KrakenFuturesSimulator
from bot.sandbox.exchanges.kucoin import KucoinSimulator
from bot.sandbox.exchanges.mexc import MexcSimulator
from bot.sandbox.exchanges.okx import OkxSimulator
from bot.sandbox.exchanges.phemex import PhemexSimulator
from bot.sandbox.exchanges.simulator import Clock, Events
from bot.sandbox.exchanges.venue import Venue
from bot.sandbox.exchanges.woo import WooSimulator

SIMULATORS: Final[Mapping[str, Callable[[Clock, Events], Venue]]] = {
    "binance": BinanceSimulator,
    "bybit": BybitSimulator,
    "okx": OkxSimulator,
    "mexc": MexcSimulator,
    "gate": GateSimulator,
    "bitget": BitgetSimulator,
    "kucoin": KucoinSimulator,
    "htx": HtxSimulator,
    "bingx": BingxSimulator,
    "kraken": KrakenSimulator,
    "krakenfutures": KrakenFuturesSimulator,
    "deribit": DeribitSimulator,
    "woo": WooSimulator,
    "gemini": GeminiSimulator,
    "phemex": PhemexSimulator,
    "cryptocom": CryptocomSimulator,
    "coinbase": CoinbaseSimulator,
    "hyperliquid": HyperliquidSimulator,
}
