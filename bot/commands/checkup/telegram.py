"""Telegram: whether the token is good, whose updates they are, and what the bot is allowed to see."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import aiohttp
from aiogram.exceptions import TelegramAPIError, TelegramNetworkError, TelegramServerError, TelegramUnauthorizedError
from aiogram.types import WebhookInfo

from bot.commands.checkup.clock import clock_finding
from bot.commands.checkup.finding import Finding, bad, caution, good
from bot.commands.checkup.keys_and_data import Body
from bot.settings import PREFIX, Settings
from bot.telegram.wire import make_bot

_ABOUT, _HOOK = "Telegram", "webhook"
_PATIENCE: Final = 10
"""Seconds for one question."""


async def telegram(settings: Settings, body: Body) -> AsyncIterator[Finding]:
    """Asks Telegram who the bot is; changes nothing there."""
    bot = make_bot(settings.bot_token.get_secret_value(), settings.telegram_api_url)
    try:
        me = await bot.get_me(request_timeout=_PATIENCE)
        yield good(_ABOUT, f"the bot is @{me.username}")
        if not me.can_read_all_group_messages:
            yield caution(
                "groups",
                "the bot does not see what is said in groups, so it cannot remove a key that is pasted there",
                "Send /setprivacy to @BotFather and choose Disable.",
            )
        yield _webhook(settings, body, await bot.get_webhook_info(request_timeout=_PATIENCE))
    except TelegramUnauthorizedError:
        yield bad(_ABOUT, "does not know this token", f"Ask @BotFather for the bot's token and set {PREFIX}BOT_TOKEN.")
    except (TelegramNetworkError, TelegramServerError):
        yield bad(
            _ABOUT,
            f"does not answer at {settings.telegram_api_url}",
            f"Look at the network, a firewall, and {PREFIX}TELEGRAM_API_URL.",
        )
    except TelegramAPIError as refusal:
        yield bad(_ABOUT, f"refused to say who the bot is ({type(refusal).__name__})", "Try again in a minute.")
    finally:
        await bot.session.close()
    async for finding in _clock(settings):
        yield finding


def _webhook(settings: Settings, body: Body, info: WebhookInfo) -> Finding:
    if not info.url:
        return good(
            _HOOK, "none is set; updates are asked for" if settings.webhook_url is None else "the next start sets it"
        )
    if info.url == settings.webhook_url:
        waiting = f", {info.pending_update_count} updates wait" if info.pending_update_count else ""
        return good(_HOOK, f"is ours{waiting}")
    if info.url == body.webhook:
        return good(_HOOK, "is one that this installation set; the next start puts it right")
    if body.running and body.webhook is None:
        remedy = "If you did not set it, revoke the token with @BotFather: somebody else has it."
        return caution(_HOOK, "another one than ours is set, and only the running service knows whether it was", remedy)
    return bad(
        _HOOK,
        "somebody else's is set: they receive what people send to the bot, and no keys are taken",
        "Revoke the token with @BotFather and set the new one, or remove the webhook if it was yours (deleteWebhook).",
    )


async def _clock(settings: Settings) -> AsyncIterator[Finding]:
    """Compares our clock with the answer's date; any answer has one, and no token is needed to be answered."""
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_PATIENCE)) as session,
            session.head(settings.telegram_api_url, allow_redirects=False) as answer,
        ):
            told = parsedate_to_datetime(answer.headers.get("Date", ""))
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        return  # whether it can be reached was said above
    # The header has whole seconds: on average it is half of one behind.
    yield clock_finding("clock", (told - datetime.now(UTC)).total_seconds() + 0.5, "Telegram's")
