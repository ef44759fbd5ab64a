"""What Latchkey knows of an exchange before anybody connects: one profile each, plain data.

The profile is the catalogue row of "add an exchange": an adapter file states it next to its code. Sentences are not in
it: the guide's steps are Fluent messages ``guide-<exchange>-<n>``, in every language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.connection import Environment, Market
from bot.domain.key_pairs import PairKind
from bot.domain.pasting import CredentialShape
from bot.domain.permissions import Permission


@dataclass(frozen=True, slots=True)
class Unbound:
    """What becomes of a key that is bound to no address.

    Attributes:
        ends_after: days after its making; None if it does not end by that.
        idle_ends_after: days without use, which our checks are; None if it does not end by that.
        if_trading: only of a key that may do more than read.
        loses_trading: it is kept from trading, or the right is taken away.
    """

    ends_after: int | None = None
    idle_ends_after: int | None = None
    if_trading: bool = False
    loses_trading: bool = False


@dataclass(frozen=True, slots=True)
class ExchangeProfile:
    """One exchange.

    Attributes:
        id: ccxt's id, also the word in the database and in settings.
        title: its name as people write it.
        aliases: other words people may type for it, lower case.
        worlds: the environments that really exist, by market, in the order offered.
        shape: the fields of its credential and how each looks.
        boxes: its own names of the tick boxes that grant a permission.
        watch_boxes: what to choose to watch, where that is something else than the box that grants reading.
        key_pages: where a key is created, by environment.
        max_ips: how many addresses a key's whitelist takes; 0 where keys have none.
        max_ips_documented: False where nothing tells how many it takes, and ``max_ips`` is what is usual elsewhere.
        ip_separator: what it wants between the addresses when pasted.
        guide_steps: how many ``guide-<exchange>-<n>`` messages there are.
        permissions_told: environments in which the exchange states a key's permissions.
        unbound: what becomes of a key that is bound to no address; None where that is not documented.
        own_pairs: environments in which it takes a key whose pair we make, and of which kind.
        settled_in: the currencies that futures of a market settle in, as the exchange writes them; a market of futures
            that is not in it settles each in the coin it is about.
        own_steps: the steps of the guide that read differently then: ``guide-<exchange>-own-<n>`` takes their place.
        trading_remark: whether ``remark-<exchange>`` is told to who connects a key to trade: what matters there and no
            answer of the exchange shows.
    """

    id: str
    title: str
    worlds: Mapping[Market, tuple[Environment, ...]]
    shape: CredentialShape
    boxes: Mapping[Permission, tuple[str, ...]]
    key_pages: Mapping[Environment, str]
    max_ips: int
    guide_steps: int
    ip_separator: str = " "
    max_ips_documented: bool = True
    unbound: Unbound | None = None
    permissions_told: frozenset[Environment] = frozenset({Environment.LIVE})
    watch_boxes: tuple[str, ...] = ()
    own_pairs: Mapping[Environment, PairKind] = field(default_factory=dict)
    own_steps: frozenset[int] = frozenset()
    settled_in: Mapping[Market, tuple[str, ...]] = field(default_factory=dict)
    aliases: tuple[str, ...] = field(default=())
    trading_remark: bool = False
