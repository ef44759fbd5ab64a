"""How loud each message is."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added in place: copied into a new table, SQLite would forget which numbers were given.
    op.add_column("outbox", sa.Column("severity", sa.String(16), nullable=False, server_default="critical"))
