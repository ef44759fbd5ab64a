"""Maintenance that exchanges announced, and whether a chat goes by it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announced",
        sa.Column("exchange", sa.String(32), nullable=False),
        sa.Column("environment", sa.String(16), nullable=False),
        sa.Column("market", sa.String(16), nullable=False),
        sa.Column("start", sa.Double(), nullable=False),
        sa.Column("finish", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("exchange", "environment", "market", "start", "finish", name="pk_announced"),
    )
    op.add_column("chat_choices", sa.Column("by_announced", sa.Boolean(), nullable=False, server_default=sa.true()))
