"""What the simulated Binance trades, and what its order form refuses.

``order/test`` judges a form as the real one does and places nothing. Codes and sentences: Binance's spot ``errors.md``
and ``filters.md``, and the error list of USDⓈ-M futures. Two symbols are enough: nobody trades here.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

import orjson

from bot.sandbox.exchanges.venue import Refused


def refusal_body(code: int, message: str) -> bytes:
    """An error in Binance's shape."""
    return orjson.dumps({"code": code, "msg": message})


def refusal(status: int, code: int, message: str) -> Refused:
    """The exchange says no: HTTP status, its code, and its sentence."""
    return Refused(status, refusal_body(code, message))


class Symbol(NamedTuple):
    """One pair's trading rules."""

    base: str
    quote: str
    price: Decimal
    """About what it costs: market orders are valued with it."""
    tick: Decimal
    step: Decimal
    most: Decimal
    least_value: Decimal

    @property
    def id(self) -> str:
        """As requests name it: ``BTCUSDT``."""
        return self.base + self.quote


def _symbol(base: str, price: str, tick: str, step: str, most: str, least_value: str) -> Symbol:
    return Symbol(base, "USDT", Decimal(price), Decimal(tick), Decimal(step), Decimal(most), Decimal(least_value))


SPOT: Final = {
    symbol.id: symbol
    for symbol in (
        _symbol("BTC", "96000", "0.01", "0.00001", "9000", "5"),
        _symbol("ETH", "3400", "0.01", "0.0001", "9000", "5"),
    )
}
LINEAR: Final = {
    symbol.id: symbol
    for symbol in (
        _symbol("BTC", "96000", "0.10", "0.001", "1000", "100"),
        _symbol("ETH", "3400", "0.01", "0.001", "10000", "20"),
    )
}

SPOT_ORDER_FIELDS: Final = frozenset(
    {
        "symbol",
        "side",
        "type",
        "timeInForce",
        "quantity",
        "quoteOrderQty",
        "price",
        "newClientOrderId",
        "strategyId",
        "strategyType",
        "stopPrice",
        "trailingDelta",
        "icebergQty",
        "newOrderRespType",
        "selfTradePreventionMode",
    }
)
LINEAR_ORDER_FIELDS: Final = frozenset(
    {
        "symbol",
        "side",
        "positionSide",
        "type",
        "timeInForce",
        "quantity",
        "reduceOnly",
        "price",
        "newClientOrderId",
        "newOrderRespType",
        "stopPrice",
        "closePosition",
        "activationPrice",
        "callbackRate",
        "workingType",
        "priceProtect",
        "priceMatch",
        "selfTradePreventionMode",
        "goodTillDate",
    }
)

_SPOT_TYPES: Final = frozenset({"LIMIT", "MARKET", "LIMIT_MAKER"})
_LINEAR_TYPES: Final = frozenset({"LIMIT", "MARKET"})
_TIMES_IN_FORCE: Final = frozenset({"GTC", "IOC", "FOK"})
_NUMBER: Final = r"^([0-9]{1,20})(\.[0-9]{1,20})?$"


def judge_spot_order(form: Mapping[str, str]) -> bytes:
    """``POST /api/v3/order/test``: an empty object for a form that would have been taken.

    Raises:
        Refused: with the form's first mistake.
    """
    symbol, kind = _read_head(form, SPOT, _SPOT_TYPES)
    if kind == "MARKET" and "quantity" not in form and "quoteOrderQty" not in form:
        raise refusal(400, -1102, "Param 'quantity' or 'quoteOrderQty' must be sent, but both were empty/null!")
    if kind == "MARKET" and "quoteOrderQty" in form:
        if _number(form, "quoteOrderQty") < symbol.least_value:
            raise refusal(400, -1013, "Filter failure: NOTIONAL")
        return b"{}"
    quantity = _number(form, "quantity")
    price = symbol.price if kind == "MARKET" else _number(form, "price")
    if not 0 < quantity <= symbol.most or quantity % symbol.step:
        raise refusal(400, -1013, "Filter failure: LOT_SIZE")
    if price <= 0 or price % symbol.tick:
        raise refusal(400, -1013, "Filter failure: PRICE_FILTER")
    if quantity * price < symbol.least_value:
        raise refusal(400, -1013, "Filter failure: NOTIONAL")
    return b"{}"


def judge_linear_order(form: Mapping[str, str], *, now_ms: int) -> bytes:
    """``POST /fapi/v1/order/test``: the order as it would have looked, with an id that exists nowhere.

    Raises:
        Refused: with the form's first mistake.
    """
    symbol, kind = _read_head(form, LINEAR, _LINEAR_TYPES)
    quantity = _number(form, "quantity")
    price = symbol.price if kind == "MARKET" else _number(form, "price")
    if quantity <= 0:
        raise refusal(400, -4003, "Quantity less than or equal to zero.")
    if quantity % symbol.step:
        raise refusal(400, -1111, "Precision is over the maximum defined for this asset.")
    if quantity > symbol.most:
        raise refusal(400, -4005, "Quantity greater than max quantity.")
    if price <= 0:
        raise refusal(400, -4001, "Price less than 0.")
    if price % symbol.tick:
        raise refusal(400, -4014, "Price not increased by tick size.")
    if quantity * price < symbol.least_value and form.get("reduceOnly") != "true":
        least = symbol.least_value
        raise refusal(400, -4164, f"Order's notional must be no smaller than {least} (unless you choose reduce only).")
    return orjson.dumps(
        {
            "orderId": 0,
            "symbol": symbol.id,
            "status": "NEW",
            "clientOrderId": form.get("newClientOrderId", "testOrder"),
            "price": form.get("price", "0.00"),
            "avgPrice": "0.00",
            "origQty": form["quantity"],
            "executedQty": "0.000",
            "cumQty": "0.000",
            "cumQuote": "0.00",
            "timeInForce": form.get("timeInForce", "GTC"),
            "type": kind,
            "reduceOnly": form.get("reduceOnly") == "true",
            "closePosition": False,
            "side": form["side"],
            "positionSide": form.get("positionSide", "BOTH"),
            "stopPrice": "0.00",
            "workingType": "CONTRACT_PRICE",
            "priceProtect": False,
            "origType": kind,
            "updateTime": now_ms,
        }
    )


def _read_head(form: Mapping[str, str], symbols: Mapping[str, Symbol], kinds: frozenset[str]) -> tuple[Symbol, str]:
    """What both markets ask of every order: symbol, side and type, and of a limit order its time in force."""
    for name in ("symbol", "side", "type"):
        require(form, name)
    symbol = symbols.get(form["symbol"])
    if symbol is None:
        raise refusal(400, -1121, "Invalid symbol.")
    if form["side"] not in {"BUY", "SELL"}:
        raise refusal(400, -1117, "Invalid side.")
    kind = form["type"]
    if kind not in kinds:
        raise refusal(400, -1116, "Invalid orderType.")
    if kind == "LIMIT":
        require(form, "timeInForce")
        if form["timeInForce"] not in _TIMES_IN_FORCE:
            raise refusal(400, -1115, "Invalid timeInForce.")
    return symbol, kind


def require(form: Mapping[str, str], name: str) -> str:
    """A parameter that must be there.

    Raises:
        Refused: when it is missing or empty.
    """
    value = form.get(name)
    if not value:
        raise refusal(400, -1102, f"Mandatory parameter '{name}' was not sent, was empty/null, or malformed.")
    return value


def illegal(name: str, legal: str) -> Refused:
    """A parameter holds characters it cannot hold."""
    return refusal(400, -1100, f"Illegal characters found in parameter '{name}'; legal range is '{legal}'.")


def _number(form: Mapping[str, str], name: str) -> Decimal:
    value = require(form, name)
    if not re.match(_NUMBER, value):
        raise illegal(name, _NUMBER)
    return Decimal(value)


def spot_exchange_info(*, now_ms: int, weight_limit: int) -> dict[str, Any]:
    """``GET /api/v3/exchangeInfo``, with what a client needs to know a symbol."""
    return {
        "timezone": "UTC",
        "serverTime": now_ms,
        "rateLimits": [_weight_limit(weight_limit)],
        "exchangeFilters": [],
        "symbols": [
            {
                "symbol": symbol.id,
                "status": "TRADING",
                "baseAsset": symbol.base,
                "baseAssetPrecision": 8,
                "quoteAsset": symbol.quote,
                "quotePrecision": 8,
                "quoteAssetPrecision": 8,
                "orderTypes": sorted(_SPOT_TYPES),
                "icebergAllowed": True,
                "isSpotTradingAllowed": True,
                "isMarginTradingAllowed": True,
                "filters": [
                    *_price_and_size(symbol),
                    {"filterType": "NOTIONAL", "minNotional": str(symbol.least_value), "applyMinToMarket": True},
                ],
                "permissions": [],
                "permissionSets": [["SPOT", "MARGIN"]],
            }
            for symbol in SPOT.values()
        ],
    }


def linear_exchange_info(*, now_ms: int, weight_limit: int) -> dict[str, Any]:
    """``GET /fapi/v1/exchangeInfo``."""
    return {
        "timezone": "UTC",
        "serverTime": now_ms,
        "futuresType": "U_MARGINED",
        "rateLimits": [_weight_limit(weight_limit)],
        "exchangeFilters": [],
        "symbols": [
            {
                "symbol": symbol.id,
                "pair": symbol.id,
                "contractType": "PERPETUAL",
                "deliveryDate": 4133404800000,
                "onboardDate": 1569398400000,
                "status": "TRADING",
                "baseAsset": symbol.base,
                "quoteAsset": symbol.quote,
                "marginAsset": symbol.quote,
                "pricePrecision": 2,
                "quantityPrecision": 3,
                "underlyingType": "COIN",
                "orderTypes": sorted(_LINEAR_TYPES),
                "timeInForce": sorted(_TIMES_IN_FORCE),
                "filters": [
                    *_price_and_size(symbol),
                    {"filterType": "MIN_NOTIONAL", "notional": str(symbol.least_value)},
                ],
            }
            for symbol in LINEAR.values()
        ],
    }


def _weight_limit(limit: int) -> dict[str, Any]:
    return {"rateLimitType": "REQUEST_WEIGHT", "interval": "MINUTE", "intervalNum": 1, "limit": limit}


def _price_and_size(symbol: Symbol) -> list[dict[str, str]]:
    tick, step = str(symbol.tick), str(symbol.step)
    return [
        {"filterType": "PRICE_FILTER", "minPrice": tick, "maxPrice": "1000000.00000000", "tickSize": tick},
        {"filterType": "LOT_SIZE", "minQty": step, "maxQty": str(symbol.most), "stepSize": step},
    ]
