"""Each known bad answer of Binance becomes our failure, with its code, its words scrubbed, and nothing of ccxt."""

import pytest

from bot.domain.failures import Failure
from bot.sandbox.exchanges.binance import BinanceSimulator
from tests.integration.exchanges.binance_answers import ANSWERS, Bad
from tests.integration.exchanges.trader import LINEAR_DEMO, Trader, credential_of


@pytest.mark.parametrize("bad", ANSWERS, ids=[bad.name for bad in ANSWERS])
async def test_a_bad_answer_is_told_as_far_as_it_tells(binance: BinanceSimulator, trader: Trader, bad: Bad) -> None:
    binance.faults.error(bad.status, bad.body)

    trouble = await trader.trouble_probing(binance.account("k1", bad.place.environment.value), bad.place)

    assert (trouble.failure, trouble.code, trouble.reason) == (bad.failure, bad.code, bad.reason)


def test_every_code_of_the_facts_is_in_the_table() -> None:
    facts = {-2014, -2015, -2008, -1022, -1021, -1002, -1099, -1011, -1003, -1008, -1007, -1000, -3022}
    in_table = {int(bad.code) for bad in ANSWERS if bad.code.startswith("-")}

    assert facts - in_table == {-1021}  # its answer is a second question: see test_clock


async def test_the_address_that_futures_name_is_told(binance: BinanceSimulator, trader: Trader) -> None:
    binance.caller_ip = "2001:db8::7"
    account = binance.account("k1", "demo")
    account.revoke()

    trouble = await trader.trouble_probing(account, LINEAR_DEMO)

    assert (trouble.failure, trouble.seen_ip) == (Failure.AMBIGUOUS_AUTH, "2001:db8::7")


def test_nobody_s_key_is_blamed_for_what_the_servers_do() -> None:
    blamed = {bad.failure for bad in ANSWERS if bad.status >= 500 or bad.code == "unreadable answer"}

    assert blamed == {Failure.EXCHANGE_UNAVAILABLE, Failure.MAINTENANCE}


async def test_a_wrong_secret_is_a_bad_signature(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    before = credential_of(account)
    await trader.probes(before)

    account.rotate_secret()

    trouble = await trader.trouble_probing(before)
    assert (trouble.failure, trouble.code) == (Failure.BAD_SIGNATURE, "-1022")
