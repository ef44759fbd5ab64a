"""Which questions for a secret are open: the store's rows, mirrored in memory so that the guard waits for no query."""

from bot.usecases.ports import Clock, SecretQuestion
from bot.usecases.storage import Store

GRACE = 1.0
"""Seconds. Telegram dates messages in whole seconds, so what was sent just before the close may look just after it."""
REMEMBERED = 48 * 3600.0
"""Seconds a closed question is remembered: as long as Telegram may still deliver what was sent before its close."""


class OpenQuestions:
    """Open and lately closed questions. Until ``load`` nothing is known: load before the first update is taken."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._open: set[tuple[int, int]] = set()
        self._closed: dict[tuple[int, int], float] = {}

    async def load(self) -> None:
        """Reads the store: a question outlives the process that asked it."""
        async with self._store.transaction() as tx:
            kept = await tx.questions.all()
        for question in kept:
            self._remember(question)

    async def open(self, chat_id: int, user_id: int) -> None:
        """From now on everything this person sends in this chat is taken for a secret. Durable before it is asked.

        Raises:
            StoreUnavailable: the question must not be asked then.
        """
        who = (chat_id, user_id)
        async with self._store.transaction() as tx:
            await tx.questions.open(chat_id, user_id, self._clock.now())
        self._open.add(who)
        self._closed.pop(who, None)

    async def close(self, chat_id: int, user_id: int) -> None:
        """No longer; what was sent before now, and comes in later, still is.

        Raises:
            StoreUnavailable: the question stays open, and goes on swallowing what it is told: fail closed.
        """
        who, now = (chat_id, user_id), self._clock.now()
        if who not in self._open:
            return
        async with self._store.transaction() as tx:
            await tx.questions.close(chat_id, user_id, now)
        self._open.discard(who)
        self._closed[who] = now
        self._forget(now)

    def is_open(self, chat_id: int, user_id: int) -> bool:
        """Whether a question waits for this person in this chat."""
        return (chat_id, user_id) in self._open

    def awaits(self, chat_id: int, user_id: int, sent_at: float) -> bool:
        """Whether what this person sent in this chat at ``sent_at`` (epoch seconds) answers a question.

        While a question is open, everything does, whatever its date: a wrong clock must not leave a key in the chat.
        """
        who = (chat_id, user_id)
        if who in self._open:
            return True
        closed_at = self._closed.get(who)
        return closed_at is not None and sent_at <= closed_at + GRACE

    def opened(self) -> frozenset[tuple[int, int]]:
        """(chat, user) of every open question."""
        return frozenset(self._open)

    def closed_since(self, moment: float) -> frozenset[tuple[int, int]]:
        """(chat, user) of every question that was closed after this moment (epoch seconds)."""
        return frozenset(who for who, closed_at in self._closed.items() if closed_at > moment)

    def _remember(self, question: SecretQuestion) -> None:
        who = (question.chat_id, question.user_id)
        if question.closed_at is None:
            self._open.add(who)
        else:
            self._closed[who] = question.closed_at

    def _forget(self, now: float) -> None:
        for who in [who for who, closed_at in self._closed.items() if now - closed_at > REMEMBERED]:
            del self._closed[who]
