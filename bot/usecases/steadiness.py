"""What changes too often is told once, with its counts, and not at every change.

More than six changes of status in an hour: from then on one message is edited. Half an hour without a change: it is
over, and how things stand then is told.

A key that its owner must mend does not hide among troubles that pass by themselves: only one that seemed dead again and
again is told as unsteady.
"""

from typing import Any, Final

from bot.domain.connection import Connection
from bot.domain.failures import Retry, Trouble, policy_of
from bot.domain.health import Status
from bot.usecases.alerting import told_otherwise, wait_no_longer
from bot.usecases.audience import audience
from bot.usecases.delivery import Kind, Mode
from bot.usecases.posting import facts_of, post, severity_of
from bot.usecases.storage import Transaction

HOUR: Final = 3600.0
MOST_CHANGES: Final = 6
"""Changes of status within an hour that are told one by one."""
MOST_DEATHS: Final = MOST_CHANGES // 2
"""Times within an hour that a key is told to be dead."""
CALM: Final = 1800.0
"""Seconds without a change after which it is steady again."""
EDIT_PAUSE: Final = 30.0
"""Seconds between two edits at least."""


async def told_as_unsteady(tx: Transaction, connection: Connection, trouble: Trouble, now: float) -> bool:
    """Whether a change is one of too many, and told as that; call it after the change's flips are written.

    Args:
        tx: the transaction of the flips.
        connection: what changed.
        trouble: the trouble that began, or has ended.
        now: epoch seconds.
    """
    if policy_of(trouble.failure).retry is Retry.AT_ONCE:
        return False  # a danger is told each time it is there
    if policy_of(trouble.failure).user_must_act:
        deaths = await tx.unsteady.changes(connection.id, now - HOUR, to=Status.REAUTH_NEEDED)
        if deaths <= MOST_DEATHS:
            return False
    since = await tx.unsteady.since(connection.id)
    changes = await tx.unsteady.changes(connection.id, now - HOUR)
    if since is None and changes <= MOST_CHANGES:
        return False
    if since is None:
        await tx.unsteady.begin(connection.id, now)
        await told_otherwise(tx, connection, now)
    facts = facts_of(connection, trouble) | {"changes": changes, "since": since or now}
    for hearer in await audience(tx, connection):
        await post(
            tx,
            connection,
            Kind.UNSTEADY,
            hearer.chat_id,
            facts,
            now,
            thread=f"unsteady:{connection.id}",
            mode=Mode.SEND if since is None else Mode.EDIT,
            not_before=now + EDIT_PAUSE if since is not None else 0.0,
        )
    return True


async def settle_down(tx: Transaction, now: float) -> list[Connection]:
    """Tells of what has become steady; returns those that are steadily bad, whose trouble is to be told now."""
    bad = []
    for connection_id in await tx.unsteady.quiet(now - CALM):
        connection = await tx.connections.get(connection_id)
        since = await tx.unsteady.since(connection_id)
        await tx.unsteady.end(connection_id)
        if connection is None:
            continue
        well = connection.health.status is Status.CONNECTED
        facts: dict[str, Any] = facts_of(connection) | {"since": since, "until": now, "well": well}
        for hearer in await audience(tx, connection):
            await post(
                tx,
                connection,
                Kind.STEADY,
                hearer.chat_id,
                facts,
                now,
                severity=severity_of(Kind.UNSTEADY),  # its end, and so told where that was told
                silent=True,
                thread=f"unsteady:{connection_id}",
                mode=Mode.REPLY,
            )
        if well:
            await wait_no_longer(tx, connection, now)
        else:
            bad.append(connection)
    return bad
