"""Zones by city and by language."""

import pytest

from bot.domain.zones import COMMON, city_of, clock_there, common_zones, guess, is_zone, search


def test_every_zone_on_offer_is_known_here() -> None:
    assert COMMON == common_zones()


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Warsaw", "Europe/Warsaw"),
        ("  warszawa ", "Europe/Warsaw"),
        ("Kraków", "Europe/Warsaw"),
        ("Łódź", "Europe/Warsaw"),
        ("são paulo", "America/Sao_Paulo"),
        ("BUENOS AIRES", "America/Argentina/Buenos_Aires"),
        ("Kiev", "Europe/Kyiv"),
        ("San Francisco", "America/Los_Angeles"),
        ("utc", "UTC"),
    ],
)
def test_a_city_is_found_as_people_type_it(typed: str, zone: str) -> None:
    assert (zone,) == search(typed)


def test_half_a_name_offers_what_it_may_mean_the_likely_ones_first() -> None:
    found = search("san")
    assert {"America/Santiago", "America/Los_Angeles"} <= set(found)
    assert found[0] == "America/Los_Angeles"


@pytest.mark.parametrize("typed", ["", "  ", "!!", "Atlantis", "🌍" * 40, "EST5EDT"])
def test_what_is_no_city_finds_nothing(typed: str) -> None:
    assert () == search(typed)


@pytest.mark.parametrize(
    ("language", "zone"),
    [("pl", "Europe/Warsaw"), ("pl-PL", "Europe/Warsaw"), ("pt-br", "America/Sao_Paulo"), ("en", None), (None, None)],
)
def test_a_language_of_one_zone_is_a_guess(language: str | None, zone: str | None) -> None:
    assert zone == guess(language)


def test_zones_are_named_by_their_city_and_their_clock() -> None:
    assert city_of("America/Argentina/Buenos_Aires") == "Buenos Aires"
    assert clock_there("Asia/Kolkata", 0.0) == "05:30"
    assert is_zone("Europe/Warsaw")
    assert not is_zone("../../etc/passwd")
