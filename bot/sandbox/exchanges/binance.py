"""A simulated Binance: spot and USDⓈ-M futures, live, testnet and demo, behind one origin.

It judges a request as a gateway would: limits, key format, parameters, time, key, signature, account, IP, right.
Binance does not publish that order; codes, sentences and statuses are from its docs and from bodies people have posted.

Live, testnet and demo have different hosts in the world and one origin here, so the environment is the key's own. Where
an environment lacks a path (only live has ``/sapi``) its keys are strangers there, as they are at the live host.

The exchange lives in real time, shifted by ``faults.clock_skew``: clients stamp requests with the machine's clock, and
a test that moves the sandbox clock on by two days must not make every signature stale. Weight, expiry and the log go by
sandbox time.
"""

import re
import time
from collections import deque
from collections.abc import Callable, Mapping
from email.utils import formatdate
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import unquote_plus

from aiohttp import web

from bot.sandbox.exchanges import binance_market as market
from bot.sandbox.exchanges.account import Account, Accounts
from bot.sandbox.exchanges.binance_market import Refused, refusal
from bot.sandbox.exchanges.binance_paths import (
    ENDPOINTS,
    KEY_STYLE,
    NEVER,
    WEIGHT_A_MINUTE,
    Asked,
    may,
)
from bot.sandbox.exchanges.faults import HTML, JSON, Faults, Wording, gateway_page
from bot.sandbox.exchanges.panel import apply_control, panel_of
from bot.sandbox.exchanges.signature import signed_with_private_key, signed_with_secret
from bot.sandbox.exchanges.simulator import Call, Clock, Events
from bot.sandbox.exchanges.weight import Weight

_KEY_FORMAT: Final = re.compile(r"[A-Za-z0-9]{64}\Z")
_INTEGER: Final = re.compile(r"[0-9]{1,20}\Z")
_UNTRUSTED: Final = "Invalid API-key, IP, or permissions for action."
_FAMILIES: Final = ("api", "sapi", "fapi", "dapi", "eapi", "papi")
_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_SIGNING: Final = frozenset({"timestamp", "recvWindow", "signature"})
_LOG_LENGTH: Final = 10_000


def _too_much_weight(limit: int) -> bytes:
    return market.refusal_body(
        -1003,
        f"Too much request weight used; current limit is {limit} request weight per 1 MINUTE. "
        "Please use WebSocket Streams for live updates to avoid polling the API.",
    )


def _banned(seconds: int) -> bytes:
    return market.refusal_body(
        -1003,
        f"Way too much request weight used; IP banned until {int((time.time() + seconds) * 1000)}. "
        "Please use WebSocket Streams for live updates to avoid bans.",
    )


WORDING: Final = Wording(
    server_error=market.refusal_body(-1001, "Internal error; unable to process your request. Please try again."),
    maintenance=(503, market.refusal_body(1, "System is under maintenance.")),
    restricted_location=market.refusal_body(
        0,
        "Service unavailable from a restricted location according to 'b. Eligibility' in "
        "https://www.binance.com/en/terms. Please contact customer service if you believe you received this "
        "message in error.",
    ),
    too_many_requests=_too_much_weight(WEIGHT_A_MINUTE["api"]),
    banned=_banned,
)


class BinanceSimulator:
    """The exchange. ``app`` answers; tests and the page move the rest.

    Attributes:
        calls: the newest 10,000 requests, as they were answered.
        mutations: every request that would have placed or cancelled an order, moved funds or changed a key at Binance.
            Nothing here ever does; tests expect it to be empty.
        caller_ip: the address all requests seem to come from: IP lists and weight go by it.
        tells_unknown_keys: whether ``/sapi`` says -2008 of a key that does not exist, as people have seen it do; else
            it says -2015 like the rest, which leaves open whether the key, the IP or the right is wrong.
    """

    def __init__(
        self, clock: Clock, events: Events, *, seed: int = 1, real_time: Callable[[], float] = time.time
    ) -> None:
        self._clock = clock
        self._events = events
        self._real_time = real_time
        self.origin = ""
        self.caller_ip = "127.0.0.1"
        self.tells_unknown_keys = True
        self.calls: deque[Call] = deque(maxlen=_LOG_LENGTH)
        self.mutations: list[Call] = []
        self.faults = Faults(WORDING, seed=seed, on_change=self._tell)
        self.accounts = Accounts(style=KEY_STYLE, seed=seed, now=clock.now, on_change=self._tell)
        self.limits = Weight(WEIGHT_A_MINUTE, clock.now)
        self.app = web.Application()
        # One route for everything: the table below is the router, and a path it lacks is Binance's 404, not aiohttp's.
        self.app.router.add_route("*", "/{path:.*}", self._serve)
        self.app.on_shutdown.append(self._let_go)

    # ----------------------------------------------------------------------------------------------- tests and the page

    def account(
        self, name: str, environment: str | None = None, api_key: str | None = None, secret: str | None = None
    ) -> Account:
        """Makes an account, live unless said otherwise, whose key may read and trade; or returns the one of that name.

        Raises:
            ValueError: when the name is taken by an account of another environment, key or secret.
        """
        return self.accounts.open(name, environment=environment, api_key=api_key, secret=secret)

    @property
    def enforce_limits(self) -> bool:
        """Whether too much weight is answered with 429 and then 418; it is counted either way."""
        return self.limits.enforced

    @enforce_limits.setter
    def enforce_limits(self, on: bool) -> None:
        self.limits.enforced = on

    @property
    def weight(self) -> dict[str, int]:
        """What the caller's address has used in this minute: ``{"api": 40, "sapi/v1/account/apiRestrictions": 12}``."""
        return self.limits.used(self.caller_ip)

    def now_ms(self) -> int:
        """The exchange's clock, epoch milliseconds."""
        return int((self._real_time() + self.faults.skew) * 1000)

    def panel(self) -> dict[str, Any]:
        """See ``panel.panel_of``."""
        return panel_of(origin=self.origin, accounts=self.accounts, faults=self.faults)

    async def control(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """See ``panel.apply_control``, also for what it raises."""
        return apply_control(path, body, accounts=self.accounts, faults=self.faults)

    def _tell(self, _: Account | None = None) -> None:
        self._events.append("state", exchange="binance")

    async def _let_go(self, _: web.Application) -> None:
        self.faults.clear()

    # ------------------------------------------------------------------------------------------------------- a request

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        # The path as it came: a parsed URL is normalised, and a signature covers the bytes that were sent.
        path, _, query = request.raw_path.partition("?")
        method = request.method
        api_key = request.headers.get("X-MBX-APIKEY", "")
        body = (await request.read()).decode("utf-8", "replace") if request.can_read_body else ""
        if method not in _READING and (method, path) not in ENDPOINTS:
            self.mutations.append(Call(method, path, api_key[-4:], 401, self._clock.now()))
        if self.faults.active:
            holder = self.accounts.with_key(api_key)
            response = await self.faults.meet(request, path, holder.name if holder else None)
            if response is not None:
                broken = request.transport is None or request.transport.is_closing()
                self._note(method, path, api_key, 0 if broken else response.status)
                return response
        headers = {"Content-Type": JSON}
        status = 200
        try:
            payload = self._answer(method, path, query, body, api_key, headers)
        except Refused as refused:
            status, payload, headers["Content-Type"] = refused.status, refused.body, refused.content_type
        if self.faults.skew:
            headers["Date"] = formatdate(self.now_ms() / 1000, usegmt=True)
        self._note(method, path, api_key, status)
        return web.Response(status=status, body=payload, headers=headers)

    def _note(self, method: str, path: str, api_key: str, status: int) -> None:
        self.calls.append(Call(method, path, api_key[-4:], status, self._clock.now()))

    def _answer(self, method: str, path: str, query: str, body: str, api_key: str, headers: dict[str, str]) -> bytes:
        family = path[1:].partition("/")[0]
        endpoint = ENDPOINTS.get((method, path))
        if endpoint is None:
            if method in _READING or family not in _FAMILIES:
                raise Refused(404, gateway_page(404), HTML)
            endpoint = NEVER
        self._weigh(family, path, endpoint.weight, headers)
        if not endpoint.signed:
            parameters = _read_parameters(query)
            _check_names(parameters, endpoint.fields, frozenset())
            return endpoint.answer(Asked(None, parameters, self.now_ms(), self._clock.now()))
        if not _KEY_FORMAT.match(api_key):
            raise refusal(401, -2014, "API-key format invalid.")
        parameters = _read_parameters(query)
        if body:
            parameters = _read_parameters(body) | parameters
        _check_names(parameters, endpoint.fields, _SIGNING)
        signature = market.require(parameters, "signature")
        self._check_time(parameters)
        account = self._recognise(family, api_key)
        _check_signature(account, _without_signature(query) + _without_signature(body), signature)
        if account.suspended:
            # "Account banned" in Binance's list. Which endpoints say it is not documented, so here all signed ones do.
            raise refusal(400, -3022, "You account's trading is banned.")
        now = self._clock.now()
        if account.ips is not None and self.caller_ip not in account.ips:
            raise self._untrusted(family)
        if endpoint.right is not None and not may(account, endpoint.right, now):
            raise self._untrusted(family)
        if endpoint is NEVER:
            raise self._untrusted(family)
        return endpoint.answer(Asked(account, parameters, self.now_ms(), now))

    def _weigh(self, family: str, path: str, weight: int, headers: dict[str, str]) -> None:
        bucket = path[1:] if family == "sapi" else family if family in WEIGHT_A_MINUTE else "api"
        used, exceeded = self.limits.charge(bucket, weight, self.caller_ip)
        header = "X-SAPI-USED-IP-WEIGHT-1M" if family == "sapi" else "X-MBX-USED-WEIGHT-1M"
        headers[header] = str(used)
        if exceeded is not None:
            headers["Retry-After"] = str(exceeded.retry_after)
            if exceeded.status == HTTPStatus.IM_A_TEAPOT:
                raise Refused(418, _banned(exceeded.retry_after))
            raise Refused(429, _too_much_weight(self.limits.limit(bucket)))

    def _check_time(self, parameters: Mapping[str, str]) -> None:
        stamp = market.require(parameters, "timestamp")
        window = parameters.get("recvWindow", "5000")
        for name, value in (("timestamp", stamp), ("recvWindow", window)):
            if not _INTEGER.match(value):
                raise market.illegal(name, "^[0-9]{1,20}$")
        if int(window) > 60_000:  # noqa: PLR2004 - the documented maximum, in milliseconds
            raise refusal(400, -1131, "recvWindow must be less than 60000")
        ahead = int(stamp) - self.now_ms()
        if ahead >= 1000:  # noqa: PLR2004 - the documented tolerance, in milliseconds
            raise refusal(400, -1021, "Timestamp for this request was 1000ms ahead of the server's time.")
        if -ahead > int(window):
            raise refusal(400, -1021, "Timestamp for this request is outside of the recvWindow.")

    def _recognise(self, family: str, api_key: str) -> Account:
        account = self.accounts.with_key(api_key)
        stranger = account is None or account.revoked or (family == "sapi" and account.environment != "live")
        if account is None or stranger:
            if family == "sapi" and self.tells_unknown_keys:
                raise refusal(400, -2008, "Invalid Api-Key ID.")
            raise self._untrusted(family)
        return account

    def _untrusted(self, family: str) -> Refused:
        if family == "fapi":
            return refusal(401, -2015, f"{_UNTRUSTED[:-1]}, request ip: {self.caller_ip}")
        return refusal(401, -2015, _UNTRUSTED)


def _read_parameters(text: str) -> dict[str, str]:
    """The parameters of a query or a form body.

    Raises:
        Refused: when one comes twice.
    """
    parameters: dict[str, str] = {}
    if not text:
        return parameters
    for pair in text.split("&"):
        name, _, value = pair.partition("=")
        if name in parameters:
            raise refusal(400, -1101, f"Duplicate values for parameter '{name}' detected.")
        parameters[name] = unquote_plus(value) if "%" in value or "+" in value else value
    return parameters


def _check_names(parameters: Mapping[str, str], fields: frozenset[str] | None, signing: frozenset[str]) -> None:
    """Refuses more parameters than a path takes, and those it does not know."""
    if fields is None or parameters.keys() <= signing:
        return
    most = len(fields) + len(signing)
    if len(parameters) > most:
        raise refusal(400, -1101, f"Too many parameters; expected '{most}' and received '{len(parameters)}'.")
    read = sum(name in fields or name in signing for name in parameters)
    if read < len(parameters):
        raise refusal(
            400,
            -1104,
            f"Not all sent parameters were read; read '{read}' parameter(s) but was sent '{len(parameters)}'.",
        )


def _without_signature(text: str) -> str:
    """What was signed of a query or a body: all of it but the signature, byte for byte."""
    if "signature=" not in text:
        return text
    return "&".join(pair for pair in text.split("&") if not pair.startswith("signature="))


def _check_signature(account: Account, payload: str, signature: str) -> None:
    if account.public_key is None:
        genuine = signed_with_secret(payload.encode(), signature, account.secret)
    else:
        genuine = signed_with_private_key(payload.encode(), signature, account.public_key)
    if not genuine:
        raise refusal(400, -1022, "Signature for this request is not valid.")
