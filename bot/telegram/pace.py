"""Telegram's sending limits (core.telegram.org/bots/faq): 30 messages/s in all, 1/s in a chat, 20/min in a group.

Kept a little below, since dialogs speak beside the outbox and the way there is not always equally long: 25/s, one in
1.05 s, and 18/min with two at once. A leaky bucket lets
its whole capacity through at once and then refills, so within any window it may pass capacity plus what refills
in it: the capacities are small for that reason.
"""

from collections import OrderedDict

from aiolimiter import AsyncLimiter

ALL = (5, 0.2)
CHAT = (1, 1.05)
GROUP = (2, 2 * 60.0 / 18)
"""Messages per seconds."""
REMEMBERED = 5_000
"""Chats whose pace is remembered; the one quiet for longest has long drained when it is forgotten."""


class Pace:
    """Holds senders back until there is room."""

    def __init__(self) -> None:
        self._all = AsyncLimiter(*ALL)
        self._chats: OrderedDict[int, list[AsyncLimiter]] = OrderedDict()

    async def wait(self, chat_id: int) -> None:
        """Returns when a message may go to this chat."""
        for limiter in self._limiters(chat_id):
            await limiter.acquire()
        await self._all.acquire()

    async def wait_for_edit(self) -> None:
        """Returns when a message may be edited: edits count only among all calls."""
        await self._all.acquire()

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
