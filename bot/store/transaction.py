"""One commit, seen from the use cases: every repository on the same session."""

from bot.store.alerts import SqlAlerts
from bot.store.connections import SqlConnections
from bot.store.conversations import SqlConversations
from bot.store.credentials import SqlCredentials
from bot.store.deletions import SqlDeletions
from bot.store.flips import SqlFlips
from bot.store.inbox import SqlInbox
from bot.store.meta import SqlMeta
from bot.store.moving import move_chat
from bot.store.outbox import SqlOutbox
from bot.store.people import SqlPeople
from bot.store.questions import SqlQuestions
from bot.store.reminders import SqlReminders
from bot.store.session import Session
from bot.usecases.storage import (
    Alerts,
    Connections,
    Conversations,
    Credentials,
    Deletions,
    Flips,
    Inbox,
    Meta,
    Outbox,
    People,
    Questions,
    Reminders,
)


class SqlTransaction:
    """``Transaction`` in SQL."""

    def __init__(self, session: Session) -> None:
        self.connections: Connections = SqlConnections(session)
        self.credentials: Credentials = SqlCredentials(session)
        self.flips: Flips = SqlFlips(session)
        self.alerts: Alerts = SqlAlerts(session)
        self.reminders: Reminders = SqlReminders(session)
        self.outbox: Outbox = SqlOutbox(session)
        self.inbox: Inbox = SqlInbox(session)
        self.deletions: Deletions = SqlDeletions(session)
        self.questions: Questions = SqlQuestions(session)
        self.conversations: Conversations = SqlConversations(session)
        self.people: People = SqlPeople(session)
        self.meta: Meta = SqlMeta(session)
        self._session = session

    async def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup: everything that is meant for it goes there."""
        await move_chat(self._session, old, new)
