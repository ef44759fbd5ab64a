"""Maintenance windows: what may pass by itself is not told while one is open, and told when it lasts beyond it.

Nothing else changes: the watch goes on, flips are written, the gate pauses and opens. What the user must mend, and what
is dangerous, is told as always. A window is its chat's own: others who hear of the same connection hear as before.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.connection import Connection, ConnectionId, Place
from bot.domain.maintenance import LONGEST, Times, Weekly, is_over
from bot.usecases import incidents
from bot.usecases.access import Gone, role_in
from bot.usecases.holding import announced_until, open_until
from bot.usecases.maintenance_store import LeftOut, Window
from bot.usecases.ports import Clock
from bot.usecases.posting import replan
from bot.usecases.storage import Store, Transaction
from bot.usecases.zone import zone_of

MOST = 20
"""Windows of one chat."""
PAGE = 25
"""Chats that are told in one transaction."""


class TooMany(Exception):  # noqa: N818 - it states the condition
    """The chat has as many windows as a chat may have."""


async def end_all_windows(store: Store, now: float) -> None:
    """Tells of whatever lasts beyond a window, a page a commit: whoever wants to delete a secret waits for its end.

    Raises ``StoreUnavailable``; what is not told then is told the next time.
    """
    async with store.transaction() as tx:
        left_out = await _perhaps_over(tx, await tx.maintenance.left_out(), now)
    for at in range(0, len(left_out), PAGE):
        async with store.transaction() as tx:
            await end_windows(tx, left_out[at : at + PAGE], now)


async def _perhaps_over(tx: Transaction, left_out: Sequence[LeftOut], now: float) -> list[LeftOut]:
    """Without those whom the exchange's own announcement holds: that may be all that are connected there."""
    held: dict[tuple[int, Place], bool] = {}
    for each in left_out:
        key = (each.incident_id, each.place)
        if key not in held:
            incident = await tx.incidents.get(each.incident_id)
            held[key] = (
                incident is not None
                and await announced_until(tx, each.place, incident.trouble.failure, now) is not None
            )
    return [each for each in left_out if not (each.by_announced and held[(each.incident_id, each.place)])]


async def end_windows(tx: Transaction, left_out: Sequence[LeftOut], now: float) -> None:
    """Tells of incidents that last beyond a window; alerts of single keys wait in the outbox by themselves."""
    current = incidents.Round()
    for each in left_out:
        connection = await tx.connections.get(each.connection_id)
        incident = await tx.incidents.get(each.incident_id)
        if connection is None or incident is None:
            continue
        if each.chat_id not in await incidents.concerned(tx, connection, incident):
            continue
        if await open_until(tx, connection, incident.trouble.failure, each.chat_id, now) is not None:
            continue
        await tx.maintenance.let_in(each)
        current.touched.add((each.incident_id, each.chat_id))
    await incidents.settle(tx, current, now)


# --------------------------------------------------------------------------------------------------------------- verbs


@dataclass(frozen=True, slots=True)
class Planned:
    """A window, with the label of its connection if it is about one."""

    window: Window
    label: str | None


class PlanMaintenance:
    """What a person does with windows of their own chat."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def of(self, chat_id: int) -> Sequence[Planned]:
        """Those of a chat that are not over."""
        now = self._clock.now()
        async with self._store.transaction() as tx:
            found = [one for one in await tx.maintenance.of_chat(chat_id) if not is_over(one.times, now)]
            planned = []
            for window in found:
                connection = await tx.connections.get(window.connection_id) if window.connection_id else None
                planned.append(Planned(window, connection.label if connection else None))
        return planned

    async def heard(self, chat_id: int) -> Sequence[Connection]:
        """Every connection that a chat may plan for: its own, and those it hears of."""
        async with self._store.transaction() as tx:
            own = await tx.connections.of_owner(chat_id)
            return [*own, *(connection for _, connection in await tx.subscriptions.of_chat(chat_id))]

    async def zone(self, chat_id: int) -> str:
        """The IANA name of the zone that a chat's clock is in."""
        async with self._store.transaction() as tx:
            return (await zone_of(tx, chat_id)).key

    async def add(
        self,
        chat_id: int,
        about: ConnectionId | str,
        seconds: float,
        *,
        start: float | None = None,
        weekly: Weekly | None = None,
    ) -> Window:
        """Plans one, from ``start`` (epoch seconds) or from now, once or every week.

        Args:
            chat_id: the private chat of whoever plans.
            about: a connection, or an exchange at which the chat hears of one.
            seconds: how long, each time.
            start: None for now.
            weekly: None for once.

        Raises:
            Gone: there is no such connection, or none at that exchange.
            NotYours: the chat does not hear of it.
            TooMany: see there.
        """
        now = self._clock.now()
        times = Times(now if start is None else start, min(max(seconds, 60.0), LONGEST), weekly)
        async with self._store.transaction() as tx:
            connection = await tx.connections.get(ConnectionId(about))
            if connection is not None:
                await role_in(tx, connection, chat_id)
                exchange = connection.place.exchange
            else:
                exchange = str(about)
                own = await tx.connections.of_owner(chat_id)
                heard = [one for _, one in await tx.subscriptions.of_chat(chat_id)]
                if exchange not in {one.place.exchange for one in (*own, *heard)}:
                    raise Gone
            if len(await tx.maintenance.of_chat(chat_id)) >= MOST:
                raise TooMany
            zone = (await zone_of(tx, chat_id)).key
            window = Window(
                secrets.token_urlsafe(12), chat_id, exchange, connection.id if connection else None, zone, times
            )
            await tx.maintenance.add(window)
        return window

    async def remove(self, chat_id: int, window_id: str) -> bool:
        """Ends one; what still lasts is told at once. False if there is none."""
        now = self._clock.now()
        async with self._store.transaction() as tx:
            left_out = [each for each in await tx.maintenance.left_out() if each.chat_id == chat_id]
            window = await tx.maintenance.remove(chat_id, window_id)
            if window is None:
                return False
            await replan(tx, chat_id, now)
            await end_windows(tx, left_out, now)
        return True

    async def look(self) -> None:
        """Ends windows whose time is over. Raises ``StoreUnavailable``."""
        now = self._clock.now()
        await end_all_windows(self._store, now)
        async with self._store.transaction() as tx:
            await tx.maintenance.forget(now)
