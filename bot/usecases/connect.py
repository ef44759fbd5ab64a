"""Connect an exchange: from a draft to a connection, or to a refusal that says why."""

import uuid
from dataclasses import dataclass

from bot.domain.connection import Connection, ConnectionId, Credential, Place, Purpose
from bot.domain.health import Health
from bot.domain.masking import mask_tail
from bot.domain.permissions import KeyReport
from bot.domain.verdict import Caution
from bot.usecases.delivery import Kind
from bot.usecases.drafts import Drafts
from bot.usecases.ip_list import box_ip_list
from bot.usecases.pairs import OwnPairs, use_up
from bot.usecases.ports import Binding, Clock, CredentialVault, ExchangeGateway, Progress, WatchList
from bot.usecases.posting import facts_of, post
from bot.usecases.storage import Store, Transaction
from bot.usecases.validation import Refused, validate


@dataclass(frozen=True, slots=True)
class Accepted:
    """The connection is made and watched."""

    connection: Connection
    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class AlreadyYours:
    """The same API key is connected already, by the same person."""

    connection: Connection


@dataclass(frozen=True, slots=True)
class NotPossible:
    """The key cannot be connected here. Says no more: whose it is is nobody else's business."""


@dataclass(frozen=True, slots=True)
class TooMany:
    """The person has as many connections as anybody may."""


MOST_CONNECTIONS = 100
"""Of one person: the watch's time and the exchanges' limits are shared by all."""


class ConnectExchange:
    """Validates a draft and, only then, seals and stores it."""

    def __init__(
        self,
        store: Store,
        gateway: ExchangeGateway,
        vault: CredentialVault,
        drafts: Drafts,
        pairs: OwnPairs,
        clock: Clock,
        watch: WatchList,
    ) -> None:
        self._store = store
        self._gateway = gateway
        self._vault = vault
        self._drafts = drafts
        self._pairs = pairs
        self._clock = clock
        self._watch = watch

    async def __call__(
        self,
        owner_id: int,
        draft_id: str,
        purpose: Purpose,
        label: str,
        progress: Progress,
        *,
        vouched: bool = False,
    ) -> Accepted | Refused | AlreadyYours | NotPossible | TooMany:
        """Checks the draft and connects it. A refusal keeps the draft, so that it can be checked again.

        Args:
            owner_id: who connects, by Telegram id.
            draft_id: the draft with the credential.
            purpose: watch only, or trade.
            label: cleaned by ``domain.labels``.
            progress: told of each step as it happens.
            vouched: the user confirmed by name that withdrawal is off, where the exchange cannot say.

        Raises:
            DraftGone: the draft was wiped meanwhile.
            PairGone: its pair of ours has ended meanwhile.
            StoreUnavailable: nothing was kept.
        """
        draft = self._drafts.get(draft_id, owner_id)
        place = draft.place
        credential = await self._pairs.credential(draft_id, owner_id)
        fingerprint = self._vault.fingerprint(place.exchange, credential.identity)
        async with self._store.transaction() as tx:
            mine = await self._already_mine(tx, fingerprint, owner_id)
            full = await tx.connections.count_of(owner_id) >= MOST_CONNECTIONS
        if mine is not None or full:
            self._drafts.wipe(draft_id)
            return TooMany() if mine is None else AlreadyYours(mine)
        now = self._clock.now()
        found = await validate(self._gateway, place, purpose, credential, progress, now=now, vouched=vouched)
        if isinstance(found, Refused):
            return found
        # Only somebody who holds a working secret gets this far, so the answer below tells a stranger nothing.
        connection, sealed_ips = self._describe(owner_id, place, purpose, label, credential, found.report, vouched)
        binding = Binding(connection.id, owner_id, place.exchange, place.environment, connection.revision)
        sealed = self._vault.seal(credential, binding, account_uid=found.report.account_uid)
        async with self._store.transaction() as tx:
            holder = await tx.credentials.holder(fingerprint)
            if holder is not None:
                result = await self._held(tx, holder, owner_id)
            else:
                await use_up(tx, draft.pair_id)
                await tx.connections.add(connection, sealed, sealed_ips)
                result = None
        self._drafts.wipe(draft_id)
        if result is not None:
            return result
        self._watch.add(connection.id)
        await self._pairs.used(draft.pair_id)
        return Accepted(connection, found.cautions)

    async def _already_mine(self, tx: Transaction, fingerprint: str, owner_id: int) -> Connection | None:
        holder = await tx.credentials.holder(fingerprint)
        if holder is None or holder[1] != owner_id:
            return None
        return await tx.connections.get(holder[0])

    async def _held(
        self, tx: Transaction, holder: tuple[ConnectionId, int], owner_id: int
    ) -> AlreadyYours | NotPossible:
        theirs = await tx.connections.get(holder[0])
        assert theirs is not None, "a credential without its connection cannot be stored"
        if theirs.owner_id == owner_id:
            return AlreadyYours(theirs)
        await warn_owner(tx, theirs, self._clock.now())
        return NotPossible()

    def _describe(
        self,
        owner_id: int,
        place: Place,
        purpose: Purpose,
        label: str,
        credential: Credential,
        report: KeyReport,
        vouched: bool,  # noqa: FBT001 - private, one caller
    ) -> tuple[Connection, bytes | None]:
        now = self._clock.now()
        connection = Connection(
            id=ConnectionId(uuid.uuid4().hex),
            owner_id=owner_id,
            place=place,
            purpose=purpose,
            label=label,
            key_tail=mask_tail(credential.api_key),
            revision=1,
            health=Health.new(now),
            report=report,
            created_at=now,
            withdrawal_unverified=vouched,
            last_probe_at=now,
            last_ok_at=now,
        )
        return connection, box_ip_list(self._vault, connection.id, report)


async def warn_owner(tx: Transaction, theirs: Connection, now: float) -> None:
    """Tells a connection's owner that somebody else holds its key and its secret."""
    await post(tx, theirs, Kind.KEY_USED_ELSEWHERE, theirs.owner_id, facts_of(theirs), now)
