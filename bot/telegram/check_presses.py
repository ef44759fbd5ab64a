"""**Check now**: answered at once, done beside the person's other updates, and once however often it is pressed."""

import logging
from collections.abc import Awaitable, Callable, Hashable

from bot.domain.connection import ConnectionId
from bot.usecases.background import BackgroundTasks
from bot.usecases.check import CheckConnections, CheckNow

log = logging.getLogger("latchkey.dialogs")

Then = Callable[[CheckNow], Awaitable[None]]
"""Shows what a check found; runs in the background, so it handles what may fail by itself."""


class CheckPresses:
    """The checks that people wait for, by where the outcome will be shown."""

    def __init__(self, checks: CheckConnections, tasks: BackgroundTasks) -> None:
        self._checks = checks
        self._tasks = tasks
        self._waited_for: set[Hashable] = set()

    def start(self, place: Hashable, connection_id: ConnectionId, then: Then) -> bool:
        """Starts a check, unless one is under way whose outcome is shown at the same ``place``; False if so."""
        if place in self._waited_for:
            return False
        self._waited_for.add(place)
        self._tasks.spawn("check_now", self._run(place, connection_id, then))
        return True

    def under_way(self, place: Hashable) -> bool:
        """Whether somebody waits for an outcome there."""
        return place in self._waited_for

    async def _run(self, place: Hashable, connection_id: ConnectionId, then: Then) -> None:
        try:
            found = await self._checks.now(connection_id)
        finally:
            self._waited_for.discard(place)  # first: what is drawn next must not say that it is still being checked
        await then(found)
