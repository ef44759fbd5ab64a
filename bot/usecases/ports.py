"""What the use cases need of the world, by role. Adapters add the technology: ``SqlStore``, ``CcxtGateway`` and so on.

All times are epoch seconds from a ``Clock`` unless a name says ``monotonic``; all durations are seconds.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from bot.domain.connection import ConnectionId, Credential, Place
from bot.domain.exchange import ExchangeProfile
from bot.domain.key_pairs import KeyPair, PairKind
from bot.domain.permissions import KeyReport


class Clock(Protocol):
    """Time, so that tests can own it."""

    def now(self) -> float:
        """Epoch seconds: for people and for the database."""
        ...

    def monotonic(self) -> float:
        """Seconds that never jump: for intervals."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        ...


# ------------------------------------------------------------------------------------------------------------ exchanges


class CheckItem(StrEnum):
    """A line of the live checklist, in the order shown."""

    SIGNATURE = "signature"
    PERMISSIONS = "permissions"
    WITHDRAWAL_OFF = "withdrawal_off"
    TRANSFER_OFF = "transfer_off"
    IP_WHITELIST = "ip_whitelist"
    BALANCE = "balance"
    CLOCK = "clock"


class ItemState(StrEnum):
    """How far a line of the checklist is."""

    WAITING = "waiting"
    RUNNING = "running"
    PASSED = "passed"
    FAILED = "failed"
    CAUTION = "caution"
    UNKNOWN = "unknown"


Progress = Callable[[CheckItem, ItemState], Awaitable[None]]


class ExchangeGateway(Protocol):
    """The exchanges. Every method only reads: none may move funds, place or cancel a real order, or change a key."""

    def profiles(self) -> Mapping[str, ExchangeProfile]:
        """The catalogue, by exchange id, in the order offered."""
        ...

    async def inspect(self, place: Place, credential: Credential, progress: Progress) -> KeyReport:
        """The full look at a key that somebody wants to connect: clock, signature, permissions, balance, account.

        Raises:
            ExchangeTrouble: with the failure, told apart as far as the exchange allows.
        """
        ...

    async def probe(self, place: Place, credential: Credential) -> KeyReport:
        """The cheapest call that proves the key alive and, where it costs no more, tells its permissions.

        Raises:
            ExchangeTrouble: as above.
        """
        ...

    async def answers_anybody(self, place: Place) -> bool:
        """Whether the exchange answers a question that needs no key. Never raises."""
        ...


class Operators(Protocol):
    """The people who run the service."""

    async def tell(self, tx: Any, event: str, facts: Mapping[str, Any] | None = None) -> None:
        """One message to each, in the caller's transaction; facts hold nothing of a message or a key."""
        ...


class Connectivity(Protocol):
    """Our own network, so that nobody's key is blamed for it."""

    @property
    def down(self) -> bool:
        """Whether our own network seems to be down."""
        ...

    def heard(self, exchange: str) -> None:
        """An exchange answered, whatever it said."""
        ...

    async def is_ours(self, exchange: str) -> bool:
        """An exchange cannot be reached: whether that is our own network's doing."""
        ...

    def admits(self) -> bool:
        """Whether a check may be started now."""
        ...


# ---------------------------------------------------------------------------------------------------------------- vault


@dataclass(frozen=True, slots=True)
class SealedCredential:
    """A credential as it lies in the store.

    Attributes:
        record: the sealed record of design, 161 bytes over the plaintext.
        term: id of the master key it is sealed under.
        fingerprint: keyed HMAC of the credential's ``identity``, to recognise a duplicate.
        account: keyed HMAC of the exchange's account id, where it tells one: a rotation must stay on that account.
    """

    connection_id: ConnectionId
    revision: int
    record: bytes
    term: int
    fingerprint: str
    key_tail: str
    account: str | None = None


class CredentialVault(Protocol):
    """Seals and unseals credentials. Raises ``CannotUnseal`` (of the vault) if anything does not fit."""

    def seal(self, credential: Credential, connection: "Binding", *, account_uid: str | None) -> SealedCredential:
        """Under the primary master key, bound to deployment, connection, owner, exchange, environment and revision."""
        ...

    def unseal(self, record: bytes, connection: "Binding") -> Credential:
        """The credential; never kept longer than the call it is needed for."""
        ...

    @property
    def primary_term(self) -> int:
        """Id of the master key that seals new records."""
        ...

    def reseal(self, record: bytes, connection: "Binding") -> tuple[bytes, int] | None:
        """The same record under the primary master key and that key's id; None if it already is under it."""
        ...

    def fingerprint(self, exchange: str, identity: str) -> str:
        """Keyed HMAC of a credential's ``identity``, hex, 64 characters."""
        ...

    def account(self, exchange: str, uid: str) -> str:
        """Keyed HMAC of an account id, hex, 64 characters."""
        ...

    def box(self, purpose: str, plaintext: bytes, bound_to: bytes) -> bytes:
        """A small sealed box under the subkey of its purpose: ``inbox``, ``ip-list``, ``pair``."""
        ...

    def unbox(self, purpose: str, blob: bytes, bound_to: bytes) -> bytes:
        """Opens a box; raises ``CannotUnseal``."""
        ...

    def rebox(self, purpose: str, blob: bytes, bound_to: bytes) -> bytes | None:
        """The same box under the primary master key; None if it already is under it."""
        ...

    def term_of(self, sealed: bytes) -> int:
        """Id of the master key that a record or a box names; authenticated only when it is opened."""
        ...


class KeyPairs(Protocol):
    """Makes key pairs."""

    def make(self, kind: PairKind) -> KeyPair:
        """A pair that nobody has seen. It may take a second: use a thread. Raises ``KeyError`` for other kinds."""
        ...


@dataclass(frozen=True, slots=True)
class Binding:
    """What a sealed record is bound to, besides the deployment."""

    connection_id: ConnectionId
    owner_id: int
    exchange: str
    environment: str
    revision: int


# --------------------------------------------------------------------------------------------------------------- people


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who talked to the bot in private. ``id`` is also the id of that private chat.

    Attributes:
        language: chosen by hand; None follows Telegram's setting, last seen in ``telegram_language``.
        reachable: False after Telegram said that the chat is gone or blocked.
    """

    id: int
    name: str
    telegram_language: str | None = None
    language: str | None = None
    reachable: bool = True


# --------------------------------------------------------------------------------------------------------------- intake


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One update, on disk before Telegram hears that we have it.

    Attributes:
        payload: the raw update, boxed; None if it bears a secret, and after it is done.
        secret: it answers a question for a secret or looks like one: ids only.
    """

    update_id: int
    received_at: float
    chat_id: int | None = None
    user_id: int | None = None
    message_id: int | None = None
    payload: bytes | None = None
    secret: bool = False
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Deletion:
    """A message that must vanish.

    Attributes:
        why: ``answer`` to a question for a secret, or a ``SecretKind`` that was found unasked.
        sent_at: when the message was sent, epoch seconds: after 48 h Telegram refuses.
        asked: True if the message answered a question.
    """

    chat_id: int
    message_id: int
    user_id: int | None
    why: str
    sent_at: float
    seen_at: float
    private: bool
    asked: bool = False
    attempts: int = 0
    not_before: float = 0.0


@dataclass(frozen=True, slots=True)
class SecretQuestion:
    """A question for a secret, open or closed not long ago. What the person sends while it is open is deleted."""

    chat_id: int
    user_id: int
    opened_at: float
    closed_at: float | None = None


# ---------------------------------------------------------------------------------------------------------------- watch


@dataclass(frozen=True, slots=True)
class Watched:
    """What one probe needs of a connection."""

    id: ConnectionId
    owner_id: int
    place: Place
    purpose: str
    revision: int
    record: bytes
    vouched: bool

    @property
    def binding(self) -> Binding:
        """What its record is bound to."""
        return Binding(self.id, self.owner_id, self.place.exchange, self.place.environment, self.revision)


class DraftBox(Protocol):
    """Seals what lives in memory only, under a key of this process."""

    def box(self, purpose: str, plaintext: bytes, bound_to: bytes) -> bytes:
        """Sealed."""
        ...

    def unbox(self, purpose: str, blob: bytes, bound_to: bytes) -> bytes:
        """Opened."""
        ...


class WatchList(Protocol):
    """Which connections are probed, and when."""

    def add(self, connection: ConnectionId) -> None:
        """From now on, every interval, at its own phase."""
        ...

    def remove(self, connection: ConnectionId) -> None:
        """No more."""
        ...

    def soon(self, connection: ConnectionId, delay: float) -> None:
        """One extra probe after ``delay`` seconds."""
        ...

    def rest(self, connection: ConnectionId, turns: int) -> None:
        """Leaves it out for that many turns; 0 ends a rest."""
        ...


class Metrics(Protocol):
    """Counters and timings for operators; names and labels hold nothing of a person."""

    def probe(self, exchange: str, outcome: str, seconds: float) -> None:
        """One probe ended."""
        ...

    def lateness(self, seconds: float) -> None:
        """How late a probe started."""
        ...

    def deletion(self, outcome: str, seconds: float) -> None:
        """A secret message was deleted, or could not be; seconds since it was received."""
        ...

    def flip(self, side: str, new: str) -> None:
        """A status or gate changed."""
        ...

    def outbox(self, depth: int, oldest: float) -> None:
        """How many messages wait, and for how long the oldest has."""
        ...

    def update(self, outcome: str) -> None:
        """An update was accepted, handled, repeated or dead."""
        ...
