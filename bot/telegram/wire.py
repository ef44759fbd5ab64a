"""The wire to Telegram: one bot object, whose errors carry neither the token nor anybody's words.

aiogram's own session follows redirects with the token in the path, chains aiohttp's exceptions (which hold the request
and so its URL), and puts the undecodable answer (which holds messages) into the error it raises. Here a redirect is an
answer that cannot be read, and every error is ours or one that Telegram worded.
"""

from collections.abc import AsyncGenerator
from functools import cache
from http import HTTPStatus
from typing import Any, TypeVar, cast

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError, TelegramServerError
from aiogram.methods import Response, TelegramMethod
from aiogram.types import LinkPreviewOptions
from aiohttp import ClientError, ClientTimeout

T = TypeVar("T", bound=Any)

REQUEST_TIMEOUT = 20.0
"""Seconds for one call, but for the long poll, which brings its own."""
CONNECTIONS = 100

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "my_chat_member",
    "chat_member",
)
"""What Latchkey asks for. Posts of channels and linked channels are asked for only to keep secrets out of them."""


class RawGetUpdates(TelegramMethod[list[Any]]):
    """getUpdates, whose updates come as Telegram wrote them: one that cannot be understood does not spoil its batch."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


def make_bot(token: str, api_url: str | None = None) -> Bot:
    """A bot that writes HTML, shows no link previews, and speaks to ``api_url`` (a Bot API server's base URL)."""
    server = TelegramAPIServer.from_base(api_url.rstrip("/")) if api_url else PRODUCTION
    return Bot(
        token,
        session=TelegramSession(server),
        default=DefaultBotProperties(
            parse_mode=ParseMode.HTML,
            # `link_preview_is_disabled` would send the legacy field.
            link_preview=LinkPreviewOptions(is_disabled=True),
        ),
    )


@cache
def _answer_of(returning: Any) -> type[Response[Any]]:
    """The type of an answer, kept: pydantic forgets one that nobody holds, and takes milliseconds to make it anew."""
    return Response[returning]


class TelegramSession(AiohttpSession):
    """aiogram's session with redirects off and errors that can be logged."""

    def __init__(self, server: TelegramAPIServer = PRODUCTION) -> None:
        super().__init__(limit=CONNECTIONS, api=server, timeout=REQUEST_TIMEOUT)

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[T],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's signature
    ) -> T:
        """One call.

        Raises:
            TelegramAPIError: what Telegram answered; ``TelegramNetworkError`` or ``TelegramServerError`` if it did not.
        """
        session = await self.create_session()
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        seconds = ClientTimeout(total=self.timeout if timeout is None else timeout)
        failed, status, body = "", 0, b""
        try:
            form = self.build_form_data(bot=bot, method=method)
            async with session.post(url, data=form, timeout=seconds, allow_redirects=False) as response:
                status, body = response.status, await response.read()
        except (TimeoutError, ClientError, OSError, ValueError) as error:
            failed = type(error).__name__
        if failed:
            # Raised out here, so that not even __context__ leads back to an object that knows the URL.
            raise TelegramNetworkError(method=method, message=failed)
        answer = self.check_response(bot, method, status, body.decode("utf-8", "replace"))
        return cast("T", answer.result)

    def check_response(self, bot: Bot, method: TelegramMethod[T], status_code: int, content: str) -> Response[T]:
        """As aiogram does, but an answer that cannot be read is named by its status and not shown.

        Raises:
            TelegramAPIError: always one of these, also for HTML from a proxy and for a redirect.
        """
        _answer_of(method.__returning__)
        try:
            return super().check_response(bot, method, status_code, content)
        except ClientDecodeError:
            pass
        if status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise TelegramServerError(method=method, message=f"HTTP {status_code}")
        raise TelegramNetworkError(method=method, message=f"an unreadable answer, HTTP {status_code}")

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,  # noqa: ASYNC109 - aiogram's signature
        chunk_size: int = 65536,
        raise_for_status: bool = True,  # noqa: ARG002, FBT001, FBT002 - aiogram's signature; it always does
    ) -> AsyncGenerator[bytes, None]:
        """Downloads a file.

        Raises:
            DownloadFailed: for whatever reason; aiohttp's own error would show the URL, which holds the token.
        """
        session = await self.create_session()
        failed = ""
        try:
            async with session.get(
                url, headers=headers, timeout=ClientTimeout(total=timeout), allow_redirects=False
            ) as response:
                if response.status != HTTPStatus.OK:
                    failed = f"HTTP {response.status}"
                else:
                    async for chunk in response.content.iter_chunked(chunk_size):
                        yield chunk
        except (TimeoutError, ClientError, OSError) as error:
            failed = type(error).__name__
        if failed:
            raise DownloadFailed(failed)


class DownloadFailed(Exception):  # noqa: N818 - it states what happened
    """A file could not be fetched. Carries a status or an exception's class name."""
