"""Where the master keys come from, best source first, and how they are written back.

1. A systemd credential named `latchkey-master-key` (`LoadCredential=`): root keeps it, only the unit can read it.
2. A file: `MASTER_KEY_FILE`, a Docker secret mounted with mode 0400 among them.
3. Inline, from the environment: for development, since every child process inherits the environment.

Each holds the same: either one line of base64 (32 bytes), or a keyring of several keys as written by `save_keyring`:

    {"version": 1, "primary": 439041101,
     "keys": [{"id": 439041101, "key": "<base64 of 32 bytes>", "created": "2026-01-31T09:30:00+00:00"}]}
"""

import os
import stat
from datetime import datetime
from pathlib import Path

from bot.vault.keyring import Keyring, KeyringError, MasterKey
from bot.vault.keyring_format import MAKE_ONE, parse_keyring, render_keyring

CREDENTIAL_NAME = "latchkey-master-key"
"""The file that systemd's `LoadCredential=latchkey-master-key:/etc/latchkey/keyring.json` leaves for the unit."""

_MOST_BYTES = 64 * 1024
"""A keyring of hundreds of keys is smaller; what is larger is some other file."""

_OTHERS = stat.S_IRWXO
_GROUP_AND_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def new_keyring(created: datetime | None = None) -> Keyring:
    """A keyring of one new random key; created now unless told otherwise."""
    key = MasterKey.generate(created=created)
    return Keyring([key], key.term)


def load_keyring(*, file: Path | None, credential_dir: Path | None, inline: str | None) -> Keyring:
    """Reads the master keys from the best source there is; the others are not looked at.

    Args:
        file: a keyring file; where it is given it must be there.
        credential_dir: systemd's `CREDENTIALS_DIRECTORY`; it may hold other credentials only.
        inline: the text itself.

    Raises:
        KeyringError: there is no source, or the best one cannot be read, may be read by others, or makes no sense.
    """
    try:
        return _from_the_best(file, credential_dir, inline)
    except KeyringError as refusal:
        # The frames below hold the keys' text, and so does this argument. A traceback printed with local variables, as
        # typer and rich do, must find none of it; nor must whoever follows an exception to its causes.
        del inline
        refusal.__context__ = None
        raise refusal.with_traceback(None) from None


def save_keyring(path: Path, keyring: Keyring, *, replace: bool = True) -> None:
    """Writes a keyring file that only its owner can read (0400); a kill or a power cut leaves the old or the new.

    The owner of a file that is replaced stays its owner: a keyring changed by root remains readable to the service.

    Args:
        path: where; a symbolic link is followed.
        keyring: what.
        replace: False refuses to put a new file in an existing one's place, which would lose every key in it.

    Raises:
        KeyringError: the file is there and may not be replaced, or it cannot be written.
    """
    target = Path(os.path.realpath(path))
    if not replace and _is_there(target):
        raise KeyringError(
            f"{path} is there already, and its keys would be lost: choose another path, or add a key to it."
        )
    try:
        _write_durably(target, render_keyring(keyring))
    except OSError as failed:
        reason = failed.strerror
    else:
        return
    raise KeyringError(
        f"The keyring {path} cannot be written safely ({reason}): check the directory and its disk, and try again."
    )


def _from_the_best(file: Path | None, credential_dir: Path | None, inline: str | None) -> Keyring:
    credential = credential_dir / CREDENTIAL_NAME if credential_dir else None
    if credential and _is_there(credential):
        # systemd lets a unit's own user in by an access control list, whose mask stat shows as group bits: 0440
        # (https://github.com/systemd/systemd/issues/29435). The directory is the unit's alone, so they say nothing.
        return parse_keyring(_read(credential, forbidden=_OTHERS), f"the systemd credential {CREDENTIAL_NAME}")
    if file:
        return parse_keyring(_read(file, forbidden=_GROUP_AND_OTHERS), str(file))
    if inline and not inline.isspace():
        return parse_keyring(inline.encode(errors="replace"), "the environment")
    raise KeyringError(
        "There is no master key: set LATCHKEY_MASTER_KEY_FILE to a keyring file (`python -m bot keys new` makes one),"
        f" or, for development, LATCHKEY_MASTER_KEY to the output of {MAKE_ONE}.",
    )


def _is_there(path: Path) -> bool:
    """Whether there is something to read. What cannot even be looked at is there: reading it will say what is wrong."""
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def _read(path: Path, *, forbidden: int) -> bytes:
    """The file's bytes, if nobody in the `forbidden` permission bits may touch it.

    Permissions are those of the file that was opened, not of the name: it cannot be exchanged in between.
    """
    try:
        # Opening a named pipe would otherwise wait for a writer for ever.
        with open(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK), "rb") as opened:  # noqa: PTH123 - no Path has these flags
            about = os.fstat(opened.fileno())
            content = opened.read(_MOST_BYTES + 1) if stat.S_ISREG(about.st_mode) else b""
    except OSError as failed:
        raise KeyringError(
            f"The master key file {path} cannot be read ({failed.strerror}): check the path and who owns it.",
        ) from None
    if not stat.S_ISREG(about.st_mode):
        raise KeyringError(f"The master key file {path} is not a file: check the path, or what is mounted there.")
    if about.st_mode & forbidden:
        raise KeyringError(
            f"The master key file {path} is open to other users (mode {stat.S_IMODE(about.st_mode):04o}):"
            f" run `chmod 400 {path}` (for a Docker secret: set its uid and `mode: 0400`).",
        )
    if len(content) > _MOST_BYTES:
        raise KeyringError(f"The master key file {path} is too large to be a keyring: check the path.")
    return content


def _write_durably(target: Path, content: bytes) -> None:
    """Temporary file, fsync, rename, fsync of the directory: without the last the rename itself may be lost."""
    # One fixed name: what a killed run left behind, keys and all, is cleared away by the next.
    temporary = target.with_name(f".{target.name}.new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o400)
    try:
        with open(descriptor, "wb") as opened:  # noqa: PTH123 - a descriptor, not a path
            _keep_owner(descriptor, target)
            opened.write(content)
            opened.flush()
            os.fsync(descriptor)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    directory = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _keep_owner(descriptor: int, target: Path) -> None:
    if target.exists():
        before = target.stat()
        if before.st_uid != os.geteuid():
            os.fchown(descriptor, before.st_uid, before.st_gid)
