"""Status cards: one message in each chat that asked for one, edited as things change, never sent a second time.

A card is a function of the state. Nobody tells it of changes: every few seconds the state of all chats with a card is
read and compared with what their cards show. So a change that no verb thought of is seen too, a crash forgets none, and
ten changes at once are one edit.
"""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from bot.domain.health import Status
from bot.usecases.blind import WATCHED_UNTIL
from bot.usecases.incident_store import Incident
from bot.usecases.ports import Clock, Person
from bot.usecases.status_store import Line, StatusCard
from bot.usecases.storage import Store, StoreUnavailable, Transaction

log = logging.getLogger("latchkey.status")

APART: Final = 20.0
"""Seconds between two edits of one card at least."""
REFRESH: Final = 180.0
"""Seconds after which a card is edited though nothing changed, so that its times are right where apps do not count."""
MOST_EDITS: Final = 15
"""Edits of one look at most: with a look every five seconds three a second, of the thirty that Telegram takes. Changes
go first; when many refreshes wait, they come later than they should."""
PAGE: Final = 200
"""Cards in one transaction."""
LATE, LATE_AT_LEAST = 3, 60.0
"""Intervals, and seconds, without a complete round of checks after which a card says so."""
REST: Final = 3600.0
"""Seconds until a chat that cannot be reached is tried again."""


@dataclass(frozen=True, slots=True)
class Outage:
    """An incident, with how many of a chat's connections are in it."""

    incident: Incident
    count: int


@dataclass(frozen=True, slots=True)
class StatusView:
    """Everything that a card shows.

    Attributes:
        swept_at: epoch seconds when every connection of the service had had its turn; None if that is not noted.
        late: that is too long ago.
    """

    lines: Sequence[Line]
    outages: Sequence[Outage]
    swept_at: float | None
    late: bool

    @property
    def checked_at(self) -> float | None:
        """When the connection that was not looked at for longest was looked at; None if one never was."""
        times = [line.checked_at for line in self.lines]
        return None if not times or None in times else min(at for at in times if at is not None)

    @property
    def bad(self) -> Sequence[Line]:
        """What is not well, the worst first."""
        found = [line for line in self.lines if line.status is not Status.CONNECTED]
        return sorted(found, key=lambda line: line.status is not Status.REAUTH_NEEDED)

    def digest(self) -> str:
        """Two views with the same one need no edit: only times that age by themselves are left out."""
        lines = [
            (
                line.id,
                line.label,
                line.status.value,
                line.since,
                line.gate.value,
                line.gate_since,
                line.failure,
                line.incident_id,
                line.vouched,
            )
            for line in self.lines
        ]
        outages = [(each.incident.id, each.incident.times, each.count) for each in self.outages]
        return hashlib.sha256(repr((lines, outages, self.late)).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Shown:
    """The message shows it."""


@dataclass(frozen=True, slots=True)
class Vanished:
    """The message is not there any more, or no longer the bot's."""


@dataclass(frozen=True, slots=True)
class NotNow:
    """Telegram is busy, out of reach, or the chat is shut: again after so many seconds."""

    after: float
    chat_gone: bool = False


class StatusScreen(Protocol):
    """Where cards are shown. Keeps Telegram's limits; never raises for what Telegram answers."""

    async def edit(
        self, chat_id: int, message_id: int, view: StatusView, person: Person | None
    ) -> Shown | Vanished | NotNow:
        """Shows it in this message."""

    async def send(self, chat_id: int, view: StatusView, person: Person | None) -> int | None:
        """Sends a new card, without a sound; its message id, or None if that failed."""

    async def pin(self, chat_id: int, message_id: int) -> bool | None:
        """Puts it on top of the chat, without a sound; False if the bot may not, None if that is not known."""

    async def tell(self, chat_id: int, message_id: int, person: Person | None, *, may_not_pin: bool) -> None:
        """Answers the card, without a sound: here it is; or that the bot may not pin."""


class Asked(StrEnum):
    """What came of asking for the card."""

    NEW = "new"
    SAME = "same"
    NOTHING = "nothing"
    """This chat hears of nothing."""
    BUSY = "busy"
    """It is being shown already."""
    FAILED = "failed"


class KeepStatus:
    """Shows cards and keeps them true."""

    def __init__(self, store: Store, screen: StatusScreen, clock: Clock, interval: float) -> None:
        self._store = store
        self._screen = screen
        self._clock = clock
        self._interval = interval
        self._busy: set[int] = set()
        self._rest: dict[int, float] = {}

    async def show(self, chat_id: int) -> Asked:
        """Somebody asks: the card as it is now, in the message that is there, or else in a new one, which is pinned.

        Raises:
            StoreUnavailable: nothing was shown.
        """
        if chat_id in self._busy:
            return Asked.BUSY
        self._busy.add(chat_id)
        try:
            async with self._store.transaction() as tx:
                card = await tx.status_cards.get(chat_id) or StatusCard(chat_id, None)
                view = (await self._views(tx, [chat_id]))[chat_id]
                person = await tx.people.get(chat_id)
            if not view.lines and card.message_id is None:
                return Asked.NOTHING
            return await self._show(card, view, person)
        finally:
            self._busy.discard(chat_id)

    async def look(self) -> int:
        """Edits the cards that are no longer true, and those that were not for a while; returns how many.

        Raises:
            StoreUnavailable: the rest is looked at next time.
        """
        now = self._clock.now()
        self._rest = {chat_id: until for chat_id, until in self._rest.items() if until > now}
        waiting: list[tuple[bool, float, StatusCard, StatusView]] = []
        after, more = None, True
        while more:
            async with self._store.transaction() as tx:
                cards = await tx.status_cards.page(after, now - APART, PAGE)
                views = await self._views(tx, [card.chat_id for card in cards])
            for card in cards:
                view = views[card.chat_id]
                same = card.shown == view.digest()
                if card.chat_id not in self._rest and not (same and now - card.shown_at < REFRESH):
                    waiting.append((same, card.shown_at, card, view))
            more = len(cards) == PAGE
            after = cards[-1].chat_id if cards else None
        waiting.sort(key=lambda each: each[:2])
        for _, _, card, view in waiting[:MOST_EDITS]:
            if card.chat_id not in self._busy:
                await self._try_to_refresh(card, view)
        return len(waiting[:MOST_EDITS])

    async def _try_to_refresh(self, card: StatusCard, view: StatusView) -> None:
        """One card over which we stumble must not keep the others from being true."""
        try:
            await self._refresh(card, view)
        except StoreUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - see above
            log.error("status.failed", extra={"error": type(error).__name__})  # noqa: TRY400 - it could show what was read
            self._rest[card.chat_id] = self._clock.now() + REFRESH

    async def _refresh(self, card: StatusCard, view: StatusView) -> None:
        self._busy.add(card.chat_id)
        try:
            async with self._store.transaction() as tx:
                person = await tx.people.get(card.chat_id)
            if card.message_id is None:
                await self._send(card, view, person)
                return
            match await self._screen.edit(card.chat_id, card.message_id, view, person):
                case Shown():
                    await self._keep(card, view)
                case Vanished():
                    # Whoever takes the card away wants none. It comes back when it is asked for.
                    async with self._store.transaction() as tx:
                        await tx.status_cards.forget(card.chat_id)
                case NotNow(seconds, chat_gone):
                    await self._not_now(card, seconds, chat_gone=chat_gone)
        finally:
            self._busy.discard(card.chat_id)

    async def _not_now(self, card: StatusCard, seconds: float, *, chat_gone: bool) -> None:
        self._rest[card.chat_id] = self._clock.now() + (REST if chat_gone else seconds)
        if chat_gone and card.chat_id < 0:
            async with self._store.transaction() as tx:
                await tx.status_cards.forget(card.chat_id)

    async def _show(self, card: StatusCard, view: StatusView, person: Person | None) -> Asked:
        if card.message_id is not None:
            match await self._screen.edit(card.chat_id, card.message_id, view, person):
                case Shown():
                    await self._keep(await self._pin(card, card.message_id, person), view)
                    await self._screen.tell(card.chat_id, card.message_id, person, may_not_pin=False)
                    return Asked.SAME
                case NotNow():
                    return Asked.FAILED
                case Vanished():
                    pass
        return Asked.NEW if await self._send(card, view, person) else Asked.FAILED

    async def _send(self, card: StatusCard, view: StatusView, person: Person | None) -> bool:
        """Noted before it is sent: what a crash leaves in between is a card too many, never one that nobody edits."""
        async with self._store.transaction() as tx:
            await tx.status_cards.put(StatusCard(card.chat_id, None, pin_refused=card.pin_refused))
        message_id = await self._screen.send(card.chat_id, view, person)
        if message_id is None:
            self._rest[card.chat_id] = self._clock.now() + REFRESH
            return False
        new = StatusCard(card.chat_id, message_id, pin_refused=card.pin_refused)
        await self._keep(new, view)
        await self._keep(await self._pin(new, message_id, person), view)
        return True

    async def _pin(self, card: StatusCard, message_id: int, person: Person | None) -> StatusCard:
        """Refused, that is said once; the card does its work where it is."""
        pinned = await self._screen.pin(card.chat_id, message_id)
        if pinned is None:
            return card
        if not pinned and not card.pin_refused:
            await self._screen.tell(card.chat_id, message_id, person, may_not_pin=True)
        return StatusCard(card.chat_id, message_id, card.shown, card.shown_at, pin_refused=not pinned)

    async def _keep(self, card: StatusCard, view: StatusView) -> None:
        kept = StatusCard(card.chat_id, card.message_id, view.digest(), self._clock.now(), card.pin_refused)
        async with self._store.transaction() as tx:
            await tx.status_cards.put(kept)

    async def _views(self, tx: Transaction, chat_ids: Sequence[int]) -> Mapping[int, StatusView]:
        if not chat_ids:
            return {}
        now = self._clock.now()
        lines = await tx.status_cards.lines(chat_ids)
        out: Mapping[int, Incident] = {}
        if any(line.incident_id for found in lines.values() for line in found):
            out = {incident.id: incident for incident in await tx.incidents.present(now)}
        noted = await tx.meta.get(WATCHED_UNTIL)
        swept_at = float(noted) if noted else None
        late = swept_at is not None and now - swept_at > max(LATE * self._interval, LATE_AT_LEAST)
        return {
            chat_id: StatusView(lines.get(chat_id, ()), _outages(lines.get(chat_id, ()), out), swept_at, late)
            for chat_id in chat_ids
        }


def _outages(lines: Sequence[Line], out: Mapping[int, Incident]) -> Sequence[Outage]:
    counts: dict[int, int] = {}
    for line in lines:
        if line.incident_id is not None and line.incident_id in out:
            counts[line.incident_id] = counts.get(line.incident_id, 0) + 1
    return tuple(Outage(out[incident_id], count) for incident_id, count in sorted(counts.items()))
