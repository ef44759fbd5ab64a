"""``CcxtGateway``: the exchanges as the use cases see them.

It routes a key to its exchange's adapter and keeps the promise of the port: whatever happens underneath, the caller
gets a report or an ``ExchangeTrouble`` of ours, in time, with nothing of ccxt, of aiohttp or of the credential in or
behind it.
"""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final, TypeVar

from bot.domain.announced import Announcement
from bot.domain.connection import Credential, Environment, Place
from bot.domain.exchange import ExchangeProfile
from bot.domain.failures import ExchangeTrouble, Failure, Trouble
from bot.domain.permissions import KeyReport
from bot.exchanges import library
from bot.exchanges.accounts import Accounts
from bot.exchanges.adapter import Dialect
from bot.exchanges.announcing import announcements
from bot.exchanges.client import ExchangeClient
from bot.exchanges.conversation import Conversation, Line
from bot.exchanges.http import HttpSession, Way
from bot.exchanges.memory import Memory
from bot.exchanges.pace import OWN_PACE, Pace
from bot.exchanges.registry import ADAPTERS, adapter_of
from bot.usecases.ports import Clock, Progress

T = TypeVar("T")

_LOG: Final = logging.getLogger("latchkey.exchanges")

_TO_CONNECT: Final = 0.6
"""The part of a check's time in which the exchange must at least be reached. What is left when it is not tells a dead
network (ours, perhaps) from an exchange that takes requests and does not answer them."""

_TOO_SLOW: Final = Trouble(Failure.EXCHANGE_UNAVAILABLE, code=Way.TIMEOUT.value)
_NOBODY: Final = Credential(api_key="", secret="")
"""For questions that everybody may ask; nothing is signed with it."""


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
        self._http = HttpSession(egress_ips, connect_timeout=timeout * _TO_CONNECT)
        self._lines: dict[Place, Line] = {}
        self._paces: dict[tuple[str, Environment], Pace] = {}
        self._accounts: dict[tuple[str, Environment], Accounts] = {}
        self._laying_line = asyncio.Lock()

    def profiles(self) -> Mapping[str, ExchangeProfile]:
        """See ``ExchangeGateway``."""
        return {exchange: adapter_of(exchange).PROFILE for exchange in ADAPTERS}

    async def inspect(self, place: Place, credential: Credential, progress: Progress) -> KeyReport:
        """See ``ExchangeGateway``. Somebody is waiting for it, so it does not queue behind probes."""

        async def look(line: Line, exchange: Conversation) -> KeyReport:
            return await line.adapter.inspect(exchange, progress)

        return await self._converse(place, credential, look, 2 * self._timeout)

    async def probe(self, place: Place, credential: Credential) -> KeyReport:
        """See ``ExchangeGateway``."""
        return await self._converse(place, credential, _probe, self._timeout)

    async def clock_error(self, place: Place) -> float:
        """Seconds that our clock is behind an exchange's; negative if it is ahead. Asked without any key.

        Raises:
            ExchangeTrouble: if it cannot be reached, or does not tell the time.
        """

        async def ask(_: Line, exchange: Conversation) -> float:
            return await exchange.clock_error()

        return await self._converse(place, _NOBODY, ask, self._timeout)

    async def answers_anybody(self, place: Place) -> bool:
        """See ``ExchangeGateway``."""
        try:
            await self.clock_error(place)
        except ExchangeTrouble:
            return False
        return True

    def announcers(self) -> Mapping[str, Mapping[Environment, Environment]]:
        """See ``AnnouncedMaintenance``."""
        dialects = {exchange: adapter_of(exchange).DIALECT for exchange in ADAPTERS}
        return {exchange: each.announcing.asked_at for exchange, each in dialects.items() if each.announcing}

    async def announced(self, exchange: str, asked_at: Environment) -> Sequence[Announcement]:
        """See ``AnnouncedMaintenance``."""
        worlds = adapter_of(exchange).PROFILE.worlds
        market = next(market for market, environments in worlds.items() if asked_at in environments)

        async def ask(line: Line, conversation: Conversation) -> Sequence[Announcement]:
            announcing = line.adapter.DIALECT.announcing
            if announcing is None:
                return []
            answer = await conversation.ask_as_anybody(announcing.endpoint)
            return announcements(exchange, announcing, answer, self._clock.now())

        return await self._converse(Place(exchange, market, asked_at), _NOBODY, ask, self._timeout)

    async def close(self) -> None:
        """Closes all connections. Checks that are under way end with a trouble."""
        await self._http.close()

    async def _converse(
        self,
        place: Place,
        credential: Credential,
        look: Callable[[Line, Conversation], Awaitable[T]],
        seconds: float,
    ) -> T:
        exchange: Conversation | None = None
        try:
            async with asyncio.timeout(seconds):
                line = self._lines.get(place) or await self._lay_line(place)
                exchange = Conversation(line, credential)
                return await look(line, exchange)
        except ExchangeTrouble as known:
            trouble = known.trouble
        except TimeoutError:
            trouble = OWN_PACE if exchange is not None and exchange.held_back else _TOO_SLOW
        except Exception as error:  # noqa: BLE001 - the last net: nothing foreign passes this line
            trouble = _unexpected(place, error)
        # Raised here and not in the handlers, so that no foreign exception hangs on to it as its context, and no frame
        # with a signed request as its traceback.
        raise ExchangeTrouble(trouble)

    async def _lay_line(self, place: Place) -> Line:
        async with self._laying_line:
            line = self._lines.get(place)
            if line is None:
                adapter = adapter_of(place.exchange)
                await asyncio.to_thread(library.load, adapter.DIALECT.ccxt_class)
                origin = self._origins.get(place.exchange)
                client = ExchangeClient(adapter.DIALECT, place.environment, origin, self._clock)
                pace = self._pace(place, adapter.DIALECT)
                memory, accounts = Memory(self._clock), self._accounts_at(place)
                line = Line(place, adapter, client, self._http, pace, self._clock, memory, accounts)
                self._lines[place] = line
            return line

    def _accounts_at(self, place: Place) -> Accounts:
        """The markets of an exchange share its accounts; its environments do not."""
        return self._accounts.setdefault((place.exchange, place.environment), Accounts(self._clock))

    def _pace(self, place: Place, dialect: Dialect) -> Pace:
        """The markets of an exchange share an address's limits; its environments do where they share servers."""
        key = (place.exchange, dialect.counted_with(place.environment))
        if key not in self._paces:
            in_flight = min(self._in_flight, dialect.in_flight or self._in_flight)
            self._paces[key] = Pace(dialect.budgets, self._clock, self._share, in_flight, dialect.waits)
        return self._paces[key]


async def _probe(line: Line, exchange: Conversation) -> KeyReport:
    async with line.pace.slots:
        return await line.adapter.probe(exchange)


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
