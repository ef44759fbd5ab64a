"""The highest revision that a connection's credentials ever had, so that none is given twice."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("connections", sa.Column("last_revision", sa.Integer(), nullable=True))
    op.execute("UPDATE connections SET last_revision = revision")
    with op.batch_alter_table("connections") as connections:
        connections.alter_column("last_revision", existing_type=sa.Integer(), nullable=False)
