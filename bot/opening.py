"""Opening the database and the vault over it: what a start, the doctor and the ``keys`` commands have in common.

Three facts lie beside the sealed records: the deployment's id, which every record is bound to; a check value for each
master key, so that a wrong one is noticed at once; and the pepper, boxed, from which fingerprints are made.
"""

import json
import os
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.settings import Settings
from bot.store.engine import SqlStore, open_store
from bot.usecases.reseal import Reseal
from bot.usecases.storage import StoreUnavailable, Transaction
from bot.vault import Keyring, Vault, load_keyring
from bot.vault.credentials import SealedCredentials

DEPLOYMENT, CHECK_VALUES, PEPPER = "deployment-id", "key-check-values", "pepper"


class CannotStart(Exception):  # noqa: N818 - it states the condition
    """The service may not start; one sentence says why and what to do."""


def keyring_of(settings: Settings) -> Keyring:
    """The master keys, from the best source there is.

    Raises:
        KeyringError: with one sentence.
    """
    credentials = os.environ.get("CREDENTIALS_DIRECTORY")
    return load_keyring(
        file=settings.master_key_file,
        credential_dir=Path(credentials) if credentials else None,
        inline=settings.master_key.get_secret_value() if settings.master_key else None,
    )


@asynccontextmanager
async def opened_store(settings: Settings) -> AsyncIterator[SqlStore]:
    """The database, migrated.

    Raises:
        StoreUnavailable: it is in use, full, or of a newer version.
    """
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as refused:
        raise StoreUnavailable(f"the data folder {settings.data_dir} cannot be made: {refused.strerror}") from None
    store = open_store(settings.database)
    try:
        await store.migrate()
        yield store
    finally:
        await store.close()


async def stored_check_values(tx: Transaction) -> dict[int, str]:
    """The key check value of each master key that the database was sealed under; empty if it is new."""
    stored = await tx.meta.get(CHECK_VALUES)
    return {int(term): value for term, value in json.loads(stored or b"{}").items()}


async def open_vault(store: SqlStore, ring: Keyring) -> SealedCredentials:
    """The vault over this database, after making sure that these are its master keys.

    Raises:
        WrongMasterKey: they are not.
        StoreUnavailable: that could not be read.
    """
    async with store.transaction() as tx:
        deployment = await tx.meta.get(DEPLOYMENT)
        ring.verify_check_values(await stored_check_values(tx))
        if deployment is None:
            deployment = uuid.uuid4().hex.encode()
            await tx.meta.put(DEPLOYMENT, deployment)
        await tx.meta.put(CHECK_VALUES, _check_values(ring))
        vault = Vault(ring, deployment.decode())
        pepper = await tx.meta.get(PEPPER)
        if pepper is None:
            pepper = vault.new_pepper()
            await tx.meta.put(PEPPER, pepper)
        vault.adopt_pepper(pepper)
    return SealedCredentials(vault, deployment.decode(), ring.primary)


async def reseal_all(settings: Settings) -> int:
    """Moves everything sealed to the primary master key; returns how much. The service must be stopped."""
    ring = keyring_of(settings)
    async with opened_store(settings) as store:
        vault = await open_vault(store, ring)
        moved = await Reseal(store, vault)()
        async with store.transaction() as tx:
            pepper = await tx.meta.get(PEPPER)
            reboxed = vault.rebox_pepper(pepper) if pepper else None
            if reboxed is not None:
                await tx.meta.put(PEPPER, reboxed)
                moved += 1
    return moved


async def forget_term(settings: Settings, term: int) -> None:
    """Lets the database forget a master key that nothing is sealed under. The service must be stopped.

    Raises:
        CannotStart: something still is.
    """
    ring = keyring_of(settings)
    async with opened_store(settings) as store:
        vault = await open_vault(store, ring)
        left = await Reseal(store, vault).left()
        async with store.transaction() as tx:
            pepper = await tx.meta.get(PEPPER)
            if term in left or (pepper is not None and vault.term_of(pepper) == term):
                raise CannotStart(
                    "Something is still sealed under that key. Run `keys promote` and `keys reseal` first."
                )
            await tx.meta.put(CHECK_VALUES, _check_values(ring.retire(term)))


def _check_values(ring: Keyring) -> bytes:
    return json.dumps({str(term): value for term, value in ring.check_values().items()}).encode()
