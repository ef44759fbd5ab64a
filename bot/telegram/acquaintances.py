"""Who is who: a person as last seen, without a query for every update."""

from collections import OrderedDict
from dataclasses import dataclass

from aiogram.types import User

from bot.usecases.ports import Clock, Person
from bot.usecases.storage import Store, StoreUnavailable

REMEMBERED = 10_000
FRESH_FOR = 600.0
"""Seconds. The relay may mark somebody unreachable behind our back; writing to us again must soon undo that."""


@dataclass(frozen=True, slots=True)
class _Seen:
    person: Person
    at: float


class Acquaintances:
    """People who talk to the bot in private; the store hears of them only when something about them is new."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._seen: OrderedDict[int, _Seen] = OrderedDict()

    async def meet(self, user: User) -> Person:
        """Somebody wrote or pressed in their private chat. A store out of order keeps nobody from being heard."""
        known = self._seen.get(user.id)
        if known is not None and self._is_as_known(known, user):
            return known.person
        try:
            async with self._store.transaction() as tx:
                before = await tx.people.get(user.id)
                person = await tx.people.seen(user.id, user.first_name, user.language_code)
                if before is not None and not before.reachable:
                    await tx.ringing.sooner(user.id, self._clock.now())  # what could not be told meanwhile
        except StoreUnavailable:
            return known.person if known else Person(user.id, user.first_name, user.language_code)
        return self._remember(person)

    async def choose_language(self, person_id: int, language: str | None) -> Person | None:
        """By hand; None follows Telegram's setting again. Raises ``StoreUnavailable``."""
        async with self._store.transaction() as tx:
            await tx.people.choose_language(person_id, language)
            person = await tx.people.get(person_id)
        return self._remember(person) if person else None

    async def lost(self, person_id: int) -> None:
        """They blocked the bot. Raises ``StoreUnavailable``."""
        self._seen.pop(person_id, None)
        async with self._store.transaction() as tx:
            await tx.people.unreachable(person_id)

    def _is_as_known(self, known: _Seen, user: User) -> bool:
        person = known.person
        is_same = person.name == user.first_name and person.telegram_language == user.language_code
        return is_same and self._clock.monotonic() - known.at < FRESH_FOR

    def _remember(self, person: Person) -> Person:
        self._seen[person.id] = _Seen(person, self._clock.monotonic())
        self._seen.move_to_end(person.id)
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return person
