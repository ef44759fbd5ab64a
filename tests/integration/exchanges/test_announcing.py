"""Announced maintenance over HTTP: asked without a key, within the limits, followed as it moves and is called off."""

from collections.abc import AsyncIterator
from typing import NamedTuple

import pytest

from bot.domain.announced import Announcement
from bot.domain.connection import Environment, Market, Place
from bot.domain.failures import ExchangeTrouble, Failure
from bot.exchanges.gateway import CcxtGateway
from bot.lifecycle import SystemClock
from bot.sandbox.clock import SandboxClock
from bot.sandbox.events import EventLog
from bot.sandbox.exchanges.catalogue import SIMULATORS
from bot.sandbox.exchanges.simulator import serving
from bot.sandbox.exchanges.venue import Venue
from tests.integration.exchanges.trader import credential_of

HOUR = 3600.0
PATHS = {"okx": "/api/v5/system/status", "bybit": "/v5/system/status"}


class Asked(NamedTuple):
    """An exchange that announces, and who asks it."""

    venue: Venue
    gateway: CcxtGateway

    async def announced(self) -> list[Announcement]:
        return list(await self.gateway.announced(self.venue.rules.id, Environment.LIVE))


@pytest.fixture(params=PATHS)
async def asked(request: pytest.FixtureRequest) -> AsyncIterator[Asked]:
    venue = SIMULATORS[request.param](SandboxClock(), EventLog())
    async with serving(venue) as origin:
        gateway = CcxtGateway({request.param: origin}, SystemClock(), [])
        yield Asked(venue, gateway)
        await gateway.close()
    assert venue.mutations == []


async def test_what_is_announced_moves_and_goes(asked: Asked) -> None:
    now = SystemClock().now()
    assert await asked.announced() == []

    one = asked.venue.announcements.announce(now + HOUR, HOUR)
    [told] = await asked.announced()
    assert (told.environment, told.markets) == (Environment.LIVE, frozenset(Market))
    assert told.span.end - told.span.start == HOUR
    assert abs(told.span.start - (now + HOUR)) < 1

    asked.venue.announcements.move(one.number, now + 5 * HOUR, 2 * HOUR)
    [moved] = await asked.announced()
    assert abs(moved.span.start - (now + 5 * HOUR)) < 1

    asked.venue.announcements.call_off(one.number)
    assert await asked.announced() == []


async def test_it_is_asked_without_a_key_and_by_one_request(asked: Asked) -> None:
    await asked.announced()
    [call] = asked.venue.calls
    assert (call.method, call.path, call.key_tail) == ("GET", PATHS[asked.venue.rules.id], "")


async def test_the_demo_s_is_told_by_the_same_hosts(asked: Asked) -> None:
    asked.venue.announcements.announce(SystemClock().now(), HOUR, "demo")
    [told] = await asked.announced()
    assert told.environment is Environment.DEMO
    assert set(asked.gateway.announcers()[asked.venue.rules.id].values()) == {Environment.LIVE}


async def test_a_disruption_is_no_maintenance_that_was_announced(asked: Asked) -> None:
    asked.venue.announcements.announce(SystemClock().now(), HOUR, disruption=True)
    assert await asked.announced() == []


async def test_who_asks_too_often_waits_and_is_not_turned_away(asked: Asked) -> None:
    asked.venue.enforce_limits = True
    await asked.announced()
    await asked.announced()
    assert asked.venue.limits.refusals == 0


@pytest.mark.parametrize("body", [b"[]", b'{"code":"0","retCode":0,"data":"none","result":{}}', b"<html>", b""])
async def test_an_answer_of_another_shape_says_nothing(asked: Asked, body: bytes) -> None:
    asked.venue.faults.error(200, body)
    with pytest.raises(ExchangeTrouble):
        await asked.announced()


async def test_to_be_told_nothing_keeps_nobody_s_key_from_being_looked_at(asked: Asked) -> None:
    asked.venue.faults.down(path=PATHS[asked.venue.rules.id])
    with pytest.raises(ExchangeTrouble) as silent:
        await asked.announced()
    assert silent.value.trouble.failure is Failure.EXCHANGE_UNAVAILABLE
    place = Place(asked.venue.rules.id, Market.SPOT, Environment.LIVE)
    await asked.gateway.probe(place, credential_of(asked.venue.account("k1")))


def test_only_these_two_announce() -> None:
    assert set(CcxtGateway({}, SystemClock(), []).announcers()) == set(PATHS)
