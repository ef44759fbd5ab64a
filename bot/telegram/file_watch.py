"""Files that the guard could not judge by their names: they are looked into before any handler sees the message.

In private and in groups. A file that cannot be fetched is not taken for harmless in silence: its author is told.
"""

import asyncio
import logging

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot.domain.secrets import SecretKind
from bot.telegram.deletions import DeletionLane
from bot.telegram.file_scan import secrets_in_file
from bot.telegram.files_of_secrets import SmallFile
from bot.telegram.guard import Guard, Sighting, note_albums
from bot.telegram.notices import Notices
from bot.telegram.wire import DownloadFailed
from bot.usecases.ports import Clock, Deletion
from bot.usecases.storage import Store, StoreUnavailable

log = logging.getLogger("latchkey.files")

TRIES = 4
"""To fetch a file; the pauses between are 1, 2 and 4 seconds, in which its author's other updates wait."""

SIDE_BY_SIDE = 16
"""Files fetched at a time: the way to Telegram is the one that deletions take."""


class FileWatch:
    """Looks into files, and has the messages deleted whose files hold a secret."""

    def __init__(
        self, *, bot: Bot, guard: Guard, deletions: DeletionLane, store: Store, notices: Notices, clock: Clock
    ) -> None:
        self._bot = bot
        self._guard = guard
        self._deletions = deletions
        self._store = store
        self._notices = notices
        self._clock = clock
        self._slots = asyncio.Semaphore(SIDE_BY_SIDE)

    async def bear_a_secret(self, sighting: Sighting) -> bool:
        """Whether a file of this update held a secret. Its message is being deleted then, with its whole album.

        Raises:
            StoreUnavailable: the deletion could not be kept; it is tried all the same.
        """
        found = False
        for suspect in sighting.to_scan:
            kinds = await self._look(sighting, suspect.file)
            if kinds is None:
                await self.give_up(sighting)
            elif kinds:
                found = True
                await self._delete(self._guard.found_in_file(suspect, kinds))
        return found

    async def give_up(self, sighting: Sighting) -> None:
        """Says that nobody looked. Not in a group: people there are not interrupted for what may be nothing."""
        log.error("file.not_looked_into", extra={"update": sighting.update_id})
        if sighting.private and sighting.chat_id is not None:
            await self._notices.not_looked_into(sighting.chat_id, sighting.message_id, sighting.language)

    async def _look(self, sighting: Sighting, file: SmallFile) -> frozenset[SecretKind] | None:
        """The kinds of secret in it; None if it cannot be had."""
        for attempt in range(TRIES):
            try:
                async with self._slots:
                    return await secrets_in_file(self._bot, file)
            except (TelegramAPIError, DownloadFailed) as error:
                log.warning("file.failed", extra={"update": sighting.update_id, "error": type(error).__name__})
            if attempt + 1 < TRIES:
                await self._clock.sleep(2.0**attempt)
        return None

    async def _delete(self, deletions: tuple[Deletion, ...]) -> None:
        try:
            async with self._store.transaction() as tx:
                await tx.deletions.add(deletions)
                albums = await note_albums(tx, self._guard)
        except StoreUnavailable:
            self._deletions.submit(deletions, kept=False)
            raise
        self._guard.pastes.noted(albums)
        self._deletions.submit(deletions)
