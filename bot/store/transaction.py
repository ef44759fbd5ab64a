"""One commit, seen from the use cases: every repository on the same session."""

from bot.store.alerts import SqlAlerts
from bot.store.announced import SqlAnnounced
from bot.store.chats import SqlChats
from bot.store.choices import SqlChoices
from bot.store.connections import SqlConnections
from bot.store.conversations import SqlConversations
from bot.store.credentials import SqlCredentials
from bot.store.deletions import SqlDeletions
from bot.store.digests import SqlDigests
from bot.store.flips import SqlFlips
from bot.store.held import SqlHeld
from bot.store.inbox import SqlInbox
from bot.store.incidents import SqlIncidents
from bot.store.invites import SqlInvites
from bot.store.maintenance import SqlMaintenance
from bot.store.meta import SqlMeta
from bot.store.outbox import SqlOutbox
from bot.store.pending_pairs import SqlPendingPairs
from bot.store.people import SqlPeople
from bot.store.questions import SqlQuestions
from bot.store.reminders import SqlReminders
from bot.store.ringing import SqlRinging
from bot.store.rollups import SqlRollups
from bot.store.session import Session
from bot.store.status_cards import SqlStatusCards
from bot.store.subscriptions import SqlSubscriptions
from bot.store.unsteady import SqlUnsteady
from bot.usecases.announced_store import Announced
from bot.usecases.control_storage import Choices, Held, Ringing
from bot.usecases.digest_store import Digests
from bot.usecases.incident_store import Incidents, Unsteady
from bot.usecases.intake_storage import Deletions, Inbox, Questions
from bot.usecases.maintenance_store import Maintenance
from bot.usecases.pending_pairs import PendingPairs
from bot.usecases.sharing_storage import Chats, Invites, Subscriptions
from bot.usecases.status_store import StatusCards
from bot.usecases.storage import Alerts, Connections, Conversations, Credentials, Flips, Meta, Outbox, People, Reminders
from bot.usecases.tally import Rollups


class SqlTransaction:
    """``Transaction`` in SQL."""

    def __init__(self, session: Session) -> None:
        self.connections: Connections = SqlConnections(session)
        self.credentials: Credentials = SqlCredentials(session)
        self.flips: Flips = SqlFlips(session)
        self.rollups: Rollups = SqlRollups(session)
        self.alerts: Alerts = SqlAlerts(session)
        self.subscriptions: Subscriptions = SqlSubscriptions(session)
        self.invites: Invites = SqlInvites(session)
        self.chats: Chats = SqlChats(session)
        self.incidents: Incidents = SqlIncidents(session)
        self.unsteady: Unsteady = SqlUnsteady(session)
        self.status_cards: StatusCards = SqlStatusCards(session)
        self.maintenance: Maintenance = SqlMaintenance(session)
        self.announced: Announced = SqlAnnounced(session)
        self.digests: Digests = SqlDigests(session)
        self.reminders: Reminders = SqlReminders(session)
        self.pairs: PendingPairs = SqlPendingPairs(session)
        self.outbox: Outbox = SqlOutbox(session)
        self.inbox: Inbox = SqlInbox(session)
        self.deletions: Deletions = SqlDeletions(session)
        self.questions: Questions = SqlQuestions(session)
        self.conversations: Conversations = SqlConversations(session)
        self.people: People = SqlPeople(session)
        self.meta: Meta = SqlMeta(session)
        self.choices: Choices = SqlChoices(session)
        self.held: Held = SqlHeld(session)
        self.ringing: Ringing = SqlRinging(session)
