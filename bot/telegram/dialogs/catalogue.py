"""Finding an exchange by what people type."""

from collections.abc import Mapping

from bot.domain.characters import plain
from bot.domain.exchange import ExchangeProfile


def matching(typed: str, profiles: Mapping[str, ExchangeProfile]) -> list[str]:
    """Ids of the exchanges one of whose names begins with, or else contains, what was typed; in the order offered."""
    wanted = "".join(plain(typed).split()).casefold()
    if not wanted:
        return []
    begin = [each for each, profile in profiles.items() if any(name.startswith(wanted) for name in _names(profile))]
    return begin or [each for each, profile in profiles.items() if any(wanted in name for name in _names(profile))]


def _names(profile: ExchangeProfile) -> list[str]:
    return ["".join(name.split()).casefold() for name in (profile.title, profile.id, *profile.aliases)]
