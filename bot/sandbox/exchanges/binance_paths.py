"""The simulated Binance's paths: what each costs and asks for, and what it answers.

Answers have the fields of the documented examples, in their order.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

import orjson

from bot.sandbox.exchanges import binance_market as market
from bot.sandbox.exchanges.account import Account, KeyStyle

READ: Final = "enableReading"
SPOT_TRADE: Final = "enableSpotAndMarginTrading"
FUTURES_TRADE: Final = "enableFutures"

# The switches of GET /sapi/v1/account/apiRestrictions, in the order of its documented answer. Binance ships a new key
# with reading alone; here it may trade as well, since that is the key nearly every story starts with.
KEY_STYLE: Final = KeyStyle(
    switches={
        READ: True,
        "enableWithdrawals": False,
        "enableInternalTransfer": False,
        "enableMargin": False,
        FUTURES_TRADE: True,
        "permitsUniversalTransfer": False,
        "enableVanillaOptions": False,
        "enableFixApiTrade": False,
        "enableFixReadOnly": False,
        SPOT_TRADE: True,
        "enablePortfolioMarginTrading": False,
    },
    labels={
        READ: "Enable Reading",
        SPOT_TRADE: "Enable Spot & Margin Trading",
        FUTURES_TRADE: "Enable Futures",
        "enableMargin": "Enable Margin Loan, Repay & Transfer",
        "permitsUniversalTransfer": "Permits Universal Transfer",
        "enableInternalTransfer": "Enable Internal Transfer",
        "enableVanillaOptions": "Enable European Options",
        "enablePortfolioMarginTrading": "Enable Portfolio Margin Trading",
        "enableWithdrawals": "Enable Withdrawals",
    },
    public_keys=frozenset({"ed25519", "rsa"}),
    opening_balances={
        "spot": {"USDT": "12500.00000000", "BTC": "0.25000000"},
        "linear": {"USDT": "5000.00000000"},
    },
    poses={
        "watch": {SPOT_TRADE: False, FUTURES_TRADE: False},
        "withdraw": {"enableWithdrawals": True},
        "transfer": {"enableInternalTransfer": True},
        "spot only": {SPOT_TRADE: True, FUTURES_TRADE: False},
        "futures only": {SPOT_TRADE: False, FUTURES_TRADE: True},
    },
    ends=True,
    # Seen once, on a live sub-account's key; Binance does not document it.
    left_out_for_sub_accounts=frozenset(
        {
            "enableWithdrawals",
            "enableInternalTransfer",
            "enableMargin",
            "enableVanillaOptions",
            "permitsUniversalTransfer",
        }
    ),
)

WEIGHT_A_MINUTE: Final = {"api": 6_000, "sapi": 12_000, "fapi": 2_400}
"""Per IP address. ``sapi`` gives each of its endpoints a budget of its own; the other two share one among theirs."""


class Asked(NamedTuple):
    """A request that passed the gateway's checks."""

    holder: Account | None
    """None at a public path."""
    form: Mapping[str, str]
    now_ms: int
    """The exchange's clock, epoch milliseconds."""
    sandbox_now: float
    """The sandbox's clock, epoch seconds: expiry goes by it."""

    @property
    def account(self) -> Account:
        """The key's account, at a signed path."""
        assert self.holder is not None
        return self.holder


class Endpoint(NamedTuple):
    """One path."""

    weight: int
    answer: Callable[[Asked], bytes]
    right: str | None = None
    """The switch it needs, besides a good signature."""
    fields: frozenset[str] | None = frozenset()
    """Parameters it takes besides those of signing; None for any."""
    signed: bool = True


def may(account: Account, right: str, now: float) -> bool:
    """Whether a key has a right at an instant: its switch is on and, for spot trading, its date has not come."""
    if right == SPOT_TRADE and account.expires_ms is not None:
        return account.permissions[right] and now * 1000 < account.expires_ms
    return account.permissions[right]


def _api_restrictions(asked: Asked) -> bytes:
    account = asked.account
    body = account.rendered.get("apiRestrictions")
    if body is not None:
        return body
    restrictions: dict[str, Any] = {
        "ipRestrict": account.ips is not None,
        "createTime": int(account.created_at) * 1000,
    }
    for switch in account.permissions:
        if switch not in account.left_out:
            restrictions[switch] = may(account, switch, asked.sandbox_now)
    if account.expires_ms is None:
        return account.rendered.setdefault("apiRestrictions", orjson.dumps(restrictions))
    restrictions["tradingAuthorityExpirationTime"] = account.expires_ms
    return orjson.dumps(restrictions)


def _account_status(_: Asked) -> bytes:
    return b'{"data":"Normal"}'


def _account_info(_: Asked) -> bytes:
    return orjson.dumps(
        {
            "vipLevel": 0,
            "isMarginEnabled": False,
            "isFutureEnabled": True,
            "isOptionsEnabled": False,
            "isPortfolioMarginRetailEnabled": False,
        }
    )


def _spot_account(asked: Asked) -> bytes:
    # canTrade, canWithdraw and canDeposit are the account's, not the key's: bait for a careless reader.
    account = asked.account
    balances = account.balances.get("spot", {})
    if asked.form.get("omitZeroBalances") == "true":
        balances = {asset: amount for asset, amount in balances.items() if float(amount)}
    return orjson.dumps(
        {
            "makerCommission": 10,
            "takerCommission": 10,
            "buyerCommission": 0,
            "sellerCommission": 0,
            "commissionRates": {
                "maker": "0.00100000",
                "taker": "0.00100000",
                "buyer": "0.00000000",
                "seller": "0.00000000",
            },
            "canTrade": True,
            "canWithdraw": True,
            "canDeposit": True,
            "brokered": False,
            "requireSelfTradePrevention": False,
            "preventSor": False,
            "updateTime": int(account.created_at) * 1000,
            "accountType": "SPOT",
            "balances": [
                {"asset": asset, "free": amount, "locked": "0.00000000"} for asset, amount in balances.items()
            ],
            "permissions": ["SPOT"],
            "uid": account.uid,
        }
    )


def _linear_config(_: Asked) -> bytes:
    return orjson.dumps(
        {
            "feeTier": 0,
            "canTrade": True,
            "canDeposit": True,
            "canWithdraw": True,
            "dualSidePosition": False,
            "updateTime": 0,
            "multiAssetsMargin": False,
            "tradeGroupId": -1,
        }
    )


def _linear_balance(asked: Asked) -> bytes:
    return orjson.dumps(
        [
            {
                "accountAlias": "SgsR",
                "asset": asset,
                "balance": amount,
                "crossWalletBalance": amount,
                "crossUnPnl": "0.00000000",
                "availableBalance": amount,
                "maxWithdrawAmount": amount,
                "marginAvailable": True,
                "updateTime": asked.now_ms,
            }
            for asset, amount in asked.account.balances.get("linear", {}).items()
        ]
    )


def _order_limits(_: Asked) -> bytes:
    return orjson.dumps(
        [
            {"rateLimitType": "ORDERS", "interval": "SECOND", "intervalNum": 10, "limit": 300},
            {"rateLimitType": "ORDERS", "interval": "MINUTE", "intervalNum": 1, "limit": 1200},
        ]
    )


def _spot_info(asked: Asked) -> bytes:
    return orjson.dumps(market.spot_exchange_info(now_ms=asked.now_ms, weight_limit=WEIGHT_A_MINUTE["api"]))


def _linear_info(asked: Asked) -> bytes:
    return orjson.dumps(market.linear_exchange_info(now_ms=asked.now_ms, weight_limit=WEIGHT_A_MINUTE["fapi"]))


def _spot_order_test(asked: Asked) -> bytes:
    return market.judge_spot_order(asked.form)


def _linear_order_test(asked: Asked) -> bytes:
    return market.judge_linear_order(asked.form, now_ms=asked.now_ms)


def _empty(_: Asked) -> bytes:
    return b"{}"


def _time(asked: Asked) -> bytes:
    return b'{"serverTime":%d}' % asked.now_ms


def _system_status(_: Asked) -> bytes:
    return b'{"status":0,"msg":"normal"}'


NEVER: Final = Endpoint(1, _empty, fields=None)
"""Any path that would change something: signed like the rest, then refused as to a key without the right."""

ENDPOINTS: Final[Mapping[tuple[str, str], Endpoint]] = {
    ("GET", "/sapi/v1/system/status"): Endpoint(1, _system_status, signed=False),
    # Asks for no right: a key whose reading is off can still be told so.
    ("GET", "/sapi/v1/account/apiRestrictions"): Endpoint(1, _api_restrictions),
    ("GET", "/sapi/v1/account/status"): Endpoint(1, _account_status, READ),
    ("GET", "/sapi/v1/account/info"): Endpoint(1, _account_info, READ),
    ("GET", "/api/v3/ping"): Endpoint(1, _empty, signed=False),
    ("GET", "/api/v3/time"): Endpoint(1, _time, signed=False),
    ("GET", "/api/v3/exchangeInfo"): Endpoint(20, _spot_info, fields=None, signed=False),
    ("GET", "/api/v3/account"): Endpoint(20, _spot_account, READ, frozenset({"omitZeroBalances"})),
    ("POST", "/api/v3/order/test"): Endpoint(1, _spot_order_test, SPOT_TRADE, market.SPOT_ORDER_FIELDS),
    ("GET", "/fapi/v1/ping"): Endpoint(1, _empty, signed=False),
    ("GET", "/fapi/v1/time"): Endpoint(1, _time, signed=False),
    ("GET", "/fapi/v1/exchangeInfo"): Endpoint(1, _linear_info, signed=False),
    ("GET", "/fapi/v1/accountConfig"): Endpoint(5, _linear_config, READ),
    ("GET", "/fapi/v3/balance"): Endpoint(5, _linear_balance, READ),
    ("GET", "/fapi/v1/rateLimit/order"): Endpoint(1, _order_limits, READ),
    ("POST", "/fapi/v1/order/test"): Endpoint(1, _linear_order_test, FUTURES_TRADE, market.LINEAR_ORDER_FIELDS),
}
