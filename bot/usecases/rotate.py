"""Rotate: a new key for the same connection, while the old one goes on working.

The new key is validated like any other, must belong to the same exchange account where the exchange tells the account,
and takes over in one transaction. The old one is kept, sealed, until the new one passed a probe of the watch
(``record.Recorder`` settles it, also after a crash in between); then it is destroyed. Failure at any point leaves the
old key in use.
"""

from dataclasses import dataclass

from bot.domain.connection import Connection, ConnectionId
from bot.domain.failures import Failure, Trouble
from bot.domain.verdict import Caution
from bot.usecases.access import Gone, owned
from bot.usecases.check import CheckConnections
from bot.usecases.connect import AlreadyYours, NotPossible, warn_owner
from bot.usecases.drafts import Drafts
from bot.usecases.pairs import OwnPairs, use_up
from bot.usecases.ports import Binding, Clock, CredentialVault, ExchangeGateway, Progress, SealedCredential
from bot.usecases.storage import Store, Transaction
from bot.usecases.validation import Fit, Refused, validate


@dataclass(frozen=True, slots=True)
class Rotated:
    """The new key is in use.

    Attributes:
        old_tail: the key to delete at the exchange.
        proven: the watch has seen the new key work, and the old one is destroyed; False if the exchange did not
            answer just now: both are kept until it does.
        same_account_known: False where the exchange does not tell to which account a key belongs.
    """

    connection: Connection
    old_tail: str
    cautions: tuple[Caution, ...]
    proven: bool
    same_account_known: bool


@dataclass(frozen=True, slots=True)
class FellBack:
    """The new key failed its first live probe; the old one is in use again."""

    trouble: Trouble


@dataclass(frozen=True, slots=True)
class SameKey:
    """The draft holds the key that is in use already."""


@dataclass(frozen=True, slots=True)
class OtherAccount:
    """The new key belongs to another account of the exchange. The old key stays."""


RotationResult = Rotated | FellBack | SameKey | OtherAccount | Refused | AlreadyYours | NotPossible


class RotateKey:
    """Swaps the key under a connection."""

    def __init__(
        self,
        store: Store,
        gateway: ExchangeGateway,
        vault: CredentialVault,
        drafts: Drafts,
        pairs: OwnPairs,
        clock: Clock,
        checks: CheckConnections,
    ) -> None:
        self._store = store
        self._gateway = gateway
        self._vault = vault
        self._drafts = drafts
        self._pairs = pairs
        self._clock = clock
        self._checks = checks

    async def __call__(
        self, actor_id: int, draft_id: str, progress: Progress, *, vouched: bool = False
    ) -> RotationResult:
        """Checks the draft and, if all fits, makes it the connection's key.

        Raises:
            DraftGone: the draft was wiped meanwhile.
            PairGone: its pair of ours has ended meanwhile.
            Gone: the connection was disconnected meanwhile.
            NotYours: the actor does not own it.
            StoreUnavailable: nothing was changed.
        """
        draft = self._drafts.get(draft_id, actor_id)
        connection_id = draft.connection_id
        if connection_id is None:
            raise Gone
        credential = await self._pairs.credential(draft_id, actor_id)
        async with self._store.transaction() as tx:
            connection = await owned(tx, actor_id, connection_id)
            fingerprint = self._vault.fingerprint(connection.place.exchange, credential.identity)
            holder = await tx.credentials.holder(fingerprint)
            old = await tx.credentials.current(connection_id)
            revision = await tx.credentials.next_revision(connection_id)
            elsewhere = await tx.connections.get(holder[0]) if holder else None
        if old is None or revision is None:
            raise Gone
        if elsewhere is not None and elsewhere.id == connection_id:
            self._drafts.clear(draft_id, actor_id)
            return SameKey()
        if elsewhere is not None and elsewhere.owner_id == actor_id:
            self._drafts.clear(draft_id, actor_id)
            return AlreadyYours(elsewhere)
        found = await validate(
            self._gateway,
            connection.place,
            connection.purpose,
            credential,
            progress,
            now=self._clock.now(),
            vouched=vouched,
        )
        if isinstance(found, Refused):
            return found
        uid = found.report.account_uid
        known = uid is not None and old.account is not None
        fits = not known or uid is None or self._vault.account(connection.place.exchange, uid) == old.account
        place = connection.place
        binding = Binding(connection.id, connection.owner_id, place.exchange, place.environment, revision)
        sealed = self._vault.seal(credential, binding, account_uid=uid)
        async with self._store.transaction() as tx:
            await owned(tx, actor_id, connection_id)
            # Asked anew: the key may have come in elsewhere while the exchange was thinking.
            refused: RotationResult | None = await self._in_use(tx, fingerprint, connection_id, actor_id)
            if refused is None and not fits:
                refused = OtherAccount()
            if refused is None:
                await use_up(tx, draft.pair_id)
                if not await tx.credentials.rotate(sealed, found.report, vouched=vouched):
                    raise Gone  # somebody rotated in between: this draft is for a revision that is no more
        if refused is not None:
            self._drafts.clear(draft_id, actor_id)
            return refused
        self._drafts.wipe(draft_id)
        await self._pairs.used(draft.pair_id)
        return await self._prove(actor_id, revision, found, old, same_account_known=known)

    async def _in_use(
        self, tx: Transaction, fingerprint: str, connection_id: ConnectionId, actor_id: int
    ) -> SameKey | AlreadyYours | NotPossible | None:
        """Where the key is in use already. Whoever else uses it is warned: somebody else holds its secret too."""
        holder = await tx.credentials.holder(fingerprint)
        elsewhere = await tx.connections.get(holder[0]) if holder else None
        if elsewhere is None:
            return None
        if elsewhere.id == connection_id:
            return SameKey()
        if elsewhere.owner_id == actor_id:
            return AlreadyYours(elsewhere)
        await warn_owner(tx, elsewhere, self._clock.now())
        return NotPossible()

    async def _prove(
        self, actor_id: int, revision: int, fit: Fit, old: SealedCredential, *, same_account_known: bool
    ) -> RotationResult:
        connection_id = old.connection_id
        checked = await self._checks.now(connection_id)
        connection = await self._look(actor_id, connection_id)
        if connection.rotating:
            # That may have joined a probe of the old key, which was under way: ask once more, with the new one.
            checked = await self._checks.now(connection_id)
            connection = await self._look(actor_id, connection_id)
        if connection.revision != revision:
            return FellBack(checked.trouble or Trouble(Failure.UNEXPECTED))
        return Rotated(connection, old.key_tail, fit.cautions, not connection.rotating, same_account_known)

    async def _look(self, actor_id: int, connection_id: ConnectionId) -> Connection:
        async with self._store.transaction() as tx:
            return await owned(tx, actor_id, connection_id)
