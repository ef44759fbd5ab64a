"""A simulated Bybit: API v5, live, testnet and demo, behind one origin.

Live, testnet and demo have different hosts in the world and one origin here, so the environment is the key's own. The
order of its checks is not published; codes and sentences are from docs/v5/error and from bodies people have posted.
Bybit answers with status 200 whatever it says of a key; only the wall in front of it uses others.
"""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qsl

import orjson

from bot.sandbox.exchanges.account import Account, KeyStyle
from bot.sandbox.exchanges.announcements import Maintenance
from bot.sandbox.exchanges.faults import HTML, Said, Wording
from bot.sandbox.exchanges.signature import signed_with_private_key, signed_with_secret
from bot.sandbox.exchanges.simulator import Clock, Events
from bot.sandbox.exchanges.venue import Refused, Request, Rules, Venue

READ_ONLY: Final = "readOnly"

_SCOPES: Final[Mapping[str, tuple[str, str]]] = {
    "ContractOrder": ("ContractTrade", "Order"),
    "ContractPosition": ("ContractTrade", "Position"),
    "SpotTrade": ("Spot", "SpotTrade"),
    "AccountTransfer": ("Wallet", "AccountTransfer"),
    "SubMemberTransfer": ("Wallet", "SubMemberTransfer"),
    "Withdraw": ("Wallet", "Withdraw"),
    "OptionsTrade": ("Options", "OptionsTrade"),
    "DerivativesTrade": ("Derivatives", "DerivativesTrade"),
    "ExchangeHistory": ("Exchange", "ExchangeHistory"),
    "Earn": ("Earn", "Earn"),
    "FiatP2POrder": ("FiatP2P", "FiatP2POrder"),
}
"""Switch → where query-api lists it. ``readOnly`` is the choice above all of them."""

_GROUPS: Final = (
    *("ContractTrade", "Spot", "Wallet", "Options", "Derivatives", "CopyTrading", "BlockTrade", "Exchange", "NFT"),
    *("Affiliate", "Earn", "FiatP2P", "FiatConvertBroker", "FiatGlobalPay", "FiatBitPay", "BitCard", "ByXPost"),
)

KEY_STYLE: Final = KeyStyle(
    switches={READ_ONLY: False}
    | {switch: switch in {"ContractOrder", "ContractPosition", "SpotTrade"} for switch in _SCOPES},
    labels={
        READ_ONLY: "Read-Only",
        "ContractOrder": "Contract - Orders",
        "ContractPosition": "Contract - Positions",
        "SpotTrade": "SPOT - Trade",
        "AccountTransfer": "Account Transfer",
        "SubMemberTransfer": "Subaccount Transfer",
        "Withdraw": "Withdrawal",
        "OptionsTrade": "USDC Contracts",
        "DerivativesTrade": "Unified Trading",
        "ExchangeHistory": "Exchange - Convert",
        "FiatP2POrder": "P2P",
    },
    opening_balances={"unified": {"USDT": "7500", "BTC": "0.4"}},
    poses={
        "watch": {READ_ONLY: True},
        "withdraw": {"Withdraw": True},
        "transfer": {"AccountTransfer": True},
        "spot only": {"SpotTrade": True, "ContractOrder": False, "ContractPosition": False},
        "futures only": {"SpotTrade": False, "ContractOrder": True, "ContractPosition": True},
    },
    ends=True,
    max_ips=10,
    key_length=18,
    secret_length=36,
    public_keys=frozenset({"rsa"}),
)


def _body(code: int, message: str, result: Any = None, *, now_ms: int | None = None) -> bytes:
    return orjson.dumps(
        {
            "retCode": code,
            "retMsg": message,
            "result": result or {},
            "retExtInfo": {},
            "time": int(time.time() * 1000) if now_ms is None else now_ms,
        }
    )


def refusal(code: int, message: str) -> Refused:
    """The exchange says no."""
    return Refused(200, _body(code, message))


_TOO_FREQUENT: Final = b"403, access too frequent"

WORDING: Final = Wording(
    server_error=_body(10016, "Internal server error."),
    maintenance=Said(503, _body(10016, "Service is restarting, please retry later.")),
    restricted_location=Said(200, _body(10009, "IP has been banned. Services are not available in your location.")),
    too_many_requests=Said(200, _body(10018, "Exceeded the IP Rate Limit."), tells_wait=False),
    banned=lambda _seconds: Said(403, _TOO_FREQUENT, HTML, tells_wait=False),
)


class _Asked(NamedTuple):
    account: Account
    form: Mapping[str, str]
    now_ms: int


def _key_info(asked: _Asked) -> dict[str, Any]:
    account = asked.account
    scopes: dict[str, list[str]] = {group: [] for group in _GROUPS}
    for switch, (group, scope) in _SCOPES.items():
        if account.permissions[switch]:
            scopes[group].append(scope)
    bound = account.ips is not None
    ends = account.expires_ms
    return {
        "id": str(account.uid % 10_000_000),
        "note": account.name,
        "apiKey": account.api_key,
        "readOnly": int(account.permissions[READ_ONLY]),
        "secret": "",
        "permissions": scopes,
        "ips": ["*"] if account.ips is None else sorted(account.ips),
        "type": 1,
        # An IP-bound key has no end, and says so with a negative number and 1970.
        "deadlineDay": -2
        if bound and ends is None
        else 90
        if ends is None
        else max(0, (ends - asked.now_ms) // _DAY_MS),
        "expiredAt": _date(
            0 if bound and ends is None else ends if ends is not None else int(account.created_at * 1000) + 90 * _DAY_MS
        ),
        "createdAt": _date(int(account.created_at * 1000)),
        "unified": 0,
        "uta": 1,
        "userID": account.uid,
        "inviterID": 0,
        "vipLevel": "No VIP",
        "mktMakerLevel": "0",
        "affiliateID": 0,
        "rsaPublicKey": account.public_key or "",
        "isMaster": True,
        "parentUid": "0",
        "kycLevel": "LEVEL_1",
        "kycRegion": "POL",
    }


def _account_info(asked: _Asked) -> dict[str, Any]:
    return {
        "unifiedMarginStatus": 5,
        "marginMode": "REGULAR_MARGIN",
        "isMasterTrader": False,
        "spotHedgingStatus": "OFF",
        "updatedTime": str(int(asked.account.created_at * 1000)),
    }


def _balance(asked: _Asked) -> dict[str, Any]:
    kind = asked.form.get("accountType")
    if kind != "UNIFIED":
        raise refusal(10001, f"accountType only support UNIFIED, but {kind} was sent")
    coins = asked.account.balances.get("unified", {})
    return {
        "list": [
            {
                "accountType": "UNIFIED",
                "coin": [{"coin": coin, "walletBalance": amount, "equity": amount} for coin, amount in coins.items()],
            }
        ]
    }


_DAY_MS: Final = 86_400_000
_ANSWERS: Final[Mapping[str, Callable[[_Asked], dict[str, Any]]]] = {
    "/v5/user/query-api": _key_info,
    "/v5/account/info": _account_info,
    "/v5/account/wallet-balance": _balance,
}
_NOT_ON_DEMO: Final = frozenset({"/v5/user/query-api"})

_STATUS: Final = "/v5/system/status"


def _status(one: Maintenance, now_ms: int) -> dict[str, Any]:
    return {
        "id": f"00000000-587f-11f0-bcc9-{one.number:012}",
        "title": f"Upgrade {one.number}",
        "state": one.state(now_ms),
        "begin": str(one.begin_ms),
        "end": str(one.end_ms),
        "href": "",
        "serviceTypes": [1, 4],
        "product": [1, 2],
        "uidSuffix": [],
        "maintainType": 3 if one.disruption else 1,
        "env": 2 if one.environment == "demo" else 1,
    }


RULES: Final = Rules(
    id="bybit",
    title="Bybit",
    key_style=KEY_STYLE,
    wording=WORDING,
    weight_a_minute={"address": 7_200},
    counted_in={"address": 5},
    paths=frozenset(("GET", path) for path in _ANSWERS),
    api_key_of=lambda headers, _query: headers.get("X-BAPI-API-KEY", ""),
    announces_of=("live", "demo"),
)


class BybitSimulator(Venue):
    """The exchange."""

    def __init__(
        self, clock: Clock, events: Events, *, seed: int = 1, real_time: Callable[[], float] = time.time
    ) -> None:
        super().__init__(RULES, self._answer, clock, events, seed=seed, real_time=real_time)

    def _answer(self, request: Request, headers: dict[str, str]) -> bytes:
        now_ms = self.now_ms()
        headers["Timenow"] = str(now_ms)
        _, exceeded = self.limits.charge("address", 1, self.caller_ip)
        if exceeded is not None:
            raise Refused(403, _TOO_FREQUENT, HTML)
        if request.method == "GET" and request.path == "/v5/market/time":
            seconds, nanos = now_ms // 1000, now_ms * 1_000_000
            return _body(0, "OK", {"timeSecond": str(seconds), "timeNano": str(nanos)}, now_ms=now_ms)
        if request.method == "GET" and request.path == _STATUS:
            wanted = dict(parse_qsl(request.query)).get("state")
            rows = [_status(one, now_ms) for one in self.announcements]
            listed = [row for row in reversed(rows) if wanted in {None, row["state"]}]
            return _body(0, "", {"list": listed}, now_ms=now_ms)
        answer = _ANSWERS.get(request.path)
        if request.method == "GET" and answer is None:
            raise Refused(404, b"404 page not found", HTML)
        account = self._recognise(request, now_ms)
        if answer is None:
            raise refusal(10005, "Permission denied, please check your API key permissions.")
        if account.environment == "demo" and request.path in _NOT_ON_DEMO:
            raise refusal(10032, "Demo trading are not supported.")
        form = dict(parse_qsl(request.query))
        return _body(0, "", answer(_Asked(account, form, now_ms)), now_ms=now_ms)

    def _recognise(self, request: Request, now_ms: int) -> Account:
        """The account a request is signed for.

        Raises:
            Refused: for whatever is wrong with the key, the time, the signature or the address.
        """
        sent = request.headers
        key, stamp, window = (sent.get(f"X-BAPI-{name}", "") for name in ("API-KEY", "TIMESTAMP", "RECV-WINDOW"))
        account = self.accounts.with_key(key)
        if account is None or account.revoked:
            raise refusal(10003, "API key is invalid.")
        if not (stamp.isdigit() and window.isdigit() and now_ms - int(window) <= int(stamp) < now_ms + 1000):
            raise refusal(
                10002,
                "invalid request, please check your server timestamp or recv_window param. "
                f"req_timestamp[{stamp}],server_timestamp[{now_ms}],recv_window[{window}]",
            )
        payload = f"{stamp}{key}{window}{request.query if request.method == 'GET' else request.body}"
        if not _signed(account, payload.encode(), sent.get("X-BAPI-SIGN", "")):
            # It really gives back what it would have signed, the API key in the middle.
            raise refusal(10004, f"error sign! origin_string[{payload}]")
        if account.expires_ms is not None and account.expires_ms <= self.clock.now() * 1000:
            raise refusal(33004, "Your api key has expired.")
        if account.suspended:
            raise refusal(10008, "User has been banned.")
        if account.ips is not None and self.caller_ip not in account.ips:
            raise refusal(10010, "Unmatched IP, please check your API key's bound IP addresses.")
        return account


def _signed(account: Account, payload: bytes, signature: str) -> bool:
    if account.public_key is not None:
        return signed_with_private_key(payload, signature, account.public_key)
    return signed_with_secret(payload, signature, account.secret)


def _date(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
