"""``keys``: the life of the master keys. new → (add → promote → reseal → retire) as often as wanted.

Every step may be killed anywhere: the key file is replaced whole or not at all, and at every moment each record opens
under a key that is in the file. Resealing and retiring need the database, so the service must be stopped for them.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot.settings import BadSettings, load_settings
from bot.usecases.storage import StoreUnavailable
from bot.vault import KeyringError, MasterKey, load_keyring, new_keyring, save_keyring
from bot.vault.keyring import Keyring, name_of

keys = typer.Typer(help="Master keys: new, list, add, promote, reseal, retire.", no_args_is_help=True)

KeyFile = Annotated[Path, typer.Option("--file", envvar="LATCHKEY_MASTER_KEY_FILE", help="The keyring file.")]
Term = Annotated[str, typer.Argument(help="A key's id, as `keys list` shows it.")]


@keys.command()
def new(file: KeyFile) -> None:
    """Makes a keyring file with one new master key."""
    with _refusals_told():
        ring = new_keyring()
        save_keyring(file, ring, replace=False)
    typer.echo(f"{file} holds one master key, {name_of(ring.primary)}. Keep a copy apart from the database's backups.")


@keys.command("list")
def show(file: KeyFile) -> None:
    """Shows the keys' ids and ages, never the keys."""
    ring = _load(file)
    for term, key in ring.terms.items():
        made = f"{key.created:%Y-%m-%d %H:%M}" if key.created else "unknown"
        mark = "primary: seals every new record" if term == ring.primary else "opens older records"
        typer.echo(f"{name_of(term)}  made {made}  {mark}")


@keys.command()
def add(file: KeyFile) -> None:
    """Adds a new key to the file. It seals nothing until it is promoted."""
    ring = _load(file)
    key = MasterKey.generate(apart_from=ring.terms)
    with _refusals_told():
        save_keyring(file, ring.add(key))
    typer.echo(f"Added {name_of(key.term)}. Next: keys promote {name_of(key.term)}")


@keys.command()
def promote(term: Term, file: KeyFile) -> None:
    """Makes a key the one that seals, from the service's next start on."""
    number = _term(term)
    with _refusals_told():
        save_keyring(file, _load(file).promote(number))
    typer.echo(f"{name_of(number)} seals from the next start on. Next, with the service stopped: keys reseal")


@keys.command()
def reseal() -> None:
    """Moves everything that is sealed under other keys to the primary one; may be cut off and started again."""
    from bot.opening import CannotStart, reseal_all  # noqa: PLC0415 - the database, and only two commands need it

    with _refusals_told(CannotStart):
        moved = asyncio.run(reseal_all(load_settings()))
    typer.echo(f"Resealed {moved}. Nothing is left under another key: the others may be retired.")


@keys.command()
def retire(term: Term, file: KeyFile) -> None:
    """Removes a key under which nothing is sealed any more."""
    from bot.opening import CannotStart, forget_term  # noqa: PLC0415 - see above

    number = _term(term)
    with _refusals_told(CannotStart):
        ring = _load(file).retire(number)
        # The database forgets the key first: killed in between, the service still starts with a key too many.
        asyncio.run(forget_term(load_settings(), number))
        save_keyring(file, ring)
    typer.echo(f"Retired {name_of(number)}: what it sealed, in old backups too, opens no more.")


def _load(file: Path) -> Keyring:
    try:
        return load_keyring(file=file, credential_dir=None, inline=None)
    except KeyringError as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None


def _term(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        typer.echo(f"{text} is no key id: it is eight hex digits, as `keys list` shows them.", err=True)
        raise typer.Exit(2) from None


@contextmanager
def _refusals_told(*more: type[Exception]) -> Iterator[None]:
    """One sentence and exit status 1, for everything an operator can mend."""
    refusals: tuple[type[Exception], ...] = (KeyringError, BadSettings, StoreUnavailable, *more)
    try:
        yield
    except refusals as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None
