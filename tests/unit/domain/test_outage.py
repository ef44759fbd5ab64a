"""Whose trouble it is, line by line."""

import pytest

from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import POLICIES, Failure, Retry
from bot.domain.outage import OF_AN_EXCHANGE, Evidence, Scope, cause_of, fits_an_outage, scope_of

DOWN, DEAD = Failure.EXCHANGE_UNAVAILABLE, Failure.INVALID_KEY
SPOT = Place("binance", Market.SPOT, Environment.LIVE)


def test_an_exchange_that_is_silent_to_the_only_key_there_is_down() -> None:
    assert fits_an_outage(DOWN, Evidence())
    assert fits_an_outage(DOWN, Evidence(public=False))


def test_an_exchange_that_answers_everybody_but_this_key_is_not_down() -> None:
    assert not fits_an_outage(DOWN, Evidence(well=1))
    assert not fits_an_outage(DOWN, Evidence(public=True))


def test_an_exchange_that_answers_no_key_is_down_even_if_it_shows_the_time() -> None:
    assert fits_an_outage(DOWN, Evidence(same=1, people=2, public=True))


def test_when_most_are_well_the_others_have_troubles_of_their_own() -> None:
    assert not fits_an_outage(DOWN, Evidence(same=2, people=3, well=3))
    assert fits_an_outage(DOWN, Evidence(same=3, people=3, well=3))


def test_one_dead_key_is_dead() -> None:
    assert not fits_an_outage(DEAD, Evidence())
    assert not fits_an_outage(DEAD, Evidence(same=0, well=5))


def test_all_keys_of_one_person_may_well_be_dead() -> None:
    assert not fits_an_outage(DEAD, Evidence(same=7, people=1))


def test_keys_of_different_people_do_not_die_at_once() -> None:
    assert fits_an_outage(DEAD, Evidence(same=1, people=2))
    assert fits_an_outage(DEAD, Evidence(same=5, people=4, well=2))


def test_two_dead_keys_among_many_good_ones_are_dead() -> None:
    assert not fits_an_outage(DEAD, Evidence(same=1, people=2, well=10))


@pytest.mark.parametrize("failure", [each for each, policy in POLICIES.items() if policy.retry is Retry.AT_ONCE])
def test_what_the_exchange_states_of_a_key_is_the_key_s_own(failure: Failure) -> None:
    assert not fits_an_outage(failure, Evidence(same=100, people=50))


def test_our_clock_and_our_address_are_ours_whatever_the_public_endpoint_says() -> None:
    for failure in (Failure.CLOCK_SKEW, Failure.BANNED, Failure.RATE_LIMITED):
        assert fits_an_outage(failure, Evidence(public=True))
        assert not fits_an_outage(failure, Evidence(well=1))


def test_an_exchange_s_failures_are_one_cause_and_each_of_keys_is_its_own() -> None:
    assert len({cause_of(failure) for failure in OF_AN_EXCHANGE}) == 3
    keys = set(Failure) - OF_AN_EXCHANGE
    assert len({cause_of(failure) for failure in keys}) == len(keys)


def test_it_reaches_over_all_markets_unless_another_one_is_well() -> None:
    assert scope_of(SPOT, well_elsewhere=False) == Scope("binance", Environment.LIVE)
    assert scope_of(SPOT, well_elsewhere=True) == Scope("binance", Environment.LIVE, Market.SPOT)
    assert Scope("binance", Environment.LIVE).takes_in(SPOT)
    assert not Scope("binance", Environment.LIVE, Market.LINEAR).takes_in(SPOT)
    assert not Scope("binance", Environment.TESTNET).takes_in(SPOT)
