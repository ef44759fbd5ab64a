"""Reseal: everything that is sealed goes under the primary master key, in batches that may be cut off anywhere.

Each batch is one commit, and every record opens under the old or the new key at every moment; starting again goes on
where it stopped. Only when ``left`` says nothing may the old key be retired.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from bot.domain.connection import ConnectionId
from bot.usecases.ip_list import PURPOSE as IP_LIST
from bot.usecases.pairs import PAIR
from bot.usecases.ports import Binding, CredentialVault
from bot.usecases.storage import Store

INBOX = "inbox"
"""Purpose of the boxes that inbox payloads lie in."""

BATCH = 200
"""Records per commit."""


def bound_to_update(update_id: int) -> bytes:
    """What an inbox payload's box is bound to."""
    return str(update_id).encode()


class Reseal:
    """Moves sealed records and boxes to the primary master key."""

    def __init__(self, store: Store, vault: CredentialVault) -> None:
        self._store = store
        self._vault = vault

    async def __call__(self) -> int:
        """All of it; returns how many records and boxes were moved.

        Raises:
            CannotUnseal: of the vault; a record is damaged. What was moved so far stays moved.
            StoreUnavailable: the same.
        """
        return await self._credentials() + await self._ip_lists() + await self._pairs() + await self._inbox()

    async def left(self) -> Mapping[int, int]:
        """How many records and boxes are still under each other master key.

        Boxes are counted one by one: after rotating there and back, a reseal that was cut off may have left nothing
        but boxes behind.
        """
        async with self._store.transaction() as tx:
            under = Counter(await tx.credentials.terms_in_use())
            under.update(self._vault.term_of(row.payload) for row in await tx.inbox.unfinished() if row.payload)
            after: ConnectionId | None = None
            while batch := await tx.connections.sealed_ip_lists(after, BATCH):
                under.update(self._vault.term_of(sealed) for _, sealed in batch)
                after = batch[-1][0]
            last: str | None = None
            while pairs := await tx.pairs.page(last, BATCH):
                under.update(self._vault.term_of(pair.sealed) for pair in pairs)
                last = pairs[-1].id
        return {term: count for term, count in under.items() if term != self._vault.primary_term}

    async def _credentials(self) -> int:
        moved = 0
        while True:
            async with self._store.transaction() as tx:
                batch = await tx.credentials.not_under(self._vault.primary_term, BATCH)
                for sealed, place in batch:
                    binding = Binding(
                        sealed.connection_id, place.owner_id, place.exchange, place.environment, sealed.revision
                    )
                    resealed = self._vault.reseal(sealed.record, binding)
                    if resealed is not None:
                        record, term = resealed
                        await tx.credentials.reseal(replace(sealed, record=record, term=term))
            if not batch:
                return moved
            moved += len(batch)

    async def _ip_lists(self) -> int:
        moved = 0
        after: ConnectionId | None = None
        while True:
            async with self._store.transaction() as tx:
                batch = await tx.connections.sealed_ip_lists(after, BATCH)
                for connection_id, sealed in batch:
                    reboxed = self._vault.rebox(IP_LIST, sealed, connection_id.encode())
                    if reboxed is not None:
                        await tx.connections.save_ip_list(connection_id, reboxed)
                        moved += 1
            if not batch:
                return moved
            after = batch[-1][0]

    async def _pairs(self) -> int:
        moved = 0
        after: str | None = None
        while True:
            async with self._store.transaction() as tx:
                batch = await tx.pairs.page(after, BATCH)
                for pair in batch:
                    reboxed = self._vault.rebox(PAIR, pair.sealed, pair.bound_to)
                    if reboxed is not None:
                        await tx.pairs.reseal(pair.id, reboxed)
                        moved += 1
            if not batch:
                return moved
            after = batch[-1].id

    async def _inbox(self) -> int:
        """What a stop left unhandled; at most a few thousand updates, so one commit does."""
        moved = 0
        async with self._store.transaction() as tx:
            for row in await tx.inbox.unfinished():
                if row.payload is None:
                    continue
                reboxed = self._vault.rebox(INBOX, row.payload, bound_to_update(row.update_id))
                if reboxed is not None:
                    await tx.inbox.repack(row.update_id, reboxed)
                    moved += 1
        return moved
