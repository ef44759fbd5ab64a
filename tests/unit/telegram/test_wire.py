"""No error on the wire shows the token, nor what anybody wrote."""

import gc
import traceback
import weakref
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiogram.exceptions import TelegramAPIError, TelegramConflictError, TelegramNetworkError, TelegramServerError
from aiogram.methods import LogOut, Response, SendMessage
from aiohttp import web

from bot.sandbox.serving import serving
from bot.sandbox.world import Sandbox
from bot.telegram.wire import DownloadFailed, RawGetUpdates, make_bot

TOKEN = "1000001:canary-token-canary-token-canary-to"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def telegram(handler: Handler) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    async with serving(app, 0) as origin:
        yield origin


def everything_it_says(error: BaseException) -> str:
    """Text, traceback, and the errors behind it, however they hang together."""
    said = ""
    seen: BaseException | None = error
    while seen is not None:
        said += repr(seen) + str(seen) + "".join(traceback.format_exception(seen))
        said += repr(vars(seen).get("method", ""))
        seen = seen.__context__ or seen.__cause__
    return said


async def test_the_type_of_an_answer_is_made_once_and_not_at_every_call() -> None:
    async def handler(_: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": True})

    async with telegram(handler) as url, make_bot(TOKEN, url) as bot:
        await bot(LogOut())
    made = weakref.ref(Response.__class_getitem__(LogOut.__returning__))
    gc.collect()
    assert made() is not None


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (lambda: web.Response(status=302, headers={"Location": f"/bot{TOKEN}/elsewhere"}), TelegramNetworkError),
        (lambda: web.Response(text="<html>canary-words</html>"), TelegramNetworkError),
        (lambda: web.Response(status=502, text="<html>canary-words</html>"), TelegramServerError),
        (lambda: web.Response(body=b"\xff\xfe canary-words"), TelegramNetworkError),
        (lambda: web.json_response({"ok": True, "result": "canary-words"}), TelegramNetworkError),
    ],
    ids=["redirect", "html", "proxy", "no utf-8", "another type"],
)
async def test_an_answer_that_cannot_be_read_is_not_shown(
    answer: Callable[[], web.Response], kind: type[TelegramAPIError]
) -> None:
    asked = []

    async def handler(request: web.Request) -> web.Response:
        asked.append(request.path)
        return answer()

    async with telegram(handler) as url, make_bot(TOKEN, url) as bot:
        with pytest.raises(kind) as raised:
            await bot(RawGetUpdates(timeout=0))
    said = everything_it_says(raised.value)
    assert TOKEN not in said
    assert "canary" not in said
    assert len(asked) == 1  # a redirect is not followed


async def test_no_network_is_named_by_class_alone() -> None:
    async with make_bot(TOKEN, "http://127.0.0.1:9") as bot:
        with pytest.raises(TelegramNetworkError) as raised:
            await bot(SendMessage(chat_id=1, text="hello"))
    assert TOKEN not in everything_it_says(raised.value)
    assert raised.value.__context__ is None
    assert raised.value.message == "ClientConnectorError"


async def test_a_download_that_fails_does_not_show_its_address() -> None:
    async def handler(_: web.Request) -> web.Response:
        return web.Response(status=404)

    async with telegram(handler) as url, make_bot(TOKEN, url) as bot:
        with pytest.raises(DownloadFailed) as raised:
            async for _ in bot.session.stream_content(f"{url}/file/bot{TOKEN}/documents/1.txt"):
                pass
    assert TOKEN not in everything_it_says(raised.value)


async def test_updates_come_as_they_were_written_even_those_nobody_understands() -> None:
    async def handler(_: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": [{"update_id": 1, "new": {"a": [1]}}, "odd", None]})

    async with telegram(handler) as url, make_bot(TOKEN, url) as bot:
        assert await bot(RawGetUpdates(timeout=0)) == [{"update_id": 1, "new": {"a": [1]}}, "odd", None]


async def test_telegrams_own_errors_are_still_told_apart() -> None:
    async def handler(_: web.Request) -> web.Response:
        body = {"ok": False, "error_code": 409, "description": "Conflict: terminated by other getUpdates request"}
        return web.json_response(body, status=409)

    async with telegram(handler) as url, make_bot(TOKEN, url) as bot:
        with pytest.raises(TelegramConflictError):
            await bot(RawGetUpdates(timeout=0))


async def test_messages_are_html_without_previews() -> None:
    async with Sandbox(page=False) as sandbox, make_bot(sandbox.token, sandbox.telegram_url + "/") as bot:
        alice = sandbox.person("Alice")
        await bot(SendMessage(chat_id=alice.id, text="<b>see</b> https://a.example"))
        [call] = sandbox.telegram.calls.of("sendMessage")
        assert call.params["parse_mode"] == "HTML"
        assert call.params["link_preview_options"]["is_disabled"] is True
        assert (await alice.sees("see https://a.example")).entities[0]["type"] == "bold"
        assert sandbox.telegram.violations == []
