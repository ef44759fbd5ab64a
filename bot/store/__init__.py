"""The database: everything Latchkey remembers, and the only place that knows SQL.

Read ``engine.py`` for how a commit is made, ``tables.py`` for what is kept, then any one repository: they share a
shape. Its statements stand at the top of the file, its verbs below, in plain SQL that SQLite and PostgreSQL share.

Nothing here can read a secret: credentials, IP lists and inbox payloads arrive sealed and leave sealed.
"""

from bot.store.engine import SqlStore, file_of, open_store

__all__ = ["SqlStore", "file_of", "open_store"]
