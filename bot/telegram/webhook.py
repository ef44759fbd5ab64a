"""Updates by webhook: Telegram gets its 200 only after the commit, so what it counts as delivered is on disk."""

import asyncio
import hmac
import json
import logging
from contextlib import suppress

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.methods import DeleteWebhook, GetWebhookInfo, SetWebhook
from aiohttp import web

from bot.telegram.downtime import Contact
from bot.telegram.intake import Intake
from bot.telegram.intake_state import Intruder, KeyIntake
from bot.telegram.wire import ALLOWED_UPDATES
from bot.usecases.ports import Clock
from bot.usecases.storage import Store, StoreUnavailable

log = logging.getLogger("latchkey.webhook")

LARGEST_BODY = 1024 * 1024
"""Bytes. Telegram's updates are far below; a larger body is somebody else's."""
LONGEST_HOLD = 5.0
"""Seconds an answer is held back while too much is in memory. What came is kept, and its secrets are being deleted; but
Telegram sends over few connections (40 by default), so that held answers slow it down."""
LOOK_EVERY = 60.0
"""Seconds between two looks at whose webhook is set: whoever stole the token would set their own."""
FACT = "telegram.webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name


class WebhookEndpoint:
    """The HTTP side: one update per request."""

    def __init__(self, intake: Intake, contact: Contact, secret: str) -> None:
        self._intake = intake
        self._contact = contact
        self._secret = secret.encode()

    def routes(self, path: str) -> web.Application:
        """An application that takes POSTs at ``path`` and knows nothing else."""
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_post(path, self.handle)
        return app

    async def handle(self, request: web.Request) -> web.Response:
        """200 after the commit; 401 without the secret; 413 or 400 for what is no update; 503 while nothing is kept.

        Telegram repeats what did not get a 2xx, with growing pauses, and in order.
        """
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            log.warning("webhook.wrong_secret")
            return web.Response(status=401)
        try:
            update = json.loads(await request.read())
        except web.HTTPRequestEntityTooLarge:
            log.warning("webhook.too_large")
            return web.Response(status=413)
        except (ValueError, RecursionError):
            log.warning("webhook.not_json")
            return web.Response(status=400)
        self._contact.heard()
        try:
            # Shielded: Telegram hanging up must not undo a commit half way through handing on.
            await asyncio.shield(self._intake.accept([update]))
        except StoreUnavailable:
            return web.Response(status=503)
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_HOLD):
                await self._intake.room()
        return web.Response()


class Webhook:
    """The Telegram side: sets our webhook, and watches that it stays ours."""

    def __init__(
        self, *, bot: Bot, store: Store, key_intake: KeyIntake, contact: Contact, clock: Clock, url: str, secret: str
    ) -> None:
        self._bot = bot
        self._store = store
        self._key_intake = key_intake
        self._contact = contact
        self._clock = clock
        self._url = url
        self._secret = secret
        self._stop = asyncio.Event()

    async def run(self) -> None:
        """Sets the webhook as soon as Telegram can be reached, then watches it, until ``stop``."""
        pause = 1.0
        while not self._stop.is_set():
            try:
                await self.look()
                pause = LOOK_EVERY
            except (TelegramAPIError, StoreUnavailable) as error:
                log.warning("webhook.failed", extra={"error": type(error).__name__})
                pause = min(pause * 2, LOOK_EVERY)
            await self._rest(pause)

    async def look(self) -> None:
        """Whose webhook is set? None: sets ours. Ours: well. Somebody else's: it stays, keys stop, operators are told.

        Raises:
            TelegramAPIError: Telegram did not say.
            StoreUnavailable: ours could not be noted, and so is not set.
        """
        info = await self._bot(GetWebhookInfo())
        self._contact.heard()
        await self._contact.note()
        if info.url and info.url not in {self._url, await own_webhook(self._store)}:
            await self._key_intake.close(Intruder.FOREIGN_WEBHOOK)
            return
        if info.url != self._url:
            # Noted first: a crash in between leaves a note of a webhook that is not set, which does no harm.
            async with self._store.transaction() as tx:
                await tx.meta.put(FACT, self._url.encode())
            await self._bot(
                SetWebhook(
                    url=self._url,
                    secret_token=self._secret,
                    allowed_updates=list(ALLOWED_UPDATES),
                    drop_pending_updates=False,
                )
            )
            log.info("webhook.set")
        await self._key_intake.quiet()

    async def stop(self) -> None:
        """Takes our webhook away; Telegram keeps what comes until the next start. Somebody else's is left alone."""
        self._stop.set()
        try:
            if (await self._bot(GetWebhookInfo())).url == self._url:
                await self._bot(DeleteWebhook(drop_pending_updates=False))
        except TelegramAPIError as error:
            log.warning("webhook.not_removed", extra={"error": type(error).__name__})

    async def _rest(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        except TimeoutError:
            return


async def own_webhook(store: Store) -> str | None:
    """The address this installation set last; None if it never ran by webhook. Raises ``StoreUnavailable``."""
    async with store.transaction() as tx:
        noted = await tx.meta.get(FACT)
    return noted.decode() if noted is not None else None
