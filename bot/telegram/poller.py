"""Long polling: fetch, keep, confirm. In this order, whatever happens in between."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramConflictError, TelegramNetworkError, TelegramRetryAfter
from aiogram.methods import DeleteWebhook, GetWebhookInfo

from bot.telegram.downtime import Contact
from bot.telegram.intake import Intake
from bot.telegram.intake_state import Intruder, KeyIntake
from bot.telegram.lanes import Worker
from bot.telegram.wire import ALLOWED_UPDATES, RawGetUpdates
from bot.usecases.background import BackgroundTasks
from bot.usecases.ports import Clock
from bot.usecases.storage import StoreUnavailable

T = TypeVar("T")

log = logging.getLogger("latchkey.poller")

LONG_POLL = 25
"""Seconds Telegram holds a call open when there is nothing."""
PATIENCE = 10
"""Seconds beyond that until the call counts as lost."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
CONFLICT_PAUSE = 5.0
"""Seconds after a 409. Somebody else's call ended ours, and ours will end theirs: no need to do so faster."""


class Poller:
    """Fetches updates until it is stopped.

    The offset is not kept over a restart, and is sent once for each batch: without one Telegram begins at the oldest
    update that is not confirmed, and the inbox knows those it has. So nothing depends on update ids growing for ever;
    after a quiet week Telegram starts anew at a random one (Bot API, ``Update.update_id``).
    """

    def __init__(
        self,
        *,
        bot: Bot,
        intake: Intake,
        worker: Worker,
        key_intake: KeyIntake,
        contact: Contact,
        clock: Clock,
        tasks: BackgroundTasks,
        own_webhook: str | None = None,
    ) -> None:
        """``own_webhook``: the address this installation had set when it ran by webhook; that one it may remove."""
        self._bot = bot
        self._intake = intake
        self._worker = worker
        self._key_intake = key_intake
        self._contact = contact
        self._clock = clock
        self._tasks = tasks
        self._own_webhook = own_webhook
        self._confirm: int | None = None
        self._pause = FIRST_PAUSE
        self._stopping = False
        self._rest: asyncio.Task[Any] | None = None

    @property
    def last_answer_at(self) -> float | None:
        """Monotonic seconds of Telegram's last answer; None before the first."""
        return self._contact.last_answer_at

    async def run(self) -> None:
        """Until ``stop``. Never raises for what Telegram or the store does."""
        while not self._stopping:
            try:
                await self._turn()
            except TelegramConflictError:
                log.error("poller.conflict")  # noqa: TRY400 - a traceback would say nothing more
                self._contact.refused()
                await self._someone_else()
                await self._wait(CONFLICT_PAUSE)
            except TelegramRetryAfter as error:
                self._contact.refused()
                await self._wait(float(error.retry_after))
            except (TelegramAPIError, StoreUnavailable) as error:
                if isinstance(error, TelegramNetworkError):
                    self._contact.lost()
                log.warning("poller.failed", extra={"error": type(error).__name__, "after": self._pause})
                await self._wait_longer()
            except Exception as error:  # noqa: BLE001 - a fault of ours: nothing was confirmed, so it comes again
                log.error("poller.fault", extra={"error": type(error).__name__, "after": self._pause})  # noqa: TRY400
                await self._wait_longer()

    def stop(self) -> None:
        """Fetches nothing more. What was fetched is being kept; what is on its way stays with Telegram."""
        self._stopping = True
        if self._rest is not None:
            self._rest.cancel()

    async def _turn(self) -> None:
        await self._worker.room()
        updates = await self._fetch()
        if updates is None:
            return
        self._confirm = None
        self._contact.heard()
        highest = await self._intake.accept(updates)
        if highest is not None:
            self._confirm = highest + 1
        self._pause = FIRST_PAUSE
        await self._key_intake.quiet()
        await self._contact.note()

    async def _fetch(self) -> list[object] | None:
        """One long poll; None if it was interrupted by the stop."""
        # The first comes back at once, and so does the first after a lost one: until Telegram has answered, our network
        # counts as down, and an exchange that cannot be reached is not blamed.
        patience = LONG_POLL if self._contact.seems_up() else 0
        call = RawGetUpdates(offset=self._confirm, limit=100, timeout=patience, allowed_updates=list(ALLOWED_UPDATES))

        async def fetch() -> list[object]:
            return await self._bot(call, request_timeout=LONG_POLL + PATIENCE)

        return await self._interruptible("getUpdates", fetch())

    async def _someone_else(self) -> None:
        """A 409 is either another poller, or a webhook. Ours is taken away; a foreign one is evidence, and stays."""
        try:
            url = (await self._bot(GetWebhookInfo())).url
            if url and url == self._own_webhook:
                await self._bot(DeleteWebhook(drop_pending_updates=False))
                log.info("poller.own_webhook_removed")
                return
        except TelegramAPIError:
            url = ""
        await self._key_intake.close(Intruder.FOREIGN_WEBHOOK if url else Intruder.ANOTHER_POLLER)

    async def _wait_longer(self) -> None:
        """After a failure; longer after each in a row."""
        await self._wait(self._pause)
        self._pause = min(self._pause * 2, LONGEST_PAUSE)

    async def _wait(self, seconds: float) -> None:
        await self._interruptible("poller.rest", self._clock.sleep(seconds))

    async def _interruptible(self, name: str, work: Coroutine[Any, Any, T]) -> T | None:
        """Waits for it; None if ``stop`` came first."""
        if self._stopping:
            work.close()
            return None
        self._rest = task = self._tasks.spawn(name, _outcome(work))
        try:
            await asyncio.wait([task])
        finally:
            self._rest = None
            task.cancel()
        if task.cancelled():
            work.close()  # a stop may have come before its first step
            return None
        result, error = task.result()
        if error is not None:
            raise error
        return result


async def _outcome(work: Coroutine[Any, Any, T]) -> tuple[T | None, TelegramAPIError | None]:
    """An expected failure is a result here: it is no news for whoever looks after background tasks."""
    try:
        return await work, None
    except TelegramAPIError as error:
        return None, error
