"""-2015 is "Invalid API-key, IP, or permissions for action": which of them, as far as it can be found out."""

from bot.domain.failures import Failure
from bot.sandbox.exchanges.binance import BinanceSimulator
from bot.usecases.ports import CheckItem, ItemState
from tests.integration.exchanges.trader import LINEAR, SPOT, Trader

RESTRICTIONS = "/sapi/v1/account/apiRestrictions"
REFUSED = b'{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}'


async def test_a_deleted_key_is_invalid_where_binance_says_so(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    account.revoke()

    trouble = await trader.trouble_inspecting(account)

    assert (trouble.failure, trouble.code, trouble.reason) == (Failure.INVALID_KEY, "-2008", "Invalid Api-Key ID.")
    assert trader.checklist[CheckItem.SIGNATURE] is ItemState.FAILED


async def test_a_deleted_key_is_ambiguous_where_binance_does_not(binance: BinanceSimulator, trader: Trader) -> None:
    binance.tells_unknown_keys = False
    account = binance.account("k1")
    account.revoke()

    trouble = await trader.trouble_probing(account)

    assert (trouble.failure, trouble.code) == (Failure.AMBIGUOUS_AUTH, "-2015")


async def test_an_address_off_the_whitelist_stays_ambiguous_but_is_named(
    binance: BinanceSimulator, trader: Trader
) -> None:
    binance.caller_ip = "198.51.100.4"
    account = binance.account("k1")
    account.restrict_ips(["203.0.113.7"])

    for place in (SPOT, LINEAR):
        trouble = await trader.trouble_probing(account, place)

        assert (trouble.failure, trouble.code, trouble.seen_ip) == (Failure.AMBIGUOUS_AUTH, "-2015", "198.51.100.4")


async def test_a_key_that_may_test_orders_lacks_nothing_but_reading(binance: BinanceSimulator, trader: Trader) -> None:
    binance.faults.error(401, REFUSED, path=RESTRICTIONS)

    trouble = await trader.trouble_probing(binance.account("k1"))

    assert (trouble.failure, trouble.boxes) == (Failure.NO_READ_PERMISSION, ("Enable Reading",))


async def test_an_outage_during_the_second_question_leaves_the_first_answer(
    binance: BinanceSimulator, trader: Trader
) -> None:
    binance.faults.error(401, REFUSED, path=RESTRICTIONS)
    binance.faults.down(path="/api/v3/order/test")
    binance.faults.down(path="/fapi")

    trouble = await trader.trouble_probing(binance.account("k1"))

    assert (trouble.failure, trouble.code, trouble.seen_ip) == (Failure.AMBIGUOUS_AUTH, "-2015", None)


async def test_the_second_question_may_know_better(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    binance.faults.error(401, REFUSED, path=RESTRICTIONS)
    account.suspend()

    assert (await trader.trouble_probing(account)).failure is Failure.ACCOUNT_SUSPENDED


async def test_somebody_else_s_success_does_not_make_a_dead_key_look_like_a_rate_limit(
    binance: BinanceSimulator, trader: Trader
) -> None:
    """ccxt takes -2015 for a temporary ban once any key was served by /api/v3 on the same instance."""
    binance.tells_unknown_keys = False
    dead = binance.account("dead")
    dead.revoke()
    await trader.inspects(binance.account("k1"))

    assert (await trader.trouble_probing(dead)).failure is Failure.AMBIGUOUS_AUTH
