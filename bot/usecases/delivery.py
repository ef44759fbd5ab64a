"""What is told in chats, and what becomes of it on the way there: alerts, the rows of the outbox, the sender."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from bot.domain.connection import ConnectionId
from bot.domain.failures import Severity
from bot.usecases.ports import Person


@dataclass(frozen=True, slots=True)
class Alert:
    """One trouble of one connection as told in one chat; its buttons carry nothing but ``id``.

    Attributes:
        id: opaque, 16 characters of A-Z a-z 0-9 _ -.
        message_id: the message that told it; None until delivered.
        closed_at: when the trouble ended.
        acked_at: when somebody took it up: it is told no more until there is worse news.
        acked_by: the Telegram id of who did.
        acked_here: they did so in this chat, where everybody in it could see.
        waits: the chat has not heard of it: it does when nobody acknowledges it in time.
    """

    id: str
    connection_id: ConnectionId
    chat_id: int
    failure: str
    opened_at: float
    flip_id: int
    message_id: int | None = None
    closed_at: float | None = None
    acked_at: float | None = None
    acked_by: int | None = None
    waits: bool = False
    acked_here: bool = False


class Kind(StrEnum):
    """What an outbox row tells. The sentences are in the locales; ``args`` are the facts in them."""

    ALERT = "alert"
    REPEAT = "repeat"
    RECOVERED = "recovered"
    INCIDENT = "incident"
    INCIDENT_AGAIN = "incident_again"
    INCIDENT_OVER = "incident_over"
    UNSTEADY = "unsteady"
    STEADY = "steady"
    ROTATED = "rotated"
    ROTATION_FAILED = "rotation_failed"
    KEY_USED_ELSEWHERE = "key_used_elsewhere"
    KEY_ENDING = "key_ending"
    KEY_AGED = "key_aged"
    DELETE_BY_HAND = "delete_by_hand"
    SECRET_REMOVED = "secret_removed"  # noqa: S105 - the name of a message
    WAS_OFFLINE = "was_offline"
    SHARING = "sharing"
    WAS_BLIND = "was_blind"
    DIGEST = "digest"
    OPERATOR = "operator"


class Mode(StrEnum):
    """How an outbox row reaches its chat."""

    SEND = "send"
    """As a new message. In a thread it is the message that the thread goes on in."""
    EDIT = "edit"
    """The thread's message says this from now on, without a sound."""
    REPLY = "reply"
    """As a new message that answers the thread's message, which stays as it is."""


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One message that must arrive, or one change of a message that did.

    A **thread** is one message in a chat that goes on: sent once, edited as things change. Who writes an item names the
    thread and needs to know nothing of message ids, nor whether anything has arrived yet:

    - The newest state is all that is worth sending. An ``EDIT`` takes the place, in the queue too, of what waits unsent
      in its thread and chat: an earlier ``EDIT``, and a ``SEND`` whose loudness it inherits. So its facts must say all.
    - Which message is edited is looked up when it is sent. If there is none (yet, or any more: people delete messages),
      the edit is sent as a new message, and the thread goes on in that.
    - "Not modified" is success. After a crash between sending and recording an edit is made twice, which nobody sees.

    Attributes:
        args: JSON-able facts; never anything secret.
        alert_id: the alert it opens or continues: a later item of the same alert replies to its message.
        not_before: earliest time of the next attempt.
        silent: makes no sound.
        severity: how loud it is; what is said to one person about their own messages is as urgent as can be.
        thread: what it is part of, up to 64 characters, the same in every chat; None for a message by itself.
        mode: see there. ``EDIT`` and ``REPLY`` need a thread.
        message_id: the thread's message, filled in when it is sent.
    """

    id: int
    chat_id: int
    kind: Kind
    args: Mapping[str, Any]
    created_at: float
    not_before: float
    attempts: int = 0
    alert_id: str | None = None
    connection_id: ConnectionId | None = None
    silent: bool = False
    severity: Severity = Severity.CRITICAL
    thread: str | None = None
    mode: Mode = Mode.SEND
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """Telegram has it."""

    message_id: int | None


@dataclass(frozen=True, slots=True)
class TryLater:
    """Telegram was busy, down or out of reach."""

    after: float
    reason: str


class Lost(StrEnum):
    """Why nothing that is sent to a chat arrives."""

    BLOCKED = "blocked"
    KICKED = "kicked"
    NOT_FOUND = "not found"
    NO_RIGHTS = "no rights"
    DEACTIVATED = "deactivated"


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Permanent. ``moved_to`` is the new chat id of a group that became a supergroup.

    Attributes:
        reason: a ``Lost`` if the chat is gone; else closed words.
    """

    reason: str
    chat_gone: bool = False
    moved_to: int | None = None


Delivery = Delivered | TryLater | GiveUp


class AlertSender(Protocol):
    """The way to people's chats. Holds Telegram's limits; never raises for what Telegram answers."""

    async def deliver(self, item: OutboxItem, alert: Alert | None, person: Person | None) -> Delivery:
        """One attempt. ``alert`` is the item's alert; ``person`` the chat's owner if it is a private chat."""
        ...
