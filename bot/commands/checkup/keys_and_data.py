"""The master keys and the database, and whether they belong together."""

import os
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.commands.checkup.finding import Finding, bad, caution, good, split
from bot.domain.connection import Place
from bot.opening import keyring_of, stored_check_values
from bot.settings import PREFIX, Settings
from bot.store import SqlStore, file_of, open_store
from bot.telegram.webhook import own_webhook
from bot.usecases.storage import StoreUnavailable
from bot.vault import CREDENTIAL_NAME, Keyring, KeyringError
from bot.vault.keyring import name_of

_KEYS, _DATA, _MATCH = "master keys", "database", "keys and database"
_MAKE_ONE = "Run python -m bot keys new{file}, and keep a copy of the file apart from the database's backups."


@dataclass(slots=True)
class Body:
    """What one look found and a later one needs.

    Attributes:
        ring: the master keys; None if there are none to be had.
        running: the database is in use, so the service runs.
        connected: how many connections there are at each place; None if the database cannot be read.
        webhook: the webhook that this installation set last; None if there is none, or while the service runs.
    """

    ring: Keyring | None = None
    running: bool = False
    connected: Mapping[Place, int] | None = None
    webhook: str | None = None


def master_keys(settings: Settings, body: Body) -> Iterator[Finding]:
    """Whether there are master keys, where from, and who else could read them."""
    try:
        body.ring = ring = keyring_of(settings)
    except KeyringError as refusal:
        says, remedy = split(str(refusal))
        file = settings.master_key_file
        if file is not None and not file.exists():
            remedy = (
                f"{_MAKE_ONE.format(file=f' --file {file}')} If there was one, put it back: no other opens the data."
            )
        yield bad(_KEYS, says, remedy or _MAKE_ONE.format(file=""))
        return
    held = "one key" if len(ring.terms) == 1 else f"{len(ring.terms)} keys"
    found = f"{held}, of which {name_of(ring.primary)} seals"
    credentials = os.environ.get("CREDENTIALS_DIRECTORY")
    if credentials and (Path(credentials) / CREDENTIAL_NAME).exists():
        yield good(_KEYS, f"{found}, from systemd's credential {CREDENTIAL_NAME}")
    elif settings.master_key_file is None:
        yield caution(
            _KEYS,
            f"{found}, from the environment, which every child process inherits",
            f"Put it into a file of mode 0400 and set {PREFIX}MASTER_KEY_FILE; the environment is for development.",
        )
    elif settings.data_dir.resolve() in settings.master_key_file.resolve().parents:
        yield caution(
            _KEYS,
            f"{found}, but {settings.master_key_file} lies beside the database: who copies the folder has both",
            f"Move it elsewhere and set {PREFIX}MASTER_KEY_FILE.",
        )
    else:
        yield good(_KEYS, f"{found}, from {settings.master_key_file}")


async def database(settings: Settings, body: Body) -> AsyncIterator[Finding]:
    """Whether the database opens, is of this version, and was sealed under these keys."""
    try:
        file = file_of(settings.database)
        if not file.exists():
            body.connected = {}
            yield good(_DATA, f"{file} is not there yet; the first start makes it")
            return
        store = open_store(settings.database)
    except StoreUnavailable as refusal:
        body.running = "in use by another Latchkey process" in str(refusal)
        if body.running:
            yield good(_DATA, "is in use: the service is running, and it looks after its data itself")
        else:
            yield _unavailable(refusal)
        return
    try:
        async for finding in _inside(store, body):
            yield finding
    except StoreUnavailable as refusal:
        yield _unavailable(refusal)
    finally:
        await store.close()


async def _inside(store: SqlStore, body: Body) -> AsyncIterator[Finding]:
    if await store.outdated():
        yield good(_DATA, "is of an older version; the next start brings it up to date")
        return
    async with store.transaction() as tx:
        stored = await stored_check_values(tx)
        terms = await tx.credentials.terms_in_use()
        body.connected = await tx.connections.places()
    body.webhook = await own_webhook(store)
    yield good(_DATA, f"opens and is up to date: {_count(sum(body.connected.values()), 'connection')}")
    if body.ring is None:
        return
    try:
        body.ring.verify_check_values(stored)
    except KeyringError as refusal:
        yield bad(_MATCH, *split(str(refusal)))
        return
    yield good(_MATCH, "belong together: these are the keys that the database was sealed under")
    for term, count in sorted(terms.items()):
        about = f"key {name_of(term)}"
        if term == body.ring.primary:
            yield good(about, f"seals {_count(count, 'credential')}")
        else:
            yield caution(
                about,
                f"still seals {_count(count, 'credential')}, though {name_of(body.ring.primary)} is the primary",
                "Stop the service and run python -m bot keys reseal.",
            )


def _unavailable(refusal: StoreUnavailable) -> Finding:
    says, remedy = split(str(refusal))
    return bad(_DATA, says, remedy or f"Look at the file, its folder and {PREFIX}DATABASE_URL.")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
