"""No probe and no inspection changes anything at an exchange, in health or in trouble."""

from contextlib import suppress

import pytest

from bot.domain.connection import Place
from bot.domain.failures import ExchangeTrouble
from bot.exchanges import binance as adapter
from bot.exchanges.adapter import Endpoint
from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.binance import BinanceSimulator
from tests.integration.exchanges.known.binance import ANSWERS
from tests.integration.exchanges.trader import PLACES, Trader

MAY_ASK = {
    ("GET", "/sapi/v1/account/apiRestrictions"),
    ("GET", "/api/v3/time"),
    ("GET", "/api/v3/account"),
    ("GET", "/fapi/v1/time"),
    ("GET", "/fapi/v1/accountConfig"),
    ("GET", "/fapi/v3/balance"),
    ("POST", "/api/v3/order/test"),
    ("POST", "/fapi/v1/order/test"),
}


def test_the_only_thing_an_adapter_may_post_is_a_test_order() -> None:
    endpoints = [each for each in vars(adapter).values() if isinstance(each, Endpoint)]

    assert len(endpoints) == len(MAY_ASK)
    assert {each.path for each in endpoints if each.method != "GET"} == {"order/test"}


@pytest.mark.parametrize("place", PLACES, ids=[f"{place.market} {place.environment}" for place in PLACES])
async def test_in_health_and_in_every_trouble_only_reading_paths_are_asked(
    binance: BinanceSimulator, trader: Trader, place: Place
) -> None:
    account = binance.account("k1", place.environment.value)
    await trader.probes(account, place)
    await trader.inspects(account, place)
    for switch in ("enableReading", "enableSpotAndMarginTrading", "enableFutures"):
        account.forbid(switch)
        await _look(trader, account, place)
    account.restrict_ips(["203.0.113.9"])
    await _look(trader, account, place)
    account.revoke()
    await _look(trader, account, place)
    for bad in ANSWERS:
        binance.faults.error(bad.status, bad.body, times=1)
        await _look(trader, account, place)

    assert binance.mutations == []
    assert {(call.method, call.path) for call in binance.calls} <= MAY_ASK


async def _look(trader: Trader, account: Account, place: Place) -> None:
    for way in (trader.probes, trader.inspects):
        with suppress(ExchangeTrouble):
            await way(account, place)
