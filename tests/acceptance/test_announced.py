"""Maintenance that an exchange announces by itself: heard, listed, held by, moved, called off, or not heeded at all."""

import asyncio

import pytest

from bot.domain.connection import ConnectionId, Environment, Market, Place, Purpose
from bot.domain.health import Gate, Status
from bot.domain.pasting import Field
from bot.sandbox.control.person import Person
from bot.sandbox.exchanges.venue import Venue
from bot.usecases.announced import EVERY
from bot.usecases.connect import Accepted
from bot.usecases.ports import CheckItem, ItemState
from tests.acceptance.conftest import Service
from tests.acceptance.owning import until
from tests.acceptance.test_outages import saying

HOUR = 3600.0
TITLES = {"okx": "OKX", "bybit": "Bybit"}


class Announcer:
    """An exchange at which Alice has a connection, and whose announcements the service follows."""

    def __init__(self, service: Service, person: Person, exchange: str) -> None:
        self.service, self.person, self.exchange = service, person, exchange
        self.title = TITLES[exchange]
        self.connection = ConnectionId("")

    @property
    def venue(self) -> Venue:
        return self.service.sandbox.exchanges[self.exchange]

    async def connects(self, environment: str = "live", market: Market = Market.SPOT) -> None:
        await self.person.says("/help")
        await self.person.sees("/connections")
        account, verbs = self.venue.account("k1", environment), self.service.app.services
        account.restrict_ips([self.venue.caller_ip])
        draft = verbs.drafts.open(self.person.id, Place(self.exchange, market, Environment(environment)))
        fields = {Field.API_KEY: account.api_key, Field.SECRET: account.secret}
        if account.passphrase:
            fields[Field.PASSPHRASE] = account.passphrase
        verbs.drafts.put(draft, self.person.id, fields)
        result = await verbs.connect(self.person.id, draft, Purpose.TRADE, "Main", _unwatched)
        assert isinstance(result, Accepted), result
        self.connection = result.connection.id

    async def announces(self, start: float, hours: float, environment: str = "live") -> int:
        """In so many hours, for so many; returns its number."""
        begin = self.service.clock.now() + EVERY + start * HOUR
        number = self.venue.announcements.announce(begin, hours * HOUR, environment).number
        await self.is_asked()
        return number

    async def is_asked(self) -> None:
        """Ten minutes later it is asked again."""
        self.service.clock.advance(EVERY)
        await self.service.app.services.announced.look()

    async def is_out(self) -> None:
        """It says that it is being maintained, for long enough for that to be believed."""
        self.venue.faults.maintenance()
        await self.becomes(Status.ERROR, Gate.PAUSED)

    async def becomes(self, *wanted: Status | Gate) -> None:
        found: tuple[Status | Gate, ...] = ()
        for _ in range(300):
            found = await self._health()
            if found == wanted:
                return
            await asyncio.sleep(0.1)
        pytest.fail(f"it never became {wanted}, and is {found}")

    def is_out_and_still_announces(self) -> None:
        self.venue.faults.clear()
        for path in ("/api/v5/account", "/api/v5/public"):
            self.venue.faults.maintenance(path=path)

    async def passes(self, hours: float) -> None:
        self.service.clock.advance(hours * HOUR)
        await self.service.app.services.maintenance.look()
        self.service.app.relay.wake()

    async def is_quiet(self) -> None:
        """Alice is told of no outage, though there was time for it."""
        await asyncio.sleep(3)
        assert saying(self.person, "is down") == saying(self.person, "stopped working") == []

    async def _health(self) -> tuple[Status, Gate]:
        async with self.service.app.store.transaction() as tx:
            found = await tx.connections.get(self.connection)
        assert found is not None
        return found.health.status, found.health.gate


async def _unwatched(_item: CheckItem, _state: ItemState) -> None:
    """Nobody looks at the checklist."""


@pytest.fixture(params=TITLES)
async def announcer(service: Service, alice: Person, request: pytest.FixtureRequest) -> Announcer:
    announcer = Announcer(service, alice, request.param)
    await announcer.connects()
    return announcer


@pytest.fixture
async def okx(service: Service, alice: Person) -> Announcer:
    announcer = Announcer(service, alice, "okx")
    await announcer.connects()
    return announcer


async def test_an_outage_in_announced_hours_is_not_told_until_it_lasts_beyond_them(
    announcer: Announcer, alice: Person
) -> None:
    await announcer.announces(0, 2)
    await announcer.is_out()
    await announcer.is_quiet()

    await announcer.passes(2)

    told = await alice.sees(f"{announcer.title} is down", timeout=20)
    assert "One of your connections is affected: Main" in told.text
    assert len(saying(alice, "is down")) == 1
    assert announcer.venue.mutations == []


async def test_an_outage_that_ends_in_announced_hours_is_never_told(okx: Announcer, alice: Person) -> None:
    await okx.announces(0, 2)
    await okx.is_out()
    okx.venue.faults.clear()
    await okx.becomes(Status.CONNECTED, Gate.OPEN)
    await okx.passes(3)
    await okx.is_quiet()
    assert saying(alice, "is back") == []


async def test_a_revoked_key_is_told_in_announced_hours_as_always(okx: Announcer, alice: Person) -> None:
    await okx.announces(0, 2)
    okx.venue.account("k1").revoke()
    await alice.sees("the key stopped working", timeout=20)


async def test_it_is_listed_with_its_times_moves_and_goes(okx: Announcer, alice: Person) -> None:
    number = await okx.announces(1, 2)
    await alice.says("/maintenance")
    shown = await alice.sees("Announced by OKX")
    assert "Spot" in shown.text
    assert "for 2 h" in shown.text
    assert "Open now" not in shown.text
    assert "counts as a window here" in shown.text

    okx.venue.announcements.move(number, okx.service.clock.now(), 3 * HOUR)
    await okx.is_asked()
    asked = await alice.says("/maintenance")
    shown = await alice.sees("Announced by OKX", after=asked)
    assert "for 3 h" in shown.text
    assert "Open now, until" in shown.text

    okx.venue.announcements.call_off(number)
    await okx.is_asked()
    asked = await alice.says("/maintenance")
    shown = await alice.sees("Maintenance windows", after=asked)
    assert "Announced" not in shown.text


async def test_when_it_is_called_off_the_outage_is_told_at_once(okx: Announcer, alice: Person) -> None:
    number = await okx.announces(0, 5)
    await okx.is_out()
    okx.venue.announcements.call_off(number)
    okx.is_out_and_still_announces()
    await okx.is_asked()
    await alice.sees("OKX is down", timeout=20)


async def test_an_announcement_that_comes_late_is_added_to_what_was_told(okx: Announcer, alice: Person) -> None:
    okx.is_out_and_still_announces()
    told = await alice.sees("One of your connections is affected", timeout=20)
    assert "announced" not in told.text
    await okx.announces(0, 2)
    okx.service.clock.advance(30)
    okx.service.app.relay.wake()
    await until(lambda: saying(alice, "It announced maintenance until") != [], 20)
    assert len(saying(alice, "One of your connections is affected")) == 1


async def test_whoever_does_not_go_by_announcements_hears_as_always(okx: Announcer, alice: Person) -> None:
    await okx.announces(0, 2)
    await alice.says("/maintenance")
    await alice.taps("Go by announcements: on")
    await alice.sees_toast("Off")
    await alice.sees("changes nothing here")
    okx.venue.faults.maintenance()
    await alice.sees("OKX is down", timeout=20)


async def test_demo_and_live_are_announced_apart(service: Service, alice: Person) -> None:
    okx = Announcer(service, alice, "okx")
    await okx.connects("demo")
    await okx.announces(0, 2, "live")
    okx.venue.faults.maintenance()
    await alice.sees("OKX DEMO is down", timeout=20)


async def test_nobody_is_asked_where_nobody_is_connected(service: Service, alice: Person) -> None:
    okx = Announcer(service, alice, "okx")
    await okx.is_asked()
    assert list(okx.venue.calls) == []
    await okx.connects()
    await okx.is_asked()
    await service.app.services.announced.look()
    asked = [call for call in okx.venue.calls if call.path == "/api/v5/system/status"]
    assert [(call.status, call.key_tail) for call in asked] == [(200, "")]
    assert list(service.sandbox.exchanges["bybit"].calls) == []


async def test_it_speaks_polish(service: Service) -> None:
    ola = service.person("Ola", "pl")
    okx = Announcer(service, ola, "okx")
    await okx.connects()
    await okx.announces(0, 2)
    await ola.says("/maintenance")
    await ola.sees("Zapowiedź: OKX")
    await ola.taps("Zapowiedzi giełd: liczą się")
    await ola.sees("nic tu nie zmienia")
