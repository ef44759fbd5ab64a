"""Somebody who has a connection already: the wizard has tests of its own."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.connection import Connection, Environment, Market, Place, Purpose
from bot.domain.health import Flip
from bot.domain.pasting import Field
from bot.sandbox.control.person import Person
from bot.sandbox.exchanges.account import Account
from bot.sandbox.telegram.messages import Message
from bot.usecases.connect import Accepted
from bot.usecases.ports import CheckItem, ItemState
from tests.acceptance.conftest import Service


@dataclass
class Owned:
    """A connection, with the account behind it."""

    service: Service
    person: Person
    account: Account
    id: str

    async def now(self) -> Connection:
        """As the store knows it."""
        async with self.service.app.store.transaction() as tx:
            found = await tx.connections.get(self.id)  # type: ignore[arg-type] # a NewType
        assert found is not None
        return found

    async def flips(self) -> list[Flip]:
        """What changed so far, newest first."""
        async with self.service.app.store.transaction() as tx:
            return list(await tx.flips.latest(self.id, 100))  # type: ignore[arg-type] # a NewType

    async def muted_until(self) -> float | None:
        """Until when its owner hears nothing of it."""
        async with self.service.app.store.transaction() as tx:
            return await tx.alerts.muted_until(self.id, self.person.id)  # type: ignore[arg-type] # a NewType

    async def alerted(self) -> Message:
        """Switches withdrawal on at the exchange and waits for the alert."""
        self.account.allow("enableWithdrawals")
        return await self.person.sees("dangerous right", timeout=15)


async def owning(
    service: Service, person: Person, *, name: str = "k1", label: str = "Main", environment: str = "live"
) -> Owned:
    """Connects a fresh key of this person, who has been seen in the chat."""
    await person.says("/help")
    await person.sees("/connections")
    account = service.key(name, environment)
    verbs = service.app.services
    draft = verbs.drafts.open(person.id, Place("binance", Market.SPOT, Environment(environment)))
    verbs.drafts.put(draft, person.id, {Field.API_KEY: account.api_key, Field.SECRET: account.secret})
    result = await verbs.connect(person.id, draft, Purpose.TRADE, label, _unwatched)
    assert isinstance(result, Accepted), result
    return Owned(service, person, account, result.connection.id)


async def _unwatched(_item: CheckItem, _state: ItemState) -> None:
    """Nobody looks at the checklist."""


async def until(holds: Callable[[], bool], seconds: float = 5.0) -> None:
    """Waits for something that is seen by looking again."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - what is looked at is the far side's, which tells nobody
            await asyncio.sleep(0.02)
