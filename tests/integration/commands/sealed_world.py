"""A database with connections in it, and a look at whether every one of them still opens."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

from bot.domain.connection import Connection, ConnectionId, Credential, Environment, Market, Place, Purpose
from bot.domain.health import Health
from bot.domain.key_pairs import PairKind
from bot.domain.permissions import KeyReport
from bot.opening import PEPPER, keyring_of, open_vault, opened_store
from bot.settings import Settings
from bot.usecases.ip_list import box_ip_list, unbox_ip_list
from bot.usecases.pairs import PAIR
from bot.usecases.pending_pairs import PendingPair
from bot.usecases.ports import Binding, InboxRow
from bot.usecases.reseal import INBOX, bound_to_update
from bot.vault import load_keyring
from tests import canaries

OWNER = 1001
NOW = 1_800_000_000.0
ADDRESSES = ("203.0.113.7", "203.0.113.8")
PLACE = Place("binance", Market.SPOT, Environment.LIVE)


class SealedWorld:
    """So many connections of one owner, their whitelists, pending pairs, and updates that wait in the inbox."""

    def __init__(self, settings: Settings, connections: int, updates: int = 5, pairs: int = 2) -> None:
        self.settings = settings
        self.pairs = [_pair(number) for number in range(pairs)]
        self.updates = updates
        self.ids = [ConnectionId(f"{number:032x}") for number in range(connections)]

    @property
    def key_file(self) -> Path:
        assert self.settings.master_key_file is not None
        return self.settings.master_key_file

    def terms(self) -> list[int]:
        """The keys in the file, oldest first."""
        return list(load_keyring(file=self.key_file, credential_dir=None, inline=None).terms)

    def primary(self) -> int:
        """The one that seals."""
        return load_keyring(file=self.key_file, credential_dir=None, inline=None).primary

    async def fill(self) -> None:
        """Everything, sealed under the primary key."""
        async with opened_store(self.settings) as store:
            vault = await open_vault(store, keyring_of(self.settings))
            async with store.transaction() as tx:
                for id_ in self.ids:
                    sealed = vault.seal(_credential(id_), _binding(id_), account_uid=None)
                    report = KeyReport({}, ip_restricted=True, ip_list=ADDRESSES)
                    await tx.connections.add(_connection(id_), sealed, box_ip_list(vault, id_, report))
                rows = [
                    InboxRow(number, NOW, payload=vault.box(INBOX, b"{}", bound_to_update(number)))
                    for number in range(self.updates)
                ]
                await tx.inbox.accept(rows)
                for pair in self.pairs:
                    await tx.pairs.add(replace(pair, sealed=vault.box(PAIR, b"a private half", pair.bound_to)))

    async def leave_behind(self, kind: str) -> None:
        """Puts one box, ``ip lists``, ``pairs`` or ``inbox``, under the key that is primary now, and nothing else."""
        async with opened_store(self.settings) as store:
            vault = await open_vault(store, keyring_of(self.settings))
            async with store.transaction() as tx:
                if kind == "inbox":
                    box = vault.box(INBOX, b"{}", bound_to_update(0))
                    await tx.inbox.repack(0, box)
                elif kind == "pairs":
                    pair = self.pairs[0]
                    await tx.pairs.reseal(pair.id, vault.box(PAIR, b"a private half", pair.bound_to))
                else:
                    report = KeyReport({}, ip_restricted=True, ip_list=ADDRESSES)
                    ip_list = box_ip_list(vault, self.ids[0], report)
                    assert ip_list is not None
                    await tx.connections.save_ip_list(self.ids[0], ip_list)

    async def opens(self) -> Counter[int]:
        """Opens everything with the keys in the file; returns how much lies under each of them.

        Raises:
            CannotUnseal, KeyringError: something does not open: what the test is about.
        """
        under: Counter[int] = Counter()
        async with opened_store(self.settings) as store:
            vault = await open_vault(store, keyring_of(self.settings))
            async with store.transaction() as tx:
                for id_ in self.ids:
                    sealed = await tx.credentials.current(id_)
                    assert sealed is not None
                    assert _credential(id_) == vault.unseal(sealed.record, _binding(id_))
                    under[vault.term_of(sealed.record)] += 1
                    box = await tx.connections.sealed_ip_list(id_)
                    assert box is not None
                    assert ADDRESSES == unbox_ip_list(vault, id_, box)
                    under[vault.term_of(box)] += 1
                for row in await tx.inbox.unfinished():
                    assert row.payload is not None
                    assert b"{}" == vault.unbox(INBOX, row.payload, bound_to_update(row.update_id))
                    under[vault.term_of(row.payload)] += 1
                for pair in await tx.pairs.page(None, 100):
                    assert b"a private half" == vault.unbox(PAIR, pair.sealed, pair.bound_to)
                    under[vault.term_of(pair.sealed)] += 1
                pepper = await tx.meta.get(PEPPER)
                assert pepper is not None
                under[vault.term_of(pepper)] += 1
        assert 2 * len(self.ids) + self.updates + len(self.pairs) + 1 == under.total()
        return under


def _pair(number: int) -> PendingPair:
    return PendingPair(
        id=f"{number:032x}",
        owner_id=OWNER,
        exchange=PLACE.exchange,
        environment=PLACE.environment,
        connection_id=None,
        kind=PairKind.ED25519,
        public_half="a public half",
        sealed=b"",
        made_at=NOW,
    )


def _credential(id_: ConnectionId) -> Credential:
    return Credential(api_key=canaries.api_key(id_), secret=canaries.secret(id_))


def _binding(id_: ConnectionId) -> Binding:
    return Binding(id_, OWNER, PLACE.exchange, PLACE.environment, 1)


def _connection(id_: ConnectionId) -> Connection:
    return Connection(
        id=id_,
        owner_id=OWNER,
        place=PLACE,
        purpose=Purpose.TRADE,
        label=f"Binance {id_[-4:]}",
        key_tail=canaries.api_key(id_)[-4:],
        revision=1,
        health=Health.new(NOW),
        report=KeyReport({}),
        created_at=NOW,
    )
