"""Outages, whom they concern, and where they were told."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("exchange", sa.String(32), nullable=False),
        sa.Column("environment", sa.String(16), nullable=False),
        sa.Column("market", sa.String(16), nullable=True),
        sa.Column("cause", sa.String(32), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("since", sa.Double(), nullable=False),
        sa.Column("opened_at", sa.Double(), nullable=False),
        sa.Column("ended_at", sa.Double(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_incidents"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_incidents_ended_at", "incidents", ["ended_at"])
    op.create_table(
        "incident_members",
        sa.Column("connection_id", sa.String(32), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["connection_id"], ["connections.id"], name="fk_incident_members_connections", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name="fk_incident_members_incidents", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("connection_id", "chat_id", name="pk_incident_members"),
    )
    op.create_index("ix_incident_members_incident_id_chat_id", "incident_members", ["incident_id", "chat_id"])
    op.create_table(
        "incident_chats",
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("opened_at", sa.Double(), nullable=False),
        sa.Column("closed_at", sa.Double(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name="fk_incident_chats_incidents", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("incident_id", "chat_id", name="pk_incident_chats"),
    )
    op.create_table(
        "unsteady",
        sa.Column("connection_id", sa.String(32), nullable=False),
        sa.Column("since", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["connection_id"], ["connections.id"], name="fk_unsteady_connections", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("connection_id", name="pk_unsteady"),
    )
    op.add_column("connections", sa.Column("incident_id", sa.BigInteger(), nullable=True))
    op.create_index("ix_connections_incident_id", "connections", ["incident_id"])
    op.add_column("outbox", sa.Column("thread", sa.String(48), nullable=True))
    op.add_column("outbox", sa.Column("edit", sa.Boolean(), nullable=False, server_default=sa.false()))
