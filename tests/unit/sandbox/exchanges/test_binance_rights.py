"""What a key may do at the simulated Binance, what the exchange says of it, and what each right opens."""

import pytest

from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.binance import BinanceSimulator
from tests.unit.sandbox.exchanges.trader import RESTRICTIONS, StillClock, Told, Trader

SPOT_TEST = "/api/v3/order/test"
LINEAR_TEST = "/fapi/v1/order/test"
SPOT_ORDER: dict[str, str | int] = {
    "symbol": "BTCUSDT",
    "side": "BUY",
    "type": "LIMIT",
    "timeInForce": "GTC",
    "quantity": "0.001",
    "price": "50000.00",
}
LINEAR_ORDER = SPOT_ORDER | {"quantity": "0.010"}


async def test_the_exchange_says_what_a_key_may_do(
    binance: BinanceSimulator, trader: Trader, clock: StillClock
) -> None:
    account = binance.account("k1")
    reply = await trader.asks(account)
    assert reply.json == {
        "ipRestrict": False,
        "createTime": int(clock.time) * 1000,
        "enableReading": True,
        "enableWithdrawals": False,
        "enableInternalTransfer": False,
        "enableMargin": False,
        "enableFutures": True,
        "permitsUniversalTransfer": False,
        "enableVanillaOptions": False,
        "enableFixApiTrade": False,
        "enableFixReadOnly": False,
        "enableSpotAndMarginTrading": True,
        "enablePortfolioMarginTrading": False,
    }


async def test_a_switch_shows_with_the_next_request(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    for on in (True, False, True):
        account.set(enableWithdrawals=on)
        assert (await trader.asks(account)).json["enableWithdrawals"] is on
    account.forbid("enableWithdrawals", "enableFutures")
    reply = await trader.asks(account)
    assert (reply.json["enableWithdrawals"], reply.json["enableFutures"]) == (False, False)


async def test_a_switch_of_one_key_is_not_a_switch_of_another(binance: BinanceSimulator, trader: Trader) -> None:
    binance.account("k1").allow("enableWithdrawals")
    assert (await trader.asks(binance.account("k2"))).json["enableWithdrawals"] is False


def test_a_switch_that_does_not_exist_is_a_mistake_of_the_test(binance: BinanceSimulator) -> None:
    with pytest.raises(KeyError, match="enableWitdrawals"):
        binance.account("k1").allow("enableWitdrawals")


async def test_a_sub_accounts_key_leaves_flags_out(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    account.omit_flags()
    assert (await trader.asks(account)).json.keys() == {
        "ipRestrict",
        "createTime",
        "enableReading",
        "enableFutures",
        "enableFixApiTrade",
        "enableFixReadOnly",
        "enableSpotAndMarginTrading",
        "enablePortfolioMarginTrading",
    }


async def test_the_right_to_trade_spot_ends_on_its_day(
    binance: BinanceSimulator, trader: Trader, clock: StillClock
) -> None:
    account = binance.account("k1")
    until = int(clock.time + 3600) * 1000
    account.expires(until)
    before = (await trader.asks(account)).json
    assert (before["enableSpotAndMarginTrading"], before["tradingAuthorityExpirationTime"]) == (True, until)
    clock.time += 3600
    assert (await trader.asks(account)).json["enableSpotAndMarginTrading"] is False
    assert (await trader.asks(account, SPOT_TEST, SPOT_ORDER)).refusal[1] == -2015
    account.expires(None)
    assert "tradingAuthorityExpirationTime" not in (await trader.asks(account)).json


@pytest.mark.parametrize(
    ("path", "method", "right"),
    [
        ("/sapi/v1/account/status", "GET", "enableReading"),
        ("/sapi/v1/account/info", "GET", "enableReading"),
        ("/api/v3/account", "GET", "enableReading"),
        ("/fapi/v1/accountConfig", "GET", "enableReading"),
        ("/fapi/v3/balance", "GET", "enableReading"),
        ("/fapi/v1/rateLimit/order", "GET", "enableReading"),
        (SPOT_TEST, "POST", "enableSpotAndMarginTrading"),
        (LINEAR_TEST, "POST", "enableFutures"),
    ],
)
async def test_a_path_opens_with_its_right_alone(
    binance: BinanceSimulator, trader: Trader, path: str, method: str, right: str
) -> None:
    account = binance.account("k1")
    form = {SPOT_TEST: SPOT_ORDER, LINEAR_TEST: LINEAR_ORDER}.get(path, {})
    account.set(**dict.fromkeys(account.permissions, False) | {right: True})
    assert (await trader.asks(account, path, form, method=method)).status == 200
    account.set(**dict.fromkeys(account.permissions, True) | {right: False})
    assert (await trader.asks(account, path, form, method=method)).refusal[:2] == (401, -2015)


async def test_a_key_that_may_not_even_read_can_still_be_told_so(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    account.forbid("enableReading")
    assert (await trader.asks(account, RESTRICTIONS)).json["enableReading"] is False


async def test_balances_and_the_uid_are_the_holders(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    account.balances["spot"] = {"USDT": "12.50000000", "DUST": "0.00000000"}
    spot = (await trader.asks(account, "/api/v3/account", {"omitZeroBalances": "true"})).json
    assert spot["balances"] == [{"asset": "USDT", "free": "12.50000000", "locked": "0.00000000"}]
    assert spot["uid"] == account.uid
    linear = (await trader.asks(account, "/fapi/v3/balance")).json
    assert [(each["asset"], each["balance"]) for each in linear] == [("USDT", "5000.00000000")]
    rotated = (await trader.asks(account.new_key(), "/api/v3/account")).json
    assert (rotated["uid"], len(rotated["balances"])) == (account.uid, 2)


async def test_public_paths_ask_for_no_key(binance: BinanceSimulator, trader: Trader) -> None:
    for path in ("/api/v3/ping", "/fapi/v1/ping"):
        assert (await trader.sends("", path)).json == {}
    for path in ("/api/v3/time", "/fapi/v1/time"):
        assert abs((await trader.sends("", path)).json["serverTime"] - binance.now_ms()) < 2000
    for path in ("/api/v3/exchangeInfo", "/fapi/v1/exchangeInfo"):
        symbols = (await trader.sends("", path)).json["symbols"]
        assert [symbol["symbol"] for symbol in symbols] == ["BTCUSDT", "ETHUSDT"]
    assert (await trader.sends("symbol=X", "/api/v3/time")).refusal == (
        400,
        -1101,
        "Too many parameters; expected '0' and received '1'.",
    )


@pytest.mark.parametrize(
    ("changes", "code", "sentence"),
    [
        ({"symbol": ""}, -1102, "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed."),
        ({"symbol": "BTCDOGE"}, -1121, "Invalid symbol."),
        ({"side": "HODL"}, -1117, "Invalid side."),
        ({"type": "WISH"}, -1116, "Invalid orderType."),
        ({"timeInForce": "LATER"}, -1115, "Invalid timeInForce."),
        ({"timeInForce": ""}, -1102, "Mandatory parameter 'timeInForce' was not sent, was empty/null, or malformed."),
        (
            {"quantity": "-1"},
            -1100,
            "Illegal characters found in parameter 'quantity'; legal range is '^([0-9]{1,20})(\\.[0-9]{1,20})?$'.",
        ),
        ({"quantity": "0.0000001"}, -1013, "Filter failure: LOT_SIZE"),
        ({"quantity": "100000"}, -1013, "Filter failure: LOT_SIZE"),
        ({"price": "50000.001"}, -1013, "Filter failure: PRICE_FILTER"),
        ({"quantity": "0.00001"}, -1013, "Filter failure: NOTIONAL"),
    ],
)
async def test_a_spot_form_is_judged_by_the_symbols_filters(
    binance: BinanceSimulator, trader: Trader, changes: dict[str, str | int], code: int, sentence: str
) -> None:
    account = binance.account("k1")
    assert (await trader.asks(account, SPOT_TEST, SPOT_ORDER)).json == {}
    reply = await trader.asks(account, SPOT_TEST, SPOT_ORDER | changes)
    assert reply.refusal == (400, code, sentence)


async def test_a_spot_market_order_needs_a_quantity_of_either_kind(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    order: dict[str, str | int] = {"symbol": "ETHUSDT", "side": "SELL", "type": "MARKET"}
    assert await _spot_says(trader, account, order) == (
        -1102,
        "Param 'quantity' or 'quoteOrderQty' must be sent, but both were empty/null!",
    )
    assert await _spot_says(trader, account, order | {"quoteOrderQty": "1"}) == (-1013, "Filter failure: NOTIONAL")
    assert (await trader.asks(account, SPOT_TEST, order | {"quoteOrderQty": "20"})).json == {}
    assert (await trader.asks(account, SPOT_TEST, order | {"quantity": "0.01"})).json == {}


async def _spot_says(trader: Trader, account: Account, order: dict[str, str | int]) -> tuple[int, str]:
    return (await trader.asks(account, SPOT_TEST, order)).refusal[1:]


@pytest.mark.parametrize(
    ("changes", "code", "sentence"),
    [
        ({"symbol": "BTCDOGE"}, -1121, "Invalid symbol."),
        ({"quantity": "0"}, -4003, "Quantity less than or equal to zero."),
        ({"quantity": "0.0001"}, -1111, "Precision is over the maximum defined for this asset."),
        ({"quantity": "5000"}, -4005, "Quantity greater than max quantity."),
        ({"price": "0"}, -4001, "Price less than 0."),
        ({"price": "50000.05"}, -4014, "Price not increased by tick size."),
        (
            {"quantity": "0.001"},
            -4164,
            "Order's notional must be no smaller than 100 (unless you choose reduce only).",
        ),
    ],
)
async def test_a_futures_form_is_judged_in_the_words_of_futures(
    binance: BinanceSimulator, trader: Trader, changes: dict[str, str | int], code: int, sentence: str
) -> None:
    account = binance.account("k1")
    good = await trader.asks(account, LINEAR_TEST, LINEAR_ORDER)
    assert (good.json["symbol"], good.json["orderId"], good.json["status"]) == ("BTCUSDT", 0, "NEW")
    reply = await trader.asks(account, LINEAR_TEST, LINEAR_ORDER | changes)
    assert reply.refusal == (400, code, sentence)


def test_keys_look_like_binances_and_are_the_same_in_every_run(clock: StillClock, told: Told) -> None:
    one, two, other = (BinanceSimulator(clock, told, seed=seed) for seed in (1, 1, 2))
    two.account("another one first")
    first, again = one.account("k1"), two.account("k1")
    assert (first.api_key, first.secret, first.uid) == (again.api_key, again.secret, again.uid)
    assert (len(first.api_key), len(first.secret)) == (64, 64)
    assert first.api_key.isalnum()
    assert first.secret.isalnum()
    assert first.api_key != first.secret
    assert other.account("k1").api_key != first.api_key


def test_a_new_key_is_another_key_of_the_same_holder(binance: BinanceSimulator) -> None:
    first = binance.account("k1", "testnet")
    first.allow("enableWithdrawals")
    second, third = first.new_key(), first.new_key()
    assert [second.name, third.name] == ["k1-2", "k1-3"]
    assert {first.uid, second.uid, third.uid} == {first.uid}
    assert len({first.api_key, second.api_key, third.api_key}) == 3
    assert (second.environment, second.permissions["enableWithdrawals"]) == ("testnet", False)
    assert binance.account("k1-2") is second


def test_a_name_means_one_account(binance: BinanceSimulator) -> None:
    account = binance.account("k1", "demo")
    assert binance.account("k1") is account
    with pytest.raises(ValueError, match="another account named 'k1'"):
        binance.account("k1", "live")
    with pytest.raises(ValueError, match="already in use"):
        binance.account("k2", api_key=account.api_key)
    with pytest.raises(ValueError, match="no environment 'paper'"):
        binance.account("k3", "paper")


def test_an_ip_list_holds_one_to_thirty_addresses(binance: BinanceSimulator) -> None:
    account = binance.account("k1")
    for addresses in ([], [f"203.0.113.{n}" for n in range(31)]):
        with pytest.raises(ValueError, match="1 to 30"):
            account.restrict_ips(addresses)


def test_an_account_does_not_print_its_secret(binance: BinanceSimulator) -> None:
    account = binance.account("k1")
    assert account.secret not in repr(account)
