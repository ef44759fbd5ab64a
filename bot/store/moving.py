"""A group becomes a supergroup: another chat, with the same people, in which the old messages have no ids.

Every table that names a chat for what is to come is here. What is past stays as it was: sent messages, updates and
deletions of the old chat, which cannot be reached by the new id. Questions for secrets are asked in private chats only.
"""

from sqlalchemy import BindParameter, bindparam, delete, select, update

from bot.store.session import Session
from bot.store.tables import alerts, mutes, outbox, threads

_OLD: BindParameter[int] = bindparam("old")
_NEW: BindParameter[int] = bindparam("new")

_MESSAGES = update(outbox).where(outbox.c.chat_id == _OLD, outbox.c.finished_at.is_(None)).values(chat_id=_NEW)
_ALERTS = update(alerts).where(alerts.c.chat_id == _OLD).values(chat_id=_NEW, message_id=None)
_MUTED_THERE = select(mutes.c.connection_id).where(mutes.c.chat_id == _NEW)
_MUTES = update(mutes).where(mutes.c.chat_id == _OLD, mutes.c.connection_id.not_in(_MUTED_THERE)).values(chat_id=_NEW)
_LEFT_MUTES = delete(mutes).where(mutes.c.chat_id == _OLD)
_THREADS = delete(threads).where(threads.c.chat_id == _OLD)


async def move_chat(session: Session, old: int, new: int) -> None:
    """Messages that wait, alerts and mutes go to the new chat; what goes on there goes on in new messages."""
    for go in (_MESSAGES, _ALERTS, _MUTES):
        await session.change(go, {"old": old, "new": new})
    for drop in (_LEFT_MUTES, _THREADS):
        await session.change(drop, {"old": old})
