"""Migrations: each brings the tables one step on. They run at start, on the store's own connection, in one commit.

A migration never imports ``bot.store.tables``: it must do the same years from now. To add one, copy the newest in
``versions/``, give it the next number and let ``down_revision`` name the one before. There is no way down: go back by
restoring a backup. To rebuild a table on SQLite use ``op.batch_alter_table``; foreign keys are off meanwhile and
checked at the end.
"""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from bot.usecases.storage import StoreUnavailable


def upgrade(connection: Connection) -> None:
    """Brings the database of this connection to the newest revision, inside the transaction it is in.

    Raises:
        StoreUnavailable: the database is of a newer Latchkey, or is somebody else's.
    """
    config = _config(connection)
    _revision(connection, ScriptDirectory.from_config(config))
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise StoreUnavailable("the migration left rows that refer to nothing: nothing was changed, report this")


def outdated(connection: Connection) -> bool:
    """Whether ``upgrade`` would change anything.

    Raises:
        StoreUnavailable: as ``upgrade``.
    """
    scripts = ScriptDirectory.from_config(_config(connection))
    return _revision(connection, scripts) != scripts.get_current_head()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    config.attributes["connection"] = connection
    return config


def _revision(connection: Connection, scripts: ScriptDirectory) -> str | None:
    """The revision that the database is at; None if it is empty."""
    known = {script.revision for script in scripts.walk_revisions()}
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in known:
        raise StoreUnavailable(
            f"the database was made by a newer Latchkey (revision {current}): install that version, or restore a backup"
        )
    if current is None and inspect(connection).get_table_names():
        raise StoreUnavailable("the database holds tables of some other program: choose another file")
    return current
