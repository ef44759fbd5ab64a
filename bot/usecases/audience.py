"""Who hears of a connection, and in which role."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.connection import Connection
from bot.usecases.storage import Transaction


class Role(StrEnum):
    """What somebody is to a connection. Held on our side, and asked anew at each press."""

    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Hearer:
    """A chat that hears of a connection."""

    chat_id: int
    role: Role


async def audience(tx: Transaction, connection: Connection) -> tuple[Hearer, ...]:  # noqa: ARG001 - subscribers are read
    """Everybody who hears of it: its owner first, in the private chat, whose id is the owner's."""
    return (Hearer(connection.owner_id, Role.OWNER),)
