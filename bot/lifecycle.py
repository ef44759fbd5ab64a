"""The service once it is put together: the order of a start, of work and of a stop."""

import asyncio
import logging
import os
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from aiogram import Bot

from bot.scheduler.dispatcher import Dispatcher, Watch
from bot.scheduler.orderly import OrderlyScheduler
from bot.scheduler.pulse import Pulse
from bot.store.engine import SqlStore
from bot.telegram.deletions import DeletionLane
from bot.telegram.downtime import Contact
from bot.telegram.front import Front
from bot.telegram.intake import Intake
from bot.telegram.lanes import Worker
from bot.telegram.ledger import Ledger
from bot.telegram.poller import Poller
from bot.telegram.questions import OpenQuestions
from bot.telegram.services import Services
from bot.telegram.webhook import Webhook
from bot.usecases.background import BackgroundTasks
from bot.usecases.network import OwnNetwork
from bot.usecases.relay import RelayAlerts

log = logging.getLogger("latchkey.app")

DRAIN = 10.0
"""Seconds a stop waits for what is under way; the rest stays in the inbox."""
JOBS_DRAIN = 2.0
"""Seconds a stop waits for the schedule's jobs: a look at the store takes some milliseconds, and all come again."""


class PartEnded(Exception):  # noqa: N818 - it states the condition
    """A part that nothing works without has ended by itself. Whatever looks after the process starts it anew."""


class SystemClock:
    """The ``Clock`` port."""

    def now(self) -> float:
        """Epoch seconds."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Latchkey:
    """The service, put together and not yet started."""

    bot: Bot
    store: SqlStore
    tasks: BackgroundTasks
    intake: Intake
    worker: Worker
    deletions: DeletionLane
    ledger: Ledger
    questions: OpenQuestions
    contact: Contact
    source: Poller | Webhook
    listen: Callable[[], Awaitable[None]]
    relay: RelayAlerts
    scheduler: OrderlyScheduler
    dispatcher: Dispatcher
    pulse: Pulse
    watch: Watch
    network: OwnNetwork
    services: Services
    front: Front

    async def run(self, stop: asyncio.Event) -> None:
        """Starts, works until ``stop`` is set, and ends in order: fetch nothing more, finish, close.

        Raises:
            PartEnded: it stopped because a part of it had ended by itself.
        """
        await self.questions.load()
        await self.contact.back()
        async with self.store.transaction() as tx:
            self.watch.load(await tx.connections.ids())
        await self.intake.replay()
        await self.listen()
        self.scheduler.start()
        relaying = self.tasks.spawn("relay", self.relay.run())
        fetching = self.tasks.spawn("updates", self.source.run())
        feeling = self.tasks.spawn("pulse", self.pulse.run())
        self.tasks.spawn("greeting", self.front.at_start())
        log.info("process.started", extra={"connections": len(self.watch.ring), "pid": os.getpid()})
        told = self.tasks.spawn("stop", stop.wait())
        await asyncio.wait([told, relaying, fetching, feeling], return_when=asyncio.FIRST_COMPLETED)
        ended = not told.done()
        if ended:
            log.critical("process.part_ended")
        log.info("process.stopping")
        for task in (told, feeling):
            task.cancel()
        stopping = self.source.stop()
        if stopping is not None:
            with suppress(TimeoutError):  # Telegram may be out of reach; what it keeps, it keeps
                await asyncio.wait_for(stopping, DRAIN)
        await asyncio.wait([fetching], timeout=DRAIN)
        await self.scheduler.finish(JOBS_DRAIN)
        await self.worker.drain(DRAIN)
        await self.deletions.idle(1.0)
        self.relay.stop()
        await asyncio.wait([relaying], timeout=DRAIN)
        with suppress(TimeoutError):  # with a full disk it would be for ever; the next start finds out the same again
            await asyncio.wait_for(self.ledger.settled(), 1.0)
        await self.tasks.aclose(1.0)
        log.info("process.stopped")
        if ended:
            raise PartEnded
