"""What is asked beside the schedule when something seems wrong, so that nobody is blamed for what is not theirs.

A key that seems dead is confirmed within seconds. Meanwhile a few others at the same exchange are asked: if they seem
dead too, it is no key. An exchange that does not answer is asked a question that needs no key.
"""

from collections.abc import Sequence
from typing import Final

from bot.domain.connection import Environment, Place
from bot.domain.failures import Retry, policy_of
from bot.domain.outage import Cause, cause_of
from bot.usecases.background import BackgroundTasks
from bot.usecases.ports import Clock, ExchangeGateway, WatchList
from bot.usecases.record import Probed
from bot.usecases.scene import Scene

PUBLIC_EVERY: Final = 15.0
"""Seconds between two questions without a key to one exchange."""


class FollowSuspicions:
    """``Suspicions``."""

    def __init__(
        self, scene: Scene, gateway: ExchangeGateway, watch: WatchList, clock: Clock, tasks: BackgroundTasks
    ) -> None:
        self._scene = scene
        self._gateway = gateway
        self._watch = watch
        self._clock = clock
        self._tasks = tasks
        self._asked: dict[tuple[str, Environment], float] = {}

    def follow(self, batch: Sequence[Probed]) -> None:
        """Looks into the bad results among these. Awaits nothing."""
        for probed in batch:
            if probed.trouble is None:
                continue
            failure = probed.trouble.failure
            if policy_of(failure).retry is Retry.CONFIRM:
                for other in self._scene.witnesses(probed.id, probed.place, probed.at):
                    self._watch.soon(other, 0.0)
            elif cause_of(failure) == Cause.EXCHANGE and not self._tasks.closed:
                self._ask_publicly(probed.place)

    def _ask_publicly(self, place: Place) -> None:
        group, now = (place.exchange, place.environment), self._clock.monotonic()
        if now - self._asked.get(group, float("-inf")) >= PUBLIC_EVERY:
            self._asked[group] = now
            self._tasks.spawn("suspicions.public", self._ask(place))

    async def _ask(self, place: Place) -> None:
        answered = await self._gateway.answers_anybody(place)
        self._scene.saw_public(place, self._clock.now(), answered=answered)
