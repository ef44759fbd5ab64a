"""People are remembered without a query for every update."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram.types import User

from bot.telegram.acquaintances import FRESH_FOR, Acquaintances
from bot.usecases.ports import Person
from bot.usecases.storage import StoreUnavailable
from tests.unit.telegram.memory import StandingClock

ALICE = User(id=1001, is_bot=False, first_name="Alice", language_code="en")


class OnePeople:
    def __init__(self) -> None:
        self.writes = 0
        self.known: dict[int, Person] = {}

    async def get(self, person_id: int) -> Person | None:
        return self.known.get(person_id)

    async def seen(self, person_id: int, name: str, telegram_language: str | None) -> Person:
        self.writes += 1
        before = self.known.get(person_id)
        self.known[person_id] = Person(person_id, name, telegram_language, before.language if before else None)
        return self.known[person_id]

    async def choose_language(self, person_id: int, language: str | None) -> None:
        was = self.known[person_id]
        self.known[person_id] = Person(was.id, was.name, was.telegram_language, language)

    async def unreachable(self, person_id: int) -> None:
        was = self.known[person_id]
        self.known[person_id] = Person(was.id, was.name, was.telegram_language, was.language, reachable=False)


class Ringing:
    def __init__(self) -> None:
        self.sooner_for: list[tuple[int, float]] = []

    async def sooner(self, chat_id: int, at: float, _connection_id: str | None = None) -> None:
        self.sooner_for.append((chat_id, at))


class OneStore:
    def __init__(self) -> None:
        self.ringing = Ringing()
        self.people = OnePeople()
        self.broken = False

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Any]:
        if self.broken:
            raise StoreUnavailable
        yield self


@pytest.fixture
def store() -> OneStore:
    return OneStore()


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def acquaintances(store: OneStore, clock: StandingClock) -> Acquaintances:
    return Acquaintances(store, clock)  # type: ignore[arg-type] # only people are asked


async def test_somebody_as_before_costs_nothing(acquaintances: Acquaintances, store: OneStore) -> None:
    for _ in range(5):
        await acquaintances.meet(ALICE)
    assert store.people.writes == 1


async def test_a_new_telegram_language_is_noticed(acquaintances: Acquaintances) -> None:
    await acquaintances.meet(ALICE)
    person = await acquaintances.meet(ALICE.model_copy(update={"language_code": "pl"}))
    assert person.telegram_language == "pl"


async def test_a_chosen_language_is_known_at_the_next_word(acquaintances: Acquaintances, store: OneStore) -> None:
    await acquaintances.meet(ALICE)
    await acquaintances.choose_language(ALICE.id, "pl")
    assert (await acquaintances.meet(ALICE)).language == "pl"
    assert store.people.writes == 1


async def test_whoever_was_lost_is_met_anew(acquaintances: Acquaintances, store: OneStore) -> None:
    await acquaintances.meet(ALICE)
    await acquaintances.lost(ALICE.id)
    assert store.people.known[ALICE.id].reachable is False
    assert store.ringing.sooner_for == []
    await acquaintances.meet(ALICE)
    assert store.people.known[ALICE.id].reachable is True
    assert store.ringing.sooner_for == [(ALICE.id, 1_700_000_000.0)], "what could not be told is told now"


async def test_what_others_noted_meanwhile_is_undone_before_long(
    acquaintances: Acquaintances, store: OneStore, clock: StandingClock
) -> None:
    await acquaintances.meet(ALICE)
    await store.people.unreachable(ALICE.id)
    await clock.sleep(FRESH_FOR)
    await acquaintances.meet(ALICE)
    assert store.people.known[ALICE.id].reachable is True


async def test_a_store_out_of_order_keeps_nobody_from_being_heard(
    acquaintances: Acquaintances, store: OneStore
) -> None:
    store.broken = True
    assert (await acquaintances.meet(ALICE)).telegram_language == "en"
