"""A data folder with as many connections in it as a benchmark wants, each with a credential that opens."""

import secrets
import tempfile
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from sqlalchemy import create_engine

from bot.domain.connection import Connection, ConnectionId, Credential, Environment, Market, Place, Purpose
from bot.domain.health import Health
from bot.domain.permissions import Certainty, Finding, Grant, KeyReport, Permission
from bot.opening import open_vault
from bot.store.engine import SqlStore, open_store
from bot.store.rows import connection_row, credential_row
from bot.store.tables import connections, credentials
from bot.usecases.ports import Binding
from bot.vault import new_keyring, save_keyring
from bot.vault.credentials import SealedCredentials
from bot.vault.sources import load_keyring

FIRST_OWNER = 5_000_000_001
OWNERS = 1_000
LIVE = Place("binance", Market.SPOT, Environment.LIVE)
TESTNET = Place("binance", Market.SPOT, Environment.TESTNET)
GOOD = KeyReport(
    {
        permission: Finding(
            Grant.GRANTED if permission in {Permission.READ, Permission.SPOT_TRADE} else Grant.DENIED, Certainty.STATED
        )
        for permission in Permission
    },
    ip_restricted=False,
)


@dataclass(frozen=True, slots=True)
class Installation:
    """What an operator has on disk."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "latchkey.db"

    @property
    def key_file(self) -> Path:
        return self.folder / "master-key.json"

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[tuple[SqlStore, SealedCredentials]]:
        """Store and vault, as the service opens them."""
        store = open_store(f"sqlite:///{self.database}")
        try:
            await store.migrate()
            ring = load_keyring(file=self.key_file, credential_dir=None, inline=None)
            yield store, await open_vault(store, ring)
        finally:
            await store.close()

    async def fill(
        self,
        keys: Sequence[tuple[str, ...]],
        place: Place,
        count: int,
        owners: int = OWNERS,
        *,
        vouched: bool = False,
    ) -> list[ConnectionId]:
        """Adds connections; where there are fewer keys than connections, several share one.

        ``vouched``: somebody said of each that it cannot withdraw, where the exchange does not tell.

        Straight into the tables: 50,000 times through the wizard's door would take longer than all the rest.
        """
        async with self.opened() as (_, vault):
            made = [
                _connected(vault, place, number, owners, Credential(*key), vouched=vouched)
                for number, key in enumerate(islice(cycle(keys), count))
            ]
        engine = create_engine(f"sqlite:///{self.database}")
        with engine.begin() as database:
            database.execute(connections.insert(), [one for one, _ in made])
            database.execute(credentials.insert(), [one for _, one in made])
        engine.dispose()
        return [ConnectionId(str(one["id"])) for one, _ in made]


@asynccontextmanager
async def installation() -> AsyncIterator[Installation]:
    """A new one, in a folder that goes away."""
    with tempfile.TemporaryDirectory(prefix="latchkey-bench-") as folder:
        installed = Installation(Path(folder))
        save_keyring(installed.key_file, new_keyring())
        yield installed


def _connected(
    vault: SealedCredentials, place: Place, number: int, owners: int, credential: Credential, *, vouched: bool
) -> tuple[dict[str, object], dict[str, object]]:
    now = time.time()
    connection = Connection(
        id=ConnectionId(secrets.token_hex(16)),
        owner_id=FIRST_OWNER + number % owners,
        place=place,
        purpose=Purpose.WATCH,
        label=f"{place.exchange} {number}",
        key_tail=credential.api_key[-4:],
        revision=1,
        health=Health.new(now),
        report=GOOD,
        created_at=now,
        withdrawal_unverified=vouched,
    )
    binding = Binding(connection.id, connection.owner_id, place.exchange, place.environment, 1)
    sealed = vault.seal(credential, binding, account_uid=None)
    return dict(connection_row(connection)), dict(credential_row(sealed))


def batches(ids: Sequence[ConnectionId], size: int) -> Iterable[Sequence[ConnectionId]]:
    """In the portions in which the dispatcher starts them."""
    return (ids[at : at + size] for at in range(0, len(ids), size))
