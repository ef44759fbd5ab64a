"""The HTTP side of the Bot API: `/bot<TOKEN>/<method>` and `/file/bot<TOKEN>/<path>`."""

import asyncio
import hmac
import json
import time
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox.telegram.errors import BotApiError, violation
from bot.sandbox.telegram.faults import Fault
from bot.sandbox.telegram.methods import METHODS
from bot.sandbox.telegram.schema import Schema, Upload
from bot.sandbox.telegram.state import Telegram

LARGEST_BODY = 50 * 1024 * 1024

Body = tuple[dict[str, Any], dict[str, Upload]]


class BotApiServer:
    """Answers for one bot; nothing it records ever holds the token."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._schema = Schema()
        self.app = web.Application(client_max_size=LARGEST_BODY)
        self.app.router.add_route("*", "/bot{token}/{method}", self._call)
        self.app.router.add_get("/file/bot{token}/{path:.+}", self._download)

    async def _call(self, request: web.Request) -> web.Response:
        started, at = time.perf_counter(), self._telegram.clock.now()
        if not self._authorized(request):
            return _failure(BotApiError(401, "Unauthorized"))
        method = self._schema.spelling(request.match_info["method"])
        fault = self._telegram.faults.take(method)
        params: dict[str, Any] = {}
        try:
            raw, uploads = await _read(request)
            params = self._schema.decode(method, raw, uploads)
            response = await self._answer(method, params, fault)
        except BotApiError as error:
            if error.violation:
                self._telegram.violations.append(f"{method}: {error.description}")
            response = _failure(error)
        code = response.status
        if fault is not None and (fault.drop or fault.after) and request.transport is not None:
            request.transport.abort()
            code = 0
        self._record(method, params, at=at, code=code, started=started)
        return response

    async def _answer(self, method: str, params: dict[str, Any], fault: Fault | None) -> web.Response:
        if fault is not None:
            await asyncio.sleep(fault.delay)
            if fault.drop:
                return web.Response()  # Never arrives: the connection is aborted first.
            error = fault.error()
            if error is not None:
                raise error
        result = await METHODS[method](self._telegram, params)
        return web.json_response({"ok": True, "result": result})

    async def _download(self, request: web.Request) -> web.Response:
        if not self._authorized(request):
            return _failure(BotApiError(401, "Unauthorized"))
        file = self._telegram.files.at(request.match_info["path"])
        if file is None:
            return _failure(BotApiError(404, "Not Found"))
        return web.Response(body=file.content, content_type="application/octet-stream")

    def _authorized(self, request: web.Request) -> bool:
        return hmac.compare_digest(request.match_info["token"].encode(), self._telegram.token.encode())

    def _record(self, method: str, params: dict[str, Any], *, at: float, code: int, started: float) -> None:
        shown = {name: _shown(value) for name, value in params.items()}
        milliseconds = (time.perf_counter() - started) * 1000
        call = self._telegram.calls.record(method, shown, at=at, code=code, milliseconds=milliseconds)
        if method != "getUpdates":
            self._telegram.events.append("call", call=call.serial)


def _shown(value: Any) -> Any:
    """A parameter for the log: of files only their names."""
    if isinstance(value, Upload):
        return value.name
    if isinstance(value, dict):
        return {name: _shown(item) for name, item in value.items()}
    return value


def _failure(error: BotApiError) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return web.json_response(body, status=error.code)


async def _read(request: web.Request) -> Body:
    """The parameters of the query string and of a JSON, form or multipart body, and the files."""
    raw: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.read() or b"{}")
        except ValueError:
            raise violation("can't parse JSON of the request") from None
        if not isinstance(body, dict):
            raise violation("the body must be a JSON object")
        raw |= body
    elif request.content_type == "multipart/form-data":
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                raise violation("can't parse multipart body")
            content = bytes(await part.read(decode=True))
            if part.filename is None:
                raw[part.name] = content.decode()
            else:
                uploads[part.name] = Upload(part.filename, content)
    elif request.can_read_body:
        raw |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    return raw, uploads
