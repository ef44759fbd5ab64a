"""What chats chose to hear, and which alerts are told again until somebody acknowledges them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added in place. Alerts of before ring no more: whoever got them knows them.
    op.add_column("alerts", sa.Column("acked_at", sa.Double(), nullable=True))
    op.add_column("alerts", sa.Column("acked_by", sa.BigInteger(), nullable=True))
    op.add_column("alerts", sa.Column("rings_at", sa.Double(), nullable=True))
    op.add_column("alerts", sa.Column("rings", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("alerts", sa.Column("waits", sa.Boolean(), nullable=False, server_default=sa.false()))
    ringing = sa.text("rings_at IS NOT NULL")
    op.create_index("ix_alerts_ringing", "alerts", ["rings_at"], sqlite_where=ringing, postgresql_where=ringing)
    op.create_table(
        "chat_choices",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("least", sa.String(16), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.Column("quiet_start", sa.Integer(), nullable=False),
        sa.Column("quiet_end", sa.Integer(), nullable=False),
        sa.Column("critical_passes", sa.Boolean(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("chat_id", name="pk_chat_choices"),
    )
    op.create_table(
        "connection_choices",
        sa.Column("connection_id", sa.String(32), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("least", sa.String(16), nullable=True),
        sa.Column("escalate_after", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["connection_id"], ["connections.id"], name="fk_connection_choices_connections", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("connection_id", "chat_id", name="pk_connection_choices"),
    )
