"""Whether an alert was acknowledged in the chat that it is of: who did so there did it before the eyes of that chat."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("alerts", sa.Column("acked_here", sa.Boolean(), nullable=False, server_default=sa.false()))
