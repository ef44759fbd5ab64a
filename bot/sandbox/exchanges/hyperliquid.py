"""A simulated Hyperliquid: ``POST /info``, live and testnet, behind one origin.

Live and testnet have different hosts in the world and one origin here, so the environment is the key's own. Nothing is
signed: what is asked is public, and an agent is known by the address of its key, which is worked out here from the
secret, or was approved as it is on the page (``Account.self_generated_key``). What an account's own wallet signs
(``POST /exchange``) is refused, and noted as an attempt to change something.

Answers are as the official SDK and nktkas/hyperliquid describe them. Whether an agent that has ended stays in the list,
and what its role is then, is documented nowhere: it stays, without a role, unless ``forgets_ended`` is set.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import orjson

from bot.sandbox.exchanges.account import Account, KeyStyle
from bot.sandbox.exchanges.ethereum import address_of
from bot.sandbox.exchanges.faults import HTML, JSON, Said, Wording, gateway_page
from bot.sandbox.exchanges.signature import AGENT
from bot.sandbox.exchanges.simulator import Clock, Events
from bot.sandbox.exchanges.venue import Refused, Request, Rules, Venue

INFO: Final = "/info"

OWN_WALLET: Final = "own_wallet"
NAMED: Final = "named"
SUB_ACCOUNT: Final = "sub_account"


def _hex(digits: str) -> str:
    return f"0x{digits}"


KEY_STYLE: Final = KeyStyle(
    # None of them is a box of a page: they are what an address is.
    switches={OWN_WALLET: False, NAMED: True, SUB_ACCOUNT: False},
    labels={
        OWN_WALLET: "The key is a wallet's own",
        NAMED: "The API wallet has a name",
        SUB_ACCOUNT: "The address is a sub-account",
    },
    opening_balances={"perpetuals": {"USDC": "7000.0"}, "spot": {"USDC": "1500.0", "HYPE": "40.0"}},
    environments=("live", "testnet"),
    poses={"withdraw": {OWN_WALLET: True}},
    ends=True,
    max_ips=0,
    characters="0123456789abcdef",
    key_length=40,
    key_form=_hex,
    secret_length=64,
    secret_form=_hex,
    shared_key=True,
    public_keys=frozenset({AGENT}),
)

# It has no words for any of them: proxies and the content network before it answer.
WORDING: Final = Wording(
    server_error=b"null",
    maintenance=Said(503, gateway_page(503), HTML),
    restricted_location=Said(403, gateway_page(403), HTML),
    too_many_requests=Said(429, b"null", tells_wait=False),
    banned=lambda _seconds: Said(429, b"null", tells_wait=False),
)

_WEIGHTS: Final = {
    "exchangeStatus": 2,
    "clearinghouseState": 2,
    "spotClearinghouseState": 2,
    "extraAgents": 20,
    "userRole": 60,
}
_A_MINUTE: Final = 1_200


def _asked(body: str) -> dict[str, Any]:
    try:
        asked = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return asked if isinstance(asked, dict) else {}


def _user_in(body: str) -> str:
    return str(_asked(body).get("user", "")).lower()


RULES: Final = Rules(
    id="hyperliquid",
    title="Hyperliquid",
    key_style=KEY_STYLE,
    wording=WORDING,
    weight_a_minute={"address": _A_MINUTE},
    paths=frozenset({("POST", INFO)}),
    api_key_of=lambda _headers, _query: "",
    api_key_in=_user_in,
)


def master_of(account: Account) -> str:
    """The address of the account that approved an agent: the one it trades for, or that one's master."""
    if not account.permissions[SUB_ACCOUNT]:
        return account.api_key.lower()
    return _hex(hashlib.sha256(f"master of {account.uid}".encode()).hexdigest()[:40])


def agent_of(account: Account) -> str:
    """The address of the agent: the one that was approved, or that which follows from the key given out here."""
    return account.public_key or address_of(account.secret)


class HyperliquidSimulator(Venue):
    """The exchange.

    Attributes:
        forgets_ended: whether agents that have ended leave the list.
    """

    def __init__(
        self, clock: Clock, events: Events, *, seed: int = 1, real_time: Callable[[], float] = time.time
    ) -> None:
        super().__init__(RULES, self._answer, clock, events, seed=seed, real_time=real_time)
        self.forgets_ended = False

    def _answer(self, request: Request, headers: dict[str, str]) -> bytes:  # noqa: ARG002 - it adds none
        if (request.method, request.path) != ("POST", INFO):
            raise self._refused(request)
        asked = _asked(request.body)
        kind, user = str(asked.get("type")), str(asked.get("user", "")).lower()
        answers: Mapping[str, Callable[[str], Any]] = {
            "exchangeStatus": lambda _: {"specialStatuses": None, "time": self.now_ms()},
            "userRole": self._role,
            "extraAgents": self._agents,
            "clearinghouseState": self._perpetuals,
            "spotClearinghouseState": self._spot,
        }
        _, exceeded = self.limits.charge("address", _WEIGHTS.get(kind, 20), self.caller_ip)
        if exceeded is not None:
            raise Refused(429, b"null")
        if kind not in answers or not (kind == "exchangeStatus" or _is_address(user)):
            raise Refused(422, b"Failed to deserialize the JSON body into the target type", "text/plain")
        return orjson.dumps(answers[kind](user))

    def _refused(self, request: Request) -> Refused:
        if request.path != "/exchange":
            return Refused(404, b"", HTML)
        nobody = "0x" + "0" * 40
        sentence = f"User or API Wallet {nobody} does not exist."
        return Refused(200, orjson.dumps({"status": "err", "response": sentence}), JSON)

    # --------------------------------------------------------------------------------------------- what an address is

    def _role(self, user: str) -> dict[str, Any]:
        for account in self._standing():
            if agent_of(account) == user:
                if account.permissions[OWN_WALLET]:
                    return {"role": "user"}
                if not self._has_ended(account):
                    return {"role": "agent", "data": {"user": master_of(account)}}
        for account in self.accounts:
            if user == account.api_key.lower() and account.permissions[SUB_ACCOUNT]:
                return {"role": "subAccount", "data": {"master": master_of(account)}}
            if user in (account.api_key.lower(), master_of(account)):
                return {"role": "user"}
        return {"role": "missing"}

    def _agents(self, user: str) -> list[dict[str, Any]]:
        return [
            {"name": account.name, "address": agent_of(account), "validUntil": account.expires_ms}
            for account in self._standing()
            if account.permissions[NAMED]
            and not account.permissions[OWN_WALLET]
            and master_of(account) == user
            and not (self.forgets_ended and self._has_ended(account))
        ]

    def _standing(self) -> Iterator[Account]:
        return (account for account in self.accounts if not account.revoked)

    def _has_ended(self, account: Account) -> bool:
        return account.expires_ms is not None and account.expires_ms <= self.now_ms()

    # ------------------------------------------------------------------------------------------- what an account holds

    def _perpetuals(self, user: str) -> dict[str, Any]:
        """Of any address: one that is not known has nothing."""
        value = self._holds(user, "perpetuals").get("USDC", "0.0")
        summary = {"accountValue": value, "totalNtlPos": "0.0", "totalRawUsd": value, "totalMarginUsed": "0.0"}
        return {
            "marginSummary": summary,
            "crossMarginSummary": summary,
            "crossMaintenanceMarginUsed": "0.0",
            "withdrawable": value,
            "assetPositions": [],
            "time": self.now_ms(),
        }

    def _spot(self, user: str) -> dict[str, Any]:
        coins = self._holds(user, "spot").items()
        return {
            "balances": [
                {"coin": coin, "token": number, "hold": "0.0", "total": total, "entryNtl": "0.0"}
                for number, (coin, total) in enumerate(coins)
            ]
        }

    def _holds(self, user: str, wallet: str) -> Mapping[str, str]:
        account = self.accounts.with_key(user)
        return {} if account is None else account.balances.get(wallet, {})


def _is_address(user: str) -> bool:
    digits = user.removeprefix("0x")
    return len(user) == 42 and len(digits) == 40 and set(digits) <= set("0123456789abcdef")  # noqa: PLR2004 - as written
