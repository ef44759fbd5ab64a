"""When Telegram last heard of us, so that after a long absence people learn what nobody could do for them.

Telegram keeps what people write for 24 h. A key pasted before that is in its chat, and no update will ever tell us.
"""

import logging

from bot.telegram.questions import OpenQuestions
from bot.usecases.delivery import Kind, OutboxItem
from bot.usecases.ports import Clock
from bot.usecases.storage import Store

log = logging.getLogger("latchkey.intake")

FACT = "telegram.last_contact"
KEPT_BY_TELEGRAM = 24 * 3600.0
"""Seconds that a Bot API server keeps an update."""
SILENCE = 90.0
"""Seconds without any answer after which it is our own network: a long poll and the pause after a lost one are less."""
NOTE_EVERY = 60.0
"""Seconds between two notes: a commit a minute is no burden, and a minute is close enough to a day."""


class Contact:
    """The last contact with Telegram, in memory and, to the minute, in the store."""

    def __init__(self, store: Store, questions: OpenQuestions, clock: Clock) -> None:
        self._store = store
        self._questions = questions
        self._clock = clock
        self._noted = float("-inf")
        self.last_answer_at: float | None = None
        """Monotonic seconds of Telegram's last answer; None before the first. Read by ``Connectivity``."""
        self._served_at: float | None = None
        self._lost = False

    def seems_up(self) -> bool:
        """``Connectivity``: our own network works, as far as Telegram's answers tell. False before the first."""
        if self._lost or self.last_answer_at is None:
            return False
        return self._clock.monotonic() - self.last_answer_at <= SILENCE

    def is_served(self) -> bool:
        """Telegram gives us what people write: not while it refuses, or gives it to somebody else."""
        if self._lost or self._served_at is None:
            return False
        return self._clock.monotonic() - self._served_at <= SILENCE

    def lost(self) -> None:
        """Telegram could not be reached just now. Until it can, an exchange that cannot be reached is not blamed."""
        self._lost = True

    def heard(self) -> None:
        """Telegram gave us what there was, or the webhook brought it."""
        self.refused()
        self._served_at = self.last_answer_at

    def refused(self) -> None:
        """Telegram answered that it gives us nothing: our network works all the same."""
        self._lost = False
        self.last_answer_at = self._clock.monotonic()

    async def note(self) -> None:
        """Once a minute, on disk. Raises ``StoreUnavailable``."""
        now = self._clock.monotonic()
        if now - self._noted < NOTE_EVERY:
            return
        async with self._store.transaction() as tx:
            await tx.meta.put(FACT, str(int(self._clock.now())).encode())
        self._noted = now

    async def back(self) -> int:
        """At start: whoever was being asked for a key before an absence of over 24 h is told to look after it.

        Returns how many were. Raises ``StoreUnavailable``.
        """
        now = self._clock.now()
        async with self._store.transaction() as tx:
            noted = await tx.meta.get(FACT)
            await tx.meta.put(FACT, str(int(now)).encode())
            if noted is None or now - float(noted) < KEPT_BY_TELEGRAM:
                return 0
            waiting = self._questions.opened()
            for chat_id, user_id in sorted(waiting):
                facts = {"away": now - float(noted), "user_id": user_id}
                await tx.outbox.add(OutboxItem(0, chat_id, Kind.WAS_OFFLINE, facts, created_at=now, not_before=now))
        log.warning("intake.was_away", extra={"seconds": int(now - float(noted)), "count": len(waiting)})
        return len(waiting)
