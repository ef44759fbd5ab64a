"""Who hears of a connection, and in which role."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.connection import Connection
from bot.usecases.storage import Transaction


class Role(StrEnum):
    """What somebody is to a connection. Held on our side, and asked anew at each press."""

    OWNER = "owner"
    SUBSCRIBER = "subscriber"


@dataclass(frozen=True, slots=True)
class Hearer:
    """A chat that hears of a connection.

    Attributes:
        escalate_after: seconds that a critical alert must stay unacknowledged before this chat hears of it; None hears
            at once.
    """

    chat_id: int
    role: Role
    escalate_after: float | None = None


async def audience(tx: Transaction, connection: Connection) -> tuple[Hearer, ...]:
    """Everybody who hears of it: its owner first, in the private chat, whose id is the owner's."""
    later = await tx.choices.escalations(connection.id)
    second = (Hearer(chat, Role.SUBSCRIBER, after) for chat, after in later.items() if chat != connection.owner_id)
    return (Hearer(connection.owner_id, Role.OWNER), *second)
