"""The small verbs of a card: look, rename, disconnect."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.connection import Connection, ConnectionId
from bot.domain.health import Flip
from bot.domain.permissions import KeyReport
from bot.domain.roles import Deed, Role
from bot.usecases.access import Elsewhere, Gone, NotYours, admitted, owned, role_in
from bot.usecases.delivery import Alert
from bot.usecases.ip_list import unbox_ip_list
from bot.usecases.news_of_sharing import tell_disconnected
from bot.usecases.ports import Clock, CredentialVault, WatchList
from bot.usecases.storage import Store, StoreUnavailable

log = logging.getLogger("latchkey.manage")


@dataclass(frozen=True, slots=True)
class Card:
    """Everything a card shows.

    Attributes:
        ip_list: the key's whitelist, unsealed for this one look; None where the exchange does not list it.
        flips: the newest changes, newest first.
        muted_until: epoch seconds; None if alerts are not muted in the owner's chat.
    """

    connection: Connection
    ip_list: tuple[str, ...] | None
    flips: Sequence[Flip]
    muted_until: float | None

    @property
    def report(self) -> KeyReport:
        """What the exchange last said of the key."""
        return self.connection.report


@dataclass(frozen=True, slots=True)
class BehindAlert:
    """What a button under an alert is about.

    Attributes:
        role: what whoever pressed is to the connection.
        hears_as: what the alert's chat is to it: everybody there reads what is written there.
    """

    alert: Alert
    connection: Connection
    role: Role
    hears_as: Role


class ManageConnections:
    """What an owner does with connections from the chat. Each call checks the actor anew.

    All but ``of`` raise ``Gone`` or ``NotYours``.
    """

    def __init__(self, store: Store, vault: CredentialVault, clock: Clock, watch: WatchList) -> None:
        self._store = store
        self._vault = vault
        self._clock = clock
        self._watch = watch

    async def of(self, owner_id: int) -> Sequence[Connection]:
        """Somebody's connections, oldest first."""
        async with self._store.transaction() as tx:
            return await tx.connections.of_owner(owner_id)

    async def card(self, actor_id: int, connection_id: ConnectionId) -> Card:
        """One connection in full."""
        async with self._store.transaction() as tx:
            connection = await owned(tx, actor_id, connection_id)
            sealed = await tx.connections.sealed_ip_list(connection_id)
            flips = await tx.flips.latest(connection_id)
            muted = await tx.alerts.muted_until(connection_id, actor_id)
        ips = unbox_ip_list(self._vault, connection_id, sealed)
        still_muted = muted if muted is not None and muted > self._clock.now() else None
        return Card(connection, ips, flips, still_muted)

    async def behind_alert(self, actor_id: int, alert_id: str, deed: Deed, chat_id: int) -> BehindAlert:
        """What a button under an alert is about, for whoever may do this deed and presses where it was told."""
        async with self._store.transaction() as tx:
            alert = await tx.alerts.get(alert_id)
            if alert is None:
                raise Gone
            if alert.chat_id != chat_id:
                raise Elsewhere
            connection, role = await admitted(tx, actor_id, alert.connection_id, deed)
            try:
                hears_as = await role_in(tx, connection, alert.chat_id)
            except NotYours:
                hears_as = Role.SUBSCRIBER  # it heard once, and is shown no more than it was
            return BehindAlert(alert, connection, role, hears_as)

    async def rename(self, actor_id: int, connection_id: ConnectionId, label: str) -> None:
        """Gives it a label that ``domain.labels`` has cleaned."""
        async with self._store.transaction() as tx:
            await owned(tx, actor_id, connection_id)
            await tx.connections.rename(connection_id, label)

    async def disconnect(self, actor_id: int, connection_id: ConnectionId) -> Connection:
        """Destroys row and ciphertext for good and leaves no residue in the file; returns what it was."""
        async with self._store.transaction() as tx:
            connection = await owned(tx, actor_id, connection_id)
            hearing = [one.chat_id for one in await tx.subscriptions.of_connection(connection_id)]
            await tx.connections.remove(connection_id)
            await tell_disconnected(tx, connection, hearing, self._clock.now())
        self._watch.remove(connection_id)
        try:
            await self._store.scrub()
        except StoreUnavailable:
            # It is gone all the same, and must not be said to be there: housekeeping scrubs within the hour.
            log.warning("disconnect.not_scrubbed", extra={"connection": connection_id})
        return connection
