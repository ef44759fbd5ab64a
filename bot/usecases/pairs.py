"""Key pairs of our own: made, shown, and used once or destroyed. The exchange gets the public half, nobody the private.

A pair's life is one row (``PendingPair``): from its making to the connection that uses it, to **Cancel**, or for 24 h.
"""

import asyncio
import logging
import uuid
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.connection import ConnectionId, Credential, Place
from bot.domain.key_pairs import PairKind
from bot.domain.pasting import Field
from bot.usecases.drafts import DraftGone, Drafts
from bot.usecases.pending_pairs import PendingPair
from bot.usecases.ports import Clock, CredentialVault, KeyPairs
from bot.usecases.storage import Store, StoreUnavailable, Transaction

log = logging.getLogger("latchkey.pairs")

PAIR = "pair"
"""Purpose of the boxes that private halves lie in."""

LIFETIME = 24 * 3600.0
"""Seconds from a pair's making to its destruction, unless a connection uses it."""


class PairGone(Exception):  # noqa: N818 - it states the condition
    """The pair was used, cancelled or too old: what was registered of it opens nothing any more."""


class OwnPairs:
    """Makes pairs, finds them again and destroys them."""

    def __init__(self, store: Store, maker: KeyPairs, vault: CredentialVault, drafts: Drafts, clock: Clock) -> None:
        self._store = store
        self._maker = maker
        self._vault = vault
        self._drafts = drafts
        self._clock = clock

    async def offer(
        self, owner_id: int, place: Place, kind: PairKind, connection_id: ConnectionId | None = None
    ) -> PendingPair:
        """The pair that waits for this purpose, or a new one: who comes back has perhaps registered the one before.

        Raises:
            StoreUnavailable: none could be kept, so none may be shown.
        """
        async with self._store.transaction() as tx:
            pending = await self._waiting(tx, owner_id, place, kind, connection_id)
        if pending is not None:
            return pending
        pair = await asyncio.to_thread(self._maker.make, kind)
        new = PendingPair(
            id=uuid.uuid4().hex,
            owner_id=owner_id,
            exchange=place.exchange,
            environment=place.environment,
            connection_id=connection_id,
            kind=kind,
            public_half=pair.public,
            sealed=b"",
            made_at=self._clock.now(),
        )
        new = replace(new, sealed=self._vault.box(PAIR, pair.private.encode(), new.bound_to))
        async with self._store.transaction() as tx:
            pending = await self._waiting(tx, owner_id, place, kind, connection_id)
            if pending is None:
                await tx.pairs.add(new)
        return pending or new

    async def get(self, owner_id: int, pair_id: str) -> PendingPair:
        """Somebody's pair, while it waits.

        Raises:
            PairGone: it has ended, is too old, or is somebody else's.
        """
        async with self._store.transaction() as tx:
            pair = await tx.pairs.get(pair_id)
        if pair is None or pair.owner_id != owner_id or self._is_old(pair):
            raise PairGone
        return pair

    @staticmethod
    def ends_at(pair: PendingPair) -> float:
        """Epoch seconds when it is destroyed, if nobody uses it."""
        return pair.made_at + LIFETIME

    async def show_in(self, pair: PendingPair, message_id: int | None) -> None:
        """Remembers the message with its file, so that it can be taken away at the pair's end."""
        async with self._store.transaction() as tx:
            await tx.pairs.show_in(pair.id, message_id)

    async def credential(self, draft_id: str, owner_id: int) -> Credential:
        """The credential of a draft: what was entered or, with a pair of ours, the API key and the private half.

        Raises:
            DraftGone: it is not complete, or gone.
            PairGone: its pair has ended.
            CannotUnseal: of the vault; the stored pair was altered, or is in another's place.
        """
        pair_id = self._drafts.get(draft_id, owner_id).pair_id
        if pair_id is None:
            return self._drafts.credential(draft_id, owner_id)
        api_key = self._drafts.fields(draft_id, owner_id).get(Field.API_KEY)
        if api_key is None:
            raise DraftGone
        pair = await self.get(owner_id, pair_id)
        return Credential(api_key, self._vault.unbox(PAIR, pair.sealed, pair.bound_to).decode())

    async def abandon(self, owner_id: int, pair_id: str) -> PendingPair | None:
        """Destroys somebody's pair for good; returns what it was, None if it had ended already.

        Raises:
            StoreUnavailable: it is still there, for 24 h at most.
        """
        async with self._store.transaction() as tx:
            pair = await tx.pairs.get(pair_id)
            if pair is None or pair.owner_id != owner_id:
                return None
            await tx.pairs.remove(pair_id)
        await self._scrub()
        return pair

    async def expire(self) -> Sequence[PendingPair]:
        """Destroys those that nobody used in time; returns what they were.

        Raises:
            StoreUnavailable: some are still there. None of them is opened any more.
        """
        async with self._store.transaction() as tx:
            old = await tx.pairs.made_before(self._clock.now() - LIFETIME)
            for pair in old:
                await tx.pairs.remove(pair.id)
        if old:
            await self._scrub()
        return old

    async def used(self, pair_id: str | None) -> None:
        """After the commit that used a pair up, if there was one: leaves no residue of it."""
        if pair_id is not None:
            await self._scrub()

    async def _scrub(self) -> None:
        """What is gone must not be said to be there: if this fails, housekeeping scrubs within the hour."""
        try:
            await self._store.scrub()
        except StoreUnavailable:
            log.warning("pair.not_scrubbed")

    async def _waiting(
        self, tx: Transaction, owner_id: int, place: Place, kind: PairKind, connection_id: ConnectionId | None
    ) -> PendingPair | None:
        pair = await tx.pairs.find(owner_id, place.exchange, place.environment, connection_id)
        return None if pair is None or pair.kind is not kind or self._is_old(pair) else pair

    def _is_old(self, pair: PendingPair) -> bool:
        return self._clock.now() >= self.ends_at(pair)


async def use_up(tx: Transaction, pair_id: str | None) -> None:
    """In the commit that stores the credential: the pair is pending no more.

    Raises:
        PairGone: it was cancelled, or used, while the exchange was thinking: nothing of this commit may be kept.
    """
    if pair_id is not None and not await tx.pairs.remove(pair_id):
        raise PairGone
