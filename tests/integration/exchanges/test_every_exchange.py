"""Every exchange of the catalogue, in each of its environments and markets, in every situation.

Keys are looked at as in the chat: the gateway asks the exchange's simulator over HTTP, validation judges. What a
situation usually comes to is said once; an exchange's own module says where it comes to something else, and why.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest

from bot.domain.connection import Credential, Environment, Place, Purpose
from bot.domain.failures import ExchangeTrouble, Failure
from bot.exchanges.adapter import Endpoint
from bot.exchanges.client import ExchangeClient, Signed
from bot.exchanges.gateway import CcxtGateway
from bot.exchanges.registry import ADAPTERS, adapter_of
from bot.sandbox.clock import SandboxClock
from bot.sandbox.events import EventLog
from bot.sandbox.exchanges.catalogue import SIMULATORS
from bot.sandbox.exchanges.simulator import serving
from bot.sandbox.exchanges.venue import Venue
from bot.usecases.validation import Fit, Refused, validate
from tests.integration.exchanges.answers import Bad
from tests.integration.exchanges.known import known
from tests.integration.exchanges.places import PLACES, named
from tests.integration.exchanges.situations import PURPOSE, Outcome, Situation, arranged, can_be, expected_of
from tests.integration.exchanges.trader import Checklist, ShiftedClock, Trader, credential_of

ANSWERS = [(exchange, bad) for exchange in ADAPTERS for bad in known(exchange).ANSWERS]


@asynccontextmanager
async def opened(exchange: str) -> AsyncIterator[tuple[Venue, CcxtGateway]]:
    """The exchange and a gateway to it; whatever was done, nothing was ever changed there."""
    venue = SIMULATORS[exchange](SandboxClock(), EventLog())
    async with serving(venue):
        gateway = CcxtGateway({exchange: venue.origin}, ShiftedClock(), [venue.caller_ip], budget_share=1_000.0)
        try:
            yield venue, gateway
        finally:
            await gateway.close()
    assert venue.mutations == []


async def outcome_of(gateway: CcxtGateway, place: Place, credential: Credential, purpose: Purpose) -> Fit | Refused:
    return await validate(gateway, place, purpose, credential, Checklist(), now=ShiftedClock().now())


@pytest.mark.parametrize("situation", list(Situation))
@pytest.mark.parametrize("place", PLACES, ids=named)
async def test_a_key_is_accepted_or_refused_for_what_is_wrong(place: Place, situation: Situation) -> None:
    expected = expected_of(situation, place, known(place.exchange).OTHERWISE)
    async with opened(place.exchange) as (venue, gateway):
        if situation is Situation.OTHER_PASSPHRASE and adapter_of(place.exchange).PROFILE.shape.passphrase is None:
            assert not venue.rules.key_style.passphrase
            return
        if not can_be(situation, venue, place):
            assert expected is Outcome.CANNOT_BE, "say in OTHERWISE why this cannot be"
            return
        credential = arranged(situation, venue, place)

        outcome = await outcome_of(gateway, place, credential, PURPOSE.get(situation, Purpose.TRADE))

    said = repr(outcome)
    assert not [each for each in (credential.secret, credential.passphrase) if each and each in said]
    assert isinstance(outcome, Fit) or credential.api_key not in said
    if expected is Outcome.ACCEPTED:
        assert isinstance(outcome, Fit), outcome
    else:
        assert isinstance(outcome, Refused)
        assert expected == tuple(trouble.failure for trouble in outcome.troubles)


@pytest.mark.parametrize("place", PLACES, ids=named)
async def test_a_good_key_is_good_at_every_look_and_knows_its_account(place: Place) -> None:
    async with opened(place.exchange) as (venue, gateway):
        trader, account = Trader(gateway), venue.account("k1", place.environment.value)
        inspected, probed = await trader.inspects(account, place), await trader.probes(account, place)

        assert inspected.findings == probed.findings
        assert (await trader.inspects(account.new_key(), place)).account_uid == inspected.account_uid


@pytest.mark.parametrize(("exchange", "bad"), ANSWERS, ids=[f"{exchange} {bad.name}" for exchange, bad in ANSWERS])
async def test_a_bad_answer_is_told_as_far_as_it_tells(exchange: str, bad: Bad) -> None:
    async with opened(exchange) as (venue, gateway):
        venue.faults.error(bad.status, bad.body)
        account = venue.account("k1", bad.place.environment.value)

        trouble = await Trader(gateway).trouble_probing(account, bad.place)

    assert (trouble.failure, trouble.code, trouble.reason) == (bad.failure, bad.code, bad.reason)


@pytest.mark.parametrize("exchange", ADAPTERS)
def test_every_code_of_the_facts_has_its_answer(exchange: str) -> None:
    here = known(exchange)
    assert set() == here.CODES - {bad.code for bad in here.ANSWERS}


@pytest.mark.parametrize("exchange", ADAPTERS)
def test_every_code_that_an_adapter_knows_has_its_answer(exchange: str) -> None:
    assert set() == adapter_of(exchange).DIALECT.failures.keys() - {bad.code for bad in known(exchange).ANSWERS}


@pytest.mark.parametrize("exchange", ADAPTERS)
def test_nobody_s_key_is_blamed_for_what_the_servers_do(exchange: str) -> None:
    blamed = {bad.failure for bad in known(exchange).ANSWERS if bad.status >= 500 or bad.code == "unreadable answer"}
    assert blamed <= {Failure.EXCHANGE_UNAVAILABLE, Failure.MAINTENANCE}


@pytest.mark.parametrize("exchange", ADAPTERS)
async def test_a_clock_that_is_rejected_is_corrected_once_and_then_told(exchange: str) -> None:
    stale = known(exchange).STALE
    asked: list[str] = []
    async with opened(exchange) as (venue, gateway):
        trader, account = Trader(gateway), venue.account("k1", stale.place.environment.value)
        await trader.probes(account, stale.place)
        paths = {call.path for call in venue.calls}
        for path in paths:
            venue.faults.error(stale.status, stale.body, path=path)
        venue.calls.clear()

        trouble = await trader.trouble_probing(account, stale.place)
        asked = [call.path for call in venue.calls if call.path in paths]

    assert (trouble.failure, trouble.code) == (Failure.CLOCK_SKEW, stale.code)
    assert 2 <= len(asked) <= 3


# ---------------------------------------------------------------------------------------------------- where requests go


@pytest.mark.parametrize("place", PLACES, ids=named)
async def test_every_question_goes_to_a_host_of_its_environment(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if no origin were set: a look of each kind in health and in each trouble, and where it would have gone."""
    here = known(place.exchange)
    sent: list[Signed] = []
    unmarked: list[Signed] = []
    marks = here.MARKS.get(place.environment, {})
    sign = ExchangeClient.sign

    def noted(client: ExchangeClient, endpoint: Endpoint, credential: Credential | None) -> Signed:
        sent.append(signed := sign(client, endpoint, credential))
        if credential is not None and not marks.items() <= (signed.headers or {}).items():
            unmarked.append(signed)
        return signed

    monkeypatch.setattr(ExchangeClient, "sign", noted)
    for situation in (Situation.GOOD_TO_TRADE, Situation.READ_ONLY, Situation.OTHER_ADDRESS, Situation.DELETED):
        async with opened(place.exchange) as (venue, gateway):
            if not can_be(situation, venue, place):
                continue
            credential = arranged(situation, venue, place)
            for look in (Trader(gateway).inspects, Trader(gateway).probes):
                try:
                    await look(credential, place)
                except ExchangeTrouble:
                    continue

    assert here.HOSTS[place.market, place.environment] == {urlsplit(each.home_url).hostname for each in sent}
    assert unmarked == []


@pytest.mark.parametrize("exchange", ADAPTERS)
def test_no_production_host_is_asked_in_another_environment(exchange: str) -> None:
    here = known(exchange)
    worlds = {
        (market, world) for market, all_worlds in adapter_of(exchange).PROFILE.worlds.items() for world in all_worlds
    }
    live = {host for (_, world), hosts in here.HOSTS.items() if world is Environment.LIVE for host in hosts}

    assert worlds == set(here.HOSTS)
    for (_, world), hosts in here.HOSTS.items():
        if world is not Environment.LIVE:
            assert not hosts & live or here.MARKS.get(world), f"{world} shares a host with live and says nothing of it"


# ---------------------------------------------------------------------------------------------------------- signatures


@pytest.mark.parametrize("exchange", ADAPTERS)
async def test_a_simulator_asks_for_a_signature_of_its_own(exchange: str) -> None:
    """One character of the secret makes the difference, at the simulator as at ccxt."""
    place = next(place for place in PLACES if place.exchange == exchange)
    told = [each.outcome for each in known(exchange).OTHERWISE if each.concerns(Situation.OTHER_SECRET, place)]
    async with opened(exchange) as (venue, gateway):
        good = credential_of(venue.account("k1"))
        at = 2 if good.secret.startswith("0x") else 0
        other = good.secret[:at] + ("A" if good.secret[at].upper() != "A" else "B") + good.secret[at + 1 :]
        if good.secret.startswith("-----BEGIN"):
            other = venue.account("k2").secret  # with one character changed it would be no private key
        forged = Credential(good.api_key, other, good.passphrase)
        trader = Trader(gateway)
        await trader.probes(good, place)

        assert [(await trader.trouble_probing(forged, place)).failure] == (told or [Failure.BAD_SIGNATURE])
