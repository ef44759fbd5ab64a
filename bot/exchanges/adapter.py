"""The shape of an exchange adapter: plain data about how the exchange speaks, and two functions that read a key.

Adding an exchange is one module of this shape and one row in ``registry``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from bot.domain.connection import Credential, Environment, Market
from bot.domain.exchange import ExchangeProfile
from bot.domain.failures import Failure
from bot.domain.permissions import KeyReport
from bot.exchanges.accounts import Allowance
from bot.exchanges.budget import Budget
from bot.usecases.ports import Progress

if TYPE_CHECKING:
    from bot.exchanges.announcing import Announcing
    from bot.exchanges.conversation import Conversation


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One request that changes nothing at the exchange. Adapters can send nothing but these.

    Attributes:
        api: ccxt's name of the family of paths, as its ``sign`` wants it: ``sapi``, ``fapiPrivateV3``; where it wants
            several names, with slashes between them: ``spot/private``.
        path: what follows the family's base URL.
        bucket: whose budget it is charged to, a key of ``Dialect.budgets``.
        weight: what it costs there.
        method: POST only where the exchange documents that the path reads, or tests and places nothing.
        params: parameters that are always sent.
        key_param: the parameter in which the path wants the API key once more; empty if it does not.
        proof: where the path wants the proof of the key among its parameters and ccxt signs none: they are made of the
            credential and the exchange's time, epoch milliseconds. The secret itself is never one of them.
    """

    api: str
    path: str
    bucket: str
    weight: int = 1
    method: Literal["GET", "POST"] = "GET"
    params: Mapping[str, str | int] = field(default_factory=dict)
    key_param: str = ""
    proof: Callable[[Credential, int], Mapping[str, str | int]] | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the exchange says in an answer that is an error, in its own words.

    Attributes:
        code: its own code; None if it gives only words.
        message: its own words, not scrubbed yet: only ``failures`` may pass them on.
        seen_ip: our address, where it names it.
        retry_at: epoch seconds until which it wants to be left alone, where the words say so.
    """

    code: str | None
    message: str | None = field(default=None, repr=False)
    seen_ip: str | None = None
    retry_at: float | None = None


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an exchange speaks.

    Attributes:
        ccxt_class: the class of ``ccxt.async_support`` that signs for it and knows its errors.
        options: ccxt options that differ from the defaults.
        settle_in: takes a new ccxt client to an environment; must leave no production URL behind in any other than
            live.
        budgets: what one address may spend, by bucket.
        read_refusal: finds an error in a parsed body (None for a body that is no JSON); None if it holds none.
        failures: what its own codes mean. A code that is not here is judged by ccxt's class and the HTTP status.
        clocks: where each market tells its time.
        read_time: the exchange's clock, in epoch milliseconds, out of the answer of such an endpoint; None where only
            the answer's header tells it, ``Date``.
        marks: headers that tell an environment from live where both share their hosts. They go with every request
            there that bears a key; without them such an environment is refused.
        walls: what a page that bears no code means if it holds these words, lower case: for exchanges whose wall turns
            away countries and the impatient with the same status.
        limits_of_one_key: codes of limits that hold for one key or account: nobody else has to stay away for them.
        may_be_clock: codes with which it refuses a key, and a wrong timestamp too: then the clock is looked at first.
        in_flight: probes at once, where it limits the connections of an address below what the gateway allows itself.
        signs_with_pem: a secret may be a private key in PEM, which ccxt signs with. Elsewhere it would take the text of
            the PEM for an HMAC secret.
        waits: seconds to stay away where the exchange gives no Retry-After but documents how long.
        probe: what the probe of a good key asks; from it follows how many keys one address can watch.
        probe_at: what it asks instead at some markets and environments.
        now_and_then: what it asks besides, but not each time: by the seconds between two times for one key.
        by_account: where a question of the probe is limited by account and answered for all its keys: how often. One of
            them then asks for all (``accounts``).
        announcing: where it announces its maintenance beforehand; None where it does not, or not to machines.
    """

    ccxt_class: str
    settle_in: Callable[[Any, Environment], None]
    budgets: Mapping[str, Budget]
    read_refusal: Callable[[Any], Refusal | None]
    failures: Mapping[str, Failure]
    clocks: Mapping[Market, Endpoint]
    read_time: Callable[[Any], int] | None
    options: Mapping[str, Any] = field(default_factory=dict)
    marks: Mapping[Environment, Mapping[str, str]] = field(default_factory=dict)
    walls: Mapping[str, Failure] = field(default_factory=dict)
    limits_of_one_key: frozenset[str] = frozenset()
    may_be_clock: frozenset[str] = frozenset()
    in_flight: int | None = None
    waits: Mapping[Failure, float] = field(default_factory=dict)
    signs_with_pem: bool = False
    probe: tuple[Endpoint, ...] = ()
    probe_at: Mapping[tuple[Market, Environment], tuple[Endpoint, ...]] = field(default_factory=dict)
    now_and_then: Mapping[float, tuple[Endpoint, ...]] = field(default_factory=dict)
    by_account: Allowance | None = None
    announcing: "Announcing | None" = None

    def asked_by_probe(self, market: Market, environment: Environment) -> tuple[Endpoint, ...]:
        """What each probe of a good key asks there."""
        return self.probe_at.get((market, environment), self.probe)

    def counted_with(self, environment: Environment) -> Environment:
        """The environment together with which an address is counted: live, where only a header tells them apart."""
        return Environment.LIVE if environment in self.marks else environment


class Adapter(Protocol):
    """An exchange: a module with these names."""

    @property
    def PROFILE(self) -> ExchangeProfile:  # noqa: N802 - a module's constant
        """Its row in the catalogue."""
        ...

    @property
    def DIALECT(self) -> Dialect:  # noqa: N802 - a module's constant
        """How it speaks."""
        ...

    async def inspect(self, exchange: "Conversation", progress: Progress) -> KeyReport:
        """The full look at a key. Raises ``ExchangeTrouble``."""
        ...

    async def probe(self, exchange: "Conversation") -> KeyReport:
        """The cheapest look that proves the key alive. Raises ``ExchangeTrouble``."""
        ...
