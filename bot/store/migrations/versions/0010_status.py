"""Status cards, maintenance windows and digests."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "status_cards",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("shown", sa.String(32), nullable=False),
        sa.Column("shown_at", sa.Double(), nullable=False),
        sa.Column("pin_refused", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_status_cards"),
    )
    op.create_index("ix_status_cards_shown_at", "status_cards", ["shown_at"])
    op.create_table(
        "maintenance",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("connection_id", sa.String(32), nullable=True),
        sa.Column("exchange", sa.String(32), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("start", sa.Double(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("minute", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["connection_id"], ["connections.id"], name="fk_maintenance_connections", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_maintenance"),
    )
    op.create_index("ix_maintenance_chat_id", "maintenance", ["chat_id"])
    op.create_table(
        "digests",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("every", sa.String(16), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_digests"),
    )
    op.create_index("ix_digests_next_at", "digests", ["next_at"])
