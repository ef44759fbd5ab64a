"""Connections, their credentials, and what became of them."""

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

from bot.store.tables.base import CONNECTION_ID, SERIAL, metadata, of_connection

connections = Table(
    "connections",
    metadata,
    Column("id", CONNECTION_ID, primary_key=True),
    Column("owner_id", BigInteger, nullable=False, index=True),
    Column("exchange", String(32), nullable=False),
    Column("market", String(16), nullable=False),
    Column("environment", String(16), nullable=False),
    Column("purpose", String(16), nullable=False),
    Column("label", Text, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("withdrawal_unverified", Boolean, nullable=False),
    # Which credential is in use, and which one is kept until the one in use has passed a probe.
    Column("revision", Integer, nullable=False),
    Column("previous_revision", Integer),
    # The highest ever given. One that was dropped never comes back: its sealed record would fit again.
    Column("last_revision", Integer, nullable=False),
    # Health, field by field.
    Column("status", String(16), nullable=False),
    Column("status_since", Double, nullable=False),
    Column("gate", String(16), nullable=False),
    Column("gate_since", Double, nullable=False),
    Column("paused_by", String(16)),
    Column("trouble", Text),
    Column("streak", Integer, nullable=False),
    Column("trouble_since", Double),
    Column("told", Boolean, nullable=False),
    # The outage that its trouble is told as. No reference: an incident is forgotten after all have left it.
    Column("incident_id", BigInteger, index=True),
    # What the exchange last said.
    Column("latency", Double),
    Column("last_probe_at", Double),
    Column("last_ok_at", Double),
    Column("report", Text, nullable=False),
    Column("sealed_ip_list", LargeBinary),
)

credentials = Table(
    "credentials",
    metadata,
    of_connection(primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("term", BigInteger, nullable=False, index=True),
    Column("fingerprint", String(64), nullable=False, index=True),
    Column("account", String(64)),
    Column("key_tail", String(8), nullable=False),
)

flips = Table(
    "flips",
    metadata,
    Column("id", SERIAL, primary_key=True),
    of_connection(),
    Column("side", String(16), nullable=False),
    Column("old", String(16), nullable=False),
    Column("new", String(16), nullable=False),
    Column("at", Double, nullable=False),
    Column("trouble", Text),
    Column("by", BigInteger),
    Index(None, "connection_id", "id"),
    Index(None, "at"),
    sqlite_autoincrement=True,  # an id is never given twice: alerts remember theirs after the flip is gone
)

# Hours, and days that older hours were folded into. In the order of their hours, so that a batch of probes touches few
# pages; no reference to connections, which would be looked for through all rows. See docs/adr/0013-history.md.
rollups = Table(
    "rollups",
    metadata,
    Column("hours", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("connection_id", CONNECTION_ID, primary_key=True),
    *(
        Column(name, Integer, nullable=False)
        for name in ("probes", "good", "latency_sum", "latency_max", "up", "paused", "error", "reauth")
    ),
    sqlite_with_rowid=False,
)

# One row for each key: a revision is never given twice, and one that comes back is as old as it was.
reminders = Table(
    "reminders",
    metadata,
    of_connection(primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("since", Double, nullable=False),
    Column("advised_at", Double),
    Column("expires_at", Double),
    Column("days", Integer),
)

# Pairs that we made and that no connection uses yet. The public half is no secret; the private one is in ``sealed``.
pending_pairs = Table(
    "pending_pairs",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("owner_id", BigInteger, nullable=False, index=True),
    Column("exchange", String(32), nullable=False),
    Column("environment", String(16), nullable=False),
    of_connection(nullable=True),
    Column("kind", String(16), nullable=False),
    Column("public_half", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("made_at", Double, nullable=False),
    Column("file_message", BigInteger),
)
