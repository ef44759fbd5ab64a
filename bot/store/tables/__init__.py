"""The tables, in types that SQLite and PostgreSQL both have.

Times are epoch seconds, UTC, as 64-bit floats. Telegram ids need 64 bits. ``sealed`` columns hold ciphertext only. A
change here needs a migration beside the newest in ``migrations/versions/``; a test compares the two.
"""

from bot.store.tables.alerting import (
    alerts,
    announced,
    chat_choices,
    connection_choices,
    digests,
    incident_chats,
    incident_members,
    incidents,
    invites,
    maintenance,
    mutes,
    status_cards,
    subscriptions,
    unsteady,
)
from bot.store.tables.base import metadata
from bot.store.tables.connections import connections, credentials, flips, pending_pairs, reminders, rollups
from bot.store.tables.messages import conversations, deletions, inbox, meta, outbox, people, questions, threads

__all__ = [
    "alerts",
    "announced",
    "chat_choices",
    "connection_choices",
    "connections",
    "conversations",
    "credentials",
    "deletions",
    "digests",
    "flips",
    "inbox",
    "incident_chats",
    "incident_members",
    "incidents",
    "invites",
    "maintenance",
    "meta",
    "metadata",
    "mutes",
    "outbox",
    "pending_pairs",
    "people",
    "questions",
    "reminders",
    "rollups",
    "status_cards",
    "subscriptions",
    "threads",
    "unsteady",
]
