"""Time zones as people choose them: by their city, or by guessing from their language."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

UTC_ZONE: Final = "UTC"
MOST_FOUND: Final = 12
"""Zones that a search shows: more would be a list to read, and one letter more shortens it."""

COMMON: Final = (
    "Europe/London",
    "Europe/Lisbon",
    "Europe/Paris",
    "Europe/Berlin",
    "Europe/Warsaw",
    "Europe/Madrid",
    "Europe/Rome",
    "Europe/Zurich",
    "Europe/Kyiv",
    "Europe/Istanbul",
    "Europe/Moscow",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Dhaka",
    "Asia/Bangkok",
    "Asia/Ho_Chi_Minh",
    "Asia/Jakarta",
    "Asia/Singapore",
    "Asia/Hong_Kong",
    "Asia/Shanghai",
    "Asia/Taipei",
    "Asia/Seoul",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires",
    "America/Mexico_City",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    UTC_ZONE,
)
"""Where most people who trade live, from west to east of Greenwich and round."""

_OF_LANGUAGE: Final[Mapping[str, str]] = {
    "cs": "Europe/Prague",
    "da": "Europe/Copenhagen",
    "de": "Europe/Berlin",
    "el": "Europe/Athens",
    "fi": "Europe/Helsinki",
    "hu": "Europe/Budapest",
    "id": "Asia/Jakarta",
    "it": "Europe/Rome",
    "ja": "Asia/Tokyo",
    "ko": "Asia/Seoul",
    "nl": "Europe/Amsterdam",
    "pl": "Europe/Warsaw",
    "pt-br": "America/Sao_Paulo",
    "ro": "Europe/Bucharest",
    "sv": "Europe/Stockholm",
    "th": "Asia/Bangkok",
    "tr": "Europe/Istanbul",
    "uk": "Europe/Kyiv",
    "vi": "Asia/Ho_Chi_Minh",
}
"""Languages that are at home in one zone only; for the others a guess would be a wrong one."""

_ALSO_CALLED: Final[Mapping[str, str]] = {
    "beijing": "Asia/Shanghai",
    "pekin": "Asia/Shanghai",
    "bombay": "Asia/Kolkata",
    "mumbai": "Asia/Kolkata",
    "delhi": "Asia/Kolkata",
    "bangalore": "Asia/Kolkata",
    "kiev": "Europe/Kyiv",
    "saigon": "Asia/Ho_Chi_Minh",
    "hanoi": "Asia/Ho_Chi_Minh",
    "milan": "Europe/Rome",
    "barcelona": "Europe/Madrid",
    "munich": "Europe/Berlin",
    "hamburg": "Europe/Berlin",
    "frankfurt": "Europe/Berlin",
    "geneva": "Europe/Zurich",
    "krakow": "Europe/Warsaw",
    "wroclaw": "Europe/Warsaw",
    "gdansk": "Europe/Warsaw",
    "poznan": "Europe/Warsaw",
    "warszawa": "Europe/Warsaw",
    "lodz": "Europe/Warsaw",
    "san francisco": "America/Los_Angeles",
    "seattle": "America/Los_Angeles",
    "miami": "America/New_York",
    "boston": "America/New_York",
    "washington": "America/New_York",
    "austin": "America/Chicago",
    "dallas": "America/Chicago",
    "houston": "America/Chicago",
    "montreal": "America/Toronto",
    "rio de janeiro": "America/Sao_Paulo",
    "abu dhabi": "Asia/Dubai",
    "cape town": "Africa/Johannesburg",
    "osaka": "Asia/Tokyo",
    "shenzhen": "Asia/Shanghai",
}
"""Cities people live in that the zones are not named after."""


def is_zone(name: str) -> bool:
    """Whether this is the name of a zone that we know."""
    return name in _known()


def city_of(zone: str) -> str:
    """The zone as people know it: ``America/Argentina/Buenos_Aires`` is Buenos Aires."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def guess(language: str | None) -> str | None:
    """The zone that a language tag as Telegram sends it (``pl``, ``pt-br``) speaks of; None if it speaks of many."""
    tag = (language or "").lower()
    found = _OF_LANGUAGE.get(tag) or _OF_LANGUAGE.get(tag.split("-")[0])
    return found if found and is_zone(found) else None


def common_zones() -> tuple[str, ...]:
    """Those to offer, as far as this machine knows them."""
    return tuple(zone for zone in COMMON if is_zone(zone))


def search(typed: str) -> tuple[str, ...]:
    """The zones that somebody may mean by a city's name: an exact one alone, or those whose city begins like it."""
    wanted = _plain(typed)
    if not wanted:
        return ()
    cities = dict(_by_city()) | {city: zone for city, zone in _ALSO_CALLED.items() if is_zone(zone)}
    if wanted in cities:
        return (cities[wanted],)
    found = {zone for city, zone in cities.items() if city.startswith(wanted)}
    return tuple(sorted(found, key=lambda zone: (zone not in COMMON, city_of(zone))))[:MOST_FOUND]


def clock_there(zone: str, now: float) -> str:
    """What a clock there shows: ``20:14``."""
    return datetime.fromtimestamp(now, ZoneInfo(zone)).strftime("%H:%M")


@cache
def _known() -> frozenset[str]:
    return frozenset({*available_timezones(), UTC_ZONE})


@cache
def _by_city() -> Mapping[str, str]:
    """Zones by plain city, those named by a continent only: the others are old names and abbreviations."""
    named = (*sorted(zone for zone in _known() if _is_of_a_city(zone)), *common_zones())
    return {_plain(city_of(zone)): zone for zone in named}  # of two zones for one city, the common one


def _is_of_a_city(zone: str) -> bool:
    region, _, city = zone.partition("/")
    return bool(city) and region not in {"Etc", "SystemV", "US", "Canada", "Mexico", "Brazil", "Chile"}


def _plain(text: str) -> str:
    """Without case, accents and punctuation: people type ``sao paulo`` and ``Kraków``."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    kept = (character if character.isalnum() else " " for character in bare if not unicodedata.combining(character))
    return " ".join("".join(kept).split())
