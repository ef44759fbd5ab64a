"""The control API and the page: JSON over HTTP, for whoever is not in this process."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiohttp import web
from yarl import URL

from bot.sandbox.control.telegram_faults import active_faults, apply_fault, menu_view
from bot.sandbox.control.transcript import transcript
from bot.sandbox.control.views import bot_view, call_view, chat_view, message_view, person_view
from bot.sandbox.exchanges.venue import Venue
from bot.sandbox.telegram.chats import Chat, User
from bot.sandbox.telegram.choosing import Choosing
from bot.sandbox.telegram.errors import BotApiError
from bot.sandbox.telegram.messages import Message
from bot.sandbox.telegram.people import People
from bot.sandbox.telegram.state import Telegram

PAGE = Path(__file__).parent.parent / "page"
ANSWER_PATIENCE = 10.0
"""Seconds a press waits for answerCallbackQuery."""
HEARTBEAT = 15.0
"""Seconds between comments in the event stream, so that a dead page is noticed."""
LARGEST_UPLOAD = 20 * 1024 * 1024
CONTENT_SECURITY_POLICY = "default-src 'self'; img-src 'self' data: blob:; frame-ancestors 'none'; base-uri 'none'"
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


class ControlApi:
    """What the page may see and do. It is for this machine only: other hosts and other sites are refused."""

    def __init__(self, telegram: Telegram, exchanges: Mapping[str, Venue]) -> None:
        self._telegram = telegram
        self._exchanges = exchanges
        self._people = People(telegram)
        self._choosing = Choosing(telegram)
        self.app = web.Application(middlewares=[_local_only, _errors_as_json], client_max_size=LARGEST_UPLOAD)
        self.app.on_response_prepare.append(_harden)
        self.app.router.add_routes(
            [
                web.get("/api/state", self._state),
                web.get("/api/calls", self._calls),
                web.get("/api/events", self._events),
                web.get("/api/transcript", self._transcript),
                web.get("/api/files/{file_id}", self._file),
                web.get("/api/chats/{chat}/messages", self._messages),
                web.post("/api/chats/{chat}/send", self._send),
                web.post("/api/chats/{chat}/upload", self._upload),
                web.post("/api/chats/{chat}/press", self._press),
                web.post("/api/chats/{chat}/pick", self._pick),
                web.post("/api/chats/{chat}/edit", self._edit),
                web.post("/api/chats/{chat}/delete", self._delete),
                web.post("/api/chats/{chat}/pin", self._pin),
                web.post("/api/people", self._add_person),
                web.post("/api/people/{person}", self._change_person),
                web.post("/api/exchanges/{exchange}/{path:.+}", self._change_exchange),
                web.post("/api/telegram/faults", self._telegram_faults),
                web.post("/api/clock", self._advance_clock),
                web.get("/", self._index),
            ]
        )
        if PAGE.is_dir():
            self.app.router.add_static("/", PAGE)

    # ----------------------------------------------------------------------------------------------------------- seeing

    async def _index(self, _: web.Request) -> web.FileResponse:
        return web.FileResponse(PAGE / "index.html")

    async def _state(self, request: web.Request) -> web.Response:
        telegram = self._telegram
        viewer = self._person(request.query["as"]) if "as" in request.query else None
        return web.json_response(
            {
                "bot": bot_view(telegram, viewer),
                "people": [person_view(telegram, user) for user in telegram.users.values() if not user.is_bot],
                "chats": [chat_view(telegram, chat) for chat in telegram.chats.values() if chat.migrated_to is None],
                "exchanges": {name: simulator.panel() for name, simulator in self._exchanges.items()},
                "telegram": {"faults": active_faults(telegram), "fault_menu": menu_view()},
                "now": telegram.clock.now(),
            }
        )

    async def _messages(self, request: web.Request) -> web.Response:
        chat = self._chat(request)
        return web.json_response([message_view(message) for message in chat.messages.values()])

    async def _calls(self, request: web.Request) -> web.Response:
        after = int(request.query.get("after", 0))
        return web.json_response([call_view(call) for call in self._telegram.calls if call.serial > after])

    async def _transcript(self, request: web.Request) -> web.Response:
        asked = request.query.get("chat")
        chat = self._chat_of(asked) if asked else None
        return web.Response(text=transcript(self._telegram, chat) + "\n")

    async def _file(self, request: web.Request) -> web.Response:
        file = self._telegram.files.get(request.match_info["file_id"])
        shown = file.mime_type if file.mime_type.startswith("image/") else "application/octet-stream"
        return web.Response(body=file.content, content_type=shown)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        events = self._telegram.events
        serial = int(request.headers.get("Last-Event-ID") or request.query.get("after") or events.serial)
        if serial > events.serial:
            serial = 0  # The page has outlived another sandbox.
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await stream.prepare(request)
        await stream.write(b": connected\n\n")
        while not events.closed:
            for event in events.after(serial):
                serial = event["serial"]
                await stream.write(f"id: {serial}\ndata: {json.dumps(event)}\n\n".encode())
            try:
                async with asyncio.timeout(HEARTBEAT):
                    await events.changed(serial)
            except TimeoutError:
                await stream.write(b": still here\n\n")
        return stream

    # ----------------------------------------------------------------------------------------------------------- acting

    async def _send(self, request: web.Request) -> web.Response:
        chat, body = self._chat(request), await _body(request)
        reply_to = self._message(chat, body["reply_to"]) if body.get("reply_to") else None
        message = self._people.says(chat, self._person(body["as"]), str(body["text"]), reply_to=reply_to)
        return web.json_response(message_view(message))

    async def _upload(self, request: web.Request) -> web.Response:
        chat, form = self._chat(request), await request.post()
        upload = form["file"]
        if not isinstance(upload, web.FileField):
            raise ValueError("the field “file” holds no file")  # noqa: TRY004 - answered with 400
        content = upload.file.read()
        is_photo = upload.content_type in {"image/jpeg", "image/png"}
        file = self._telegram.files.add(upload.filename, content, "photos" if is_photo else "documents")
        fields: dict[str, Any] = {"photo": file.as_photo()} if is_photo else {"document": file.as_document()}
        if form.get("caption"):
            fields["caption"] = str(form["caption"])
        return web.json_response(message_view(self._people.sends(chat, self._person(form["as"]), fields)))

    async def _press(self, request: web.Request) -> web.Response:
        chat, body = self._chat(request), await _body(request)
        message = self._message(chat, body["message_id"])
        button = message.buttons[int(body["row"])][int(body["column"])]
        if button.data is None:
            raise ValueError(f"the button “{button.text}” has nothing to tell the bot")
        press = self._people.presses(self._person(body["as"]), message, button.data, button.text)
        events = self._telegram.events
        try:
            async with asyncio.timeout(ANSWER_PATIENCE):
                while press.answer is None and not events.closed:
                    await events.changed(events.serial)
        except TimeoutError:
            return web.json_response({"toast": None})
        toast = press.answer
        shown = {"text": toast.text, "alert": toast.is_alert} if toast and toast.text else None
        return web.json_response({"toast": shown})

    async def _pick(self, request: web.Request) -> web.Response:
        """A choice in the chooser that a button under the text field opens."""
        chat, body = self._chat(request), await _body(request)
        key = self._choosing.keys(chat)[int(body["row"])][int(body["column"])]
        target = self._telegram.users.get(int(body["target"])) or self._chat_of(str(body["target"]))
        return web.json_response(message_view(self._choosing.pick(self._person(body["as"]), key, target)))

    async def _edit(self, request: web.Request) -> web.Response:
        body = await _body(request)
        message = self._own_message(request, body)
        self._people.edits(message, str(body["text"]))
        return web.json_response(message_view(message))

    async def _delete(self, request: web.Request) -> web.Response:
        chat, body = self._chat(request), await _body(request)
        message = self._message(chat, body["message_id"])
        if not chat.is_private:
            message = self._own_message(request, body)
        self._people.deletes(message, self._person(body["as"]))
        return web.json_response({})

    async def _pin(self, request: web.Request) -> web.Response:
        """Pins a message, or with `"pinned": false` unpins it."""
        body = await _body(request)
        message, person = self._message(self._chat(request), body["message_id"]), self._person(body["as"])
        if body.get("pinned", True):
            self._people.pins(message, person)
        else:
            self._people.unpins(message, person)
        return web.json_response(message_view(message))

    async def _add_person(self, request: web.Request) -> web.Response:
        body = await _body(request)
        name = str(body["name"]).strip()
        if not name:
            raise ValueError("a person needs a name")
        user = self._telegram.new_person(name, str(body.get("language") or "en"))
        return web.json_response(person_view(self._telegram, user))

    async def _change_person(self, request: web.Request) -> web.Response:
        user, body = self._person(request.match_info["person"]), await _body(request)
        if "language" in body:
            user.language_code = str(body["language"])
        if "blocked" in body:
            self._people.blocks(user, blocked=bool(body["blocked"]))
        self._telegram.events.append("state")
        return web.json_response(person_view(self._telegram, user))

    async def _change_exchange(self, request: web.Request) -> web.Response:
        simulator = self._exchanges[request.match_info["exchange"]]
        return web.json_response(await simulator.control(request.match_info["path"], await _body(request)))

    async def _telegram_faults(self, request: web.Request) -> web.Response:
        apply_fault(self._telegram, await _body(request))
        self._telegram.events.append("state")
        return web.json_response({"faults": active_faults(self._telegram)})

    async def _advance_clock(self, request: web.Request) -> web.Response:
        self._telegram.clock.advance(float((await _body(request))["advance"]))
        self._telegram.events.append("state")
        return web.json_response({"now": self._telegram.clock.now()})

    # ---------------------------------------------------------------------------------------------------------- finding

    def _chat(self, request: web.Request) -> Chat:
        return self._chat_of(request.match_info["chat"])

    def _chat_of(self, chat_id: str) -> Chat:
        try:
            return self._telegram.chats[int(chat_id)]
        except (KeyError, ValueError):
            raise LookupError(f"there is no chat {chat_id}") from None

    def _person(self, person_id: Any) -> User:
        user = self._telegram.users.get(int(person_id))
        if user is None or user.is_bot:
            raise LookupError(f"there is no person {person_id}")
        return user

    def _message(self, chat: Chat, message_id: Any) -> Message:
        message = chat.messages.get(int(message_id))
        if message is None or not message.visible:
            raise LookupError("this message is gone")
        return message

    def _own_message(self, request: web.Request, body: Mapping[str, Any]) -> Message:
        message = self._message(self._chat(request), body["message_id"])
        if message.sender is not self._person(body["as"]):
            raise ValueError("this message is somebody else's")
        return message


async def _body(request: web.Request) -> dict[str, Any]:
    body = await request.json()
    if not isinstance(body, dict):
        raise ValueError("the body must be a JSON object")  # noqa: TRY004 - the caller's mistake, answered with 400
    return body


@web.middleware
async def _local_only(request: web.Request, handler: Any) -> web.StreamResponse:
    """A page elsewhere must not act here by a form or a name that resolves to this machine."""
    own = request.url.origin()
    origin = request.headers.get("Origin")
    if own.host not in LOCAL or (origin is not None and URL(origin) != own):
        raise web.HTTPForbidden(text="The sandbox answers its own page only.")
    response: web.StreamResponse = await handler(request)
    return response


@web.middleware
async def _errors_as_json(request: web.Request, handler: Any) -> web.StreamResponse:
    try:
        response: web.StreamResponse = await handler(request)
    except LookupError as error:
        return web.json_response({"error": _sentence(error)}, status=404)
    except ValueError as error:
        return web.json_response({"error": _sentence(error)}, status=400)
    except BotApiError as error:
        return web.json_response({"error": error.description}, status=error.code)
    return response


def _sentence(error: Exception) -> str:
    """A KeyError prints its sentence in quotes, and a missing key of a body is no sentence at all."""
    words = str(error.args[0]) if error.args else type(error).__name__
    return words if " " in words else f"“{words}” is missing or unknown"


async def _harden(_: web.Request, response: web.StreamResponse) -> None:
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers.setdefault("Cache-Control", "no-store")
