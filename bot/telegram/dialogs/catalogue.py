"""Finding an exchange by what people type: one to connect, or one that has closed."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.characters import plain
from bot.domain.closed_exchanges import CLOSED, ClosedExchange
from bot.domain.exchange import ExchangeProfile


@dataclass(frozen=True, slots=True)
class Search:
    """What came of a search: ids only, so that a conversation may remember it.

    Attributes:
        found: exchanges that match, in the order offered; for a closed one, what comes nearest to it.
        closed: the closed exchange that was meant.
    """

    found: tuple[str, ...] = ()
    closed: str | None = None

    @property
    def only(self) -> str | None:
        """The one exchange that can be meant."""
        return self.found[0] if len(self.found) == 1 and self.closed is None else None


def search(typed: str, profiles: Mapping[str, ExchangeProfile]) -> Search:
    """Looks among those that can be connected first, then among the closed ones."""
    found = matching(typed, profiles)
    if found:
        return Search(tuple(found))
    closed = _closed_matching(typed)
    return Search() if closed is None else search_closed(closed, profiles)


def named(typed: str, profiles: Mapping[str, ExchangeProfile]) -> Search:
    """As ``search``, for a whole name: “kraken” is Kraken, though Kraken Futures begins with it too."""
    wanted = _word(typed)
    exact = [each for each, profile in profiles.items() if wanted in _names(profile)]
    return Search(tuple(exact)) if len(exact) == 1 else search(typed, profiles)


def search_closed(closed: ClosedExchange, profiles: Mapping[str, ExchangeProfile]) -> Search:
    """What to offer in place of an exchange that has closed."""
    return Search(tuple(each for each in closed.nearest if each in profiles), closed.id)


def matching(typed: str, profiles: Mapping[str, ExchangeProfile]) -> list[str]:
    """Ids of the exchanges one of whose names begins with, or else contains, what was typed; in the order offered."""
    wanted = _word(typed)
    if not wanted:
        return []
    begin = [each for each, profile in profiles.items() if any(name.startswith(wanted) for name in _names(profile))]
    return begin or [each for each, profile in profiles.items() if any(wanted in name for name in _names(profile))]


def _closed_matching(typed: str) -> ClosedExchange | None:
    wanted = _word(typed)
    matching = (c for c in CLOSED.values() if wanted and any(name.startswith(wanted) for name in _names(c)))
    return next(matching, None)


def _names(exchange: ExchangeProfile | ClosedExchange) -> list[str]:
    return ["".join(name.split()).casefold() for name in (exchange.title, exchange.id, *exchange.aliases)]


def _word(typed: str) -> str:
    return "".join(plain(typed).split()).casefold()
