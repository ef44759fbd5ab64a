"""Remind owners of keys that end soon, and advise a new key twice a year.

What was said is written in the commit that puts the message into the outbox: after a crash nothing is said twice and
nothing is forgotten.
"""

from bot.domain.connection import Connection
from bot.domain.reminders import Ending, KeyReminders, Reminder, next_reminder
from bot.usecases.audience import Role, audience
from bot.usecases.delivery import Kind
from bot.usecases.ports import Clock
from bot.usecases.posting import facts_of, post
from bot.usecases.storage import KeyInUse, Store, Transaction

PAGE = 25
"""Keys looked at in one transaction: few, since whoever wants to delete a secret waits for the end of it."""


class RemindOwners:
    """Looks at every key; to be called now and then."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def __call__(self) -> None:
        """One look at all of them.

        Raises:
            StoreUnavailable: the rest is looked at next time.
        """
        after = None
        while True:
            async with self._store.transaction() as tx:
                page = await tx.reminders.keys(after, PAGE)
                for key in page:
                    await _look(tx, key, self._clock.now())
            if len(page) < PAGE:
                return
            after = page[-1].connection_id


async def _look(tx: Transaction, key: KeyInUse, now: float) -> None:
    if key.rotating:
        return  # which key will stay in use is not settled yet
    # When a later key came in is not on record: it was within the time since the last look.
    said = key.said or KeyReminders(since=key.connected_at if key.revision == 1 else now)
    then, reminder = next_reminder(said, key.expires_at, now)
    if then == key.said:
        return
    await tx.reminders.save(key.connection_id, key.revision, then)
    if reminder is None and key.said is None and key.revision == 1:
        return  # the first look at a connection's first key: nothing can be held of it
    connection = await tx.connections.get(key.connection_id)
    if connection is None:
        return
    for hearer in await audience(tx, connection):
        if hearer.role is not Role.OWNER:
            continue  # only its owner can rotate a key
        # What was held by a mute is about the key before, or about more days than are left.
        for kind in (Kind.KEY_ENDING, Kind.KEY_AGED):
            await tx.outbox.withdraw(connection.id, hearer.chat_id, kind)
        if reminder is not None:
            await _post(tx, connection, hearer.chat_id, reminder, now)


async def _post(tx: Transaction, connection: Connection, chat_id: int, reminder: Reminder, now: float) -> None:
    if isinstance(reminder, Ending):
        kind, silent = Kind.KEY_ENDING, reminder.silent
        facts: dict[str, float] = {"expires_at": reminder.expires_at, "days": reminder.days}
    else:
        kind, silent, facts = Kind.KEY_AGED, True, {"age": reminder.age}
    await post(tx, connection, kind, chat_id, facts_of(connection) | facts, now, silent=silent)
