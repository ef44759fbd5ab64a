"""``CcxtGateway``: the exchanges as the use cases see them.

It routes a key to its exchange's adapter and keeps the promise of the port: whatever happens underneath, the caller
gets a report or an ``ExchangeTrouble`` of ours, in time, with nothing of ccxt, of aiohttp or of the credential in or
behind it.
"""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from bot.domain.connection import Credential, Environment, Place
from bot.domain.exchange import ExchangeProfile
from bot.domain.failures import ExchangeTrouble, Failure, Trouble
from bot.domain.permissions import KeyReport
from bot.exchanges.adapter import Dialect
from bot.exchanges.client import ExchangeClient, import_ccxt
from bot.exchanges.conversation import Conversation
from bot.exchanges.http import HttpSession, Way
from bot.exchanges.pace import Pace
from bot.exchanges.registry import ADAPTERS, adapter_of
from bot.usecases.ports import Clock, Progress

_LOG: Final = logging.getLogger("latchkey.exchanges")

_TOO_SLOW: Final = Trouble(Failure.EXCHANGE_UNAVAILABLE, code=Way.TIMEOUT.value)
_HELD_BACK: Final = Trouble(Failure.RATE_LIMITED, code="own pace")
"""Not the exchange's limit but ours, which lies below it."""


class CcxtGateway:
    """The ``ExchangeGateway`` over ccxt and HTTP.

    Args:
        exchange_urls: exchange id → origin that replaces scheme and host of all of that exchange's API URLs, path kept.
        clock: stamps requests, measures back-offs.
        egress_ips: our public addresses, as users are told to put them on their keys' lists.
        probes_in_flight: at most, per exchange and environment.
        timeout: seconds for a whole probe; an inspection, which asks several questions, may take twice as long.
        budget_share: which part of each exchange's budget this service may spend; less than 1 if something else asks
            the same exchanges from the same address.

    Raises:
        KeyError: for an exchange in ``exchange_urls`` that does not exist.
        ValueError: for an egress address that is none.
    """

    def __init__(
        self,
        exchange_urls: Mapping[str, str],
        clock: Clock,
        egress_ips: Sequence[str],
        probes_in_flight: int = 64,
        timeout: float = 15.0,
        *,
        budget_share: float = 1.0,
    ) -> None:
        unknown = exchange_urls.keys() - ADAPTERS.keys()
        if unknown:
            raise KeyError(f"no such exchange: {', '.join(sorted(unknown))}; there are {', '.join(ADAPTERS)}")
        self._origins = dict(exchange_urls)
        self._clock = clock
        self._in_flight = probes_in_flight
        self._timeout = timeout
        self._share = budget_share
        self._http = HttpSession(egress_ips, connect_timeout=timeout)
        self._clients: dict[Place, ExchangeClient] = {}
        self._paces: dict[tuple[str, Environment], Pace] = {}
        self._making_client = asyncio.Lock()

    def profiles(self) -> Mapping[str, ExchangeProfile]:
        """See ``ExchangeGateway``."""
        return {exchange: adapter_of(exchange).PROFILE for exchange in ADAPTERS}

    async def inspect(self, place: Place, credential: Credential, progress: Progress) -> KeyReport:
        """See ``ExchangeGateway``. Somebody is waiting for it, so it does not queue behind probes."""

        async def look(exchange: Conversation) -> KeyReport:
            return await adapter_of(place.exchange).inspect(exchange, progress)

        return await self._converse(place, credential, look, 2 * self._timeout)

    async def probe(self, place: Place, credential: Credential) -> KeyReport:
        """See ``ExchangeGateway``."""

        async def look(exchange: Conversation) -> KeyReport:
            async with self._pace(place).slots:
                return await adapter_of(place.exchange).probe(exchange)

        return await self._converse(place, credential, look, self._timeout)

    async def close(self) -> None:
        """Closes all connections. Checks that are under way end with a trouble."""
        await self._http.close()

    async def _converse(
        self,
        place: Place,
        credential: Credential,
        look: Callable[[Conversation], Awaitable[KeyReport]],
        seconds: float,
    ) -> KeyReport:
        exchange: Conversation | None = None
        try:
            async with asyncio.timeout(seconds):
                exchange = Conversation(
                    place=place,
                    credential=credential,
                    dialect=_dialect_of(place),
                    client=self._clients.get(place) or await self._new_client(place),
                    http=self._http,
                    pace=self._pace(place),
                    clock=self._clock,
                )
                return await look(exchange)
        except ExchangeTrouble as known:
            trouble = known.trouble
        except TimeoutError:
            trouble = _HELD_BACK if exchange is not None and exchange.held_back else _TOO_SLOW
        except Exception as error:  # noqa: BLE001 - the last net: nothing foreign passes this line
            trouble = _unexpected(place, error)
        # Raised here and not in the handlers, so that no foreign exception hangs on to it as its context, and no frame
        # with a signed request as its traceback.
        raise ExchangeTrouble(trouble)

    async def _new_client(self, place: Place) -> ExchangeClient:
        async with self._making_client:
            if place not in self._clients:
                await asyncio.to_thread(import_ccxt)
                origin = self._origins.get(place.exchange)
                self._clients[place] = ExchangeClient(_dialect_of(place), place.environment, origin, self._clock)
            return self._clients[place]

    def _pace(self, place: Place) -> Pace:
        key = (place.exchange, place.environment)
        pace = self._paces.get(key)
        if pace is None:
            pace = Pace(_dialect_of(place).budgets, self._clock, self._share, self._in_flight)
            self._paces[key] = pace
        return pace


def _dialect_of(place: Place) -> Dialect:
    return adapter_of(place.exchange).DIALECT


def _unexpected(place: Place, error: Exception) -> Trouble:
    """An answer of a shape nobody foresaw, or a mistake of ours. The log tells where, never what: texts quote data."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    _LOG.error(
        "exchange_answer_not_understood",
        extra={
            "exchange": place.exchange,
            "market": place.market,
            "environment": place.environment,
            "error": type(error).__name__,
            "where": f"{frame.name}:{frame.lineno}",
        },
    )
    return Trouble(Failure.UNEXPECTED, code=type(error).__name__)
