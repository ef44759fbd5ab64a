"""Follow what exchanges announce of their maintenance: for a chat that goes by it, it is one more maintenance window.

Each exchange that somebody is connected to, and that announces to machines at all, is asked every ten minutes, without
any key. What it says replaces what it said before: a maintenance that is moved moves, and one that is cancelled is
gone, together with all that waited for its end. An exchange that does not answer has taken nothing back.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from bot.domain.announced import Announcement, Span, carried
from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import ExchangeTrouble
from bot.domain.maintenance import LONGEST
from bot.domain.outage import Cause
from bot.usecases import incidents
from bot.usecases.maintenance import PAGE, end_all_windows, end_windows
from bot.usecases.ports import Clock
from bot.usecases.posting import replan
from bot.usecases.storage import Store, Transaction

log = logging.getLogger("latchkey.watch")

EVERY: Final = 600.0
"""Seconds between two questions to one exchange."""
REMEMBERED: Final = 2 * LONGEST
"""Seconds for which what is over is kept at least: longer than any stretch of announcements may silence."""
SHOWN: Final = 10
"""Announcements that a chat is shown."""


class AnnouncedMaintenance(Protocol):
    """What exchanges announce to anybody."""

    def announcers(self) -> Mapping[str, Mapping[Environment, Environment]]:
        """Exchanges that do, and by environment the one whose hosts tell of it."""
        ...

    async def announced(self, exchange: str, asked_at: Environment) -> Sequence[Announcement]:
        """All that the hosts of this environment announce at the moment, and that can be believed.

        Raises:
            ExchangeTrouble: it did not say.
        """
        ...


@dataclass(frozen=True, slots=True)
class Shown:
    """An announcement that concerns somebody's connections.

    Attributes:
        markets: those of them that it concerns, and that they are connected to.
    """

    exchange: str
    environment: Environment
    markets: tuple[Market, ...]
    span: Span


class FollowAnnouncements:
    """Asks, keeps, and says what is announced and whether a chat goes by it."""

    def __init__(
        self,
        store: Store,
        source: AnnouncedMaintenance,
        clock: Clock,
        on_news: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._source = source
        self._clock = clock
        self._on_news = on_news
        self._asked: dict[tuple[str, Environment], float] = {}

    # ---------------------------------------------------------------------------------------------------------- asking

    async def look(self) -> None:
        """Asks whom it is time to ask. Raises ``StoreUnavailable``."""
        async with self._store.transaction() as tx:
            places = await tx.connections.places()
        used = {(place.exchange, place.environment) for place in places}
        for exchange, told_at in self._source.announcers().items():
            wanted: defaultdict[Environment, list[Environment]] = defaultdict(list)
            for environment, asked_at in told_at.items():
                if (exchange, environment) in used:
                    wanted[asked_at].append(environment)
            for asked_at, environments in wanted.items():
                if self._is_time(exchange, asked_at):
                    await self._ask(exchange, asked_at, environments)

    def _is_time(self, exchange: str, asked_at: Environment) -> bool:
        now = self._clock.monotonic()
        if now - self._asked.get((exchange, asked_at), float("-inf")) < EVERY:
            return False
        self._asked[(exchange, asked_at)] = now
        return True

    async def _ask(self, exchange: str, asked_at: Environment, environments: Iterable[Environment]) -> None:
        try:
            said = await self._source.announced(exchange, asked_at)
        except ExchangeTrouble as silent:
            failure = silent.trouble.failure
            log.info("announcements.not_read", extra={"exchange": exchange, "failure": failure})
            return
        # First what is over by what was known: after an absence that may be all that tells whom to tell of it.
        await end_all_windows(self._store, self._clock.now())
        async with self._store.transaction() as tx:
            await tx.announced.forget(self._clock.now() - REMEMBERED)
        for environment in environments:
            if await self._keep(exchange, environment, [each for each in said if each.environment is environment]):
                log.info("announcements.changed", extra={"exchange": exchange, "environment": environment})
                await self._tell_what_follows(exchange, environment)

    async def _keep(self, exchange: str, environment: Environment, said: Sequence[Announcement]) -> bool:
        """False if nothing changes by it."""
        now = self._clock.now()
        async with self._store.transaction() as tx:
            before = await tx.announced.of(exchange, environment)
            after = {market: _renewed(before.get(market, ()), _of(said, market), now) for market in Market}
            if all(_ahead(before.get(market, ()), now) == _ahead(after[market], now) for market in Market):
                return False
            await tx.announced.replace(exchange, environment, after)
            for chat_id in await tx.announced.kept_waiting(exchange, environment, now):
                await replan(tx, chat_id, now)
        return True

    async def _tell_what_follows(self, exchange: str, environment: Environment) -> None:
        """What is held no longer is told; outages that are told already say from now on what is announced."""
        now = self._clock.now()
        await end_all_windows(self._store, now)
        async with self._store.transaction() as tx:
            told = await _told(tx, exchange, environment, now)
        for at in range(0, len(told), PAGE):
            async with self._store.transaction() as tx:
                current = await incidents.begin(tx, now)
                current.touched |= set(told[at : at + PAGE])
                await incidents.settle(tx, current, now)
        self._on_news()

    # ---------------------------------------------------------------------------------------------------------- a chat

    async def of(self, chat_id: int) -> Sequence[Shown]:
        """What is announced, and not over, where a chat hears of connections; soonest first."""
        now, found = self._clock.now(), []
        async with self._store.transaction() as tx:
            own = await tx.connections.of_owner(chat_id)
            places = {each.place for each in own} | {each.place for _, each in await tx.subscriptions.of_chat(chat_id)}
            for exchange, environment in sorted({(place.exchange, place.environment) for place in places}):
                by_span: defaultdict[Span, list[Market]] = defaultdict(list)
                spans = await tx.announced.of(exchange, environment)
                for market in Market:
                    if Place(exchange, market, environment) in places:
                        for span in _ahead(spans.get(market, ()), now):
                            by_span[span].append(market)
                found += [Shown(exchange, environment, tuple(some), span) for span, some in by_span.items()]
        return sorted(found, key=lambda shown: shown.span)[:SHOWN]

    async def counts(self, chat_id: int) -> bool:
        """Whether what is announced is a maintenance window for a chat."""
        async with self._store.transaction() as tx:
            return (await tx.choices.of_chat(chat_id)).by_announced

    async def count(self, chat_id: int, *, on: bool) -> None:
        """Whether it is from now on. What it kept back and no longer does is told at once."""
        now = self._clock.now()
        async with self._store.transaction() as tx:
            left_out = [each for each in await tx.maintenance.left_out() if each.chat_id == chat_id]
            await tx.choices.save_chat(chat_id, replace(await tx.choices.of_chat(chat_id), by_announced=on))
            await replan(tx, chat_id, now)
            await end_windows(tx, left_out, now)
        self._on_news()


def _of(said: Iterable[Announcement], market: Market) -> list[Span]:
    return [each.span for each in said if market in each.markets]


def _renewed(before: Collection[Span], said: Sequence[Span], now: float) -> list[Span]:
    lately = carried(before, now)
    return sorted({*said, *([lately] if lately else [])})


def _ahead(spans: Iterable[Span], now: float) -> list[Span]:
    """What matters for the time to come."""
    return sorted(span for span in spans if span.end > now)


async def _told(tx: Transaction, exchange: str, environment: Environment, now: float) -> list[tuple[int, int]]:
    """Outages of the exchange that last, by their numbers, and the chats in which they are told."""
    current = await incidents.begin(tx, now)
    there = (Cause.EXCHANGE, exchange, environment)
    return [
        (each.id, chat_id)
        for each in current.present
        if each.ended_at is None and (each.cause, each.scope.exchange, each.scope.environment) == there
        for chat_id in await tx.incidents.told_in(each.id)
    ]
