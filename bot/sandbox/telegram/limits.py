"""Telegram's published sending limits, off unless a test or a person switches them on."""

import math
from collections import deque

from bot.sandbox.clock import SandboxClock
from bot.sandbox.telegram.chats import Chat
from bot.sandbox.telegram.errors import too_many_requests

ALL_CHATS = (30, 1.0)
ONE_CHAT = (1, 1.0)
ONE_GROUP = (20, 60.0)
"""Messages per seconds (core.telegram.org/bots/faq, "My bot is hitting limits")."""


class Limits:
    """Counts messages in sliding windows and refuses what is over."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._sent: dict[tuple[str, int], deque[float]] = {}
        self.enforced = False

    def count(self, chat: Chat) -> None:
        """Counts a message to this chat.

        Raises:
            BotApiError: 429 with the seconds after which there is room again. A refused message does not count.
        """
        if not self.enforced:
            return
        windows = [("all", 0, ALL_CHATS), ("chat", chat.id, ONE_CHAT)]
        if not chat.is_private:
            windows.append(("group", chat.id, ONE_GROUP))
        now = self._clock.now()
        full_until = now
        for name, chat_id, (messages, seconds) in windows:
            sent = self._sent.setdefault((name, chat_id), deque())
            while sent and now - sent[0] >= seconds:
                sent.popleft()
            if len(sent) >= messages:
                full_until = max(full_until, sent[-messages] + seconds)
        if full_until > now:
            raise too_many_requests(math.ceil(full_until - now))
        for name, chat_id, _ in windows:
            self._sent[name, chat_id].append(now)
