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
        ip_separator: what it wants between the addresses when pasted.
        guide_steps: how many ``guide-<exchange>-<n>`` messages there are.
        permissions_told: environments in which the exchange states a key's permissions.
        own_pairs: environments in which it takes a key whose pair we make, and of which kind.
        own_steps: the steps of the guide that read differently then: ``guide-<exchange>-own-<n>`` takes their place.
        requests_per_minute: our own ceiling per egress IP, safely under the exchange's.
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
    requests_per_minute: int
    ip_separator: str = " "
    permissions_told: frozenset[Environment] = frozenset({Environment.LIVE})
    watch_boxes: tuple[str, ...] = ()
    own_pairs: Mapping[Environment, PairKind] = field(default_factory=dict)
    own_steps: frozenset[int] = frozenset()
    aliases: tuple[str, ...] = field(default=())
    trading_remark: bool = False
