"""What was last answered to every key, in memory: the evidence by which an outage is told from a key's own trouble.

After a start nothing is known, and nothing is held against anybody: the first round of checks fills it.
"""

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.domain.connection import ConnectionId, Environment, Place
from bot.domain.failures import Failure
from bot.domain.outage import KEYS_WAIT, OF_AN_EXCHANGE, Evidence, Scope, cause_of, scope_of

WITNESSES: Final = 5
"""Others that are asked at once when a key seems dead: before it is confirmed, they have said whether it is alone."""
ASK_AGAIN: Final = 10.0
"""Seconds between two such rounds at one exchange: when all keys seem dead, a few of them suffice to see it."""

Group = tuple[str, Environment]


@dataclass(frozen=True, slots=True)
class Answer:
    """The last answer to one key.

    Attributes:
        at: epoch seconds.
        cause: what its trouble is an instance of; None if all was well.
        since: epoch seconds of the first answer in a row that was of this cause.
    """

    place: Place
    owner_id: int
    at: float
    cause: str | None
    since: float


class Scene:
    """Last answers, by exchange and environment."""

    def __init__(self) -> None:
        self._answers: defaultdict[Group, dict[ConnectionId, Answer]] = defaultdict(dict)
        self._public: dict[Group, tuple[float, bool]] = {}
        self._asked: dict[Group, float] = {}
        self._dice = random.Random()  # noqa: S311 - whom to ask is no secret

    def saw(self, connection: ConnectionId, place: Place, owner_id: int, failure: Failure | None, at: float) -> None:
        """One key was answered."""
        answers, cause = self._answers[_group(place)], None if failure is None else cause_of(failure)
        before = answers.get(connection)
        since = before.since if before is not None and before.cause == cause else at
        answers[connection] = Answer(place, owner_id, at, cause, since)

    def saw_public(self, place: Place, at: float, *, answered: bool) -> None:
        """The exchange was asked a question that needs no key."""
        self._public[_group(place)] = (at, answered)

    def forget(self, before: float) -> None:
        """Drops what was answered before this moment (epoch seconds): of connections that are no longer there."""
        for answers in self._answers.values():
            for connection in [each for each, answer in answers.items() if answer.at < before]:
                del answers[connection]

    def evidence(
        self, connection: ConnectionId, place: Place, owner_id: int, failure: Failure, since: float
    ) -> Evidence:
        """What others said since this key's trouble began (epoch seconds).

        A key that has been dead for long is no evidence that another one, which seems dead now, is not.
        """
        began_after = float("-inf") if failure in OF_AN_EXCHANGE else since - KEYS_WAIT
        cause, people = cause_of(failure), {owner_id}
        same = well = 0
        for other, answer in self._answers[_group(place)].items():
            if other == connection or answer.at < since:
                continue
            if answer.cause is None:
                well += 1
            elif answer.cause == cause and answer.since >= began_after:
                same += 1
                people.add(answer.owner_id)
        asked_at, answered = self._public.get(_group(place), (float("-inf"), False))
        return Evidence(same, len(people), well, answered if asked_at >= since else None)

    def scope(self, place: Place, since: float) -> Scope:
        """How far an outage reaches that was seen at this place."""
        elsewhere = any(
            answer.cause is None and answer.at >= since and answer.place.market is not place.market
            for answer in self._answers[_group(place)].values()
        )
        return scope_of(place, elsewhere)

    def witnesses(self, connection: ConnectionId, place: Place, now: float) -> list[ConnectionId]:
        """Others to ask at once, of other people if there are any; none if that was done a moment ago."""
        group = _group(place)
        if now - self._asked.get(group, float("-inf")) < ASK_AGAIN:
            return []
        self._asked[group] = now
        answers = self._answers[group]
        mine = answers.get(connection)
        well = [other for other, answer in answers.items() if other != connection and answer.cause is None]
        others = [other for other in well if mine is None or answers[other].owner_id != mine.owner_id]
        return self._pick(others) or self._pick(well)

    def _pick(self, some: Iterable[ConnectionId]) -> list[ConnectionId]:
        known = list(some)
        return known if len(known) <= WITNESSES else self._dice.sample(known, WITNESSES)


def _group(place: Place) -> Group:
    return (place.exchange, place.environment)
