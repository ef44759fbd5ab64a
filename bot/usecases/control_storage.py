"""What the store keeps of people's say over alerts: their choices, what is held back, and what is told again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.choices import ChatChoice, ConnectionChoice
from bot.domain.connection import ConnectionId
from bot.domain.failures import Failure, Severity
from bot.domain.quiet import QuietHours
from bot.domain.zones import is_zone
from bot.usecases.delivery import Alert, Kind


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """A chat's choices as they are kept: quiet hours that are off keep their times.

    Attributes:
        quiet: whether quiet hours are on.
        quiet_start, quiet_end: minutes after midnight in the chat's zone.
        zone: an IANA name; None if the chat never said.
        by_announced: what exchanges announce of their maintenance counts as a maintenance window.
    """

    least: Severity = Severity.INFO
    quiet: bool = False
    quiet_start: int = 22 * 60
    quiet_end: int = 7 * 60
    critical_passes: bool = True
    zone: str | None = None
    by_announced: bool = True

    @property
    def known_zone(self) -> str | None:
        """The zone, unless this machine has lost it: an alert at a wrong hour is better than none."""
        return self.zone if self.zone is not None and is_zone(self.zone) else None

    @property
    def choice(self) -> ChatChoice:
        """What the rules need of it."""
        zone, quiet = self.known_zone, None
        if self.quiet and zone is not None and self.quiet_start != self.quiet_end:
            quiet = QuietHours(self.quiet_start, self.quiet_end, zone)
        return ChatChoice(self.least, quiet, self.critical_passes, zone)


class Choices(Protocol):
    """What chats want to hear."""

    async def of_chat(self, chat_id: int) -> ChatSettings:
        """Of everything; the defaults if it never said."""

    async def save_chat(self, chat_id: int, settings: ChatSettings) -> None:
        """Of everything, anew."""

    async def of_connection(self, connection_id: ConnectionId, chat_id: int) -> ConnectionChoice:
        """Of one connection; no choice of its own if it never said."""

    async def save_connection(self, connection_id: ConnectionId, chat_id: int, choice: ConnectionChoice) -> None:
        """Of one connection, anew."""

    async def escalations(self, connection_id: ConnectionId) -> Mapping[int, float]:
        """The chats that hear of a connection only after so many seconds, by chat id."""


@dataclass(frozen=True, slots=True)
class HeldRow:
    """An outbox row that waits for a mute, for quiet hours or for a maintenance window to end.

    Attributes:
        connection_id: None for an incident.
        failure: what it tells of, if it is of a trouble.
        thread: see ``OutboxItem``.
    """

    id: int
    connection_id: ConnectionId | None
    severity: Severity
    kind: Kind
    failure: Failure | None
    thread: str | None = None


class Held(Protocol):
    """What waits in the outbox for a later hour and was never tried."""

    async def withdraw(self, connection_id: ConnectionId, chat_id: int, kinds: Collection[Kind], now: float) -> int:
        """Takes back what is held and no longer true; returns how much."""

    async def withdraw_thread(self, chat_id: int, thread: str, now: float) -> int:
        """Takes back all that is held of a thread of which nothing has arrived yet; returns how much."""

    async def holds(self, connection_id: ConnectionId, chat_id: int, kind: Kind, now: float) -> bool:
        """Whether something of this kind is held."""

    async def unsent(self, connection_id: ConnectionId, chat_id: int, kind: Kind) -> bool:
        """Whether something of this kind has not arrived yet, held or not."""

    async def of_chat(self, chat_id: int, now: float) -> Sequence[HeldRow]:
        """Everything that is held for a chat, in order."""

    async def move(self, item_id: int, not_before: float) -> None:
        """It is due at another time."""


@dataclass(frozen=True, slots=True)
class Rung:
    """An alert that is to be told by itself now.

    Attributes:
        rings: how often it has been told again.
    """

    alert: Alert
    rings: int


class Ringing(Protocol):
    """Alerts that are told by themselves until somebody acknowledges them, or the trouble ends."""

    async def due(self, now: float, limit: int) -> Sequence[Rung]:
        """Those whose time has come, the longest waiting first."""

    async def waiting(self, connection_id: ConnectionId) -> Sequence[tuple[int, float]]:
        """The chats that hear of its alert when nobody acknowledges it in time, and when that is, soonest first."""

    async def start(self, alert_id: str, failure: str, at: float | None) -> None:
        """It was told, of this failure, and rings at this time, if ever; an acknowledgement of before is void."""

    async def wait(self, alert_id: str, failure: str, at: float) -> None:
        """It is to be told in its chat for the first time then."""

    async def rang(self, alert_id: str, at: float) -> None:
        """It was told once more; the next time is then."""

    async def put_off(self, alert_id: str, at: float) -> None:
        """Not now: then."""

    async def stop(self, alert_id: str) -> None:
        """Never again by itself."""

    async def sooner(self, chat_id: int, at: float, connection_id: ConnectionId | None = None) -> None:
        """What rings in this chat, perhaps of one connection only, does so then at the latest."""

    async def acknowledge(
        self, connection_id: ConnectionId, chat_id: int | None, at: float, by: int, *, here: int | None = None
    ) -> None:
        """Open alerts of a connection ring no more, in one chat or, for None, in all; ``here`` is where it was said."""
