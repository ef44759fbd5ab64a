"""Telegram's sending limits (core.telegram.org/bots/faq): 30 messages/s in all, 1/s in a chat, 20/min in a group.

Kept a little below, since dialogs speak beside the outbox and the way there is not always equally long: 25/s, one in
1.05 s, and 18/min with two at once. A leaky bucket lets its whole capacity through at once and then refills, so within
any window it may pass capacity plus what refills in it: the capacities are small for that reason.

What Telegram asks for is heeded on top: a 429 rests its chat for as long as it says. It does not say whether it means
the chat or the bot. Refusals of three chats in a row, with nothing that went well between them, are taken to mean all.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Collection

from aiolimiter import AsyncLimiter

ALL = (5, 0.2)
CHAT = (1, 1.05)
GROUP = (2, 2 * 60.0 / 18)
"""Messages per seconds."""
REMEMBERED = 5_000
"""Chats whose pace is remembered; the one quiet for longest has long drained when it is forgotten."""
FULL_FOR = CHAT[1] + GROUP[1]
"""Seconds after its last message in which a chat may have no room."""
REFUSALS_OF_ALL = 3
A_SECOND = 1.0


class Pace:
    """``Turns``: holds senders back until there is room. Its time is the event loop's."""

    def __init__(self) -> None:
        self._all = AsyncLimiter(*ALL)
        self._chats: OrderedDict[int, list[AsyncLimiter]] = OrderedDict()
        self._last: OrderedDict[int, float] = OrderedDict()
        self._taken: set[int] = set()
        self._resting: dict[int, float] = {}
        self._all_rest_until = 0.0
        self._refused: dict[int, float] = {}

    def room(self) -> int:
        """How many messages may go out at this moment, to whomever."""
        if _now() < self._all_rest_until:
            return 0
        return next((count for count in range(ALL[0], 0, -1) if self._all.has_capacity(count)), 0)

    def closed(self) -> Collection[int]:
        """The chats that may get nothing at this moment."""
        now = _now()
        while self._last and next(iter(self._last.values())) < now - FULL_FOR:
            self._last.popitem(last=False)
        self._resting = {chat_id: until for chat_id, until in self._resting.items() if until > now}
        full = (chat_id for chat_id in self._last if not all(each.has_capacity() for each in self._limiters(chat_id)))
        return {*full, *self._resting}

    async def take(self, chat_id: int) -> None:
        """Counts a message that goes to this chat now; the next ``wait`` for it returns at once."""
        await self._count(chat_id)
        self._taken.add(chat_id)

    async def wait(self, chat_id: int) -> None:
        """Returns when a message may go to this chat."""
        if chat_id in self._taken:
            self._taken.discard(chat_id)
        else:
            await self._count(chat_id)

    async def wait_for_edit(self) -> None:
        """Returns when a message may be edited as a courtesy: that counts only among all calls."""
        await self._all.acquire()

    def refused(self, chat_id: int, seconds: float) -> None:
        """Telegram asked to wait: nothing to this chat, or to any, before so many seconds have passed."""
        until = _now() + seconds
        self._resting[chat_id] = until
        self._refused[chat_id] = until
        if len(self._refused) >= REFUSALS_OF_ALL:
            # The shortest: whoever was refused for longer rests longer by itself.
            self._all_rest_until = min(self._refused.values())
            self._refused.clear()

    def went_well(self, chat_id: int) -> None:
        """Telegram took a message: what it refused before, it refused to those chats.

        A second must pass between two messages at Telegram's end, and when this one arrived there is known only now.
        """
        self._refused.clear()
        self._resting[chat_id] = max(self._resting.get(chat_id, 0.0), _now() + A_SECOND)

    async def _count(self, chat_id: int) -> None:
        for limiter in self._limiters(chat_id):
            await limiter.acquire()
        await self._all.acquire()
        self._last[chat_id] = _now()
        self._last.move_to_end(chat_id)

    def _limiters(self, chat_id: int) -> list[AsyncLimiter]:
        limiters = self._chats.get(chat_id)
        if limiters is None:
            is_group = chat_id < 0  # the Bot API's ids of groups, supergroups and channels are negative
            limiters = [AsyncLimiter(*CHAT), *([AsyncLimiter(*GROUP)] if is_group else [])]
            self._chats[chat_id] = limiters
        self._chats.move_to_end(chat_id)
        if len(self._chats) > REMEMBERED:
            self._chats.popitem(last=False)
        return limiters


def _now() -> float:
    return asyncio.get_running_loop().time()
