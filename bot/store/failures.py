"""What went wrong in the database, in words that hold nothing of the statement or its parameters.

SQLAlchemy's exceptions carry the parameters even where their text hides them, and PostgreSQL quotes values in its
details. So the sentence is ours, chosen by the error's code, and the original goes nowhere: not even into
``__context__``, which is why ``unavailable`` returns the exception to be raised outside of the ``except`` block.
"""

import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.usecases.storage import StoreUnavailable

DATABASE_ERRORS = (SQLAlchemyError, sqlite3.Error, OSError)

_SENTENCES = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_BUSY": "the database is locked by another process",
    "SQLITE_LOCKED": "the database is locked by another process",
    "SQLITE_READONLY": "the database cannot be written to: look at the owner and mode of its file and folder",
    "SQLITE_CANTOPEN": "the database file cannot be opened: look at the owner and mode of its file and folder",
    "SQLITE_IOERR": "the disk failed to read or write",
    "SQLITE_CORRUPT": "the database file is damaged: restore a backup",
    "SQLITE_NOTADB": "the file is not a database",
    "SQLITE_CONSTRAINT": "a rule of the database was broken",
}


def unavailable(error: BaseException) -> StoreUnavailable:
    """Our exception for theirs; raise it where theirs is no longer being handled."""
    original = error.orig if isinstance(error, DBAPIError) else error
    # Python 3.11 names SQLite's result codes; an extended one is the plain one with a suffix, as SQLITE_IOERR_WRITE.
    code = getattr(original, "sqlite_errorname", "")
    sentence = _SENTENCES.get("_".join(code.split("_")[:2]), "the database failed")
    return StoreUnavailable(f"{sentence} ({code or type(original or error).__name__})")
