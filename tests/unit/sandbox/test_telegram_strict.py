import json
from typing import Any

import aiohttp
import pytest

from bot.sandbox.control.person import Person
from bot.sandbox.telegram.methods import METHODS
from bot.sandbox.telegram.schema import Schema
from bot.sandbox.world import Sandbox
from tests.unit.sandbox.bot_api import Api

CANNOT_PARSE = "can't parse inline keyboard button"
KEYBOARD = "reply_markup.inline_keyboard"
BAD_COMMAND = {"command": "Start", "description": "x"}
ONE_TO_HUNDRED = "from 1 to 100 message identifiers can be specified"
UNALLOWED = "secret token contains unallowed characters"
NOT_ATTACHED = "names a file that was not attached"
MEDIA = {"type": "photo", "media": "attach://ghost"}
FULL_BUTTON = {"text": "Go", "callback_data": "go"}


def keyboard(**button: Any) -> dict[str, Any]:
    return {"reply_markup": {"inline_keyboard": [[button]]}}


async def test_a_wrong_token_is_unauthorized(sandbox: Sandbox, api: Api) -> None:
    api.token = "1000001:another-token-that-is-not-the-one"
    assert await api.refused("getMe") == "Unauthorized"
    assert list(sandbox.telegram.calls) == []


async def test_an_unknown_method_does_not_exist_and_is_never_ok(sandbox: Sandbox, api: Api) -> None:
    status, body = await api.answer("sendCarrierPigeon")
    assert (status, body) == (404, {"ok": False, "error_code": 404, "description": "Not Found"})
    assert sandbox.telegram.violations == ["sendCarrierPigeon: Not Found"]


async def test_the_case_of_a_method_does_not_matter(sandbox: Sandbox, api: Api) -> None:
    assert (await api.call("GETME"))["id"] == sandbox.bot.id


def test_each_method_of_the_schema_is_there_and_no_other() -> None:
    schema = Schema()
    assert {schema.spelling(name.lower()) for name in METHODS} == METHODS.keys() == schema.methods


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({}, 'parameter "text" is required'),
        ({"text": "x", "colour": "red"}, 'method sendMessage has no parameter "colour"'),
        ({"text": "x", "reply_to_message_id": 1}, 'method sendMessage has no parameter "reply_to_message_id"'),
        ({"text": 5}, '"text" must be of type String'),
        ({"text": "x", "protect_content": "maybe"}, '"protect_content" must be a Boolean'),
        ({"text": "x", "message_thread_id": "first"}, '"message_thread_id" must be an Integer'),
        ({"text": "x", "parse_mode": "MarkdownV2"}, "unsupported parse_mode: the sandbox reads HTML only (parse_mode)"),
        ({"text": "x", "reply_markup": "{"}, 'can\'t parse JSON of parameter "reply_markup"'),
        ({"text": " \n"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            {"text": "x"} | keyboard(text="Go"),
            f"{CANNOT_PARSE}: Text buttons are unallowed in the inline keyboard ({KEYBOARD})",
        ),
        (
            {"text": "x"} | keyboard(**FULL_BUTTON, url="https://example.com"),
            f"{CANNOT_PARSE}: callback_data and url in one button ({KEYBOARD})",
        ),
        (
            {"text": "x"} | keyboard(text="Go", callback_data="ż" * 33),
            f"BUTTON_DATA_INVALID ({KEYBOARD}[0][0].callback_data)",
        ),
        (
            {"text": "x"} | keyboard(text="Go", callback_data=""),
            f"BUTTON_DATA_INVALID ({KEYBOARD}[0][0].callback_data)",
        ),
        (
            {"text": "x"} | keyboard(text="Copy", copy_text={"text": "x" * 257}),
            f"BUTTON_COPY_TEXT_INVALID ({KEYBOARD}[0][0].copy_text.text)",
        ),
        (
            {"text": "x"} | keyboard(text=" ", callback_data="go"),
            f"{CANNOT_PARSE}: text of the button must be non-empty ({KEYBOARD}[0][0].text)",
        ),
        (
            {"text": "x"} | keyboard(text="Open", url="javascript:alert(1)"),
            f"inline keyboard button URL is invalid: Wrong HTTP URL ({KEYBOARD}[0][0].url)",
        ),
        (
            {"text": "x"} | keyboard(**FULL_BUTTON, style="blinking"),
            f"invalid button style specified ({KEYBOARD}[0][0].style)",
        ),
        (
            {"text": "x"} | keyboard(**FULL_BUTTON, color="red"),
            f'InlineKeyboardButton has no field "color" (in {KEYBOARD}[0][0])',
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[FULL_BUTTON] * 8] * 13}},
            f"REPLY_MARKUP_TOO_LONG ({KEYBOARD})",
        ),
        (
            {"text": "x", "reply_markup": {"buttons": []}},
            '"reply_markup" must be InlineKeyboardMarkup or ReplyKeyboardMarkup or ReplyKeyboardRemove or ForceReply',
        ),
    ],
)
async def test_a_malformed_message_is_refused_and_noted(
    sandbox: Sandbox, alice: Person, api: Api, params: dict[str, Any], reason: str
) -> None:
    assert await api.refused("sendMessage", chat_id=alice.id, **params) == f"Bad Request: {reason}"
    assert sandbox.telegram.violations == [f"sendMessage: Bad Request: {reason}"]
    assert alice.screen() == []


@pytest.mark.parametrize(
    ("method", "params", "reason"),
    [
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "MESSAGE_TOO_LONG (text)"),
        ("setMyCommands", {"commands": [BAD_COMMAND]}, "BOT_COMMAND_INVALID (commands[0].command)"),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat"}}, 'field "scope.chat_id" is required'),
        ("sendChatAction", {"chat_id": 1, "action": "juggling"}, "wrong parameter action in request (action)"),
        ("deleteMessages", {"chat_id": 1, "message_ids": []}, f"{ONE_TO_HUNDRED} (message_ids)"),
        ("deleteMessages", {"chat_id": 1, "message_ids": [1, "2"]}, '"message_ids[1]" must be of type Integer'),
        ("getUpdates", {"allowed_updates": ["gossip"]}, "unknown kind of update (allowed_updates)"),
        ("setWebhook", {"url": "https://x.example", "secret_token": "a b"}, f"{UNALLOWED} (secret_token)"),
        ("editMessageText", {"chat_id": 1, "text": "x"}, 'parameter "message_id" is required'),
        (
            "editMessageMedia",
            {"chat_id": 1, "message_id": 1, "media": MEDIA},
            f'parameter "media.media" {NOT_ATTACHED}',
        ),
        (
            "editMessageMedia",
            {"chat_id": 1, "message_id": 1, "media": {"type": "photo"}},
            'field "media.media" is required',
        ),
        (
            "editMessageMedia",
            {"chat_id": 1, "message_id": 1, "media": MEDIA | {"reply_markup": {}}},
            'InputMediaPhoto has no field "reply_markup" (in media)',
        ),
        (
            "editMessageMedia",
            {"chat_id": 1, "message_id": 1, "media": MEDIA | {"type": "video"}},
            '"media" must be InputMediaPhoto',
        ),
        ("editMessageMedia", {"chat_id": 1, "media": MEDIA}, 'parameter "message_id" is required'),
        ("sendDocument", {"chat_id": 1, "document": "attach://ghost"}, f'parameter "document" {NOT_ATTACHED}'),
    ],
)
async def test_other_methods_are_as_strict(
    sandbox: Sandbox, api: Api, method: str, params: dict[str, Any], reason: str
) -> None:
    assert await api.refused(method, **params) == f"Bad Request: {reason}"
    assert sandbox.telegram.violations == [f"{method}: Bad Request: {reason}"]


async def test_a_union_is_known_by_its_type(api: Api) -> None:
    refusal = await api.refused("setMyCommands", commands=[], scope={"type": "planet"})
    assert refusal.startswith('Bad Request: "scope" must be BotCommandScopeDefault or ')


async def test_what_people_cause_is_no_violation(sandbox: Sandbox, alice: Person, api: Api) -> None:
    await alice.blocks_bot()
    await api.refused("sendMessage", chat_id=alice.id, text="hello")
    await api.refused("deleteMessage", chat_id=alice.id, message_id=99)
    assert sandbox.telegram.violations == []


async def test_lengths_are_counted_after_parsing_and_in_utf16(alice: Person, api: Api) -> None:
    await api.call("sendMessage", chat_id=alice.id, text="<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    assert await api.refused("sendMessage", chat_id=alice.id, text="😀" * 2049) == "Bad Request: message is too long"


@pytest.mark.parametrize("carrier", ["query", "json", "form", "multipart"])
async def test_parameters_come_in_any_body(alice: Person, api: Api, carrier: str) -> None:
    text = {"chat_id": str(alice.id), "text": "hi", "reply_markup": json.dumps({"inline_keyboard": [[FULL_BUTTON]]})}
    form = aiohttp.FormData(text, default_to_multipart=True)
    bodies: dict[str, dict[str, Any]] = {
        "query": {"params": text},
        "json": {"json": text},
        "form": {"data": text},
        "multipart": {"data": form},
    }
    async with api.session.post(api.url("sendMessage"), **bodies[carrier]) as response:
        assert (await response.json())["ok"] is True
    assert alice.last().button_texts == [["Go"]]


async def test_the_call_log_has_everything_but_the_token(sandbox: Sandbox, alice: Person, api: Api) -> None:
    await api.call("sendMessage", chat_id=alice.id, text="hi")
    await api.refused("deleteMessage", chat_id=alice.id, message_id=99)
    sent, refused = sandbox.telegram.calls
    assert (sent.method, sent.params, sent.code) == ("sendMessage", {"chat_id": alice.id, "text": "hi"}, 200)
    assert (refused.method, refused.code) == ("deleteMessage", 400)
    assert sandbox.token not in repr(sandbox.telegram.calls)
