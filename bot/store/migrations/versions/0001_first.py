"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _connections()
    _news()
    _intake()
    _people()


def _connections() -> None:
    op.create_table(
        "connections",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("exchange", sa.String(32), nullable=False),
        sa.Column("market", sa.String(16), nullable=False),
        sa.Column("environment", sa.String(16), nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("withdrawal_unverified", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("previous_revision", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("status_since", sa.Double(), nullable=False),
        sa.Column("gate", sa.String(16), nullable=False),
        sa.Column("gate_since", sa.Double(), nullable=False),
        sa.Column("paused_by", sa.String(16), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.Column("streak", sa.Integer(), nullable=False),
        sa.Column("trouble_since", sa.Double(), nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("latency", sa.Double(), nullable=True),
        sa.Column("last_probe_at", sa.Double(), nullable=True),
        sa.Column("last_ok_at", sa.Double(), nullable=True),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("sealed_ip_list", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_connections"),
    )
    op.create_index("ix_connections_owner_id", "connections", ["owner_id"])
    op.create_table(
        "credentials",
        sa.Column("connection_id", sa.String(32), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("term", sa.BigInteger(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("account", sa.String(64), nullable=True),
        sa.Column("key_tail", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("connection_id", "revision", name="pk_credentials"),
        sa.ForeignKeyConstraint(
            ["connection_id"], ["connections.id"], name="fk_credentials_connections", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_credentials_fingerprint", "credentials", ["fingerprint"])
    op.create_index("ix_credentials_term", "credentials", ["term"])
    op.create_table(
        "flips",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("connection_id", sa.String(32), nullable=False),
        sa.Column("side", sa.String(16), nullable=False),
        sa.Column("old", sa.String(16), nullable=False),
        sa.Column("new", sa.String(16), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.Column("by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_flips"),
        sa.ForeignKeyConstraint(["connection_id"], ["connections.id"], name="fk_flips_connections", ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_flips_connection_id_id", "flips", ["connection_id", "id"])


def _news() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("connection_id", sa.String(32), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("failure", sa.String(32), nullable=False),
        sa.Column("opened_at", sa.Double(), nullable=False),
        sa.Column("flip_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
    )
    op.create_index("ix_alerts_connection_id_closed_at", "alerts", ["connection_id", "closed_at"])
    op.create_table(
        "mutes",
        sa.Column("connection_id", sa.String(32), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("connection_id", "chat_id", name="pk_mutes"),
        sa.ForeignKeyConstraint(["connection_id"], ["connections.id"], name="fk_mutes_connections", ondelete="CASCADE"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("args", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("not_before", sa.Double(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.String(16), nullable=True),
        sa.Column("connection_id", sa.String(32), nullable=True),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("finished_at", sa.Double(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("given_up", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_connection_id", "outbox", ["connection_id"])
    op.create_index("ix_outbox_finished_at", "outbox", ["finished_at"])
    unsent = sa.column("finished_at").is_(None)
    op.create_index("ix_outbox_unsent", "outbox", ["chat_id", "id"], sqlite_where=unsent, postgresql_where=unsent)


def _intake() -> None:
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("received_at", sa.Double(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("sealed_payload", sa.LargeBinary(), nullable=True),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.Column("dead", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("update_id", name="pk_inbox"),
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])
    waiting = sa.column("finished").is_(False)
    op.create_index("ix_inbox_waiting", "inbox", ["update_id"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_table(
        "deletions",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("why", sa.String(32), nullable=False),
        sa.Column("sent_at", sa.Double(), nullable=False),
        sa.Column("seen_at", sa.Double(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.Double(), nullable=False),
        sa.Column("finished_at", sa.Double(), nullable=True),
        sa.Column("impossible", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name="pk_deletions"),
    )
    op.create_index("ix_deletions_finished_at", "deletions", ["finished_at"])
    op.create_table(
        "questions",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("opened_at", sa.Double(), nullable=False),
        sa.Column("closed_at", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("chat_id", "user_id", name="pk_questions"),
    )


def _people() -> None:
    op.create_table(
        "conversations",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_conversations"),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("telegram_language", sa.String(16), nullable=True),
        sa.Column("language", sa.String(16), nullable=True),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )
    op.create_table(
        "meta",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_meta"),
    )
