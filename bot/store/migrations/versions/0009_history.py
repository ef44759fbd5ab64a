"""The history of connections in small numbers; flips that are too old for it can be found by their time."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NUMBERS = ("probes", "good", "latency_sum", "latency_max", "up", "paused", "error", "reauth")


def upgrade() -> None:
    op.create_table(
        "rollups",
        sa.Column("hours", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("start", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("connection_id", sa.String(32), primary_key=True),
        *(sa.Column(name, sa.Integer, nullable=False) for name in NUMBERS),
        sa.PrimaryKeyConstraint("hours", "start", "connection_id", name="pk_rollups"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_flips_at", "flips", ["at"])
