"""Who hears of a connection, and in which role."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.domain.connection import Connection
from bot.domain.roles import Role as Role  # noqa: PLC0414 - whoever asks who hears asks for this too
from bot.usecases.storage import Transaction

ROLE: Final = "role"
"""In the facts of a message: in which role its chat hears it. Owners' messages need not say so."""
_OWNERS_ONLY: Final = frozenset({"tail", "old_tail", "seen_ip", "boxes"})
"""Facts that lead to the key or to where it is used: nobody but its owner is told."""


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
    """Everybody who hears of it: its owner first, in the private chat, whose id is the owner's; then by seniority.

    Who hears is a matter of subscriptions alone; when one hears, of what was chosen for its chat.
    """
    others = await tx.subscriptions.of_connection(connection.id)
    later = await tx.choices.escalations(connection.id) if others else {}
    second = (Hearer(one.chat_id, one.role, later.get(one.chat_id)) for one in others)
    return (Hearer(connection.owner_id, Role.OWNER), *second)


def facts_for(connection: Connection, chat_id: int, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """What this chat may be told of the facts: all of them its owner, nothing that leads to the key anybody else."""
    if chat_id == connection.owner_id:
        return facts
    kept = {name: value for name, value in facts.items() if name not in _OWNERS_ONLY}
    return {ROLE: Role.SUBSCRIBER.value} | kept
