"""Lanes of the outbox, and messages that are edited as things go on."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

UNSENT = sa.text("finished_at IS NULL")
FINISHED = sa.text("finished_at IS NOT NULL")
INDEXES = {
    "ix_outbox_lanes": ["lane", "round", "id", "not_before", "chat_id"],
    "ix_outbox_order": ["chat_id", "subject", "id"],
    "ix_outbox_rounds": ["chat_id", "lane", "round"],
    "ix_outbox_due": ["severity", "due_at"],
}


def upgrade() -> None:
    # Added in place: copied into a new table, SQLite would forget which numbers were given.
    op.add_column("outbox", sa.Column("thread", sa.String(64), nullable=True))
    op.add_column("outbox", sa.Column("mode", sa.String(8), nullable=False, server_default="send"))
    op.add_column("outbox", sa.Column("subject", sa.String(64), nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("lane", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("round", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("due_at", sa.Double(), nullable=False, server_default="0"))
    op.execute("UPDATE outbox SET subject = coalesce(connection_id, kind)")
    op.execute("UPDATE outbox SET lane = CASE severity WHEN 'critical' THEN 0 ELSE 1 END")
    # What was tried has its next attempt in ``not_before``, and was due long ago.
    op.execute(
        "UPDATE outbox SET due_at ="
        " CASE WHEN attempts = 0 AND not_before > created_at THEN not_before ELSE created_at END"
    )
    op.drop_index("ix_outbox_unsent", table_name="outbox")
    op.drop_index("ix_outbox_finished_at", table_name="outbox")
    op.create_index(
        "ix_outbox_finished_at", "outbox", ["finished_at"], sqlite_where=FINISHED, postgresql_where=FINISHED
    )
    for name, columns in INDEXES.items():
        op.create_index(name, "outbox", columns, sqlite_where=UNSENT, postgresql_where=UNSENT)
    op.create_table(
        "threads",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("thread", sa.String(64), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "thread", name="pk_threads"),
    )
    op.create_index("ix_threads_used_at", "threads", ["used_at"])
