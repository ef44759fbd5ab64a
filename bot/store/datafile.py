"""The database's file on disk: readable by its owner only, and used by one process at a time."""

import fcntl
import os
from pathlib import Path

from bot.usecases.storage import StoreUnavailable


class Claim:
    """This process's right to a database file; it ends with the process, however that ends.

    A file of its own, beside the database: SQLite's own locks on the database would be dropped by closing any other
    descriptor of it.
    """

    def __init__(self, database: Path) -> None:
        """Takes it.

        Raises:
            StoreUnavailable: another process has it.
            OSError: the file cannot be made.
        """
        self._descriptor = os.open(database.with_name(f"{database.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(self._descriptor, 20, 0).decode(errors="replace").strip()
            self.release()
        else:
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, f"{os.getpid()}\n".encode(), 0)
            return
        raise StoreUnavailable(
            f"{database} is in use by another Latchkey process (pid {holder or 'unknown'}): stop that one first"
        )

    def release(self) -> None:
        """Gives it back. Doing so twice does no harm.

        The file stays: removing it would let a third process lock a new one while a second waits for the old.
        """
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def claim(database: Path) -> Claim:
    """Makes folder and file if they are missing, closes the file to everybody else and takes it for this process.

    A folder that is there already keeps its mode: it may hold more than ours. The write-ahead log and its index take
    their mode from the database file.

    Raises:
        StoreUnavailable: another process has it, or it cannot be made.
    """
    taken = None
    try:
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        taken = Claim(database)
        os.close(os.open(database, os.O_RDWR | os.O_CREAT, 0o600))
        database.chmod(0o600)
    except OSError as error:
        reason = error.strerror
    else:
        return taken
    if taken is not None:
        taken.release()
    raise StoreUnavailable(f"{database} cannot be opened: {reason}")
