"""The tables, in types that SQLite and PostgreSQL both have.

Times are epoch seconds, UTC, as 64-bit floats. Telegram ids need 64 bits. ``sealed`` columns hold ciphertext only. A
change here needs a migration beside the newest in ``migrations/versions/``; a test compares the two.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    true,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

# SQLite numbers rows by itself only where the type is exactly INTEGER.
_SERIAL = BigInteger().with_variant(Integer(), "sqlite")
_CONNECTION_ID = String(32)


def _of_connection(*, primary_key: bool = False, nullable: bool = False) -> Column[str]:
    """A reference that goes when its connection goes."""
    return Column(
        "connection_id",
        _CONNECTION_ID,
        ForeignKey("connections.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=nullable,
    )


connections = Table(
    "connections",
    metadata,
    Column("id", _CONNECTION_ID, primary_key=True),
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
    _of_connection(primary_key=True),
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
    Column("id", _SERIAL, primary_key=True),
    _of_connection(),
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
    Column("connection_id", _CONNECTION_ID, primary_key=True),
    *(
        Column(name, Integer, nullable=False)
        for name in ("probes", "good", "latency_sum", "latency_max", "up", "paused", "error", "reauth")
    ),
    sqlite_with_rowid=False,
)

# No reference to connections: a button pressed months later still finds its alert, and says what became of it.
alerts = Table(
    "alerts",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("connection_id", _CONNECTION_ID, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("failure", String(32), nullable=False),
    Column("opened_at", Double, nullable=False),
    Column("flip_id", BigInteger, nullable=False),
    Column("message_id", BigInteger),
    Column("closed_at", Double),
    # Who has taken it up, and when it is told again, or for the first time where ``waits``, unless somebody has.
    Column("acked_at", Double),
    Column("acked_by", BigInteger),
    Column("acked_here", Boolean, nullable=False),
    Column("rings_at", Double),
    Column("rings", Integer, nullable=False),
    Column("waits", Boolean, nullable=False),
    Index(None, "connection_id", "closed_at"),
)
_RINGING = alerts.c.rings_at.is_not(None)
Index("ix_alerts_ringing", alerts.c.rings_at, sqlite_where=_RINGING, postgresql_where=_RINGING)

incidents = Table(
    "incidents",
    metadata,
    Column("id", _SERIAL, primary_key=True),
    Column("exchange", String(32), nullable=False),
    Column("environment", String(16), nullable=False),
    Column("market", String(16)),
    Column("cause", String(32), nullable=False),
    Column("trouble", Text, nullable=False),
    Column("since", Double, nullable=False),
    Column("opened_at", Double, nullable=False),
    Column("ended_at", Double, index=True),
    Column("times", Integer, nullable=False),
    sqlite_autoincrement=True,  # an id is never given twice: messages remember theirs
)

# Whose trouble it is, once for each chat that hears of it.
incident_members = Table(
    "incident_members",
    metadata,
    _of_connection(primary_key=True),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("incident_id", BigInteger, ForeignKey("incidents.id", ondelete="CASCADE"), nullable=False),
    Index(None, "incident_id", "chat_id"),
)

incident_chats = Table(
    "incident_chats",
    metadata,
    Column(
        "incident_id",
        BigInteger,
        ForeignKey("incidents.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("opened_at", Double, nullable=False),
    Column("closed_at", Double),
    Column("most", Integer, nullable=False),
    Column("times", Integer, nullable=False),
)

# Connections that change so often that each change is not told any more.
unsteady = Table(
    "unsteady",
    metadata,
    _of_connection(primary_key=True),
    Column("since", Double, nullable=False),
)

mutes = Table(
    "mutes",
    metadata,
    _of_connection(primary_key=True),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("until", Double, nullable=False),
)

# What a chat wants to hear of everything, and when. Minutes are counted from midnight in its zone.
chat_choices = Table(
    "chat_choices",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("least", String(16), nullable=False),
    Column("quiet", Boolean, nullable=False),
    Column("quiet_start", Integer, nullable=False),
    Column("quiet_end", Integer, nullable=False),
    Column("critical_passes", Boolean, nullable=False),
    Column("zone", String(64)),
    Column("by_announced", Boolean, nullable=False, server_default=true()),
)

connection_choices = Table(
    "connection_choices",
    metadata,
    _of_connection(primary_key=True),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("least", String(16)),
    Column("escalate_after", Double),
)

# One row for each chat that hears, or heard, of a connection beside its owner's.
subscriptions = Table(
    "subscriptions",
    metadata,
    _of_connection(primary_key=True),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("role", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("added_by", BigInteger, nullable=False),
    Column("since", Double, nullable=False),
    Column("ended", String(16)),
    Column("ended_at", Double),
    Index(None, "chat_id"),
)

# Of a token only its hash: whoever reads the database can accept nothing.
invites = Table(
    "invites",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    _of_connection(),
    Column("role", String(16), nullable=False),
    Column("created_by", BigInteger, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("expires_at", Double, nullable=False, index=True),
    Column("for_chat", BigInteger),
    Column("for_name", Text, nullable=False),
    Column("used_at", Double),
    Column("used_by", BigInteger),
    Column("revoked_at", Double),
    Index(None, "connection_id", "expires_at"),
)

# One row for each key: a revision is never given twice, and one that comes back is as old as it was.
reminders = Table(
    "reminders",
    metadata,
    _of_connection(primary_key=True),
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
    _of_connection(nullable=True),
    Column("kind", String(16), nullable=False),
    Column("public_half", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("made_at", Double, nullable=False),
    Column("file_message", BigInteger),
)

# The one card of a chat that is edited as things change; ``shown`` tells whether they have.
status_cards = Table(
    "status_cards",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger),
    Column("shown", String(32), nullable=False),
    Column("shown_at", Double, nullable=False, index=True),
    Column("pin_refused", Boolean, nullable=False),
)

# Of one connection, or of all of a chat's at an exchange; once, or every week by the clock of a zone.
maintenance = Table(
    "maintenance",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("chat_id", BigInteger, nullable=False, index=True),
    _of_connection(nullable=True),
    Column("exchange", String(32), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("start", Double, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("weekday", Integer),
    Column("minute", Integer),
)

# What exchanges announced, as they last said it, and since when there has been some of it without a pause.
announced = Table(
    "announced",
    metadata,
    Column("exchange", String(32), primary_key=True),
    Column("environment", String(16), primary_key=True),
    Column("market", String(16), primary_key=True),
    Column("start", Double, primary_key=True),
    Column("finish", Double, primary_key=True),
)

digests = Table(
    "digests",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("every", String(16), nullable=False),
    Column("hour", Integer, nullable=False),
    Column("next_at", Double, nullable=False, index=True),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", _SERIAL, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("args", Text, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("not_before", Double, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("alert_id", String(16)),
    # No reference: news of a connection may be written in the commit that removes it.
    Column("connection_id", _CONNECTION_ID, index=True),
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
