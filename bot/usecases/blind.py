"""Tell people when nobody was watching: silence is good news only while somebody looks."""

import logging
from collections.abc import Callable

from bot.domain.failures import Severity
from bot.usecases.audience import audience
from bot.usecases.delivery import Kind, OutboxItem
from bot.usecases.storage import Store

log = logging.getLogger("latchkey.watch")

WATCHED_UNTIL = "watch.until"
"""The fact of the deployment, epoch seconds, up to which somebody looked, or people know that nobody did."""
BLIND_AFTER, NO_NEWS = 2.0, 30.0
"""Intervals, but at least seconds, without a look after which people hear of it."""
PAGE = 25
"""Connections looked at in one transaction: few, since whoever wants to delete a secret waits for the end of it."""


def is_blindness(seconds: float, interval: float) -> bool:
    """Whether nobody looked for so long that people should know."""
    return seconds > max(BLIND_AFTER * interval, NO_NEWS)


class TellBlind:
    """Writes to every chat that hears of any connection, once, that the watch was blind for a while."""

    def __init__(self, store: Store, interval: float, on_news: Callable[[], None] = lambda: None) -> None:
        self._store = store
        self._interval = interval
        self._on_news = on_news
        self._told_until = float("-inf")

    async def __call__(self, since: float, until: float) -> int:
        """All of them in one commit: after a crash either everybody hears of it or it is found out anew.

        What was told before is not told again, and what is short is not told at all: nobody would have been told
        anything within it. Whoever notices may call.

        Args:
            since: epoch seconds when somebody last looked.
            until: epoch seconds when the watch began again.

        Returns:
            How many chats.

        Raises:
            StoreUnavailable: nobody will hear of it; call again.
        """
        since = max(since, self._told_until)
        if not is_blindness(until - since, self._interval):
            return 0
        chats = await self._chats()
        async with self._store.transaction() as tx:
            await tx.outbox.add_all([_message(chat_id, since, until) for chat_id in sorted(chats)])
            await tx.meta.put(WATCHED_UNTIL, str(until).encode())
        self._told_until = until
        self._on_news()
        log.warning("watch.was_blind", extra={"seconds": round(until - since), "count": len(chats)})
        return len(chats)

    async def _chats(self) -> set[int]:
        async with self._store.transaction() as tx:
            ids = await tx.connections.ids()
        chats: set[int] = set()
        for start in range(0, len(ids), PAGE):
            async with self._store.transaction() as tx:
                for connection_id in ids[start : start + PAGE]:
                    connection = await tx.connections.get(connection_id)
                    if connection is not None:
                        chats.update(hearer.chat_id for hearer in await audience(tx, connection))
        return chats


def _message(chat_id: int, since: float, until: float) -> OutboxItem:
    return OutboxItem(
        id=0,
        chat_id=chat_id,
        kind=Kind.WAS_BLIND,
        args={"since": since, "until": until},
        created_at=until,
        not_before=until,
        silent=True,
        severity=Severity.INFO,
    )
