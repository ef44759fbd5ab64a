"""Who hears of a connection beside its owner, and who has been invited to."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("connection_id", sa.String(32), nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("added_by", sa.BigInteger, nullable=False),
        sa.Column("since", sa.Double, nullable=False),
        sa.Column("ended", sa.String(16)),
        sa.Column("ended_at", sa.Double),
        sa.ForeignKeyConstraint(
            ["connection_id"], ["connections.id"], "fk_subscriptions_connections", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("connection_id", "chat_id", name="pk_subscriptions"),
    )
    op.create_index("ix_subscriptions_chat_id", "subscriptions", ["chat_id"])
    op.create_table(
        "invites",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("connection_id", sa.String(32), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("created_by", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("expires_at", sa.Double, nullable=False),
        sa.Column("for_chat", sa.BigInteger),
        sa.Column("for_name", sa.Text, nullable=False),
        sa.Column("used_at", sa.Double),
        sa.Column("used_by", sa.BigInteger),
        sa.Column("revoked_at", sa.Double),
        sa.ForeignKeyConstraint(["connection_id"], ["connections.id"], "fk_invites_connections", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_invites"),
        sa.UniqueConstraint("token_hash", name="uq_invites_token_hash"),
    )
    op.create_index("ix_invites_expires_at", "invites", ["expires_at"])
    op.create_index("ix_invites_connection_id_expires_at", "invites", ["connection_id", "expires_at"])
