"""Messages on their way out and in, whom they are from, and what the service notes for itself."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from bot.store.tables.base import CONNECTION_ID, SERIAL, metadata

outbox = Table(
    "outbox",
    metadata,
    Column("id", SERIAL, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("args", Text, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("not_before", Double, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("alert_id", String(16)),
    # No reference: news of a connection may be written in the commit that removes it.
    Column("connection_id", CONNECTION_ID, index=True),
    Column("silent", Boolean, nullable=False),
    Column("severity", String(16), nullable=False),
    Column("thread", String(64)),
    Column("mode", String(8), nullable=False),
    # The place in the queue; see ``store/outbox.py``.
    Column("subject", String(64), nullable=False),
    Column("lane", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("due_at", Double, nullable=False),
    Column("finished_at", Double),
    Column("message_id", BigInteger),
    Column("given_up", Text),
    sqlite_autoincrement=True,  # the id is the order of sending: it must grow even over emptied tables
)
_o = outbox.c
_UNSENT = _o.finished_at.is_(None)


def _index_of_unsent(name: str, *columns: Column[Any]) -> None:
    """Over what waits only: it stays small, however much was sent."""
    Index(f"ix_outbox_{name}", *columns, sqlite_where=_UNSENT, postgresql_where=_UNSENT)


# Time and chat are looked at in the index alone, so that passing over what must wait costs little.
_index_of_unsent("lanes", _o.lane, _o.round, _o.id, _o.not_before, _o.chat_id)
_index_of_unsent("order", _o.chat_id, _o.subject, _o.id)
_index_of_unsent("rounds", _o.chat_id, _o.lane, _o.round)
_index_of_unsent("due", _o.severity, _o.due_at)
_FINISHED = _o.finished_at.is_not(None)
# Over the rest only: otherwise SQLite would look for what waits here, and sort all of it.
Index("ix_outbox_finished_at", _o.finished_at, sqlite_where=_FINISHED, postgresql_where=_FINISHED)

# The message that each thread of the outbox goes on in. It outlives the rows that told it.
threads = Table(
    "threads",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("thread", String(64), primary_key=True),
    Column("message_id", BigInteger, nullable=False),
    Column("used_at", Double, nullable=False, index=True),
)

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("received_at", Double, nullable=False, index=True),
    Column("chat_id", BigInteger),
    Column("user_id", BigInteger),
    Column("message_id", BigInteger),
    Column("sealed_payload", LargeBinary),
    Column("secret", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("finished", Boolean, nullable=False),
    Column("dead", Text),
)
_WAITING = inbox.c.finished.is_(False)
Index("ix_inbox_waiting", inbox.c.update_id, sqlite_where=_WAITING, postgresql_where=_WAITING)

deletions = Table(
    "deletions",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger),
    Column("why", String(32), nullable=False),
    Column("sent_at", Double, nullable=False),
    Column("seen_at", Double, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("asked", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Double, nullable=False),
    Column("finished_at", Double, index=True),
    Column("impossible", Text),
)

questions = Table(
    "questions",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("opened_at", Double, nullable=False),
    Column("closed_at", Double),
)

conversations = Table(
    "conversations",
    metadata,
    Column("key", Text, primary_key=True),
    Column("state", Text),
    Column("data", Text, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("telegram_language", String(16)),
    Column("language", String(16)),
    Column("reachable", Boolean, nullable=False),
)

meta = Table(
    "meta",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
