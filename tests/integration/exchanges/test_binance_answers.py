"""What Binance tells besides codes; the codes are walked in test_every_exchange."""

from bot.domain.failures import Failure
from bot.sandbox.exchanges.binance import BinanceSimulator
from tests.integration.exchanges.trader import LINEAR_DEMO, Trader, credential_of


async def test_the_address_that_futures_name_is_told(binance: BinanceSimulator, trader: Trader) -> None:
    binance.caller_ip = "2001:db8::7"
    account = binance.account("k1", "demo")
    account.revoke()

    trouble = await trader.trouble_probing(account, LINEAR_DEMO)

    assert (trouble.failure, trouble.seen_ip) == (Failure.AMBIGUOUS_AUTH, "2001:db8::7")


async def test_a_wrong_secret_is_a_bad_signature(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    before = credential_of(account)
    await trader.probes(before)

    account.rotate_secret()

    trouble = await trader.trouble_probing(before)
    assert (trouble.failure, trouble.code) == (Failure.BAD_SIGNATURE, "-1022")
