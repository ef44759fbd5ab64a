"""What is told of connections, to whom, and when."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    true,
)

from bot.store.tables.base import CONNECTION_ID, SERIAL, metadata, of_connection

# No reference to connections: a button pressed months later still finds its alert, and says what became of it.
alerts = Table(
    "alerts",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("connection_id", CONNECTION_ID, nullable=False),
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
    Column("id", SERIAL, primary_key=True),
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
    of_connection(primary_key=True),
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
    of_connection(primary_key=True),
    Column("since", Double, nullable=False),
)

mutes = Table(
    "mutes",
    metadata,
    of_connection(primary_key=True),
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
    of_connection(primary_key=True),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("least", String(16)),
    Column("escalate_after", Double),
)

# One row for each chat that hears, or heard, of a connection beside its owner's.
subscriptions = Table(
    "subscriptions",
    metadata,
    of_connection(primary_key=True),
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
    of_connection(),
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
    of_connection(nullable=True),
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
