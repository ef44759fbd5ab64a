"""Where the store knows chats: a group that becomes a supergroup is another chat, and everything of it moves."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Table, and_, bindparam, delete, exists, select, update

from bot.store.session import Session
from bot.store.tables import (
    alerts,
    chat_choices,
    connection_choices,
    conversations,
    deletions,
    digests,
    inbox,
    incident_chats,
    incident_members,
    invites,
    maintenance,
    mutes,
    outbox,
    questions,
    status_cards,
    subscriptions,
    threads,
)

MOVED: Final[tuple[tuple[Table, str], ...]] = (
    (outbox, "chat_id"),
    (alerts, "chat_id"),
    (mutes, "chat_id"),
    (subscriptions, "chat_id"),
    (invites, "for_chat"),
    (invites, "used_by"),
    (incident_members, "chat_id"),
    (incident_chats, "chat_id"),
    (chat_choices, "chat_id"),
    (connection_choices, "chat_id"),
    (status_cards, "chat_id"),
    (maintenance, "chat_id"),
    (digests, "chat_id"),
)
"""Tables, and their column that names a chat. A new table with such a column has its place here or below."""
STAYS: Final = frozenset({threads.name, inbox.name, deletions.name, questions.name, conversations.name})
"""What is about messages and conversations where they were: their numbers mean nothing in the new chat."""


_END_THREADS = delete(threads).where(threads.c.chat_id == bindparam("old"))
"""What goes on in a message there goes on in a new one here."""


class SqlChats:
    """``Chats`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def move(self, old: int, new: int) -> None:
        """A group became a supergroup. Where the new chat has a row of its own already, that one stands."""
        await self._session.change(_END_THREADS, {"old": old})
        for table, column in MOVED:
            if column in table.primary_key.columns:
                await self._session.change(_forget_doubles(table, column), {"old": old, "new": new})
            await self._session.change(_move(table, column), {"old": old, column: new})


def _move(table: Table, column: str) -> Any:
    moved = update(table).where(table.c[column] == bindparam("old"))
    if table is outbox:
        return moved.where(outbox.c.finished_at.is_(None))
    if table in (alerts, status_cards):
        return moved.values(message_id=None)  # a supergroup counts its messages anew
    return moved


def _forget_doubles(table: Table, column: str) -> Any:
    there = table.alias("there")
    others = [c.name for c in table.primary_key.columns if c.name != column]
    same: list[ColumnElement[bool]] = [there.c[name] == table.c[name] for name in others]
    double = exists(select(1).select_from(there).where(and_(there.c[column] == bindparam("new"), *same)))
    return delete(table).where(table.c[column] == bindparam("old"), double)
