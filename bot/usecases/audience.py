"""Who hears of a connection, and in which role."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.domain.connection import Connection
from bot.domain.roles import Role as Role  # noqa: PLC0414 - whoever asks who hears asks for this too
from bot.usecases.storage import Transaction

ROLE: Final = "role"
"""In the facts of a message: in which role its chat hears it. Owners' messages need not say so."""
THEN: Final = "then"
"""In the facts of an alert: who hears of it next unless somebody acknowledges it, as names with epoch seconds."""
_OWNERS_ONLY: Final = frozenset({"tail", "old_tail", "seen_ip", "boxes", THEN})
"""Facts that lead to the key or to where it is used, or say who else hears: nobody but its owner is told."""


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


def second_first(hearers: Iterable[Hearer]) -> list[Hearer]:
    """Who comes second before all others: so it is known by whom an alert goes on when the others are told of it."""
    return sorted(hearers, key=lambda hearer: hearer.escalate_after is None)


async def still_to_hear(tx: Transaction, connection: Connection, now: float) -> list[tuple[str, float]]:
    """Who is told of a connection's alert next, by name, and when (epoch seconds), unless somebody acknowledges it."""
    waiting = await tx.ringing.waiting(connection.id)
    if not waiting:
        return []
    names = {one.chat_id: one.name for one in await tx.subscriptions.of_connection(connection.id)}
    return [(names[chat_id], at) for chat_id, at in waiting if chat_id in names and at > now]
