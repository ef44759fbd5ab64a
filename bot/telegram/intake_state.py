"""Whether keys may be asked for now. They may not while somebody else seems to read what people send to the bot."""

import logging
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from bot.usecases.delivery import Kind, OutboxItem
from bot.usecases.ports import Clock
from bot.usecases.storage import Store, StoreUnavailable, Transaction

log = logging.getLogger("latchkey.intake")


class Intruder(StrEnum):
    """Who else takes the bot's updates."""

    ANOTHER_POLLER = "another_poller"
    """Telegram answered 409: a second instance runs, or the token was stolen."""
    FOREIGN_WEBHOOK = "foreign_webhook"
    """A webhook is set that is not ours: the same, or what a former installation left behind."""


class Operators:
    """The people who run the service, told through the outbox. Facts only: what is told holds nothing of a message."""

    def __init__(self, ids: Sequence[int], clock: Clock) -> None:
        self._ids = tuple(ids)
        self._clock = clock

    async def tell(self, tx: Transaction, event: str, facts: Mapping[str, Any] | None = None) -> None:
        """One message to each operator, in the caller's transaction."""
        now = self._clock.now()
        for operator in self._ids:
            args = {"event": event} | dict(facts or {})
            await tx.outbox.add(OutboxItem(0, operator, Kind.OPERATOR, args, created_at=now, not_before=now))


class KeyIntake:
    """The flag that dialogs read before they ask for a key.

    Attributes:
        closed_because: None while keys may be taken.
    """

    QUIET = 60.0
    """Seconds without another sign of the intruder after which keys are taken again."""

    def __init__(self, store: Store, operators: Operators, clock: Clock) -> None:
        self.closed_because: Intruder | None = None
        self._store = store
        self._operators = operators
        self._clock = clock
        self._last_sign = 0.0
        self._untold: str | None = None

    async def close(self, intruder: Intruder) -> None:
        """Somebody else was seen. Operators are told at the first sign, not at each."""
        self._last_sign = self._clock.monotonic()
        if self.closed_because is not intruder:
            self.closed_because = intruder
            log.critical("intake.keys_closed", extra={"because": intruder.value})
            self._untold = f"key_intake_closed_{intruder.value}"
        await self._tell()

    async def quiet(self) -> None:
        """Telegram answered us, and us alone: opens again once that has lasted."""
        if self.closed_because is not None and self._clock.monotonic() - self._last_sign >= self.QUIET:
            self.closed_because = None
            log.warning("intake.keys_open")
            self._untold = "key_intake_open"
        await self._tell()

    async def _tell(self) -> None:
        if self._untold is None:
            return
        try:
            async with self._store.transaction() as tx:
                await self._operators.tell(tx, self._untold)
        except StoreUnavailable:
            return  # told at the next sign: the flag itself does not depend on the store
        self._untold = None
