"""The store's side of the ports: one transaction, narrow repositories on it.

``async with store.transaction() as tx`` is one commit: everything in it happens or nothing does, and it is on disk
(fsync) when the block ends. Transactions run one after the other; keep network calls out of them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from bot.domain.connection import Connection, ConnectionId, Place
from bot.domain.health import Flip, Health
from bot.domain.permissions import KeyReport
from bot.domain.reminders import KeyReminders
from bot.usecases.announced_store import Announced
from bot.usecases.control_storage import Choices, Held, Ringing
from bot.usecases.delivery import Alert, OutboxItem
from bot.usecases.digest_store import Digests
from bot.usecases.incident_store import Incidents, Unsteady
from bot.usecases.intake_storage import Deletions, Inbox, Questions
from bot.usecases.maintenance_store import Maintenance
from bot.usecases.outbound import Queue
from bot.usecases.pending_pairs import PendingPairs
from bot.usecases.ports import Person, SealedCredential, Watched
from bot.usecases.sharing_storage import SharingTransaction
from bot.usecases.status_store import StatusCards
from bot.usecases.tally import Rollups


@dataclass(frozen=True, slots=True)
class Vitals:
    """What judging a probe result needs: read and written in the same transaction.

    ``incident_id``: the outage that its trouble is told as.
    """

    id: ConnectionId
    owner_id: int
    revision: int
    health: Health
    rotating: bool
    incident_id: int | None = None


@dataclass(frozen=True, slots=True)
class ProbeRecord:
    """What a probe leaves behind.

    Attributes:
        answered_at: epoch seconds when the exchange answered; None if it did not.
        ok: the probe was good.
        report: None keeps the last one.
        sealed_ip_list: boxed; None keeps the last one.
    """

    id: ConnectionId
    health: Health
    ok: bool
    answered_at: float | None
    latency: float | None
    report: KeyReport | None = None
    sealed_ip_list: bytes | None = None


class Connections(Protocol):
    """The connections."""

    async def add(
        self, connection: Connection, credential: SealedCredential, sealed_ip_list: bytes | None = None
    ) -> None:
        """A new connection with its credential and, boxed, its key's whitelist where the exchange lists it."""

    async def get(self, connection_id: ConnectionId) -> Connection | None:
        """One, or None if it is gone."""

    async def of_owner(self, owner_id: int) -> Sequence[Connection]:
        """Somebody's connections, oldest first."""

    async def count_of(self, owner_id: int) -> int:
        """How many somebody has."""

    async def ids(self) -> Sequence[ConnectionId]:
        """All of them, for the watch list."""

    async def places(self) -> Mapping[Place, int]:
        """How many are at each place."""

    async def watched(self, ids: Iterable[ConnectionId]) -> Sequence[Watched]:
        """What probing these needs, in one query; ids that are gone are left out."""

    async def vitals(self, ids: Iterable[ConnectionId]) -> Mapping[ConnectionId, Vitals]:
        """What judging these needs, in one query."""

    async def record(self, records: Sequence[ProbeRecord]) -> None:
        """What many probes left behind, in one statement each for good and bad ones."""

    async def save_health(self, connection_id: ConnectionId, health: Health) -> None:
        """After a person's pause or resume."""

    async def rename(self, connection_id: ConnectionId, label: str) -> None:
        """A new label, already cleaned."""

    async def remove(self, connection_id: ConnectionId) -> bool:
        """Row, ciphertext, flips, mutes, unsent messages: everything. False if it was gone already.

        Its alerts stay, closed, so that an old button gets a clear answer.
        """

    async def sealed_ip_list(self, connection_id: ConnectionId) -> bytes | None:
        """The boxed whitelist, where the exchange lists it."""

    async def sealed_ip_lists(self, after: ConnectionId | None, limit: int) -> Sequence[tuple[ConnectionId, bytes]]:
        """Boxed whitelists in the order of ids, those after one: page by page, for resealing."""

    async def save_ip_list(self, connection_id: ConnectionId, sealed: bytes) -> None:
        """The same whitelist, boxed anew."""


class Credentials(Protocol):
    """The sealed credentials: the current one of each connection and, while it rotates, the one before."""

    async def holder(self, fingerprint: str) -> tuple[ConnectionId, int] | None:
        """Connection and owner of the connection that uses this API key now."""

    async def current(self, connection_id: ConnectionId) -> SealedCredential | None:
        """The one in use."""

    async def previous(self, connection_id: ConnectionId) -> SealedCredential | None:
        """The one before, while a rotation is not yet proven."""

    async def next_revision(self, connection_id: ConnectionId) -> int | None:
        """The one to seal a new credential for: never one that was given before. None if the connection is gone."""

    async def rotate(self, new: SealedCredential, report: KeyReport, *, vouched: bool = False) -> bool:
        """Makes ``new`` the current one and keeps the one before. False if another was given its revision meanwhile.

        ``vouched``: see ``Connection.withdrawal_unverified``, which stays once it is set.
        """

    async def settle(self, connection_id: ConnectionId) -> SealedCredential | None:
        """Destroys the one before; returns what it was (for its tail)."""

    async def fall_back(self, connection_id: ConnectionId) -> SealedCredential | None:
        """Destroys the current one and makes the one before current again; returns what was destroyed."""

    async def not_under(self, term: int, limit: int) -> Sequence[tuple[SealedCredential, "BindingRow"]]:
        """Some credentials sealed under another master key."""

    async def reseal(self, credential: SealedCredential) -> None:
        """Replaces the record of one connection and revision by the same under another master key."""

    async def terms_in_use(self) -> Mapping[int, int]:
        """How many records are under each master key."""


@dataclass(frozen=True, slots=True)
class BindingRow:
    """Owner, exchange and environment of a credential's connection, to rebuild what its record is bound to."""

    owner_id: int
    exchange: str
    environment: str


class Flips(Protocol):
    """The history: what changed, when and why."""

    async def add(self, connection_id: ConnectionId, flips: Sequence[Flip]) -> Sequence[int]:
        """Returns their ids."""

    async def latest(self, connection_id: ConnectionId, limit: int = 10) -> Sequence[Flip]:
        """Newest first."""

    async def latest_id(self, connection_id: ConnectionId) -> int | None:
        """Id of the newest status flip."""

    async def forget(self, before: float) -> int:
        """Drops those older than this."""


class Alerts(Protocol):
    """Troubles as told."""

    async def add(self, alert: Alert) -> None:
        """A new one."""

    async def get(self, alert_id: str) -> Alert | None:
        """One, or None if unknown."""

    async def open_of(self, connection_id: ConnectionId, chat_id: int | None = None) -> Sequence[Alert]:
        """The present troubles of a connection as told, perhaps in one chat only."""

    async def delivered(self, alert_id: str, message_id: int) -> None:
        """Remembers the message that told it."""

    async def close(self, connection_id: ConnectionId, at: float) -> None:
        """The trouble ended."""

    async def mute(self, connection_id: ConnectionId, chat_id: int, until: float) -> None:
        """This chat hears nothing of this connection until then."""

    async def muted_until(self, connection_id: ConnectionId, chat_id: int) -> float | None:
        """When the silence ends; None if there is none."""


@dataclass(frozen=True, slots=True)
class KeyInUse:
    """What reminding needs of a key.

    Attributes:
        connected_at: epoch seconds when its connection was made, with its first key.
        rotating: another key is kept until this one is proven.
        expires_at: as the exchange last said.
        said: None if nobody has looked at this key yet.
    """

    connection_id: ConnectionId
    revision: int
    connected_at: float
    rotating: bool
    expires_at: float | None
    said: KeyReminders | None


class Reminders(Protocol):
    """What has been said of keys' ends and ages."""

    async def keys(self, after: ConnectionId | None, limit: int) -> Sequence[KeyInUse]:
        """The keys in use, in the order of their connections' ids, those after one: page by page."""

    async def save(self, connection_id: ConnectionId, revision: int, said: KeyReminders) -> None:
        """What has been said of this key by now."""


class Outbox(Queue, Protocol):
    """Messages that must arrive."""

    async def add(self, item: OutboxItem) -> int:
        """Returns its id; ``item.id`` is ignored."""

    async def due(self, now: float, limit: int = 100, closed: Collection[int] = ()) -> Sequence[OutboxItem]:
        """What is to be sent next: at most one item of each chat, none of ``closed`` chats, critical ones first.

        Never one before which something about the same waits in its chat, unless a mute holds that.
        """

    async def sent(self, item_id: int, at: float, message_id: int | None) -> None:
        """It arrived."""

    async def later(self, item_id: int, not_before: float) -> None:
        """One more attempt used; try again then."""

    async def give_up(self, item_id: int, at: float, reason: str) -> None:
        """It never will arrive; kept for the operators."""

    async def withdraw(self, connection_id: ConnectionId, chat_id: int, kind: str) -> int:
        """Takes back unsent items that are no longer true; returns how many."""

    async def waiting(self, now: float) -> tuple[int, float]:
        """How many wait, and the age in seconds of the oldest that is due."""

    async def forget(self, before: float) -> int:
        """Drops sent and given-up rows older than this."""


class Conversations(Protocol):
    """Where each conversation stands: survives a restart, holds no secret."""

    async def load(self, key: str) -> tuple[str | None, Mapping[str, Any]]:
        """State and data; (None, {}) if there is none."""

    async def save_state(self, key: str, state: str | None) -> None:
        """A new state."""

    async def save_data(self, key: str, data: Mapping[str, Any]) -> None:
        """New data; empty data and no state drop the row."""


class People(Protocol):
    """Who talked to the bot."""

    async def get(self, person_id: int) -> Person | None:
        """One, or None."""

    async def seen(self, person_id: int, name: str, telegram_language: str | None) -> Person:
        """Remembers them (and that they are reachable); a language chosen by hand stays."""

    async def choose_language(self, person_id: int, language: str | None) -> None:
        """By hand; None follows Telegram again."""

    async def unreachable(self, person_id: int) -> None:
        """Their chat is gone."""


class Meta(Protocol):
    """The few facts of the deployment itself."""

    async def get(self, name: str) -> bytes | None:
        """A fact, or None."""

    async def put(self, name: str, value: bytes) -> None:
        """Writes it."""


class Transaction(SharingTransaction, Protocol):
    """One commit."""

    connections: Connections
    credentials: Credentials
    flips: Flips
    rollups: Rollups
    alerts: Alerts
    incidents: Incidents
    unsteady: Unsteady
    status_cards: StatusCards
    maintenance: Maintenance
    announced: Announced
    digests: Digests
    reminders: Reminders
    pairs: PendingPairs
    outbox: Outbox
    inbox: Inbox
    deletions: Deletions
    questions: Questions
    conversations: Conversations
    people: People
    meta: Meta
    choices: Choices
    held: Held
    ringing: Ringing


class Store(Protocol):
    """The database."""

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        """One commit; rolled back if the block raises. Raises ``StoreUnavailable`` if the disk is full or locked."""
        ...

    async def scrub(self) -> None:
        """After a deletion: leaves no residue in the write-ahead log."""
        ...

    async def healthy(self) -> bool:
        """True if a write can be made."""
        ...


class StoreUnavailable(Exception):  # noqa: N818 - it states the condition
    """Nothing was kept; nothing may be acknowledged. Carries no statement and no parameters."""
