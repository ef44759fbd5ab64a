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
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final
from urllib.parse import unquote_plus

from bot.sandbox.exchanges import binance_market as market
from bot.sandbox.exchanges.account import Account
from bot.sandbox.exchanges.binance_market import refusal
from bot.sandbox.exchanges.binance_paths import (
    ENDPOINTS,
    KEY_STYLE,
    NEVER,
    WEIGHT_A_MINUTE,
    Asked,
    may,
)
from bot.sandbox.exchanges.faults import HTML, Said, Wording, gateway_page
from bot.sandbox.exchanges.signature import signed_with_private_key, signed_with_secret
from bot.sandbox.exchanges.simulator import Clock, Events
from bot.sandbox.exchanges.venue import READING, Refused, Request, Rules, Venue

_KEY_FORMAT: Final = re.compile(r"[A-Za-z0-9]{64}\Z")
_INTEGER: Final = re.compile(r"[0-9]{1,20}\Z")
_UNTRUSTED: Final = "Invalid API-key, IP, or permissions for action."
_FAMILIES: Final = ("api", "sapi", "fapi", "dapi", "eapi", "papi")
_SIGNING: Final = frozenset({"timestamp", "recvWindow", "signature"})


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
    maintenance=Said(503, market.refusal_body(1, "System is under maintenance.")),
    restricted_location=Said(
        451,
        market.refusal_body(
            0,
            "Service unavailable from a restricted location according to 'b. Eligibility' in "
            "https://www.binance.com/en/terms. Please contact customer service if you believe you received this "
            "message in error.",
        ),
    ),
    too_many_requests=Said(429, _too_much_weight(WEIGHT_A_MINUTE["api"])),
    banned=lambda seconds: Said(418, _banned(seconds)),
)

RULES: Final = Rules(
    id="binance",
    title="Binance",
    key_style=KEY_STYLE,
    wording=WORDING,
    weight_a_minute=WEIGHT_A_MINUTE,
    paths=frozenset(ENDPOINTS),
    api_key_of=lambda headers, _query: headers.get("X-MBX-APIKEY", ""),
)


class BinanceSimulator(Venue):
    """The exchange. ``app`` answers; tests and the page move the rest.

    Attributes:
        tells_unknown_keys: whether ``/sapi`` says -2008 of a key that does not exist, as people have seen it do; else
            it says -2015 like the rest, which leaves open whether the key, the IP or the right is wrong.
    """

    def __init__(
        self, clock: Clock, events: Events, *, seed: int = 1, real_time: Callable[[], float] = time.time
    ) -> None:
        super().__init__(RULES, self._answer, clock, events, seed=seed, real_time=real_time)
        self.tells_unknown_keys = True

    def _answer(self, request: Request, headers: dict[str, str]) -> bytes:
        method, path, query, body, sent = request
        api_key = sent.get("X-MBX-APIKEY", "")
        family = path[1:].partition("/")[0]
        endpoint = ENDPOINTS.get((method, path))
        if endpoint is None:
            if method in READING or family not in _FAMILIES:
                raise Refused(404, gateway_page(404), HTML)
            endpoint = NEVER
        self._weigh(family, path, endpoint.weight, headers)
        if not endpoint.signed:
            parameters = _read_parameters(query)
            _check_names(parameters, endpoint.fields, frozenset())
            return endpoint.answer(Asked(None, parameters, self.now_ms(), self.clock.now()))
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
        now = self.clock.now()
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
